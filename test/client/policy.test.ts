import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import fc from 'fast-check';
import { answersOf, questionsFor } from '../../client/src/policy/questions.ts';
import { policyText } from '../../client/src/policy/text.ts';
import type { PolicyAnswers } from '../../client/src/policy/text.ts';
import { readPolicy } from '../../server/src/policy/read.ts';
import { folder, work } from './data.ts';

const open: PolicyAnswers = { commercial: null, distribute: [], trainOthers: null, territories: [], publish: null };
const valid = new Ajv({ strict: false }).compile(JSON.parse(readFileSync('schemas/pedigree.schema.json', 'utf8')) as object);
const read = (answers: PolicyAnswers) => readPolicy(policyText(answers), 'pedigree.yaml', '');

const known = folder({
  works: [work({ id: 'local:.', licence: 'MIT', kind: 'model' })],
  publishable: [{ work: 'local:.', as: ['LicenseRef-x'], why: '' }],
});

describe('the five questions', () => {
  it('are five, each with a reason and something to choose', () => {
    const questions = questionsFor(known);
    assert.equal(questions.length, 5);
    for (const { title, why, options, many } of questions) {
      assert.match(title, /\?$/);
      assert.ok(why.length > 20 && options.length >= 2, title);
      // Who does not know has a way on: nothing ticked, or said.
      assert.ok(many || options.some(({ value }) => value === ''), title);
    }
  });

  it('suggest licences that the folder tells, and say which of them nothing speaks against', () => {
    const [may, stated] = questionsFor(known).at(-1)?.options ?? [];
    assert.deepEqual([may?.value, may?.description], ['LicenseRef-x', 'nothing known speaks against it']);
    assert.deepEqual([stated?.value, stated?.description], ['MIT', 'stated here; what reaches it asks for something else']);
    assert.equal(questionsFor(undefined).at(-1)?.options.length, 1);
  });

  it('write a policy that says what was answered', () => {
    const answers = answersOf(
      { commercial: ['yes'], distribute: ['weights', 'service'], trainOthers: ['no'], territories: ['EU', 'UK'], publish: ['LicenseRef-x'] },
      known,
    );
    const policy = read(answers);
    assert.deepEqual(policy.problems, []);
    assert.deepEqual(
      [policy.use?.commercial, policy.use?.distribute, policy.use?.trainOtherModels, policy.use?.territories],
      [true, ['weights', 'service'], false, ['EU', 'UK']],
    );
    assert.equal(policy.publish?.weights, 'LicenseRef-x');
  });

  it('write one that states nothing where nothing was answered', () => {
    const policy = read(answersOf({}, undefined));
    assert.deepEqual([policy.problems, policy.use, policy.publish, policy.accept], [[], null, null, []]);
  });

  it('name the code or the data where the root is no model', () => {
    const of = (kind: string): string | undefined => answersOf({ publish: ['MIT'] }, folder({ works: [work({ kind })] })).publish?.part;
    assert.deepEqual([of('code'), of('dataset'), of('model')], ['code', 'data', 'weights']);
  });

  it('hold whatever was typed as a licence, and stay valid', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, maxLength: 80, unit: 'binary' }), (typed) => {
        const text = policyText({ ...open, publish: { part: 'code', licence: typed } });
        assert.equal((parse(text) as { publish: { code: string } }).publish.code, typed);
        assert.ok(valid(parse(text)), JSON.stringify(valid.errors));
      }),
      { numRuns: 300 },
    );
  });

  it('keep every word that YAML takes for something else', () => {
    for (const word of ['no', 'Yes', 'null', '1.0', '2024-01-01', 'a: b', '#x', "it's", '- x', '[x]', '*a', '&a', '!t', '%x', '@x', '`x`', 'a #b'])
      assert.equal((parse(policyText({ ...open, publish: { part: 'data', licence: word } })) as { publish: { data: string } }).publish.data, word);
  });

  it('show in comments what may be added: valid when the marks are taken away', () => {
    const text = policyText(open).replace(/^# (?=use:|publish:|accept:| {2})/gm, '');
    const policy = readPolicy(text, 'pedigree.yaml', '');
    assert.deepEqual(policy.problems, []);
    assert.deepEqual([policy.use?.commercial, policy.publish?.weights, policy.accept[0]?.rule], [true, 'apache-2.0', 'noncommercial-data']);
    assert.ok(valid(parse(text)), JSON.stringify(valid.errors));
  });
});
