import { indexLines, positionAt } from '../text/lines.ts';

/** A text as lower-case words with single spaces between and around, so that phrases can be looked for whatever the layout. */
export interface Squeezed {
  readonly plain: string;
  readonly words: number;
  /** Line, from 1, of an index of `plain`. */
  readonly lineAt: (at: number) => number;
  /** Words on the same line before `from` and after `to`, both indexes of `plain`. */
  readonly company: (from: number, to: number) => { readonly before: number; readonly after: number };
}

const foreignWord = /[\p{L}\p{N}]/u;

/** Letters, digits and the plus sign, which tells some names apart, make words. */
const isWordUnit = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  if (unit < 128) return (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || (unit >= 48 && unit <= 57) || unit === 43;
  return foreignWord.test(text[at] ?? '') || (unit >= 0xd800 && unit <= 0xdfff);
};

const countWords = (text: string): number => text.match(/\S+/g)?.length ?? 0;

/** "licence" and "license" are one word, of the same length: offsets stay. */
const even = (text: string): string => text.replaceAll('licence', 'license');

export const squeeze = (text: string): Squeezed => {
  const starts: number[] = [];
  const places: number[] = [];
  const parts: string[] = [];
  let length = 1;
  for (let i = 0; i < text.length; i += 1) {
    if (!isWordUnit(text, i)) continue;
    const from = i;
    while (i < text.length && isWordUnit(text, i)) i += 1;
    const word = text.slice(from, i).toLowerCase();
    parts.push(word);
    starts.push(from);
    places.push(length);
    length += word.length + 1;
  }
  const plain = even(` ${parts.join(' ')} `);
  const lines = indexLines(text);
  /** Number of the last word that begins at or before an index. */
  const wordAt = (at: number): number => {
    let low = 0;
    let high = places.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((places[middle] ?? 0) <= at) low = middle;
      else high = middle;
    }
    return low;
  };
  const offsetAt = (at: number): number => starts[wordAt(at)] ?? 0;
  const lineAt = (at: number): number => positionAt(lines, offsetAt(at)).line + 1;
  return {
    plain,
    words: parts.length,
    lineAt,
    company: (from, to) => {
      const first = lineAt(from) - 1;
      const last = lineAt(to) - 1;
      const start = lines.starts[first] ?? 0;
      const end = lines.starts[last + 1] ?? text.length;
      const lastWord = wordAt(to);
      const lastEnd = (starts[lastWord] ?? 0) + (parts[lastWord]?.length ?? 0);
      return {
        before: countWords(text.slice(start, Math.min(offsetAt(from), start + 400)).replace(/[^\p{L}\p{N}\s]/gu, ' ')),
        after: countWords(text.slice(lastEnd, Math.min(end, lastEnd + 400)).replace(/[^\p{L}\p{N}\s]/gu, ' ')),
      };
    },
  };
};

/** Words of a part of a squeezed text. */
export const wordsBetween = (plain: string, from: number, to: number): number => countWords(plain.slice(from, to));
