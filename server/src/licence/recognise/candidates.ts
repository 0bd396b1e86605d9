import { gramHashes, gramLength, gramWindow } from './grams.ts';
import { gramBitShift, gramOfHash, gramsOfText } from './index-file.ts';
import type { LicenceIndex } from './index-file.ts';
import type { Tokens } from './tokens.ts';

/** Pairs of token numbers, in the file and in a known text, at which both have the same gram; in the order of the file. The arrays are longer than `count`. */
export interface Places {
  count: number;
  files: Int32Array;
  tokens: Int32Array;
}

/** Texts that share grams with a file, those that share most first. Their places are told one by one, since few are asked for. */
export interface Candidates {
  readonly count: number;
  readonly textOf: (number: number) => number;
  /** Grams that the text has in common with the file. */
  readonly sharedOf: (number: number) => number;
  /** Valid until the next call. */
  readonly placesOf: (number: number) => Places;
}

/** Grams that two texts share of all kept ones of the known text, in hundredths, below which it is no candidate. */
const leastShare = 30;
/** Tokens between two grams that winnowing keeps. */
const tokensPerGram = 4;
/** Most candidates of one file, and one more for so many tokens: a file with more texts is a collection. */
const mostCandidates = 400;
const tokensPerCandidate = 40;
/** Places of one text in one file that are looked at. */
const mostPlaces = 100_000;
/** Moves by place from which on sorting by insertion does not pay. */
const mostMoves = 8;

interface Scratch {
  hashes: Int32Array;
  /** Grams of the file that are in the index: where each is, and the one before it with the same gram. */
  places: Int32Array;
  previous: Int32Array;
  /** By gram: the last of them, counted on from file to file, so that numbers up to `before` are of files before. */
  last: Int32Array;
  /** By text: grams it has in common with the file. */
  votes: Int32Array;
  chosen: Float64Array;
}
const scratch: Scratch = {
  hashes: new Int32Array(1 << 14),
  places: new Int32Array(1 << 14),
  previous: new Int32Array(1 << 14),
  last: new Int32Array(0),
  votes: new Int32Array(0),
  chosen: new Float64Array(0),
};
const found: Places = { count: 0, files: new Int32Array(1 << 12), tokens: new Int32Array(1 << 12) };
let before = 0;
let after = 0;
/** Where counting begins anew. */
const mostCounted = 2 ** 30;

const prepare = (tokens: Tokens, index: LicenceIndex): void => {
  if (scratch.hashes.length < tokens.count + 1) {
    scratch.hashes = new Int32Array(tokens.count * 2);
    scratch.places = new Int32Array(tokens.count * 2);
    scratch.previous = new Int32Array(tokens.count * 2);
  }
  const grams = index.gramStarts.length;
  const texts = index.licenceOf.length;
  if (scratch.last.length < grams) scratch.last = new Int32Array(grams);
  if (scratch.votes.length < texts) {
    scratch.votes = new Int32Array(texts);
    scratch.chosen = new Float64Array(texts);
  }
  before = after;
  if (before < mostCounted) return;
  before = 0;
  scratch.last.fill(0);
};

/** Looks up the grams of a stream, and counts for each text how many it has of them. */
const count = (tokens: Tokens, index: LicenceIndex): void => {
  const { gramStarts, postingTexts, gramBits } = index;
  const { hashes, places, previous, last, votes } = scratch;
  const base = before;
  const grams = gramHashes(tokens.ids, tokens.count, hashes);
  let hits = 0;
  for (let at = 0; at < grams; at += 1) {
    const hash = hashes[at] as number;
    const bit = hash >>> gramBitShift;
    if (((gramBits[bit >>> 5] as number) & (1 << (bit & 31))) === 0) continue;
    const gram = gramOfHash(index, hash);
    if (gram < 0) continue;
    places[hits] = at;
    previous[hits] = Math.max(0, (last[gram] as number) - base);
    hits += 1;
    last[gram] = base + hits;
    const to = gramStarts[gram + 1] as number;
    for (let posting = gramStarts[gram] as number; posting < to; posting += 1) {
      const text = postingTexts[posting] as number;
      votes[text] = (votes[text] as number) + 1;
    }
  }
  after = base + hits;
};

