import {
  andHash,
  classes,
  codePointAt,
  copyrightWord,
  digit,
  entityEnd,
  high,
  isCopyrightSign,
  isIdeograph,
  isLink,
  isListMark,
  isSpace,
  leaders,
  letter,
  linkEnd,
  linkHash,
  linkIn,
  lister,
  mailEnd,
  newline,
  opener,
  other,
  romans,
  space,
  stop,
  tagEnd,
  textOf,
  word,
  wordEnd,
} from './bytes.ts';
import { hashPrime, hashSeed } from './hash.ts';
import { copyrightSign, idOfHash, mailAddress, plusSign, unknownLink, unknownNumber, unknownWord } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What stands between a token and the one before it, and how it is written: bits of `Tokens.marks`. */
/** A line break. */
export const atLine = 1;
/** A line with nothing to read. */
export const atParagraph = 2;
/** A full stop, semicolon, question or exclamation mark before white space. */
export const afterStop = 4;
/** The token begins with a capital. */
export const capital = 8;
/** Nothing stands between: "gpl" and "2" of "GPL2". */
export const glued = 16;
/** An opening bracket or a quotation mark. */
export const opened = 32;
/** A slash, a bar or a comma. */
export const listed = 64;
/** The token is an address or a number. */
export const isValue = 128;

/** The same bits by name, for code that is not run for every token. */
export const mark = { line: atLine, paragraph: atParagraph, stop: afterStop, capital, glued, opened, listed, value: isValue } as const;

/** The words of a text as ids. The arrays are reused by the next call and longer than `count`. */
export interface Tokens {
  /** The text itself. */
  readonly bytes: Uint8Array;
  readonly count: number;
  readonly ids: Uint16Array;
  /** Byte offsets of each token, the end exclusive. */
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly marks: Uint8Array;
}

/** What is told of a word that the vocabulary lacks; the id that it answers is the token's. */
export type OnUnknown = (hash: number, bytes: Uint8Array, start: number, end: number, kind: 'word' | 'number' | 'link') => number;

interface Buffers {
  ids: Uint16Array;
  starts: Uint32Array;
  ends: Uint32Array;
  marks: Uint8Array;
}
const newBuffers = (length: number): Buffers => ({
  ids: new Uint16Array(length),
  starts: new Uint32Array(length),
  ends: new Uint32Array(length),
  marks: new Uint8Array(length),
});
/** Reused, since most of the time would else go into making and clearing them. */
let buffers = newBuffers(1 << 15);

/** Bytes before and behind a text, so that looking at what is beside a place never leaves the array: that would cost on every look. */
const margin = 8;
let room = new Uint8Array(1 << 16);

/** The text between line breaks, a blank and zeros, in an array that is used again. */
const padded = (source: Uint8Array): Uint8Array => {
  const end = source.length + margin;
  if (room.length < end + margin) room = new Uint8Array((end + margin) * 2);
  room.fill(10, 0, margin);
  room.set(source, margin);
  room[end] = 32;
  room.fill(0, end + 1, end + margin);
  return room;
};

/**
 * Splits a text into words, numbers and addresses, in lower case and without marks, so that layout, comment marks, quotes,
 * HTML tags, list marks and the spelling of versions ("2" is "2.0") make no difference. Linear in the text; never throws.
 */
