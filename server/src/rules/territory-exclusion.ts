import type { Clause } from '../knowledge/types.ts';
import { isWithin } from '../knowledge/territories.ts';
import { shortName } from '../lineage/path.ts';
import { hubOf } from '../lineage/remote.ts';
import type { Binding } from '../lineage/types.ts';
import { basis, cite, licenceName, otherMentions } from './support/helpers.ts';
import { defineRule } from './types.ts';
import type { RuleContext } from './types.ts';
import { boundUses, viaText } from './support/uses.ts';

/** Some terms exclude a territory for some models only: which those are, the record of the model says first in its note. */
const isConcerned = (context: RuleContext, clause: Clause, binding: Binding): boolean => {
  if (clause.when === undefined) return true;
  const note = context.knowledge.model(hubOf(binding.source)?.id ?? '')?.note ?? '';
  return clause.when.some((kind) => note.startsWith(kind.split(' ')[0] ?? kind));
};

/** A clause of that kind speaks of who is established there; one that bars all use there, of where it is used and offered too. */
const statedPlaces = (context: RuleContext, clause: Clause): readonly string[] => {
  const { establishedIn, territories } = context.lineage.profile;
  return [...(establishedIn === null ? [] : [establishedIn]), ...(clause.effect === 'forbid' ? territories : [])];
};

export const territoryExclusion = defineRule({
  id: 'territory-exclusion',
  severity: 'information',
  title: 'Terms that grant nothing in some territory',
  messages: {
    met: '{work} is under {licence}{via}: {what}{clause}, {basis}, and the policy names {stated}. Take another model there, keep this one out of there, or agree other terms with its publisher.',
    excluded:
      '{work} is under {licence}{via}: {what}{clause}, {basis}. Do not use or offer it there, and state `territories` and `established-in` in pedigree.yaml, so that this is weighed.',
  },
  *check(context) {
    for (const { work, binding, clause, place, decisions } of boundUses(
      context,
      (entry, from) => entry.kind === 'territory' && entry.effect !== 'permit' && isConcerned(context, entry, from),
    )) {
      const stated = statedPlaces(context, clause);
      const met = stated.filter((territory) => (clause.territories ?? []).some((excluded) => isWithin(territory, excluded)));
      if (stated.length > 0 && met.length === 0) continue;
      const severity = met.length > 0 ? 'error' : 'information';
      yield {
        messageId: met.length > 0 ? 'met' : 'excluded',
        data: {
          work: shortName(work.id),
          licence: licenceName(binding.licence, context.knowledge),
          via: viaText(binding),
          what: clause.what,
          clause: cite(clause),
          basis: basis(binding.statement),
          stated: [...new Set(met)].join(', '),
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
