import assert from 'node:assert/strict';
import { analyseFiles, check, fixed, parseRepo } from '../support/repo.ts';

const commit = '4a5f0c1d2e3b4a5f0c1d2e3b4a5f0c1d2e3b4a5f';
const load = (rest: string): string => `model = AutoModel.from_pretrained("acme-lab/river-7b"${rest})`;

const cases: readonly (readonly [string, string])[] = [
  [
    'the flag without a revision',
    `
--- a.py
${load(', trust_remote_code=True')}
                                   ^^^^^^^^^^^^^^^^^ warning remote-code
`,
  ],
  [
    'the flag in a dictionary that a wrapper hands on',
    `
--- a.py
e = HuggingFaceEmbeddings(model_name="acme-lab/river-7b", model_kwargs={"device": "cpu", "trust_remote_code": True})
                                      ^^^^^^^^^^^^^^^^^ warning remote-code
`,
  ],
  [
    "the project's own model, named for it and its base",
    `
--- README.md
# River

\`\`\`sh
git clone https://github.com/someone/river
\`\`\`
--- a.py
model = AutoModel.from_pretrained("acme-lab/river-otter-7b", trust_remote_code=True)
                                   ^^^^^^^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'a converter, which whoever keeps the project runs once',
    `
--- convert_river_to_pond.py
${load(', trust_remote_code=True')}
                                   ^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'a data set, which seldom has a script',
    `
--- a.py
rows = load_dataset("acme-lab/banks", split="train", trust_remote_code=True)
                     ^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'a tag may be moved',
    `
--- a.py
${load(', trust_remote_code=True, revision="v1.0"')}
                                   ^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  ['a commit', `--- a.py\n${load(`, trust_remote_code=True, revision="${commit}"`)}\n`],
  [
    'a commit of a copy',
    `
--- a.py
model = AutoModel.from_pretrained("huggyllama/llama-7b", trust_remote_code=True, revision="${commit}")
                                   ^^^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'a repository that somebody gives, once a folder',
    `
--- a.py
def load(name):
    return AutoModel.from_pretrained(name, trust_remote_code=True)
                                           ^^^^^^^^^^^^^^^^^^^^^^ information remote-code
def again(name):
    return AutoTokenizer.from_pretrained(name, trust_remote_code=True)
`,
  ],
  [
    'a default that reaches a call',
    `
--- a.py
def load(name, trust_remote_code: bool = True):
                                         ^^^^ information remote-code
    return AutoModel.from_pretrained(name, trust_remote_code=trust_remote_code)
`,
  ],
  [
    'a project that was taken in',
    '--- third_party/x/LICENSE\n[text of MIT]\n--- third_party/x/setup.py\nsetup()\n--- third_party/x/a.py\nmodel = AutoModel.from_pretrained(name, trust_remote_code=True)\n',
  ],
  [
    'a default that options are given which are collected for a call',
    `
--- a.py
class OtterArguments:
    trust_remote_code: bool = field(
    ^^^^^^^^^^^^^^^^^ information remote-code
        default=True, metadata={"help": "runs code"}
    )
options = {"trust_remote_code": otter_args.trust_remote_code}
`,
  ],
  [
    'a default that settings are given, which no call takes',
    '--- a.py\nclass Otter:\n    trust_remote_code: bool = field(default=True)\nshown = {"trust_remote_code": "no"}\n',
  ],
  ['a default that reaches none', '--- a.py\ndef load(name, trust_remote_code: bool = True):\n    return other(name)\n'],
  ['a repository that somebody gives, with its revision', '--- a.py\nmodel = AutoModel.from_pretrained(name, trust_remote_code=True, revision=commit)\n'],
  ['a folder of whoever runs it', '--- a.py\nmodel = AutoModel.from_pretrained(f"./out/{name}", trust_remote_code=True)\n'],
  ['an option of that name', '--- a.py\nparser.add_argument("--model", name, trust_remote_code=True)\n'],
  ['data that somebody gives', '--- a.py\nrows = load_dataset(name, trust_remote_code=True)\n'],
  ['a repository that a test is given', '--- tests/test_a.py\nmodel = AutoModel.from_pretrained(name, trust_remote_code=True)\n'],
  [
    'a function that evaluates',
    `
--- a.py
def evaluate(name):
    return AutoModel.from_pretrained(name, trust_remote_code=True)
                                           ^^^^^^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'a work that an evaluation takes before something else does, at that',
    `
--- eval/a.py
${load(', trust_remote_code=True')}
--- train/a.py
${load(', trust_remote_code=True, revision="v1.0"')}
                                   ^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'tasks in folders beside each other, once',
    `
--- tasks/banks/a.yaml
dataset_path: acme-lab/banks
trust_remote_code: true
^^^^^^^^^^^^^^^^^^^^^^^ information remote-code
--- tasks/reeds/a.yaml
dataset_path: acme-lab/reeds
trust_remote_code: true
`,
  ],
  [
    'files that evaluate, which run the code as well',
    `
--- evaluation/a.py
${load(', trust_remote_code=True')}
                                   ^^^^^^^^^^^^^^^^^ information remote-code
model = AutoModel.from_pretrained(name, trust_remote_code=True)
                                        ^^^^^^^^^^^^^^^^^^^^^^ information remote-code
--- evaluation/tests/a.py
${load(', trust_remote_code=True').replace('river', 'lake')}
model = AutoModel.from_pretrained(name, trust_remote_code=True)
`,
  ],
  [
    'evaluations of one part of the tree, once',
    `
--- eval/a/run.py
model = AutoModel.from_pretrained(name, trust_remote_code=True)
                                        ^^^^^^^^^^^^^^^^^^^^^^ information remote-code
--- eval/b/run.py
model = AutoModel.from_pretrained(name, trust_remote_code=True)
`,
  ],
  [
    'the flag in options that are collected',
    `
--- a/a.py
options["trust_remote_code"] = True
        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ information remote-code
--- b/a.py
options = {"model": name, "trust_remote_code": True}
                          ^^^^^^^^^^^^^^^^^^^^^^^^^ information remote-code
--- d/a.py
options = dict(model=name, trust_remote_code=True)
                           ^^^^^^^^^^^^^^^^^^^^^^ information remote-code
--- c/a.py
options.update({"trust_remote_code": True})
                ^^^^^^^^^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'options that say no, have a revision or are a test',
    `
--- a.py
options["trust_remote_code"] = False
if options["trust_remote_code"] == True:
    options = {"trust_remote_code": trust}
pinned["trust_remote_code"] = True
pinned["revision"] = commit
other = {"trust_remote_code": True, "revision": commit}
print({"trust_remote_code": True})
more = dict(trust_remote_code=trust)
more.update(trust_remote_code=True, revision=commit)
def test_options():
    options["trust_remote_code"] = True
`,
  ],
  [
    'a configuration of any program, once a folder',
    `
--- config/a.yaml
rows:
  _target_: datasets.load_dataset
  _args_:
    - banks
    - small
  trust_remote_code: true
  ^^^^^^^^^^^^^^^^^^^^^^^ information remote-code
--- config/b.yaml
dataset_path: acme-lab/banks
dataset_kwargs:
  trust_remote_code: true
--- more/deep/c.yaml
model: \${model.name}
trust_remote_code: true
^^^^^^^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'a configuration without the flag, without a repository, or with a revision',
    `
--- a.yaml
dataset_path: acme-lab/banks
trust_remote_code: false
--- b.yaml
path: ./rows
output_dir: acme-lab/banks
trust_remote_code: true
--- c.yaml
dataset_path: acme-lab/banks
revision: ${commit}
trust_remote_code: true
--- tests/d.yaml
dataset_path: acme-lab/banks
trust_remote_code: true
`,
  ],
  [
    'what is made of flags for a class that loads',
    `
--- a.py
class Otter(River):
    def __init__(self, names):
        super().__init__(names, RiverFlags(trust_remote_code=True, use_banks=False))
                                           ^^^^^^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'flags with a revision, and those that are off',
    '--- a.py\nflags = RiverFlags(trust_remote_code=True, revision=commit)\nmore = RiverFlags(trust_remote_code=False)\n',
  ],
  [
    'options of a program, two levels below what names the repository',
    `
--- a.yaml
programs:
  - name: pond/otter
    model_name: acme-lab/river-7b
    client:
      class_name: pond.Client
      args:
        trust_remote_code: true
        ^^^^^^^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'a section of its own, where others name repositories',
    `
--- settings.yaml
llama:
  repo_id: \${OTTER_REPO:acme-lab/river-7b}
pond:
  access_token: \${OTTER_TOKEN:}
  trust_remote_code: true
  ^^^^^^^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'a section on the hub, whatever is loaded',
    `
--- settings.yaml
huggingface:
  username: otter
  trust_remote_code: true
  ^^^^^^^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'a section of its own, where nothing names one, and one about a folder',
    `
--- settings.yaml
pond:
  trust_remote_code: true
--- more.yaml
llama:
  repo_id: acme-lab/river-7b
local:
  model_path: ./out
  trust_remote_code: true
`,
  ],
  [
    'documents, once a part of the tree',
    `
--- docs/a.md
\`\`\`python
tokenizer = AutoTokenizer.from_pretrained(name, trust_remote_code=True)
                                                ^^^^^^^^^^^^^^^^^^^^^^ information remote-code
\`\`\`
--- docs/more/b.md
\`\`\`bash
vllm serve $MODEL \\
  --trust-remote-code
\`\`\`
`,
  ],
  [
    'documents that name a revision, that only speak of the flag, and records',
    `
--- docs/a.md
Take \`--trust-remote-code\` with care.

\`\`\`python
model = AutoModel.from_pretrained(name, trust_remote_code=True, revision=commit)
\`\`\`

\`\`\`bash
vllm serve $MODEL --trust-remote-code=false
vllm serve --help | grep no--trust-remote-code
\`\`\`
--- docs/RIVER_PLAN.md
\`\`\`bash
vllm serve $MODEL --trust-remote-code
\`\`\`
--- CHANGELOG.md
\`\`\`bash
vllm serve $MODEL --trust-remote-code
\`\`\`
`,
  ],
  [
    'a command for whatever repository',
    `
--- run.sh
vllm serve "$1" --trust-remote-code
                ^^^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  ['a command for a folder', '--- run.sh\nvllm serve ./out --trust-remote-code\n'],
  ['a revision that cannot be told', `--- a.py\n${load(', trust_remote_code=True, revision=args.revision')}\n`],
  ['no flag', `--- a.py\n${load('')}\n${load(', trust_remote_code=False')}\n${load(', trust_remote_code=args.trust')}\n`],
  ['a folder of our own', `--- a.py\nmodel = AutoModel.from_pretrained("./out", trust_remote_code=True)\n`],
  ['a test', `--- tests/test_a.py\n${load(', trust_remote_code=True')}\n`],
  [
    'one finding a work',
    `
--- a.py
${load(', trust_remote_code=True')}
                                   ^^^^^^^^^^^^^^^^^ warning remote-code
--- b.py
${load(', trust_remote_code=True')}
`,
  ],
  [
    'a place that is accepted hides no other',
    `
--- a.py
${load(', trust_remote_code=True')}  # pedigree-ignore remote-code: read by us
--- b.py
${load(', trust_remote_code=True')}
                                   ^^^^^^^^^^^^^^^^^ warning remote-code
`,
  ],
  [
    'a habit of one folder is one warning',
    `
--- data/a.py
a = AutoModel.from_pretrained("acme-lab/banks", trust_remote_code=True)
                               ^^^^^^^^^^^^^^ warning remote-code
b = AutoModel.from_pretrained("acme-lab/reeds", trust_remote_code=True)
                               ^^^^^^^^^^^^^^ information remote-code
--- train/a.py
c = AutoModel.from_pretrained("acme-lab/weirs", trust_remote_code=True)
                               ^^^^^^^^^^^^^^ warning remote-code
`,
  ],
  [
    'a configuration of a trainer',
    `
--- train.yaml
base_model: acme-lab/river-7b
            ^^^^^^^^^^^^^^^^^ warning remote-code
trust_remote_code: true
learning_rate: 0.0001
--- more/nested.yaml
model:
  model_name_or_path: acme-lab/brook-7b
                      ^^^^^^^^^^^^^^^^^ warning remote-code
  trust_remote_code: true
epochs: 1
batch_size: 2
--- quiet.yaml
base_model: acme-lab/lake-7b
trust_remote_code: false
learning_rate: 0.0001
`,
  ],
  [
    'torch.hub without a name behind the repository',
    `
--- a.py
import torch
model = torch.hub.load("acme-lab/river", "small", pretrained=True)
                        ^^^^^^^^^^^^^^ warning remote-code
other = torch.hub.load("acme-lab/brook:v0.3", "small")
                        ^^^^^^^^^^^^^^^^^^^ information remote-code
fixed = torch.hub.load("acme-lab/lake:${commit}", "small")
`,
  ],
  [
    'the default of an option',
    `
--- a.py
parser.add_argument("--model", default="acme-lab/river-7b")
                                        ^^^^^^^^^^^^^^^^^ information remote-code
args = parser.parse_args()
model = AutoModel.from_pretrained(args.model, trust_remote_code=True)
`,
  ],
  [
    'the repository itself',
    `
--- README.md
# River

\`\`\`sh
git clone https://github.com/acme-lab/river
\`\`\`
--- demo.py
import torch
m = torch.hub.load("acme-lab/river", trust_remote_code=True)
                    ^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'the model that the repository is for',
    `
--- README.md
# River

\`\`\`sh
git clone https://github.com/acme-lab/river
\`\`\`
--- demo.py
model = AutoModel.from_pretrained("acme-hub/river2", trust_remote_code=True)
                                   ^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'of the organisation that is named for the project',
    `
--- README.md
# River

\`\`\`sh
git clone https://github.com/acme-lab/river
\`\`\`
--- tune.py
model = AutoProcessor.from_pretrained("river/fast-tokenizer", trust_remote_code=True)
                                       ^^^^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'of the organisation that is named for the package',
    `
--- src/river/__init__.py
version = "1"
--- src/river/tune.py
model = AutoProcessor.from_pretrained("river/fast-tokenizer", trust_remote_code=True)
                                       ^^^^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'of whom the repository belongs to',
    `
--- README.md
[![x](https://img.shields.io/github/stars/acme-lab/river)](https://github.com/acme-lab/river)
--- tune.py
model = AutoModel.from_pretrained("acme-lab/stream-7b", trust_remote_code=True)
                                   ^^^^^^^^^^^^^^^^^^ information remote-code
other = AutoModel.from_pretrained("acme-hub/stream-7b", trust_remote_code=True)
                                   ^^^^^^^^^^^^^^^^^^ warning remote-code
`,
  ],
  [
    'torch.hub by other names',
    `
--- a.py
from torch import hub
model = hub.load(repo_or_dir="acme-lab/river", model="small")
                              ^^^^^^^^^^^^^^ warning remote-code
`,
  ],
  [
    'a command of the README for whichever model is given',
    `
--- README.md
\`\`\`sh
python serve.py --model $MODEL --trust-remote-code
                               ^^^^^^^^^^^^^^^^^^^ information remote-code
\`\`\`
`,
  ],
  [
    'what is not torch.hub of a repository',
    `
--- a.py
import torch
import tensorflow_hub as hub
a = hub.load("acme-lab/river")
b = torch.hub.load("./river", "small", source="local")
c = torch.hub.load("acme-lab/river", "small", source="local")
d = torch.hub.load(path, "small")
e = torch.hub.load("owner/repo name", "small")
f = json.load("acme-lab/river")
`,
  ],
  [
    'a class that no library is known for, and a model that it is given with the flag',
    `
--- a.py
name = "acme-lab/river-7b"
        ^^^^^^^^^^^^^^^^^ warning remote-code
encoder = models.Encoder(name, max_length=512, trust_remote_code=True)
fixed = models.Encoder("acme-lab/lake-7b", trust_remote_code=True, revision="${commit}")
rows = read_dataset("acme-lab/banks", trust_remote_code=True)
entry = ModelMeta(name="acme-lab/weir-7b", trust_remote_code=True)
`,
  ],
  [
    'a catalogue of models, each with the flag',
    `--- a.py\n${[1, 2, 3, 4, 5, 6, 7].map((n) => `m${n} = Encoder("acme-lab/river-${n}", trust_remote_code=True)\n`).join('')}`,
  ],
  [
    'a default that is no repository, and what a trial of the file gives',
    `
--- a/a.py
parser.add_argument("--model", default="gpt-x")
args = parser.parse_args()
model = LLM(model=args.model, trust_remote_code=True)
                              ^^^^^^^^^^^^^^^^^^^^^^ information remote-code
--- b/b.py
def load(name):
    return AutoModel.from_pretrained(name, trust_remote_code=True)
                                           ^^^^^^^^^^^^^^^^^^^^^^ information remote-code
def _test_load():
    load("../out/river")
--- c/c.py
def load(name):
    return AutoModel.from_pretrained(name, trust_remote_code=True)
load("../out/river")
`,
  ],
  [
    'the flag for whatever is given in many folders of one part',
    `
${['a', 'b', 'c', 'd', 'e']
  .map(
    (name) => `--- configs/${name}/run.py
def load(name):
    return AutoModel.from_pretrained(name, trust_remote_code=True)
${name === 'a' ? `${' '.repeat(43)}^^^^^^^^^^^^^^^^^^^^^^ information remote-code` : ''}`,
  )
  .join('\n')}
`,
  ],
  [
    'two models that the Python of a README shows one after the other',
    `
--- README.md
# Harbour

\`\`\`python
first = AutoModel.from_pretrained("acme-lab/river-7b", trust_remote_code=True)
                                   ^^^^^^^^^^^^^^^^^ information remote-code
\`\`\`

\`\`\`python
second = AutoModel.from_pretrained("acme-lab/stream-3b", trust_remote_code=True)
\`\`\`
`,
  ],
  [
    'a README that shows what code does too, once, at the code',
    `
--- README.md
\`\`\`python
${load(', trust_remote_code=True')}
\`\`\`
--- evaluation/run.py
${load(', trust_remote_code=True')}
                                   ^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'a branch for whatever repository',
    `
--- a.py
model = AutoModel.from_pretrained(name, revision="main", trust_remote_code=True)
                                                         ^^^^^^^^^^^^^^^^^^^^^^ information remote-code
`,
  ],
  [
    'the program of another repository as a pipeline',
    `
--- a.py
pipe = DiffusionPipeline.from_pretrained("acme-lab/river", custom_pipeline="someone/banks")
                                                                            ^^^^^^^^^^^^^ warning remote-code
fixed = DiffusionPipeline.from_pretrained("acme-lab/river", custom_pipeline="someone/reeds", custom_revision="${commit}")
known = DiffusionPipeline.from_pretrained("acme-lab/river", custom_pipeline="lpw_stable_diffusion")
local = DiffusionPipeline.from_pretrained("acme-lab/river", custom_pipeline="./pipelines/banks")
`,
  ],
];

describe('remote-code', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'remote-code'));

  it('names the line of the flag where that is another', () => {
    const beside = (text: string): readonly number[] =>
      analyseFiles(parseRepo(`--- a.py\n${text}\n`).files).report.findings.flatMap(({ ruleId, related }) =>
        ruleId === 'remote-code' ? related.map(({ line }) => line) : [],
      );
    assert.deepEqual(beside(load(',\n    device_map="auto",\n    trust_remote_code=True,\n')), [3]);
    assert.deepEqual(beside(load(', trust_remote_code=True')), []);
    assert.deepEqual(beside('import torch\nm = torch.hub.load(\n    "acme-lab/river", "small")'), [2]);
    assert.deepEqual(beside('import torch\nm = torch.hub.load("acme-lab/river", "small")'), []);
  });

  it('takes the flag out', () => {
    const out = (text: string): string => fixed(`--- a.py\n${text}\n`, 'remote-code', /no code/, 'a.py');
    assert.equal(out(load(', trust_remote_code=True, device_map="auto"')), `${load(', device_map="auto"')}\n`);
    assert.equal(out(load(',\n    trust_remote_code=True,\n')), `${load(',\n')}\n`);
    assert.equal(
      fixed('--- t.yaml\nbase_model: acme-lab/river-7b\ntrust_remote_code: true\nlr: 1\n', 'remote-code', /no code/, 't.yaml'),
      'base_model: acme-lab/river-7b\ntrust_remote_code: false\nlr: 1\n',
    );
  });
});
