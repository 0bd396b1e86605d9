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
  /** Grams: an open-addressing table of hashes, and for each slot the number of the gram. */
  readonly gramHashes: Int32Array;
  readonly gramNumbers: Uint32Array;
  /** By number of a gram, the first of its postings, with one more for the end; and the postings: texts that have it. */
  readonly gramStarts: Uint32Array;
  readonly postingTexts: Uint16Array;
  /** By text, the first of its grams, with one more for the end; and the grams in the order of the text: the gram's number, and its first token. */
  readonly textGramStarts: Uint32Array;
  readonly textGrams: Uint32Array;
  readonly textGramTokens: Uint16Array;
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

type GramTable = Pick<LicenceIndex, 'gramHashes' | 'gramNumbers' | 'gramStarts' | 'postingTexts' | 'gramBits'>;
type TextGrams = Pick<LicenceIndex, 'textGramStarts' | 'textGrams' | 'textGramTokens'>;

/** The table of grams, made from the sorted list of their hashes: the file needs no room for empty slots. */
const gramTable = (store: Store): GramTable => {
  const grams = store.words('grams');
  const counts = store.bytes('gramCounts');
  let length = 1024;
  while (length < grams.length * 2) length *= 2;
  const hashes = new Int32Array(length);
  const numbers = new Uint32Array(length);
  const starts = new Uint32Array(grams.length + 1);
  const bits = new Uint32Array(2 ** (32 - bitShift - 5));
  for (let gram = 0; gram < grams.length; gram += 1) {
    const hash = (grams[gram] as number) | 0;
    let slot = hash & (length - 1);
    while (hashes[slot] !== 0) slot = (slot + 1) & (length - 1);
    hashes[slot] = hash;
    numbers[slot] = gram;
    const bit = hash >>> bitShift;
    bits[bit >>> 5] = (bits[bit >>> 5] as number) | (1 << (bit & 31));
    starts[gram + 1] = (starts[gram] as number) + (counts[gram] as number);
  }
  return {
    gramHashes: hashes,
    gramNumbers: numbers,
    gramStarts: starts,
    postingTexts: store.shorts('postingTexts'),
    gramBits: bits,
  };
};

/** The grams of each text in its order, from the lists of texts of each gram. */
const gramsByText = (store: Store, { gramStarts, postingTexts }: GramTable, starts: Uint32Array, length: number): TextGrams => {
  const postingTokens = store.shorts('postingTokens');
  // By token of all texts, the last posting that begins there, from 1, and by posting the one before it: walked through in order, that sorts them.
  const lastAt = new Uint32Array(length);
  const previous = new Uint32Array(postingTexts.length);
  const gramOf = new Uint32Array(postingTexts.length);
  for (let gram = 0; gram + 1 < gramStarts.length; gram += 1) {
    const to = gramStarts[gram + 1] as number;
    for (let posting = gramStarts[gram] as number; posting < to; posting += 1) {
      const at = (starts[postingTexts[posting] as number] as number) + (postingTokens[posting] as number);
      gramOf[posting] = gram;
      previous[posting] = lastAt[at] as number;
      lastAt[at] = posting + 1;
    }
  }
  const texts = starts.length - 1;
  const textGramStarts = new Uint32Array(texts + 1);
  const textGrams = new Uint32Array(postingTexts.length);
  const textGramTokens = new Uint16Array(postingTexts.length);
  let next = 0;
  for (let text = 0; text < texts; text += 1) {
    const from = starts[text] as number;
    const to = starts[text + 1] as number;
    for (let at = from; at < to; at += 1) {
      for (let posting = lastAt[at] as number; posting !== 0; posting = previous[posting - 1] as number) {
        textGrams[next] = gramOf[posting - 1] as number;
        textGramTokens[next] = at - from;
        next += 1;
      }
    }
    textGramStarts[text + 1] = next;
  }
  return { textGramStarts, textGrams, textGramTokens };
};

const vocabularyOf = (store: Store): Vocabulary =>
  newVocabulary(store.words('wordHashes'), store.shorts('wordIds'), store.bytes('weights').length, store.shorts('wordParts'));

/** Reads the index from the bytes of its file; undefined where they are no index of this version. */
export const readLicenceIndex = (file: Uint8Array): LicenceIndex | undefined => {
  const store = readStore(file);
  if (!store) return undefined;
  const tokens = store.shorts('tokens');
  const exactKeys = store.words('exactKeys');
  const starts = store.words('textStarts');
  const table = gramTable(store);
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
    starts,
    tokens,
    freedom: spread(store.words('freedom'), tokens.length),
    room: spread(store.words('room'), tokens.length),
    exact: new Map(Array.from(store.shorts('exactTexts'), (text, at) => [Number(exactKeys[at * 2]) * 2 ** 20 + Number(exactKeys[at * 2 + 1]), text])),
    ...table,
    ...gramsByText(store, table, starts, tokens.length),
  };
};
