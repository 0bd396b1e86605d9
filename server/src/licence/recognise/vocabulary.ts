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
  /** By slot: a hash, zero where the slot is free, and the id of its word. Side by side, since they are read together. */
  readonly slots: Int32Array;
  /** By id: the ids that stand for it where it is written as one word ("noncommercial" is "non commercial"), else 0. */
  readonly firstPart: Uint16Array;
  readonly secondPart: Uint16Array;
}

/** Id of a hash; `unknownWord` where the index has no such word. */
export const idOfHash = (vocabulary: Vocabulary, hash: number): number => {
  const { slots } = vocabulary;
  const mask = slots.length - 1;
  let slot = (hash << 1) & mask;
  for (;;) {
    const found = slots[slot] as number;
    if (found === hash) return slots[slot + 1] as number;
    if (found === 0) return unknownWord;
    slot = (slot + 2) & mask;
  }
};

/**
 * The slots for hashes and their ids, at most half full.
 * @param words how many ids there are
 * @param parts triples: an id, and the two ids that it stands for
 */
export const newVocabulary = (wordHashes: ArrayLike<number>, wordIds: ArrayLike<number>, words: number, parts: ArrayLike<number>): Vocabulary => {
  let length = 2048;
  while (length < wordHashes.length * 4) length *= 2;
  const slots = new Int32Array(length);
  for (let at = 0; at < wordHashes.length; at += 1) {
    const hash = (wordHashes[at] as number) | 0;
    let slot = (hash << 1) & (length - 1);
    while (slots[slot] !== 0 && slots[slot] !== hash) slot = (slot + 2) & (length - 1);
    slots[slot] = hash;
    slots[slot + 1] = wordIds[at] as number;
  }
  const firstPart = new Uint16Array(words);
  const secondPart = new Uint16Array(words);
  for (let at = 0; at + 2 < parts.length; at += 3) {
    firstPart[parts[at] as number] = parts[at + 1] as number;
    secondPart[parts[at] as number] = parts[at + 2] as number;
  }
  return { slots, firstPart, secondPart };
};
