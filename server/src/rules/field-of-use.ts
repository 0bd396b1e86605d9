import type { Clause } from '../knowledge/types.ts';
import { shortName } from '../lineage/path.ts';
import type { Profile } from '../lineage/types.ts';
import type { Severity } from '../protocol/report.ts';
import { basis, cite, licenceName, otherMentions } from './support/helpers.ts';
import { defineRule } from './types.ts';
import { boundUses, viaText } from './support/uses.ts';

/** What the policy says the use is, that the clause bars or permits on conditions only. Offering a service is not yet hosting the model for others. */
const metBy = (clause: Clause, profile: Profile): readonly string[] => {
  const fields = (clause.fields ?? []).filter((field) => profile.fields.includes(field));
  return fields.length === 0 && clause.on === 'serve' && profile.distribute.includes('service') ? ['service'] : fields;
};

const words: Readonly<Record<string, string>> = { service: 'a service' };

export const fieldOfUse = defineRule({
  id: 'field-of-use',
  severity: 'error',
  title: 'A use that the terms bar, or permit on conditions only',
  messages: {
    barred:
      '{work} is under {licence}{via}, which bars, among other uses, {fields}{clause}, {basis}, and the policy names just that. Take another model, or agree other terms with its publisher and note them under `grants`.',
    conditional:
      '{work} is under {licence}{via}: {what}{clause}, {basis}, and the policy names {fields}. Check whether the clause means what you do, and obtain the licence that it asks for.',
  },
  *check(context) {
    const { profile } = context.lineage;
    if (profile.origin !== 'policy') return;
    for (const { work, binding, clause, place, decisions } of boundUses(context, (entry) => (entry.fields ?? []).length > 0)) {
      const met = metBy(clause, profile);
      if (met.length === 0) continue;
      const barred = clause.effect !== 'conditional' && !met.includes('service');
      const severity: Severity = barred ? 'error' : 'warning';
      yield {
        messageId: barred ? 'barred' : 'conditional',
        data: {
          work: shortName(work.id),
          licence: licenceName(binding.licence, context.knowledge),
          via: viaText(binding),
          what: clause.what,
          clause: cite(clause),
          basis: basis(binding.statement),
          fields: met.map((field) => words[field] ?? field).join(', '),
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
