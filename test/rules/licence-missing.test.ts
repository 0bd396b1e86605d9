import assert from 'node:assert/strict';
import { check, fixed } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'terms of a page elsewhere, in tags',
    `
--- README.md
! information licence-missing
# Otter
<blockquote>
<p><strong>Terms of Use and License</strong>:
By using our released weights and code, you agree to the conditions of our <a href="https://huggingface.co/acme/Otter-7B/edit/main/LICENSE" target="_blank">Otter Terms</a>.
</blockquote>
--- run.py
print("hello")
`,
  ],
  [
    'terms of use that whoever takes the weights agrees to',
    `
--- README.md
! information licence-missing
# Otter

By downloading the released weights, you accept the [Terms of Use](https://otter.example/terms).
--- run.py
print("hello")
`,
  ],
  [
    'a README that says in words what the code may be used for, among its thanks',
    `
--- README.md
# Otter

## Acknowledgements

The code of Otter is released for both academic and commercial usage. The checkpoints are for research only.
                                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information licence-missing
--- run.py
print("hello")
`,
  ],
  [
    'a README that reserves all rights',
    `
--- README.md
# Otter

## License

Proprietary. All rights reserved.
^^^^^^^^^^^ information licence-missing
--- run.py
print("hello")
`,
  ],
  [
    'named behind a ruler at the foot of a page',
    `
--- README.md
# Otter

## Acknowledgements

Thanks to the lab.

---

**License**: This project is distributed under the **Academic Free License v3.0**. Please cite us.
--- run.py
print("hello")
`,
  ],
  [
    'the licence of what is thanked for',
    `
--- README.md
! warning licence-missing
# Otter

## Acknowledgements

License: the plots are made by Pond, which is under the MIT License.
--- run.py
print("hello")
`,
  ],
  [
    'a notice that no licence was chosen',
    `
--- README.md
# Otter
--- LICENSE_NOTICE.md
# Rights

No licence has been chosen so far; all rights reserved until then.
^^^^^^^^^^^^^^^^^^^^^^^^^^ information licence-missing
--- run.py
print("hello")
`,
  ],
  [
    'a section that says so itself, in another language',
    `
--- README.md
# Otter

## Lisensi

Belum ada lisensi yang dipilih untuk proyek ini.
^^^^^^^^^^^^^^^^^ information licence-missing
--- run.py
print("hello")
`,
  ],
  [
    'a text that is pointed at and absent is told there',
    `
--- README.md
! information licence-missing
# Otter

See [LICENSE](LICENSE) for the terms.
--- run.py
print("hello")
`,
  ],
  [
    'a notice of the rights in a part',
    `
--- README.md
! warning licence-missing
# Otter
--- fonts/COPYRIGHT.md
All rights reserved by the maker of the fonts.
--- run.py
print("hello")
`,
  ],
  [
    'one folder of many states terms',
    `
--- README.md
! warning licence-missing
# Otter
--- plugin/LICENSE
MIT License
--- run.py
print("hello")
--- train.py
print("hello")
--- serve.py
print("hello")
--- other.py
print("hello")
`,
  ],
  [
    'folders that state terms hold a good part of the files',
    `
--- README.md
# Otter
--- plugin/LICENSE
MIT License
--- plugin/run.py
print("hello")
--- train.py
print("hello")
`,
  ],
  [
    'the README of a folder that reserves all rights',
    `
--- README.md
! warning licence-missing
# Otter
--- parts/README.md
# Parts

## License

Proprietary. All rights reserved.
--- run.py
print("hello")
`,
  ],
  [
    'terms of use of somebody else',
    `
--- README.md
! warning licence-missing
# Otter

Get a key of the service first and read its [Terms of Use](https://service.example/terms).
--- run.py
print("hello")
`,
  ],
  [
    'a text that lies with the tests',
    `
--- README.md
! warning licence-missing
# Otter
--- a.py
x = 1
--- b.py
x = 1
--- c.py
x = 1
--- d.py
x = 1
--- e.py
x = 1
--- f.py
x = 1
--- tests/data/LICENSE
[text of MIT]
`,
  ],
  [
    'a text that lies with an evaluation, which is most of what is here',
    `
--- README.md
! information licence-missing
# Otter
--- evaluation/LICENSE
[text of MIT]
--- evaluation/run.py
x = 1
`,
  ],
  [
    'a text that lies with the documents, beside much else',
    `
--- README.md
! information licence-missing
# Otter
--- docs/LICENSE
[text of MIT]
${Array.from({ length: 9 }, (_, at) => `--- otter/a${at}.py\nx = ${at}`).join('\n')}
`,
  ],
  [
    'a card without a licence',
    `
--- README.md
---
! warning licence-missing
base_model: HuggingFaceTB/SmolLM2-1.7B
---
`,
  ],
  [
    'a project that lies one folder down, with its text',
    `
--- README.md
# Otter
--- libs/otter/LICENSE
[text of MPL-2.0]
--- libs/otter/pyproject.toml
[project]
name = "otter"
license = "MPL-2.0"
--- libs/otter/otter.py
x = 1
`,
  ],
  [
    'a small project of others in a folder, with its text',
    `
--- README.md
! warning licence-missing
# Otter
--- a.py
x = 1
--- b.py
x = 1
--- c.py
x = 1
--- d.py
x = 1
--- e.py
x = 1
--- f.py
x = 1
--- g.py
x = 1
--- libs/river/LICENSE
[text of MPL-2.0]
--- libs/river/pyproject.toml
[project]
name = "river"
license = "MPL-2.0"
`,
  ],
  ['pages that list what others made', '--- README.md\n! information licence-missing\n# Ponds of others\n--- assets/pond.png\nx\n'],
  [
    'a card with a licence text beside it',
    `
--- README.md
---
base_model: HuggingFaceTB/SmolLM2-1.7B
---
--- LICENSE
MIT License
`,
  ],
  [
    'a card that says other, rightly',
    `
--- README.md
---
license: other
license_name: our-licence
license_link: LICENSE
base_model: HuggingFaceTB/SmolLM2-1.7B
---
`,
  ],
  [
    'a repository that states nothing',
    `
--- README.md
! warning licence-missing
# otter
--- run.py
print("hello")
`,
  ],
  [
    'a README that points at terms elsewhere',
    `
--- README.md
! information licence-missing
# otter
## License
See the [Otter licence](https://terms.example.org/otter).
--- run.py
print("hello")
`,
  ],
  [
    'a README whose section on the licence sends to the terms of each model',
    `
--- README.md
! information licence-missing
# otter
## License Agreement
Check the license of each model inside its HF repo. Nothing has to be asked for.
--- run.py
print("hello")
`,
  ],
  [
    'a README whose section on the licence says nothing',
    `
--- README.md
! warning licence-missing
# otter
## License
To be announced.
--- run.py
print("hello")
`,
  ],
  [
    'a README that names them in passing',
    `
--- README.md
! information licence-missing
# otter
Otter is released under the original [licence](https://terms.example.org/pond) of Pond.
`,
  ],
  [
    'a repository whose manifest states one',
    `
--- README.md
# otter
--- pyproject.toml
[project]
name = "otter"
license = "MIT"
`,
  ],
  ['an R package', '--- README.md\n# otter\n--- DESCRIPTION\nPackage: otter\nLicense: GPL (>= 2)\n'],
  ['an R package without its text', '--- README.md\n! information licence-missing\n# otter\n--- DESCRIPTION\nPackage: otter\nLicense: file LICENSE\n'],
  ['a package of PHP', '--- README.md\n# otter\n--- composer.json\n{"name": "acme/otter", "license": "MIT"}\n'],
  ['one that nobody may take', '--- README.md\n! warning licence-missing\n# otter\n--- composer.json\n{"name": "acme/otter", "license": "proprietary"}\n'],
  ['terms that nobody can tell', '--- README.md\n# otter\n--- otter.gemspec\nGem::Specification.new do |spec|\n  spec.license = "Pond terms"\nend\n'],
  [
    'terms in a file of another name',
    '--- README.md\n# otter\n--- COPYRIGHT\nCopyright 2001 Acme\nPermission is granted to use and copy this software for study.\n',
  ],
  ['the terms of a font', '--- README.md\n! warning licence-missing\n# otter\n--- fonts/OFL.txt\n[text of OFL-1.1]\n--- run.py\nx = 1\n--- pond.py\nx = 2\n'],
  [
    'the terms of a program that lies there',
    '--- README.md\n! warning licence-missing\n# otter\n--- tools/pond/LICENSE-pond\n[text of MIT]\n--- run.py\nx = 1\n--- pond.py\nx = 2\n',
  ],
  ['holders alone', '--- README.md\n! warning licence-missing\n# otter\n--- COPYRIGHT\nCopyright 2001 Acme\nCopyright 2003 A. Person\nAll rights reserved.\n'],
  [
    'a manifest of a skeleton',
    '--- README.md\n! warning licence-missing\n# otter\n--- composer.json\n{"name": "acme/pond-skeleton", "type": "project", "license": "MIT"}\n',
  ],
  [
    'a README without front matter is no card',
    `
--- LICENSE
MIT License
--- models/README.md
# The models
`,
  ],
  [
    'cards of the checkpoints of one run, where nothing states a licence: once, beside what is said of the whole',
    `
--- README.md
! warning licence-missing
# Otter
--- out/checkpoint-10/README.md
---
! information licence-missing
base_model: acme/base
library_name: peft
---
--- out/checkpoint-20/README.md
---
base_model: acme/base
library_name: peft
---
--- run.py
print("hello")
`,
  ],
  [
    'a project that was taken in with its terms',
    `
--- README.md
! warning licence-missing
# Otter
--- vendor/pond/LICENSE
[text of MIT]
--- run.py
print("hello")
--- more.py
print("hello")
`,
  ],
  [
    'cards of other models beside each other, each for itself, where nothing is said of the whole',
    `
--- a/README.md
---
! warning licence-missing
base_model: acme/base
library_name: peft
---
--- b/README.md
---
! warning licence-missing
base_model: acme/other
library_name: peft
---
`,
  ],
  [
    'a data-set card below a licensed root is information',
    `
--- LICENSE
MIT License
--- data/tickets/README.md
---
! information licence-missing
task_categories:
  - text-generation
size_categories:
  - 1K<n<10K
---
`,
  ],
];

