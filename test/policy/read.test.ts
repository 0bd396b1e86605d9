import assert from 'node:assert/strict';
import fc from 'fast-check';
import { extendPolicy } from '../../server/src/policy/extend.ts';
import { readPolicy } from '../../server/src/policy/read.ts';

const read = (text: string) => readPolicy(text, 'pedigree.yaml', 'x');

const problems: readonly (readonly [string, RegExp | null])[] = [
  ['', null],
  ['use: { commercial: true, distribute: [weights, code], territories: [EU] }', null],
  ['use: { commercial: maybe }', /true or false/],
  ['use: { comercial: true }', /unknown key `comercial`/],
  ['rule: {}', /unknown key `rule`/],
  ['rules: { unpinned-revision: off, noncommercial-data: error }', null],
  ['rules: { unpinned-revision: loud }', /error, warning, information or off/],
  ['rules: [a]', /mapping/],
  ['accept: [ { reason: x } ]', /needs `rule`/],
  ['accept: [ { rule: x, until: tomorrow } ]', /date/],
  ['accept: [ { rule: x, reason: y, until: 2027-01-01 } ]', null],
  ['overrides: [ { path: "**", rules: { x: off } } ]', /needs `paths`/],
  ['grants: [ { work: a, licence: b, until: 2027-13-45 } ]', /should be a date/],
  ['grants: [ { work: a, licence: b, until: 2027-02-30 } ]', /should be a date/],
  ['provenance: [ { path: a, relation: finetune, from: "pkg:huggingface/a/b@abc" } ]', null],
  ['provenance: [ { path: a, relation: cloned, from: b } ]', /no relation/],
  ['disclose: [ x, { name: y, path: ./docs/y.md } ]', null],
  ['disclose: [ { path: docs/y.md } ]', /needs `name`/],
  ['disclose: [ [x] ]', /should be a name/],
  ['works: [ { id: a } ]', /needs `licence`/],
  ['grants: x', /list/],
  ['- a', /mapping/],
  ['use: [', /./],
  [`overrides: [ { paths: ["${'*'.repeat(300)}"], rules: {} } ]`, /glob/],
];

describe('policy', () => {
  for (const [text, expected] of problems) {
    it(`${text.slice(0, 60) || '(empty)'} ${expected ? `is wrong: ${expected}` : 'is right'}`, () => {
      const found = read(text)
        .problems.map((problem) => problem.message)
        .join('; ');
      if (expected) assert.match(found, expected);
      else assert.equal(found, '');
    });
  }

  it('reads the profile', () =>
    assert.deepEqual(read('use: { commercial: true, users-at: { 2024-07-23: 5000000 }, established-in: DE }').use, {
      commercial: true,
      distribute: [],
      trainOtherModels: null,
      territories: [],
      establishedIn: 'DE',
      usersAt: { '2024-07-23': 5000000 },
      monthlyActiveUsers: null,
      fields: [],
    }));
  it('splits the revision from a provenance note', () => {
    const note = read('provenance: [ { path: a, relation: finetune, from: "pkg:huggingface/a/b@abc1234" } ]').provenance[0];
    assert.deepEqual([note?.from, note?.revision], ['pkg:huggingface/a/b', 'abc1234']);
  });
  it('tells an absent allow list from an empty one', () => {
    assert.equal(read('licences: { deny: [X] }').licences.allow, null);
    assert.deepEqual(read('licences: { allow: [] }').licences.allow, []);
  });
  it('points at the entry', () =>
    assert.deepEqual(read('accept:\n  - { rule: a, reason: b }\n').accept[0]?.place, { line: 2, column: 5, endLine: 2, endColumn: 27 }));
  it('matches paths', () => {
    const entry = read('accept: [ { rule: a, reason: b, paths: ["eval/**", "*.md"] } ]').accept[0];
    assert.deepEqual(
      ['eval/x/y.py', 'README.md', 'a/b.md'].map((path) => entry?.matches?.(path)),
      [true, true, false],
    );
  });
  it('lets the nearer file win', () => {
    const merged = extendPolicy(read('rules: { a: off }'), read('rules: { a: error, b: warning }\nlicences: { deny: [X] }'));
    assert.deepEqual([merged.rules, merged.licences.deny], [{ a: 'off', b: 'warning' }, ['X']]);
    const works = extendPolicy(read('works: [ { id: a, licence: MIT } ]'), read('works: [ { id: a, licence: X }, { id: b, licence: X } ]')).works;
    assert.deepEqual(
      works.map((work) => `${work.id} ${work.licence}`),
      ['b X', 'a MIT'],
    );
  });
  it('joins what the extended file accepts, notes and discloses, with places in the nearer file', () => {
    const entries = (name: string): string =>
      `accept: [ { rule: ${name}, reason: x } ]\nprovenance: [ { path: ${name}, relation: finetune, from: "pkg:huggingface/a/b" } ]\ndisclose: [${name}, both]\n`;
    const merged = extendPolicy(read(`extends: base\n${entries('near')}`), readPolicy(entries('far'), 'base', 'y'));
    assert.deepEqual(
      merged.accept.map((entry) => [entry.rule, entry.from, entry.place.line]),
      [
        ['near', null, 2],
        ['far', 'base', 1],
      ],
    );
    assert.deepEqual(
      merged.provenance.map((note) => [note.path, note.place.line]),
      [
        ['far', 1],
        ['near', 3],
      ],
    );
    assert.deepEqual(
      merged.disclose.map((entry) => `${entry.name} ${entry.place.line}`),
      ['far 1', 'near 4', 'both 4'],
    );
  });
  it('never throws', () =>
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'useralcptov:-[]{} \n"\'&*|>1#,') }), (text) => void read(text)),
      { numRuns: 500 },
    ));
});
