import assert from 'node:assert/strict';
import { check, fixed } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'a word that grants nothing',
    `
--- package.json
{ "name": "otter", "private": true, "license": "PROPRIETARY" }
                                                ^^^^^^^^^^^ information invalid-licence-id
`,
  ],
  [
    'the tag of a file that was taken from elsewhere',
    `
--- src/otter.py
# Adapted from https://github.com/otterlab/otter
# SPDX-License-Identifier: MIT License license
                           ^^^^^^^^^^^^^^^^^^^ information invalid-licence-id
import os
`,
  ],
  [
    'the same tag of a file of our own',
    `
--- src/otter.py
# SPDX-License-Identifier: MIT License license
                           ^^^^^^^^^^^^^^^^^^^ warning invalid-licence-id
import os
`,
  ],
  [
    'other without a name, where the text of the card states terms',
    `
--- README.md
---
license: other
         ^^^^^ information invalid-licence-id
base_model: HuggingFaceTB/SmolLM2-1.7B
---
# Otter

## License

The code is licensed under Apache-2.0, while the model weights are open for academic research.
`,
  ],
  [
    'a card among the documents',
    `
--- docs/MODELCARD.md
---
license: Apache 2.0
         ^^^^^^^^^^ information invalid-licence-id
---
# MyModel
`,
  ],
  [
    'other without a name, where the README above states the terms of its models',
    `
--- README.md
# Otter

## License

The model weights are licensed under CC-BY-NC-4.0.
--- models/base/README.md
---
license: other
         ^^^^^ information invalid-licence-id
base_model: HuggingFaceTB/SmolLM2-1.7B
---
# Otter base
`,
  ],
  [
    'other without a name, where the README above speaks of the code alone',
    `
--- README.md
# Otter

## License

The code is licensed under Apache-2.0.
--- models/base/README.md
---
license: other
         ^^^^^ warning invalid-licence-id
base_model: HuggingFaceTB/SmolLM2-1.7B
---
# Otter base
`,
  ],
  [
    'a spelling of the hub',
    `
--- README.md
---
license: MIT
         ^^^ warning invalid-licence-id
pipeline_tag: text-generation
---
`,
  ],
  [
    'an SPDX field with free text',
    `
--- pyproject.toml
[project]
name = "otter"
license = "Apache 2"
           ^^^^^^^^ warning invalid-licence-id
`,
  ],
  [
    'a manifest of an example',
    `
--- examples/web/package.json
{ "name": "web", "license": "Apache 2" }
                             ^^^^^^^^ information invalid-licence-id
`,
  ],
  [
    'an SPDX expression',
    `
--- pyproject.toml
[project]
name = "otter"
license = "MIT OR Apache-2.0"
`,
  ],
  [
    'a tag in a source file',
    `
--- a.py
# SPDX-License-Identifier: GNU Affero General Public License v3.0
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-licence-id
print(1)
`,
  ],
  [
    'one header in many files',
    `
--- a.py
# SPDX-License-Identifier: GNU Affero General Public License v3.0
                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-licence-id
--- b.py
# SPDX-License-Identifier: GNU Affero General Public License v3.0
`,
  ],
  [
    'the manifest of somebody else, kept in a folder for it',
    `
--- deps/beaver/package.json
{ "name": "beaver", "license": "Public Domain" }
                                ^^^^^^^^^^^^^ information invalid-licence-id
`,
  ],
  [
    'other without a name',
    `
--- README.md
---
license: other
         ^^^^^ warning invalid-licence-id
pipeline_tag: text-generation
---
`,
  ],
  [
    'a link instead of a value',
    `
--- README.md
---
license: [mit](https://example.org/terms)
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ warning invalid-licence-id
pipeline_tag: text-generation
---
`,
  ],
  [
    'ids of the hub that SPDX does not have',
    `
--- README.md
---
license: gpl-3.0
pipeline_tag: text-generation
---
`,
  ],
  [
    'other terms without a name, beside their text',
    `
--- README.md
---
license: other
         ^^^^^ information invalid-licence-id
pipeline_tag: text-generation
---
--- LICENSE
[text of MIT]
`,
  ],
  [
    'a list of ids',
    `
--- README.md
---
license:
- mit
- apache-2.0
task_categories:
- text-generation
---
`,
  ],
];

describe('invalid-licence-id', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'invalid-licence-id'));

  it('corrects a spelling safely', () => {
    const repo = '--- README.md\n---\nlicense: MIT\npipeline_tag: text-generation\n---\n';
    assert.equal(fixed(repo, 'invalid-licence-id', /mit/, 'README.md'), '---\nlicense: mit\npipeline_tag: text-generation\n---\n');
  });
});
