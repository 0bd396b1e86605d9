import assert from 'node:assert/strict';
import { analyseFiles, parseRepo } from '../support/repo.ts';

/** The edges between works of a tree, as `from type to`. */
const edges = (text: string): readonly string[] =>
  analyseFiles(parseRepo(text).files).report.relations.map(
    ({ from, type, to }) => `${from.replace('local:', '')} ${type} ${to.replace('local:', '').replace('pkg:huggingface/', 'hub:')}`,
  );

const has = (text: string, ...expected: readonly string[]): void => {
  const found = edges(text);
  for (const edge of expected) assert.ok(found.includes(edge), `${edge} is not in\n${found.join('\n')}`);
};

const train = `--- train.py
from transformers import AutoModelForCausalLM, Trainer, TrainingArguments
model = AutoModelForCausalLM.from_pretrained("acme/base-7b")
Trainer(model=model, args=TrainingArguments(output_dir="./out/sft")).train()
`;

const generate = `--- generate_data.py
from openai import OpenAI
client = OpenAI()
with open("data/raw.jsonl", "w") as f:
    f.write(client.chat.completions.create(model="gpt-4o", messages=[]).choices[0].message.content)
`;

describe('works that scripts make', () => {
  it('are one where one script saves and another loads', () =>
    has(
      `${train}--- more.py
from transformers import AutoModelForCausalLM, Trainer
model = AutoModelForCausalLM.from_pretrained("./out/sft/checkpoint-500")
Trainer(model=model).train()
`,
      'train.py#model finetune hub:acme/base-7b',
      'more.py#model finetune train.py#model',
    ));
  it('are one where a configuration starts from what a script saves', () =>
    has(
      `${train}--- dpo.yaml
base_model: ./out/sft
datasets:
  - path: acme/pairs
adapter: lora
`,
      'dpo.yaml adapter train.py#model',
    ));
  it('are one where a script starts from what a configuration saves', () =>
    has(
      `--- sft.yaml
base_model: acme/base-7b
datasets:
  - path: acme/rows
output_dir: ./out/sft
learning_rate: 0.1
--- dpo.py
from transformers import AutoModelForCausalLM
from trl import DPOTrainer
model = AutoModelForCausalLM.from_pretrained("out/sft")
DPOTrainer(model=model).train()
`,
      'dpo.py#model finetune sft.yaml',
    ));
  it('are none where two scripts save in one folder', () =>
    assert.ok(
      !edges(
        `${train}${train.replace('--- train.py', '--- other.py').replace('acme/base', 'acme/other')}--- more.py
from transformers import AutoModelForCausalLM
model = AutoModelForCausalLM.from_pretrained("./out/sft")
`,
      ).some((edge) => / loads (?:.*#model|out)/.test(edge)),
    ));
  it('are none where nobody saves what is loaded', () =>
    assert.deepEqual(edges('--- a.py\nfrom transformers import AutoModel\nAutoModel.from_pretrained("./weights/x")\n'), []));

  it('are followed through files that are written from others', () =>
    has(
      `${generate}--- clean.py
import json
rows = [json.loads(line) for line in open("data/raw.jsonl")]
with open("data/clean.jsonl", "w") as f:
    for row in rows:
        f.write(json.dumps(row))
--- split.py
import json
from pathlib import Path
rows = [json.loads(line) for line in open("data/clean.jsonl")]
Path("data/train.json").write_text(json.dumps(rows))
--- train.yaml
base_model: acme/base-7b
adapter: lora
datasets:
  - path: data/train.json
`,
      'train.yaml trainedOn data/train.json',
      'data/train.json copiedFrom data/clean.jsonl',
      'data/clean.jsonl copiedFrom data/raw.jsonl',
      'data/raw.jsonl generatedBy service:openai/gpt-4o',
    ));
  it('are not followed from files that nobody makes', () =>
    assert.deepEqual(
      edges('--- clean.py\nimport json\nrows = json.load(open("data/raw.json"))\nwith open("data/clean.json", "w") as f:\n    json.dump(rows, f)\n'),
      [],
    ));
  it('are found by the folder that they are in', () =>
    has(
      `${generate}--- train.py
from datasets import load_dataset
from trl import SFTTrainer
SFTTrainer(train_dataset=load_dataset("json", data_dir="data")).train()
`,
      'train.py#model trainedOn data/raw.jsonl',
    ));
  it('are found from another folder', () =>
    has(
      `${generate.replace('--- generate', '--- scripts/generate').replace('data/raw', '../data/raw').replace('../', '')}--- training/train.py
from datasets import load_dataset
from trl import SFTTrainer
SFTTrainer(train_dataset=load_dataset("json", data_files={"train": "data/raw.jsonl", "test": "data/test.jsonl"})).train()
`,
      'training/train.py#model trainedOn data/raw.jsonl',
    ));
  it('are found by the default of an option', () =>
    has(
      `${generate}--- train.py
import argparse
from trl import SFTTrainer
p = argparse.ArgumentParser()
p.add_argument("--data_path", default="data/raw.jsonl")
SFTTrainer(train_dataset=load(p.parse_args().data_path)).train()
`,
      'train.py#model trainedOn data/raw.jsonl',
    ));

  const stages = 'stages:\n  train:\n    cmd: python train.py\n    wdir: ml\n    deps: [data/a.csv]\n    outs: [model.pt]\n';
  const lock = 'stages:\n  train:\n    cmd: python train.py\n    deps:\n    - path: data/a.csv\n      md5: a\n    outs:\n    - path: model.pt\n      md5: b\n';
  it('are told by the last run of a stage where the stages do not tell', () => has(`--- dvc.lock\n${lock}`, 'model.pt trainedOn data/a.csv'));
  it('and by the stages where they do', () => assert.deepEqual(edges(`--- dvc.yaml\n${stages}--- dvc.lock\n${lock}`), ['ml/model.pt trainedOn ml/data/a.csv']));

  const load = (id: string): string => `--- demo/run.py\nfrom transformers import AutoModel\nmodel = AutoModel.from_pretrained("${id}")\n`;
  const folder = '--- parts/otter-7b/memory/modeling_otter.py\nx = 1\n';
  it('are a folder of the tree, though its path looks like an id', () =>
    assert.deepEqual(edges(`${load('otter-7b/memory')}${folder}`), ['. loads parts/otter-7b/memory']));
  it('are a repository where the folder only keeps results', () =>
    assert.deepEqual(edges(`${load('otter-7b/memory')}--- results/otter-7b/memory/scores.json\n{}\n`), ['. loads hub:otter-7b/memory']));
  it('are a repository where its owner is known', () =>
    assert.deepEqual(edges(`${load('meta-llama/otter')}--- parts/meta-llama/otter/config.json\n{}\n`), ['. loads hub:meta-llama/otter']));
  it('are told by what puts the folder there', () =>
    assert.deepEqual(edges(`${load('otter-7b/memory')}--- get.sh\nhuggingface-cli download acme/otter-7b --local-dir otter-7b\n`), [
      '. loads hub:acme/otter-7b',
    ]));
  it('are no data set, whatever folder is put there', () =>
    assert.deepEqual(edges(`--- demo/run.py\nfrom datasets import load_dataset\nd = load_dataset("acme/rows")\n--- get.sh\nln -s /mnt/data datasets\n`), [
      '. loads hub:datasets/acme/rows',
    ]));
  it('are a repository where the folder has its whole name', () =>
    assert.deepEqual(edges(`${load('acme/otter')}--- get.sh\nhuggingface-cli download acme/otter --local-dir acme/otter\n`), [
      '. loads hub:acme/otter',
      '. loads hub:acme/otter',
    ]));
});
