import assert from 'node:assert/strict';
import { analyseFiles, check, fixed, parseRepo } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'badges',
    `
--- README.md
# Otter

[![Code License](https://img.shields.io/badge/Code%20License-Apache_2.0-green.svg)](CODE_LICENSE)
                                                                                    ^^^^^^^^^^^^ warning dangling-licence-reference
<a href="MODEL_LICENSE"><img alt="Model License" src="https://img.shields.io/badge/Model_License-X-red"></a>
         ^^^^^^^^^^^^^ warning dangling-licence-reference
--- LICENSE
[text of Apache-2.0]
`,
  ],
  [
    'the texts of a choice: once',
    `
--- README.md
# Otter

- MIT ([LICENSE-MIT](LICENSE-MIT)), or
                     ^^^^^^^^^^^ warning dangling-licence-reference
- Apache-2.0 ([LICENSE-APACHE](LICENSE-APACHE))
`,
  ],
  [
    'links, by their label or by what they lead to',
    `
--- README.md
# Otter

See the [licence](docs/terms.md) and [here](COPYING.txt), but not [the guide](docs/guide.md).
                  ^^^^^^^^^^^^^ warning dangling-licence-reference
                                            ^^^^^^^^^^^ warning dangling-licence-reference
`,
  ],
  [
    'what is there: files, folders, blanks that are escaped, anchors, the root, the folder above',
    `
--- README.md
# Otter

[LICENSE](LICENSE#grant) [LICENSE](./LICENSE?raw=true) [licences](licenses) [licence](Otter%2DLICENSE) [License](#license)
[MIT](<Otter-LICENSE> "licence") [LICENSE](../../blob/main/LICENSE) [licence](../../wiki/Licence)
--- LICENSE
[text of MIT]
--- licenses/MIT.txt
[text of MIT]
--- Otter-LICENSE
An agreement of the otters.
--- sub/README.md
[LICENSE](../LICENSE) [LICENSE](/LICENSE)
`,
  ],
  [
    'a README of a folder is read from its folder',
    `
--- pup/README.md
[![Model License](https://img.shields.io/badge/Model%20License-X-yellow)](pup/LICENSE)
                                                                          ^^^^^^^^^^^ warning dangling-licence-reference
--- pup/LICENSE
[text of MIT]
`,
  ],
  [
    'capitals',
    `
--- README.md
[License](license)
          ^^^^^^^ warning dangling-licence-reference
--- LICENSE
[text of MIT]
`,
  ],
  [
    'one absent file is one mistake',
    `
--- README.md
[License](LICENSE) and again [MIT](LICENSE)
          ^^^^^^^ warning dangling-licence-reference
--- README_zh.md
[License](LICENSE)
`,
  ],
  [
    'manifests',
    `
--- a/pyproject.toml
[project]
name = "a"
license = { file = "LICENSE.md" }
                    ^^^^^^^^^^ warning dangling-licence-reference
--- b/pyproject.toml
[project]
name = "b"
license = "MIT"
license-files = ["LICEN[CS]E*", "licenses/*"]
                  ^^^^^^^^^^^ warning dangling-licence-reference
--- b/licenses/MIT.txt
[text of MIT]
--- c/package.json
{ "name": "c", "license": "SEE LICENSE IN terms.txt" }
                                          ^^^^^^^^^ warning dangling-licence-reference
--- d/Cargo.toml
[package]
name = "d"
license-file = "LICENSE"
                ^^^^^^^ warning dangling-licence-reference
--- e/setup.cfg
[metadata]
license_files =
    LICENSE
    ^^^^^^^ warning dangling-licence-reference
    NOTICE
--- e/NOTICE
Otter
--- f/setup.py
from setuptools import setup

setup(name="f", license_files=("LICENSE", "COPYING"))
                                ^^^^^^^ warning dangling-licence-reference
--- f/COPYING
[text of MIT]
`,
  ],
  [
    'heads that point at a file which is not there',
    `
--- README.md
# Otter
--- a.py
# Copyright (c) 2024 Acme Lab
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning dangling-licence-reference
# This source code is licensed under the license found in the
# LICENSE file in the root directory of this source tree.
--- b.py
# Copyright (c) 2024 Acme Lab
# This source code is licensed under the license found in the
# LICENSE file in the root directory of this source tree.
`,
  ],
  [
    'a head that points there and names the licence all the same',
    `
--- README.md
# Otter
--- a.py
# Copyright (c) 2024 Acme Lab
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information dangling-licence-reference
# Licensed under the MIT License. See LICENSE for details.
`,
  ],
  [
    'a head that points at a file which is there under another name',
    `
--- README.md
# Otter
--- COPYING
[text of MIT]
--- a.py
# Copyright (c) 2024 Acme Lab
# This source code is licensed under the license found in the LICENSE file.
`,
  ],
  [
    'a head in a tree that may be a part',
    `
--- a.py
# Copyright (c) 2024 Acme Lab
# This source code is licensed under the license found in the LICENSE file.
`,
  ],
  [
    'a head that leads to another tree',
    `
--- README.md
# Otter
--- a.py
# Copyright (c) 2024 Acme Lab
# Licensed under the license found in the LICENSE file of https://github.com/acme-lab/river
`,
  ],
  [
    'a manifest whose file is there',
    `
--- pyproject.toml
[project]
name = "otter"
license = { file = "LICENSE" }
license-files = ["LICEN[CS]E*"]
--- LICENSE
[text of MIT]
`,
  ],
  [
    'a package whose licence may be copied beside it when it is built',
    `
--- packages/otter/pyproject.toml
[project]
name = "otter"
license-files = ["LICENSE"]
                  ^^^^^^^ information dangling-licence-reference
--- LICENSE
[text of MIT]
`,
  ],
  [
    'a card',
    `
--- README.md
---
license: other
license_name: otter
license_link: LICENSE
              ^^^^^^^ warning dangling-licence-reference
---
--- config.json
{ "model_type": "otter" }
`,
  ],
  [
    'a card that lies alone may be on its way to where the file is',
    `
--- cards/otter/README.md
---
license: other
license_name: otter
license_link: LICENSE
              ^^^^^^^ information dangling-licence-reference
---
--- main.py
print("otter")
`,
  ],
  [
    'links of cards that are addresses or no files',
    `
--- README.md
---
license: other
license_name: otter
license_link: https://example.org/LICENSE
---
--- b/README.md
---
license: other
license_name: otter
license_link: otter terms
---
--- config.json
{ "model_type": "otter" }
`,
  ],
  [
    'addresses of the own repository',
    `
--- README.md
# Otter

[License](https://github.com/OtterLab/otter/blob/main/LICENSE.md)
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning dangling-licence-reference
[License](https://github.com/otterlab/otter/blob/v1.0/OLD_LICENSE)
[License](https://github.com/otterlab/otter/blob/main/LICENSE)
[License](https://github.com/somelab/beaver/blob/main/BEAVER_LICENSE)
[text of it](https://raw.githubusercontent.com/otterlab/otter/main/NOTICE_LICENSE)
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning dangling-licence-reference
--- LICENSE
[text of MIT]
--- pyproject.toml
[project]
name = "otter"
urls = { Repository = "https://github.com/otterlab/otter" }
`,
  ],
  [
    'an address that may be the own repository or not',
    `
--- README.md
# Rivers

    git clone https://github.com/somelab/beaver

[License](https://github.com/somelab/beaver/blob/main/BEAVER_LICENSE)
`,
  ],
  [
    'templates, tests and docs',
    `
--- templates/README.md
[License](LICENSE)
--- {{name}}/README.md
[License](LICENSE)
--- sub/README.md
[License]({{ license }}) [License](<LICENSE>) [License]($LICENSE)
                                    ^^^^^^^ warning dangling-licence-reference
--- tests/data/README.md
[License](LICENSE)
          ^^^^^^^ information dangling-licence-reference
--- docs/README.md
[License](LICENSE)
          ^^^^^^^ information dangling-licence-reference
`,
  ],
  [
    'examples in code and comments',
    `
--- README.md
Write \`[License](LICENSE)\` into it:

~~~md
[License](LICENSE)
~~~

<!--
[License](LICENSE)
-->
`,
  ],
  [
    'a project kept inside',
    `
--- third_party/beaver/README.md
[License](LICENSE)
          ^^^^^^^ information dangling-licence-reference
`,
  ],
  [
    'reference links',
    `
--- README.md
[![License][badge]][terms]

[badge]: https://img.shields.io/badge/License-MIT-green.svg
[terms]: docs/legal.md
         ^^^^^^^^^^^^^ warning dangling-licence-reference
`,
  ],
  [
    'an address of its own without a branch',
    `
--- LICENSE
[text of MIT]
--- pyproject.toml
[project]
name = "otter"
urls = { Repository = "https://github.com/otterlab/otter" }
--- README.md
[License](https://github.com/otterlab/otter/LICENCE)
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning dangling-licence-reference
[License](https://github.com/otterlab/otter/LICENSE)
[License](https://github.com/somelab/beaver/LICENCE)
`,
  ],
  [
    'reStructuredText',
    `
--- README.rst
Otter
=====

Under \`the MIT license <LICENSE>\`_.
                        ^^^^^^^ warning dangling-licence-reference
`,
  ],
];

