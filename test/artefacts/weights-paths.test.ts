import assert from 'node:assert/strict';
import { readersFor } from '../../server/src/artefacts/index.ts';
import { pythonReader } from '../../server/src/artefacts/python/reader.ts';
import { weightsSettingsReader } from '../../server/src/artefacts/weights-settings.ts';
import { mayNameWeights } from '../../server/src/artefacts/weights-paths.ts';
import { check } from '../support/repo.ts';
import { cpuTime } from '../support/time.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';

const faces = 'loads hub:immich-app/buffalo_l';

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;

const python: Cases = {
  'a constant': ['MODEL = "models/buffalo_l/det_10g.onnx"\n', `${faces} <- models/buffalo_l/det_10g.onnx`],
  'an argument': ['session = InferenceSession("w600k_r50.onnx")\n', `${faces} <- w600k_r50.onnx`],
  'a keyword': ['model = get(path=f(x), weights="./w600k_r50.onnx")\n', `${faces} <- ./w600k_r50.onnx`],
  'the end of a path': ['path = os.path.join(ROOT, "models", "w600k_r50.onnx")\n', `${faces} <- w600k_r50.onnx`],
  'the end of a path by a stroke': ['path = ROOT / "models/w600k_r50.onnx"\n', `${faces} <- models/w600k_r50.onnx`],
  'the default of a parameter': ['def load(path="w600k_r50.onnx"):\n    pass\n', `${faces} <- w600k_r50.onnx`],
  'the default of an option': ['parser.add_argument("--ckpt", default="w600k_r50.onnx", help="x")\n', `${faces} <- w600k_r50.onnx`],
  'an address': ['URL = "https://example.org/files/w600k_r50.onnx?download=1"\n', `${faces} <- https://example.org/files/w600k_r50.onnx?download=1`],
  'a function that evaluates': ['def evaluate():\n    m = load("w600k_r50.onnx")\n', `${faces} evaluation <- w600k_r50.onnx`],
  'a copy on the hub of what a repository of code hands out': [
    'URL = "https://huggingface.co/acme/otter/resolve/main/body_pose_model.pth"\n',
    'loads pkg:github/CMU-Perceptual-Computing-Lab/openpose#weights <- https://huggingface.co/acme/otter/resolve/main/body_pose_model.pth',
  ],
  'an address of the hub, which names its repository': ['URL = "https://huggingface.co/acme/faces/resolve/main/w600k_r50.onnx"\n'],
  'a list': ['FILES = ["w600k_r50.onnx", "det_10g.onnx"]\n'],
  'a table': ['FILES = {"faces": "w600k_r50.onnx"}\n'],
  'a table of what is fetched, by their names': [
    'IDS = {"faces": {"w600k_r50.onnx": "1b3_bWZTjNO3iL2js1yWk", "otter.pth": "1swaV5iBMFfgDL6ZyiAR"}}\n',
    `${faces} <- w600k_r50.onnx`,
  ],
  'a table of places': [
    'T = {"a": {"path": "w600k_r50.onnx"}, "b": "models/w600k_r50.onnx"}\n',
    `${faces} <- w600k_r50.onnx`,
    `${faces} <- models/w600k_r50.onnx`,
  ],
  'a table of words': ['T = {"w600k_r50.onnx": "faces", "title": "w600k_r50.onnx"}\n'],
  'choices of an option': ['parser.add_argument("--ckpt", choices=["w600k_r50.onnx"])\n'],
  'a comparison': ['if name == "w600k_r50.onnx":\n    pass\n'],
  'a comment': ['x = 1  # w600k_r50.onnx "w600k_r50.onnx"\n'],
  'words of documentation': ['def f():\n    """Loads "w600k_r50.onnx"."""\n'],
  'a string alone': ['"models/w600k_r50.onnx"\n'],
  'a message': ['print("w600k_r50.onnx")\nraise ValueError("w600k_r50.onnx")\nlogger.info("w600k_r50.onnx")\n'],
  'a help text': ['parser.add_argument("--ckpt", help="w600k_r50.onnx")\n'],
  'a test whether it is there': ['if os.path.exists("w600k_r50.onnx"):\n    pass\n'],
  'a sentence': ['x = load("put w600k_r50.onnx")\n'],
  'a name that may be anything': ['x = load("models/model.onnx")\n'],
  'a longer name': ['x = load("my_w600k_r50.onnx")\n'],
  'of many of them what bars commerce': [
    [
      'w600k_r50.onnx',
      'sam_vit_h_4b8939.pth',
      'sam_vit_l_0b3195.pth',
      'sam_vit_b_01ec64.pth',
      'flux1-dev.safetensors',
      'flux1-schnell.safetensors',
      'sd_xl_turbo_1.0.safetensors',
    ]
      .map((name) => `load("${name}")\n`)
      .join(''),
    `${faces} <- w600k_r50.onnx`,
    'loads hub:black-forest-labs/FLUX.1-dev <- flux1-dev.safetensors',
    'loads hub:stabilityai/sdxl-turbo <- sd_xl_turbo_1.0.safetensors',
  ],
};

