/** Ids of tokens that are no words of any text. */
export const unknownWord = 0;
export const unknownNumber = 1;
export const unknownLink = 2;
export const copyrightSign = 3;
export const plusSign = 4;
export const mailAddress = 5;
/** Ids from here on are words, numbers and addresses of the index. */
export const firstWord = 8;

/** Words of the index by hash: an open-addressing table, its length a power of two. */
export interface Vocabulary {
  /** Zero where the slot is free. */
  readonly hashes: Int32Array;
  /** Id of the word in the same slot. */
  readonly ids: Uint16Array;
  /** By id: the ids that stand for it where it is written as one word ("noncommercial" is "non commercial"), else 0. */
  readonly firstPart: Uint16Array;
  readonly secondPart: Uint16Array;
}

/** Id of a hash; `unknownWord` where the index has no such word. */
export const idOfHash = (vocabulary: Vocabulary, hash: number): number => {
  const { hashes, ids } = vocabulary;
  const mask = hashes.length - 1;
  let slot = (hash ^ (hash >>> 15)) & mask;
  for (;;) {
    const found = hashes[slot];
    if (found === hash) return ids[slot] ?? unknownWord;
    if (!found) return unknownWord;
    slot = (slot + 1) & mask;
  }
};

/** The slots for pairs of hash and id, at most half full. */
export const newVocabulary = (
  pairs: readonly (readonly [hash: number, id: number])[],
  words: number,
  parts: readonly (readonly [id: number, first: number, second: number])[],
): Vocabulary => {
  let length = 1024;
  while (length < pairs.length * 2) length *= 2;
  const hashes = new Int32Array(length);
  const ids = new Uint16Array(length);
  for (const [hash, id] of pairs) {
    let slot = (hash ^ (hash >>> 15)) & (length - 1);
    while (hashes[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & (length - 1);
    hashes[slot] = hash;
    ids[slot] = id;
  }
  const firstPart = new Uint16Array(words);
  const secondPart = new Uint16Array(words);
  for (const [id, first, second] of parts) {
    firstPart[id] = first;
    secondPart[id] = second;
  }
  return { hashes, ids, firstPart, secondPart };
};
