import assert from 'node:assert/strict';
import { check, fixed } from '../support/repo.ts';

const card = (more: string, base = 'meta-llama/Llama-3.1-8B'): string => `
--- README.md
---
license: llama3.1
${more}base_model: ${base}
pipeline_tag: text-generation
---
# Llama-otter
`;
const marked = (base = 'meta-llama/Llama-3.1-8B'): string =>
  card('', base).replace(`base_model: ${base}`, `base_model: ${base}\n            ${'^'.repeat(base.length)} information licence-text-missing`);

const cases: readonly (readonly [string, string])[] = [
  ['a derivative without the text', marked()],
  ['the text is here', `${card('')}--- LICENSE\nLLAMA 3.1 COMMUNITY LICENSE AGREEMENT\n`],
  ['the text is in another folder', `${card('')}--- licenses/base/LICENSE\nLLAMA 3.1 COMMUNITY LICENSE AGREEMENT\n`],
  ['the text may be here', `${card('')}--- LICENSE-MODEL\nAn agreement between two otters about a river.\n`],
  ['a link of the card', card('license_link: https://example.org/terms\n')],
  ['a link to the text', `${card('')}The [licence](https://huggingface.co/meta-llama/Llama-3.1-8B/blob/main/LICENSE).\n`],
  [
    'a text of other terms',
    `${marked()}--- LICENSE
[text of MIT]
`,
  ],
  [
    'terms that ask for it, permissive as they are',
    `
--- README.md
---
license: apache-2.0
base_model: mistralai/Mistral-7B-v0.1
            ^^^^^^^^^^^^^^^^^^^^^^^^^ information licence-text-missing
pipeline_tag: text-generation
---
`,
  ],
  [
    'own terms: who licenses a work owes nobody a copy',
    `
--- README.md
---
license: apache-2.0
pipeline_tag: text-generation
---
`,
  ],
  [
    'training alone: the text belongs where the weights are handed on',
    `
--- train.yaml
base_model: meta-llama/Llama-3.1-8B
hub_model_id: otterlab/Llama-otter
datasets:
  - path: otterlab/rivers
`,
  ],
  [
    'packed weights beside a card with a link',
    `
--- README.md
---
license: llama3.1
license_link: https://huggingface.co/meta-llama/Llama-3.1-8B/blob/main/LICENSE
base_model: meta-llama/Llama-3.1-8B
---
--- otter.gguf gguf {"general.name":"Llama-otter","general.license":"llama3.1","general.base_model.count":1,"general.base_model.0.repo_url":"https://huggingface.co/meta-llama/Llama-3.1-8B"}
`,
  ],
  [
    'several works under the same terms owe one text',
    `
--- a/README.md
---
license: llama3.1
base_model: meta-llama/Llama-3.1-8B
            ^^^^^^^^^^^^^^^^^^^^^^^ information licence-text-missing
---
--- b/README.md
---
license: llama3.1
base_model: meta-llama/Llama-3.1-8B-Instruct
---
`,
  ],
  [
    'a licence file that leads elsewhere',
    `
--- LICENSE
Please refer to the licence: https://github.com/otterlab/pond/blob/main/LICENSE
^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ information licence-text-missing
--- README.md
# Otter
`,
  ],
  [
    'licence files that say something themselves, or lead to no file of terms',
    `
--- LICENSE
Otter is for non-commercial use only, see https://github.com/otterlab/pond/blob/main/LICENSE
--- a/LICENSE
See https://otter.example/terms
--- b/LICENSE
Otters are counted at https://github.com/otterlab/pond
--- README.md
# Otter
`,
  ],
];

describe('licence-text-missing', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'licence-text-missing'));

  it('offers a link', () => assert.match(fixed(marked(), 'licence-text-missing', /Link/, 'README.md'), /\nlicense_link: https:\/\/\S+\n/));
});