const settings: Cases = {
  'a key that chooses': ['detector:\n  model_path: models/w600k_r50.onnx\n', `${faces} <- models/w600k_r50.onnx`],
  'a key of a path': ['face:\n  path: "w600k_r50.onnx"\n', `${faces} <- w600k_r50.onnx`],
  'a list': ['models: [w600k_r50.onnx]\n'],
  'what a form asks for': ['model_name_or_path: "put the full path to w600k_r50.onnx here"\n', `${faces} <- put the full path to w600k_r50.onnx here`],
  'another sentence': ['model_path: see w600k_r50.onnx for more\n'],
  'a folder with the name of a model': ['llm:\n  base_model: "./llm/vicuna-7b"\n', 'loads hub:lmsys/vicuna-7b-v1.3 <- ./llm/vicuna-7b'],
  'one of its owner': ['model:\n  path: ~/hub/Qwen/Qwen2.5-3B\n', 'loads hub:Qwen/Qwen2.5-3B <- ~/hub/Qwen/Qwen2.5-3B'],
  'one with another case and other strokes': ['llm_model: /srv/otter/llama_7B/\n', 'loads hub:huggyllama/llama-7b <- /srv/otter/llama_7B/'],
  'a folder with more of a name': ['model_path: ./llm/vicuna-7b-otter\n'],
  'a folder that is written, or read beside weights': ['output_path: ./llm/vicuna-7b\ntokenizer_path: ./llm/vicuna-7b\nsave_model: ./llm/vicuna-7b\n'],
  'a key for what is trained on': ['partial_pretrain: ~/hub/gemma-1.1-7b-it\n', 'loads hub:google/gemma-1.1-7b-it <- ~/hub/gemma-1.1-7b-it'],
  'an id of the hub': ['model: Qwen/Qwen2.5-3B\n'],
  'a key of something else': ['author: w600k_r50.onnx\nmodel_description: w600k_r50.onnx\nmodel_hash: w600k_r50.onnx\n'],
  'a table of translations': ['w600k_r50.onnx: w600k_r50.onnx\nBase model: w600k_r50.onnx\n'],
  'a name that may be anything': ['model_path: models/model.onnx\n'],
  'an address of the hub': ['model_url: https://huggingface.co/acme/faces/resolve/main/w600k_r50.onnx\n'],
  'many of them': [
    [
      'w600k_r50.onnx',
      'sam_vit_h_4b8939.pth',
      'sam_vit_l_0b3195.pth',
      'sam_vit_b_01ec64.pth',
      'flux1-dev.safetensors',
      'flux1-schnell.safetensors',
      'sd_xl_turbo_1.0.safetensors',
    ]
      .map((name, at) => `model_${at}: ${name}\n`)
      .join(''),
  ],
  nothing: [''],
};

describe('weights that only the name of their file tells', () => {
  for (const [name, [text, ...expected]] of Object.entries(python))
    it(`${name}, in Python`, () => assert.deepEqual(shownBy(pythonReader, 'a.py', text), expected));
  for (const [name, [text, ...expected]] of Object.entries(settings))
    it(`${name}, in YAML`, () => assert.deepEqual(shownBy(weightsSettingsReader, 'config.yaml', text), expected));
  it('in JSON and TOML', () => {
    assert.deepEqual(shownBy(weightsSettingsReader, 'a.json', '{"1": {"inputs": {"ckpt_name": "w600k_r50.onnx"}}}'), [`${faces} <- w600k_r50.onnx`]);
    assert.deepEqual(shownBy(weightsSettingsReader, 'a.toml', '[a]\nmodel = "w600k_r50.onnx"\n'), [`${faces} <- w600k_r50.onnx`]);
  });
  for (const path of ['config.yaml', 'a/workflow.json', 'a.toml']) it(`looks into ${path}`, () => assert.ok(matchesPath(weightsSettingsReader, path)));
  for (const path of ['package.json', 'pedigree.yaml', '.github/workflows/a.yml', 'a.md'])
    it(`leaves ${path} alone`, () => assert.ok(!matchesPath(weightsSettingsReader, path)));
  it('looks into no documents', () => assert.ok(!readersFor('docs/a.md').includes(weightsSettingsReader)));

  it('inform, whatever the profile, and say on what that rests', () => {
    const [finding] = check(
      `--- LICENSE
[text of MIT]
--- a.py
session = InferenceSession("models/w600k_r50.onnx")
                            ^^^^^^^^^^^^^^^^^^^^^ information noncommercial-weights
--- tests/test_a.py
session = InferenceSession("models/w600k_r50.onnx")
--- docs/a.md
Put \`models/w600k_r50.onnx\` there.
--- pedigree.yaml
use: { commercial: true, distribute: [weights, code] }
`,
      'noncommercial-weights',
    );
    assert.match(finding?.message ?? '', /judging by the name of the file/);
  });
  it('inform where the policy denies their licence', () => {
    check(
      `--- a.py
session = InferenceSession("models/flux1-dev.safetensors")
                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information denied-licence
--- pedigree.yaml
licences: { deny: [LicenseRef-flux-1-dev-nc] }
`,
      'denied-licence',
    );
  });
  it('are no copies that somebody took, and no revisions that somebody left open', () =>
    assert.deepEqual(
      ['unofficial-mirror', 'unpinned-revision'].flatMap((rule) =>
        check('--- a.py\nllm = Llama(model_path="models/llama-2-7b-chat.Q4_K_M.gguf")\n', rule).map((found) => found.message),
      ),
      [],
    ));

  it('survives any text', () => fuzzText(weightsSettingsReader, 'a.yaml', 'detector:\n  model_path: models/w600k_r50.onnx\n  x: [a, {b: c}]\n'));
  it('takes no time over files that name none', () => {
    const text = 'x = load("model.onnx")\n'.repeat(40_000);
    const start = cpuTime();
    assert.ok(!mayNameWeights(text) && !mayNameWeights('.pth'.repeat(200_000)) && !mayNameWeights(`${'a'.repeat(900_000)}.pth`));
    assert.ok(cpuTime() - start < 400);
    assert.deepEqual(readWith(pythonReader, 'a.py', text).facts, []);
  });
});
