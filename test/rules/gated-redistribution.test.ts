import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'a data set that names a gated one as its source',
    `
--- README.md
---
license: mit
task_categories: [question-answering]
source_datasets: [gaia-benchmark/GAIA]
                  ^^^^^^^^^^^^^^^^^^^ warning gated-redistribution
---
`,
  ],
  [
    'a script that loads several sets',
    `
--- prepare.py
from datasets import load_dataset
a = load_dataset("gaia-benchmark/GAIA")
                  ^^^^^^^^^^^^^^^^^^^ information gated-redistribution
data = load_dataset("openai/gsm8k", "main")
data.push_to_hub("acme-lab/gsm8k-short")
`,
  ],
  [
    'gated, but under a licence that lets everybody share',
    `
--- prepare.py
from datasets import load_dataset
data = load_dataset("BAAI/Infinity-Instruct", "7M")
                     ^^^^^^^^^^^^^^^^^^^^^^ information gated-redistribution
data.push_to_hub("acme-lab/short")
`,
  ],
  [
    'loaded, and nothing is handed on',
    `
--- look.py
from datasets import load_dataset
a = load_dataset("gaia-benchmark/GAIA")
`,
  ],
  [
    'its own publisher',
    `
--- prepare.py
from datasets import load_dataset
data = load_dataset("gaia-benchmark/GAIA")
data.push_to_hub("gaia-benchmark/GAIA-annotated")
`,
  ],
  [
    'agreed with its publisher',
    `
--- prepare.py
from datasets import load_dataset
data = load_dataset("gaia-benchmark/GAIA")
data.push_to_hub("acme-lab/gaia-short")
--- pedigree.yaml
grants: [ { work: "pkg:huggingface/datasets/gaia-benchmark/GAIA", licence: agreed } ]
`,
  ],
];

describe('gated-redistribution', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'gated-redistribution'));
});
