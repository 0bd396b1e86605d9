import type { Knowledge } from '../knowledge/types.ts';
import { isWide } from '../text/decode.ts';
import { groupFinder } from '../text/needles.ts';
import { readers } from './index.ts';
import type { Reader } from './types.ts';

/** Readers that look for words, by their bit. */
const bits: ReadonlyMap<Reader, number> = new Map(readers.filter(({ words }) => words !== undefined).map((reader, place) => [reader, 1 << place]));

type Search = (bytes: Uint8Array) => number;

/** A search for the words of some readers. To make one takes longer than to read a card, so each kind of file has its own, made when the first is read. */
const searchFor = (wanted: number, knowledge: Knowledge): Search => {
  let always = 0;
  const groups = [...bits].map(([{ words }, bit]) => {
    if ((wanted & bit) === 0) return { needles: [] };
    try {
      return words?.(knowledge) ?? { needles: [] };
    } catch {
      // A throw would be a bug of ours: the reader then fails for itself, and is told.
      always |= bit;
      return { needles: [] };
    }
  });
  const find = groupFinder(groups);
  return (bytes) => find(bytes, wanted & ~always) | always;
};

const searches = new WeakMap<Knowledge, Map<number, Search>>();

/** Tells of each reader of a file whether one of its words stands there: undefined of those that look for none. One pass over the bytes for all of them. */
export const wordedIn = (some: readonly Reader[], bytes: Uint8Array, knowledge: Knowledge): ((reader: Reader) => boolean | undefined) => {
  let wanted = 0;
  for (const reader of some) wanted |= bits.get(reader) ?? 0;
  const made = searches.get(knowledge) ?? new Map<number, Search>();
  searches.set(knowledge, made);
  let search = made.get(wanted);
  if (!search) {
    search = searchFor(wanted, knowledge);
    made.set(wanted, search);
  }
  // Of UTF-16 only the text could tell.
  const found = isWide(bytes) ? wanted : search(bytes);
  return (reader) => {
    const bit = bits.get(reader);
    return bit === undefined ? undefined : (found & bit) !== 0;
  };
};
