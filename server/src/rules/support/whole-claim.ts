import { modifications } from '../../knowledge/types.ts';
import { decidingStatements } from '../../lineage/bindings.ts';
import { droppedClauses, isRestrictive, restrictionOf } from '../../lineage/clauses.ts';
import { pathText, shortName } from '../../lineage/path.ts';
import type { Statement, Work } from '../../lineage/types.ts';
import { bindingsFor, cite, licenceName, licenceNames, pathPlaces, sortedWorks } from './helpers.ts';
import type { RawFinding, RuleContext } from '../types.ts';

export const wholeMessages: Readonly<Record<string, string>> = {
  whole:
    'This puts all the weights under {declared}, but {inherited} reaches {work} among them ({path}) and stays in force: {what}{clause}. Name the models that are under other terms in the same sentence.',
};

/** What is said of all the weights at once, in a sentence: a card speaks of one model. */
const ofAllWeights = (statement: Statement): boolean =>
  statement.at !== null &&
  statement.speaker !== 'other' &&
  statement.scope === 'weights' &&
  (statement.fact?.via === 'prose' || statement.fact?.via === 'badge') &&
  statement.licences.length > 0;

/** One sentence that frees every model of a family, though terms of their bases reach some of them. */
export function* wholeClaim(context: RuleContext, work: Work): Iterable<RawFinding> {
  const declared = work.id.includes('#') ? undefined : work.statements.find(ofAllWeights);
  const terms = (declared?.licences ?? []).flatMap((id) => context.knowledge.terms(id) ?? []);
  if (!declared?.at || terms.length === 0 || terms.some((each) => restrictionOf(each.clauses) !== 'free')) return;
  for (const part of sortedWorks(context)) {
    if (!part.id.startsWith(`${work.id}#`) || part.kind !== 'model') continue;
    const binding = bindingsFor(context, part.id).find(
      (entry) =>
        entry.statement.evidence !== 'name' &&
        entry.path.every((edge) => modifications.includes(edge.type)) &&
        entry.clauses.some(isRestrictive) &&
        droppedClauses(entry, terms).length > 0,
    );
    const clause = binding ? droppedClauses(binding, terms)[0] : undefined;
    if (!binding || !clause) continue;
    // Where another sentence names the terms of that model, readers can find them.
    const isTold = decidingStatements(part).some((statement) => statement.licences.includes(binding.licence));
    const path = binding.path.length > 0 ? binding.path : (context.lineage.edgesFrom.get(part.id) ?? []).filter((edge) => modifications.includes(edge.type));
    yield {
      messageId: 'whole',
      data: {
        declared: licenceNames(declared.licences, context.knowledge),
        inherited: licenceName(binding.licence, context.knowledge),
        work: shortName(part.id),
        path: pathText(path),
        what: clause.what,
        clause: cite(clause),
      },
      at: declared.at,
      severity: isTold ? 'information' : 'warning',
      works: [work.id, part.id],
      clause: clause.clause,
      evidence: binding.statement.evidence,
      confidence: binding.statement.confidence,
      related: [
        ...pathPlaces(path),
        ...(binding.statement.at ? [{ at: binding.statement.at, message: `${shortName(part.id)}: the terms are named here` }] : []),
      ],
    };
    return;
  }
}
