import assert from 'node:assert/strict';
import { analyseFiles, check, parseRepo } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'written here, trained on here',
    `
--- generate.py
import json
from openai import OpenAI

client = OpenAI()
with open("data/train.jsonl", "w") as out:
    for topic in ["tea", "rain"]:
        answer = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": topic}])
        out.write(json.dumps({"text": answer.choices[0].message.content}) + "\\n")
--- train.yaml
base_model: HuggingFaceTB/SmolLM2-1.7B
adapter: lora
datasets:
  - path: data/train.jsonl
          ^^^^^^^^^^^^^^^^ warning service-output-training
    type: completion
`,
  ],
  [
    'barred for any model',
    `
--- generate.py
import json
from anthropic import Anthropic

client = Anthropic()
with open("data/train.jsonl", "w") as out:
    for topic in ["tea", "rain"]:
        answer = client.messages.create(model="claude-sonnet-4-20250514", messages=[{"role": "user", "content": topic}])
        out.write(json.dumps({"text": answer.content[0].text}) + "\\n")
--- train.yaml
base_model: HuggingFaceTB/SmolLM2-1.7B
adapter: lora
datasets:
  - path: data/train.jsonl
          ^^^^^^^^^^^^^^^^ error service-output-training
    type: completion
`,
  ],
  [
    'in an example',
    `
--- examples/generate.py
import json
from openai import OpenAI

client = OpenAI()
with open("data/train.jsonl", "w") as out:
    answer = client.chat.completions.create(model="gpt-4o", messages=[])
    out.write(json.dumps({"text": answer.choices[0].message.content}) + "\\n")
--- examples/train.yaml
base_model: HuggingFaceTB/SmolLM2-1.7B
adapter: lora
datasets:
  - path: data/train.jsonl
          ^^^^^^^^^^^^^^^^ information service-output-training
    type: completion
`,
  ],
  [
    'other data',
    `
--- generate.py
import json
from openai import OpenAI

client = OpenAI()
with open("data/train.jsonl", "w") as out:
    for topic in ["tea", "rain"]:
        answer = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": topic}])
        out.write(json.dumps({"text": answer.choices[0].message.content}) + "\\n")
--- train.yaml
base_model: HuggingFaceTB/SmolLM2-1.7B
adapter: lora
datasets:
  - path: data/written-by-us.jsonl
    type: completion
`,
  ],
  [
    'a public set of such outputs binds its makers, not us',
    `
--- README.md
---
license: mit
base_model: HuggingFaceTB/SmolLM2-1.7B
datasets:
  - HuggingFaceH4/ultrachat_200k
---
`,
  ],
];

describe('service-output-training', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'service-output-training'));

  it('follows a lattice of copies, each once', () => {
    const copies = Array.from({ length: 40 }, (_, at) =>
      [`a${at}`, `b${at}`].flatMap((file) =>
        [`a${at + 1}`, `b${at + 1}`].map((to) => `  - { path: ${file}.jsonl, relation: copiedFrom, from: "local:${to}.jsonl" }\n`),
      ),
    );
    check(
      `
--- generate.py
import json
from openai import OpenAI

client = OpenAI()
with open("a40.jsonl", "w") as out:
    answer = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": "tea"}])
    out.write(json.dumps({"text": answer.choices[0].message.content}))
--- train.yaml
base_model: HuggingFaceTB/SmolLM2-1.7B
adapter: lora
datasets:
  - path: a0.jsonl
          ^^^^^^^^ warning service-output-training
    type: completion
--- pedigree.yaml
provenance:
${copies.flat().join('')}`,
      'service-output-training',
    );
  });

  it('informs of a notebook among documents that keeps answers and trains on them, and of none that only keeps them', () => {
    const asks = [
      'import json',
      'from otter.models import Factory',
      'from otter.types import Kind, Platform',
      'model = Factory.create(model_platform=Platform.OPENAI, model_type=Kind.GPT_4O_MINI)',
      'rows = [{"instruction": t, "output": model.run(t)} for t in topics]',
      'with open("alpaca_rows.json", "w") as out:',
      '    json.dump(rows, out)',
    ];
    const trains = [
      'from datasets import load_dataset',
      'from trl import SFTTrainer',
      'data = load_dataset("json", data_files="alpaca_rows.json")',
      'trainer = SFTTrainer(model=m, train_dataset=data)',
      'trainer.train()',
    ];
    const found = (lines: readonly string[]): readonly string[] => {
      const cell = { cell_type: 'code', metadata: {}, outputs: [], execution_count: null, source: lines.join('\n') };
      const notebook = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
      const { report } = analyseFiles(parseRepo(`--- docs/guide.ipynb\n${notebook}\n`).files);
      return report.findings.flatMap(({ ruleId, severity }) => (ruleId.startsWith('service-output') ? [`${severity} ${ruleId}`] : []));
    };
    assert.deepEqual(found([...asks, ...trains]), ['information service-output-data', 'information service-output-training']);
    assert.deepEqual(found(asks), []);
  });
});
