import type { Span } from '../text/span.ts';
import { recognition } from './recognition.ts';

/** A word of a name as names are compared: lower case, letters apart from digits, versions without their zeros. */
export interface Word extends Span {
  readonly text: string;
  /** Words that every name may have ("the", "version", "licence"): they join, but tell nothing apart. */
  readonly filler: boolean;
}

const wordPattern = /\p{L}+|\d+(?:\.\d+)*|\+/gu;
const fillers = new Set([
  ...['the', 'a', 'an', 'version', 'versions', 'ver', 'v', 'agreement'],
  ...['license', 'licensed', 'licenses', 'licensing', 'licence', 'licenced', 'licences', 'licencing'],
]);

/** "2.0" and "2" are one version; "3.1" and "3" are two. */
const version = (digits: string): string => digits.replace(/(?:\.0+)+$/, '');

const isDigit = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit >= 48 && unit <= 57;
};

const spellings = new Map(Object.entries(recognition.spellings).map(([word, parts]) => [word, parts.split(' ')]));

/** Splits names and prose alike, so that "GPLv3", "gpl-3.0" and "GPL version 3" have the same words. Linear in the text. */
export const wordsOf = (text: string): readonly Word[] => {
  const out: Word[] = [];
  for (const match of text.matchAll(wordPattern)) {
    const start = match.index;
    const end = start + match[0].length;
    const word = isDigit(match[0], 0) ? version(match[0]) : match[0].toLowerCase();
    for (const part of spellings.get(word) ?? [word]) out.push({ start, end, text: part, filler: fillers.has(part) });
  }
  return out;
};

/** The words that tell names apart, as one key. */
export const nameKey = (text: string): string =>
  wordsOf(text)
    .filter((word) => !word.filler)
    .map((word) => word.text)
    .join(' ');
