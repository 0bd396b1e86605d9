import { isShown } from '../artefacts/types.ts';
import type { Finding, Skipped, Suppressed } from '../protocol/report.ts';
import type { RuleLevel } from '../policy/types.ts';
import { invalidSuppression } from '../rules/invalid-suppression.ts';
import { rules } from '../rules/index.ts';
import type { RawFinding, RuleContext } from '../rules/types.ts';
import { compareText } from '../text/compare.ts';
import { digest } from '../text/digest.ts';
import { limits } from '../text/limits.ts';
import { linesText } from '../text/lines.ts';
import type { RuleFinding } from './conclude.ts';
import { levelOf } from './levels.ts';
import { fixOf, placeOf, relatedOf } from './place.ts';
import type { Placed } from './place.ts';
import type { AnalysisInput } from './types.ts';

interface Draft {
  readonly entry: RuleFinding;
  readonly place: Placed;
}

/** Fills a message; a sentence gets its capital only where that changes no name. */
const fill = (template: string, data: Readonly<Record<string, string>>): string => {
  const text = template.replace(/\{(\w+)\}/g, (whole, name: string) => data[name] ?? whole);
  return text.startsWith('this repository') || text.startsWith('the ') ? `T${text.slice(1)}` : text;
};

const dataOf = ({ artefacts, policy }: AnalysisInput, { data, lines }: RawFinding): Readonly<Record<string, string>> =>
  lines === undefined
    ? data
    : { ...data, lines: linesText(lines.map((at) => placeOf(at, artefacts, policy)).map(({ line, endLine }) => ({ startLine: line, endLine }))) };

const order = (a: Draft, b: Draft): number =>
  compareText(a.place.path, b.place.path) ||
  a.place.line - b.place.line ||
  a.place.column - b.place.column ||
  compareText(a.entry.rule.id, b.entry.rule.id) ||
  compareText(a.entry.finding.works.join(' '), b.entry.finding.works.join(' ')) ||
  compareText(a.entry.finding.messageId, b.entry.finding.messageId);

interface Held {
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

const heldByComment = (input: AnalysisInput, draft: Draft): Held | undefined => {
  if (!input.inlineSuppressions || draft.place.key !== null) return undefined;
  const artefact = input.artefacts.get(draft.place.path);
  for (const fact of artefact?.facts ?? []) {
    if (fact.kind !== 'suppression' || fact.reason === '' || !fact.rules.includes(draft.entry.rule.id)) continue;
    const range = artefact?.places.get(fact.id);
    if (!fact.whole && (!range || range.cell !== draft.place.cell || draft.place.line < range.line || draft.place.line > range.endLine)) continue;
    return { by: 'comment', reason: fact.reason, comment: `${draft.place.path} ${fact.id}` };
  }
  return undefined;
};

const levelAt = (input: AnalysisInput, context: RuleContext, { entry: { rule, finding }, place }: Draft): RuleLevel => {
  const isVendored = finding.ofWhole !== true && context.lineage.vendorOf(place.path) !== undefined;
  const isOthers = isVendored || ('fact' in finding.at && isShown(finding.at.fact));
  return levelOf(input.policy, rule.id, place.path, finding.severity ?? rule.severity, isOthers);
};

/** A policy in a scanned tree is somebody's word too: what it switches off is listed like what it accepts. */
const heldByLevel = (input: AnalysisInput, context: RuleContext, draft: Draft): Held | undefined =>
  levelAt(input, context, draft) === 'off' ? { by: input.policy.path ?? 'policy', reason: 'the rule is off' } : undefined;

const finished = (input: AnalysisInput, context: RuleContext, draft: Draft, ordinals: Map<string, number>): Finding | undefined => {
  const { rule, finding } = draft.entry;
  const { lineDigest, ...place } = draft.place;
  const level = levelAt(input, context, draft);
  if (level === 'off') return undefined;
  const identity = `${rule.id} ${finding.works.join(' ')} ${place.path} ${lineDigest}`;
  const ordinal = ordinals.get(identity) ?? 0;
  ordinals.set(identity, ordinal + 1);
  return {
    ruleId: rule.id,
    severity: level,
    message: fill(rule.messages[finding.messageId] ?? finding.messageId, dataOf(input, finding)),
    ...place,
    works: finding.works,
    clause: finding.clause ?? null,
    evidence: finding.evidence,
    confidence: finding.confidence ?? null,
    related: (finding.related ?? []).map((related) => relatedOf(related, input.artefacts, input.policy)),
    fixes: (finding.fixes ?? []).flatMap((fix) => fixOf(fix, input.artefacts) ?? []),
    fingerprint: digest(`${identity} ${ordinal}`),
  };
};

/** The finding at the next place where the same was decided: an acceptance of one place says nothing of the others. */
const movedOn = (entry: RuleFinding): RuleFinding | undefined => {
  const related = entry.finding.related ?? [];
  const at = related.findIndex((row) => row.decides !== undefined);
  const next = related[at];
  return next?.decides === undefined
    ? undefined
    : { rule: entry.rule, finding: { ...entry.finding, at: next.at, severity: next.decides, related: related.toSpliced(at, 1), fixes: [] } };
};

interface Finished {
  readonly findings: readonly Finding[];
  readonly suppressed: readonly Suppressed[];
  /** Files with more findings than are kept. */
  readonly skipped: readonly Skipped[];
}

/** Raw findings at their present places, with what the policy and comments hold back taken out and checked. */
export const finish = (input: AnalysisInput, context: RuleContext, raw: readonly RuleFinding[]): Finished => {
  const usedAcceptances = new Set<number>();
  const usedComments = new Set<string>();
  const suppressed: Suppressed[] = [];
  const kept: Draft[] = [];
  const draft = (entry: RuleFinding): Draft => ({ entry, place: placeOf(entry.finding.at, input.artefacts, input.policy) });
  const queue = raw.map(draft).toSorted(order);
  for (const each of queue) {
    const held = heldByPolicy(input, each) ?? heldByComment(input, each) ?? heldByLevel(input, context, each);
    if (!held) {
      kept.push(each);
      continue;
    }
    const next = movedOn(each.entry);
    if (next) queue.push(draft(next));
    if (held.acceptance !== undefined) usedAcceptances.add(held.acceptance);
    if (held.comment !== undefined) usedComments.add(held.comment);
    suppressed.push({ ruleId: each.entry.rule.id, path: each.place.path, line: each.place.line, by: held.by, reason: held.reason });
  }
  const knownRules = new Set(rules.map((rule) => rule.id));
  const last = { ...context, suppressions: { knownRules, usedAcceptances, usedComments } };
  const checks =
    input.inlineSuppressions || input.policy.path !== null
      ? [...invalidSuppression.check(last)].map((finding) => draft({ rule: invalidSuppression, finding }))
      : [];
  const ordinals = new Map<string, number>();
  const perFile = new Map<string, number>();
  const findings = [...kept, ...checks].toSorted(order).flatMap((each) => {
    const count = (perFile.get(each.place.path) ?? 0) + 1;
    perFile.set(each.place.path, count);
    return count > limits.findingsPerFile ? [] : (finished(input, context, each, ordinals) ?? []);
  });
  const skipped = [...perFile]
    .filter(([, count]) => count > limits.findingsPerFile)
    .map(([path, count]): Skipped => ({ path, reason: `${count} findings, of which ${limits.findingsPerFile} are kept` }));
  return { findings, skipped, suppressed: suppressed.toSorted((a, b) => compareText(a.path, b.path) || a.line - b.line || compareText(a.ruleId, b.ruleId)) };
};
