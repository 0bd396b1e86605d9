import type { Reader } from './grammar-reading.ts';
import { mark } from './marks.ts';
import type { Tokens } from './tokens.ts';

const list = (words: string): readonly string[] => words.split(' ');

/** Words that grant where they stand close to a name, beside the classes of `grammarWords`. The index has to know all of them. */
export const grantWords = {
  /** Before a name, with nothing or a bridge between: "licensed MIT", "dual MIT". */
  licensed: list('licensed relicensed multi dual dually'),
  /** The same where "under" stands between: "released under MIT". */
  released: list('released distributed redistributed published provided available covered made offered shared open sourced is are'),
  under: list('under'),
  bridge: list('the a an both either to of terms conditions and or as your choice'),
  /** Between two names that are granted together: "MIT & BSD". */
  joint: list('and or the a an either both'),
  /** Behind a name: "MIT licensed", "the GPL applies", "GPL v2, can be found in COPYING". */
  behind: list('licensed governs governed applies apply found lic'),
  toBehind: list('is are what that which can be license licence only and'),
  /** The word licence behind a name, of languages that are read by the character. */
  licence: list('许 協 协 授 許 ラ'),
  /** "the complete text of the GPL can be found in ..." grants nothing by itself. */
  text: list('text complete'),
  section: list('section sections'),
  /** "This file is GPL". */
  subject: list('file code program software library module script work package project source it this'),
  is: list('is are'),
  /** Behind a name: "under a GPL-compatible license". */
  compatible: list('compatible incompatible compatibility'),
  /** Before a name in the same sentence it is a program that is linked, not its licence. */
  linked: list('link linked linking against using'),
  same: list('same'),
  as: list('as'),
  invariant: list('invariant'),
  being: list('being'),
  /** Who decides on later versions is somebody else, so the versions that are named are meant. */
  proxy: list('accepted approved'),
} as const;

export type GrantClass = keyof typeof grantWords;

const has = ({ tokens, index: { grants } }: Reader, at: number, name: GrantClass): boolean =>
  at >= 0 && at < tokens.count && ((grants.of[tokens.ids[at] as number] as number) & grants.bit[name]) !== 0;

export const isUnder = (reader: Reader, at: number): boolean => has(reader, at, 'under');

const ends = (tokens: Tokens, at: number): boolean => at >= tokens.count || ((tokens.marks[at] as number) & (mark.stop | mark.paragraph)) !== 0;

/** Tokens between a granting word and a name. */
const bridgeReach = 6;

/** Does a grant lead straight to the name? Then it counts even where the name is an ordinary word. */
export const isGranted = (reader: Reader, from: number): boolean => {
  let under = false;
  for (let at = from - 1; at >= 0 && at >= from - bridgeReach && !ends(reader.tokens, at + 1); at -= 1) {
    if (has(reader, at, 'licensed')) return true;
    if (has(reader, at, 'under')) under = true;
    else if (under && has(reader, at, 'released')) return true;
    else if (!has(reader, at, 'bridge')) return false;
  }
  return false;
};

/** Is the name followed by what says that it applies? */
export const isGrantedBehind = (reader: Reader, to: number): boolean => {
  for (let at = to; at < to + bridgeReach && !ends(reader.tokens, at); at += 1) {
    if (has(reader, at, 'behind')) return true;
    if (!has(reader, at, 'toBehind')) return false;
  }
  return false;
};

/** "this file is GPL" says as much as a grant where the name is that of a licence alone. */
export const isSaidToBe = (reader: Reader, from: number): boolean =>
  from > 1 && !ends(reader.tokens, from) && !ends(reader.tokens, from - 1) && has(reader, from - 1, 'is') && has(reader, from - 2, 'subject');

/** "GPL-compatible". */
export const isCompared = (reader: Reader, to: number): boolean => !ends(reader.tokens, to) && has(reader, to, 'compatible');

/** Tokens before a name in which it is said that a program is linked. */
const linkReach = 9;

/** "permission to link with the X library", "the same license as X": the name is that of a program. */
export const isProgram = (reader: Reader, from: number): boolean => {
  const likened = has(reader, from - 1, 'as');
  for (let at = from - 1; at >= 0 && at > from - linkReach && !ends(reader.tokens, at + 1); at -= 1) {
    if (has(reader, at, 'linked')) return true;
    // "distributed under the same license as X" grants it.
    if (likened && has(reader, at, 'same')) return !has(reader, at - 1, 'under') && !has(reader, at - 2, 'under');
  }
  return false;
};

