import assert from 'node:assert/strict';
import { check, fixed } from '../support/repo.ts';

const badge = '[![Code License](https://img.shields.io/badge/Code%20License-Apache_2.0-green.svg)]';

const cases: readonly (readonly [string, string])[] = [
  [
    'a badge about the weights, whose terms lie here under the same name',
    `
--- README.md
# Otter

[![Model License](https://img.shields.io/badge/Model_License-Agreement-green)](https://github.com/otterlab/beaver/blob/main/LICENSE-MODEL)
                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information borrowed-badge

![stars](https://img.shields.io/github/stars/otterlab/otter)
--- LICENSE-MODEL
LLAMA 3.1 COMMUNITY LICENSE AGREEMENT
`,
  ],
  [
    'a badge about the weights, whose terms here have another name',
    `
--- README.md
# Otter

[![Model License](https://img.shields.io/badge/Model_License-Agreement-green)](https://github.com/otterlab/beaver/blob/main/LICENSE)

![stars](https://img.shields.io/github/stars/otterlab/otter)
--- LICENSE-MODEL
LLAMA 3.1 COMMUNITY LICENSE AGREEMENT
`,
  ],
  [
    'a badge whose own repository is known by what is cloned under its name',
    `
--- README.md
# Otter

${badge}(https://github.com/somelab/beaver/blob/main/LICENSE)
${' '.repeat(badge.length + 1)}^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information borrowed-badge

    git clone https://github.com/otterlab/otter.git
`,
  ],
  [
    'a badge to a repository that is thanked',
    `
--- README.md
# Following rivers

[![License](https://img.shields.io/badge/License-MIT-green.svg)](https://github.com/somelab/beaver/blob/main/LICENSE)
                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information borrowed-badge

## Acknowledgements

We thank [Beaver](https://github.com/somelab/beaver) for its code.
`,
  ],
  [
    'nothing tells whose it is',
    `
--- README.md
# Following rivers

[![License](https://img.shields.io/badge/License-MIT-green.svg)](https://github.com/somelab/beaver/blob/main/LICENSE)
`,
  ],
  [
    'the repository of the title, of the manifest, and under a new owner',
    `
--- README.md
# Beaver: dams by description

[![License](https://img.shields.io/badge/License-MIT-green.svg)](https://github.com/somelab/beaver/blob/main/LICENSE)
[![License](https://img.shields.io/badge/License-MIT-green.svg)](https://github.com/otterlab/otter/blob/main/LICENSE)
[![License](https://img.shields.io/badge/License-MIT-green.svg)](https://github.com/oldlab/otter/blob/main/LICENSE)
--- pyproject.toml
[project]
name = "otter"
urls = { Homepage = "https://github.com/otterlab/otter" }
`,
  ],
  [
    'another repository of the same owner: the badge of the whole, but not that of a part, nor a sentence',
    `
--- README.md
# Otter

[![License](https://img.shields.io/badge/License-MIT-green.svg)](https://github.com/otterlab/farm/blob/main/LICENSE)
                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information borrowed-badge

This project is under the [MIT license](https://github.com/otterlab/licensing/blob/main/LICENSE).
--- pyproject.toml
[project]
name = "otter"
urls = { Homepage = "https://github.com/otterlab/otter" }
--- parts/README.md
[![License](https://img.shields.io/badge/License-MIT-green.svg)](https://github.com/otterlab/parts-of-all/blob/main/LICENSE)
`,
  ],
  [
    'an image of another repository beside the right link',
    `
--- README.md
<h1>Otter 2</h1>

[![license](https://img.shields.io/github/license/scope/scope.svg)](https://github.com/otterlab/Otter2/blob/main/LICENSE)
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information borrowed-badge
`,
  ],
  [
    'an image and its link are one badge',
    `
--- README.md
# Otter

[![license](https://img.shields.io/github/license/somelab/beaver)](https://github.com/somelab/beaver/blob/main/LICENSE)
                                                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information borrowed-badge

![stars](https://img.shields.io/github/stars/otterlab/otter)
`,
  ],
  [
    'weights under the terms of what they were made from, and addresses that are a text for all',
    `
--- README.md
# Otter

[![Model License](https://img.shields.io/badge/Model%20License-X-yellow)](https://github.com/somelab/beaver/blob/main/LICENSE)
[![License](https://img.shields.io/badge/License-MIT-yellow)](https://opensource.org/licenses/MIT)
[![License](https://img.shields.io/badge/License-MIT-yellow)](https://github.com/someone/licenses/blob/main/LICENSE)

![stars](https://img.shields.io/github/stars/otterlab/otter)
`,
  ],
  [
    'a card leads to the code of its project',
    `
--- README.md
---
license: mit
pipeline_tag: text-generation
---
# Otter-7B

[![Code License](https://img.shields.io/badge/Code%20License-MIT-green.svg)](https://github.com/somelab/beaver/blob/main/LICENSE)

![stars](https://img.shields.io/github/stars/otterlab/otter)
`,
  ],
  [
    'a README that was taken along with its project speaks of that project',
    `
--- README.md
# Otter

![stars](https://img.shields.io/github/stars/otterlab/otter)
--- examples/beaver/README.md
# Dams

[![License](https://img.shields.io/github/license/somelab/Beaver)](https://github.com/somelab/Beaver/blob/main/LICENSE)
`,
  ],
  [
    'a sentence about what is here, with the file of a repository that is credited',
    `
--- README.md
# Following rivers

This project is released under the [MIT license](https://github.com/somelab/beaver/blob/main/LICENSE).
                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information borrowed-badge

## Thanks

To [Beaver](https://github.com/somelab/beaver).
`,
  ],
  [
    'sentences about what others did, and tables of terms',
    `
--- README.md
# Otter

The code is based on Beaver, which is under the [MIT license](https://github.com/somelab/beaver/blob/main/LICENSE).
Our code follows the [licence of Beaver](https://github.com/somelab/beaver/blob/main/LICENSE).

| model | licence |
| --- | --- |
| otter-7b | [MIT](https://github.com/somelab/beaver/blob/main/LICENSE) |

![stars](https://img.shields.io/github/stars/otterlab/otter)

## Thanks

To [Beaver](https://github.com/somelab/beaver).
`,
  ],
  [
    'an example of a badge',
    `
--- README.md
# Otter

\`\`\`
${badge}(https://github.com/somelab/beaver/blob/main/LICENSE)
\`\`\`
<!-- ${badge}(https://github.com/somelab/beaver/blob/main/LICENSE) -->

![stars](https://img.shields.io/github/stars/otterlab/otter)
`,
  ],
  [
    'the same badge in another language is the same mistake',
    `
--- README.md
# Otter

[![License](https://img.shields.io/badge/License-MIT-green.svg)](https://github.com/somelab/beaver/blob/main/LICENSE)
                                                                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information borrowed-badge

    git clone https://github.com/otterlab/otter
--- README_zh.md
# Otter

[![License](https://img.shields.io/badge/License-MIT-green.svg)](https://github.com/somelab/beaver/blob/main/LICENSE)
`,
  ],
  [
    'reStructuredText',
    `
--- README.rst
Otter
=====

.. image:: https://img.shields.io/badge/License-MIT-green.svg
   :target: https://github.com/somelab/beaver/blob/main/LICENSE
            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information borrowed-badge
   :alt: License
--- setup.py
from setuptools import setup

setup(name="otter", url="https://github.com/otterlab/otter")
`,
  ],
];

describe('borrowed-badge', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'borrowed-badge'));

  it('links to the file of the whole instead', () => {
    const repo = `
--- README.md
# Otter

[![Data License](https://img.shields.io/badge/Data%20License-MIT-green.svg)](https://github.com/somelab/beaver/blob/main/DATA_LICENSE)

    git clone https://github.com/otterlab/otter
--- LICENSE
[text of MIT]
--- DATA_LICENSE
[text of CC-BY-4.0]
`;
    assert.match(fixed(repo, 'borrowed-badge', /DATA_LICENSE/, 'README.md'), /svg\)\]\(DATA_LICENSE\)/);
  });
});
