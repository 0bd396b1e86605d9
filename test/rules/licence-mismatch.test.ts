import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  ['a manifest against the text', `
--- package.json
{ "name": "otter", "license": "Apache-2.0" }
                               ^^^^^^^^^^ error licence-mismatch
--- LICENSE
MIT License

Copyright (c) 2026 The Otter Authors

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction. The above copyright notice and this
permission notice shall be included in all copies. THE SOFTWARE IS PROVIDED
"AS IS", WITHOUT WARRANTY OF ANY KIND.
`],
  ['a classifier that says less is no contradiction', `
--- pyproject.toml
[project]
name = "otter"
license = "Apache-2.0"
classifiers = ["License :: OSI Approved :: Apache Software License"]
`],
  ['only and or-later are spelled alike elsewhere', `
--- pyproject.toml
[project]
name = "otter"
license = "GPL-3.0-or-later"
classifiers = ["License :: OSI Approved :: GNU General Public License v3 (GPLv3)"]
`],
  ['alternatives side by side', `
--- package.json
{ "name": "otter", "license": "MIT OR Apache-2.0" }
--- LICENSE-MIT
MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction. THE SOFTWARE IS PROVIDED "AS IS".
`],
  ['weights under other terms than the code', `
--- pyproject.toml
[project]
name = "otter"
license = "MIT"
--- README.md
# otter

The weights are released under CC BY-NC 4.0.
`],
  ['two badges of one thing', `
--- README.md
# otter

[![Data License](https://img.shields.io/badge/Data%20License-CC%20By%20NC%204.0-red.svg)](DATA_LICENSE)
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning licence-mismatch

The data are released under the MIT license.
`],
];

describe('licence-mismatch', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'licence-mismatch'));
});
