import assert from 'node:assert/strict';
import { check, fixed } from '../support/repo.ts';

const cases: readonly (readonly [string, string])[] = [
  ['a fine-tune of Llama as MIT', `
--- README.md
---
license: mit
         ^^^ error licence-laundering
base_model: meta-llama/Llama-3.1-8B
---
`],
  ['through a fine-tune that the catalogue knows', `
--- README.md
---
license: apache-2.0
         ^^^^^^^^^^ error licence-laundering
base_model: deepseek-ai/DeepSeek-R1-Distill-Llama-8B
---
`],
  ['the inherited terms', `
--- README.md
---
license: llama3.1
base_model: meta-llama/Llama-3.1-8B
---
`],
  ['the inherited terms beside own ones', `
--- README.md
---
license:
- mit
- llama3.1
base_model: meta-llama/Llama-3.1-8B
---
`],
  ['a free base', `
--- README.md
---
license: mit
base_model: HuggingFaceTB/SmolLM2-1.7B
---
`],
  ['quantised weights that say mit', `
--- otter.gguf gguf {"general.name":"Llama-otter","general.license":"mit","general.base_model.count":1,"general.base_model.0.repo_url":"https://huggingface.co/meta-llama/Llama-3.1-8B"}
!general.license error licence-laundering
`],
  ['agreed terms', `
--- README.md
---
license: mit
base_model: meta-llama/Llama-3.1-8B
---
--- pedigree.yaml
grants:
  - { work: "pkg:huggingface/meta-llama/Llama-3.1-8B", licence: commercial, reference: contract 12 }
`],
  ['a grant that has ended', `
--- README.md
---
license: mit
         ^^^ error licence-laundering
base_model: meta-llama/Llama-3.1-8B
---
--- pedigree.yaml
grants:
  - { work: "pkg:huggingface/meta-llama/Llama-3.1-8B", licence: commercial, until: 2026-01-31 }
`],
];

describe('licence-laundering', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'licence-laundering'));

  it('offers the inherited terms', () =>
    assert.match(fixed('--- README.md\n---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n', 'licence-laundering', /llama3\.1/, 'README.md'), /^license: llama3\.1$/m));
});
