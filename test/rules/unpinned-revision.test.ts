import assert from 'node:assert/strict';
import { check, fixed } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'no revision',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^ information unpinned-revision
`,
  ],
  [
    'a branch',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B", revision="main")
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^ information unpinned-revision
`,
  ],
  [
    'a commit',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B", revision="4a5f0c1d2e3b4a5f0c1d2e3b4a5f0c1d2e3b4a5f")
`,
  ],
  [
    'a card cannot pin',
    `
--- README.md
---
license: apache-2.0
base_model: HuggingFaceTB/SmolLM2-1.7B
---
`,
  ],
];

describe('unpinned-revision', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'unpinned-revision'));

  it('pins to the commit that the repository uses elsewhere', () => {
    const load = (rest: string): string => `from transformers import AutoModel\nmodel = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B"${rest})\n`;
    const pinned = ', revision="4a5f0c1d2e3b4a5f0c1d2e3b4a5f0c1d2e3b4a5f"';
    assert.equal(fixed(`--- a.py\n${load('')}--- b.py\n${load(pinned)}`, 'unpinned-revision', /Pin/, 'a.py'), load(pinned));
  });
});
