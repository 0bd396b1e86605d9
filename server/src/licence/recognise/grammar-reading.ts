import type { GrammarClass } from './grammar-words.ts';
import { child } from './grammar-names.ts';
import type { Meaning, NoticeIndex } from './grammar-names.ts';
import { mark } from './marks.ts';
import type { Tokens } from './tokens.ts';
import { plusSign } from './vocabulary.ts';

/** Words of the longest name, and fillers between two of its words. */
const longestName = 24;
const mostFillers = 3;
/** Tokens that are passed over between a name and its version, and a version and "or later". */
const reach = 18;

export interface Mention {
  readonly from: number;
  to: number;
  readonly meaning: Meaning;
  readonly link: boolean;
}

export interface Reader {
  readonly tokens: Tokens;
  readonly index: NoticeIndex;
}

/** Is a token of a class of words? */
export const is = ({ tokens, index }: Reader, at: number, name: GrammarClass): boolean =>
  at >= 0 && at < tokens.count && ((index.classes[tokens.ids[at] as number] as number) & index.bit[name]) !== 0;

/** Does a sentence end before a token? */
export const stops = ({ tokens }: Reader, at: number): boolean => at < tokens.count && ((tokens.marks[at] as number) & (mark.stop | mark.paragraph)) !== 0;

/** Does a paragraph end before it? */
export const breaks = ({ tokens }: Reader, at: number): boolean => at < tokens.count && ((tokens.marks[at] as number) & mark.paragraph) !== 0;

/** The longest name that begins at a token. */
export const nameAt = (reader: Reader, taken: Uint8Array, from: number): Mention | undefined => {
  const { tokens, index } = reader;
  let node = 0;
  let best = 0;
  let to = from;
  let fillers = 0;
  for (let at = from; at < tokens.count && at < from + longestName && taken[at] === 0; at += 1) {
    if (at > from && stops(reader, at) && !(is(reader, at - 1, 'version') && !breaks(reader, at))) break;
    // "mpl, 1" lists two things.
    if (at > from && ((tokens.marks[at] as number) & (mark.listed | mark.value)) === (mark.listed | mark.value) && !is(reader, at - 1, 'licence')) break;
    const found = child(index, node, tokens.ids[at] as number);
    if (found === 0) {
      fillers += 1;
      if (at === from || fillers > mostFillers || !is(reader, at, 'filler')) break;
      continue;
    }
    fillers = 0;
    node = found;
    if ((index.ends[node] as number) !== 0) {
      best = index.ends[node] as number;
      to = at + 1;
    }
  }
  const meaning = index.meanings[best - 1];
  return meaning ? { from, to, meaning, link: false } : undefined;
};

export interface Version {
  readonly licences: readonly string[];
  /** "GPL 2": the number stands for the licence, and whether later ones will do is said elsewhere. */
  readonly short: boolean;
  readonly to: number;
}

type Family = Extract<Meaning, { readonly kind: 'family' }>;

const versionOf = (family: Family, id: number): string | undefined => family.versions.find(([version]) => version === id)?.[1];

/** What follows a version number: "or later", "only", another version. */
const readAfterNumber = (reader: Reader, family: Family, first: string, at: number, short: boolean): Version => {
  const { ids } = reader.tokens;
  if (!family.gnu) {
    // "1.1 or later" of other licences has no id of its own.
    return { licences: [first], to: at + 1, short };
  }
  if (ids[at + 1] === plusSign) return { licences: [`${first}-or-later`], to: at + 2, short: false };
  const others: string[] = [];
  let to = at + 1;
  let joined = false;
  for (let next = at + 1; next < at + 1 + reach && next < reader.tokens.count; next += 1) {
    if (breaks(reader, next)) break;
    if (stops(reader, next) && !is(reader, next - 1, 'version')) break;
    if (is(reader, next, 'later')) {
      if (!joined) break;
      return { licences: [`${first}-or-later`], to: next + 1, short: false };
    }
    if (is(reader, next, 'only')) return { licences: [`${first}-only`, ...others], to: next + 1, short: false };
    const other = joined ? versionOf(family, ids[next] as number) : undefined;
    if (other !== undefined) {
      others.push(`${other}-only`);
      to = next + 1;
      continue;
    }
    if (is(reader, next, 'or') || is(reader, next, 'and')) joined = true;
    if (!is(reader, next, 'beforeLater') && !is(reader, next, 'version')) break;
  }
  return { licences: [`${first}-only`, ...others], to, short };
};

/** The version behind a name: "... as published by the Free Software Foundation; either version 2 of the License, or ...". */
export const readVersion = (reader: Reader, family: Family, end: number): Version | undefined => {
  const { ids, count, marks } = reader.tokens;
  const { words } = reader.index;
  for (let at = end; at < count && at < end + reach; at += 1) {
    if (breaks(reader, at) && at > end) break;
    const before = ids[at - 1];
    const isMark = is(reader, at - 1, 'version');
    if (
      ((marks[at] as number) & mark.stop) !== 0 &&
      at > end &&
      before !== words.foundation &&
      before !== words.fsf &&
      !isMark &&
      !is(reader, at - 1, 'licence')
    )
      break;
    const first = versionOf(family, ids[at] as number);
    const isNext = at <= end + 1 && (((marks[at] as number) & mark.listed) === 0 || is(reader, at - 1, 'licence'));
    if (first !== undefined && (isMark || isNext)) return readAfterNumber(reader, family, first, at, !isMark);
    if (((marks[at] as number) & mark.value) !== 0) break;
    if (!is(reader, at, 'beforeVersion')) break;
  }
  return undefined;
};

/** The version before a name: "version 2 or any later version of the GNU General Public License". */
export const readVersionBefore = (reader: Reader, family: Family, start: number): Version | undefined => {
  const { ids } = reader.tokens;
  let at = start - 1;
  let later = false;
  let of = false;
  for (; at >= 0 && at > start - reach; at -= 1) {
    if (ids[at] === reader.index.words.of) of = true;
    if (is(reader, at, 'later')) later = true;
    if (ids[at] === plusSign) later = true;
    const first = of ? versionOf(family, ids[at] as number) : undefined;
    if (first !== undefined)
      return is(reader, at - 1, 'version')
        ? { licences: [family.gnu ? `${first}-${later ? 'or-later' : 'only'}` : first], to: start, short: false }
        : undefined;
    if (stops(reader, at + 1) && at + 1 < start) break;
    if (ids[at] !== plusSign && !is(reader, at, 'beforeLater') && !is(reader, at, 'later') && !is(reader, at, 'filler')) break;
  }
  return undefined;
};
