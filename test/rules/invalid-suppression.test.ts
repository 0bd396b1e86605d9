import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'without a reason',
    `
--- a.py
from transformers import AutoModel
# pedigree-ignore unpinned-revision
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-suppression
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
`,
  ],
  [
    'an unknown rule',
    `
--- a.py
from transformers import AutoModel
# pedigree-ignore unpinned: newest on purpose
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-suppression
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
`,
  ],
  [
    'in use',
    `
--- a.py
from transformers import AutoModel
# pedigree-ignore unpinned-revision: newest on purpose
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
`,
  ],
  [
    'an accept entry in use',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
--- pedigree.yaml
accept:
  - { rule: unpinned-revision, paths: ["*.py"], reason: newest on purpose }
`,
  ],
  [
    'accept entries that hold nothing back',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
--- pedigree.yaml
accept:
  - { rule: unpinned-revision, paths: ["*.py"] }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-suppression
  - { rule: unpinned-revision, reason: for a while, until: 2026-01-31 }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-suppression
  - { rule: noncommercial-data, reason: none is used }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-suppression
`,
  ],
];

describe('invalid-suppression', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'invalid-suppression'));
});
