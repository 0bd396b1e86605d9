import { hashOf, hashPrime, hashSeed, linkSeed } from './hash.ts';

export const other = 0;
export const letter = 1;
export const digit = 2;
export const newline = 3;
const special = 4;
export const high = 5;
export const stop = 6;
export const opener = 7;
export const lister = 8;
export const space = 9;

export const classes = new Uint8Array(256);
export const lower = new Uint8Array(256);
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

/** The small letter of a letter; else zero. */
const letters = new Uint8Array(256);
for (let byte = 0; byte < 256; byte += 1) if (classes[byte] === letter) letters[byte] = lower[byte] as number;

/** Before one of these a number or letter with a stop is a version or a reference, not the mark of a list. */
const counted = new Set(
  'version versions v ver gpl lgpl agpl mpl epl cpl cddl license licence licenses apache section sections clause clauses article paragraph level part chapter appendix exhibit schedule revision release gplv lgplv bsd'
    .split(' ')
    .map((word) => hashOf(word)),
);
export const romans = new Set('i ii iii iv v vi vii viii ix x xi xii'.split(' ').map((word) => hashOf(word)));
export const leaders = new Set(['dnl', 'rem'].map((word) => hashOf(word)));
export const copyrightWord = hashOf('copyright');

export const isSpace = (byte: number | undefined): boolean => byte === undefined || byte === 10 || byte === 32 || byte === 9 || byte === 13;

/** End of the address that begins at `from`: the first byte that none has, without closing punctuation. */
export const linkEnd = (bytes: Uint8Array, from: number): number => {
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

export const isLink = (bytes: Uint8Array, at: number): boolean => {
  const first = bytes[at];
  if (first === 104 || first === 72) {
    if (lower[bytes[at + 1] ?? 0] !== 116 || lower[bytes[at + 2] ?? 0] !== 116 || lower[bytes[at + 3] ?? 0] !== 112) return false;
    const colon = lower[bytes[at + 4] ?? 0] === 115 ? at + 5 : at + 4;
    return bytes[colon] === 58 && bytes[colon + 1] === 47 && bytes[colon + 2] === 47;
  }
  return (first === 119 || first === 87) && lower[bytes[at + 1] ?? 0] === 119 && lower[bytes[at + 2] ?? 0] === 119 && bytes[at + 3] === 46;
};

export const textOf = (bytes: Uint8Array, from: number, to: number): string => {
  let text = '';
  for (let at = from; at < to; at += 1) text += String.fromCharCode(bytes[at] ?? 0);
  return text;
};

/** Code point and length of a UTF-8 sequence; a byte that is none counts as Latin-1. */
export const codePointAt = (bytes: Uint8Array, at: number): { readonly code: number; readonly length: number } => {
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
export const isIdeograph = (code: number): boolean =>
  (code >= 0x3041 && code <= 0x30ff) || (code >= 0x3400 && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7af) || code >= 0x20000;
const isApostrophe = (code: number): boolean => code === 0x2019 || code === 0x2018 || code === 0xb4;

/** A short number or letter with a stop or bracket behind it that counts the items of a list. */
export const isListMark = (bytes: Uint8Array, start: number, end: number, before: number): boolean => {
  const next = bytes[end];
  if ((next !== 41 && next !== 46) || counted.has(before)) return false;
  if (next === 41) return isSpace(bytes[end + 1]) || bytes[start - 1] === 40;
  return isSpace(bytes[end + 1]) && bytes[start - 1] !== 46 && bytes[start - 1] !== 45;
};

/** Is the "c" in brackets at `start` the sign of copyright? Else it is the third item of a list. */
export const isCopyrightSign = (bytes: Uint8Array, start: number, end: number, before: number): boolean => {
  if (lower[bytes[start] ?? 0] !== 99 || bytes[start - 1] !== 40 || bytes[end] !== 41) return false;
  let next = end + 1;
  while (isSpace(bytes[next]) || bytes[next] === 44) next += 1;
  return before === copyrightWord || classes[bytes[next] ?? 0] === digit;
};

export const mailEnd = (bytes: Uint8Array, from: number): number => {
  let at = from;
  for (; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0;
    const kind = classes[byte];
    if (kind !== letter && kind !== digit && byte !== 45 && byte !== 46) break;
  }
  return at;
};

export const linkHash = (bytes: Uint8Array, start: number, end: number): number =>
  hashOf(end - start > longestLink ? '' : plainLink(textOf(bytes, start, end)), linkSeed);

/** End of the tag whose angle bracket opened before `at`, the closing bracket exclusive; -1 where none closes it. */
export const tagEnd = (bytes: Uint8Array, at: number): number => {
  for (let end = at; end < at + longestTag; end += 1) {
    const byte = bytes[end] as number;
    if (byte === 62) return end;
    // A second tag, or the zeros behind the text.
    if (byte === 60 || byte === 0) return -1;
  }
  return -1;
};

export const linkIn = (bytes: Uint8Array, from: number, to: number): number => {
  for (let at = from; at < to - 8; at += 1) if ((bytes[at] === 104 || bytes[at] === 72) && isLink(bytes, at)) return at;
  return -1;
};

/** End of an entity behind its ampersand, the semicolon exclusive; -1 where it is none. */
export const entityEnd = (bytes: Uint8Array, at: number): number => {
  for (let end = at; end < at + 8; end += 1) {
    const byte = bytes[end];
    if (byte === 59) return end > at + 1 ? end : -1;
    const kind = classes[byte ?? 0];
    if (kind !== letter && kind !== digit && byte !== 35) return -1;
  }
  return -1;
};

const folded = new Map<number, Uint8Array>();

/** A letter in lower case, as it is written in UTF-8. Kept, since making it costs more than the rest of its word; there are some 8,000 such letters. */
const foldedBytes = (code: number): Uint8Array => {
  const known = folded.get(code);
  if (known) return known;
  const bytes = new TextEncoder().encode(String.fromCodePoint(code).toLowerCase());
  folded.set(code, bytes);
  return bytes;
};

/** Hash of the word that `wordEnd` read last. */
export const word = new Int32Array(1);

/** Reads the letters of a word. A function of its own, so that the engine compiles the part that takes most of the time at once. */
export const wordEnd = (bytes: Uint8Array, from: number): number => {
  let hash = hashSeed;
  let at = from;
  for (;;) {
    let small = 0;
    // The zeros behind the text are no letters.
    while ((small = letters[bytes[at] as number] as number) !== 0) {
      hash = Math.imul(hash ^ small, hashPrime);
      at += 1;
    }
    const unit = bytes[at] as number;
    if (unit < 128 && unit !== 39) break;
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

export const andHash = hashOf('and');
