import assert from 'node:assert/strict';
import fc from 'fast-check';
import { get } from '../../server/src/text/data.ts';
import { readJson } from '../../server/src/text/json.ts';
import { limits } from '../../server/src/text/limits.ts';
import { hostileText } from '../artefacts/reading.ts';
import { assertInside, plain, sliced } from './tree.ts';

describe('JSON', () => {
  const values: Readonly<Record<string, unknown>> = {
    '{"a": "b"}': [['a', 'b']],
    '{"a": 1, "b": true, "c": null, "d": 1.5e3}': [
      ['a', 1],
      ['b', true],
      ['c', null],
      ['d', 1500],
    ],
    '["a", ["b"]]': ['a', ['b']],
    '"a"': 'a',
    '{"a": "\\u00e9\\n"}': [['a', 'é\n']],
    '// x\n{"a": 1, /* y */ "b": 2,}': [
      ['a', 1],
      ['b', 2],
    ],
    '{"a": 1, "a": 2}': [
      ['a', 1],
      ['a', 2],
    ],
    '{"__proto__": 1, "constructor": 2}': [
      ['__proto__', 1],
      ['constructor', 2],
    ],
    '': undefined,
    '{}': [],
    '[]': [],
  };
  for (const [text, expected] of Object.entries(values)) {
    it(`reads ${JSON.stringify(text)}`, () => {
      const { root, problems } = readJson(text);
      assert.deepEqual(plain(root), expected);
      assert.deepEqual(problems, []);
    });
  }

  const spans: Readonly<Record<string, readonly string[]>> = {
    '{"a": "b"}': ['"a"', '="b"'],
    '{\r\n  "😀": [1, "x y", null]\r\n}': ['"😀"', '=1', '="x y"', '=null'],
    '{"a": "\\"q\\""}': ['"a"', '="\\"q\\""'],
    '{"a": ""}': ['"a"', '=""'],
  };
  for (const [text, expected] of Object.entries(spans))
    it(`knows where it stands in ${JSON.stringify(text)}`, () => assert.deepEqual(sliced(text, readJson(text).root), expected));

  it('ends the spans of what is never closed at the end of the text', () => {
    for (const text of ['{"a": "b', '{"a": ["b"', '["', '{"a": {"b": {', '{"a": 1, "b']) assertInside(text, readJson(text));
  });

  for (const text of ['{', '{"a"}', '{"a": }', "{'a': 1}", '[1 2]', '{"a": "b', 'NaN', '{a: 1}', '{"a": 1} x'])
    it(`has a problem with ${JSON.stringify(text)}`, () => assert.ok(readJson(text).problems.length > 0));

  it('keeps what stands before a mistake', () => assert.equal(plain(get(readJson('{"a": "b", "c": ').root, 'a')), 'b'));
  it('has the last of two equal keys', () => assert.equal(plain(get(readJson('{"a": 1, "a": 2}').root, 'a')), 2));

  it('reads depth up to the limit and refuses it above', () => {
    const nested = (depth: number): string => '['.repeat(depth) + ']'.repeat(depth);
    assert.equal(readJson(nested(limits.nesting)).root?.kind, 'sequence');
    for (const text of [nested(limits.nesting + 1), '['.repeat(100_000), '{"a":'.repeat(6000)])
      assert.deepEqual(
        readJson(text).problems.map((problem) => problem.message),
        ['nested too deeply'],
      );
  });

  it('counts no brackets in strings', () => assert.deepEqual(readJson(`{"a": "${'['.repeat(500)}\\"${'{'.repeat(500)}"}`).problems, []));

  it('refuses what is too large, by the maximum that it is given', () => {
    const text = `["${'x'.repeat(limits.structuredBytes)}"]`;
    assert.deepEqual(
      readJson(text).problems.map((problem) => problem.message),
      ['larger than 1 MB'],
    );
    assert.deepEqual(readJson(text, limits.notebookBytes).problems, []);
  });

  it('keeps all keys, of which weights have one a tensor, and as many problems as it says', () => {
    const { root } = readJson(`{${Array.from({ length: 20_000 }, (_, at) => `"k${at}": 1`).join(',')}}`);
    assert.equal(root?.kind === 'map' && root.entries.length, 20_000);
    assert.ok(readJson('[,,'.repeat(90)).problems.length <= 20);
  });

  it('reads back whatever JSON.stringify writes', () =>
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        const shaped = (item: unknown): unknown =>
          Array.isArray(item)
            ? item.map(shaped)
            : item !== null && typeof item === 'object'
              ? Object.entries(item).map(([key, inner]) => [key, shaped(inner)])
              : item;
        assert.deepEqual(plain(readJson(JSON.stringify(value, null, 2)).root), shaped(JSON.parse(JSON.stringify(value))));
      }),
      { numRuns: 200 },
    ));

  it('never throws, and spans lie inside the text', () =>
    fc.assert(
      fc.property(hostileText('// c\n{"a": "b\\u00e9", "list": [1, 2.5, {"x": null}], /* d */ "__proto__": {"y": true},}\n'), (text) =>
        assertInside(text, readJson(text)),
      ),
      { numRuns: 300 },
    ));
});
