import { check } from '../support/repo.ts';

const loads = (model: string, mark = ''): string => `
--- serve.py
from transformers import pipeline
pipe = pipeline("text-generation", model="${model}")
${mark === '' ? '' : `${' '.repeat(42)}${'^'.repeat(model.length)} ${mark} user-threshold`}
`;

const cases: readonly (readonly [string, string])[] = [
  ['nothing is stated', loads('meta-llama/Llama-3.1-8B')],
  ['many users on the day that counts', `${loads('meta-llama/Llama-3.1-8B', 'error')}--- pedigree.yaml\nuse: { users-at: { 2024-07-23: 700000001 } }\n`],
  ['just as many as are free', `${loads('meta-llama/Llama-3.1-8B')}--- pedigree.yaml\nuse: { users-at: { 2024-07-23: 700000000 } }\n`],
  ['many users on another day', `${loads('meta-llama/Llama-3.1-8B')}--- pedigree.yaml\nuse: { users-at: { 2023-07-18: 800000000 } }\n`],
  [
    'many users now, and nothing of the day that counts',
    `${loads('meta-llama/Llama-3.1-8B', 'information')}--- pedigree.yaml\nuse: { monthly-active-users: 800000000 }\n`,
  ],
  [
    'many users now, and few on the day that counts',
    `${loads('meta-llama/Llama-3.1-8B')}--- pedigree.yaml\nuse: { monthly-active-users: 800000000, users-at: { 2024-07-23: 10 } }\n`,
  ],
  ['a threshold at present', `${loads('Qwen/Qwen2.5-72B-Instruct', 'error')}--- pedigree.yaml\nuse: { monthly-active-users: 100000001 }\n`],
  ['a threshold of users a day', `${loads('baichuan-inc/Baichuan2-7B-Chat', 'information')}--- pedigree.yaml\nuse: { monthly-active-users: 1000000 }\n`],
  ['a name that is due from a number on', `${loads('moonshotai/Kimi-K2-Instruct', 'warning')}--- pedigree.yaml\nuse: { monthly-active-users: 200000000 }\n`],
  ['through a fine-tune', `${loads('deepseek-ai/DeepSeek-R1-Distill-Llama-8B', 'error')}--- pedigree.yaml\nuse: { users-at: { 2024-07-23: 900000000 } }\n`],
  [
    'a licence was agreed',
    `${loads('meta-llama/Llama-3.1-8B')}--- pedigree.yaml\nuse: { users-at: { 2024-07-23: 900000000 } }\ngrants: [ { work: "pkg:huggingface/meta-llama/Llama-3.1-8B", licence: agreed } ]\n`,
  ],
  ['no threshold', `${loads('mistralai/Mistral-7B-v0.1')}--- pedigree.yaml\nuse: { monthly-active-users: 900000000 }\n`],
];

describe('user-threshold', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'user-threshold'));
});
