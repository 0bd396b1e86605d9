import assert from 'node:assert/strict';
import { isWithin } from '../../server/src/knowledge/territories.ts';
import { check } from '../support/repo.ts';

const loads = (model: string, mark = ''): string => `
--- run.py
from transformers import AutoModel
model = AutoModel.from_pretrained("${model}")
${mark === '' ? '' : `${' '.repeat(35)}${'^'.repeat(model.length)} ${mark} territory-exclusion`}
`;

const cases: readonly (readonly [string, string])[] = [
  ['nothing is stated', loads('tencent/HunyuanVideo', 'information')],
  ['offered there', `${loads('tencent/HunyuanVideo', 'error')}--- pedigree.yaml\nuse: { territories: [US, EU] }\n`],
  ['a country of the union', `${loads('tencent/HunyuanVideo', 'error')}--- pedigree.yaml\nuse: { territories: [FR] }\n`],
  ['everywhere', `${loads('tencent/HunyuanVideo', 'error')}--- pedigree.yaml\nuse: { territories: [worldwide] }\n`],
  ['established there', `${loads('tencent/HunyuanVideo', 'error')}--- pedigree.yaml\nuse: { established-in: KR, territories: [US] }\n`],
  ['elsewhere only', `${loads('tencent/HunyuanVideo')}--- pedigree.yaml\nuse: { established-in: US, territories: [US, CA] }\n`],
  [
    'of a licence that leaves out multimodal models, one of these',
    `${loads('meta-llama/Llama-3.2-11B-Vision', 'error')}--- pedigree.yaml\nuse: { established-in: DE }\n`,
  ],
  ['of the same licence, another', `${loads('meta-llama/Llama-3.2-1B')}--- pedigree.yaml\nuse: { established-in: DE }\n`],
  [
    'offered there by somebody from elsewhere, where only who is established there is left out',
    `${loads('meta-llama/Llama-3.2-11B-Vision')}--- pedigree.yaml\nuse: { established-in: US, territories: [EU] }\n`,
  ],
  ['no exclusion', `${loads('mistralai/Mistral-7B-v0.1')}--- pedigree.yaml\nuse: { territories: [EU] }\n`],
];

describe('territory-exclusion', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'territory-exclusion'));

  const pairs: readonly (readonly [string, string, boolean])[] = [
    ['de', 'EU', true],
    ['EU', 'EU', true],
    ['European Union', 'EU', true],
    ['UK', 'UK', true],
    ['GB', 'UK', true],
    ['GB', 'EU', false],
    ['KR', 'South Korea', true],
    ['CH', 'EU', false],
    ['global', 'South Korea', true],
    ['', 'EU', false],
    ['constructor', 'EU', false],
  ];
  for (const [stated, excluded, expected] of pairs)
    it(`"${stated}" ${expected ? 'meets' : 'is not'} ${excluded}`, () => assert.equal(isWithin(stated, excluded), expected));
});
