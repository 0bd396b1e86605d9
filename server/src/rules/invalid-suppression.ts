import { defineRule } from './types.ts';
import type { RawFinding, RuleContext } from './types.ts';

/** `accept` entries of the policy that hold nothing back, or may not. */
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
            : suppressions.usedAcceptances.has(index)
              ? undefined
              : 'unused';
    if (messageId === undefined) continue;
    yield {
      messageId,
      data: { rule: entry.rule, until: entry.until ?? '' },
      at: { path: policy.path, slot: `accept:${index}` },
      works: [],
      evidence: 'declared',
    };
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
        fact.reason === '' ? 'reason' : unknown !== undefined ? 'rule' : suppressions.usedComments.has(`${path} ${fact.id}`) ? undefined : 'unused';
      if (messageId === undefined) continue;
      const slot = `${fact.id}#comment`;
      const removal = artefact.places.has(slot) ? [{ title: 'Remove this comment', safe: false, preferred: true, edits: [{ path, slot, text: '' }] }] : [];
      yield {
        messageId,
        data: { rule: unknown ?? fact.rules.join(', '), until: '' },
        at: { path, slot: `${fact.id}#text` },
        works: [],
        evidence: 'declared',
        fixes: messageId === 'reason' ? [] : removal,
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
    reason: 'This acceptance of {rule} has no reason, so it holds nothing back. Say why in a few words.',
    rule: 'There is no rule "{rule}", so this acceptance holds nothing back. Correct the id or remove it.',
    expired: 'This acceptance of {rule} ended on {until}, so it holds nothing back any more. Decide again, with a new date and reason, or remove it.',
    unused: 'This acceptance of {rule} holds nothing back, so it only hides what may come. Remove it.',
  },
  *check(context) {
    yield* acceptances(context);
    yield* comments(context);
  },
});
