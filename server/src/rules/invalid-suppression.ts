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
  for (const [path, artefact] of context.artefacts) {
    for (const fact of artefact.facts) {
      if (fact.kind !== 'suppression') continue;
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
      const removal = artefact.places.has(slot) ? [{ title: 'Remove this comment', safe: false, preferred: true, edits: [{ path, slot, text: '' }] }] : [];
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
}

/** Runs after suppressions were applied, because only then is known which of them held something back. */
export const invalidSuppression = defineRule({
  id: 'invalid-suppression',
  severity: 'warning',
  title: 'An acceptance without a reason, past its date or without use',
  messages: {
    reason: 'This acceptance of {rule}{from} has no reason, so it holds nothing back. Say why in a few words.',
    none: 'This comment names no rule, so it holds nothing back. Write `pedigree-ignore RULE: reason`.',
    rule: 'There is no rule "{rule}", so this acceptance{from} holds nothing back. Correct the id or remove it.',
    expired: 'This acceptance of {rule}{from} ended on {until}, so it holds nothing back any more. Decide again, with a new date and reason, or remove it.',
    unused: 'This acceptance of {rule}{from} holds nothing back, so it only hides what may come. Remove it.',
    level: 'There is no rule "{rule}", so its level{from} changes nothing. Correct the id or remove it.',
  },
  *check(context) {
    yield* acceptances(context);
    yield* levels(context);
    yield* comments(context);
  },
});
