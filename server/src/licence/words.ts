import type { Span } from '../text/span.ts';
import { recognition } from './recognition.ts';

/** A word of a name as names are compared: lower case, letters apart from digits, versions without their zeros. */
export interface Word extends Span {
  readonly text: string;
  /** Words that every name may have ("the", "version", "licence"): they join, but tell nothing apart. */
  readonly filler: boolean;
}

const fillers = new Set('the a an version versions ver v agreement license licensed licenses licensing licence licenced licences licencing'.split(' '));

/** "2.0" and "2" are one version; "3.1" and "3" are two. */
const version = (digits: string): string => digits.replace(/(?:\.0+)+$/, '');

const [other, digit, letter, plus, dot] = [0, 1, 2, 3, 46];

/** What each sign of ASCII is to a word. */
const kinds = Uint8Array.from({ length: 128 }, (_, unit) => {
  const sign = String.fromCharCode(unit);
  return /\d/.test(sign) ? digit : /[a-z]/i.test(sign) ? letter : sign === '+' ? plus : other;
});

const kindAt = (text: string, at: number): number => {
  const unit = text.charCodeAt(at);
  if (unit < 128) return kinds[unit] ?? other;
  return /\p{L}/u.test(String.fromCodePoint(text.codePointAt(at) ?? unit)) ? letter : other;
};

/** Where the run of one kind ends that begins at a place. Signs beyond the first plane are two units of text. */
const runEnd = (text: string, from: number, kind: number): number => {
  let at = from;
  while (at < text.length && kindAt(text, at) === kind) at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
  return at;
};

/** Digits, and digits behind single dots: a version. */
const numberEnd = (text: string, from: number): number => {
  let at = runEnd(text, from, digit);
  while (text.charCodeAt(at) === dot && at + 1 < text.length && kindAt(text, at + 1) === digit) at = runEnd(text, at + 1, digit);
  return at;
};

const spellings = new Map(Object.entries(recognition.spellings).map(([word, parts]) => [word, parts.split(' ')]));

/** Splits names and prose alike, so that "GPLv3", "gpl-3.0" and "GPL version 3" have the same words. Linear in the text. */
export const wordsOf = (text: string): readonly Word[] => {
  const out: Word[] = [];
  const add = (start: number, end: number, word: string): void => {
    const parts = spellings.get(word);
    if (!parts) out.push({ start, end, text: word, filler: fillers.has(word) });
    else for (const part of parts) out.push({ start, end, text: part, filler: fillers.has(part) });
  };
  for (let at = 0; at < text.length;) {
    const kind = kindAt(text, at);
    const end = kind === letter ? runEnd(text, at, letter) : kind === digit ? numberEnd(text, at) : at + 1;
    if (kind !== other) add(at, end, kind === digit ? version(text.slice(at, end)) : text.slice(at, end).toLowerCase());
    at = end;
  }
  return out;
};

/** The words that tell names apart, as one key. */
export const nameKey = (text: string): string =>
  wordsOf(text)
    .filter((word) => !word.filler)
    .map((word) => word.text)
    .join(' ');
