/** Tokens of one gram. */
export const gramLength = 6;
/** Of so many grams in a row the one with the least hash is kept: each run of `gramLength + gramWindow - 1` equal words has one that both texts keep. */
export const gramWindow = 8;

const base = 0x01000193;
/** base ** gramLength, what the token that leaves a gram has been multiplied by. */
const leaving = ((): number => {
  let power = 1;
  for (let i = 0; i < gramLength; i += 1) power = Math.imul(power, base);
  return power;
})();

/** Puts the bits of a rolling hash in disorder, so that its least value is at no preferred place. Zero marks an empty slot. */
const mixed = (hash: number): number => {
  let mix = hash ^ (hash >>> 15);
  mix = Math.imul(mix, 0x2c1b3c6d);
  mix ^= mix >>> 12;
  mix = Math.imul(mix, 0x297a2d39);
  return mix ^ (mix >>> 15) || 1;
};

/** Hashes of all grams of a token stream, by number of the first token. `into` has room for them. Returns how many. */
export const gramHashes = (ids: Uint16Array, count: number, into: Int32Array): number => {
  let hash = 0;
  const grams = count - gramLength + 1;
  for (let at = 0; at < count; at += 1) {
    hash = (Math.imul(hash, base) + (ids[at] as number) + 1) | 0;
    if (at >= gramLength) hash = (hash - Math.imul((ids[at - gramLength] as number) + 1, leaving)) | 0;
    if (at >= gramLength - 1) into[at - gramLength + 1] = mixed(hash);
  }
  return Math.max(0, grams);
};

/** Numbers of the grams that are kept of a stream. */
export const winnow = (hashes: Int32Array, grams: number): readonly number[] => {
  const kept: number[] = [];
  let last = -1;
  for (let from = 0; from + gramWindow <= grams || from === 0; from += 1) {
    let least = from;
    for (let at = from + 1; at < Math.min(grams, from + gramWindow); at += 1) if ((hashes[at] as number) <= (hashes[least] as number)) least = at;
    if (least !== last && least < grams) kept.push(least);
    last = least;
    if (from + gramWindow >= grams) break;
  }
  return kept;
};

/** Grams of a known text that are kept, by hash: the number of the first token. */
export interface KeptGrams {
  readonly found: ReadonlyMap<number, number>;
  /** How many of them the text has with its optional parts. */
  readonly whole: number;
}

/** Texts with fewer grams keep all of them. */
const fewGrams = 24;

/**
 * Grams of a whole text, and of what is left when the optional parts are not there: a gram over a gap is found in both.
 * @param freedom by token: not zero where it may be left out
 */
export const keptGrams = (ids: Uint16Array, freedom: Uint8Array): KeptGrams => {
  const found = new Map<number, number>();
  const hashes = new Int32Array(ids.length + 1);
  const take = (taken: Uint16Array, places: Uint16Array | undefined): void => {
    const count = gramHashes(taken, taken.length, hashes);
    const kept = count < fewGrams ? Array.from({ length: count }, (_, at) => at) : winnow(hashes, count);
    for (const at of kept) found.set(hashes[at] as number, places ? (places[at] as number) : at);
  };
  take(ids, undefined);
  const whole = found.size;
  if (freedom.some((flag) => flag !== 0)) {
    const places = Uint16Array.from(ids.keys()).filter((at) => freedom[at] === 0);
    take(
      places.map((at) => ids[at] as number),
      places,
    );
  }
  return { found, whole };
};