describe('dangling-licence-reference', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'dangling-licence-reference'));

  const repaired: readonly (readonly [string, string, string, RegExp])[] = [
    [
      'another ending',
      '--- pyproject.toml\n[project]\nname = "o"\nlicense = { file = "LICENSE.md" }\n--- LICENSE\nMIT License\n',
      'pyproject.toml',
      /file = "LICENSE" /,
    ],
    ['other capitals', '--- README.md\n[License](license.MD)\n--- LICENSE.md\nMIT License\n', 'README.md', /\(LICENSE\.md\)/],
    ['the folder of the text', '--- pup/README.md\n[License](pup/LICENSE)\n--- pup/LICENSE\nMIT License\n', 'pup/README.md', /\(LICENSE\)/],
    [
      'too few steps up',
      '--- a/b/README.md\n[License](../OTTER_LICENSE.pdf)\n--- OTTER_LICENSE.pdf\nx\n',
      'a/b/README.md',
      /\(\.\.\/\.\.\/OTTER_LICENSE\.pdf\)/,
    ],
    ['brackets', '--- a/README.md\n[License](Our%281%29_LICENSE.txt)\n--- Our(1)_LICENSE.md\nMIT License\n', 'a/README.md', /\(\.\.\/Our%281%29_LICENSE\.md\)/],
  ];
  for (const [title, repo, path, expected] of repaired)
    it(`repairs ${title}, unasked`, () => {
      const safe = analyseFiles(parseRepo(repo).files).report.findings.flatMap((finding) => finding.fixes.map((fix) => fix.safe));
      assert.deepEqual(safe, [true]);
      assert.match(fixed(repo, 'dangling-licence-reference', /Point at/, path), expected);
    });

  it('leaves it to people whether a LICENSE elsewhere is meant', () => {
    const [finding] = check(
      '--- a/README.md\n[License](LICENSE)\n          ^^^^^^^ information dangling-licence-reference\n--- LICENSE\nMIT License\n',
      'dangling-licence-reference',
    );
    assert.deepEqual(
      finding?.fixes.map((fix) => [fix.safe, fix.edits[0]?.text]),
      [[false, '../LICENSE']],
    );
    assert.match(finding?.message ?? '', /if that is what holds here/);
  });

  it('reads where contributors are told', () => {
    check(
      '--- CONTRIBUTING.md\nUnder the terms of our [LICENSE](LICENSE.txt), see [there](docs/a.md) and [MIT](https://opensource.org/license/mit).\n                                 ^^^^^^^^^^^ information dangling-licence-reference\n--- LICENSE\n[text of MIT]\n--- README.md\n# Otter\n',
      'dangling-licence-reference',
    );
    check(
      '--- CONTRIBUTING.md\nUnder the terms of our [LICENSE](LICENSE).\n--- LICENSE\n[text of MIT]\n--- README.md\n# Otter\n',
      'dangling-licence-reference',
    );
  });

  it('names what is there as the file that points has to', () => {
    const [finding] = check(
      '--- LICENSE_POND.md\n[text of MIT]\n--- docs/README.md\nSee the [licence](LICENSE_POND.md).\n                  ^^^^^^^^^^^^^^^ information dangling-licence-reference\n',
      'dangling-licence-reference',
    );
    assert.match(finding?.message ?? '', /Point it at \.\.\/LICENSE_POND\.md\./);
  });

  it('knows a folder of texts that a head names, wherever it lies', () => {
    const head = '# Implementation of waves.\n#   LICENSE is in texts directory.\n';
    const mark = '    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information dangling-licence-reference\n';
    check(`--- LICENSE\n[text of MIT]\n--- pond/waves.py\n${head}${mark}\nimport torch\n`, 'dangling-licence-reference');
    check(`--- LICENSE\n[text of MIT]\n--- pond/texts/LICENSE_1\n[text of MIT]\n--- pond/waves.py\n${head}\nimport torch\n`, 'dangling-licence-reference');
    check(
      '--- LICENSE\n[text of MIT]\n--- pond/waves.py\n# The LICENSE file is in the root directory of this tree.\n\nimport torch\n',
      'dangling-licence-reference',
    );
  });
});
