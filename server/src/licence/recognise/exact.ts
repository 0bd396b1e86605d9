import { hashOf } from './hash.ts';
import { weight } from './index-file.ts';
import { atLine } from './marks.ts';
import type { Tokens } from './tokens.ts';
import { copyrightSign, idOfHash } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Ids of "copyright", and of "all rights reserved", which are no part of what a text permits. */
interface Statement {
  readonly copyright: number;
  readonly reserved: readonly number[];
}

const made = new WeakMap<Vocabulary, Statement>();

const statementOf = (vocabulary: Vocabulary): Statement => {
  const known = made.get(vocabulary);
  if (known) return known;
  const idOf = (word: string): number => idOfHash(vocabulary, hashOf(word));
  const built = { copyright: idOf('copyright'), reserved: ['all', 'rights', 'reserved'].map(idOf) };
  made.set(vocabulary, built);
  return built;
};

const shift = 2 ** 20;

/**
 * One number for the words of a whole file, copyright lines left out: most licence files are a known text with its holder's name.
 * 52 bits of hash; -1 where a line with a copyright statement says more than whose it is.
 */
export const exactKey = (tokens: Pick<Tokens, 'count' | 'ids' | 'marks'>, vocabulary: Vocabulary, weights: Uint8Array): number => {
  const { ids, marks, count } = tokens;
  const { copyright, reserved } = statementOf(vocabulary);
  let high = 0x811c9dc5;
  let low = 0x2c1b3c6d;
  for (let at = 0; at < count; at += 1) {
    const id = ids[at] as number;
    if ((id === copyright || id === copyrightSign) && ((marks[at] as number) & atLine) !== 0) {
      at += 1;
      while (at < count && ((marks[at] as number) & atLine) === 0) {
        if (((weights[ids[at] as number] as number) & weight.condition) !== 0) return -1;
        at += 1;
      }
      at -= 1;
      continue;
    }
    if (id === reserved[0] && ids[at + 1] === reserved[1] && ids[at + 2] === reserved[2]) {
      at += 2;
      continue;
    }
    high = Math.imul(high ^ id, 0x01000193);
    low = Math.imul(low + id, 0x5bd1e995) ^ (low >>> 13);
  }
  return (high >>> 0) * shift + (low >>> 12);
};
