import assert from 'node:assert/strict';
import { analyseFiles, check, parseRepo } from '../support/repo.ts';

/** More than a snippet. */
const body = Array.from({ length: 15 }, (_, at) => `x${at} = ${at}\n`).join('');

/** A part with a licence of its own, one file of which bars commerce. */
const pond = `--- LICENSE
[text of MIT]
--- pond/LICENSE
[text of MIT]
--- pond/reed.py
# Copyright (c) 2021 River Lab. Licensed under CC BY-NC 4.0.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-code
${body}
`;

const cases: readonly (readonly [string, string])[] = [
  [
    'parts of two wholes whose files are called alike',
    `
${pond}--- lake/LICENSE
[text of MIT]
--- lake/reed.py
# Copyright (c) 2021 River Lab. Licensed under CC BY-NC 4.0.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-code
y = 1
${body}
`,
  ],
  [
    'a part that lies in the tree a second time',
    `
${pond}--- legacy/pond/LICENSE
[text of MIT]
--- legacy/pond/reed.py
# Copyright (c) 2021 River Lab. Licensed under CC BY-NC 4.0.
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-code
${body}
`,
  ],
  [
    'what a README installs',
    `
--- LICENSE
[text of MIT]
--- README.md
    pip install git+https://github.com/NVlabs/nvdiffrast
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-code
`,
  ],
  [
    'a clone of the repository itself',
    `
--- setup.py
setup(name="pond", license="MIT")
--- README.md
[![x](https://img.shields.io/github/stars/NVlabs/SPADE)](https://github.com/NVlabs/SPADE)

    git clone https://github.com/NVlabs/SPADE
`,
  ],
  [
    'documents are no code',
    `
--- LICENSE
[text of MIT]
--- docs-of-project/method.md
<!-- SPDX-License-${'Identifier'}: CC-BY-NC-4.0 -->
<!-- SPDX-FileCopyrightText: Copyright (c) 2025 River Lab -->

# The method
--- a.py
x = 1
`,
  ],
  [
    'code below such a tag',
    `
--- LICENSE
[text of MIT]
--- part/a.py
# SPDX-License-${'Identifier'}: CC-BY-NC-4.0
                           ^^^^^^^^^^^^ warning noncommercial-code
x = 1
`,
  ],
  [
    'a part whose manifest says so and whose text does not',
    `
--- LICENSE
[text of MIT]
--- reed/setup.py
from setuptools import setup
setup(name="reed", license="CC-BY-NC-4.0")
--- reed/LICENSE
[text of BSD-3-Clause]
--- reed/reed.py
x = 1
`,
  ],
  [
    'heads that keep all rights to the holder of such a text',
    `
--- LICENSE
[text of Apache-2.0]
--- LICENSE_ACME
Copyright (c) 2021, Acme Corporation. All rights reserved.

[text of CC-BY-NC-4.0]
--- a.py
# Copyright (c) 2021, Acme Corporation
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-code
# SPDX-License-${'Identifier'}: LicenseRef-AcmeProprietary
import os
--- b.py
# Copyright (c) 2021, River Lab
# SPDX-License-${'Identifier'}: LicenseRef-RiverProprietary
import os
`,
  ],
  [
    'heads that keep all rights to the holder of another text',
    `
--- LICENSE
[text of Apache-2.0]
--- LICENSE_ACME
Copyright (c) 2021, Acme Corporation. All rights reserved.

[text of MIT]
--- a.py
# Copyright (c) 2021, Acme Corporation
# SPDX-License-${'Identifier'}: LicenseRef-AcmeProprietary
import os
`,
  ],
  [
    'code copied from another repository of the same owner',
    `
--- LICENSE
[text of BSD-3-Clause]
--- README.md
# Rivers

[![ci](https://github.com/facebookresearch/rivers/actions/workflows/ci.yml/badge.svg)](https://github.com/facebookresearch/rivers/actions)
--- model.py
# Adapted from https://github.com/facebookresearch/mae
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-code
x = 1
`,
  ],
  [
    'code of somebody with whom the tree has an agreement',
    `
--- LICENSE
[text of BSD-3-Clause]
--- LICENSE-FACEBOOKRESEARCH
Agreement between the parties named below.
--- model.py
# Adapted from https://github.com/facebookresearch/mae
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-code
x = 1
`,
  ],
  [
    'code copied from a repository of another owner',
    `
--- LICENSE
[text of BSD-3-Clause]
--- model.py
# Adapted from https://github.com/facebookresearch/mae
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-code
${body}`,
  ],
  [
    'code copied from one, in a file for evaluations',
    `
--- LICENSE
[text of BSD-3-Clause]
--- eval/model.py
# Adapted from https://github.com/facebookresearch/mae
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-code
${body}`,
  ],
  [
    'a head that names such a licence without a version, and points at the licence file',
    `
--- LICENSE
[text of MIT]

Copyright (c) 2024 Pond
--- model.py
# Copyright (c) Acme Lab
^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-code
#
# This source code is licensed under the CC-by-NC license found in the
# LICENSE file in the root directory of this source tree.
${body}`,
  ],
  [
    'code that builds on one',
    `
--- LICENSE
[text of BSD-3-Clause]
--- model.py
# Based on https://github.com/facebookresearch/mae
           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-code
${body}`,
  ],
  [
    'code that was made from a file of one',
    `
--- LICENSE
[text of BSD-3-Clause]
--- model.py
# This script is based on https://github.com/facebookresearch/mae/blob/main/models_mae.py
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-code
${body}`,
  ],
  [
    'code copied from one that is named without an address',
    `
--- LICENSE
[text of BSD-3-Clause]
--- model.py
# The code is revised from DiT
                           ^^^ information noncommercial-code
${body}`,
  ],
  [
    'a few lines that were copied from one',
    `
--- LICENSE
[text of BSD-3-Clause]
--- model.py
import os
${body}
# Adapted from https://github.com/facebookresearch/mae
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-code
y = 1
`,
  ],
  [
    'a file of somebody who had copied it from one',
    `
--- LICENSE
[text of BSD-3-Clause]

Copyright (c) 2024 Pond
--- model.py
# Copyright (c) 2023 Acme Lab
# Licensed under the license found in the LICENSE file in the root directory.
# Adapted from https://github.com/facebookresearch/mae
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-code
${body}`,
  ],
  [
    'a text in a folder whose README says that it is that of the data there',
    `
--- LICENSE
[text of MIT]
--- tasks/rivers/LICENSE
[text of CC-BY-NC-4.0]
--- tasks/rivers/README.md
# Rivers

The dataset has been released under the CC BY-NC license. Please refer to the LICENSE file in this folder.
--- tasks/rivers/build.py
x = 1
`,
  ],
  [
    'the same where nothing says so',
    `
--- LICENSE
[text of MIT]
--- tasks/rivers/LICENSE
Creative Commons Attribution-NonCommercial 4.0 International
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-code
--- tasks/rivers/build.py
x = 1
`,
  ],
  [
    'a dependency beside a permissive whole, once, wherever it is named',
    `
--- LICENSE
[text of Apache-2.0]
--- requirements-gpu.txt
torch
nvdiffrast==0.3.1
^^^^^^^^^^ warning noncommercial-code
--- requirements.txt
nvdiffrast
`,
  ],
  [
    'a repository of code that a requirement names by its address',
    `
--- pyproject.toml
[project]
name = "river"
license = "MIT"
dependencies = ["dust3r @ git+https://github.com/naver/dust3r@main"]
                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-code
`,
  ],
  [
    'one whose owner says so without a licence that has an id',
    `
--- LICENSE
[text of MIT]
--- requirements.txt
smplx
^^^^^ warning noncommercial-code
`,
  ],
  [
    'what code cannot do without, where no manifest names it',
    `
--- LICENSE
[text of MIT]
--- render.py
import nvdiffrast.torch as dr
       ^^^^^^^^^^ warning noncommercial-code
--- more.py
def f():
    import smplx
`,
  ],
  [
    'one work under two ids',
    `
--- LICENSE
[text of MIT]
--- requirements.txt
git+https://github.com/NVlabs/nvdiffrast/
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-code
--- render.py
import nvdiffrast.torch as dr
`,
  ],
  [
    'nothing is declared for the whole',
    `
--- requirements.txt
nvdiffrast
^^^^^^^^^^ information noncommercial-code
`,
  ],
  [
    'the whole is as narrow',
    `
--- pyproject.toml
[project]
name = "river"
license = "CC-BY-NC-4.0"
           ^^^^^^^^^^^^ information noncommercial-code
dependencies = ["nvdiffrast"]
                 ^^^^^^^^^^ information noncommercial-code
`,
  ],
  [
    'only for those who work on the code',
    `
--- LICENSE
[text of MIT]
--- requirements-dev.txt
nvdiffrast
`,
  ],
  [
    'a licence for it was bought',
    `
--- LICENSE
[text of MIT]
--- requirements.txt
nvdiffrast
--- pedigree.yaml
use: { commercial: true }
grants: [ { work: "pkg:pypi/nvdiffrast", licence: commercial, reference: "contract 12" } ]
`,
  ],
  [
    'the policy says that the use is not commercial',
    `
--- LICENSE
[text of MIT]
--- requirements.txt
nvdiffrast
^^^^^^^^^^ information noncommercial-code
--- pedigree.yaml
use: { commercial: false }
`,
  ],
  [
    'a vendored folder, at its licence',
    `
--- LICENSE
[text of MIT]
--- third_party/river/LICENSE
!1:1-61 warning noncommercial-code
[text of CC-BY-NC-4.0]
--- third_party/river/pyproject.toml
[project]
name = "river"
--- third_party/river/river.py
x = 1
--- README.md
# Lake
`,
  ],
  [
    'files that say so, one finding for all',
    `
--- LICENSE
[text of MIT]
--- lake/ops/fused.py
# SPDX-License-Identifier: CC-BY-NC-4.0
                           ^^^^^^^^^^^^ warning noncommercial-code
--- lake/ops/more.py
# SPDX-License-Identifier: CC-BY-NC-4.0
`,
  ],
  [
    'the README says so too',
    `
--- LICENSE
[text of MIT]
--- README.md
# Lake

## License

The code is released under the MIT license, the code in ops under CC-BY-NC-4.0.
--- lake/ops/fused.py
# SPDX-License-Identifier: CC-BY-NC-4.0
                           ^^^^^^^^^^^^ information noncommercial-code
`,
  ],
  [
    'a README below that says it of its code and weights, by a licence',
    `
--- LICENSE
[text of MIT]
--- examples/lake/README.md
# Lake

The Lake code and model weights are released under the CC-BY-NC 4.0 license.
                                                       ^^^^^^^^^^^^ warning noncommercial-code
--- examples/lake/lake.py
x = 1
`,
  ],
  [
    'a README below that says it of models that go with a library, of data, or of one file beside other terms',
    `
--- LICENSE
[text of MIT]
--- a/README.md
# Lake

The pretrained models we provide with this library are available for non-commercial research purposes only.
--- a/a.py
x = 1
--- b/README.md
# Pond

## License

This is licensed under CC-BY-NC, however portions of the dataset are available under separate terms.
--- b/b.py
x = 1
--- c/README.md
# River

## License

Our code is under the Apache 2.0 license. The code in nets.py follows the original non-commercial license.
--- c/c.py
x = 1
`,
  ],
  [
    'files below a folder that is as narrow',
    `
--- LICENSE
[text of MIT]
--- lake/LICENSE
!1:1-61 warning noncommercial-code
[text of CC-BY-NC-4.0]
--- lake/lake.py
# SPDX-License-Identifier: CC-BY-NC-4.0
`,
  ],
  [
    'tests',
    `
--- LICENSE
[text of MIT]
--- tests/fused.py
# SPDX-License-Identifier: CC-BY-NC-4.0
                           ^^^^^^^^^^^^ information noncommercial-code
`,
  ],
  [
    'a folder of weights has no code',
    `
--- LICENSE
[text of MIT]
--- weights/LICENSE
[text of CC-BY-NC-4.0]
--- weights/notes.txt
x
`,
  ],
  [
    'its own, and the user means to use it commercially',
    `
--- LICENSE
!1:1-61 warning noncommercial-code
[text of CC-BY-NC-4.0]
--- setup.py
from setuptools import setup
setup(name="river", license="CC BY-NC 4.0")
--- pedigree.yaml
use: { commercial: true }
`,
  ],
  [
    'what is fetched and run, in a whole that says nothing of commerce',
    `
--- LICENSE
[text of MIT]
--- lake/backbone.py
import torch
net = torch.hub.load("facebookresearch/WSL-Images", "resnext101_32x8d_wsl")
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-code
`,
  ],
  [
    'the same where the policy says that it is for commerce',
    `
--- LICENSE
[text of MIT]
--- lake/backbone.py
import torch
net = torch.hub.load("facebookresearch/WSL-Images", "resnext101_32x8d_wsl")
                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-code
--- pedigree.yaml
use: { commercial: true }
`,
  ],
  [
    'code that a README says was taken',
    `
--- LICENSE
[text of MIT]
--- README.md
Our code is adapted from [MAE](https://github.com/facebookresearch/mae).
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-code
`,
  ],
  [
    'code that a README says it is built on',
    `
--- LICENSE
[text of MIT]
--- README.md
Our code is based on [MAE](https://github.com/facebookresearch/mae).
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-code
`,
  ],
  [
    'code that was taken, by the README, where nobody means commerce',
    `
--- pedigree.yaml
use: { commercial: false }
--- LICENSE
[text of MIT]
--- README.md
Our code is adapted from [MAE](https://github.com/facebookresearch/mae).
                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information noncommercial-code
`,
  ],
  [
    'where a notice names the source',
    `
--- LICENSE
[text of MIT]
--- NOTICE.md
MAE: https://github.com/facebookresearch/mae
--- README.md
Our code is adapted from [MAE](https://github.com/facebookresearch/mae).
`,
  ],
  [
    'where a comment at the code says it too',
    `
--- LICENSE
[text of MIT]
--- README.md
Our code is adapted from [MAE](https://github.com/facebookresearch/mae).
--- model.py
# Adapted from https://github.com/facebookresearch/mae
               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning noncommercial-code
${body}`,
  ],
  [
    'a package of npm that is not for commerce',
    `
--- LICENSE
[text of MIT]
--- package.json
{ "name": "lake", "license": "MIT", "dependencies": { "handsontable": "^12.3.3" } }
                                                       ^^^^^^^^^^^^ warning noncommercial-code
`,
  ],
  [
    'a version of it that was free, and a tool for who works on it',
    `
--- LICENSE
[text of MIT]
--- package.json
{ "name": "lake", "license": "MIT", "dependencies": { "handsontable": "6.2.2" } }
--- tools/package.json
{ "name": "tools", "license": "MIT", "devDependencies": { "handsontable": "latest" } }
`,
  ],
  [
    'a choice that leaves a free way',
    `
--- LICENSE
[text of MIT]
--- lake/fused.py
# SPDX-License-Identifier: CC-BY-NC-4.0 OR MIT
`,
  ],
];

