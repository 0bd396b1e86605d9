import { memo } from '../knowledge/lookup.ts';
import type { Finding, Skipped, Suppressed } from '../protocol/report.ts';
import { invalidSuppression } from '../rules/invalid-suppression.ts';
import { rules } from '../rules/index.ts';
import type { RawFinding, RuleContext } from '../rules/types.ts';
import { compareText } from '../text/compare.ts';
import { digest } from '../text/digest.ts';
import { limits } from '../text/limits.ts';
import { linesText } from '../text/lines.ts';
import type { RuleFinding } from './conclude.ts';
import { heldBack, levelAt, movedOn } from './held.ts';
import type { Draft, Held } from './held.ts';
import { fixOf, placeOf, presentOf, relatedOf } from './place.ts';
import type { Present } from './place.ts';
import type { AnalysisInput } from './types.ts';

/** Findings where they stand now. Those of a file are worded when somebody asks for them. */
export interface Placement {
  readonly at: (path: string) => readonly Finding[];
  readonly findings: () => readonly Finding[];
  readonly suppressed: () => readonly Suppressed[];
  /** Files with more findings than are kept. */
  readonly skipped: () => readonly Skipped[];
  readonly drafts: () => readonly Draft[];
  /** The same findings once files of `moved` were read again. Pays for what stands in them, or points at them. */
  readonly after: (moved: NonNullable<AnalysisInput['moved']>) => Placement;
}

interface Rows {
  readonly input: AnalysisInput;
  readonly context: RuleContext;
  readonly present: Present;
}

/** What became of a raw finding: the place that carries it, if one does, and those where it is held back. */
interface Outcome {
  readonly draft: Draft | undefined;
  readonly held: readonly { readonly draft: Draft; readonly why: Held }[];
}

/** Fills a message; a sentence gets its capital only where that changes no name. */
const fill = (template: string, data: Readonly<Record<string, string>>): string => {
  const text = template.replace(/\{(\w+)\}/g, (whole, name: string) => data[name] ?? whole);
  return /^(?:this repository|the |a model of )/.test(text) ? `${text[0]?.toUpperCase()}${text.slice(1)}` : text;
};

const dataOf = ({ input: { policy }, present }: Rows, { data, lines }: RawFinding): Readonly<Record<string, string>> =>
  lines === undefined
    ? data
    : { ...data, lines: linesText(lines.map((at) => placeOf(at, present, policy)).map(({ line, endLine }) => ({ startLine: line, endLine }))) };

/** Within a file. */
const order = (a: Draft, b: Draft): number =>
  a.place.line - b.place.line ||
  a.place.column - b.place.column ||
  compareText(a.entry.rule.id, b.entry.rule.id) ||
  compareText(a.entry.finding.works.join(' '), b.entry.finding.works.join(' ')) ||
  compareText(a.entry.finding.messageId, b.entry.finding.messageId);

const messageOf = (rows: Rows, { entry: { rule, finding } }: Draft): string =>
  fill(rule.messages[finding.messageId] ?? finding.messageId, dataOf(rows, finding));

/** What a finding is known by while its text moves; `ordinals` tells apart those that are alike. */
const fingerprintOf = ({ entry: { rule, finding }, place: { path, lineDigest } }: Draft, ordinals: Map<string, number>): string => {
  const identity = `${rule.id} ${finding.works.join(' ')} ${path} ${lineDigest}`;
  const ordinal = ordinals.get(identity) ?? 0;
  ordinals.set(identity, ordinal + 1);
  return digest(`${identity} ${ordinal}`);
};

const worded = ({ input, context, present }: Rows, draft: Draft, ordinals: Map<string, number>): Finding | undefined => {
  const { rule, finding } = draft.entry;
  const { lineDigest: _, ...place } = draft.place;
  const level = levelAt(input, context, draft);
  if (level === 'off') return undefined;
  return {
    ruleId: rule.id,
    severity: level,
    message: messageOf({ input, context, present }, draft),
    ...place,
    works: finding.works,
    clause: finding.clause ?? null,
    evidence: finding.evidence,
    confidence: finding.confidence ?? null,
    related: (finding.related ?? []).flatMap((related) => {
      const found = relatedOf(related, present, input.policy);
      const beside = found.path === place.path && found.line === place.line && found.cell === place.cell;
      return related.elsewhere === true && beside ? [] : [found];
    }),
    fixes: (finding.fixes ?? []).flatMap((fix) => fixOf(fix, present) ?? []),
    fingerprint: fingerprintOf(draft, ordinals),
  };
};

const wordedAll = (rows: Rows, drafts: readonly Draft[]): readonly Finding[] => {
  const ordinals = new Map<string, number>();
  return drafts
    .toSorted(order)
    .slice(0, limits.findingsPerFile)
    .flatMap((each) => worded(rows, each, ordinals) ?? []);
};

const suppressedRows = (rows: Rows, held: Outcome['held']): readonly Suppressed[] => {
  const ordinals = new Map<string, number>();
  return held
    .toSorted((a, b) => compareText(a.draft.place.path, b.draft.place.path) || order(a.draft, b.draft))
    .map(({ draft, why }): Suppressed => {
      const { path, line } = draft.place;
      const { by, reason } = why;
      return { ruleId: draft.entry.rule.id, path, line, by, reason, message: messageOf(rows, draft), fingerprint: fingerprintOf(draft, ordinals) };
    })
    .toSorted((a, b) => compareText(a.path, b.path) || a.line - b.line || compareText(a.ruleId, b.ruleId));
};

const draftOf = ({ input, present }: Rows, entry: RuleFinding): Draft => ({ entry, place: placeOf(entry.finding.at, present, input.policy) });

