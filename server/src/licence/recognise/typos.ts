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

const idOf = (letters: ArrayLike<number>, vocabulary: Vocabulary): number => {
  let hash = hashSeed;
  for (let at = 0; at < letters.length; at += 1) hash = Math.imul(hash ^ (letters[at] as number), hashPrime);
  return idOfHash(vocabulary, hash | 0 || 1);
};

/** Is the stretch, its words read as one, the wanted word: "p rofits"? */
export const isBroken = (bytes: Uint8Array, from: number, to: number, wanted: ReadonlySet<number>, vocabulary: Vocabulary): number => {
  if (to - from > longest + 6) return 0;
  const id = idOf(lowerLetters(bytes, from, to), vocabulary);
  return wanted.has(id) ? id : 0;
};

/**
 * Which of the wanted words an unknown one is, but for one letter too many, too few, wrong, or two in each other's place; 0 for none.
 * The index has hashes alone, so each slip is undone and looked up: some 500 look-ups for a word.
 */
export const slipOf = (bytes: Uint8Array, from: number, to: number, wanted: ReadonlySet<number>, vocabulary: Vocabulary): number => {
  const word = lowerLetters(bytes, from, to);
  if (word.length < shortest || word.length > longest || wanted.size === 0) return 0;
  const tried: number[] = [];
  const test = (): number => {
    const id = idOf(tried, vocabulary);
    return wanted.has(id) ? id : 0;
  };
  const set = (letters: Uint8Array): void => {
    tried.length = 0;
    for (const letter of letters) tried.push(letter);
  };
  for (let at = 0; at <= word.length; at += 1) {
    set(word);
    if (at < word.length) {
      tried.splice(at, 1);
      const dropped = test();
      if (dropped !== 0) return dropped;
      set(word);
    }
    if (at + 1 < word.length) {
      tried[at] = word[at + 1] as number;
      tried[at + 1] = word[at] as number;
      const swapped = test();
      if (swapped !== 0) return swapped;
      set(word);
    }
    for (let letter = 97; letter <= 122; letter += 1) {
      if (at < word.length) {
        tried[at] = letter;
        const replaced = test();
        if (replaced !== 0) return replaced;
      }
    }
    set(word);
    tried.splice(at, 0, 97);
    for (let letter = 97; letter <= 122; letter += 1) {
      tried[at] = letter;
      const added = test();
      if (added !== 0) return added;
    }
  }
  return 0;
};
