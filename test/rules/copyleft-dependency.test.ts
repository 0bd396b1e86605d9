import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'in requirements and a manifest, once',
    `
--- pyproject.toml
[project]
name = "river"
license = "Apache-2.0"
dependencies = ["torch", "PyMuPDF>=1.24"]
                          ^^^^^^^ information copyleft-dependency
--- requirements.txt
pymupdf
`,
  ],
  [
    'a package of npm, and a version of it under freer terms',
    `
--- a/package.json
{ "name": "a", "license": "MIT", "dependencies": { "tinymce": "^7.2" } }
                                                    ^^^^^^^ information copyleft-dependency
--- b/package.json
{ "name": "b", "license": "MIT", "dependencies": { "tinymce": "^6.8" } }
`,
  ],
  [
    'what a README and a script install',
    `
--- LICENSE
[text of MIT]
--- README.md
# Pond

    pip install phonemizer
                ^^^^^^^^^^ information copyleft-dependency
--- setup.sh
pip install phonemizer
--- pedigree.yaml
use: { commercial: true, distribute: [code] }
`,
  ],
  [
    'what a README installs in a whole under copyleft, and for tests',
    `
--- LICENSE
[text of GPL-3.0-only]
--- README.md
    pip install phonemizer
`,
  ],
  [
    'code is handed on',
    `
--- LICENSE
[text of MIT]
--- requirements.txt
phonemizer
^^^^^^^^^^ warning copyleft-dependency
--- pedigree.yaml
use: { commercial: true, distribute: [code] }
`,
  ],
  [
    'a service is offered: the AGPL asks for the sources, the GPL does not',
    `
--- LICENSE
[text of MIT]
--- requirements.txt
phonemizer
^^^^^^^^^^ information copyleft-dependency
ultralytics
^^^^^^^^^^^ warning copyleft-dependency
--- pedigree.yaml
use: { commercial: true, distribute: [service] }
`,
  ],
  [
    'a repository by its address',
    `
--- LICENSE
[text of MIT]
--- requirements.txt
git+https://github.com/ultralytics/yolov5.git
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information copyleft-dependency
`,
  ],
  [
    'what code imports, where no manifest names it',
    `
--- LICENSE
[text of MIT]
--- a/detect.py
from ultralytics import YOLO
     ^^^^^^^^^^^ information copyleft-dependency
--- b/detect.py
import ultralytics
`,
  ],
  [
    'a manifest before an import; a module that the tree has itself',
    `
--- LICENSE
[text of MIT]
--- detect.py
from ultralytics import YOLO
import html2text
--- html2text/__init__.py
x = 1
--- requirements.txt
ultralytics
^^^^^^^^^^^ information copyleft-dependency
`,
  ],
  [
    'a licence was bought',
    `
--- LICENSE
[text of MIT]
--- requirements.txt
ultralytics
--- pedigree.yaml
grants: [ { work: "pkg:pypi/ultralytics", licence: enterprise } ]
`,
  ],
  [
    'the whole is copyleft, or says nothing',
    `
--- setup.cfg
[metadata]
name = river
license = GPL-3.0-or-later
--- requirements.txt
phonemizer
`,
  ],
  [
    'only for those who work on the code',
    `
--- LICENSE
[text of MIT]
--- requirements-dev.txt
html2text
`,
  ],
];

describe('copyleft-dependency', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'copyleft-dependency'));
});
