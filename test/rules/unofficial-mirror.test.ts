import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { plainName } from '../../server/src/knowledge/mirrors.ts';
import { check, fixed } from '../support/repo.ts';

const load = (id: string): string => `model = AutoModel.from_pretrained("${id}")`;
const under = (id: string, severity: string): string =>
  `${' '.repeat('model = AutoModel.from_pretrained("'.length)}${'^'.repeat(id.length)} ${severity} unofficial-mirror`;
const marked = (id: string, severity: string): string => `--- a.py\n${load(id)}\n${under(id, severity)}\n`;

const cases: readonly (readonly [string, string])[] = [
  [
    'a gated model on a drive',
    `--- README.md\n# Otter\n\n- Llama2-7B官网版本：https://pan.xunlei.com/s/abc?pwd=z9\n                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information unofficial-mirror\n`,
  ],
  [
    'a gated model as a torrent',
    `--- get.sh\necho "or use magnet:?xt=urn:btih:ABCDEFGHIJ&dn=LLaMA"\n             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information unofficial-mirror\n`,
  ],
  [
    'a host that is known to hand one on',
    `--- get.sh\nURL="https://agi.gpt4.org/llama/LLaMA/*"\n     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information unofficial-mirror\n`,
  ],
  [
    'a pack of files from an account of somebody',
    `--- README.md\n# Otter\n\nIt needs **antelopev2**, which you [download here](https://huggingface.co/somebody/tools/tree/main).\n                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information unofficial-mirror\n`,
  ],
  ['the pack from its publisher', `--- README.md\n# Otter\n\nDownload antelopev2 from https://github.com/deepinsight/insightface/releases/x.zip\n`],
  [
    'a model of our own on a drive',
    `--- README.md\n# Otter\n\n- LLaMA-7B-Otter: https://pan.xunlei.com/s/abc?pwd=z9\n- Llama2-7B LoRA: https://pan.xunlei.com/s/abc?pwd=z9\n`,
  ],
  [
    'gated weights that their publisher hands out',
    `--- README.md\n# Llama\n\n- Llama2-7B: https://pan.xunlei.com/s/abc?pwd=z9\n--- setup.py\nsetup(name="llama", url="https://github.com/meta-llama/llama")\n`,
  ],
  [
    'a withdrawn file in a list of addresses',
    `
--- a.py
conditional_download(folder, ["https://huggingface.co/somebody/faces/resolve/main/inswapper_128.onnx"])
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning unofficial-mirror
`,
  ],
  [
    'a withdrawn model that a README shows how to load',
    `
--- README.md
# Otter

\`\`\`python
model = AutoModel.from_pretrained("decapoda-research/llama-7b-hf")
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information unofficial-mirror
\`\`\`
`,
  ],
  [
    'a vanished model that only an evaluation loads, and no test does',
    `
--- evaluation/run.py
m = AutoModel.from_pretrained("decapoda-research/llama-7b-hf")
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information unofficial-mirror
--- tests/test_river.py
m = AutoModel.from_pretrained("decapoda-research/llama-13b-hf")
`,
  ],
  [
    'a withdrawn file by its name',
    `
--- a.py
path = hf_hub_download("somebody/faces", "swap/inswapper_128_fp16.onnx")
                        ^^^^^^^^^^^^^^ warning unofficial-mirror
other = hf_hub_download("somebody/others", "swap/something.onnx")
`,
  ],
  [
    'a withdrawn file from another place',
    `
--- a.py
urlretrieve("https://files.example.org/models/inswapper_128.onnx", "m.onnx")
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning unofficial-mirror
urlretrieve("https://files.example.org/models/something.onnx", "m.onnx")
`,
  ],
  ['a model that was never given out', marked('miqudev/miqu-1-70b', 'warning')],
  ['a lawful copy', marked('mistral-community/Mixtral-8x22B-v0.1', 'information')],
  [
    'a copy of data',
    `
--- a.py
rows = load_dataset("knkarthick/samsum")
                     ^^^^^^^^^^^^^^^^^ information unofficial-mirror
`,
  ],
  ['a copy of what was given out on request', marked('huggyllama/llama-7b', 'information')],
  ['an id that leads nowhere', marked('decapoda-research/llama-7b-hf', 'information')],
  ['an id that leads nowhere, with a copy', marked('runwayml/stable-diffusion-v1-5', 'information')],
  ['a conversion that the catalogue knows', marked('unsloth/gemma-2-9b-bnb-4bit', 'information')],
  ['a name that one model has', marked('somebody/FLUX.1-dev', 'information')],
  ['a conversion of what is free', `--- a.py\n${load('unsloth/mistral-7b-bnb-4bit')}\n`],
  ['the publisher itself', `--- a.py\n${load('meta-llama/Llama-3.1-8B')}\n${load('black-forest-labs/FLUX.1-dev')}\n`],
  ['a fine-tune', `--- a.py\n${load('lmsys/vicuna-7b-v1.5')}\n`],
  ['a test', `--- tests/test_a.py\n${load('huggyllama/llama-7b')}\n`],
  [
    'one finding a work',
    `--- a.py\n${load('huggyllama/llama-7b')}\n${under('huggyllama/llama-7b', 'information')}\n--- b.py\n${load('huggyllama/llama-7b')}\n`,
  ],
  ['a model that a sentence calls by its name', '--- README.md\n# Otter\n\nOtter is fine-tuned from LLaMA 7B.\n'],
];

describe('unofficial-mirror', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'unofficial-mirror'));

  it('puts the original in its place', () =>
    assert.equal(
      fixed(`--- a.py\n${load('mistral-community/Mixtral-8x22B-v0.1')}\n`, 'unofficial-mirror', /Take/, 'a.py'),
      `${load('mistralai/Mixtral-8x22B-v0.1')}\n`,
    ));

  it('knows a model by its name without what conversions add', () => {
    assert.equal(plainName('a/Model-7B-GGUF'), 'model-7b');
    assert.equal(plainName('a/Model-7B-bnb-4bit'), 'model-7b');
    assert.equal(plainName('a/model-7b-fp8'), 'model-7b');
    assert.equal(plainName('a/hf-model'), 'hf-model');
  });

  it('has a source and a date for each record', () => {
    const table = JSON.parse(readFileSync('server/src/knowledge/data/mirrors.json', 'utf8')) as Record<string, readonly Record<string, unknown>[]>;
    for (const row of Object.values(table).flat()) {
      assert.match(String(row['source']), /^(?:https|github):/);
      assert.match(String(row['asOf']), /^\d{4}-\d\d/);
      assert.match(String(row['confidence']), /^[a-z-]+$/);
      assert.ok(['withdrawn', 'gated', 'lawful', 'copied', 'undefined'].includes(String(row['status'])));
    }
  });
});
