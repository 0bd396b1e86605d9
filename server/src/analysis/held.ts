import { isShown } from '../artefacts/via.ts';
import type { RuleLevel } from '../policy/types.ts';
import type { RuleContext } from '../rules/types.ts';
import type { RuleFinding } from './conclude.ts';
import { levelOf } from './levels.ts';
import type { Placed, Present } from './place.ts';
import type { AnalysisInput } from './types.ts';

export interface Draft {
  readonly entry: RuleFinding;
  readonly place: Placed;
}

/** Why a finding is not shown at a place. */
export interface Held {
  readonly by: string;
  readonly reason: string;
  readonly acceptance?: number;
  readonly comment?: string;
}

const heldByPolicy = (input: AnalysisInput, draft: Draft): Held | undefined => {
  const { rule, finding } = draft.entry;
  for (const [index, entry] of input.policy.accept.entries()) {
    if (entry.rule !== rule.id || entry.reason === null || (entry.until !== null && entry.until < input.today)) continue;
    if (entry.work !== null && !finding.works.includes(entry.work.replace(/@[^@/]*$/, ''))) continue;
    if (entry.matches !== null && !entry.matches(draft.place.path)) continue;
    return { by: entry.from ?? input.policy.path ?? 'policy', reason: entry.reason, acceptance: index };
  }
  return undefined;
};

const heldByComment = (input: AnalysisInput, present: Present, draft: Draft): Held | undefined => {
  if (!input.inlineSuppressions || draft.place.key !== null) return undefined;
  const artefact = present.get(draft.place.path);
  for (const fact of artefact?.facts ?? []) {
    if (fact.kind !== 'suppression' || fact.reason === '' || !fact.rules.includes(draft.entry.rule.id)) continue;
    const range = artefact?.places.get(fact.id);
    if (!fact.whole && (!range || range.cell !== draft.place.cell || draft.place.line < range.line || draft.place.line > range.endLine)) continue;
    return { by: 'comment', reason: fact.reason, comment: `${draft.place.path} ${fact.id}` };
  }
  return undefined;
};

export const levelAt = (input: AnalysisInput, context: RuleContext, { entry: { rule, finding }, place }: Draft): RuleLevel => {
  const isVendored = finding.ofWhole !== true && context.lineage.vendorOf(place.path) !== undefined;
  const isOthers = isVendored || ('fact' in finding.at && isShown(finding.at.fact));
  return levelOf(input.policy, rule.id, place.path, finding.severity ?? rule.severity, isOthers);
};

/** A policy in a scanned tree is somebody's word too: what it switches off is listed like what it accepts. */
const heldByLevel = (input: AnalysisInput, context: RuleContext, draft: Draft): Held | undefined =>
  levelAt(input, context, draft) === 'off' ? { by: input.policy.path ?? 'policy', reason: 'the rule is off' } : undefined;

export const heldBack = (input: AnalysisInput, context: RuleContext, present: Present, draft: Draft): Held | undefined =>
  heldByPolicy(input, draft) ?? heldByComment(input, present, draft) ?? heldByLevel(input, context, draft);

/** The finding at the next place where the same was decided: an acceptance of one place says nothing of the others. */
export const movedOn = (entry: RuleFinding): RuleFinding | undefined => {
  const related = entry.finding.related ?? [];
  const at = related.findIndex((row) => row.decides !== undefined);
  const next = related[at];
  return next?.decides === undefined
    ? undefined
    : { rule: entry.rule, finding: { ...entry.finding, at: next.at, severity: next.decides, related: related.toSpliced(at, 1), fixes: [] } };
};
