import assert from 'node:assert/strict';
import fc from 'fast-check';
import { endingFinder, somePair } from '../../server/src/text/near-signs.ts';

const noRun = { numRuns: 500 };

describe('names beside their signs', () => {
  const sign = fc.constantFrom('a', 'B', '7', '.', '-', '_', '/', '"', ' ', '\n', 'bin', '.bin', '.BIN', '.tar.gz', 'é');
  const text = fc.array(sign, { maxLength: 24 }).map((signs) => signs.join(''));

  it('have the endings that an expression finds', () => {
    const find = endingFinder(['.bin', '.tar.gz', '.b']);
    fc.assert(
      fc.property(text, (where) => assert.equal(find(where), /\.(?:bin|tar\.gz|b)(?![\w.-])/i.test(where))),
      noRun,
    );
  });

  it('are told where they stand', () => {
    const found: string[] = [];
    endingFinder(['.bin'])('a.bin b.BIN c.binary', (dot, end) => {
      found.push(`a.bin b.BIN c.binary`.slice(dot - 1, end));
      return false;
    });
    assert.deepEqual(found, ['a.bin', 'b.BIN']);
  });

  it('are pairs where an expression finds one', () => {
    const pairs = (where: string): readonly string[] => {
      const out: string[] = [];
      somePair(where, (start, end) => out.push(where.slice(start, end)) < 0);
      return out;
    };
    fc.assert(
      fc.property(text, (where) =>
        assert.deepEqual(
          pairs(where),
          [...where.matchAll(/(?<![\w./-])[A-Za-z0-9][\w.-]{0,60}\/[A-Za-z0-9][\w.-]{0,95}(?![\w./-])/g)].map(([pair]) => pair),
        ),
      ),
      noRun,
    );
  });

  for (const [name, where, expected] of [
    ['a name of the longest kind', `"${'a'.repeat(61)}/${'b'.repeat(96)}"`, true],
    ['an owner that is too long', `"${'a'.repeat(62)}/b"`, false],
    ['a name that is too long', `"a/${'b'.repeat(97)}"`, false],
  ] as const)
    it(`${expected ? 'are' : 'are not'} a pair with ${name}`, () =>
      assert.equal(
        somePair(where, () => true),
        expected,
      ));
});
