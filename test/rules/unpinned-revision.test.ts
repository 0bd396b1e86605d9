import assert from 'node:assert/strict';
import { analyseFiles, check, fixed, parseRepo } from '../support/repo.ts';

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
    'a revision of None, which is the default',
    `
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B", revision=None)
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^ information unpinned-revision
`,
  ],
  [
    'a revision that is set elsewhere',
    `
--- a.py
from transformers import AutoModel
from settings import rev
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B", revision=rev)
other = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B", revision=f"v{rev}")
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

  it('offers no revision that is set elsewhere, and no second argument', () => {
    const load = (rest: string): string => `from transformers import AutoModel\nmodel = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B"${rest})\n`;
    const fixes = (text: string): readonly string[] =>
      analyseFiles(parseRepo(text).files).report.findings.flatMap((finding) => finding.fixes.map((fix) => fix.title));
    assert.deepEqual(fixes(`--- a.py\n${load('')}--- b.py\n${load(', revision=rev')}`), []);
    assert.deepEqual(fixes(`--- a.py\n${load(', revision=None')}--- b.py\n${load(', revision="4a5f0c1d2e3b4a5f0c1d2e3b4a5f0c1d2e3b4a5f"')}`), []);
  });
  it('pins to the commit that the repository uses elsewhere', () => {
    const load = (rest: string): string => `from transformers import AutoModel\nmodel = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B"${rest})\n`;
    const pinned = ', revision="4a5f0c1d2e3b4a5f0c1d2e3b4a5f0c1d2e3b4a5f"';
    assert.equal(fixed(`--- a.py\n${load('')}--- b.py\n${load(pinned)}`, 'unpinned-revision', /Pin/, 'a.py'), load(pinned));
  });
});
