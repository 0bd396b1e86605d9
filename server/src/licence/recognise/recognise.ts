import { findAdditions } from './additions.ts';
import type { LicenceIndex } from './index-file.ts';
import { textKinds } from './index-file.ts';
import type { TextKind } from './index-file.ts';
import { findKnownTexts } from './texts.ts';
import type { Tokens } from './tokens.ts';
import type { Difference, Weighed } from './weigh.ts';

/** A known text in a file, with what was changed in it. */
export interface FoundText {
  readonly licence: string;
  readonly kind: TextKind;
  /** Tokens of the file, the end exclusive. */
  readonly from: number;
  readonly to: number;
  /** 0 to 1: share of the words of both that agree. */
  readonly score: number;
  readonly changes: readonly Difference[];
  /** What differs is told, and it is the licence all the same. */
  readonly edition?: true;
}

/** Share of its words that a text with changes has at least; below it is a text of its own. */
const leastModified = 0.75;
/** Share that an unchanged text has at least: what is missing then is a title or a closing line. */
const leastWhole = 0.75;

/**
 * Words of a text that nobody takes and changes, and the share of them that is there, from which on it is another edition of it:
 * short ones have relatives that the index lacks.
 */
const longText = 250;
const nearlyAll = 0.95;

const own = 'LicenseRef-';

/** Words around a text that can belong to its file: more are code or a document. */
const mostBeside = 400;
/** A file in which a licence is less than this share of the words is no licence file: what it says beside is of something else. */
const leastShare = 0.35;

const additionsBeside = (tokens: Tokens, index: LicenceIndex, texts: readonly Weighed[], number: number): readonly Difference[] => {
  const one = texts[number];
  if (!one) return [];
  const covered = texts.reduce((sum, other) => sum + other.alignment.to - other.alignment.from, 0);
  if (covered < tokens.count * leastShare) return [];
  const before = texts[number - 1]?.alignment.to ?? 0;
  const after = texts[number + 1]?.alignment.from ?? tokens.count;
  const { from, to } = one.alignment;
  return [
    ...(number === 0 ? findAdditions(tokens, index, Math.max(before, from - mostBeside), from) : []),
    ...findAdditions(tokens, index, to, Math.min(after, to + mostBeside)),
  ];
};

/** Known texts of a file, told from their relatives by what differs; a text with changed conditions is reported as a changed one. */
export const recogniseTexts = (tokens: Tokens, index: LicenceIndex): readonly FoundText[] => {
  const texts = findKnownTexts(tokens, index);
  return texts.flatMap((one, number): FoundText[] => {
    const { text, from, to } = one.alignment;
    const licence = index.licences[index.licenceOf[text] as number] ?? '';
    const kind = textKinds[index.kindOf[text] as number] ?? 'text';
    const coverage = one.needed === 0 ? 1 : one.matched / one.needed;
    const score = Math.round((100 * one.matched) / Math.max(1, one.matched + one.missing + one.extra)) / 100;
    // A header that is not word for word one of the list is left to the grammar of notices, which reads what it names.
    if (kind === 'notice' && (one.missing > 1 || one.material.length > 0)) return [];
    if (kind === 'policy') return [{ licence, kind, from, to, score, changes: [] }];
    const changes = [...one.material, ...(kind === 'text' && !licence.startsWith(own) ? additionsBeside(tokens, index, texts, number) : [])];
    if (coverage < (changes.length > 0 ? leastModified : leastWhole)) return [];
    if (changes.length > 0 && index.isChanged[index.licenceOf[text] as number] === 0)
      return kind === 'text' && one.needed >= longText && score >= nearlyAll ? [{ licence, kind, from, to, score, changes, edition: true }] : [];
    return [{ licence, kind, from, to, score, changes }];
  });
};
