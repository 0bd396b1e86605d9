import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findRow, hubSource } from '../../server/src/knowledge/hub.ts';
import type { HubTable } from '../../server/src/knowledge/hub.ts';

const from = (confidence: string) => ({ source: 'github:someone/list', asOf: '2025-01-01', confidence });
const statement = (licences: readonly string[], stated: string | null, confidence = 'hub') => ({ licences, stated, ...from(confidence) });

const table: HubTable = {
  header: {
    asOf: '2026-01-01',
    relations: ['adapter', 'finetune', 'quantized', 'merge'],
    edges: [from('hub'), from('name')],
    statements: [statement(['MIT'], null), statement([], 'other'), statement(['CC-BY-SA-3.0'], 'cc-by-sa-3.0, gfdl'), statement(['Apache-2.0'], null, 'name')],
  },
  rows: [
    'A/both\t0\t0\tx/one,x/two\t0',
    'a/Guess\t3\t2\tx/one\t1',
    'a/guess-tagged\t0\t2\tx/one\t1',
    'a/list\t2',
    'a/only-base\t\t1\tx/one\t0',
    'a/other\t1',
    'a/unsaid\t\t\tx/one\t0',
    'b/last\t0',
  ]
    .map((line) => `${line}\n`)
    .join(''),
};
const hub = hubSource(
  () => [table],
  () => [table],
);

describe('hub tables', () => {
  const cases: Readonly<Record<string, unknown>> = {
    'A/both': ['hub', ['MIT'], null, ['x/one', 'x/two'], 'adapter'],
    'a/list': ['hub', ['CC-BY-SA-3.0'], 'cc-by-sa-3.0, gfdl', [], null],
    'a/other': ['hub', [], 'other', [], null],
    'a/only-base': ['hub', undefined, undefined, ['x/one'], 'finetune'],
    'a/unsaid': ['hub', undefined, undefined, ['x/one'], null],
    'a/Guess': ['name', ['Apache-2.0'], null, [], null],
    'a/guess-tagged': ['hub', ['MIT'], null, [], null],
    'b/last': ['hub', ['MIT'], null, [], null],
  };
  for (const [id, expected] of Object.entries(cases)) {
    it(`reads ${id}`, () => {
      const row = hub.model(id);
      assert.deepEqual([row?.match, row?.licences[0]?.licences, row?.licences[0]?.stated, row?.bases, row?.relation], expected);
      assert.ok(row?.source && row.asOf);
    });
  }

  it('says which base was guessed', () => assert.match(hub.model('a/Guess')?.note ?? '', /guessed from the id alone: made from x\/one/));
  it('finds an id in other capitals', () => assert.equal(hub.dataset('A/GUESS')?.id, 'a/Guess'));
  it('asks the next table when the first lacks an id', () =>
    assert.equal(
      hubSource(
        () => [{ ...table, rows: '' }, table],
        () => [],
      ).model('b/last')?.id,
      'b/last',
    ));
  for (const id of ['', 'a', 'a/', 'a/lis', 'a/list ', 'zz', '\n', 'a/list\t2', 'a/both\t0'])
    it(`finds nothing for ${JSON.stringify(id)}`, () => assert.equal(hub.model(id), undefined));

  it('finds every row and no other, whatever the ids', () => {
    const id = fc.stringMatching(/^[a-zA-Z0-9._-]{1,8}\/[a-zA-Z0-9._-]{1,12}$/);
    fc.assert(
      fc.property(fc.uniqueArray(id, { maxLength: 40, selector: (text) => text.toLowerCase() }), id, (ids, other) => {
        const rows = ids
          .toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
          .map((text) => `${text}\t0\n`)
          .join('');
        for (const each of ids) assert.equal(findRow(rows, each), `${each}\t0`);
        assert.equal(
          findRow(rows, other) !== undefined,
          ids.some((each) => each.toLowerCase() === other.toLowerCase()),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('ends on any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), fc.string({ maxLength: 20 }), (rows, id) => {
        findRow(rows, id);
      }),
      { numRuns: 300 },
    );
  });
});
