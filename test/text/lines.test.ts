import assert from 'node:assert/strict';
import fc from 'fast-check';
import { indexLines, lineText, linesText, offsetAt, positionAt } from '../../server/src/text/lines.ts';

const text = fc
  .array(fc.constantFrom('a', 'bc', '\n', '\r', '\r\n', '😀', '\u2028', '\u2029', '\u0085', '\v', '', '\ud800', '\t'), { maxLength: 40 })
  .map((parts) => parts.join(''));

describe('lines', () => {
  const starts: Readonly<Record<string, readonly number[]>> = {
    '': [0],
    a: [0],
    '\n': [0, 1],
    '\r': [0, 1],
    '\r\n': [0, 2],
    '\n\r': [0, 1, 2],
    '\r\r\n': [0, 1, 3],
    'a\nb\r\nc\rd': [0, 2, 5, 7],
    '\u2028\u2029\u0085\v\f': [0],
    '😀\n😀': [0, 3],
  };
  for (const [given, expected] of Object.entries(starts))
    it(`of ${JSON.stringify(given)} begin at ${expected.join(', ')}`, () => assert.deepEqual(indexLines(given), { length: given.length, starts: expected }));

  const positions: readonly (readonly [text: string, offset: number, line: number, character: number])[] = [
    ['ab\ncd', 0, 0, 0],
    ['ab\ncd', 2, 0, 2],
    ['ab\ncd', 3, 1, 0],
    ['ab\ncd', 5, 1, 2],
    ['ab\ncd', 99, 1, 2],
    ['ab\ncd', -3, 0, 0],
    ['a\r\nb', 2, 0, 2],
    ['a\r\nb', 3, 1, 0],
    ['😀b', 2, 0, 2],
    ['a\u2028b', 2, 0, 2],
    ['', 0, 0, 0],
  ];
  for (const [given, offset, line, character] of positions)
    it(`offset ${offset} of ${JSON.stringify(given)} is ${line}:${character}`, () =>
      assert.deepEqual(positionAt(indexLines(given), offset), { line, character }));

  const outside: readonly (readonly [line: number, character: number, offset: number])[] = [
    [-1, 5, 0],
    [0, -5, 0],
    [0, 99, 3],
    [1, 99, 5],
    [2, 0, 5],
    [99, 99, 5],
  ];
  for (const [line, character, offset] of outside)
    it(`position ${line}:${character} moves to ${offset}`, () => assert.equal(offsetAt(indexLines('ab\ncd'), { line, character }), offset));

  it("offsets and positions are each other's inverse", () =>
    fc.assert(
      fc.property(text, (given) => {
        const index = indexLines(given);
        for (let offset = 0; offset <= given.length; offset += 1) assert.equal(offsetAt(index, positionAt(index, offset)), offset);
      }),
      { numRuns: 300 },
    ));

  it('positions grow with offsets, and only line ends begin lines', () =>
    fc.assert(
      fc.property(text, (given) => {
        const index = indexLines(given);
        for (let offset = 1; offset <= given.length; offset += 1) {
          const [before, at] = [positionAt(index, offset - 1), positionAt(index, offset)];
          const ended = given[offset - 1] === '\n' || (given[offset - 1] === '\r' && given[offset] !== '\n');
          assert.deepEqual(at, ended ? { line: before.line + 1, character: 0 } : { line: before.line, character: before.character + 1 });
        }
      }),
      { numRuns: 300 },
    ));

  it('any position gives an offset inside the text', () =>
    fc.assert(
      fc.property(text, fc.integer({ min: -3, max: 50 }), fc.integer({ min: -3, max: 50 }), (given, line, character) => {
        const offset = offsetAt(indexLines(given), { line, character });
        assert.ok(offset >= 0 && offset <= given.length);
      }),
      { numRuns: 300 },
    ));

  it('the texts of all lines are what stands between line ends', () =>
    fc.assert(
      fc.property(text, (given) => {
        const index = indexLines(given);
        assert.deepEqual(
          index.starts.map((_, line) => lineText(given, index, line)),
          given.split(/\r\n|\n|\r/),
        );
      }),
      { numRuns: 300 },
    ));

  it('a line that there is not has no text', () => assert.equal(lineText('a\nb', indexLines('a\nb'), 7), ''));
});

describe('stretches of lines', () => {
  const stretch = (startLine: number, endLine = startLine) => ({ startLine, endLine });
  const cases: readonly (readonly [string, ReturnType<typeof stretch>[]])[] = [
    ['line 22', [stretch(22)]],
    ['lines 22-27', [stretch(22, 27)]],
    ['lines 3 and 31', [stretch(3), stretch(31)]],
    ['lines 3, 22-27 and 31', [stretch(3), stretch(22, 27), stretch(31)]],
    ['lines 1, 2, 3, 4 and 1 other place', [1, 2, 3, 4, 5].map((line) => stretch(line))],
    ['lines 1, 2, 3, 4 and 3 other places', [1, 2, 3, 4, 5, 6, 7].map((line) => stretch(line))],
  ];
  for (const [words, ranges] of cases) it(words, () => assert.equal(linesText(ranges), words));
});
