import { check } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'a model by a tag of the hub, once',
    `
--- pedigree.yaml
licences: { deny: [llama3.1] }
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")
                                   ^^^^^^^^^^^^^^^^^^^^^^^ error denied-licence
--- b.py
from transformers import AutoModel
model = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")
`,
  ],
  [
    'terms that reach it from its base',
    `
--- pedigree.yaml
licences: { allow: [MIT, Apache-2.0] }
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("deepseek-ai/DeepSeek-R1-Distill-Llama-8B")
                                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ error denied-licence
`,
  ],
  [
    'its own licence and those of its files',
    `
--- pedigree.yaml
licences: { allow: [MIT] }
--- pyproject.toml
[project]
name = "river"
license = "Apache-2.0"
           ^^^^^^^^^^ error denied-licence
--- river/a.py
# SPDX-License-Identifier: Apache-2.0
--- river/b.py
# SPDX-License-Identifier: MIT OR Apache-2.0
`,
  ],
  [
    'a vendored project too: the policy holds for all that is here',
    `
--- pedigree.yaml
licences: { deny: [GPL-3.0-only] }
--- lake/LICENSE
!1:1-27 error denied-licence
[text of GPL-3.0-only]
--- lake/setup.cfg
[metadata]
name = lake
license = GPL-3.0-or-later
`,
  ],
  [
    'a package',
    `
--- pedigree.yaml
licences: { deny: [AGPL-3.0] }
--- requirements.txt
ultralytics
^^^^^^^^^^^ error denied-licence
`,
  ],
  [
    'what was bought, what is internal, what is not known',
    `
--- pedigree.yaml
licences: { allow: [] }
works: [ { id: "local:models/ours", licence: LicenseRef-internal } ]
grants: [ { work: "pkg:huggingface/meta-llama/Llama-3.1-8B", licence: agreed } ]
--- a.py
from transformers import AutoModel
model = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")
other = AutoModel.from_pretrained("acme-lab/river-7b")
`,
  ],
  [
    'no lists',
    `
--- pedigree.yaml
use: { commercial: true }
--- pyproject.toml
[project]
name = "river"
license = "AGPL-3.0-only"
`,
  ],
];

describe('denied-licence', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'denied-licence'));
});