const widen = (): void => {
  const files = new Int32Array(found.files.length * 2);
  files.set(found.files);
  const tokens = new Int32Array(found.tokens.length * 2);
  tokens.set(found.tokens);
  found.files = files;
  found.tokens = tokens;
};

let keys = new Float64Array(0);

/** Puts the places in the order of the file. They are in the order of the text, which is the same where one copy is there. */
const sort = (): void => {
  const { count: length, files, tokens } = found;
  let moves = 0;
  for (let at = 1; at < length; at += 1) {
    const place = files[at] as number;
    const token = tokens[at] as number;
    let to = at;
    while (to > 0 && ((files[to - 1] as number) > place || (files[to - 1] === place && (tokens[to - 1] as number) > token))) {
      files[to] = files[to - 1] as number;
      tokens[to] = tokens[to - 1] as number;
      to -= 1;
    }
    files[to] = place;
    tokens[to] = token;
    moves += at - to;
    if (moves > length * mostMoves) break;
  }
  if (moves <= length * mostMoves) return;
  if (keys.length < length) keys = new Float64Array(found.files.length);
  for (let at = 0; at < length; at += 1) keys[at] = (files[at] as number) * 65_536 + (tokens[at] as number);
  keys.subarray(0, length).sort();
  for (let at = 0; at < length; at += 1) {
    const key = keys[at] as number;
    const place = Math.floor(key / 65_536);
    files[at] = place;
    tokens[at] = key - place * 65_536;
  }
};

const placesIn = (text: number, index: LicenceIndex): Places => {
  const { grams, tokens } = gramsOfText(index, text);
  const { last, places, previous } = scratch;
  let length = 0;
  for (let at = 0; at < grams.length; at += 1) {
    const gram = grams[at] as number;
    for (let hit = (last[gram] as number) - before; hit > 0 && length < mostPlaces; hit = previous[hit - 1] as number) {
      if (length === found.files.length) widen();
      found.files[length] = places[hit - 1] as number;
      found.tokens[length] = tokens[at] as number;
      length += 1;
    }
  }
  found.count = length;
  sort();
  return found;
};

/** The known texts that share enough grams with a file. Valid until the next call. */
export const findCandidates = (tokens: Tokens, index: LicenceIndex): Candidates => {
  prepare(tokens, index);
  const { votes } = scratch;
  let size = 0;
  if (tokens.count >= gramLength) {
    count(tokens, index);
    const { gramsOf, neededOf } = index;
    for (let text = 0; text < gramsOf.length; text += 1) {
      const shared = votes[text] as number;
      if (shared === 0) continue;
      votes[text] = 0;
      // Of a text with many variable parts, few grams can be there.
      const grams = Math.max(1, Math.min(gramsOf[text] as number, Math.floor((neededOf[text] as number) / tokensPerGram)));
      if (shared * 100 < grams * leastShare || (shared === 1 && grams > gramWindow)) continue;
      // Text and votes in one number, so that the sort needs no function; less than zero, so that the most come first.
      scratch.chosen[size] = text - shared * 65_536;
      size += 1;
    }
    scratch.chosen.subarray(0, size).sort();
  }
  const { chosen } = scratch;
  const sharedOf = (number: number): number => Math.ceil(-(chosen[number] as number) / 65_536);
  const textOf = (number: number): number => (chosen[number] as number) + sharedOf(number) * 65_536;
  return {
    count: Math.min(size, mostCandidates + Math.floor(tokens.count / tokensPerCandidate)),
    textOf,
    sharedOf,
    placesOf: (number) => placesIn(textOf(number), index),
  };
};
