import assert from 'node:assert/strict';
import { memoLast } from '../../server/src/knowledge/lookup.ts';

describe('what is computed once', () => {
  for (const [title, asked, expected] of [
    ['the same again', ['a', 'a'], 1],
    ['another, and the first again', ['a', 'b', 'a'], 3],
    ['the same beside another', ['a c', 'a b', 'a b'], 2],
  ] as const)
    it(title, () => {
      const made: string[] = [];
      const memo = memoLast((...keys: readonly string[]) => (made.push(keys.join(' ')), keys.length));
      assert.deepEqual(
        asked.map((keys) => memo(...keys.split(' '))),
        asked.map((keys) => keys.split(' ').length),
      );
      assert.equal(made.length, expected);
    });
});
