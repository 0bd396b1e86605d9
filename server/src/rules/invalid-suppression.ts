import { factsOf } from '../lineage/files.ts';
import { resolveStated } from '../licence/resolve.ts';
import { canonical } from '../lineage/remote.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RuleContext } from './types.ts';

const within = (from: string | null): string => (from === null ? '' : ` (of ${from})`);

/** `accept` entries of the policy that hold nothing back, or may not. What a shared policy accepts need not occur in every repository. */
function* acceptances(context: RuleContext): Iterable<RawFinding> {
  const { policy, suppressions } = context;
  if (policy.path === null || !suppressions) return;
  for (const [index, entry] of policy.accept.entries()) {
    const expired = entry.until !== null && entry.until < context.today;
    const messageId =
      entry.reason === null
        ? 'reason'
        : !suppressions.knownRules.has(entry.rule)
          ? 'rule'
          : expired
            ? 'expired'
            : suppressions.usedAcceptances.has(index) || entry.from !== null
              ? undefined
              : 'unused';
    if (messageId === undefined) continue;
    yield {
      messageId,
      data: { rule: entry.rule, until: entry.until ?? '', from: within(entry.from) },
      at: { path: policy.path, slot: `accept:${index}` },
      works: [],
      evidence: 'declared',
    };
  }
}

/** The repository, or something that it uses, speaks of the work; what only the policy says of it does not count. */
const isSpokenOf = (context: RuleContext, id: string): boolean => {
  const { lineage, artefacts, policy, knowledge } = context;
  const work = canonical(id, knowledge);
  const known = lineage.works.get(work);
  if (known?.card === true || (known?.mentions.length ?? 0) > 0 || known?.statements.some((statement) => statement.fact !== null) === true) return true;
  const edges = [...(lineage.edgesTo.get(work) ?? []), ...(lineage.edgesFrom.get(work) ?? [])];
  if (edges.some((edge) => edge.from !== work || edge.source === null || edge.source === policy.path)) return true;
  if (!work.startsWith('local:')) return false;
  const path = work.slice('local:'.length).split('#')[0] ?? '';
  return path === '.' || artefacts.has(path) || [...artefacts.keys()].some((file) => file.startsWith(`${path}/`));
};

/** Licences that the policy states of works which nothing here speaks of, and licences that were bought and have ended. */
function* licences(context: RuleContext): Iterable<RawFinding> {
  const { policy, suppressions } = context;
  if (policy.path === null || !suppressions) return;
  const path = policy.path;
  const finding = (messageId: string, slot: string, id: string, from: string | null, until = ''): RawFinding => ({
    messageId,
    data: { work: id, until, from: within(from) },
    at: { path, slot },
    // An entry without use hides nothing that may come.
    severity: messageId === 'ended' ? 'warning' : 'information',
    works: [],
    evidence: 'declared',
  });
  for (const [index, { id, from }] of policy.works.entries()) if (from === null && !isSpokenOf(context, id)) yield finding('work', `works:${index}`, id, from);
  for (const [index, { work, from, until }] of policy.grants.entries()) {
    const ended = until !== null && until < context.today;
    if (ended) yield finding('ended', `grants:${index}`, work, from, until);
    else if (from === null && !isSpokenOf(context, work)) yield finding('grant', `grants:${index}`, work, from);
  }
}

const asksFor = ['hub', 'spdx', 'free'] as const;

/** A word that some list or table has; what a policy calls a licence of its own begins with `LicenseRef-`. */
const isLicence = (word: string, { knowledge }: RuleContext): boolean =>
  /^(?:LicenseRef-.+|other|unknown)$/.test(word) ||
  knowledge.terms(word) !== undefined ||
  asksFor.some((field) => resolveStated(word, field, knowledge).licences.length > 0);

