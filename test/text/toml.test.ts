import assert from 'node:assert/strict';
import fc from 'fast-check';
import { get } from '../../server/src/text/data.ts';
import { limits } from '../../server/src/text/limits.ts';
import { readToml } from '../../server/src/text/toml.ts';
import { hostileText } from '../artefacts/reading.ts';
import { assertInside, plain, sliced } from './tree.ts';
import { cpuTime } from '../support/time.ts';

const at = (text: string, ...path: readonly string[]): unknown => plain(get(readToml(text).root, ...path));
const spanAt = (text: string, ...path: readonly string[]): readonly string[] => sliced(text, get(readToml(text).root, ...path));

describe('TOML', () => {
  const values: readonly (readonly [text: string, path: readonly string[], value: unknown])[] = [
    ['a = "b"', ['a'], 'b'],
    ["a = 'b\\n'", ['a'], 'b\\n'],
    ['a = 1\nb = true', ['b'], true],
    ['a = """\nx\ny"""', ['a'], 'x\ny'],
    ['a = 1.5', ['a'], 1.5],
    ['[t]\na = "b"', ['t', 'a'], 'b'],
    ['[t.u]\na = "b"', ['t', 'u', 'a'], 'b'],
    ['a.b.c = "d"', ['a', 'b', 'c'], 'd'],
    ['a.b = 1\na.c = 2', ['a', 'c'], 2],
    ['["x.y"]\n"k k" = "v"', ['x.y', 'k k'], 'v'],
    ['a = {b = "c", d.e = "f"}', ['a', 'b'], 'c'],
    ['a = {b = "c", d.e = "f"}', ['a', 'd', 'e'], 'f'],
    ['a = ["x", "y"]', ['a'], ['x', 'y']],
    ['a = [\n  "x", # c\n  "y",\n]', ['a'], ['x', 'y']],
    ['[[p]]\nn = "1"\n[[p]]\nn = "2"\n', ['p'], [[['n', '1']], [['n', '2']]]],
    [
      '[[p]]\nn = "1"\n[p.q]\nr = "s"\n',
      ['p'],
      [
        [
          ['n', '1'],
          ['q', [['r', 's']]],
        ],
      ],
    ],
    [
      '[t]\na = 1\n[t.u]\nb = 2\n',
      ['t'],
      [
        ['a', 1],
        ['u', [['b', 2]]],
      ],
    ],
    ['[__proto__]\na = "b"', ['__proto__', 'a'], 'b'],
    ['# only a comment', [], []],
    ['', [], []],
  ];
  for (const [text, path, value] of values)
    it(`${JSON.stringify(text)} has ${JSON.stringify(value)} at ${path.join('/') || 'the root'}`, () => assert.deepEqual(at(text, ...path), value));

  const spans: readonly (readonly [text: string, path: readonly string[], sliced: readonly string[]])[] = [
    ['[t]\r\na = "b 😀" # c', ['t'], ['a', '="b 😀"']],
    ["a = 'x'", ['a'], ['="x"']],
    ['a = """\nx"""', ['a'], ['="\nx"']],
    ['a = ["x", 1]', ['a'], ['="x"', '=1']],
    ['a = {b = "c"}', ['a'], ['b', '="c"']],
    ['x.y = 1', ['x'], ['y', '=1']],
  ];
  for (const [text, path, expected] of spans) it(`knows where it stands in ${JSON.stringify(text)}`, () => assert.deepEqual(spanAt(text, ...path), expected));

  const errors: Readonly<Record<string, number>> = { 'a = ': 4, 'a = "b': 6, 'x = 1\nb c = 2': 8, 'a = 1\na = 2': 6, '[t\na = 1': 3 };
  for (const [text, index] of Object.entries(errors)) {
    it(`has no tree and one problem at ${index} of ${JSON.stringify(text)}`, () => {
      const { root, problems } = readToml(text);
      assert.equal(root, undefined);
      assert.deepEqual(
        problems.map((problem) => problem.span),
        [{ start: index, end: index }],
      );
    });
  }

  it('refuses depth and size above the limits', () => {
    assert.deepEqual(
      readToml(`a = ${'['.repeat(5000)}`).problems.map((problem) => problem.message),
      ['nested too deeply'],
    );
    assert.deepEqual(
      readToml(`a = "${'x'.repeat(limits.structuredBytes)}"`).problems.map((problem) => problem.message),
      ['larger than 1 MB'],
    );
    assert.equal(readToml(`a = ${'['.repeat(90)}${']'.repeat(90)}`).root?.kind, 'map');
  });

  it('ends soon on very many tables of one list', () => {
    const started = cpuTime();
    const { root } = readToml('[[a]]\n'.repeat(160_000));
    const list = get(root, 'a');
    assert.equal(list?.kind === 'sequence' ? list.items.length : 0, 160_000);
    assert.ok(cpuTime() - started < 12_000, `${cpuTime() - started} ms`);
  });

  it('keeps the prototypes of objects as they are', () => {
    readToml('[__proto__]\npolluted = true\n[constructor.prototype]\npolluted = true\n');
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  it('never throws, and spans lie inside the text', () =>
    fc.assert(
      fc.property(
        hostileText(
          '# c\ntop = "x"\n[a.b]\nc.d = 1\ne = {f = [1, "two", \'\'\'three\'\'\']}\n[[list]]\nn = 1979-05-27\n[[list]]\nn = inf\n[list.sub]\n"q" = """\nm"""\n',
        ),
        (text) => assertInside(text, readToml(text)),
      ),
      { numRuns: 300 },
    ));
});
