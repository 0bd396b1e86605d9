import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'the only source of a data set',
    `
--- README.md
---
license: apache-2.0
         ^^^^^^^^^^ warning share-alike
task_categories: [text-generation]
source_datasets: [databricks/databricks-dolly-15k]
---
`,
  ],
  [
    'one of several sources',
    `
--- README.md
---
license: apache-2.0
         ^^^^^^^^^^ information share-alike
task_categories: [text-generation]
source_datasets:
  - databricks/databricks-dolly-15k
  - openai/gsm8k
---
`,
  ],
  [
    'what the policy means to publish data under',
    `
--- README.md
---
task_categories: [text-generation]
source_datasets: [databricks/databricks-dolly-15k]
---
--- pedigree.yaml
publish: { data: mit }
                 ^^^ warning share-alike
`,
  ],
  [
    'a later version of the same licence',
    `
--- README.md
---
license: cc-by-sa-4.0
task_categories: [text-generation]
source_datasets: [databricks/databricks-dolly-15k]
---
`,
  ],
  [
    'a model trained on it, handed on under other terms',
    `
--- README.md
---
license: mit
base_model: EleutherAI/pythia-6.9b
datasets:
  - databricks/databricks-dolly-15k
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information share-alike
---
`,
  ],
  [
    'mere use',
    `
--- LICENSE
[text of MIT]
--- run.py
from datasets import load_dataset
data = load_dataset("databricks/databricks-dolly-15k")
`,
  ],
  [
    'weights that say so beside wider code',
    `
--- LICENSE
[text of Apache-2.0]
--- README.md
# River

## Licenses

The code is released under Apache-2.0. The River model checkpoints are licensed under the Creative Commons license (CC BY-SA-4.0).
                                                                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information share-alike
`,
  ],
  [
    'a data set that is declared so and is all there is',
    `
--- README.md
---
license: cc-by-sa-4.0
task_categories: [text-generation]
---
`,
  ],
  [
    'a function from an answer elsewhere, under a head that states other terms',
    `
--- LICENSE
[text of Apache-2.0]
--- a.py
# SPDX-License-${'Identifier'}: Apache-2.0
# Adapted from https://${'stackoverflow'}.com/a/12345678/234567
def f():
    return 1
`,
  ],
];

describe('share-alike', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'share-alike'));
});
