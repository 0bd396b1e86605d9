import assert from 'node:assert/strict';
import fc from 'fast-check';
import { groupFinder, needleFinder } from '../../server/src/text/needles.ts';

describe('a search for many words', () => {
  const cases: readonly (readonly [string, boolean])[] = [
    ['', false],
    ['ab', false],
    ['xyz', true],
    ['at the end xyz', true],
    ['from_pretrained', true],
    ['from_pretraine', false],
    ['From_Pretrained', false],
    ['模型 from_pretrained(', true],
    ['x模型', false],
    ['a模型b', true],
  ];
  const find = needleFinder(['xyz', 'from_pretrained', 'a模型b']);
  for (const [text, expected] of cases) it(`${expected ? 'finds one' : 'finds none'} in "${text}"`, () => assert.equal(find.inText(text), expected));

  it('finds what a search for each finds', () => {
    const letter = fc.constantFrom('a', 'b', '.', 'Z', 'é', '\u{1f600}');
    const word = fc.array(letter, { minLength: 3, maxLength: 6 }).map((letters) => letters.join(''));
    const text = fc.array(letter, { maxLength: 40 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), text, (needles, where) =>
        assert.equal(
          needleFinder(needles).inText(where),
          needles.some((needle) => where.includes(needle)),
        ),
      ),
    );
  });

  it('finds each one wherever it stands', () => {
    const part = fc.string({ maxLength: 9, unit: 'grapheme-ascii' });
    fc.assert(
      fc.property(fc.string({ minLength: 3, maxLength: 12, unit: 'grapheme-ascii' }), part, part, (needle, before, behind) => {
        const find = needleFinder([needle, 'something else']);
        assert.ok(find.inText(`${before}${needle}${behind}`));
        for (const from of [0, 1]) assert.ok(find.inBytes(Buffer.from(`12345678${'9'.repeat(from)}${before}${needle}${behind}`).subarray(8 + from)));
      }),
      { numRuns: 1000 },
    );
  });

  it('finds the same in bytes', () => {
    const letter = fc.constantFrom('a', 'b', '.', 'Z', 'é', '\n');
    const word = fc.array(fc.constantFrom('a', 'b', '.', 'Z'), { minLength: 3, maxLength: 9 }).map((letters) => letters.join(''));
    const text = fc.array(letter, { maxLength: 60 }).map((letters) => letters.join(''));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), text, (needles, where) => {
        const isMeant = (around: string, at: number): boolean => around[at - 1] !== '\n';
        for (const finder of [
          needleFinder(needles),
          needleFinder(needles, { isMeant }),
          needleFinder(
            needles.map((one) => one.toLowerCase()),
            { ignoreCase: true },
          ),
        ])
          for (const from of [0, 1]) {
            // Bytes may begin at any address.
            const bytes = Buffer.concat([Buffer.alloc(8), Buffer.alloc(from), Buffer.from(where)]).subarray(8 + from);
            assert.equal(finder.inBytes(bytes), finder.inText(where));
          }
      }),
    );
  });

  it('leaves out those that are not meant', () =>
    assert.equal(needleFinder(['abc'], { isMeant: (text, at) => text[at - 1] === '!' }).inText('abc ?abc'), false));
  it('finds a later one that is', () => assert.equal(needleFinder(['abc'], { isMeant: (text, at) => text[at - 1] === '!' }).inText('abc !abc'), true));
  const anyCase = needleFinder(['llama', 'a.i.'], { ignoreCase: true });
  for (const [text, expected] of [
    ['LLaMA', true],
    ['a LLAMa', true],
    ['A.I.', true],
    ['lla ma', false],
    ['a.i\u000e', false],
  ] as const)
    it(`${expected ? 'finds' : 'does not find'} one in any case in "${text}"`, () => {
      assert.equal(anyCase.inText(text), expected);
      assert.equal(anyCase.inBytes(Buffer.from(text)), expected);
    });

  it('refuses what is too short', () => assert.throws(() => needleFinder(['a']), RangeError));

  describe('of several readers', () => {
    const find = groupFinder([
      { needles: ['first one'] },
      { needles: ['second one', 'another'], ignoreCase: true },
      { needles: ['third'], isMeant: (_text, at) => at === 0 },
    ]);
    for (const [text, expected] of [
      ['nothing of it', 0],
      ['the first one', 1],
      ['The Second One', 2],
      ['The First One', 0],
      ['second one, first one, third', 3],
      ['third, ANOTHER', 6],
    ] as const)
      it(`tells which stand in "${text}"`, () => {
        assert.equal(find(Buffer.from(text), 7), expected);
        for (const wanted of [0, 1, 2, 4, 5]) assert.equal(find(Buffer.from(text), wanted), expected & wanted);
      });
    for (const [name, groups] of Object.entries({
      'a short needle': [{ needles: ['four'] }],
      'a needle of other letters': [{ needles: ['étrange'] }],
      'more groups than bits': Array.from({ length: 32 }, () => ({ needles: ['needle'] })),
    }))
      it(`refuses ${name}`, () => assert.throws(() => groupFinder(groups), RangeError));
  });
});
