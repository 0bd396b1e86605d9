import { byFileName } from '../artefacts/weights-paths.ts';
import { isNonCommercial, decidingClause, restrictionOf, restrictionOfStatement } from '../lineage/clauses.ts';
import { shortName } from '../lineage/path.ts';
import type { Binding, Edge, Work } from '../lineage/types.ts';
import { originalsFirst } from './support/examples.ts';
import { basis, bindingsFor, cite, licenceName, otherMentions, sortedWorks } from './support/helpers.ts';
import { findRestricted } from './support/shared.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RuleContext } from './types.ts';

/** Sets made from sets that are followed: longer ways lead from everything to everything. */
const maximumSteps = 2;

const narrowOf = (bindings: readonly Binding[]): Binding | undefined => bindings.find((binding) => isNonCommercial(restrictionOf(binding.clauses)));

/** The nearest recorded source that is under such terms itself, and the way there. */
const narrowSource = (context: RuleContext, work: Work): { readonly binding: Binding; readonly path: readonly Edge[] } | undefined => {
  const queue: { readonly at: string; readonly path: readonly Edge[] }[] = [{ at: work.id, path: [] }];
  const seen = new Set<string>([work.id]);
  for (const { at, path } of queue) {
    for (const edge of context.lineage.edgesFrom.get(at) ?? []) {
      if (edge.type !== 'copiedFrom' || edge.role !== 'decision' || edge.source === null || edge.evidence === 'name' || seen.has(edge.to)) continue;
      seen.add(edge.to);
      const next = [...path, edge];
      const binding = narrowOf(bindingsFor(context, edge.to).filter((each) => !each.inherited && each.statement.evidence !== 'name'));
      if (binding) return { binding, path: next };
      if (next.length < maximumSteps) queue.push({ at: edge.to, path: next });
    }
  }
  return undefined;
};

/** A set under freer terms, or none, that is recorded to be made from one under such terms: whether these stay is not settled, so it is information. */
function* madeFrom(context: RuleContext): Iterable<RawFinding> {
  for (const work of sortedWorks(context)) {
    if (work.local || work.kind !== 'dataset' || narrowOf(bindingsFor(context, work.id))) continue;
    // Its own word, told by `used`.
    if (work.statements.some((statement) => isNonCommercial(restrictionOfStatement(statement, context.knowledge)))) continue;
    const decided = work.mentions.filter((entry) => entry.role === 'decision' && entry.type !== 'publishes' && entry.type !== 'testedOn');
    const [mention] = originalsFirst(context, decided, ({ at }) => at.path);
    const found = mention ? narrowSource(context, work) : undefined;
    if (!mention || !found) continue;
    const { binding, path } = found;
    const clause = decidingClause(binding.clauses);
    yield {
      messageId: 'source',
      data: {
        work: shortName(work.id),
        path: path.map((edge) => shortName(edge.to)).join(', and that from '),
        licence: licenceName(binding.licence, context.knowledge),
        clause: cite(clause),
        what: clause?.what ?? 'its use is restricted',
        basis: mention.via === byFileName ? 'judging by the name of the file' : basis(binding.statement),
      },
      at: mention.at,
      severity: 'information',
      works: [work.id, binding.source],
      clause: clause?.clause ?? null,
      evidence: binding.statement.evidence,
      confidence: binding.statement.confidence,
      related: otherMentions(mention.at, work.mentions, `${shortName(work.id)} is used here too`, () => 'information'),
    };
  }
}

export const noncommercialData = defineRule({
  id: 'noncommercial-data',
  severity: 'warning',
  title: 'Data for non-commercial or research use only',
  messages: {
    used: '{work} is under {licence}{via}: {what}{clause}, {basis}. Whether training carries such terms to a model is unsettled: use other data, agree other terms, or accept it with a reason.',
    loaded: '{work} is under {licence}{via}: {what}{clause}, {basis}. Use other data, agree other terms, or accept it with a reason.',
    declared: 'These data are declared under {licence}: {what}{clause}. Say so wherever they, or data made from them, are handed on.',
    source:
      '{work} is recorded as made from {path}, which is under {licence}: {what}{clause}, {basis}. Whether such terms stay with what is made from data is unsettled: look at both cards before you rely on the freer terms.',
  },
  *check(context) {
    yield* findRestricted(context, { kind: 'dataset', scopes: ['data'], applies: isNonCommercial, loaded: { inferred: 'warning', stated: 'warning' } });
    yield* madeFrom(context);
  },
});
