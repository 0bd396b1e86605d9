import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compileGlob } from '../../server/src/text/glob.ts';
import { limits } from '../../server/src/text/limits.ts';
import { cpuTime } from '../support/time.ts';

describe('globs', () => {
  const cases: readonly (readonly [glob: string, path: string, matches: boolean])[] = [
    ['*.py', 'a.py', true],
    ['*.py', 'src/a.py', false],
    ['**/*.py', 'a.py', true],
    ['**/*.py', 'src/b/a.py', true],
    ['src/**', 'src/a', true],
    ['src/**', 'srcs/a', false],
    ['src/*', 'src/a/b', false],
    ['*', '.env', true],
    ['**', '.github/x.yml', true],
    ['a?c', 'abc', true],
    ['a?c', 'a/c', false],
    ['[ab].md', 'a.md', true],
    ['[!ab].md', 'a.md', false],
    ['{a,b}/c', 'b/c', true],
    ['#a', '#a', true],
    ['!a', '!a', true],
    ['!a', 'b', false],
    ['README.md', 'readme.md', false],
  ];
  for (const [glob, path, matches] of cases) it(`${glob} ${matches ? 'matches' : 'leaves'} ${path}`, () => assert.equal(compileGlob(glob)?.(path), matches));

  it('are refused when empty or too long', () => {
    assert.equal(compileGlob(''), undefined);
    assert.equal(compileGlob('a'.repeat(limits.globLength + 1)), undefined);
    assert.ok(compileGlob('a'.repeat(limits.globLength))?.('a'.repeat(limits.globLength)));
  });

  it('stay fast on hostile patterns', () => {
    const started = cpuTime();
    for (const part of ['*a', '**/', '?*', '*(a|b)', '[', '{', '{a,b}', '+(', '!(', '\\'])
      compileGlob(part.repeat(Math.floor(limits.globLength / part.length)))?.('a'.repeat(200));
    assert.ok(cpuTime() - started < 5000, `${cpuTime() - started} ms`);
  });

  it('never throw', () =>
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 30 }),
          fc
            .array(fc.constantFrom('*', '**', '/', '[', ']', '!', '{', '}', ',', '(', ')', '?', '@', '+', '\\', 'a', '-', '..'), { maxLength: 14 })
            .map((parts) => parts.join('')),
        ),
        fc.string({ maxLength: 30 }),
        (glob, path) => {
          compileGlob(glob)?.(path);
        },
      ),
      { numRuns: 300 },
    ));
});
