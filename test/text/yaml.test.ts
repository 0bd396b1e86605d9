import assert from 'node:assert/strict';
import fc from 'fast-check';
import { get } from '../../server/src/text/data.ts';
import { limits } from '../../server/src/text/limits.ts';
import { mostNesting, readYaml, yamlDepth } from '../../server/src/text/yaml.ts';
import { hostileText } from '../artefacts/reading.ts';
import { assertInside, plain, sliced } from './tree.ts';
import { cpuTime } from '../support/time.ts';

describe('YAML', () => {
  const values: Readonly<Record<string, unknown>> = {
    'a: b': [['a', 'b']],
    'a: "b"': [['a', 'b']],
    "a: 'it''s'": [['a', "it's"]],
    'a: 1\nb: true\nc: null\nd:\ne: 1.5': [
      ['a', 1],
      ['b', true],
      ['c', null],
      ['d', null],
      ['e', 1.5],
    ],
    'a:\n- b\n- c': [['a', ['b', 'c']]],
    'a: [b, c]': [['a', ['b', 'c']]],
    'a: {b: c}': [['a', [['b', 'c']]]],
    'a: |\n  b\n  c\n': [['a', 'b\nc\n']],
    'a: no': [['a', 'no']],
    'a: llama3.1': [['a', 'llama3.1']],
    'a: 2024-01-01': [['a', '2024-01-01']],
    '1: a\ntrue: b': [
      ['1', 'a'],
      ['true', 'b'],
    ],
    'a: &x b\nc: *x': [
      ['a', 'b'],
      ['c', 'b'],
    ],
    'a: &x b\nc: *x\nd: &x e\nf: *x': [
      ['a', 'b'],
      ['c', 'b'],
      ['d', 'e'],
      ['f', 'e'],
    ],
    '&k a: b\nc: *k': [
      ['a', 'b'],
      ['c', 'a'],
    ],
    'a: b # c': [['a', 'b']],
    '': undefined,
    '# only': undefined,
    'just words': 'just words',
    '- a': ['a'],
    '__proto__: a\nconstructor: b': [
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ],
    'a: b\na: c': [
      ['a', 'b'],
      ['a', 'c'],
    ],
    'a: b\n---\nc: d\n': [['a', 'b']],
    '%YAML 1.2\n---\na: b\n': [['a', 'b']],
    'a: b\r\nc: d\r\n': [
      ['a', 'b'],
      ['c', 'd'],
    ],
    'a: b\rc:\r- d\r': [
      ['a', 'b'],
      ['c', ['d']],
    ],
  };
  for (const [text, expected] of Object.entries(values)) {
    it(`reads ${JSON.stringify(text)}`, () => {
      const { root, problems } = readYaml(text);
      assert.deepEqual(plain(root), expected);
      assert.deepEqual(problems, []);
    });
  }

  const spans: Readonly<Record<string, readonly string[]>> = {
    'a: b # c': ['a', '=b'],
    '"a": "b c"': ['"a"', '="b c"'],
    "a: 'b'": ['a', '="b"'],
    'é😀: x': ['é😀', '=x'],
    'a: [b, "c"]': ['a', '=b', '="c"'],
    'a:\r\n  - b\r\n  -   c\r\n': ['a', '=b', '=c'],
    'a: &x b\nc: *x': ['a', '=b', 'c', '=*x'],
    'a: {b: c}': ['a', 'b', '=c'],
  };
  for (const [text, expected] of Object.entries(spans))
    it(`knows where it stands in ${JSON.stringify(text)}`, () => assert.deepEqual(sliced(text, readYaml(text).root), expected));

  for (const text of ['a: [b', 'a: "b', 'a: *later\nb: &later c', '- &a b\n- *b', 'a: b: c', '{a: b', 'a: *nothing', 'a:\n\t- b', '@a: b'])
    it(`has a problem with ${JSON.stringify(text)}`, () => assert.ok(readYaml(text).problems.length > 0));

  it('has the last of two equal keys', () => assert.deepEqual(plain(get(readYaml('a: b\na: c').root, 'a')), 'c'));

  it('keeps the prototypes of objects as they are', () => {
    readYaml('__proto__:\n  polluted: true\nconstructor:\n  prototype:\n    polluted: true\n');
    assert.equal(({} as Record<string, unknown>)['polluted'], undefined);
  });

  const deep: Readonly<Record<string, string>> = {
    brackets: '['.repeat(900),
    'closed brackets': `${'['.repeat(900)}${']'.repeat(900)}`,
    braces: '{a: '.repeat(900),
    blocks: Array.from({ length: 2000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n'),
    dashes: '- '.repeat(2000),
    'dashes on lines of their own': Array.from({ length: 2000 }, (_, at) => `${' '.repeat(at)}-`).join('\n'),
    'brackets in a value': `a: ${'['.repeat(900)}`,
    'brackets over lines': '[\n'.repeat(900),
    'brackets with closing ones in comments': '[ # ]\n'.repeat(1000),
    'brackets behind an apostrophe in a word': `[it's ${'['.repeat(900)}`,
    'brackets behind an apostrophe in a comment': `[ # it's\n${'['.repeat(900)}`,
    'brackets with closing ones in quotes': '["]", '.repeat(900),
    'brackets behind a quote in a block': `a: |\n  [ "\nb: ${'['.repeat(900)}`,
    'question marks': '? '.repeat(3000),
    'dashes and tabs': '-\t'.repeat(3000),
    'dashes and question marks': '- ? '.repeat(2000),
    'values without a key': ': '.repeat(2000),
  };
  for (const [name, text] of Object.entries(deep)) {
    it(`refuses deep ${name}`, () => {
      assert.ok(yamlDepth(text) > limits.nesting);
      assert.deepEqual(readYaml(text), { root: undefined, problems: [{ message: 'nested too deeply', span: { start: 0, end: 0 }, limit: true }] });
    });
  }

  it('reads depth below the limit', () => {
    const depth = limits.nesting - 10;
    assert.equal(readYaml(`${'['.repeat(depth)}x${']'.repeat(depth)}`).root?.kind, 'sequence');
    assert.equal(readYaml(Array.from({ length: depth }, (_, at) => `${' '.repeat(at)}a:`).join('\n')).root?.kind, 'map');
  });

  it('is never more than the quick bound says', () => {
    const sign = fc.constantFrom(...' -?:[]{}\n\ta"\'|>&*!#,'.split(''), '\n  ', '- ', '? ', ': ', '- - ', '\n   - ', '---\n');
    fc.assert(
      fc.property(
        fc.array(sign, { maxLength: 120 }).map((signs) => signs.join('')),
        (text) => assert.ok(mostNesting(text) >= yamlDepth(text)),
      ),
      { numRuns: 2_000 },
    );
  });
  it('counts no depth in quotes, comments of one line, and siblings', () => {
    assert.ok(yamlDepth(`a: ["${'['.repeat(500)}"]`) < 10);
    assert.ok(yamlDepth(`a: "\n ${'['.repeat(500)}" # ${'['.repeat(500)}\nb: |\n  ${'['.repeat(500)}\n`) < 10);
    assert.ok(yamlDepth('a:\n  - b: [c]\n  - d: {e: f}\n'.repeat(300)) < 10);
  });

  it('reads 20,000 keys in less than 3 s, and keeps as many as it says', () => {
    const started = cpuTime();
    const { root, problems } = readYaml(Array.from({ length: 20_000 }, (_, at) => `key${at}: value`).join('\n'));
    assert.ok(root?.kind === 'map' && root.entries.length === limits.mapKeys);
    assert.deepEqual(
      problems.map((problem) => [problem.message, problem.limit]),
      [['more than 5000 keys in one mapping', true]],
    );
    assert.ok(cpuTime() - started < 3000, `${cpuTime() - started} ms`);
  });

  it('ends soon on very many mistakes, and tells the first', () => {
    const limit = Error.stackTraceLimit;
    const started = cpuTime();
    for (const part of ['[[a]]\n', '"""', '"\n', "'", '- - [', '&a &b\n', '}', '*a\n'])
      assert.ok(readYaml(part.repeat(120_000 / part.length)).problems.length <= limits.problemsPerText, part);
    assert.ok(cpuTime() - started < 6000, `${cpuTime() - started} ms`);
    assert.equal(Error.stackTraceLimit, limit);
  });

  it('does not multiply aliases', () => {
    const started = cpuTime();
    const lines = [
      'a0: &a0 [x, x, x, x, x, x, x, x, x, x]',
      ...Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${Array.from({ length: 10 }, () => `*a${at}`).join(', ')}]`),
    ];
    const { root } = readYaml(lines.join('\n'));
    assert.equal(root?.kind === 'map' && root.entries.length, 13);
    assert.ok(cpuTime() - started < 2000, `${cpuTime() - started} ms`);
  });

  it('follows no more aliases than the limit', () => {
    const { root, problems } = readYaml(`a: &a x\nb: [${Array.from({ length: limits.yamlAliases + 5 }, () => '*a').join(', ')}]`);
    const list = plain(get(root, 'b')) as readonly unknown[];
    assert.equal(list.filter((item) => item === 'x').length, limits.yamlAliases);
    assert.equal(list.length, limits.yamlAliases + 5);
    assert.deepEqual(
      problems.map((problem) => [problem.message, problem.limit]),
      [['more than 1000 aliases', true]],
    );
  });

  it('refuses what is too large', () =>
    assert.deepEqual(
      readYaml(`a: ${'x'.repeat(limits.structuredBytes)}`).problems.map((problem) => problem.message),
      ['larger than 1 MB'],
    ));

  it('never throws, and spans lie inside the text', () =>
    fc.assert(
      fc.property(
        hostileText('# c\na: "b"\nlist:\n  - x: 1\n    y: [1, {z: \'q\'}]\n  - &k text\nother: *k\nblock: |\n  some\n  text\n? complex\n: value\n'),
        (text) => assertInside(text, readYaml(text)),
      ),
      { numRuns: 300 },
    ));
});
