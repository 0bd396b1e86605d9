import assert from 'node:assert/strict';
import fc from 'fast-check';
import { limits } from '../../server/src/text/limits.ts';
import { readLenientYaml } from '../../server/src/text/yaml-lenient.ts';
import { readYaml } from '../../server/src/text/yaml.ts';
import { hostileText } from '../artefacts/reading.ts';
import { assertInside, plain, sliced } from './tree.ts';
import { cpuTime } from '../support/time.ts';

describe('YAML as Python reads it', () => {
  const lenient: Readonly<Record<string, unknown>> = {
    'a: "b\nc"\nd: e\n': [
      ['a', 'b c'],
      ['d', 'e'],
    ],
    "a:\n- b: 'it''s\nfine'\n- d\n": [['a', [[['b', "it's fine"]], 'd']]],
    'a:\n- b: [\n\t\t"c, d", # e\n\t\tf\n\t]\ng: h\n': [
      ['a', [[['b', ['c, d', 'f']]]]],
      ['g', 'h'],
    ],
    'a: {\nb: "c\nd"\n}\n': [['a', [['b', 'c d']]]],
    'a: "b\r\nc"\r\nd: e\r\n': [
      ['a', 'b  c'],
      ['d', 'e'],
    ],
    'a: |\n  "b\nc: "d\ne"\n': [
      ['a', '"b\n'],
      ['c', 'd e'],
    ],
    'a: it\'s # "x\nb: "c\nd"\n': [
      ['a', "it's"],
      ['b', 'c d'],
    ],
  };
  for (const [text, expected] of Object.entries(lenient)) {
    it(JSON.stringify(text), () => {
      assert.ok(readYaml(text).problems.length > 0, 'the strict reading fails');
      const result = readLenientYaml(text);
      assert.deepEqual(result.problems, []);
      assert.deepEqual(plain(result.root), expected);
    });
  }

  it('keeps the places', () => assert.deepEqual(sliced('a: "b\nc"\nd: e\n', readLenientYaml('a: "b\nc"\nd: e\n').root), ['a', '="b\nc"', 'd', '=e']));

  for (const text of ['a: [b](c)\n', 'a: "b\n', 'a: [b\n', 'a: b: c\n', '"', '{{ x }}: 1\n', 'a: b\n c: d\n'])
    it(`tells what is wrong with ${JSON.stringify(text)} as before`, () => assert.deepEqual(readLenientYaml(text), readYaml(text)));

  it('keeps to the limits', () => assert.ok(readLenientYaml('['.repeat(limits.nesting + 50)).problems.every((problem) => problem.limit)));

  it('ends soon on many quotes, brackets and blanks', () => {
    for (const part of ['"', "'", '[', '- "', '{a: ', '# ', ' '.repeat(50), ': |\n', '\t"x" ']) {
      const started = cpuTime();
      readLenientYaml(`a: "b\nc"\nd: }${part.repeat(Math.floor(20_000 / part.length))}`);
      assert.ok(cpuTime() - started < 4_000, part);
    }
  }).timeout(30_000);

  it('never throws, and spans lie inside the text', () =>
    fc.assert(
      fc.property(hostileText('a: "b\nc"\nd:\n- e: [\n\tf, # g\n\t]\nh: |\n  i "j\nk: \'l\nm\'\n'), (text) => assertInside(text, readLenientYaml(text))),
      { numRuns: 400 },
    ));
});
