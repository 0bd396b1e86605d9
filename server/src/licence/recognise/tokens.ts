import { classes, digit, high, isLink, isSpace, letter, lister, newline, opener, other, space, stop, word, wordEnd } from './bytes.ts';
import { none, ordinary, readLink, readNumber, readOddWord, readSign, skipped, state } from './odd-tokens.ts';
import { idOfHash, unknownWord } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';
import { afterStop, atLine, atParagraph, capital, glued, isValue, listed, opened } from './marks.ts';
import type { OnUnknown } from './odd-tokens.ts';

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
  // One loop without closures, and with the tables at hand: what is captured or of the module costs a memory access each time. What is
  // seldom there is read by functions of `odd-tokens.ts`, so that the loop is small and the engine need not compile it again for each of them.
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
    let id = none;
    let extra = 0;
    if (kind === letter || (kind === high && byte >= 0xc3)) {
      if ((byte === 104 || byte === 119 || byte === 72 || byte === 87) && isLink(bytes, at)) {
        id = readLink(bytes, at, vocabulary, onUnknown);
        at = state.at;
        extra = isValue;
        before = 0;
      } else {
        at = wordEnd(bytes, at);
        const letters = at - start;
        if (letters > 0) {
          const hash = (word[0] as number) | 0 || 1;
          const next = bytes[at] as number;
          id = ordinary;
          if (
            ((marked & atLine) !== 0 && (letters === 3 || letters === 1)) ||
            next === 64 ||
            ((next === 46 || next === 41) && letters <= 4) ||
            bytes[start - 1] === 37
          ) {
            id = readOddWord(bytes, start, at, hash, before, marked);
            if (id === skipped) continue;
          }
          if (id === ordinary) {
            if (byte >= 65 && byte <= 90) extra = capital;
            id = idOfHash(vocabulary, hash);
            if (id === unknownWord && onUnknown) id = onUnknown(hash, bytes, start, at, 'word');
            before = hash;
          } else {
            at = state.at;
            before = state.before;
            extra = state.extra;
          }
        }
      }
    } else if (kind === digit) {
      id = readNumber(bytes, at, length, before, vocabulary, onUnknown);
      at = state.at;
      if (id === skipped) continue;
      before = state.before;
      extra = isValue;
    }
    if (id === none) {
      at += 1;
      if (kind === space || kind === other) continue;
      if (kind === newline) {
        lines += 1;
        marked |= lines > 1 ? atLine | atParagraph : atLine;
        continue;
      }
      if (kind === stop) {
        // A semicolon that begins a line is the mark of a comment.
        const last = bytes[start - 1] as number;
        if (isSpace(bytes[at]) && !isSpace(last) && classOf[last] !== stop) marked |= afterStop;
        continue;
      }
      if (kind === opener || kind === lister) {
        marked |= kind === opener ? opened : listed;
        continue;
      }
      id = readSign(bytes, start, lastEnd, before, vocabulary, onUnknown);
      at = state.at;
      if (id === skipped) {
        marked |= state.marked;
        continue;
      }
      start = state.start;
      before = state.before;
      extra = state.extra;
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
