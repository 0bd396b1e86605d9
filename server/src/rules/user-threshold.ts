import type { Clause, Threshold } from '../knowledge/types.ts';
import { shortName } from '../lineage/path.ts';
import type { Binding } from '../lineage/types.ts';
import type { UseProfile } from '../policy/types.ts';
import type { Severity } from '../protocol/report.ts';
import { basis, cite, licenceName, otherMentions } from './support/helpers.ts';
import { defineRule } from './types.ts';
import type { RuleContext } from './types.ts';
import { boundUses, viaText } from './support/uses.ts';

const exceeds = (users: number, { operator, value }: Threshold): boolean => (operator === '>=' ? users >= value : users > value);

interface Verdict {
  readonly messageId: 'met' | 'display' | 'date' | 'daily';
  /** As the policy states them. */
  readonly users: string;
}

/** Above the number a name has to be shown, and no licence is needed: whether it is shown, a tree tells for the longer lines only. */
const metBy = (threshold: Threshold): 'met' | 'display' => (threshold.effect === 'display' ? 'display' : 'met');

const amount = (users: number): string => users.toLocaleString('en-GB').replaceAll(',', ' ');

/** What the policy's numbers say of a threshold. Revenue it does not state; a number of another kind or day decides nothing. */
const verdictOn = (threshold: Threshold, profile: UseProfile): Verdict | undefined => {
  const { monthlyActiveUsers: now, usersAt } = profile;
  if (threshold.kind === 'revenue') return undefined;
  if (threshold.frozenAt !== null) {
    const then = usersAt[threshold.frozenAt];
    if (then !== undefined) return exceeds(then, threshold) ? { messageId: metBy(threshold), users: `${amount(then)} on ${threshold.frozenAt}` } : undefined;
    return now !== null && exceeds(now, threshold) ? { messageId: 'date', users: amount(now) } : undefined;
  }
  if (now === null || !exceeds(now, threshold)) return undefined;
  // Of those who come in a month, not all come in a day.
  return { messageId: threshold.kind === 'DAU' ? 'daily' : metBy(threshold), users: amount(now) };
};

/** A line that is due above the threshold, and shown. */
const isShown = (context: RuleContext, binding: Binding, clause: Clause): boolean =>
  clause.threshold?.effect === 'display' &&
  binding.clauses.some(
    (entry) =>
      entry.kind === 'display-notice' && entry.value !== undefined && [entry.value, ...(entry.alternatives ?? [])].some((line) => context.displays.find(line)),
  );

const levels: Readonly<Record<Verdict['messageId'], Severity>> = { met: 'error', display: 'warning', date: 'information', daily: 'information' };

export const userThreshold = defineRule({
  id: 'user-threshold',
  severity: 'error',
  title: 'More users than the terms allow without asking',
  messages: {
    met: '{work} is under {licence}{via}: {what}{clause}, {basis}, and the policy states {users} users. Ask its publisher for a licence and note it under `grants`, or take another model.',
    display:
      '{work} is under {licence}{via}: {what}{clause}, {basis}, and the policy states {users} users. Show it where the clause asks for it, then accept this with a reason.',
    date: '{work} is under {licence}{via}: {what}{clause}, {basis}, and the policy states {users} users at present. State under `users-at` how many they were on that day, so that this is weighed.',
    daily:
      '{work} is under {licence}{via}: {what}{clause}, {basis}, and the policy states {users} users a month. Find out how many come in a day before you go on.',
  },
  *check(context) {
    for (const { work, binding, clause, place, decisions } of boundUses(context, (entry) => entry.kind === 'user-threshold')) {
      const verdict = clause.threshold ? verdictOn(clause.threshold, context.lineage.profile) : undefined;
      if (!verdict || isShown(context, binding, clause)) continue;
      const severity = levels[verdict.messageId];
      yield {
        messageId: verdict.messageId,
        data: {
          work: shortName(work.id),
          licence: licenceName(binding.licence, context.knowledge),
          via: viaText(binding),
          what: clause.what,
          clause: cite(clause),
          basis: basis(binding.statement),
          users: verdict.users,
        },
        at: place.at,
        severity,
        works: [work.id],
        clause: clause.clause,
        evidence: binding.statement.evidence,
        confidence: binding.statement.confidence,
        related: otherMentions(place.at, decisions, `${shortName(work.id)} is used here too`, () => severity),
      };
    }
  },
});
