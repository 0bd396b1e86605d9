import assert from 'node:assert/strict';
import { check } from '../support/repo.ts';

/** More than a snippet. */
const body = Array.from({ length: 15 }, (_, at) => `x${at} = ${at}\n`).join('');

const cases: readonly (readonly [string, string])[] = [
  [
    'a file that was copied from code whose licence reaches no further',
    `
--- setup.py
setup(name="pond", license="MIT")
--- pond/reed.py
"""
Copy/pasted from https://github.com/makinacorpus/easydict
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning copyleft-work
"""
${Array.from({ length: 15 }, (_, at) => `x${at} = ${at}`).join('\n')}
`,
  ],
  [
    'the same, in a part that was taken in with its text',
    `
--- LICENSE
[text of Apache-2.0]
--- annotator/pond/LICENSE
[text of MIT]
--- annotator/pond/reed.py
"""
Copy/pasted from https://github.com/makinacorpus/easydict
                 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information copyleft-work
"""
${Array.from({ length: 15 }, (_, at) => `x${at} = ${at}`).join('\n')}
`,
  ],
  [
    'the same, in a part of a whole that asks for sources itself',
    `
--- LICENSE
[text of GPL-3.0-only]
--- annotator/pond/LICENSE
[text of MIT]
--- annotator/pond/reed.py
"""
Copy/pasted from https://github.com/makinacorpus/easydict
"""
${Array.from({ length: 15 }, (_, at) => `x${at} = ${at}`).join('\n')}
`,
  ],
  [
    'the same, which a notice names',
    `
--- setup.py
setup(name="pond", license="MIT")
--- NOTICE
reed.py is of https://github.com/makinacorpus/easydict, under LGPL-3.0
--- pond/reed.py
# Copied from https://github.com/makinacorpus/easydict
x = 1
`,
  ],
  [
    'first lines that name a licence and nobody',
    `
--- LICENSE
[text of Apache-2.0]
--- own.py
# GNU GPLv3 license
x = 1
--- dual.py
# Dual GPL-2.0 license
x = 1
--- label.py
# License: AGPL-3.0 license
x = 1
`,
  ],
  [
    'a head of one line: a name and a licence',
    `
--- LICENSE
[text of Apache-2.0]
--- otter/engine/pond.py
# Otter YOLO 🚀, AGPL-3.0 license
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning copyleft-work
import torch
--- otter/engine/reed.py
# Otter 🚀 AGPL-3.0 License - https://otter.example/license
import torch
--- otter/engine/bank.py
# Released under the AGPL-3.0 license or another
x = 1
--- otter/engine/shore.py
# Otter YOLO 🚀, MIT license
x = 1
`,
  ],
  [
    'code of somebody with whom the tree has an agreement',
    `
--- LICENSE
[text of Apache-2.0]
--- LICENSE-ULTRALYTICS
Enterprise agreement between the parties named below.
--- detect.py
# Adapted from https://github.com/ultralytics/ultralytics
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information copyleft-work
x = 1
`,
  ],
  [
    'the same without one',
    `
--- LICENSE
[text of Apache-2.0]
--- detect.py
# Adapted from https://github.com/ultralytics/ultralytics
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning copyleft-work
${body}`,
  ],
  [
    'code that builds on such a project, and code for evaluations',
    `
--- LICENSE
[text of Apache-2.0]
--- detect.py
# Based on https://github.com/ultralytics/ultralytics
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information copyleft-work
${body}
--- eval/labels.py
# Adapted from https://github.com/wkentaro/labelme
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information copyleft-work
${body}`,
  ],
  [
    'a few lines of such a project',
    `
--- LICENSE
[text of Apache-2.0]
--- detect.py
import os
${body}
# Adapted from https://github.com/ultralytics/ultralytics
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information copyleft-work
y = 1
`,
  ],
  [
    'a whole of which only copies of others state terms',
    `
--- README.md
# Otter
--- pond/setup.py
setup(name="pond", license="Apache-2.0", url="https://github.com/others/pond")
--- river/setup.py
setup(name="river", license="MIT", url="https://github.com/others/river")
--- detect.py
# Adapted from https://github.com/ultralytics/ultralytics
x = 1
`,
  ],
  [
    'code copied from a project that was freer before',
    `
--- LICENSE
[text of Apache-2.0]
--- otter/annotate.py
# Adapted from https://github.com/Mikubill/sd-webui-controlnet
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information copyleft-work
def resize(image):
    return image
`,
  ],
  [
    'files of the project itself, the nearest to the root first',
    `
--- LICENSE
[text of Apache-2.0]
--- river/deep/tool.py
# SPDX-License-Identifier: AGPL-3.0-only
--- cli.py
# SPDX-License-Identifier: AGPL-3.0-only
                           ^^^^^^^^^^^^^ warning copyleft-work
`,
  ],
  [
    'weights whose metadata state it',
    `
--- LICENSE
[text of MIT]
--- models/detector.onnx onnx {"author": "somebody", "license": "AGPL-3.0 License (https://example.org/license)"}
!license warning copyleft-work
--- models/other.onnx onnx {"license": "AGPL-3.0"}
--- models/free.onnx onnx {"license": "MIT"}
--- tests/data/detector.onnx onnx {"license": "GPL-3.0"}
`,
  ],
  [
    'weights whose metadata state it, as the README does',
    `
--- LICENSE
[text of MIT]
--- README.md
# Camera

## License

The code is released under MIT, the detector's weights under AGPL-3.0.
--- models/detector.onnx onnx {"license": "AGPL-3.0"}
!license information copyleft-work
`,
  ],
  [
    'weights whose metadata state what the whole is under',
    `
--- LICENSE
[text of AGPL-3.0-only]
--- models/detector.onnx onnx {"license": "AGPL-3.0"}
`,
  ],
  [
    'the README says so',
    `
--- LICENSE
[text of Apache-2.0]
--- README.md
# River

## License

The core is released under Apache-2.0, the studio code under AGPL-3.0.
--- studio/app.py
# SPDX-License-Identifier: AGPL-3.0-only
                           ^^^^^^^^^^^^^ information copyleft-work
`,
  ],
  [
    'a folder with a text of its own',
    `
--- LICENSE
[text of MIT]
--- third_party/lake/LICENSE
!1:1-27 information copyleft-work
[text of GPL-3.0-only]
--- third_party/lake/lake.c
int main;
`,
  ],
  [
    'a folder with a text of its own, and code is handed on',
    `
--- LICENSE
[text of MIT]
--- third_party/lake/LICENSE
!1:1-27 warning copyleft-work
[text of GPL-3.0-only]
--- third_party/lake/lake.c
int main;
--- pedigree.yaml
use: { commercial: true, distribute: [code] }
`,
  ],
  [
    'terms that the policy means to publish the code under',
    `
--- tool.py
# SPDX-License-Identifier: GPL-3.0-or-later
                           ^^^^^^^^^^^^^^^^ warning copyleft-work
--- pedigree.yaml
publish: { code: Apache-2.0 }
`,
  ],
  [
    'a choice, an exception, a weaker licence, tests',
    `
--- LICENSE
[text of MIT]
--- a.py
# SPDX-License-Identifier: GPL-2.0-only OR MIT
--- b.py
# SPDX-License-Identifier: GPL-3.0-or-later WITH GCC-exception-3.1
--- c.py
# SPDX-License-Identifier: LGPL-2.1-only
--- tests/d.py
# SPDX-License-Identifier: GPL-2.0-only
                           ^^^^^^^^^^^^ information copyleft-work
`,
  ],
  [
    'two texts side by side are a choice',
    `
--- LICENSE
[text of MIT]
--- lake/LICENSE-GPL
[text of GPL-3.0-only]
--- lake/LICENSE-MIT
[text of MIT]
--- lake/lake.c
int main;
`,
  ],
  [
    'a whole that declares nothing',
    `
--- tool.py
# SPDX-License-Identifier: GPL-3.0-or-later
`,
  ],
  [
    'a whole whose own text is copyleft, with a permissive project deep inside',
    `
--- LICENSE
[text of GPL-3.0-only]
--- annotator/net/setup.py
from setuptools import setup
setup(name="net", license="Apache-2.0")
--- scripts/guess.py
# SPDX-License-Identifier: GPL-3.0-only
`,
  ],
  [
    'a submodule',
    `
--- LICENSE
[text of MIT]
--- .gitmodules
[submodule "lake"]
	path = lake
	url = https://github.com/comfyanonymous/ComfyUI.git
       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information copyleft-work
`,
  ],
];

describe('copyleft-work', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'copyleft-work'));

  it('takes the text of the whole for what it declares, not a classifier that was left over', () => {
    const [finding] = check(
      `
--- LICENSE
[text of MIT]
--- setup.py
setup(name="otter", classifiers=["License :: OSI Approved :: Apache Software License"])
--- detect.py
# Adapted from https://github.com/ultralytics/ultralytics
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning copyleft-work
${body}`,
      'copyleft-work',
    );
    assert.match(finding?.message ?? '', /is declared MIT License:/);
  });
});
