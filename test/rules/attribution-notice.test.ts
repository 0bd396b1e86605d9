import assert from 'node:assert/strict';
import { check, fixed } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  [
    'a release that a sentence tells of',
    `
--- README.md
# Otter

We release the OtterLM weights that are built upon [Llama-3-8B](https://huggingface.co/meta-llama/Meta-Llama-3-8B).
                                                    ^^^^^^^^^^ information attribution-notice
`,
  ],
  [
    'nothing shown',
    `
--- README.md
---
license: llama3.1
base_model: meta-llama/Llama-3.1-8B
            ^^^^^^^^^^^^^^^^^^^^^^^ warning attribution-notice
---
`,
  ],
  [
    'a folder as its publisher hands it out, with terms and without weights',
    `
--- models/otter/README.md
---
license: llama3.1
base_model: meta-llama/Llama-3.1-8B
            ^^^^^^^^^^^^^^^^^^^^^^^ information attribution-notice
---
--- models/otter/LICENSE
[text of MIT]
`,
  ],
  [
    'a folder without terms',
    `
--- models/otter/README.md
---
license: llama3.1
base_model: meta-llama/Llama-3.1-8B
            ^^^^^^^^^^^^^^^^^^^^^^^ warning attribution-notice
---
`,
  ],
  [
    'all shown',
    `
--- README.md
---
license: llama3.1
base_model: meta-llama/Llama-3.1-8B
---
Built with Llama
--- NOTICE
Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.
`,
  ],
  [
    'Llama 2 asks for no display line',
    `
--- README.md
---
license: llama2
base_model: meta-llama/Llama-2-7b-hf
---
--- NOTICE
Llama 2 is licensed under the LLAMA 2 Community License, Copyright (c) Meta Platforms, Inc. All Rights Reserved.
`,
  ],
  [
    'trained here, handed on elsewhere',
    `
--- train.yaml
base_model: meta-llama/Llama-3.1-8B
            ^^^^^^^^^^^^^^^^^^^^^^^ information attribution-notice
adapter: qlora
datasets:
  - path: databricks/databricks-dolly-15k
    type: alpaca
hub_model_id: northwind-labs/Llama-3.1-helper
`,
  ],
  [
    'code that only loads',
    `
--- run.py
from transformers import AutoModel
model = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")
`,
  ],
];

describe('attribution-notice', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'attribution-notice'));

  it('inserts the display line below the front matter', () =>
    assert.match(
      fixed('--- README.md\n---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B\n---\n# x\n', 'attribution-notice', /./, 'README.md'),
      /---\n\nBuilt with Llama\n# x/,
    ));
  it('writes the NOTICE', () =>
    assert.match(
      fixed('--- README.md\n---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B\n---\n# x\n', 'attribution-notice', /./, 'NOTICE'),
      /^Llama 3\.1 is licensed/,
    ));
});
