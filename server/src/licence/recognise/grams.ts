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

/** Numbers of the grams that are kept of a stream go `into` an array with room for them. Returns how many. */
const winnow = (hashes: Int32Array, grams: number, into: Int32Array): number => {
  let kept = 0;
  let least = -1;
  for (let from = 0; from + gramWindow <= grams || from === 0; from += 1) {
    const end = Math.min(grams, from + gramWindow);
    const before = least;
    // The least of the window before stays it, unless it is no longer there or the one that came is less.
    let at = end - 1;
    if (least < from) {
      least = from;
      at = from + 1;
    }
    for (; at < end; at += 1) if ((hashes[at] as number) <= (hashes[least] as number)) least = at;
    if (least !== before && least < grams) {
      into[kept] = least;
      kept += 1;
    }
  }
  return kept;
};

/** Grams of a known text that are kept: by number the hash, and the first token. A hash may be there twice; the arrays are used again. */
export interface KeptGrams {
  readonly hashes: Int32Array;
  readonly tokens: Int32Array;
  readonly count: number;
  /** How many, from the first on, are those of the text with its optional parts. */
  readonly whole: number;
}

/** Texts with fewer grams keep all of them. */
const fewGrams = 24;

let all = new Int32Array(1 << 10);
let chosen = new Int32Array(1 << 10);
let places = new Uint16Array(1 << 10);
let present = new Uint16Array(1 << 10);
let keptHashes = new Int32Array(1 << 11);
let keptTokens = new Int32Array(1 << 11);

const prepare = (length: number): void => {
  if (all.length > length) return;
  all = new Int32Array(length * 2);
  chosen = new Int32Array(length * 2);
  places = new Uint16Array(length * 2);
  present = new Uint16Array(length * 2);
  keptHashes = new Int32Array(length * 4);
  keptTokens = new Int32Array(length * 4);
};

/**
 * Grams of a whole text, and of what is left when the optional parts are not there: a gram over a gap is found in both.
 * @param freedom by token: not zero where it may be left out
 */
export const keptGrams = (ids: Uint16Array, freedom: Uint8Array): KeptGrams => {
  prepare(ids.length);
  let count = 0;
  const take = (taken: Uint16Array, length: number, isWhole: boolean): void => {
    const grams = gramHashes(taken, length, all);
    const kept = grams < fewGrams ? grams : winnow(all, grams, chosen);
    for (let number = 0; number < kept; number += 1) {
      const at = grams < fewGrams ? number : (chosen[number] as number);
      keptHashes[count] = all[at] as number;
      keptTokens[count] = isWhole ? at : (places[at] as number);
      count += 1;
    }
  };
  take(ids, ids.length, true);
  const whole = count;
  let length = 0;
  for (let at = 0; at < ids.length; at += 1) {
    if (freedom[at] !== 0) continue;
    places[length] = at;
    present[length] = ids[at] as number;
    length += 1;
  }
  if (length < ids.length) take(present, length, false);
  return { hashes: keptHashes, tokens: keptTokens, count, whole };
};