/** Carets under a whole line. */
const carets = (line: string, severity: string): string => `${line}\n${'^'.repeat(line.length)} ${severity} noncommercial-code\n`;

const keptRights = `#
# NVIDIA CORPORATION and its licensors retain all rights. Any use, reproduction or distribution
# without an express license agreement from NVIDIA CORPORATION is strictly prohibited.
`;

const ownHead = `--- LICENSE
[text of MIT]
--- NOTICE
Pond
Copyright 2023 River Lab
--- setup.py
setup(name="pond", license="MIT")
`;

const keptCases: readonly (readonly [string, string])[] = [
  [
    'heads that keep all rights, with files of a project that its holder published for no commerce',
    `${ownHead}--- ops/__init__.py\n${carets('# Copyright (c) 2021, NVIDIA CORPORATION. All rights reserved.', 'warning')}${keptRights}--- ops/bias_act.py\n# Copyright (c) 2021, NVIDIA CORPORATION. All rights reserved.\n${keptRights}`,
  ],
  ['such heads of files that nothing knows', `${ownHead}--- ops/reeds.py\n# Copyright (c) 2021, NVIDIA CORPORATION. All rights reserved.\n${keptRights}`],
  [
    'a file of that name with a head of somebody else',
    `${ownHead}--- ops/bias_act.py\n# Copyright (c) 2021, Acme Corporation. All rights reserved.\n${keptRights}`,
  ],
];

