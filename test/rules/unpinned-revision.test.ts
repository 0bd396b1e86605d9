import assert from 'node:assert/strict';
import type { Resolution } from '../../server/src/lineage/resolutions.ts';
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
    'a name that is set to nothing',
    `
--- a.py
REPO = "HuggingFaceTB/SmolLM2-1.7B"
        ^^^^^^^^^^^^^^^^^^^^^^^^^^ information unpinned-revision
COMMIT = None
model = AutoModel.from_pretrained(REPO, revision=COMMIT)
`,
  ],
  [
    'a name that is set to nothing until something is given, and a parameter',
    `
--- a.py
commit = None
if args.commit:
    commit = args.commit
model = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B", revision=commit)
--- b.py
revision = None
def load(revision):
    return AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B", revision=revision)
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

const answer: Resolution = {
  work: 'pkg:huggingface/brook/new',
  asked: null,
  by: 'hub',
  state: 'found',
  id: 'brook/new',
  commit: null,
  date: '2026-01-01',
  before: null,
  gated: false,
  source: 'hub',
  terms: [],
  relations: [],
};

describe('unpinned-revision', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'unpinned-revision'));

  it('names the line of the branch where that is another', () => {
    const beside = (text: string): readonly number[] =>
      analyseFiles(parseRepo(`--- a.py\n${text}\n`).files).report.findings.flatMap(({ ruleId, related }) =>
        ruleId === 'unpinned-revision' ? related.map(({ line }) => line) : [],
      );
    assert.deepEqual(beside('REPO = "HuggingFaceTB/SmolLM2-1.7B"\nfolder = snapshot_download(\n    repo_id=REPO,\n    revision="main",\n)'), [4]);
    assert.deepEqual(beside('folder = snapshot_download("HuggingFaceTB/SmolLM2-1.7B", revision="main")'), []);
  });

  it('offers no revision that is set elsewhere, and no second argument', () => {
    const load = (rest: string): string => `from transformers import AutoModel\nmodel = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B"${rest})\n`;
    const fixes = (text: string): readonly string[] =>
      analyseFiles(parseRepo(text).files).report.findings.flatMap((finding) => finding.fixes.map((fix) => fix.title));
    assert.deepEqual(fixes(`--- a.py\n${load('')}--- b.py\n${load(', revision=rev')}`), []);
    assert.deepEqual(fixes(`--- a.py\n${load(', revision=None')}--- b.py\n${load(', revision="4a5f0c1d2e3b4a5f0c1d2e3b4a5f0c1d2e3b4a5f"')}`), []);
  });
  it('pins to the commits that the cache and the hub give for what is loaded', () => {
    const load = (rest: string): string => `from transformers import AutoModel\nmodel = AutoModel.from_pretrained("brook/new"${rest})\n`;
    const told = (by: 'cache' | 'hub', commit: string, asked: string | null = null) => ({ ...answer, by, commit, asked });
    const titles = (rest: string, ...resolutions: readonly Resolution[]): readonly string[] =>
      analyseFiles(parseRepo(`--- a.py\n${load(rest)}`).files, undefined, undefined, resolutions).report.findings.flatMap((finding) =>
        finding.ruleId === 'unpinned-revision' ? finding.fixes.map((fix) => `${fix.title}:${fix.edits[0]?.text}`) : [],
      );
    const [a, b] = ['a'.repeat(40), 'b'.repeat(40)];
    assert.deepEqual(titles('', told('cache', a), told('hub', b)), [
      `Pin to aaaaaaaaaaaa, as in the local cache:, revision="${a}"`,
      `Pin to bbbbbbbbbbbb, as on the hub, of 2026-01-01:, revision="${b}"`,
    ]);
    assert.equal(titles('', told('cache', a), told('hub', a)).length, 1);
    assert.deepEqual(titles('', told('cache', a, 'v1')), []);
    assert.deepEqual(titles('', { ...answer, commit: null }), []);
  });
  it('pins to the commit that the repository uses elsewhere', () => {
    const load = (rest: string): string => `from transformers import AutoModel\nmodel = AutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B"${rest})\n`;
    const pinned = ', revision="4a5f0c1d2e3b4a5f0c1d2e3b4a5f0c1d2e3b4a5f"';
    assert.equal(fixed(`--- a.py\n${load('')}--- b.py\n${load(pinned)}`, 'unpinned-revision', /Pin/, 'a.py'), load(pinned));
  });
});
