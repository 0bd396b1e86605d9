import {
  andHash,
  classes,
  codePointAt,
  copyrightWord,
  digit,
  entityEnd,
  isCopyrightSign,
  isIdeograph,
  isListMark,
  isSpace,
  leaders,
  letter,
  linkEnd,
  linkHash,
  linkIn,
  mailEnd,
  romans,
  tagEnd,
  textOf,
} from './bytes.ts';
import { hashPrime, hashSeed } from './hash.ts';
import { afterStop, atLine, isValue, opened } from './marks.ts';
import { copyrightSign, idOfHash, mailAddress, plusSign, unknownLink, unknownNumber, unknownWord } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What is told of a word that the vocabulary lacks; the id that it answers is the token's. */
export type OnUnknown = (hash: number, bytes: Uint8Array, start: number, end: number, kind: 'word' | 'number' | 'link') => number;

const hashOfBytes = (bytes: Uint8Array, start: number, end: number): number => {
  let hash = hashSeed;
  for (let at = start; at < end; at += 1) hash = Math.imul(hash ^ (bytes[at] as number), hashPrime);
  return hash | 0 || 1;
};

/** In place of an id: nothing was read yet, the word is one like any other, and what was read is no token. */
export const none = -1;
export const ordinary = -2;
export const skipped = -3;

/** What the last function here found beside an id. One object that is used again: this is run for every sign of a text. */
export const state = { at: 0, start: 0, before: 0, extra: 0, marked: 0 };

/** An address in text. */
export const readLink = (bytes: Uint8Array, start: number, vocabulary: Vocabulary, onUnknown: OnUnknown | undefined): number => {
  const at = Math.max(linkEnd(bytes, start), start + 1);
  state.at = at;
  const hash = linkHash(bytes, start, at);
  const id = idOfHash(vocabulary, hash);
  if (id !== unknownWord) return id;
  return onUnknown ? onUnknown(hash, bytes, start, at, 'link') : unknownLink;
};

/** A word that may be part of an address, the mark of a list or of a comment, or the sign of copyright. */
export const readOddWord = (bytes: Uint8Array, start: number, end: number, hash: number, before: number, marked: number): number => {
  const letters = end - start;
  const next = bytes[end] as number;
  state.at = end;
  if (next === 64 && classes[bytes[end + 1] as number] === letter) {
    state.at = mailEnd(bytes, end + 1);
    state.before = 0;
    state.extra = isValue;
    return mailAddress;
  }
  if (letters <= 4 && (next === 46 || next === 41) && (letters === 1 || romans.has(hash)) && isListMark(bytes, start, end, before)) {
    if (!isCopyrightSign(bytes, start, end, before) || before === copyrightWord) return skipped;
    state.before = copyrightWord;
    state.extra = 0;
    return copyrightSign;
  }
  const first = bytes[start] as number;
  // The mark of a comment or of a list.
  if ((marked & atLine) !== 0 && ((letters === 3 && leaders.has(hash)) || (letters === 1 && (first === 67 || first === 99 || first === 111) && isSpace(next))))
    return skipped;
  // "%%Copyright:" before every line of a PostScript file.
  return bytes[start - 1] === 37 && bytes[start - 2] === 37 ? skipped : ordinary;
};

/** A number, with or without stops in it; "2.0" is "2". */
export const readNumber = (
  bytes: Uint8Array,
  start: number,
  length: number,
  before: number,
  vocabulary: Vocabulary,
  onUnknown: OnUnknown | undefined,
): number => {
  let at = start;
  while (at < length && classes[bytes[at] as number] === digit) at += 1;
  let end = at;
  let dots = 0;
  while (bytes[at] === 46 && classes[bytes[at + 1] as number] === digit) {
    at += 1;
    const from = at;
    while (at < length && classes[bytes[at] as number] === digit) at += 1;
    dots += 1;
    if (at - from !== 1 || bytes[from] !== 48) end = at;
  }
  state.at = at;
  if (dots === 0 && at - start <= 2 && isListMark(bytes, start, at, before)) return skipped;
  const hash = hashOfBytes(bytes, start, end);
  state.before = hash;
  const id = idOfHash(vocabulary, hash);
  if (id !== unknownWord) return id;
  return onUnknown ? onUnknown(hash, bytes, start, end, 'number') : unknownNumber;
};