describe('noncommercial-code', () => {
  for (const [title, repo] of [...cases, ...keptCases]) it(title, () => void check(repo, 'noncommercial-code'));

  it('tells of such heads once', () => {
    const { findings } = analyseFiles(parseRepo(keptCases[0]?.[1] ?? '').files).report;
    assert.deepEqual(
      findings.filter(({ ruleId }) => ruleId === 'copied-code'),
      [],
    );
  });

  it('names the lines of heads that state the terms', () => {
    const head = '// Copyright (c) 2019, Acme Corporation. All rights reserved.\n//\n// This work is made available under the Nvidia Source Code License-NC.\n';
    const { findings } = analyseFiles(parseRepo(`--- LICENSE\n[text of MIT]\n--- a.cu\n${head}${body}--- b.cu\n${head}${body}y = 1\n`).files).report;
    const found = findings.find(({ ruleId }) => ruleId === 'noncommercial-code');
    assert.deepEqual(
      found?.related.map(({ path, line }) => `${path}:${line}`),
      ['a.cu:3', 'b.cu:1', 'b.cu:3'],
    );
  });

  it('names the line of a text that begins with its holder', () => {
    const text =
      'Copyright (c) 2022, Acme Corporation. All rights reserved.\n\nNVIDIA Source Code License for Otter\n\n[text of LicenseRef-nvidia-source-code-nc]\n';
    const { findings } = analyseFiles(parseRepo(`--- LICENSE\n${text}--- a.py\nx = 1\n`).files).report;
    assert.deepEqual(
      findings.filter(({ ruleId }) => ruleId === 'noncommercial-code').map(({ line, related }) => [line, related.map((each) => each.line)]),
      [[1, [3]]],
    );
  });
});
