import assert from 'node:assert/strict';
import { glanceAt } from '../../server/src/report/glance.ts';
import type { Glance } from '../../server/src/report/glance.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { analyseFiles, parseRepo } from '../support/repo.ts';

const load = (id: string): string => `--- run.py\nfrom transformers import AutoModel\nAutoModel.from_pretrained("${id}")\n`;
const data = (id: string): string => `--- run.py\nfrom datasets import load_dataset\nload_dataset("${id}")\n`;
const policy = (text: string): string => `--- pedigree.yaml\n${text}\n`;
const mit = '--- LICENSE\n[text of MIT]\n';
const hub = 'pkg:huggingface/';

const glance = (repo: string, work: string): Glance => {
  const found = glanceAt(work, analyseFiles(parseRepo(repo).files).lineage, testKnowledge());
  assert.ok(found, work);
  return found;
};

const barred = 'black-forest-labs/FLUX.1-dev';
const counted = 'meta-llama/Llama-3.1-8B';
const placed = 'tencent/Hunyuan-A13B-Instruct';

const answers: readonly (readonly [string, string, string, string, RegExp | null])[] = [
  ['a free model under a free licence', load('Qwen/Qwen2.5-7B') + mit, 'Qwen/Qwen2.5-7B', 'Yes, for commercial use', null],
  ['a barred model where nothing is stated', load(barred), barred, 'Only for non-commercial use', /commercial use is not permitted/],
  ['a barred model in a commercial profile', load(barred) + mit, barred, 'No, not for commercial use', /commercial use is not permitted/],
  [
    'a barred model in a policy that is not commercial',
    load(barred) + policy('use: { commercial: false }'),
    barred,
    'Yes for non-commercial use, on conditions',
    /bar/,
  ],
  ['a research model', load('Qwen/Qwen2.5-3B'), 'Qwen/Qwen2.5-3B', 'Only for research', /research only/],
  ['a threshold without numbers', load(counted) + mit, counted, 'Yes for commercial use, on conditions', /^above 700 million/],
  [
    'a threshold that is met',
    load(counted) + policy('use: { commercial: true, users-at: { 2024-07-23: 800000000 } }'),
    counted,
    'No, not as it is used here',
    /the policy states 800 000 000 users/,
  ],
  [
    'a threshold that is not met',
    load(counted) + policy('use: { commercial: true, users-at: { 2024-07-23: 5 } }'),
    counted,
    'Yes for commercial use, on conditions',
    /bar/,
  ],
  ['an excluded territory', load(placed) + policy('use: { commercial: true, territories: [DE] }'), placed, 'No, not as it is used here', /the policy names DE/],
  ['another territory', load(placed) + policy('use: { commercial: true, territories: [US] }'), placed, 'Yes for commercial use, on conditions', /^above/],
  [
    'a territory that is excluded for some models only',
    load('meta-llama/Llama-3.2-1B') + policy('use: { commercial: true, established-in: DE }'),
    'meta-llama/Llama-3.2-1B',
    'Yes for commercial use, on conditions',
    /^above/,
  ],
  ['a model that nobody knows', load('nobody/knows-this') + mit, 'nobody/knows-this', 'Not known', /allows nothing by itself/],
  [
    'a bought licence',
    load(barred) + policy(`use: { commercial: true }\ngrants: [ { work: "${hub}${barred}", licence: "contract 12" } ]`),
    barred,
    'Yes, by a grant',
    null,
  ],
  ['data for non-commercial use', data('tatsu-lab/alpaca') + mit, 'datasets/tatsu-lab/alpaca', 'No, not for commercial use', /not permitted/],
];

describe('the answer at a glance', () => {
  for (const [title, repo, id, answer, first] of answers)
    it(`to ${title}`, () => {
      const found = glance(repo, `${hub}${id}`);
      assert.equal(found.answer, answer);
      if (first) assert.match(found.points[0]?.text ?? '', first);
      else assert.deepEqual(found.points, []);
    });
  it('says which use was weighed, who says so and as of when', () => {
    const found = glance(load(counted) + mit, `${hub}${counted}`);
    assert.equal(found.use, 'commercial (inferred from LICENSE)');
    assert.match(found.says[0] ?? '', /^Llama 3\.1 Community License Agreement: the catalogue \(the publisher's own repository\), as of 20\d\d-\d\d-\d\d$/);
    assert.match(glance(load(barred), `${hub}${barred}`).use, /nothing here says/);
    assert.equal(
      glance(load(barred) + policy('use: { commercial: true, distribute: [weights] }'), `${hub}${barred}`).use,
      'commercial, weights handed on (pedigree.yaml)',
    );
  });
  it('tells the way along which terms came, and what is owed', () => {
    const found = glance(`--- README.md\n---\nlicense: mit\nbase_model: ${counted}\n---\n`, 'local:.');
    assert.match(found.ways[0] ?? '', /^this repository ← fine-tune of meta-llama\/Llama-3\.1-8B \(s\. /);
    assert.equal(found.duties[0]?.text, 'display "Built with Llama"');
  });
  it('takes the freer of two licences that may be picked', () => {
    const either = glance('--- package.json\n{ "name": "x", "license": "(MIT OR CC-BY-NC-4.0)" }\n', 'local:.');
    assert.equal(either.verdict, 'yes');
  });
  it('is none for a service, whose terms bind who calls it', () => {
    const { lineage } = analyseFiles(parseRepo('--- a.py\nfrom openai import OpenAI\nOpenAI().chat.completions.create(model="gpt-4o", messages=[])\n').files);
    for (const work of lineage.works.keys()) if (work.startsWith('service:')) assert.equal(glanceAt(work, lineage, testKnowledge()), undefined);
  });
});