export const isLicenceBehind = (reader: Reader, to: number): boolean => !ends(reader.tokens, to) && has(reader, to, 'licence');

/** "the exception in section 7 of the GPL": a clause of a licence is cited. */
export const isCited = (reader: Reader, from: number): boolean => {
  for (let at = from - 1; at >= 1 && at > from - bridgeReach && !ends(reader.tokens, at + 1); at -= 1)
    if (has(reader, at, 'section')) return at < from - 1 && ((reader.tokens.marks[at + 1] as number) & mark.value) !== 0;
  return false;
};

/** Are two names parts of one grant, with nothing but "and", "or", a slash or a comma between? */
export const isJoint = (reader: Reader, to: number, from: number): boolean => {
  if (from < to || from - to > 3) return false;
  let joined = false;
  for (let at = to; at <= from; at += 1) {
    if (ends(reader.tokens, at)) return false;
    if (((reader.tokens.marks[at] as number) & mark.listed) !== 0) joined = true;
    if (at === from) break;
    if (!has(reader, at, 'joint')) return false;
    joined = true;
  }
  return joined;
};

const bar = 124;
const stop = 46;
const underscore = 95;
const slash = 47;
const plural = 115;
const isWordByte = (byte: number | undefined): boolean =>
  byte !== undefined && ((byte >= 48 && byte <= 57) || (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122) || byte === 95);

/** "COPYING.LGPL", "gpl.txt": a part of the name of a file. */
export const isFileName = ({ bytes, starts, ends: stops }: Tokens, from: number, to: number): boolean => {
  const start = starts[from] as number;
  const end = stops[to - 1] as number;
  // "licenses.mit" is how a package of Nix states its licence.
  const isMember = bytes[start - 1] === stop && isWordByte(bytes[start - 2]) && bytes[start - 2] !== plural;
  return isMember || bytes[start - 1] === underscore || (bytes[end] === stop && isWordByte(bytes[end + 1]));
};

/** "doc/LICENSE", "common-licenses/GPL": the place of a text. */
export const isPlace = ({ bytes, starts, ends: stops }: Tokens, from: number, to: number, besideLicence: boolean): boolean =>
  besideLicence &&
  ((bytes[(starts[from] as number) - 1] === slash && isWordByte(bytes[(starts[from] as number) - 2])) ||
    (bytes[stops[to - 1] as number] === slash && isWordByte(bytes[(stops[to - 1] as number) + 1])));

/** "| MIT & BSD" at the end of a line, as the first lines of packed scripts have it; cells of tables have a bar behind them too. */
export const isBanner = (reader: Reader, from: number, to: number): boolean => {
  const { tokens } = reader;
  const { bytes, starts, marks, count } = tokens;
  const begin = from === 0 ? 0 : (tokens.ends[from - 1] as number);
  if (from === 0 || ((marks[from] as number) & mark.listed) === 0 || ((marks[from] as number) & mark.line) !== 0) return false;
  if (!bytes.subarray(begin, starts[from]).includes(bar)) return false;
  if (to < count && ((marks[to] as number) & mark.line) === 0 && !has(reader, to, 'joint')) return false;
  const end = tokens.ends[to - 1] as number;
  return !bytes.subarray(end, to < count ? starts[to] : end + 20).includes(bar);
};

/** "version 2.1, or version 3, or any later version accepted by ...". */
export const isByProxy = (reader: Reader, at: number): boolean => has(reader, at, 'proxy') || has(reader, at + 1, 'proxy') || has(reader, at + 2, 'proxy');

const tagReach = 60;
const tag = /<licen[cs]e>\s*(?:<name>\s*)?$/i;

/** "<license><name>" right before: tags are no words of a text, but this one says what its text is. */
export const isInTag = ({ bytes, starts }: Tokens, from: number): boolean => {
  const start = starts[from] as number;
  if (bytes[start - 1] !== 62) return false;
  return tag.test(String.fromCharCode(...bytes.subarray(Math.max(0, start - tagReach), start)));
};

const invariantReach = 24;

/** "with the Invariant Sections being ..." behind the name of the documentation licence. */
export const hasInvariants = (reader: Reader, to: number): boolean => {
  for (let at = to; at < to + invariantReach && at < reader.tokens.count; at += 1)
    if (has(reader, at, 'invariant') && has(reader, at + 1, 'section') && has(reader, at + 2, 'being')) return true;
  return false;
};
