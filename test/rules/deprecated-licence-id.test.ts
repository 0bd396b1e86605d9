import assert from 'node:assert/strict';
import { check, fixed } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'where SPDX ids are asked for',
    `
--- package.json
{ "name": "otter", "license": "GPL-3.0" }
                               ^^^^^^^ information deprecated-licence-id
--- b/pyproject.toml
[project]
name = "otter"
license = "AGPL-3.0+"
           ^^^^^^^^^ information deprecated-licence-id
--- c/Cargo.toml
[package]
name = "otter"
license = "MIT OR LGPL-2.1"
           ^^^^^^^^^^^^^^^ information deprecated-licence-id
`,
  ],
  [
    'one header in many files',
    `
--- a.py
# SPDX-License-Identifier: GPL-2.0
                           ^^^^^^^ information deprecated-licence-id
--- b.py
# SPDX-License-Identifier: GPL-2.0
`,
  ],
  [
    'cards, which have ids of the hub, fields of free text, and ids of today',
    `
--- README.md
---
license: gpl-3.0
pipeline_tag: text-generation
---
--- setup.py
from setuptools import setup

setup(name="otter", license="GPL-3.0")
--- package.json
{ "name": "otter", "license": "GPL-3.0-or-later" }
`,
  ],
];

describe('deprecated-licence-id', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'deprecated-licence-id'));

  it('replaces what has one meaning, unasked', () => {
    const repo = '--- package.json\n{ "name": "o", "license": "GPL-2.0+" }\n                           ^^^^^^^^ information deprecated-licence-id\n';
    const [finding] = check(repo, 'deprecated-licence-id');
    assert.deepEqual(
      finding?.fixes.map((fix) => [fix.safe, fix.edits[0]?.text]),
      [[true, 'GPL-2.0-or-later']],
    );
    assert.match(fixed(repo, 'deprecated-licence-id', /Replace/, 'package.json'), /"GPL-2\.0-or-later"/);
  });

  it('leaves the choice between the two meanings', () => {
    const [finding] = check(
      '--- package.json\n{ "name": "o", "license": "GPL-2.0" }\n                           ^^^^^^^ information deprecated-licence-id\n',
      'deprecated-licence-id',
    );
    assert.deepEqual(
      finding?.fixes.map((fix) => [fix.safe, fix.preferred, fix.edits[0]?.text]),
      [
        [false, true, 'GPL-2.0-only'],
        [false, false, 'GPL-2.0-or-later'],
      ],
    );
  });

  it('prefers what the same work says elsewhere', () => {
    const [finding] = check(
      `--- pyproject.toml
[project]
name = "o"
license = "GPL-3.0"
           ^^^^^^^ information deprecated-licence-id
classifiers = ["License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+)"]
`,
      'deprecated-licence-id',
    );
    assert.equal(finding?.fixes[0]?.edits[0]?.text, 'GPL-3.0-or-later');
  });
});
