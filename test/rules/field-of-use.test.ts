import { check } from '../support/repo.ts';

const loads = (model: string, mark = ''): string => `
--- run.py
from transformers import AutoModel
model = AutoModel.from_pretrained("${model}")
${mark === '' ? '' : `${' '.repeat(35)}${'^'.repeat(model.length)} ${mark} field-of-use`}
`;

const cases: readonly (readonly [string, string])[] = [
  ['nothing is stated', loads('CompVis/stable-diffusion-v1-4')],
  ['a field that a RAIL bars', `${loads('CompVis/stable-diffusion-v1-4', 'error')}--- pedigree.yaml\nuse: { fields: [medical-advice] }\n`],
  ['a field that it does not speak of', `${loads('CompVis/stable-diffusion-v1-4')}--- pedigree.yaml\nuse: { fields: [military] }\n`],
  ['a field that a use policy bars', `${loads('meta-llama/Llama-3.1-8B', 'error')}--- pedigree.yaml\nuse: { fields: [military] }\n`],
  ['through a fine-tune', `${loads('deepseek-ai/DeepSeek-R1-Distill-Llama-8B', 'error')}--- pedigree.yaml\nuse: { fields: [military] }\n`],
  [
    'a service on weights that may not be hosted for others',
    `${loads('stabilityai/sdxl-turbo', 'warning')}--- pedigree.yaml\nuse: { distribute: [service] }\n`,
  ],
  ['a service on other weights', `${loads('meta-llama/Llama-3.1-8B')}--- pedigree.yaml\nuse: { distribute: [service] }\n`],
  ['a business that has to ask first', `${loads('moonshotai/Kimi-K3', 'warning')}--- pedigree.yaml\nuse: { fields: [model-hosting] }\n`],
  ['free terms', `${loads('mistralai/Mistral-7B-v0.1')}--- pedigree.yaml\nuse: { fields: [military] }\n`],
];

describe('field-of-use', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'field-of-use'));
});
