import { grantWords } from './grammar-grants.ts';
import type { GrantClass } from './grammar-grants.ts';
import { bitsOf, grammarWords } from './grammar-words.ts';
import type { GrammarClass, WordBits } from './grammar-words.ts';
import { hashOf } from './hash.ts';
import type { Store } from './store.ts';
import { idOfHash } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What the names of the index mean. */
export interface NameTable {
  readonly meanings: readonly (
    | {
        readonly kind: 'exact';
        readonly licence: string;
        readonly weak: boolean;
        readonly generic?: string;
        readonly sure?: boolean;
        readonly alone?: boolean;
        readonly field?: boolean;
      }
    | {
        readonly kind: 'family';
        readonly weak: boolean;
        readonly gnu: boolean;
        /** Word id of a version number -> licence; of a GNU licence without "-only" and "-or-later". */
        readonly versions: readonly (readonly [number, string])[];
        readonly bare: string | null;
      }
    | { readonly kind: 'exception'; readonly licence: string }
  )[];
  readonly relations: LicenceRelations;
}

/** What ids of the list have to do with each other. */
export interface LicenceRelations {
  /** A text that is one half of a licence -> the name of the other half, and the licence that both are. */
  readonly partner: Readonly<Record<string, readonly string[]>>;
  /** A text -> licences that are named beside it and are parts of it. */
  readonly namedBeside: Readonly<Record<string, readonly string[]>>;
  /** What is said -> the plainer licence whose text it stands beside. */
  readonly saysMore: Readonly<Record<string, string>>;
}
export const isName = 1;
export const isAddress = 2;
const noRelations: LicenceRelations = { partner: {}, namedBeside: {}, saysMore: {} };
export type Meaning = NameTable['meanings'][number];

export interface NoticeIndex {
  readonly meanings: readonly Meaning[];
  readonly relations: LicenceRelations;
  /** The tree of names: open addressing by node * 65536 + word. */
  readonly keys: Uint32Array;
  readonly next: Uint16Array;
  /** By node: number of a meaning, 0 for none. */
  readonly ends: Uint16Array;
  /** By word id: `isName` where a name begins with it, and `isAddress` where it is an address of `links`. */
  readonly begins: Uint8Array;
  /** By word id: number of the meaning of an address. */
  readonly links: Uint16Array;
  readonly classes: Uint32Array;
  readonly bit: Readonly<Record<GrammarClass, number>>;
  readonly grants: WordBits<GrantClass>;
  readonly words: Readonly<Record<'foundation' | 'fsf' | 'of' | 'see' | 'copy' | 'received' | 'full' | 'modified', number>>;
}

/** Lays the names over their sections. */
export const readNoticeIndex = (store: Store, vocabulary: Vocabulary): NoticeIndex => {
  const edges = store.words('nameEdges');
  const targets = store.shorts('nameNext');
  const size = store.bytes('weights').length;
  let length = 16;
  while (length < edges.length * 2) length *= 2;
  const keys = new Uint32Array(length);
  const next = new Uint16Array(length);
  const begins = new Uint8Array(Math.max(size, 16));
  for (let edge = 0; edge < edges.length; edge += 1) {
    const key = (edges[edge] as number) + 1;
    let slot = Math.imul(key, 0x9e3779b1) >>> 0;
    slot = (slot ^ (slot >>> 15)) & (length - 1);
    while (keys[slot] !== 0) slot = (slot + 1) & (length - 1);
    keys[slot] = key;
    next[slot] = targets[edge] as number;
    if (key <= 65_536) begins[key - 1] = isName;
  }
  const links = new Uint16Array(Math.max(size, 16));
  const pairs = store.shorts('nameLinks');
  for (let at = 0; at + 1 < pairs.length; at += 2) {
    const id = pairs[at] as number;
    links[id] = pairs[at + 1] as number;
    begins[id] = (begins[id] as number) | isAddress;
  }
  const text = store.text('names');
  const table: NameTable = text === '' ? { meanings: [], relations: noRelations } : (JSON.parse(text) as NameTable);
  const { of, bit } = bitsOf(grammarWords, vocabulary, size);
  // A word that the index lacks is no word of any file: 0 stands for all unknown ones.
  const idOf = (word: string): number => idOfHash(vocabulary, hashOf(word)) || -1;
  return {
    ...table,
    keys,
    next,
    ends: store.shorts('nameEnds'),
    begins,
    links,
    classes: of,
    bit,
    grants: bitsOf(grantWords, vocabulary, size),
    words: {
      foundation: idOf('foundation'),
      fsf: idOf('fsf'),
      of: idOf('of'),
      see: idOf('see'),
      copy: idOf('copy'),
      received: idOf('received'),
      full: idOf('full'),
      modified: idOf('modified'),
    },
  };
};

/** The node that a word leads to from another; 0 where no name goes on with it. */
export const child = (index: NoticeIndex, node: number, id: number): number => {
  const key = node * 65_536 + id + 1;
  const { keys, next } = index;
  const mask = keys.length - 1;
  let slot = Math.imul(key, 0x9e3779b1) >>> 0;
  slot = (slot ^ (slot >>> 15)) & mask;
  for (;;) {
    const found = keys[slot];
    if (found === key) return next[slot] as number;
    if (!found) return 0;
    slot = (slot + 1) & mask;
  }
};