const wordOf = (hash: number, bytes: Uint8Array, start: number, end: number, vocabulary: Vocabulary, onUnknown: OnUnknown | undefined): number => {
  state.before = hash;
  const id = idOfHash(vocabulary, hash);
  return id === unknownWord && onUnknown ? onUnknown(hash, bytes, start, end, 'word') : id;
};

const signOfCopyright = (before: number): number => {
  if (before === copyrightWord) return skipped;
  state.before = copyrightWord;
  return copyrightSign;
};

/** A sign beyond ASCII: of copyright, a word of a script without spaces, or a mark. */
const readHigh = (bytes: Uint8Array, start: number, before: number, vocabulary: Vocabulary, onUnknown: OnUnknown | undefined): number => {
  const { code, length: size } = codePointAt(bytes, start);
  const at = start + size;
  state.at = at;
  if (code === 0xa9) return signOfCopyright(before);
  if (isIdeograph(code)) return wordOf(hashOfBytes(bytes, start, at), bytes, start, at, vocabulary, onUnknown);
  if (code === 0x3002 || code === 0xff1b || code === 0xff01) state.marked = afterStop;
  else if (code === 0x201c || code === 0x201d || code === 0xff08) state.marked = opened;
  return skipped;
};

const readEntity = (bytes: Uint8Array, start: number, before: number, vocabulary: Vocabulary, onUnknown: OnUnknown | undefined): number => {
  const at = start + 1;
  const end = entityEnd(bytes, at);
  if (end > 0) {
    state.at = end + 1;
    return end === at + 4 && textOf(bytes, at, end).toLowerCase() === 'copy' ? signOfCopyright(before) : skipped;
  }
  return isSpace(bytes[at]) ? wordOf(andHash, bytes, start, at, vocabulary, onUnknown) : skipped;
};

/** A tag: nothing of it is read but the address in it. */
const readTag = (bytes: Uint8Array, start: number, vocabulary: Vocabulary, onUnknown: OnUnknown | undefined): number => {
  const at = start + 1;
  const next = bytes[at] as number;
  if (next === 33 && bytes[at + 1] === 45) {
    state.at = at + 3;
    return skipped;
  }
  if (classes[next] !== letter && next !== 47 && next !== 63 && next !== 33) return skipped;
  const end = tagEnd(bytes, at);
  if (end < 0) return skipped;
  state.at = end + 1;
  const link = linkIn(bytes, at, end);
  if (link < 0) return skipped;
  const id = readLink(bytes, link, vocabulary, onUnknown);
  state.at = end + 1;
  state.start = link;
  state.before = 0;
  state.extra = isValue;
  return id;
};

/** What begins with a sign that is neither letter, digit nor white space. */
export const readSign = (
  bytes: Uint8Array,
  start: number,
  lastEnd: number,
  before: number,
  vocabulary: Vocabulary,
  onUnknown: OnUnknown | undefined,
): number => {
  const byte = bytes[start] as number;
  const at = start + 1;
  const next = bytes[at] as number;
  state.at = at;
  state.start = start;
  state.before = before;
  state.extra = 0;
  state.marked = 0;
  if (byte >= 128) return readHigh(bytes, start, before, vocabulary, onUnknown);
  // "2+", "GPL+", but not "C++" or "a + b".
  if (byte === 43) return lastEnd !== start || next === 43 ? skipped : plusSign;
  if (byte === 92) {
    // "\n" and the like of strings in code.
    if (next === 110 || ((next === 114 || next === 116) && classes[bytes[at - 2] as number] !== letter)) {
      state.at = at + 1;
      if (next === 110) state.marked = atLine;
    }
    return skipped;
  }
  return byte === 38 ? readEntity(bytes, start, before, vocabulary, onUnknown) : readTag(bytes, start, vocabulary, onUnknown);
};
