import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'a README that links to a text of something else',
    `
--- LICENSE
[text of MIT]
--- README.md
# Otter
## License
This project is licensed under the Apache 2.0 License. See the [LICENSE](LICENSE) file.
                                   ^^^^^^^^^^ warning licence-mismatch
`,
  ],
  ['a README that links to its text', '--- LICENSE\n[text of MIT]\n--- README.md\n# Otter\n## License\nMIT (see [the text](LICENSE)).\n'],
  [
    'R and its text',
    '--- LICENSE.md\n[text of MIT]\n--- DESCRIPTION\nPackage: otter\nLicense: MIT + file LICENSE\n--- LICENSE\nYEAR: 2026\nCOPYRIGHT HOLDER: Acme\n',
  ],
  ['R, and another text', '--- LICENSE.md\n[text of MIT]\n--- DESCRIPTION\nPackage: otter\nLicense: GPL-3\n         ^^^^^ error licence-mismatch\n'],
  [
    'several in ROS, one of which has its text at the root',
    '--- LICENSE\n[text of MIT]\n--- package.xml\n<package format="3"><name>otter</name><maintainer email="a@b.example">A</maintainer><license>MIT</license><license>BSD-3-Clause</license></package>\n',
  ],
  [
    'a family in ROS, beside a text of none of it',
    `
--- LICENSE
[text of MIT]
--- package.xml
<package format="3"><name>otter</name><maintainer email="a@b.example">A</maintainer><license>BSD</license></package>
                                                                                             ^^^ warning licence-mismatch
`,
  ],
  [
    'a family, beside a text of it',
    '--- LICENSE\n[text of BSD-3-Clause]\n--- package.xml\n<package format="3"><name>otter</name><maintainer email="a@b.example">A</maintainer><license>BSD</license></package>\n',
  ],
  [
    'what nobody filled in',
    '--- LICENSE\n[text of MIT]\n--- package.xml\n<package format="3"><name>otter</name><maintainer email="a@b.example">A</maintainer><license>TODO</license></package>\n',
  ],
  [
    'a classifier that limits use',
    `
--- LICENSE
[text of Apache-2.0]
--- pyproject.toml
[project]
name = "otter"
classifiers = [
    "License :: Free for non-commercial use",
     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning licence-mismatch
]
`,
  ],
  ['a choice of Composer', '--- LICENSE\n[text of MIT]\n--- composer.json\n{"name": "acme/otter", "license": ["GPL-2.0-or-later", "MIT"]}\n'],
  ['a skeleton of others', '--- LICENSE\n[text of GPL-3.0-only]\n--- composer.json\n{"name": "acme/pond-skeleton", "type": "project", "license": "MIT"}\n'],
  [
    'the page of a demo, which says it of the code',
    `
--- LICENSE
[text of Apache-2.0]
--- app.py
import gradio as gr
page = """
# Otter
**License**
<br>
The pictures that you make are under the Apache-2.0 license. The code is under Attribution-NonCommercial 4.0 International.
                                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning licence-mismatch
"""
gr.Markdown(page)
`,
  ],
  [
    'the manifest of a package whose files have heads that say the same',
    `
--- LICENSE
[text of MIT]
--- parts/fleet/setup.py
from setuptools import setup
setup(name="fleet", license="Apache-2.0")
                             ^^^^^^^^^^ information licence-mismatch
--- parts/fleet/fleet/run.py
# Copyright 2021 Otter Foundation
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
x = 1
`,
  ],
  [
    'the manifest of a package whose files have no heads',
    `
--- LICENSE
[text of MIT]
--- parts/fleet/setup.py
from setuptools import setup
setup(name="fleet", license="Apache-2.0")
                             ^^^^^^^^^^ error licence-mismatch
--- parts/fleet/fleet/run.py
x = 1
`,
  ],
  [
    'the page of a demo below a banner',
    `
--- LICENSE
[text of Apache-2.0]
--- app.py
${'#'.repeat(79)}
import gradio as gr
gr.Markdown("""
The code is under the CC BY-NC 4.0 license.
                      ^^^^^^^^^^^^ warning licence-mismatch
""")
`,
  ],
  [
    'the page of a demo, which says it of the service and the model',
    `
--- LICENSE
[text of Apache-2.0]
--- app.py
import gradio as gr
gr.Markdown("""
The service is under the CC BY-NC 4.0 license, and so is the model that it runs.
""")
`,
  ],
  [
    'a link that is named for one licence and leads to another',
    `
--- README.md
# Otter

This work is licensed under a [MIT License](https://creativecommons.org/licenses/by-nc-sa/4.0/).
                                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning licence-mismatch
`,
  ],
  [
    'a link about the data of others that is named for one licence and leads to another',
    `
--- LICENSE
[text of MIT]
--- README.md
# Otter

Pond by A. Heron, available under a [Creative Commons Attribution-ShareAlike 4.0 International License](https://creativecommons.org/licenses/by/4.0/).
                                                                                                        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information licence-mismatch
`,
  ],
  [
    'links that are named as the list has it, in several ways',
    `
--- README.md
# Otter

Reed is under the [GPL v3](https://www.gnu.org/licenses/gpl-3.0.html), sedge under [MIT or Apache 2.0](https://opensource.org/licenses/MIT), and moss
under a [BSD license](https://opensource.org/licenses/BSD-3-Clause).
`,
  ],
  [
    'the manifest of a project that is kept inside says nothing of the package around it',
    `
--- pyproject.toml
[project]
name = "otter"
license = "Apache-2.0"
--- packages/river/pyproject.toml
[project]
name = "river"
license = "Apache-2.0"
--- packages/river/third_party/Reed/setup.py
from setuptools import setup
setup(name="reed", license="MIT")
--- packages/river/third_party/Reed/LICENSE
[text of MIT]
--- packages/river/vendor/sedge/setup.py
from setuptools import setup
setup(name="sedge", license="BSD-3-Clause")
`,
  ],
  [
    'the manifest of a part beside a text of its own says nothing of the whole',
    `
--- LICENSE
[text of MIT]
--- pyproject.toml
[project]
name = "otter"
license = "MIT"
--- reed/setup.py
from setuptools import setup
setup(name="reed", classifiers=["License :: OSI Approved :: Apache Software License"])
--- reed/LICENSE
[text of Apache-2.0]
`,
  ],
  [
    'the manifest of a part that says what the whole does, against the text beside it',
    `
--- LICENSE
[text of MIT]
--- reed/setup.py
from setuptools import setup
setup(name="reed", license="MIT License")
                            ^^^^^^^^^^^ error licence-mismatch
--- reed/LICENSE
[text of Apache-2.0]
`,
  ],
  [
    'the manifest of a part against the text beside it, neither of which the whole says',
    `
--- LICENSE
[text of BSD-3-Clause]
--- reed/setup.py
from setuptools import setup
setup(name="reed", license="MIT License")
                            ^^^^^^^^^^^ information licence-mismatch
--- reed/LICENSE
[text of Apache-2.0]
`,
  ],
  [
    'a project that is kept inside, against itself',
    `
--- LICENSE
[text of MIT]
--- third_party/reed/setup.py
from setuptools import setup
setup(name="reed", license="MIT License")
                            ^^^^^^^^^^^ information licence-mismatch
--- third_party/reed/LICENSE
[text of Apache-2.0]
`,
  ],
  [
    'a badge at the root against the one package below',
    `
--- README.md
# Otter

[![License: MIT](https://img.shields.io/badge/License-MIT-green.svg)](https://opensource.org/licenses/MIT)
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information licence-mismatch
--- otter_flex/pyproject.toml
[project]
name = "otter-flex"
classifiers = ["License :: OSI Approved :: Apache Software License"]
`,
  ],
  [
    'a badge at the root and several packages below: each may have terms of its own',
    `
--- README.md
# Otter

[![License: MIT](https://img.shields.io/badge/License-MIT-green.svg)](https://opensource.org/licenses/MIT)
--- flex/pyproject.toml
[project]
name = "otter-flex"
license = "Apache-2.0"
--- web/package.json
{ "name": "otter-web", "license": "MIT" }
`,
  ],
  [
    'what a tool writes where nobody answers, in a package below that says otherwise',
    `
--- LICENSE
[text of MIT]
--- js/sdk/package.json
{ "name": "otter-js", "version": "0.1.0", "description": "", "keywords": [], "author": "", "license": "ISC" }
--- js/sdk/README.md
# Otter for JavaScript

[![License: MIT](https://img.shields.io/badge/License-MIT-green.svg)](https://opensource.org/licenses/MIT)
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information licence-mismatch
`,
  ],
  [
    'the text of a program that lies beside it, named for that',
    `
--- pyproject.toml
[project]
name = "otter"
license = "MIT"
--- LICENSE
[text of MIT]
--- ZIPPER_LICENSE
[text of CC0-1.0]
`,
  ],
  [
    'the text of a program that lies beside it agrees with nothing',
    `
--- pyproject.toml
[project]
name = "otter"
license = "Apache-2.0"
           ^^^^^^^^^^ error licence-mismatch
--- LICENSE
[text of MIT]
--- ZIPPER_LICENSE
[text of Apache-2.0]
`,
  ],
  [
    'a changed text, by its old name in a file for citations',
    `
--- CITATION.cff
cff-version: 1.2.0
title: Otter
license: MIT
         ^^^ information licence-mismatch
--- LICENSE
[text of MIT]

If the Software is used in a product with more than one million monthly active users, the product must show the name Otter.
`,
  ],
  [
    'a text that is named for the project itself',
    `
--- pyproject.toml
[project]
name = "otter"
license = "MIT"
           ^^^ error licence-mismatch
[project.urls]
Repository = "https://github.com/acme/otter"
--- OTTER_LICENSE
[text of CC0-1.0]
`,
  ],
  [
    'a manifest against the text',
    `
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
`,
  ],
  [
    'a name of its own for terms of its own',
    `
--- pyproject.toml
[project]
name = "otter"
license = "LicenseRef-Otter-Terms"
--- LICENSE
META LLAMA 3 COMMUNITY LICENSE AGREEMENT

Meta Llama 3 Version Release Date: April 18, 2024
`,
  ],
  [
    'a classifier that says less is no contradiction',
    `
--- pyproject.toml
[project]
name = "otter"
license = "Apache-2.0"
classifiers = ["License :: OSI Approved :: Apache Software License"]
`,
  ],
  [
    'only and or-later are spelled alike elsewhere',
    `
--- pyproject.toml
[project]
name = "otter"
license = "GPL-3.0-or-later"
classifiers = ["License :: OSI Approved :: GNU General Public License v3 (GPLv3)"]
`,
  ],
  [
    'alternatives side by side',
    `
--- package.json
{ "name": "otter", "license": "MIT OR Apache-2.0" }
--- LICENSE-MIT
MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction. THE SOFTWARE IS PROVIDED "AS IS".
`,
  ],
  [
    'what a tool writes where nobody answers',
    `
--- package.json
{ "name": "otter", "license": "ISC" }
                               ^^^ information licence-mismatch
--- LICENSE
[text of MIT]
`,
  ],
  [
    'a template of a manifest',
    `
--- templates/app/{{name}}/package.json
{ "name": "otter", "license": "Apache-2.0" }
--- LICENSE
[text of MIT]
`,
  ],
  [
    'classifiers share the work out',
    `
--- setup.py
setup(
  name="otter",
  classifiers=[
    "License :: OSI Approved :: MIT License",
    "License :: OSI Approved :: Apache Software License",
  ],
)
--- LICENSE
[text of MIT]
`,
  ],
  [
    'a classifier that nobody looked at',
    `
--- setup.py
setup(
  name="otter",
  classifiers=[
    "License :: OSI Approved :: Apache Software License",
     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning licence-mismatch
  ],
)
--- LICENSE
[text of MIT]
`,
  ],
  [
    'two files that say the same are one mistake',
    `
--- package.json
{ "name": "otter", "license": "Apache-2.0" }
                               ^^^^^^^^^^ error licence-mismatch
--- pyproject.toml
[project]
name = "otter"
license = "Apache-2.0"
--- LICENSE
[text of MIT]
`,
  ],
  [
    'a manifest of what was taken from elsewhere',
    `
--- README.md
# Otter

\`\`\`sh
git clone https://github.com/acme-lab/otter
\`\`\`
--- river/setup.py
setup(
  name="river",
  url="https://github.com/others/river",
  license="Apache-2.0",
           ^^^^^^^^^^ information licence-mismatch
)
--- LICENSE
[text of MIT]
`,
  ],
  [
    'one page that names two',
    `
--- pond/README.md
# Pond

![licence](https://img.shields.io/badge/license-MIT-lightgrey)
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information licence-mismatch

The code is licensed under the Apache License 2.0.
`,
  ],
  [
    'the same in two languages',
    `
--- pond/README.md
# Pond

![licence](https://img.shields.io/badge/license-MIT-lightgrey)
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information licence-mismatch
--- pond/README-de.md
# Teich

The code is licensed under the Apache License 2.0.
`,
  ],
  [
    'a sentence beside the manifest of what was taken from elsewhere, which is the only one',
    `
--- README.md
# Otter

\`\`\`sh
git clone https://github.com/acme-lab/otter
\`\`\`

The code is licensed under the MIT license.
                               ^^^ information licence-mismatch
--- train/setup.py
setup(
  name="river",
  url="https://github.com/others/river",
  license="Apache-2.0",
)
`,
  ],
  [
    'a copy that contradicts itself',
    `
--- LICENSE
[text of MIT]
--- lake/LICENSE
[text of CC-BY-NC-4.0]
--- lake/README.md
# Lake

The code is licensed under the Apache License 2.0.
                               ^^^^^^^^^^^^^^^^^^ information licence-mismatch
`,
  ],
  [
    'portions under terms of their own',
    `
--- LICENSE
[text of MIT]
--- README.md
# Otter

The majority of Otter is licensed under MIT, however portions of the project are available under separate license terms: River is licensed under the BSD 3-Clause license, Lake is licensed under the Apache 2.0 license.
`,
  ],
  [
    'documentation beside the code',
    `
--- LICENSE
[text of MIT]
--- README.md
# Otter

Documentation in this repository is licensed under the Creative Commons
Attribution 4.0 International license (CC-BY-4.0), available at
<https://creativecommons.org/licenses/by/4.0/>.
`,
  ],
  [
    'weights under other terms than the code',
    `
--- pyproject.toml
[project]
name = "otter"
license = "MIT"
--- README.md
# otter

The weights are released under CC BY-NC 4.0.
`,
  ],
  [
    'two badges of a page, of which one says what the text says',
    `
--- LICENSE
[text of MIT]
--- README.md
# otter

![License](https://img.shields.io/badge/License-MIT-blue.svg)

This work is under the MIT License.

![License](https://img.shields.io/badge/License-CC%20BY--NC%204.0-red.svg)

The otters are under CC BY-NC 4.0.
`,
  ],
  [
    'a manifest that came with the code of another project',
    `
--- LICENSE
[text of MIT]
--- README.md
# otter

[![License](https://img.shields.io/badge/License-MIT-blue.svg)](https://github.com/pond-org/otter/blob/main/LICENSE)
--- setup.py
setup(name="river", url="https://github.com/acme/river", license="Apache-2.0")
                                                                  ^^^^^^^^^^ information licence-mismatch
`,
  ],
  [
    'two badges of one thing',
    `
--- README.md
# otter

[![Data License](https://img.shields.io/badge/Data%20License-CC%20By%20NC%204.0-red.svg)](DATA_LICENSE)
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning licence-mismatch

The data are released under the MIT license.
`,
  ],
  [
    'an advice to follow the licences of others',
    `
--- README.md
# otter

## License

The code is under the MIT license.

Please follow the model licenses to use the weights: [A](https://www.apache.org/licenses/LICENSE-2.0) / [B](https://huggingface.co/meta-llama/Llama-2-7b/blob/main/LICENSE.txt).
`,
  ],
  [
    'models and scripts in one sentence, each with its own',
    `
--- README.md
# otter

## Models Licence

Our models fall under the CC BY-NC 4.0 license <br/> Our training and infer scripts under the Apache 2 License
`,
  ],
  [
    'the terms of somebody else, in brackets behind a short form',
    `
--- README.md
# otter

The code is released under the MIT license. Users must comply with the terms of all base checkpoints (e.g. [CC BY-NC 4.0](https://creativecommons.org/licenses/by-nc/4.0/) for the vision tower).
--- LICENSE
MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction. THE SOFTWARE IS PROVIDED "AS IS".
`,
  ],
  [
    'a part that is named, of several things here',
    `
--- README.md
# otter

## License

The code in this repository is released under the MIT license.

The Otter-2B model (with its decoder) is released under the Apache 2.0 License.

* Beaver is licensed under the Apache 2.0 license
--- LICENSE
MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction. THE SOFTWARE IS PROVIDED "AS IS".
`,
  ],
  [
    'the title names the whole',
    `
--- README.md
# The otter

## License

Otter is licensed under the Apache 2.0 License.
                            ^^^^^^^^^^ warning licence-mismatch
--- LICENSE
MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction. THE SOFTWARE IS PROVIDED "AS IS".
`,
  ],
  [
    'weights that lie in the repository of the code',
    `
--- README.md
# otter

## License

* The code in this repository is released under the MIT license.
* The models weights in this repository are released under the CC-BY-NC 4.0 license.
* The data on the hub and this repo are licensed by CC BY-SA 4.0.
--- LICENSE
MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction. THE SOFTWARE IS PROVIDED "AS IS".
`,
  ],
  [
    'two sentences of one text share the weights out',
    `
--- README.md
# otter

The following models are under CC BY-NC 4.0.

The following models are under the MIT License.
`,
  ],
  [
    'a README below speaks for its own folder',
    `
--- pyproject.toml
[project]
name = "otter"
license = "Apache-2.0"
--- src/depth/README.md
# Depth

## License

MIT License
`,
  ],
  [
    'a copy of somebody else deep inside, with its own text',
    `
--- otter/parts/depth/README.md
# Depth

## License

The code is under the Apache 2.0 license.
                      ^^^^^^^^^^ information licence-mismatch
--- otter/parts/depth/LICENSE
MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction. THE SOFTWARE IS PROVIDED "AS IS".
`,
  ],
  [
    'a configuration below makes no model of the whole',
    `
--- README.md
# otter

The weights are released under CC BY-NC 4.0.
--- src/parts/config.json
{ "architectures": ["OtterModel"], "model_type": "otter", "hidden_size": 8, "vocab_size": 9 }
--- LICENSE
MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction. THE SOFTWARE IS PROVIDED "AS IS".
`,
  ],
  [
    'two sentences of a file that share the code out, one of them as the text says',
    `
--- README.md
# otter

The code of the river is licensed under CC BY-NC 4.0. The rest of the code is licensed under the MIT License.
--- LICENSE
[text of MIT]
`,
  ],
  [
    'a sentence on the part of the code that one algorithm is',
    `
--- README.md
# otter

The code related to the River algorithm is licensed under CC BY-NC 4.0.
--- LICENSE
[text of MIT]
`,
  ],
  [
    'two files that say the same of two parts of the data',
    `
--- data/README_V1.md
The annotations are licensed under CC BY 4.0. The images are data under a CC BY 2.0 license.
--- data/README_V2.md
The annotations are licensed under CC BY 4.0. The images are data under a CC BY 2.0 license.
`,
  ],
  [
    'the licences of models of others',
    `
--- README.md
# otter

## License

See the License file for Meta Llama 3 [here](https://github.com/meta-llama/llama-models/blob/main/models/llama3/LICENSE).
--- LICENSE
[text of MIT]
`,
  ],
  [
    'a sentence that calls a changed text by its old name',
    `
--- README.md
# otter

The code is licensed under the MIT License.
                               ^^^ information licence-mismatch
--- LICENSE
[text of MIT]

The Software must not be used commercially without permission of the authors.
`,
  ],
  [
    'a sentence that limits what the badge of the code does not',
    `
--- README.md
# otter

[![Code License](https://img.shields.io/badge/Code%20License-Apache_2.0-green.svg)](LICENSE)

## Disclaimer

The resources of this project, including code, data and model weights, are restricted for academic research purposes only.
                                                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information licence-mismatch
`,
  ],
  [
    'a purpose that the project is released for, beside a licence that asks for none',
    `
--- README.md
# otter

This project is released for academic use.
                         ^^^^^^^^^^^^^^^^ information licence-mismatch
--- LICENSE
[text of Apache-2.0]
`,
  ],
  [
    'a purpose that the project provides something for',
    `
--- README.md
# otter

This project provides a counter of otters for research and educational purposes.
                                          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information licence-mismatch
--- LICENSE
[text of Apache-2.0]
`,
  ],
  [
    'learning alone, and no commerce, in Chinese',
    `
--- README.md
# 水獭

本项目仅供学习交流使用，请勿用于商业用途。
   ^^^^ information licence-mismatch
--- LICENSE
[text of MIT]
`,
  ],
  [
    'purposes among others, and what something was designed for',
    `
--- README.md
# otter

This project is intended for research and commercial use. The code is primarily intended for research purposes.
The framework is designed for research purposes. This project is released for academic use and commercial use.
The models are available for both personal and commercial use.
--- LICENSE
[text of Apache-2.0]
`,
  ],
  [
    'a sentence that limits the weights, beside the licence of the code',
    `
--- README.md
# otter

The model weights are for research purposes only.
--- LICENSE
[text of MIT]
`,
  ],
  [
    'a sentence that sums up the licence of the same data',
    `
--- README.md
---
license: cc-by-nc-4.0
task_categories: [conversational]
---
The data are for non-commercial use only.
`,
  ],
  [
    'a text that the statement about the weights names',
    `
--- README.md
# otter

[![Code License](https://img.shields.io/badge/Code%20License-Apache_2.0-green.svg)](CODE_LICENSE)
[![Model Weight License](https://img.shields.io/badge/Model%20Weights%20License-MIT-yellow)](LICENSE)
--- LICENSE
MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy
of this software and associated documentation files (the "Software"), to deal
in the Software without restriction. THE SOFTWARE IS PROVIDED "AS IS".
`,
  ],
  [
    'heads of the same holder under other terms',
    `
--- LICENSE
[text of MIT]

Copyright (c) 2024 Pond Lab
--- a.py
# Copyright (c) Pond Lab and affiliates.
# This source code is licensed under the BSD-style license found in the
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information licence-mismatch
# LICENSE file in the root directory of this source tree.
import os
--- b.py
# Copyright (c) Pond Lab and affiliates.
# This source code is licensed under the MIT license found in the
# LICENSE file in the root directory of this source tree.
import os
`,
  ],
  [
    'a head of the same holder under the terms of the source that the file names',
    `
--- LICENSE
[text of MIT]

Copyright (c) 2024 Pond Lab
--- a.py
# Copyright (c) Pond Lab and affiliates.
# This source code is licensed under the BSD-style license found in the
# LICENSE file in the root directory of this source tree.
# Adapted from https://github.com/acme-lab/river
import os
`,
  ],
  [
    'a head of the same holder on what it took from others, and one whose text lies here',
    `
--- LICENSE
[text of MIT]

Copyright (c) 2024 Pond Lab
--- LICENSE_2
[text of BSD-3-Clause]
--- a.py
# Copyright (c) Pond Lab and affiliates.
# This code is adapted from https://github.com/acme-lab/river/blob/main/a.py under the Apache License 2.0.
import os
--- b.py
# Copyright (c) Pond Lab and affiliates.
# Licensed under the BSD 3-Clause license.
import os
`,
  ],
];

describe('licence-mismatch', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'licence-mismatch'));
});
