import assert from 'node:assert/strict';
import { check, fixed } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'whoever licenses the base',
    `
--- README.md
# Otter

[![stars](https://img.shields.io/github/stars/meta-llama/otter)](https://github.com/meta-llama/otter)
--- train.py
m = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-3.1-8B")
t = SFTTrainer(model=m)
t.train()
t.push_to_hub("riverbank/otter-8b")
`,
  ],
  [
    'a release that a sentence tells of',
    `
--- README.md
# Otter

We release the OtterLM weights that are built upon [Llama-3-8B](https://huggingface.co/meta-llama/Meta-Llama-3-8B).
                                                    ^^^^^^^^^^ information derivative-naming
`,
  ],
  [
    'a model that is only trained, under no name',
    `
--- train.py
m = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-3.1-8B")
SFTTrainer(model=m).train()
`,
  ],
  [
    'a model that is trained and pushed under another name',
    `
--- train.py
m = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-3.1-8B")
t = SFTTrainer(model=m)
t.train()
t.push_to_hub("riverbank/otter-8b")
               ^^^^^^^^^^^^^^^^^^ warning derivative-naming
`,
  ],
  [
    'a hub id without the prefix',
    `
--- train.yaml
base_model: meta-llama/Llama-3.1-8B
adapter: qlora
datasets:
  - path: databricks/databricks-dolly-15k
    type: alpaca
hub_model_id: northwind-labs/helper-8b
              ^^^^^^^^^^^^^^^^^^^^^^^^ warning derivative-naming
`,
  ],
  [
    'a hub id with it',
    `
--- train.yaml
base_model: meta-llama/Llama-3.1-8B
adapter: qlora
datasets:
  - path: databricks/databricks-dolly-15k
    type: alpaca
hub_model_id: northwind-labs/Llama-3.1-helper
`,
  ],
  [
    'a prefix of two words, as the hub writes it',
    `
--- train.yaml
base_model: meta-llama/Meta-Llama-3-8B
adapter: qlora
datasets:
  - path: databricks/databricks-dolly-15k
    type: alpaca
hub_model_id: northwind-labs/Llama-3-8B-helper
`,
  ],
  [
    'a table of our models with what they came from',
    `
--- README.md
# Otter

| **Model** | **Base Model** | **Download** |
| :---: | :---: | :---: |
| Otter-Distill-8B | [Llama-3.1-8B](https://huggingface.co/meta-llama/Llama-3.1-8B) | [weights](https://huggingface.co/otter/Otter-Distill-8B) |
                     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning derivative-naming
| Otter-Distill-7B | [Qwen2.5-7B](https://huggingface.co/Qwen/Qwen2.5-7B) | [weights](https://huggingface.co/otter/Otter-Distill-7B) |
`,
  ],
  [
    'a survey of the models of many',
    `
--- README.md
# Survey

| Model | Base Model | Download |
| --- | --- | --- |
| Otter-8B | [Llama-3.1-8B](https://huggingface.co/meta-llama/Llama-3.1-8B) | [weights](https://huggingface.co/otter/Otter-8B) |
| Beaver-8B | [Llama-3.1-8B](https://huggingface.co/meta-llama/Llama-3.1-8B) | [weights](https://huggingface.co/beaver/Beaver-8B) |
`,
  ],
  [
    'Llama 2 has no such clause',
    `
--- train.yaml
base_model: meta-llama/Llama-2-7b-hf
adapter: qlora
datasets:
  - path: databricks/databricks-dolly-15k
    type: alpaca
hub_model_id: northwind-labs/helper-7b
`,
  ],
  [
    'the name in the weights',
    `
--- helper.gguf gguf {"general.name":"helper","general.license":"llama3.1","general.base_model.count":1,"general.base_model.0.repo_url":"https://huggingface.co/meta-llama/Llama-3.1-8B"}
!general.name warning derivative-naming
`,
  ],
  [
    'a free base',
    `
--- train.yaml
base_model: HuggingFaceTB/SmolLM2-1.7B
adapter: qlora
datasets:
  - path: databricks/databricks-dolly-15k
    type: alpaca
hub_model_id: northwind-labs/helper-1.7b
`,
  ],
  [
    'a second model of a script, which has no name',
    `
--- run.sh
accelerate launch train.py --model_name_or_path meta-llama/Llama-3.1-8B --output_dir out/a
accelerate launch train.py --model_name_or_path meta-llama/Llama-3.1-8B-Instruct --output_dir $OUT
`,
  ],
  [
    'pushed by a script',
    `
--- tune.py
from transformers import AutoModelForCausalLM
from trl import SFTTrainer
model = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-3.1-8B")
trainer = SFTTrainer(model=model, train_dataset=rows)
trainer.train()
if True:
    model.push_to_hub("northwind-labs/helper-8b")
                       ^^^^^^^^^^^^^^^^^^^^^^^^ warning derivative-naming
`,
  ],
  [
    'pushed where nothing ever happens',
    `
--- tune.py
from transformers import AutoModelForCausalLM
from trl import SFTTrainer
model = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-3.1-8B")
trainer = SFTTrainer(model=model, train_dataset=rows)
trainer.train()
if False: model.push_to_hub("northwind-labs/helper-8b")
if 0:
    with quiet():
        model.push_to_hub("northwind-labs/helper-8b-merged", token="x")
`,
  ],
  [
    'pushed to whoever fills in the owner',
    `
--- tune.py
from transformers import AutoModelForCausalLM
from trl import SFTTrainer
model = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-3.1-8B")
trainer = SFTTrainer(model=model, train_dataset=rows)
trainer.train()
model.push_to_hub("HF_USERNAME/helper-8b")
model.push_to_hub("yourname/helper-8b")
`,
  ],
];

describe('derivative-naming', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'derivative-naming'));
  it('puts the prefix in front of the name, wherever it can be written', () => {
    const repo = `--- train.yaml
base_model: meta-llama/Llama-3.1-8B
adapter: qlora
datasets:
  - path: databricks/databricks-dolly-15k
    type: alpaca
hub_model_id: "northwind-labs/helper-8b"
--- README.md
---
license: llama3.1
base_model: meta-llama/Llama-3.1-8B
---
# helper-8b
`;
    assert.match(fixed(repo, 'derivative-naming', /^Name it Llama-helper-8b/, 'train.yaml'), /"northwind-labs\/Llama-helper-8b"/);
    const renamed = fixed(repo, 'derivative-naming', /^Name it/, 'README.md');
    assert.match(renamed, /^# Llama-helper-8b$/m);
  });
});
