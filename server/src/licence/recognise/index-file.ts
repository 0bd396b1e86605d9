import { readStore } from './store.ts';
import type { Store } from './store.ts';
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
} as const;

/** Known texts as streams of word ids, and where their grams are. */
export interface LicenceIndex {
  readonly store: Store;
  readonly vocabulary: Vocabulary;
  /** By id of a word. */
  readonly weights: Uint8Array;
  readonly licences: readonly string[];
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
  /** Grams: an open-addressing table of hashes, and for each slot the first posting; a posting is text * 65536 + token. */
  readonly gramHashes: Uint32Array;
  readonly gramPlaces: Uint32Array;
  readonly postings: Uint32Array;
  /** One bit for each hash that is in the table, by its upper bits: most lookups end here. */
  readonly gramBits: Uint32Array;
}

/** Shift that leaves the bits of a hash that number a bit of `gramBits`. */
export const gramBitShift = 12;

/** Lays the index over the bytes of its file, of which nothing is copied; undefined where they are no index of this version. */
export const readLicenceIndex = (file: Uint8Array): LicenceIndex | undefined => {
  const store = readStore(file);
  if (!store) return undefined;
  return {
    store,
    vocabulary: {
      hashes: store.words('wordHashes'),
      ids: store.shorts('wordIds'),
      firstPart: store.shorts('firstParts'),
      secondPart: store.shorts('secondParts'),
    },
    weights: store.bytes('weights'),
    licences: store.text('licences').split('\n'),
    licenceOf: store.shorts('textLicence'),
    kindOf: store.bytes('textKind'),
    gramsOf: store.shorts('textGrams'),
    neededOf: store.shorts('textNeeded'),
    starts: store.words('textStarts'),
    tokens: store.shorts('tokens'),
    freedom: store.bytes('freedom'),
    room: store.bytes('room'),
    gramHashes: store.words('gramHashes'),
    gramPlaces: store.words('gramPlaces'),
    postings: store.words('postings'),
    gramBits: store.words('gramBits'),
  };
};
