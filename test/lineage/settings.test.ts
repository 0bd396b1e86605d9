import assert from 'node:assert/strict';
import { analyseFiles, parseRepo } from '../support/repo.ts';

/** What comes from outside of a tree, as `from type to @ place`. */
const edges = (text: string): readonly string[] =>
  analyseFiles(parseRepo(text).files).report.relations.flatMap(({ from, type, to, path }) =>
    to.startsWith('local:') ? [] : [`${from.replace('local:', '')} ${type} ${to.replace('pkg:huggingface/', 'hub:')} @ ${path}`],
  );

const has = (text: string, ...expected: readonly string[]): void => {
  const found = edges(text);
  for (const edge of expected) assert.ok(found.includes(edge), `${edge} is not in\n${found.join('\n')}`);
};

const load = (head: string, id: string): string => `--- src/run.py\n${head}\nmodel = AutoModel.from_pretrained(${id})\n`;

const base = '--- conf/run.yaml\nmodel:\n  name: acme/base-7b\n';

const asked = `import json
import yaml
from openai import OpenAI
client = OpenAI()
settings = yaml.safe_load(open("conf/run.yaml"))
with open("data/train.jsonl", "w") as f:
    reply = client.chat.completions.create(model=settings["llm"]["model"], messages=[])
    f.write(json.dumps({"output": reply.choices[0].message.content}))
`;

describe('works that files of settings name', () => {
  for (const [name, head, id] of [
    ['by a library of settings', 'cfg = OmegaConf.load("conf/run.yaml")', 'cfg.model.name'],
    ['by an open file', 'with open("conf/run.yaml") as f:\n    cfg = yaml.safe_load(f)', 'cfg["model"]["name"]'],
    ['by a file that is opened in place', 'cfg = yaml.load(open("../conf/run.yaml"), Loader=yaml.FullLoader)', 'cfg["model"].get("name")'],
    ['by an option', 'p.add_argument("--config", default="conf/run.yaml")\nargs = p.parse_args()\ncfg = load_config(args.config)', 'cfg.model.name'],
    ['by the text of a path', 'cfg = EasyDict(yaml.safe_load(Path("conf/run.yaml").read_text()))', 'cfg.model.name'],
    [
      'by a function of the same file',
      'def settings(path="conf/run.yaml"):\n    with open(path) as f:\n        return yaml.safe_load(f)\n\ncfg = settings()',
      'cfg["model"]["name"]',
    ],
    ['by a part that has a name', 'part = OmegaConf.merge(OmegaConf.load("conf/run.yaml"), {}).model', 'part.name'],
    [
      'by an object that keeps them',
      'class A:\n    def __init__(self, cfg):\n        self.cfg = cfg\n        self.name = self.cfg["model"]["name"]\n\na = A(OmegaConf.load("conf/run.yaml"))\nself = a',
      'self.name',
    ],
  ] as const)
    it(name, () => has(`${base}${load(head, id)}`, '. loads hub:acme/base-7b @ conf/run.yaml'));

  it('by a decorator, with what the file takes in', () =>
    has(
      `--- src/conf/run.yaml
defaults:
  - model: small
  - rows
--- src/conf/model/small.yaml
name: acme/small-1b
--- src/conf/rows.yaml
data: \${source.id}
source: {id: acme/rows}
--- src/train.py
import hydra
from datasets import load_dataset
from transformers import AutoModelForCausalLM, Trainer

@hydra.main(version_base=None, config_path="conf", config_name="run")
def main(cfg):
    model = AutoModelForCausalLM.from_pretrained(cfg.model.name)
    Trainer(model=model, train_dataset=load_dataset(cfg.data)).train()

main()
`,
      'src/train.py#model finetune hub:acme/small-1b @ src/conf/model/small.yaml',
      '. trainedOn hub:datasets/acme/rows @ src/conf/rows.yaml',
    ));
  it('by the model of a service, which is told at the name', () =>
    has(`--- gen.py\n${asked}--- conf/run.yaml\nllm: {model: gpt-4o}\n`, 'data/train.jsonl generatedBy service:openai/gpt-4o @ conf/run.yaml'));
  it('by the service alone where the file is not there', () => has(`--- gen.py\n${asked}`, 'data/train.jsonl generatedBy service:openai @ gen.py'));
  it('is not the service where its client is sent elsewhere', () =>
    assert.deepEqual(
      edges(`--- gen.py\n${asked}--- conf/run.yaml\nllm: {model: acme/base-7b}\n`).filter((edge) => edge.includes('generatedBy')),
      [],
    ));
  it('is nothing where no file tells', () => {
    assert.deepEqual(edges(load('cfg = OmegaConf.load("conf/run.yaml")', 'cfg.model.name')), []);
    assert.deepEqual(edges(`${base}${load('cfg = OmegaConf.load("conf/run.yaml")', 'cfg.model.size')}`), []);
    assert.deepEqual(edges(`${base}${load('cfg = OmegaConf.load("run.yaml")', 'cfg.model.name')}`), []);
    assert.deepEqual(edges(`${base}${load('cfg = OmegaConf.load(path)', 'cfg.model.name')}`), []);
  });
  it('ends where files take in each other', () =>
    assert.deepEqual(
      edges(`--- conf/a.yaml\ndefaults: [b]\nname: \${name}\n--- conf/b.yaml\ndefaults: [a]\n${load('cfg = OmegaConf.load("conf/a.yaml")', 'cfg.name')}`),
      [],
    ));
  it('is nothing where the client is sent to a server of our own, unless the model is named', () => {
    const generated = (text: string): readonly string[] => edges(text).filter((edge) => edge.includes('generatedBy'));
    const sent = '--- run.sh\nexport OPENAI_BASE_URL=http://localhost:8000/v1\npython gen.py\n';
    assert.deepEqual(generated(`--- gen.py\n${asked}${sent}`), []);
    assert.deepEqual(generated(`--- gen.py\n${asked}--- conf/run.yaml\nllm: {model: gpt-4o}\n${sent}`).length, 1);
  });
});