/** Where a finding stands: at its own place, else at the next where the same was decided. */
const settle = (rows: Rows, entry: RuleFinding): Outcome => {
  const held: Outcome['held'][number][] = [];
  for (let each: RuleFinding | undefined = entry; each; each = movedOn(each)) {
    const draft = draftOf(rows, each);
    const why = heldBack(rows.input, rows.context, rows.present, draft);
    if (!why) return { draft, held };
    held.push({ draft, why });
  }
  return { draft: undefined, held };
};

/** Every path that a raw finding looks at when it is placed. */
const pathsOf = ({ finding }: RuleFinding): readonly string[] => [
  ...new Set([
    finding.at.path,
    ...(finding.related ?? []).map(({ at }) => at.path),
    ...(finding.lines ?? []).map(({ path }) => path),
    ...(finding.fixes ?? []).flatMap(({ edits = [] }) => edits.map(({ path }) => path)),
  ]),
];

const grouped = <T>(items: Iterable<T>, pathsFor: (item: T) => readonly string[]): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items)
    for (const path of pathsFor(item)) {
      const group = groups.get(path);
      if (group) group.push(item);
      else groups.set(path, [item]);
    }
  return groups;
};

const knownRules: ReadonlySet<string> = new Set(rules.map((rule) => rule.id));

/** What is wrong with acceptances themselves, now that it is known which of them held something back. */
const checksOf = (rows: Rows, held: Outcome['held']): readonly Draft[] => {
  const { input, context } = rows;
  if (!input.inlineSuppressions && input.policy.path === null) return [];
  const usedAcceptances = new Set(held.flatMap(({ why }) => why.acceptance ?? []));
  const usedComments = new Set(held.flatMap(({ why }) => why.comment ?? []));
  const last = { ...context, suppressions: { knownRules, usedAcceptances, usedComments } };
  return [...invalidSuppression.check(last)].map((finding) => draftOf(rows, { rule: invalidSuppression, finding }));
};

const placement = (rows: Rows, drafts: ReadonlyMap<string, readonly Draft[]>, held: Outcome['held'], after: Placement['after']): Placement => {
  const made = new Map<string, readonly Finding[]>();
  const at = (path: string): readonly Finding[] => {
    const known = made.get(path);
    if (known) return known;
    const findings = wordedAll(rows, drafts.get(path) ?? []);
    made.set(path, findings);
    return findings;
  };
  return {
    at,
    after,
    findings: memo(() => [...drafts.keys()].toSorted(compareText).flatMap(at)),
    suppressed: memo(() => suppressedRows(rows, held)),
    drafts: () => [...drafts.values()].flat(),
    skipped: memo(() =>
      [...drafts]
        .filter(([, { length }]) => length > limits.findingsPerFile)
        .map(([path, { length }]): Skipped => ({ path, reason: `${length} findings, of which ${limits.findingsPerFile} are kept` })),
    ),
  };
};

const homeOf = ({ draft }: Outcome): readonly string[] => (draft ? [draft.place.path] : []);

/** Raw findings at their present places, with what the policy and comments hold back taken out and checked. `input` has nothing that moved. */
export const place = (input: AnalysisInput, context: RuleContext, raw: readonly RuleFinding[]): Placement => {
  const rows: Rows = { input, context, present: presentOf(input) };
  const outcomes = new Map(raw.map((entry) => [entry, settle(rows, entry)]));
  const held = [...outcomes.values()].flatMap((outcome) => outcome.held);
  const checks = checksOf(rows, held);
  const drafts = grouped([...[...outcomes.values()].flatMap(({ draft }) => draft ?? []), ...checks], (draft) => [draft.place.path]);
  const looking = memo(() => grouped(raw, pathsOf));
  const atHome = memo(() => grouped(outcomes.entries(), ([, outcome]) => homeOf(outcome)));
  const heldEntries = memo(() => [...outcomes].filter(([, outcome]) => outcome.held.length > 0));

  const after: Placement['after'] = (moved) => {
    const now: AnalysisInput = { ...input, moved };
    const next: Rows = { input: now, context, present: presentOf(now) };
    const again = new Map([...moved.keys()].flatMap((path) => looking().get(path) ?? []).map((entry) => [entry, settle(next, entry)]));
    const heldNow = [...heldEntries().filter(([entry]) => !again.has(entry)), ...again].flatMap(([, outcome]) => outcome.held);
    const checksNow = checksOf(next, heldNow);
    // Files whose findings are others now: those that held what moved, and those that hold it.
    const touched = new Set([
      ...[...again].flatMap(([entry, outcome]) => [...homeOf(outcome), ...homeOf(outcomes.get(entry) ?? outcome)]),
      ...[...checks, ...checksNow].map((draft) => draft.place.path),
    ]);
    const fresh = grouped([...[...again.values()].flatMap(({ draft }) => draft ?? []), ...checksNow], (draft) => [draft.place.path]);
    const stayed = (path: string): readonly Draft[] => (atHome().get(path) ?? []).flatMap(([entry, { draft }]) => (again.has(entry) ? [] : (draft ?? [])));
    const changed = new Map([...touched].map((path) => [path, [...stayed(path), ...(fresh.get(path) ?? [])]]));
    const whole = memo(() => placement(next, new Map([...drafts, ...changed]), heldNow, after));
    const few = placement(next, changed, heldNow, after);
    return {
      ...few,
      at: (path) => (changed.has(path) ? few.at(path) : all.at(path)),
      findings: () => whole().findings(),
      skipped: () => whole().skipped(),
      drafts: () => whole().drafts(),
    };
  };
  const all = placement(rows, drafts, held, after);
  return all;
};
