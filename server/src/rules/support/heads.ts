import { phraseSlot, termsSlot } from '../../artefacts/origins/reader.ts';
import type { FactRef } from '../../lineage/types.ts';
import type { Severity } from '../../protocol/report.ts';
import { maximumRelated } from './helpers.ts';
import type { At, RawRelated, RuleContext } from '../types.ts';

/** The head of a source file, and how loud it is. */
export interface GradedHead {
  readonly at: FactRef;
  readonly severity: Severity;
}

/** The line on which a head states its terms, where that is not the line that a finding stands at. */
export const termsPlace = (context: RuleContext, { path, fact }: FactRef): readonly RawRelated[] => {
  const slot = termsSlot(fact);
  return context.artefacts.get(path)?.places.has(slot) === true ? [{ at: { path, slot }, message: 'its terms are stated here' }] : [];
};

/** The line of a head that states its terms, else that of its holder. */
export const statedAt = (context: RuleContext, at: FactRef): At => {
  const slot = termsSlot(at.fact);
  return context.artefacts.get(at.path)?.places.has(slot) === true ? { path: at.path, slot } : at;
};

/** The line on which a comment begins that names its source on the next. */
export const phrasePlace = (context: RuleContext, { path, fact }: FactRef): readonly RawRelated[] => {
  const slot = phraseSlot(fact);
  return context.artefacts.get(path)?.places.has(slot) === true ? [{ at: { path, slot }, message: 'the comment begins here' }] : [];
};

/** Where the finding on several heads stands. */
export const loudest = <T extends GradedHead>(group: readonly T[]): T | undefined => group.find((head) => head.severity === 'warning') ?? group[0];

/** How many more files there are, and whose they are, where they are somebody else's again. */
export const moreFiles = (group: readonly GradedHead[], holders: readonly string[] = []): string => {
  const files = new Set(group.map((head) => head.at.path)).size - 1;
  if (files === 0) return '';
  const named = holders.slice(0, 3).join(', ');
  return ` (and ${files} more ${files > 1 ? 'files' : 'file'}${named === '' ? '' : `, also of ${named}${holders.length > 3 ? ' and others' : ''}`})`;
};

/** The terms of the first head, and the other heads with theirs. */
export const otherHeads = (context: RuleContext, group: readonly GradedHead[], first: GradedHead, message: string): readonly RawRelated[] =>
  [
    ...termsPlace(context, first.at),
    ...group.filter((head) => head !== first).flatMap(({ at, severity }) => [{ at, message, decides: severity }, ...termsPlace(context, at)]),
  ].slice(0, maximumRelated);