export const tokenise = (source: Uint8Array, vocabulary: Vocabulary, onUnknown?: OnUnknown): Tokens => {
  const bytes = padded(source);
  const length = source.length + margin;
  if (buffers.ids.length < length * 2 + 8) buffers = newBuffers(length * 2 + 8);
  const { ids, starts, ends, marks } = buffers;
  const { firstPart, secondPart } = vocabulary;
  // One loop without closures, and with the tables at hand: what is captured or of the module costs a memory access each time.
  const classOf = classes;
  let count = 0;
  let marked = atLine | atParagraph;
  let lines = 1;
  let before = 0;
  let lastEnd = -1;
  let at = margin;
  while (at < length) {
    const byte = bytes[at] as number;
    if (byte === 32) {
      at += 1;
      continue;
    }
    const kind = classOf[byte] as number;
    let start = at;
    let id = -1;
    let extra = 0;
    if (kind === letter || (kind === high && byte >= 0xc3)) {
      let letters = 0;
      let hash = hashSeed;
      if ((byte === 104 || byte === 119 || byte === 72 || byte === 87) && isLink(bytes, at)) {
        at = Math.max(linkEnd(bytes, at), at + 1);
        hash = linkHash(bytes, start, at);
        id = idOfHash(vocabulary, hash);
        if (id === unknownWord) id = onUnknown ? onUnknown(hash, bytes, start, at, 'link') : unknownLink;
        extra = isValue;
        before = 0;
      } else {
        at = wordEnd(bytes, at);
        hash = word[0] as number;
        letters = at - start;
        if (letters > 0) {
          hash = hash | 0 || 1;
          const next = bytes[at];
          if (next === 64 && classOf[bytes[at + 1] ?? 0] === letter) {
            at = mailEnd(bytes, at + 1);
            id = mailAddress;
            extra = isValue;
            before = 0;
          } else if (letters <= 4 && (next === 46 || next === 41) && (letters === 1 || romans.has(hash)) && isListMark(bytes, start, at, before)) {
            if (!isCopyrightSign(bytes, start, at, before)) continue;
            if (before === copyrightWord) continue;
            id = copyrightSign;
            before = copyrightWord;
          } else if (
            (marked & atLine) !== 0 &&
            ((letters === 3 && leaders.has(hash)) || (letters === 1 && (byte === 67 || byte === 99 || byte === 111) && isSpace(next)))
          ) {
            // The mark of a comment or of a list.
            continue;
          } else if (bytes[start - 1] === 37 && bytes[start - 2] === 37) {
            // "%%Copyright:" before every line of a PostScript file.
            continue;
          } else {
            if (byte >= 65 && byte <= 90) extra = capital;
            id = idOfHash(vocabulary, hash);
            if (id === unknownWord && onUnknown) id = onUnknown(hash, bytes, start, at, 'word');
            before = hash;
          }
        }
      }
    } else if (kind === digit) {
      while (at < length && classOf[bytes[at] as number] === digit) at += 1;
      let end = at;
      let dots = 0;
      while (bytes[at] === 46 && classOf[bytes[at + 1] ?? 0] === digit) {
        at += 1;
        const from = at;
        while (at < length && classOf[bytes[at] as number] === digit) at += 1;
        dots += 1;
        if (at - from !== 1 || bytes[from] !== 48) end = at;
      }
      if (dots === 0 && at - start <= 2 && isListMark(bytes, start, at, before)) continue;
      let hash = hashSeed;
      for (let i = start; i < end; i += 1) hash = Math.imul(hash ^ (bytes[i] as number), hashPrime);
      hash = hash | 0 || 1;
      id = idOfHash(vocabulary, hash);
      if (id === unknownWord) id = onUnknown ? onUnknown(hash, bytes, start, end, 'number') : unknownNumber;
      before = hash;
      extra = isValue;
    }
    if (id < 0) {
      at += 1;
      if (kind === space || kind === other) continue;
      if (kind === newline) {
        lines += 1;
        marked |= lines > 1 ? atLine | atParagraph : atLine;
        continue;
      }
      if (kind === stop) {
        // A semicolon that begins a line is the mark of a comment.
        const last = bytes[start - 1];
        if (isSpace(bytes[at]) && !isSpace(last) && classOf[last ?? 0] !== stop) marked |= afterStop;
        continue;
      }
      if (kind === opener) {
        marked |= opened;
        continue;
      }
      if (kind === lister) {
        marked |= listed;
        continue;
      }
      if (kind === high) {
        start = at - 1;
        const { code, length: size } = codePointAt(bytes, start);
        at = start + size;
        if (code === 0xa9) {
          if (before === copyrightWord) continue;
          id = copyrightSign;
          before = copyrightWord;
        } else if (isIdeograph(code)) {
          let hash = hashSeed;
          for (let i = start; i < at; i += 1) hash = Math.imul(hash ^ (bytes[i] as number), hashPrime);
          hash = hash | 0 || 1;
          id = idOfHash(vocabulary, hash);
          if (id === unknownWord && onUnknown) id = onUnknown(hash, bytes, start, at, 'word');
          before = hash;
        } else {
          if (code === 0x3002 || code === 0xff1b || code === 0xff01) marked |= afterStop;
          else if (code === 0x201c || code === 0x201d || code === 0xff08) marked |= opened;
          continue;
        }
      } else if (byte === 43) {
        // "2+", "GPL+", but not "C++" or "a + b".
        if (lastEnd !== start || bytes[at] === 43) continue;
        id = plusSign;
      } else if (byte === 92) {
        // "\n" and the like of strings in code.
        const next = bytes[at];
        if (next === 110 || ((next === 114 || next === 116) && classOf[bytes[at - 2] ?? 0] !== letter)) {
          at += 1;
          if (next === 110) marked |= atLine;
        }
        continue;
      } else if (byte === 38) {
        const end = entityEnd(bytes, at);
        if (end > 0) {
          const isSign = end === at + 4 && textOf(bytes, at, end).toLowerCase() === 'copy';
          at = end + 1;
          if (!isSign || before === copyrightWord) continue;
          id = copyrightSign;
          before = copyrightWord;
        } else if (isSpace(bytes[at])) {
          id = idOfHash(vocabulary, andHash);
          if (id === unknownWord && onUnknown) id = onUnknown(andHash, bytes, start, at, 'word');
          before = andHash;
        } else continue;
      } else {
        const next = bytes[at] ?? 0;
        if (next === 33 && bytes[at + 1] === 45) {
          at += 3;
          continue;
        }
        if (classOf[next] !== letter && next !== 47 && next !== 63 && next !== 33) continue;
        const end = tagEnd(bytes, at);
        if (end < 0) continue;
        const link = linkIn(bytes, at, end);
        at = end + 1;
        if (link < 0) continue;
        start = link;
        const to = Math.max(linkEnd(bytes, link), link + 1);
        const hash = linkHash(bytes, link, to);
        id = idOfHash(vocabulary, hash);
        if (id === unknownWord) id = onUnknown ? onUnknown(hash, bytes, link, to, 'link') : unknownLink;
        extra = isValue;
        before = 0;
      }
    }
    const part = firstPart[id] as number;
    if (start === lastEnd) extra |= glued;
    ids[count] = part === 0 ? id : part;
    starts[count] = start - margin;
    ends[count] = at - margin;
    marks[count] = marked | extra;
    count += 1;
    if (part !== 0) {
      ids[count] = secondPart[id] as number;
      starts[count] = start - margin;
      ends[count] = at - margin;
      marks[count] = 0;
      count += 1;
    }
    marked = 0;
    lines = 0;
    lastEnd = at;
  }
  return { bytes: source, count, ids, starts, ends, marks };
};
