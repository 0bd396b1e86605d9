import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'a card that says unknown, once',
    `
--- a.py
from datasets import load_dataset
a = load_dataset("quora")
                  ^^^^^ information unlicensed-data
--- b.py
from datasets import load_dataset
a = load_dataset("quora")
`,
  ],
  [
    'a page that an audit found without a licence, in training',
    `
--- train.yaml
base_model: mistralai/Mistral-7B-v0.1
datasets:
  - path: teknium/OpenHermes-2.5
          ^^^^^^^^^^^^^^^^^^^^^^ information unlicensed-data
    type: sharegpt
learning_rate: 0.0002
`,
  ],
  [
    'noted in the policy',
    `
--- a.py
from datasets import load_dataset
a = load_dataset("quora")
--- pedigree.yaml
works: [ { id: "pkg:huggingface/datasets/quora", licence: LicenseRef-agreed } ]
`,
  ],
  [
    'an evaluation',
    `
--- eval/run.py
from datasets import load_dataset
a = load_dataset("quora")
`,
  ],
  [
    'a licence, or nothing known',
    `
--- a.py
from datasets import load_dataset
a = load_dataset("openai/gsm8k", "main")
b = load_dataset("acme-lab/talks")
`,
  ],
];

describe('unlicensed-data', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'unlicensed-data'));

  it('is told once: unknown-terms leaves it out', () =>
    void check('--- a.py\nfrom datasets import load_dataset\na = load_dataset("quora")\n', 'unknown-terms'));
});
