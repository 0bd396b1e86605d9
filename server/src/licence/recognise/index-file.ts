import { keptGrams } from './grams.ts';
import { readStore } from './store.ts';
import type { Store } from './store.ts';
import { newVocabulary } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

export const textKinds = ['text', 'notice', 'exception', 'policy'] as const;
export type TextKind = (typeof textKinds)[number];

/** By token of a known text: it may be left out; it is the ordinary wording of a place where others may stand. */
export const free = { optional: 1, variable: 2 } as const;

/** By word: what it does to the meaning of a text. */
export const weight = {
  /** Adding, dropping or replacing it changes what is permitted. */
  material: 1,
  /** It makes a sentence a condition or a prohibition. */
  condition: 2,
  /** It joins other words and says nothing by itself. */
  joining: 4,
  /** A number, which tells versions and clauses apart. */
  number: 8,
  /** It turns a permission into a prohibition. */
  negation: 16,
} as const;

/** Grams of a known text in its order: their numbers, and the first token of each. */
export interface TextGrams {
  readonly grams: Uint32Array;
  readonly tokens: Uint16Array;
}

/** Known texts as streams of word ids, and where their grams are. */
export interface LicenceIndex {
  readonly store: Store;
  readonly vocabulary: Vocabulary;
  /** By id of a word. */
  readonly weights: Uint8Array;
  readonly licences: readonly string[];
  /** By licence: 1 where people take its text and change it. What is near to any other may as well be a relative that the index lacks. */
  readonly isChanged: Uint8Array;
  /** By text: number of its licence, its kind, how many of its grams are kept, how many of its tokens have to be there. */
  readonly licenceOf: Uint16Array;
  readonly kindOf: Uint8Array;
  readonly gramsOf: Uint16Array;
  readonly neededOf: Uint16Array;
  /** First token of each text, with one more for the end. */
  readonly starts: Uint32Array;
  readonly tokens: Uint16Array;
  readonly freedom: Uint8Array;
  /** By token: how many words may stand before it or in its place. */
  readonly room: Uint8Array;
  /** `exactKey` of a whole text -> the text. */
  readonly exact: ReadonlyMap<number, number>;
  /** By number of a gram its hash, rising; and by the upper bits of a hash the first gram that has them, with one more for the end. */
  readonly gramHashes: Int32Array;
  readonly gramBuckets: Uint32Array;
  /** By number of a gram, the first of its postings, with one more for the end; and the postings: texts that have it. */
  readonly gramStarts: Uint32Array;
  readonly postingTexts: Uint16Array;
  /** By text, its grams, where they were asked for: `gramsOfText`. */
  readonly textGrams: (TextGrams | undefined)[];
  /** One bit for each hash that is in the table, by its upper bits: most lookups end here. */
  readonly gramBits: Uint32Array;
}

/** Shift that leaves the bits of a hash that number a bit of `gramBits`. */
const bitShift = 12;
export const gramBitShift = bitShift;

/** Spreads runs of (first token, how many, value) over an array. */
const spread = (runs: Uint32Array, length: number): Uint8Array => {
  const out = new Uint8Array(length);
  for (let at = 0; at + 2 < runs.length; at += 3) out.fill(runs[at + 2] as number, runs[at] as number, (runs[at] as number) + (runs[at + 1] as number));
  return out;
};

type GramTable = Pick<LicenceIndex, 'gramHashes' | 'gramBuckets' | 'gramStarts' | 'postingTexts' | 'gramBits'>;

/** As many buckets as there are grams, about: one or two are looked at. */
const bucketShift = 16;
const buckets = 2 ** (32 - bucketShift);

/** Bucket of a hash; hashes are signed, and so is their order. */
const bucketOf = (hash: number): number => (hash ^ 0x80000000) >>> bucketShift;

