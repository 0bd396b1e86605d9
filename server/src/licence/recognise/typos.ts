import { hashPrime, hashSeed } from './hash.ts';
import { idOfHash } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Letters of the shortest and of the longest word whose slips are looked for. */
const shortest = 4;
const longest = 18;

const lowerLetters = (bytes: Uint8Array, from: number, to: number): Uint8Array => {
  const out: number[] = [];
  for (let at = from; at < to; at += 1) {
    const byte = bytes[at] as number;
    if (byte >= 65 && byte <= 90) out.push(byte + 32);
    else if (byte >= 97 && byte <= 122) out.push(byte);
  }
  return Uint8Array.from(out);
};

const hashFrom = (seed: number, letters: Uint8Array, from: number): number => {
  let hash = seed;
  for (let at = from; at < letters.length; at += 1) hash = Math.imul(hash ^ (letters[at] as number), hashPrime);
  return hash;
};

/** Is the stretch, its words read as one, the wanted word: "p rofits"? */
export const isBroken = (bytes: Uint8Array, from: number, to: number, wanted: ReadonlySet<number>, vocabulary: Vocabulary): number => {
  if (to - from > longest + 6) return 0;
  const id = idOfHash(vocabulary, hashFrom(hashSeed, lowerLetters(bytes, from, to), 0) | 0 || 1);
  return wanted.has(id) ? id : 0;
};

/**
 * Which of the wanted words an unknown one is, but for one letter too many, too few, wrong, or two in each other's place; 0 for none.
 * The index has hashes alone, so each slip is undone and looked up: some 500 look-ups for a word.
 */
export const slipOf = (bytes: Uint8Array, from: number, to: number, wanted: ReadonlySet<number>, vocabulary: Vocabulary): number => {
  const word = lowerLetters(bytes, from, to);
  if (word.length < shortest || word.length > longest || wanted.size === 0) return 0;
  // What stands before the slip is hashed once, what stands behind it each time.
  const found = (head: number, rest: number): number => {
    const id = idOfHash(vocabulary, hashFrom(head, word, rest) | 0 || 1);
    return wanted.has(id) ? id : 0;
  };
  let head: number = hashSeed;
  for (let at = 0; at <= word.length; at += 1) {
    const letter = word[at] ?? 0;
    if (at < word.length) {
      const dropped = found(head, at + 1);
      if (dropped !== 0) return dropped;
    }
    if (at + 1 < word.length) {
      const swapped = found(Math.imul(Math.imul(head ^ (word[at + 1] as number), hashPrime) ^ letter, hashPrime), at + 2);
      if (swapped !== 0) return swapped;
    }
    for (let other = 97; other <= 122 && at < word.length; other += 1) {
      const replaced = found(Math.imul(head ^ other, hashPrime), at + 1);
      if (replaced !== 0) return replaced;
    }
    for (let other = 97; other <= 122; other += 1) {
      const added = found(Math.imul(head ^ other, hashPrime), at);
      if (added !== 0) return added;
    }
    head = Math.imul(head ^ letter, hashPrime);
  }
  return 0;
};
