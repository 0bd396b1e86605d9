import type { Knowledge, Terms } from '../knowledge/types.ts';

/** UTF-16 units in which terms say of when they are. */
export const headLength = 4000;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const month = `(${months.join('|')})[a-z]{0,6}\\.?`;
const label = String.raw`\b(?:last[ -](?:modified|updated?|revised|revision)|release date|effective(?: date| as of| from| on)?|dated|updated(?: on| as of)?)`;
/** "Last modified: March 24, 2025", "Release Date: 18 July 2023", "Effective 2024-07-05". */
const dated = new RegExp(
  String.raw`${label}[\s:*_"'()]{1,6}((?:${month} (\d{1,2})(?:st|nd|rd|th)?,? (20\d\d))|(?:(\d{1,2})(?:st|nd|rd|th)? ${month},? (20\d\d))|(?:(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})))\b`,
  'i',
);

export interface Edition {
  /** As written. */
  readonly stated: string;
  /** As `2024-02-21`. */
  readonly day: string;
  readonly at: number;
}

const two = (number: string | number): string => String(number).padStart(2, '0');

/** Of when terms say at their head that they are. */
export const editionOf = (text: string): Edition | undefined => {
  const found = dated.exec(text.slice(0, headLength));
  if (!found) return undefined;
  const [whole, stated = '', name1, day1, year1, day2, name2, year2, year3, number3, day3] = found;
  const name = (name1 ?? name2)?.toLowerCase();
  const number = name === undefined ? (number3 ?? '0') : months.indexOf(name) + 1;
  return {
    stated,
    day: `${year1 ?? year2 ?? year3 ?? ''}-${two(number)}-${two(day1 ?? day2 ?? day3 ?? '0')}`,
    at: found.index + whole.length - stated.length,
  };
};

/** Passages in which two editions of one text differ at most, beside the line of the date. */
const mostPassages = 4;
/** And lines of those, beside a tenth of all. */
const fewLines = 6;

interface Passage {
  readonly startLine: number;
  readonly endLine: number;
}

/**
 * Dated terms of a publisher that differ in little from the edition that is recorded, and that say that they are of another day: who put them
 * out changed them. Undefined where they say nothing of the kind, or name the recorded day.
 */
export const otherEdition = (text: string, terms: Terms | undefined, changes: readonly Passage[]): Edition | undefined => {
  const known = terms?.effective ?? undefined;
  if (terms === undefined || known === undefined || terms.publisher === null) return undefined;
  const edition = editionOf(text);
  if (!edition || edition.day.startsWith(known) || (terms.version ?? '').includes(edition.day)) return undefined;
  const line = text.slice(0, edition.at).split('\n').length;
  const passages = changes.filter(({ startLine, endLine }) => line < startLine || endLine < line);
  const lines = passages.reduce((sum, { startLine, endLine }) => sum + endLine - startLine + 1, 0);
  return passages.length <= mostPassages && lines <= Math.max(fewLines, text.split('\n').length / 10) ? edition : undefined;
};

/** What a publisher calls terms, whatever edition of them. */
const nameOf = ({ name }: Terms): string =>
  name
    .replace(/\s*\([^)]*\)/g, '')
    .trim()
    .toLowerCase();

/** The id of the edition of these terms that a text is by the day at its head; undefined where that is the very one, or none that is recorded. */
export const editionOfDay = (licence: string, head: string, knowledge: Knowledge): string | undefined => {
  const terms = knowledge.terms(licence);
  const day = terms?.effective ? editionOf(head)?.day : undefined;
  if (terms === undefined || day === undefined || day === terms.effective) return undefined;
  const name = nameOf(terms);
  return knowledge.allTerms().find((other) => other.effective === day && nameOf(other) === name)?.id;
};