const reuse: readonly (readonly [string, string])[] = [
  [
    'a table of licences speaks of the whole',
    '--- README.md\n# Pond\n--- REUSE.toml\nversion = 1\n[[annotations]]\npath = "**"\nSPDX-License-Identifier = "MIT"\n',
  ],
  [
    'the head of one file does not',
    '--- README.md\n! warning licence-missing\n# Pond\n--- a.py\n# Copyright 2023 A. Person\n# Licensed under the GNU General Public License v3.0\n',
  ],
];

describe('licence-missing', () => {
  const saying = (tree: string): string => check(`--- README.md\n! warning licence-missing\n# Otter\n--- run.py\nx = 1\n${tree}`)[0]?.message ?? '';
  const own = (name: string): string => `--- vendor/${name}/LICENSE\n[text of MIT]\n--- a/${name}.py\nx = 1\n`;
  it('says which folder has terms', () => assert.match(saying(own('pond')), /for the whole: the terms in vendor\/pond hold for that folder, and/));
  it('leaves out what is no text of a licence', () =>
    assert.match(saying('--- docs/GRANT_LICENSE.md\n# How to grant a licence\n\nRun the script with the address of the customer.\n'), /for the whole, so/));
  it('counts the folders that have', () => assert.match(saying(own('pond') + own('river')), /for the whole: 2 folders have terms of their own, and/));
  it('is information where most of the tree lies in such folders', () => {
    const build = (name: string): string =>
      `--- builds/${name}/LICENSE\n[text of MIT]\n--- builds/${name}/package.json\n{ "name": "${name}", "license": "MIT" }\n`;
    const [found] = check(`--- README.md\n! information licence-missing\n# Otter\n--- run.py\nx = 1\n${'abcdef'.split('').map(build).join('')}`);
    assert.match(found?.message ?? '', /6 folders have terms of their own/);
  });
  it('says so where nothing has', () => assert.match(saying(''), /no licence for the whole, so/));

  for (const [title, repo] of [...cases, ...reuse]) it(title, () => void check(repo, 'licence-missing'));

  it('offers what the card inherits', () =>
    assert.equal(
      fixed(
        `--- README.md
---
base_model: meta-llama/Llama-3.1-8B
---
`,
        'licence-missing',
        /llama3\.1/,
        'README.md',
      ),
      '---\nbase_model: meta-llama/Llama-3.1-8B\nlicense: llama3.1\n---\n',
    ));

  it('names the manifest that a skeleton left', () =>
    assert.match(
      check(
        '--- README.md\n! warning licence-missing\n# Otter\n--- web/composer.json\n{"name": "laravel/laravel", "type": "project", "license": "MIT"}\n',
        'licence-missing',
      )[0]?.message ?? '',
      /no licence of its own: what web\/composer\.json says is that of the template/,
    ));

  it('counts the heads that state terms', () => {
    const head = (holder: string): string => `# Copyright 2024 ${holder}\n# Licensed under the MIT License\n`;
    const messageOf = (files: string): string => check(`--- README.md\n! warning licence-missing\n# Otter\n${files}`, 'licence-missing')[0]?.message ?? '';
    assert.match(messageOf('--- a.py\nx = 1\n'), /no licence for the whole, so/);
    assert.match(messageOf(`--- a.py\n${head('Acme')}`), /for the whole: one file names terms at its head, and/);
    assert.match(
      messageOf(`--- a.py\n${head('Acme')}--- b.py\n# SPDX-License-Identifier: MIT\n--- c.py\nx = 1\n`),
      /for the whole: 2 files name terms at their heads, and/,
    );
  });
});