/** The table of grams, made from the sorted list of their hashes. */
const gramTable = (store: Store): GramTable => {
  const grams = store.words('grams');
  const hashes = new Int32Array(grams.buffer, grams.byteOffset, grams.length);
  const counts = store.bytes('gramCounts');
  const starts = new Uint32Array(hashes.length + 1);
  const firsts = new Uint32Array(buckets + 1);
  const bits = new Uint32Array(2 ** (32 - bitShift - 5));
  let bucket = 0;
  for (let gram = 0; gram < hashes.length; gram += 1) {
    const hash = hashes[gram] as number;
    const own = bucketOf(hash);
    while (bucket < own) {
      bucket += 1;
      firsts[bucket] = gram;
    }
    const bit = hash >>> bitShift;
    bits[bit >>> 5] = (bits[bit >>> 5] as number) | (1 << (bit & 31));
    starts[gram + 1] = (starts[gram] as number) + (counts[gram] as number);
  }
  firsts.fill(hashes.length, bucket + 1);
  return { gramHashes: hashes, gramBuckets: firsts, gramStarts: starts, postingTexts: store.shorts('postingTexts'), gramBits: bits };
};

/** Number of the gram with a hash; -1 where the index keeps none. */
export const gramOfHash = ({ gramHashes, gramBuckets }: LicenceIndex, hash: number): number => {
  const bucket = bucketOf(hash);
  const to = gramBuckets[bucket + 1] as number;
  for (let gram = gramBuckets[bucket] as number; gram < to; gram += 1) if (gramHashes[gram] === hash) return gram;
  return -1;
};

/** More than there are grams. */
const gramRoom = 2 ** 24;

/** By gram: where in `TextGrams` it stands, from 1; all zero between two calls. */
let placeOf = new Uint32Array(0);

/** The grams of a known text, in its order; of one that is there twice, the last. They are found again when they are first asked for: few texts ever are. */
export const gramsOfText = (index: LicenceIndex, text: number): TextGrams => {
  const known = index.textGrams[text];
  if (known) return known;
  const from = index.starts[text] as number;
  const to = (index.starts[text + 1] as number) - 1;
  const { hashes, tokens, count } = keptGrams(index.tokens.subarray(from, to), index.freedom.subarray(from, to));
  if (placeOf.length < index.gramStarts.length) placeOf = new Uint32Array(index.gramStarts.length);
  // Token and gram in one number, so that the sort needs no function.
  const keys = new Float64Array(count);
  let length = 0;
  for (let number = 0; number < count; number += 1) {
    const gram = gramOfHash(index, hashes[number] as number);
    if (gram < 0) continue;
    let place = placeOf[gram] as number;
    if (place === 0) {
      length += 1;
      place = length;
      placeOf[gram] = place;
    }
    keys[place - 1] = (tokens[number] as number) * gramRoom + gram;
  }
  const sorted = keys.subarray(0, length).sort();
  const made = { grams: new Uint32Array(length), tokens: new Uint16Array(length) };
  for (let place = 0; place < length; place += 1) {
    const token = Math.floor((sorted[place] as number) / gramRoom);
    const gram = (sorted[place] as number) - token * gramRoom;
    made.tokens[place] = token;
    made.grams[place] = gram;
    placeOf[gram] = 0;
  }
  index.textGrams[text] = made;
  return made;
};

const vocabularyOf = (store: Store): Vocabulary =>
  newVocabulary(store.words('wordHashes'), store.shorts('wordIds'), store.bytes('weights').length, store.shorts('wordParts'));

/** Reads the index from the bytes of its file; undefined where they are no index of this version. */
export const readLicenceIndex = (file: Uint8Array): LicenceIndex | undefined => {
  const store = readStore(file);
  if (!store) return undefined;
  const tokens = store.shorts('tokens');
  const exactKeys = store.words('exactKeys');
  return {
    store,
    vocabulary: vocabularyOf(store),
    weights: store.bytes('weights'),
    licences: store.text('licences').split('\n'),
    isChanged: store.bytes('isChanged'),
    licenceOf: store.shorts('textLicence'),
    kindOf: store.bytes('textKind'),
    gramsOf: store.shorts('textGrams'),
    neededOf: store.shorts('textNeeded'),
    starts: store.words('textStarts'),
    tokens,
    freedom: spread(store.words('freedom'), tokens.length),
    room: spread(store.words('room'), tokens.length),
    exact: new Map(Array.from(store.shorts('exactTexts'), (text, at) => [Number(exactKeys[at * 2]) * 2 ** 20 + Number(exactKeys[at * 2 + 1]), text])),
    textGrams: [],
    ...gramTable(store),
  };
};
