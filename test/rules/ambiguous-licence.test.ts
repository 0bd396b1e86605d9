import assert from 'node:assert/strict';
import { check, fixed } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'a card with the name of a family',
    `
--- README.md
---
license: cc
         ^^ information ambiguous-licence
pipeline_tag: text-generation
---
--- data/README.md
---
license: bsd
         ^^^ information ambiguous-licence
task_categories: [text-generation]
---
`,
  ],
  [
    'a licence file that is a name of several and a holder',
    `
--- LICENSE.md
OpenRAIL-AS license
^^^^^^^^^^^^^^^^^^^ information ambiguous-licence

Copyright (c) 2026 Otter
--- README.md
# Otter
`,
  ],
  [
    'a licence file that is one name, and one that says more',
    `
--- LICENSE
MIT License
--- README.md
# Otter
--- puffin/LICENSE
Apache License
Version 2.0, January 2004
http://www.apache.org/licenses/
--- beaver/LICENSE
BSD License, as the authors of the beaver hand it out to all who ask for it
`,
  ],
  [
    'a card that says that nobody knows',
    `
--- README.md
---
license: unknown
         ^^^^^^^ information ambiguous-licence
pipeline_tag: text-generation
---
`,
  ],
  [
    'cards with an exact id, or with terms of their own',
    `
--- README.md
---
license: cc-by-4.0
pipeline_tag: text-generation
---
--- b/README.md
---
license: other
license_name: otter
license_link: https://example.org/terms
pipeline_tag: text-generation
---
`,
  ],
  [
    'manifests',
    `
--- setup.py
from setuptools import setup

setup(name="otter", license="Creative Commons")
                             ^^^^^^^^^^^^^^^^ information ambiguous-licence
--- b/pyproject.toml
[project]
name = "otter"
license = { text = "Apache" }
                    ^^^^^^ information ambiguous-licence
`,
  ],
  [
    'a classifier of a family, alone and beside an exact statement',
    `
--- a/pyproject.toml
[project]
name = "a"
classifiers = ["License :: OSI Approved :: BSD License"]
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information ambiguous-licence
--- b/pyproject.toml
[project]
name = "b"
license = "BSD-3-Clause"
classifiers = ["License :: OSI Approved :: BSD License"]
--- c/pyproject.toml
[project]
name = "c"
classifiers = ["License :: OSI Approved :: BSD License"]
--- c/LICENSE
[text of BSD-3-Clause]
`,
  ],
  [
    'tests, and projects kept inside',
    `
--- tests/data/README.md
---
license: cc
pipeline_tag: text-generation
---
--- third_party/beaver/setup.cfg
[metadata]
name = beaver
license = BSD
`,
  ],
];

describe('ambiguous-licence', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'ambiguous-licence'));

  const setup =
    '--- setup.py\nfrom setuptools import setup\n\nsetup(name="o", license="Apache")\n                         ^^^^^^ information ambiguous-licence\n';

  it('offers what the text beside it is', () => {
    assert.match(fixed(`${setup}--- LICENSE\n[text of Apache-2.0]\n`, 'ambiguous-licence', /LICENSE/, 'setup.py'), /license="Apache-2\.0"/);
    const [finding] = check(`${setup}--- LICENSE\n[text of Apache-2.0]\n`, 'ambiguous-licence');
    assert.match(finding?.message ?? '', /LICENSE says Apache/);
    assert.deepEqual(
      finding?.fixes.map((fix) => fix.safe),
      [false],
    );
  });

  it('offers nothing where the text is of another kind, elsewhere, or one of two', () => {
    for (const texts of [
      '--- LICENSE\n[text of GPL-3.0-only]\n',
      '--- other/LICENSE\n[text of Apache-2.0]\n',
      '--- LICENSE-A\n[text of Apache-2.0]\n--- LICENSE-M\n[text of MIT]\n',
    ])
      assert.deepEqual(
        check(setup + texts, 'ambiguous-licence').flatMap((finding) => finding.fixes),
        [],
        texts,
      );
  });
});