/** Words under `licences` and `publish` that mean no licence: nothing is weighed against them. */
function* words(context: RuleContext): Iterable<RawFinding> {
  const { policy, suppressions } = context;
  if (policy.path === null || !suppressions) return;
  const stated = [
    ...[...policy.licences.places.keys()].map((word) => ({ word, slot: `licence:${word}` })),
    ...(['weights', 'code', 'data'] as const).flatMap((key) => ({ word: policy.publish?.[key] ?? null, slot: `publish:${key}` })),
  ];
  for (const { word, slot } of stated) {
    if (word === null || isLicence(word, context)) continue;
    yield { messageId: 'word', data: { word }, at: { path: policy.path, slot }, works: [], evidence: 'declared' };
  }
}

/** Levels under `rules` and `overrides` for rules that there are not. */
function* levels(context: RuleContext): Iterable<RawFinding> {
  const { policy, suppressions } = context;
  if (policy.path === null || !suppressions) return;
  for (const [index, { rule, from }] of policy.named.entries()) {
    if (suppressions.knownRules.has(rule)) continue;
    yield { messageId: 'level', data: { rule, from: within(from) }, at: { path: policy.path, slot: `named:${index}` }, works: [], evidence: 'declared' };
  }
}

function* comments(context: RuleContext): Iterable<RawFinding> {
  const { suppressions } = context;
  if (!suppressions) return;
  for (const { path, fact } of factsOf(context.artefacts, 'suppression')) {
    const unknown = fact.rules.find((rule) => !suppressions.knownRules.has(rule));
    const messageId =
      fact.rules.length === 0
        ? 'none'
        : fact.reason === ''
          ? 'reason'
          : unknown !== undefined
            ? 'rule'
            : suppressions.usedComments.has(`${path} ${fact.id}`)
              ? undefined
              : 'unused';
    if (messageId === undefined) continue;
    const slot = `${fact.id}#comment`;
    const removal = context.artefacts.get(path)?.places.has(slot)
      ? [{ title: 'Remove this comment', safe: false, preferred: true, edits: [{ path, slot, text: '' }] }]
      : [];
    yield {
      messageId,
      data: { rule: unknown ?? fact.rules.join(', '), until: '', from: '' },
      at: { path, slot: `${fact.id}#text` },
      works: [],
      evidence: 'declared',
      fixes: messageId === 'reason' || messageId === 'none' ? [] : removal,
    };
  }
}

/** Runs after suppressions were applied, because only then is known which of them held something back. */
export const invalidSuppression = defineRule({
  id: 'invalid-suppression',
  severity: 'warning',
  title: 'An entry of the policy, or a comment, without a reason, past its date or without use',
  messages: {
    reason: 'This acceptance of {rule}{from} has no reason, so it holds nothing back. Say why in a few words.',
    none: 'This comment names no rule, so it holds nothing back. Write `pedigree-ignore RULE: reason`.',
    rule: 'There is no rule "{rule}", so this acceptance{from} holds nothing back. Correct the id or remove it.',
    expired: 'This acceptance of {rule}{from} ended on {until}, so it holds nothing back any more. Decide again, with a new date and reason, or remove it.',
    unused: 'This acceptance of {rule}{from} holds nothing back, so it only hides what may come. Remove it.',
    work: 'The policy states a licence of {work}, and nothing here speaks of such a work, so the entry says nothing. Correct the id or remove it.',
    grant:
      'The policy names a licence that was bought for {work}, and nothing here speaks of such a work, so the entry grants nothing. Correct the id or remove it.',
    ended:
      'What was granted for {work}{from} ended on {until}, so its public terms hold again. Renew the agreement and write its new day here, or remove the entry.',
    word: 'The policy names the licence "{word}", and none that is known here is called so, so nothing is weighed against it. Write an SPDX id, a tag of the hub, or a LicenseRef of your own.',
    level: 'There is no rule "{rule}", so its level{from} changes nothing. Correct the id or remove it.',
  },
  *check(context) {
    yield* acceptances(context);
    yield* licences(context);
    yield* words(context);
    yield* levels(context);
    yield* comments(context);
  },
});
