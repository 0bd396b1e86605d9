import { recognition } from './recognition.ts';
import type { TextRecord } from './recognition.ts';
import { squeeze, wordsBetween } from './squeeze.ts';
import type { Squeezed } from './squeeze.ts';

/** A licence whose text, or a changed form of it, stands in a file. */
export interface TextMatch {
  readonly licence: string;
  /** From 1, both inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  /** Lines that add conditions to the known text. */
  readonly changes: readonly { readonly startLine: number; readonly endLine: number }[];
}

interface Region {
  readonly record: TextRecord;
  /** Indexes of the squeezed text. */
  readonly from: number;
  readonly to: number;
  /** It has more words than the text. */
  readonly longer: boolean;
}

/** Words of a text that is known by its title alone. */
const leastWords = 250;
/** Words beside a title on its own line: a number, a date, whose copyright it is. */
const titleBefore = 6;
const titleAfter = 10;
/** Places that are tried for a title: a text names itself often. */
const titleTries = 20;

const spaced = (phrase: string): string => ` ${phrase} `;
const has = (plain: string, phrase: string): boolean => plain.includes(spaced(phrase));

/** Where a phrase stands, without the spaces around it; -1 where it does not. */
const find = (plain: string, phrase: string, from = 0): number => {
  const at = plain.indexOf(spaced(phrase), from);
  return at < 0 ? -1 : at + 1;
};

const titleAt = (text: Squeezed, phrase: string): number => {
  let from = 0;
  for (let tries = 0; tries < titleTries; tries += 1) {
    const at = find(text.plain, phrase, from);
    if (at < 0) return -1;
    const { before, after } = text.company(at, at + phrase.length - 1);
    if (before <= titleBefore && after <= titleAfter) return at;
    from = at + phrase.length;
  }
  return -1;
};

const firstTitle = (text: Squeezed, titles: readonly string[]): number => {
  const places = titles.map((title) => titleAt(text, title)).filter((at) => at >= 0);
  return places.length === 0 ? -1 : Math.min(...places);
};

const fits = (plain: string, record: TextRecord): boolean =>
  (record.all ?? []).every((phrase) => has(plain, phrase)) &&
  (record.any === undefined || record.any.some((phrase) => has(plain, phrase))) &&
  !(record.none ?? []).some((phrase) => has(plain, phrase));

/** The last place of the first closing phrase that stands behind the beginning. */
const endOf = (plain: string, record: TextRecord, from: number): number | undefined => {
  for (const phrase of record.to ?? []) {
    const at = record.from === undefined ? plain.lastIndexOf(spaced(phrase)) : plain.indexOf(spaced(phrase), from);
    if (at > from) return at + 1 + phrase.length;
  }
  return undefined;
};

const byBody = (text: Squeezed, record: TextRecord, opening: string): readonly Region[] => {
  const regions: Region[] = [];
  for (let from = find(text.plain, opening); from >= 0 && regions.length < 10; from = find(text.plain, opening, from + opening.length)) {
    const to = endOf(text.plain, record, from);
    if (to === undefined) break;
    const part = ` ${text.plain.slice(from, to)} `;
    const [least, most] = record.words ?? [0, Infinity];
    const count = wordsBetween(text.plain, from, to);
    if (fits(part, record) && count >= least) regions.push({ record, from, to, longer: count > most });
  }
  return regions;
};

const byTitle = (text: Squeezed, record: TextRecord): readonly Region[] => {
  if (text.words < (record.least ?? leastWords) || !fits(text.plain, record)) return [];
  const from = record.title === undefined ? Math.min(...(record.all ?? []).map((phrase) => find(text.plain, phrase))) : firstTitle(text, record.title);
  if (from < 0 || !Number.isFinite(from)) return [];
  return [{ record, from, to: endOf(text.plain, record, from) ?? text.plain.length, longer: false }];
};

/** The regions that stand: a text that holds another's words or title is the one that is meant. */
const settled = (regions: readonly Region[]): readonly Region[] => {
  const covered = new Set(regions.flatMap((region) => region.record.over ?? []));
  const apart = regions.filter((region) => !covered.has(region.record.licence));
  return apart.filter(
    (region) =>
      !apart.some(
        (other) =>
          other !== region &&
          other.from <= region.from &&
          other.to >= region.to &&
          (other.from < region.from || other.to > region.to) &&
          other.record.from !== undefined,
      ),
  );
};

/** Lines outside the known words of texts where a phrase adds a condition. */
const changesOf = (text: Squeezed, regions: readonly Region[]): TextMatch['changes'] => {
  const lines = new Set<number>();
  // The bodies of short texts have none of these phrases, so one inside was put there.
  const outside = (at: number): boolean => regions.every((region) => region.record.from !== undefined || at < region.from || at >= region.to);
  for (const phrase of recognition.materialChanges) {
    for (let at = find(text.plain, phrase), tries = 0; at >= 0 && tries < titleTries; at = find(text.plain, phrase, at + phrase.length), tries += 1) {
      if (outside(at)) lines.add(text.lineAt(at));
    }
  }
  return [...lines].toSorted((a, b) => a - b).map((line) => ({ startLine: line, endLine: line }));
};

const custom = 'LicenseRef-';

/** Full texts in a file, by titles and identifying phrases. A known text with conditions beside it is a changed one. */
export const findTexts = (source: string): readonly TextMatch[] => {
  const text = squeeze(source);
  const found = recognition.texts.flatMap((record) => (record.from === undefined ? byTitle(text, record) : byBody(text, record, record.from)));
  const regions = settled(found);
  const [only, more] = regions;
  if (only === undefined) return [];
  // What tells a text from its relatives may stand behind its last known words.
  if (more === undefined && (only.record.none ?? []).some((phrase) => has(text.plain, phrase))) return [];
  const own = regions.filter((region) => region.record.licence.startsWith(custom));
  const changes = own.length > 0 ? [] : changesOf(text, regions);
  const seen = new Set<string>();
  return regions.flatMap((region): TextMatch[] => {
    const { licence } = region.record;
    const key = `${licence} ${region.from}`;
    if (seen.has(key)) return [];
    seen.add(key);
    // Words were added that say nothing known: which licence that is cannot be told.
    if (region.longer && changes.length === 0) return [];
    const changed = changes.length > 0;
    return [
      {
        licence: changed && !licence.startsWith(custom) ? `${custom}modified-${licence}` : licence,
        startLine: text.lineAt(region.from),
        endLine: text.lineAt(region.to - 1),
        changes,
      },
    ];
  });
};
