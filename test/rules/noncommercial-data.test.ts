import assert from 'node:assert/strict';
import { analyseFiles, check, parseRepo } from '../support/repo.ts';

const otter = `--- pyproject.toml
[project]
name = "otter"
license = "MIT"
`;

const cases: readonly (readonly [string, string])[] = [
  [
    'a collection of which one part alone bars commerce',
    `
--- LICENSE
[text of MIT]
--- train.py
from datasets import load_dataset
from transformers import Trainer
data = load_dataset("xtreme", args.part)
Trainer(model=model, train_dataset=data["train"]).train()
`,
  ],
  [
    'a sentence on the model of the project, beside code that loads the data',
    `
--- README.md
Our model is trained on GigaSpeech.
--- data/look.py
from datasets import load_dataset
data = load_dataset("speechcolab/gigaspeech")
                     ^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-data
`,
  ],
  [
    'a sentence on the model of the project, in a README and in a report',
    `
--- LICENSE
[text of MIT]
--- README.md
Our model is trained on JourneyDB.
                        ^^^^^^^^^ information noncommercial-data
--- docs/report.md
Then we train it on JourneyDB.
`,
  ],
  [
    'a list of what the model of the project was trained on',
    `
--- LICENSE
[text of MIT]
--- README.md
## Training data

* [JourneyDB](https://journey.example/)
   ^^^^^^^^^ information noncommercial-data

## Evaluation

* GigaSpeech
`,
  ],
  [
    'terms of parts of the data in a licence file',
    `
--- LICENSE
[text of MIT]
--- data/LICENSE
Otters:
License: CC BY-NC 4.0
         ^^^^^^^^^^^^ information noncommercial-data
Source: https://acme.example/otters

Beavers:
License: CC BY 4.0
Source: https://acme.example/beavers
`,
  ],
  [
    'data that somebody runs a trained model on, or that lie in what is put away',
    `
--- LICENSE
[text of MIT]
--- model/inference/batch.py
from datasets import load_dataset
data = load_dataset("tatsu-lab/alpaca")
                     ^^^^^^^^^^^^^^^^ information noncommercial-data
--- scripts/archived/train.py
from datasets import load_dataset
data = load_dataset("tatsu-lab/alpaca")
--- run.old/train.py
from datasets import load_dataset
data = load_dataset("tatsu-lab/alpaca")
`,
  ],
  [
    'freer terms over data that are not free: the way there',
    `
--- README.md
---
license: apache-2.0
base_model: HuggingFaceTB/SmolLM2-1.7B
datasets:
  - yahma/alpaca-cleaned
    ^^^^^^^^^^^^^^^^^^^^ information noncommercial-data
---
`,
  ],
  [
    'sources that are free themselves, and ones of an own card',
    `
--- README.md
---
license: apache-2.0
base_model: HuggingFaceTB/SmolLM2-1.7B
datasets:
  - Open-Orca/SlimOrca
  - timdettmers/openassistant-guanaco
---
`,
  ],
  [
    'its own word that it is for research is told once, whatever it was made from',
    `
--- README.md
---
license: apache-2.0
base_model: HuggingFaceTB/SmolLM2-1.7B
datasets:
  - zh-plus/tiny-imagenet
    ^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-data
---
`,
  ],
  [
    'one that a script loads, beside others that run other models',
    `
--- LICENSE
[text of MIT]
--- scripts/a.sh
vllm serve Qwen/Qwen2.5-7B-Instruct
huggingface-cli download --repo-type dataset tatsu-lab/alpaca
                                             ^^^^^^^^^^^^^^^^ warning noncommercial-data
--- scripts/b.sh
vllm serve microsoft/phi-2
--- scripts/c.sh
vllm serve mistralai/Mistral-7B-v0.1
`,
  ],
  [
    'one that is measured on',
    `
--- eval/run.py
from datasets import load_dataset
data = load_dataset("yahma/alpaca-cleaned")
`,
  ],
  [
    'trained on, in a card',
    `
--- README.md
---
license: apache-2.0
base_model: HuggingFaceTB/SmolLM2-1.7B
datasets:
  - tatsu-lab/alpaca
    ^^^^^^^^^^^^^^^^ warning noncommercial-data
---
`,
  ],
  [
    'terms in words of its own, that no licence has',
    `
--- LICENSE
[text of MIT]
--- train.yaml
base_model: HuggingFaceTB/SmolLM2-1.7B
datasets:
  - path: ehovy/race
          ^^^^^^^^^^ warning noncommercial-data
    type: completion
learning_rate: 0.0002
`,
  ],
  [
    'trained on, in a configuration',
    `
${otter}--- train.yaml
base_model: HuggingFaceTB/SmolLM2-1.7B
adapter: lora
datasets:
  - path: tatsu-lab/alpaca
          ^^^^^^^^^^^^^^^^ warning noncommercial-data
    type: alpaca
`,
  ],
  [
    'trained on, in a configuration that is to be copied',
    `
${otter}--- train.example.yaml
base_model: HuggingFaceTB/SmolLM2-1.7B
adapter: lora
datasets:
  - path: tatsu-lab/alpaca
          ^^^^^^^^^^^^^^^^ information noncommercial-data
    type: alpaca
`,
  ],
  [
    'data that the project hands out itself',
    `
--- pyproject.toml
[project]
name = "otter"
license = "MIT"
[project.urls]
repository = "https://github.com/tatsu-lab/otter"
--- load.py
from datasets import load_dataset
data = load_dataset("tatsu-lab/alpaca")
                     ^^^^^^^^^^^^^^^^ information noncommercial-data
`,
  ],
  [
    'one way of a menu',
    `
${otter}--- load.py
from datasets import load_dataset

def load(name):
    if name == "alpaca":
        return load_dataset("tatsu-lab/alpaca")
                             ^^^^^^^^^^^^^^^^ information noncommercial-data
    elif name == "oasst1":
        return load_dataset("OpenAssistant/oasst1")
    elif name == "dolly":
        return load_dataset("databricks/databricks-dolly-15k")
`,
  ],
  [
    'one of several ways to work, of which others load nothing',
    `
${otter}--- load.py
from datasets import load_dataset

def prepare(step):
    if step == "train":
        return load_dataset("tatsu-lab/alpaca")
                             ^^^^^^^^^^^^^^^^ warning noncommercial-data
    elif step == "clean":
        return clean()
    elif step == "pack":
        return pack()

rows = load_dataset("OpenAssistant/oasst1")
more = load_dataset("databricks/databricks-dolly-15k")
`,
  ],
  [
    'one of two',
    `
${otter}--- load.py
from datasets import load_dataset

def load(name):
    if name == "alpaca":
        return load_dataset("tatsu-lab/alpaca")
                             ^^^^^^^^^^^^^^^^ warning noncommercial-data
    elif name == "oasst1":
        return load_dataset("OpenAssistant/oasst1")
    rows = load_dataset("databricks/databricks-dolly-15k")
`,
  ],
  [
    'a set that is named for measuring',
    `
${otter}--- get.py
from datasets import load_dataset

rows = load_dataset("tatsu-lab/alpaca_eval")
                     ^^^^^^^^^^^^^^^^^^^^^ information noncommercial-data
`,
  ],
  [
    'limited by a badge of the whole',
    `
${otter}--- README.md
# Otter

[![Data License](https://img.shields.io/badge/Data%20License-CC%20BY--NC%204.0-red.svg)](DATA_LICENSE)
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-data
--- get.py
from datasets import load_dataset

rows = load_dataset("tatsu-lab/alpaca")
                     ^^^^^^^^^^^^^^^^ information noncommercial-data
`,
  ],
  [
    'loaded by code that permits commerce',
    `
${otter}--- look.py
from datasets import load_dataset
data = load_dataset("tatsu-lab/alpaca")
                     ^^^^^^^^^^^^^^^^ warning noncommercial-data
`,
  ],
  [
    'free data',
    `
--- README.md
---
license: apache-2.0
base_model: HuggingFaceTB/SmolLM2-1.7B
datasets:
  - databricks/databricks-dolly-15k
---
`,
  ],
  [
    'only evaluated on',
    `
${otter}--- eval/run_eval.py
from datasets import load_dataset
data = load_dataset("tatsu-lab/alpaca")
`,
  ],
  [
    'a limit of what is made from the data, beside their own licence',
    `
--- README.md
# tickets

The dataset is CC BY NC 4.0 and models trained on it should not be used outside of research.
               ^^^^^^^^^^^^ information noncommercial-data
`,
  ],
  [
    'one of many that a program offers',
    `
--- pyproject.toml
[project]
name = "loader"
license = "MIT"
--- loaders.py
from datasets import load_dataset

def load_0():
    return load_dataset("acme-lab/set-0")

def load_1():
    return load_dataset("acme-lab/set-1")

def load_2():
    return load_dataset("acme-lab/set-2")

def load_3():
    return load_dataset("acme-lab/set-3")

def load_4():
    return load_dataset("acme-lab/set-4")

def load_5():
    return load_dataset("acme-lab/set-5")

def load_6():
    return load_dataset("acme-lab/set-6")

def load_7():
    return load_dataset("acme-lab/set-7")

def load_8():
    return load_dataset("acme-lab/set-8")

def load_9():
    return load_dataset("acme-lab/set-9")

def load_10():
    return load_dataset("acme-lab/set-10")

def load_11():
    return load_dataset("acme-lab/set-11")

def load_known():
    return load_dataset("tatsu-lab/alpaca")
                         ^^^^^^^^^^^^^^^^ information noncommercial-data
`,
  ],
  [
    'the default of an option in a text of its own',
    `
--- pyproject.toml
[project]
name = "otter"
license = "MIT"
--- tune.py
import argparse
from datasets import load_dataset
from transformers import Trainer
parser = argparse.ArgumentParser()
parser.add_argument("--train-data", default="tatsu-lab/alpaca")
                                             ^^^^^^^^^^^^^^^^ information noncommercial-data
args = parser.parse_args()
rows = load_dataset(f"{args.train_data}", "en")
Trainer(train_dataset=rows).train()
`,
  ],
  [
    'put together with the default of an option',
    `
--- pyproject.toml
[project]
name = "otter"
license = "MIT"
--- tune.py
import argparse
from datasets import load_dataset
from transformers import Trainer
parser = argparse.ArgumentParser()
parser.add_argument("--train-data", default="alpaca")
args = parser.parse_args()
rows = load_dataset(f"tatsu-lab/{args.train_data}")
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-data
Trainer(train_dataset=rows).train()
`,
  ],
  [
    'put together with a constant',
    `
--- pyproject.toml
[project]
name = "otter"
license = "MIT"
--- tune.py
from datasets import load_dataset
from transformers import Trainer
NAME = "alpaca"
rows = load_dataset(f"tatsu-lab/{NAME}")
                      ^^^^^^^^^^^^^^^^ warning noncommercial-data
Trainer(train_dataset=rows).train()
`,
  ],
  [
    'what a README says to download',
    `
--- LICENSE
[text of MIT]
--- README.md
# Otter

Download the [faces dataset](https://github.com/NVlabs/ffhq-dataset) and resize it.
                             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-data
`,
  ],
  [
    'a licence file of a sentence on data',
    `
--- LICENSE
The Otter dataset is intended for non-commercial research purpose only.
                              ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-data
`,
  ],
  [
    'a licence file of a sentence on code',
    `
--- LICENSE
The Otter program is intended for non-commercial research purpose only.
`,
  ],
  [
    'data to test with',
    `
--- LICENSE
[text of MIT]
--- README.md
# Otter

The testdata are available for non-commercial research purposes only.
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-data
`,
  ],
];

describe('noncommercial-data', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'noncommercial-data'));

  it('says of data that a notebook only loads', () => {
    const cell = {
      cell_type: 'code',
      metadata: {},
      source: ['from datasets import load_dataset\n', 'rows = load_dataset("tatsu-lab/alpaca")'],
      outputs: [],
      execution_count: null,
    };
    const notebook = JSON.stringify({ cells: [cell], metadata: {}, nbformat: 4, nbformat_minor: 5 });
    const { files } = parseRepo(`--- pyproject.toml\n[project]\nname = "otter"\nlicense = "MIT"\n--- look.ipynb\n${notebook}\n`);
    const findings = analyseFiles(files).report.findings.filter(({ ruleId }) => ruleId === 'noncommercial-data');
    assert.deepEqual(
      findings.map(({ severity }) => severity),
      ['information'],
    );
    assert.doesNotMatch(findings[0]?.message ?? '', /training/);
  });
});
