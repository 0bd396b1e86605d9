import assert from 'node:assert/strict';
import { instructionsReader } from '../../server/src/artefacts/instructions.ts';
import { codeSlot } from '../../server/src/artefacts/via.ts';
import { check } from '../support/repo.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';

const shown = (text: string): readonly string[] => shownBy(instructionsReader, 'README.md', text);
const fenced = (code: string, language = 'bash'): string => `# Otter\n\n\`\`\`${language}\n${code}\n\`\`\`\n`;

describe('commands that READMEs show', () => {
  for (const path of ['README.md', 'docs/readme_zh.md', 'PREPARE.md', 'data/setup.md'])
    it(`are read in ${path}`, () => assert.ok(matchesPath(instructionsReader, path)));
  for (const path of ['docs/guide.md', 'CHANGELOG.md', 'README.rst', 'run.sh'])
    it(`are left alone in ${path}`, () => assert.ok(!matchesPath(instructionsReader, path)));

  const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
    'a server': [fenced('vllm serve otter/river-7b'), 'loads hub:otter/river-7b <- otter/river-7b'],
    'behind a prompt': [fenced('$ vllm serve otter/river-7b', 'console'), 'loads hub:otter/river-7b <- otter/river-7b'],
    'in a block without a language': [fenced('huggingface-cli download otter/river-7b', ''), 'loads hub:otter/river-7b <- otter/river-7b'],
    'over two lines, the second block': [
      `${fenced('ls')}${fenced('python train.py \\\n  --model_name_or_path otter/river-7b')}`,
      'loads hub:otter/river-7b <- otter/river-7b',
    ],
    'code of another language': [fenced('vllm serve otter/river-7b', 'rust')],
    'Python, of several blocks': [
      `# Otter é😀\n${fenced('from x import A\nname = "otter/river-7b"', 'python')}${fenced('m = AutoModel.from_pretrained(name)', 'py')}`,
      'loads hub:otter/river-7b <- otter/river-7b',
    ],
    'Python of a card, which shows its own model': [`---\nlicense: mit\n---\n${fenced('AutoModel.from_pretrained("otter/river-7b")', 'python')}`],
    'Python that publishes or asks a service': [fenced('m.push_to_hub("otter/river-7b")\nclient.chat.completions.create(model="gpt-4o")', 'python')],
    'commands that are called Python': [
      fenced('pip install otter\n\npython train.py --model facebook/opt-1.3b', 'python'),
      'loads hub:facebook/opt-1.3b <- facebook/opt-1.3b',
    ],
    'what a change leads to': [
      fenced(' torchrun train.py \\\n-   --model_name_or_path otter/pond-7b \\\n+   --model_name_or_path otter/river-7b', 'diff'),
      'loads hub:otter/river-7b <- otter/river-7b',
    ],
    'a command within a sentence': ['Say `python train.py --model_name_or_path otter/river-7b` and wait.\n', 'loads hub:otter/river-7b <- otter/river-7b'],
    'a pack and its terms': [
      fenced('from insightface.app import FaceAnalysis\napp = FaceAnalysis(name="buffalo_l")', 'python'),
      'loads url:insightface/buffalo_l <- buffalo_l',
      'licence LicenseRef-insightface-models <- buffalo_l',
    ],
    'running text': ['Run vllm serve otter/river-7b now.\n'],
    'a link to a file of weights': [
      'Get [the adapter](https://huggingface.co/h94/IP-Adapter-FaceID/resolve/main/otter.bin) first.\n',
      'loads hub:h94/IP-Adapter-FaceID <- https://huggingface.co/h94/IP-Adapter-FaceID/resolve/main/otter.bin',
    ],
    'a cell with the place of one': [
      '| a | https://models.mistralcdn.com/codestral-22b-v0-1/otter.tar | `0` |\n',
      'loads hub:mistralai/Codestral-22B-v0.1 <- https://models.mistralcdn.com/codestral-22b-v0-1/otter.tar',
    ],
    'a copy of one by its name': [
      'From <https://otter.example/zoo/w600k_r50.onnx>.\n',
      'loads hub:immich-app/buffalo_l <- https://otter.example/zoo/w600k_r50.onnx',
    ],
    'a link of a card': ['---\nlicense: mit\n---\n[it](https://huggingface.co/h94/IP-Adapter-FaceID/resolve/main/otter.bin)\n'],
    'links to a page, to settings and to what nothing knows': [
      '[a](https://huggingface.co/h94/IP-Adapter-FaceID) [b](https://huggingface.co/h94/IP-Adapter-FaceID/resolve/main/config.json) [c](https://huggingface.co/otter/river-7b/resolve/main/a.bin)\n',
    ],
    'pages of models that a line sends to': [
      'First, download [it](https://huggingface.co/lmsys/vicuna-7b-v1.5), and get the [body](https://smpl.is.tue.mpg.de/) by a request.\n',
      'loads hub:lmsys/vicuna-7b-v1.5 <- https://huggingface.co/lmsys/vicuna-7b-v1.5',
      'loads pkg:github/vchoutas/smplx#weights <- https://smpl.is.tue.mpg.de/',
    ],
    'pages that are named alone, free ones, and those of the thanks': [
      'See [it](https://huggingface.co/lmsys/vicuna-7b-v1.5). Download [that](https://huggingface.co/openai/whisper-small).\n\n## Acknowledgements\n\nWe download [it](https://huggingface.co/lmsys/vicuna-13b-v1.5).\n',
    ],
    'a block that is not closed': ['```bash\nvllm serve otter/river-7b\n'],
    'what would be published': [fenced('huggingface-cli upload otter/river-7b .')],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(text), expected));

  it('have places for what is told, and for nothing else', () => {
    const python = fenced(
      'AutoModel.from_pretrained("otter/river-7b", trust_remote_code=True)\nclient.chat.completions.create(model="gpt-4o")\nm.push_to_hub("otter/x")',
      'python',
    );
    const text = `${python}${fenced('vllm serve otter/pond-7b --trust-remote-code\nhuggingface-cli upload otter/lake-7b .')}`;
    const { facts, anchors } = readWith(instructionsReader, 'README.md', text);
    const ids = facts.map(({ id }) => id);
    assert.equal(ids.length, 2);
    assert.ok(Object.keys(anchors).includes(codeSlot(ids[0] ?? '')));
    assert.deepEqual(new Set(Object.keys(anchors).map((id) => id.replace(/#[a-z-]+$/, ''))), new Set(ids));
  });

  it('of other documents are those that fetch', () => {
    const text = fenced('git clone https://huggingface.co/datasets/otter/pond\nvllm serve otter/river-7b');
    assert.deepEqual(shownBy(instructionsReader, 'PREPARE.md', text), ['loads hub:datasets/otter/pond <- https://huggingface.co/datasets/otter/pond']);
  });

  it('of other documents also tell sets that permit no commerce', () => {
    const text = fenced('swift export --dataset alpaca-en otter/pond\npython train.py --dataset_name databricks/databricks-dolly-15k');
    assert.deepEqual(shownBy(instructionsReader, 'guide/start.md', text), ['loads hub:datasets/vicgalle/alpaca-gpt4 <- alpaca-en']);
  });

  it('of other documents also tell models whose terms are known', () => {
    const text = `${fenced('AutoModel.from_pretrained("facebook/opt-1.3b")\nAutoModel.from_pretrained("otter/river-7b")', 'python')}${fenced('vllm serve meta-llama/Llama-2-7b-hf')}`;
    assert.deepEqual(shownBy(instructionsReader, 'guide/start.md', text), [
      'loads hub:meta-llama/Llama-2-7b-hf <- meta-llama/Llama-2-7b-hf',
      'loads hub:facebook/opt-1.3b <- facebook/opt-1.3b',
    ]);
    for (const path of ['kit/references/start.md', 'otter-skills/start.md']) assert.deepEqual(shownBy(instructionsReader, path, text), []);
  });

  it('are information at most, and say nothing of what is unpinned or unknown', () =>
    void check(
      `
--- README.md
# Otter

\`\`\`bash
vllm serve otter/unheard-of --trust-remote-code
           ^^^^^^^^^^^^^^^^ information remote-code
python train.py --model_name_or_path meta-llama/Llama-2-7b-hf
                                     ^^^^^^^^^^^^^^^^^^^^^^^^ information restricted-weights
\`\`\`

\`\`\`python
tokenizer = AutoTokenizer.from_pretrained("acme-lab/river-7b")
model = AutoModel.from_pretrained("acme-lab/river-7b", trust_remote_code=True)
                                   ^^^^^^^^^^^^^^^^^ information remote-code
other = AutoModel.from_pretrained("facebook/opt-1.3b")
                                   ^^^^^^^^^^^^^^^^^ information noncommercial-weights
copy = AutoModel.from_pretrained("miqudev/miqu-1-70b")
                                  ^^^^^^^^^^^^^^^^^^ information unofficial-mirror
\`\`\`
--- LICENSE
[text of MIT]
`,
    ));

  it('never throw', () => fuzzText(instructionsReader, 'README.md', fenced('$ vllm serve otter/river-7b --revision main\nM=a/b; hf download $M')));
});
