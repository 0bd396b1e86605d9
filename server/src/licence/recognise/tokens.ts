import { hashOf, hashPrime, hashSeed, linkSeed } from './hash.ts';
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

const other = 0;
const letter = 1;
const digit = 2;
const newline = 3;
const special = 4;
const high = 5;
const stop = 6;
const opener = 7;
const lister = 8;
const space = 9;

const classes = new Uint8Array(256);
const lower = new Uint8Array(256);
for (let byte = 0; byte < 256; byte += 1) {
  lower[byte] = byte >= 65 && byte <= 90 ? byte + 32 : byte;
  if ((byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122)) classes[byte] = letter;
  else if (byte >= 48 && byte <= 57) classes[byte] = digit;
  else if (byte >= 128) classes[byte] = high;
}
const classify = (bytes: string, to: number): void => {
  for (const char of bytes) classes[char.charCodeAt(0)] = to;
};
classify('\n', newline);
classify('<&\\+', special);
classify('.;!?', stop);
classify('([{"', opener);
classify('/|,', lister);
classify(' \t\r\v\f', space);

/** Before one of these a number or letter with a stop is a version or a reference, not the mark of a list. */
const counted = new Set(
  'version versions v ver gpl lgpl agpl mpl epl cpl cddl license licence licenses apache section sections clause clauses article paragraph level part chapter appendix exhibit schedule revision release gplv lgplv bsd'
    .split(' ')
    .map((word) => hashOf(word)),
);
const romans = new Set('i ii iii iv v vi vii viii ix x xi xii'.split(' ').map((word) => hashOf(word)));
const leaders = new Set(['dnl', 'rem'].map((word) => hashOf(word)));
const copyrightWord = hashOf('copyright');

const isSpace = (byte: number | undefined): boolean => byte === undefined || byte === 10 || byte === 32 || byte === 9 || byte === 13;

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

/** End of the address that begins at `from`: the first byte that none has, without closing punctuation. */
const linkEnd = (bytes: Uint8Array, from: number): number => {
  let at = from;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    // White space, quotes, angle and other brackets, backslash, backtick, asterisk, bar.
    if (byte <= 32 || byte === 34 || byte === 39 || byte === 41 || byte === 42 || byte === 60 || byte === 62 || (byte >= 91 && byte <= 93)) break;
    if (byte === 96 || byte === 123 || byte === 124 || byte === 125 || byte >= 128) break;
  }
  while (at > from && '.,;:!?/-'.includes(String.fromCharCode(bytes[at - 1] ?? 0))) at -= 1;
  return at;
};

const endings = ['/legalcode', '/deed', '.html', '.htm', '.php', '.txt', '.md', '.en', '/'];

/** An address without what may differ: scheme, `www.`, query, fragment, file ending, in lower case. */
export const plainLink = (address: string): string => {
  let plain = address
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[?#].*$/, '');
  plain = plain.replace(/\/deed\.[a-z_-]{2,10}$/, '');
  for (let again = true; again;) {
    again = false;
    for (const ending of endings) {
      if (plain.length > ending.length && plain.endsWith(ending)) {
        plain = plain.slice(0, -ending.length);
        again = true;
      }
    }
  }
  return plain;
};

const longestLink = 300;
const longestTag = 300;

const isLink = (bytes: Uint8Array, at: number): boolean => {
  const first = bytes[at];
  if (first === 104 || first === 72) {
    if (lower[bytes[at + 1] ?? 0] !== 116 || lower[bytes[at + 2] ?? 0] !== 116 || lower[bytes[at + 3] ?? 0] !== 112) return false;
    const colon = lower[bytes[at + 4] ?? 0] === 115 ? at + 5 : at + 4;
    return bytes[colon] === 58 && bytes[colon + 1] === 47 && bytes[colon + 2] === 47;
  }
  return (first === 119 || first === 87) && lower[bytes[at + 1] ?? 0] === 119 && lower[bytes[at + 2] ?? 0] === 119 && bytes[at + 3] === 46;
};

const textOf = (bytes: Uint8Array, from: number, to: number): string => {
  let text = '';
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
};

/** Code point and length of a UTF-8 sequence; a byte that is none counts as Latin-1. */
const codePointAt = (bytes: Uint8Array, at: number): { readonly code: number; readonly length: number } => {
  const a = bytes[at] ?? 0;
  const b = bytes[at + 1] ?? 0;
  if (a >= 0xc2 && a < 0xe0 && (b & 0xc0) === 0x80) return { code: ((a & 31) << 6) | (b & 63), length: 2 };
  const c = bytes[at + 2] ?? 0;
  if (a >= 0xe0 && a < 0xf0 && (b & 0xc0) === 0x80 && (c & 0xc0) === 0x80) return { code: ((a & 15) << 12) | ((b & 63) << 6) | (c & 63), length: 3 };
  const d = bytes[at + 3] ?? 0;
  if (a >= 0xf0 && a < 0xf5 && (b & 0xc0) === 0x80 && (c & 0xc0) === 0x80 && (d & 0xc0) === 0x80) {
    return { code: ((a & 7) << 18) | ((b & 63) << 12) | ((c & 63) << 6) | (d & 63), length: 4 };
  }
  return { code: a, length: 1 };
};

/** Letters that make words with their neighbours; of scripts without spaces each one is a word. */
const isForeignLetter = (code: number): boolean => code >= 0xc0 && code < 0x2000 && code !== 0xd7 && code !== 0xf7;
const isIdeograph = (code: number): boolean =>
  (code >= 0x3041 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7af) || code >= 0x20000;
const isApostrophe = (code: number): boolean => code === 0x2019 || code === 0x2018 || code === 0xb4;

/** A short number or letter with a stop or bracket behind it that counts the items of a list. */
const isListMark = (bytes: Uint8Array, start: number, end: number, before: number): boolean => {
  const next = bytes[end];
  if ((next !== 41 && next !== 46) || counted.has(before)) return false;
  if (next === 41) return isSpace(bytes[end + 1]) || bytes[start - 1] === 40;
  return isSpace(bytes[end + 1]) && bytes[start - 1] !== 46 && bytes[start - 1] !== 45;
};

/** Is the "c" in brackets at `start` the sign of copyright? Else it is the third item of a list. */
const isCopyrightSign = (bytes: Uint8Array, start: number, end: number, before: number): boolean => {
  if (lower[bytes[start] ?? 0] !== 99 || bytes[start - 1] !== 40 || bytes[end] !== 41) return false;
  let next = end + 1;
  while (next < bytes.length && (isSpace(bytes[next]) || bytes[next] === 44)) next += 1;
  return before === copyrightWord || classes[bytes[next] ?? 0] === digit;
};

const mailEnd = (bytes: Uint8Array, from: number): number => {
  let at = from;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const kind = classes[byte];
    if (kind !== letter && kind !== digit && byte !== 45 && byte !== 46) break;
  }
  return at;
};

