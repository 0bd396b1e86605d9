import { weight } from './index-file.ts';
import type { LicenceIndex } from './index-file.ts';
import { hashOf } from './hash.ts';
import { afterStop, atLine, atParagraph, capital } from './marks.ts';
import type { Tokens } from './tokens.ts';
import { isBroken, slipOf } from './typos.ts';
import { copyrightSign, firstWord, idOfHash, unknownNumber, unknownWord } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Most words that follow a copyright sign and belong to it. */
const longestStatement = 30;
/** Words of a holder's name; a longer row of capitals is a heading. */
const longestHolder = 9;
/** Words of a stretch in which slips are looked for: a longer one is another text. */
const mostSlips = 4;
/** The words of a stretch that say something, and how many are no words of any text. */
export interface Telling {
  readonly known: readonly number[];
  readonly unknown: number;
}
export const nothing: Telling = { known: [], unknown: 0 };

/** What of a list is not in another, each word as often as it stands there. */
export const without = (from: readonly number[], other: readonly number[]): readonly number[] => {
  if (other.length === 0 || from.length === 0) return from;
  const counts = new Map<number, number>();
  for (const id of other) counts.set(id, (counts.get(id) ?? 0) + 1);
  return from.filter((id) => {
    const count = counts.get(id) ?? 0;
    if (count === 0) return true;
    counts.set(id, count - 1);
    return false;
  });
};

/** "modifica-" at the end of a line. */
const isHyphenated = ({ bytes, ends, marks }: Tokens, at: number): boolean => bytes[ends[at] as number] === 0x2d && ((marks[at + 1] as number) & atLine) !== 0;

/** "IDIAP Research Institute", "Facebook AI Research": a word between capitals that names who holds it, and says nothing of what for. */
const isInName = ({ ids, marks, count }: Tokens, at: number, { ofNames, notOfNames }: KeyWords): boolean => {
  const isCapital = (i: number): boolean => i >= 0 && i < count && ((marks[i] as number) & capital) !== 0;
  if (!ofNames.includes(ids[at] as number) || !isCapital(at)) return false;
  let from = at;
  while (at - from < longestHolder && isCapital(from - 1) && ((marks[from] as number) & (atParagraph | afterStop)) === 0) from -= 1;
  let to = at + 1;
  while (to - at < longestHolder && isCapital(to) && ((marks[to] as number) & (atParagraph | afterStop)) === 0) to += 1;
  if (to - from < 2 || to - from >= longestHolder) return false;
  for (let i = from; i < to; i += 1) if (notOfNames.includes(ids[i] as number)) return false;
  return true;
};

/** The words of a stretch of the file that say something: no copyright statements, names, addresses, joining words. */
export const tellingWords = (
  tokens: Tokens,
  index: LicenceIndex,
  from: number,
  to: number,
  words: KeyWords,
  wanted: ReadonlySet<number>,
  holdsNames: boolean,
): Telling => {
  const known: number[] = [];
  let unknown = 0;
  for (let at = from; at < to; at += 1) {
    const id = tokens.ids[at] as number;
    if (id === copyrightSign || id === words.copyright) {
      const end = Math.min(to, at + longestStatement);
      at += 1;
      while (at < end && ((tokens.marks[at] as number) & atParagraph) === 0 && ((index.weights[tokens.ids[at] as number] as number) & weight.condition) === 0)
        at += 1;
      at -= 1;
      continue;
    }
    const start = tokens.starts[at] as number;
    if (wanted.size > 0 && at + 1 < to && ((tokens.ends[at] as number) - start <= 2 || isHyphenated(tokens, at))) {
      const whole = isBroken(tokens.bytes, start, tokens.ends[at + 1] as number, wanted, index.vocabulary);
      if (whole !== 0) {
        known.push(whole);
        at += 1;
        continue;
      }
    }
    if (id === unknownWord) {
      const meant =
        wanted.size > 0 && wanted.size <= mostSlips && to - from <= mostSlips
          ? slipOf(tokens.bytes, start, tokens.ends[at] as number, wanted, index.vocabulary)
          : 0;
      if (meant === 0) unknown += 1;
      else known.push(meant);
    } else if (id >= firstWord && ((index.weights[id] as number) & weight.joining) === 0) {
      if (!holdsNames || !isInName(tokens, at, words)) known.push(id);
    } else if (id === unknownNumber) unknown += 1;
  }
  return { known, unknown };
};

/** Ids of words that are asked for one by one. */
export interface KeyWords {
  readonly copyright: number;
  readonly with: number;
  readonly or: number;
  readonly without: number;
  /** "Without limitation" and "without restriction" take nothing away when they are left out. */
  readonly emptyObjects: readonly number[];
  /** "(an example is provided in the Appendix below)": a text without its appendix has none of it. */
  readonly appendix: number;
  /** Words of conditions that names of holders have as well, and those that no such name has. */
  readonly ofNames: readonly number[];
  readonly notOfNames: readonly number[];
}

const keyWords = new WeakMap<Vocabulary, KeyWords>();

export const keyWordsOf = (vocabulary: Vocabulary): KeyWords => {
  const known = keyWords.get(vocabulary);
  if (known) return known;
  const idOf = (word: string): number => idOfHash(vocabulary, hashOf(word));
  const built = {
    copyright: idOf('copyright'),
    with: idOf('with'),
    or: idOf('or'),
    without: idOf('without'),
    emptyObjects: ['limitation', 'restriction'].map(idOf),
    appendix: idOf('appendix'),
    ofNames: ['research', 'academic', 'education', 'educational'].map(idOf).filter((id) => id !== unknownWord),
    notOfNames: ['only', 'use', 'uses', 'purpose', 'purposes', 'commercial', 'for', 'not', 'no'].map(idOf).filter((id) => id !== unknownWord),
  };
  keyWords.set(vocabulary, built);
  return built;
};

/** Words of a pointer to an appendix, joining words left out. */
const longestPointer = 6;

export const isEmptyPhrase = (lost: readonly number[], words: KeyWords): boolean =>
  (words.appendix !== unknownWord && lost.includes(words.appendix) && lost.length <= longestPointer) || isEmptyObject(lost, words);

const isEmptyObject = (lost: readonly number[], words: KeyWords): boolean =>
  lost.includes(words.without) &&
  lost.some((id) => words.emptyObjects.includes(id)) &&
  lost.every((id) => id === words.without || words.emptyObjects.includes(id));

/** Most words of a place that takes one of a few wordings, and not a name. */
const fewWordings = 8;

/** Words in a variable place that its ordinary wording has not and that change what is permitted: a name may stand there, no condition. */
export const unusual = (known: readonly number[], index: LicenceIndex, from: number, to: number, space: number): readonly number[] => {
  const weighty = space <= fewWordings ? weight.condition | weight.negation : weight.condition;
  const found = known.filter((id) => ((index.weights[id] as number) & weighty) !== 0);
  return found.length === 0 ? found : without(found, [...index.tokens.subarray(from, to)]);
};
