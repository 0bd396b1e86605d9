/** FNV-1a, 32 bits; signed, since the engine keeps those without allocating: https://datatracker.ietf.org/doc/draft-eastlake-fnv/. */
export const hashSeed = 0x811c9dc5;
export const hashPrime = 0x01000193;
/** Addresses are hashed from another seed, so that none is taken for a word. */
export const linkSeed = 0x2c1b3c6d;

/** Hash of a word in lower case, as `tokenise` makes it. Zero marks an empty slot, so no word has it. */
export const hashOf = (word: string, seed = hashSeed): number => {
  let hash = seed;
  for (const byte of new TextEncoder().encode(word)) hash = Math.imul(hash ^ byte, hashPrime);
  return hash | 0 || 1;
};