const linkHash = (bytes: Uint8Array, start: number, end: number): number =>
  hashOf(end - start > longestLink ? '' : plainLink(textOf(bytes, start, end)), linkSeed);

/** End of the tag whose angle bracket opened before `at`, the closing bracket exclusive; -1 where none closes it. */
const tagEnd = (bytes: Uint8Array, at: number): number => {
  const limit = Math.min(bytes.length, at + longestTag);
  for (let end = at; end < limit; end += 1) {
    if (bytes[end] === 62) return end;
    if (bytes[end] === 60) return -1;
  }
  return -1;
};

const linkIn = (bytes: Uint8Array, from: number, to: number): number => {
  for (let at = from; at < to - 8; at += 1) if ((bytes[at] === 104 || bytes[at] === 72) && isLink(bytes, at)) return at;
  return -1;
};

/** End of an entity behind its ampersand, the semicolon exclusive; -1 where it is none. */
const entityEnd = (bytes: Uint8Array, at: number): number => {
  for (let end = at; end < at + 8; end += 1) {
    const byte = bytes[end];
    if (byte === 59) return end > at + 1 ? end : -1;
    const kind = classes[byte ?? 0];
    if (kind !== letter && kind !== digit && byte !== 35) return -1;
  }
  return -1;
};

const foldedBytes = (code: number): Uint8Array => new TextEncoder().encode(String.fromCodePoint(code).toLowerCase());

/** Hash of the word that `wordEnd` read last. */
const word = new Int32Array(1);

/** Reads the letters of a word. A function of its own, so that the engine compiles the part that takes most of the time at once. */
const wordEnd = (bytes: Uint8Array, from: number): number => {
  const length = bytes.length;
  let hash = hashSeed;
  let at = from;
  for (;;) {
    let unit = 0;
    while (at < length && classes[(unit = bytes[at] as number)] === letter) {
      hash = Math.imul(hash ^ (lower[unit] as number), hashPrime);
      at += 1;
    }
    if (at >= length || (unit < 128 && unit !== 39)) break;
    if (unit === 39) {
      if (at === from || classes[bytes[at + 1] ?? 0] !== letter) break;
      at += 1;
      continue;
    }
    const { code, length: size } = codePointAt(bytes, at);
    if (isForeignLetter(code) && (size > 1 || at > from)) for (const part of foldedBytes(code)) hash = Math.imul(hash ^ part, hashPrime);
    else if (!isApostrophe(code) || at === from || classes[bytes[at + size] ?? 0] !== letter) break;
    at += size;
  }
  word[0] = hash;
  return at;
};

const andHash = hashOf('and');

/**
 * Splits a text into words, numbers and addresses, in lower case and without marks, so that layout, comment marks, quotes,
 * HTML tags, list marks and the spelling of versions ("2" is "2.0") make no difference. Linear in the text; never throws.
 */
export const tokenise = (bytes: Uint8Array, vocabulary: Vocabulary, onUnknown?: OnUnknown): Tokens => {
  const length = bytes.length;
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
  let at = 0;
  while (at < length) {
    const byte = bytes[at] as number;
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
          hash = hash >>> 0 || 1;
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
      hash = hash >>> 0 || 1;
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
          hash = hash >>> 0 || 1;
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
    starts[count] = start;
    ends[count] = at;
    marks[count] = marked | extra;
    count += 1;
    if (part !== 0) {
      ids[count] = secondPart[id] as number;
      starts[count] = start;
      ends[count] = at;
      marks[count] = 0;
      count += 1;
    }
    marked = 0;
    lines = 0;
    lastEnd = at;
  }
  return { bytes, count, ids, starts, ends, marks };
};
