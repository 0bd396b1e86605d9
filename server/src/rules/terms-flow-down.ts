import type { Clause } from '../knowledge/types.ts';
import { shortName } from '../lineage/path.ts';
import { isPublished } from '../lineage/publish.ts';
import type { Binding, Work } from '../lineage/types.ts';
import { basis, bindingsFor, cite, declaredTerms, filesOf, homeOf, licenceName, pathPlaces, sortedWorks } from './support/helpers.ts';
import { isStatedHere } from './support/parts.ts';
import { isOfHub } from './support/uses.ts';
import { defineRule } from './types.ts';
import type { At, RawFix, RuleContext } from './types.ts';

interface Owed {
  readonly work: Work;
  readonly binding: Binding;
  readonly clause: Clause;
  readonly at: At;
  /** Its weights are in this tree; else only its training is, and the terms may be passed on where it is handed on. */
  readonly here: boolean;
}

const hasWeights = (context: RuleContext, work: Work): boolean =>
  work.statements.some((statement) => statement.fact?.via === 'weights') ||
  (work.path !== null && filesOf(context, work.path).some((artefact) => artefact.facts.some((fact) => fact.kind === 'work' && fact.via === 'weights')));

const owedBy = (context: RuleContext, work: Work, binding: Binding): Owed | undefined => {
  const clause = binding.clauses.find((entry) => entry.kind === 'flow-down' && entry.effect === 'require');
  if (!binding.inherited || binding.statement.evidence === 'name' || !clause || isOfHub(binding) || isStatedHere(context, binding.licence)) return undefined;
  const at = binding.path[0]?.at ?? homeOf(context, work);
  return at ? { work, binding, clause, at, here: hasWeights(context, work) } : undefined;
};

/** The tag goes into the card; the terms themselves the maker has to add, since no text of theirs is kept here. */
const fixesOf = (context: RuleContext, { work, binding }: Owed): RawFix[] => {
  const link = context.knowledge.terms(binding.licence)?.link;
  if (!link || work.path === null || work.path.includes('#') || context.artefacts.has(work.path)) return [];
  const folder = work.path === '.' ? '' : `${work.path}/`;
  const name = licenceName(binding.licence, context.knowledge);
  return [
    {
      title: 'Write a NOTICE that passes the terms on',
      safe: false,
      creates: [
        {
          path: `${folder}NOTICE`,
          text: `This work is made from ${shortName(binding.source)}, and its use is subject to the ${name}: ${link}\n`,
          append: true,
        },
      ],
    },
  ];
};

export const termsFlowDown = defineRule({
  id: 'terms-flow-down',
  severity: 'warning',
  title: 'Terms that recipients have to be bound to are passed on nowhere',
  messages: {
    absent:
      '{work} is handed on and made from {source}, which is under {licence}, {basis}: {what}{clause}, and nothing here names those terms. Name them in its card, and add their text and use policy where it is handed on.',
  },
  *check(context) {
    const groups = new Map<string, Owed[]>();
    for (const work of sortedWorks(context)) {
      // A card that says something else, or nothing, has rules of its own.
      if (!isPublished(work, context.lineage) || work.card || declaredTerms(work, context.knowledge).length > 0) continue;
      for (const binding of bindingsFor(context, work.id)) {
        const owed = owedBy(context, work, binding);
        const key = `${binding.licence} ${binding.source}`;
        if (owed) groups.set(key, [...(groups.get(key) ?? []), owed]);
      }
    }
    for (const group of groups.values()) {
      const owed = group.find((entry) => entry.here) ?? group[0];
      if (!owed) continue;
      const { work, binding, clause } = owed;
      yield {
        messageId: 'absent',
        severity: owed.here ? 'warning' : 'information',
        at: owed.at,
        works: [work.id, binding.source],
        clause: clause.clause,
        evidence: binding.statement.evidence,
        confidence: binding.statement.confidence,
        data: {
          work: shortName(work.id),
          source: shortName(binding.source),
          licence: licenceName(binding.licence, context.knowledge),
          basis: basis(binding.statement),
          what: clause.what,
          clause: cite(clause),
        },
        related: [
          ...pathPlaces(binding.path.slice(1)),
          ...group
            .filter((entry) => entry !== owed)
            .map((entry) => ({
              at: entry.at,
              message: `${shortName(entry.work.id)} owes the same`,
              decides: entry.here ? ('warning' as const) : ('information' as const),
            })),
        ],
        fixes: fixesOf(context, owed),
      };
    }
  },
});
