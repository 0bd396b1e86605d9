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
  let slot = hash & mask;
  for (;;) {
    const found = hashes[slot];
    if (found === hash) return ids[slot] ?? unknownWord;
    if (!found) return unknownWord;
    slot = (slot + 1) & mask;
  }
};

/**
 * The slots for hashes and their ids, at most half full.
 * @param words how many ids there are
 * @param parts triples: an id, and the two ids that it stands for
 */
export const newVocabulary = (wordHashes: ArrayLike<number>, wordIds: ArrayLike<number>, words: number, parts: ArrayLike<number>): Vocabulary => {
  let length = 1024;
  while (length < wordHashes.length * 2) length *= 2;
  const hashes = new Int32Array(length);
  const ids = new Uint16Array(length);
  for (let at = 0; at < wordHashes.length; at += 1) {
    const hash = (wordHashes[at] as number) | 0;
    let slot = hash & (length - 1);
    while (hashes[slot] !== 0 && hashes[slot] !== hash) slot = (slot + 1) & (length - 1);
    hashes[slot] = hash;
    ids[slot] = wordIds[at] as number;
  }
  const firstPart = new Uint16Array(words);
  const secondPart = new Uint16Array(words);
  for (let at = 0; at + 2 < parts.length; at += 3) {
    firstPart[parts[at] as number] = parts[at + 1] as number;
    secondPart[parts[at] as number] = parts[at + 2] as number;
  }
  return { hashes, ids, firstPart, secondPart };
};
