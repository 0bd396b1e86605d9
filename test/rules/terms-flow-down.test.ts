import { check } from '../support/repo.ts';

const recipe = (name: string, mark = ''): string => `
--- recipes/${name}.yaml
model_name_or_path: google/gemma-7b
${mark === '' ? '' : `${' '.repeat(20)}${'^'.repeat(15)} ${mark} terms-flow-down\n`}dataset_name: acme-lab/talks
learning_rate: 2.0e-5
hub_model_id: ${name}
push_to_hub: true
`;

const cases: readonly (readonly [string, string])[] = [
  ['trained here and pushed, once for all recipes', `${recipe('a-talker', 'information')}${recipe('b-talker')}`],
  ['the terms are named in some card', `${recipe('a-talker')}--- README.md\n---\nlicense: gemma\nbase_model: google/gemma-7b\n---\n`],
  ['the terms lie in the tree', `${recipe('a-talker')}--- LICENSE-MODEL\nGemma Terms of Use\n`],
  ['a card with other terms: another rule says so', `--- README.md\n---\nlicense: mit\nbase_model: google/gemma-7b\n---\n`],
  [
    'offered in a README that says what it was made from',
    `
--- README.md
# Otters

- [Otter-7B](https://huggingface.co/acme/Otter-7B): trained from gemma-7b.
                                                                 ^^^^^^^^ information terms-flow-down
`,
  ],
  ['the hub’s own terms of what a README offers', `--- README.md\n# Starcoder2-15b\n\nTry https://huggingface.co/bigcode/starcoder2-15b now.\n`],
  [
    'not handed on',
    `
--- recipe.yaml
model_name_or_path: google/gemma-7b
dataset_name: acme-lab/talks
learning_rate: 2.0e-5
`,
  ],
  [
    'a base without such terms',
    `
--- recipe.yaml
model_name_or_path: mistralai/Mistral-7B-v0.1
dataset_name: acme-lab/talks
hub_model_id: acme-lab/talker
`,
  ],
];

describe('terms-flow-down', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'terms-flow-down'));
});
