import { builtComment, takenComment } from '../artefacts/origins/reader.ts';
import type { Clause, Terms } from '../knowledge/types.ts';
import { forbidsCommerce } from '../knowledge/clauses.ts';
import { restrictionOf } from '../lineage/clauses.ts';
import { shortName } from '../lineage/path.ts';
import { isPublished } from '../lineage/publish.ts';
import type { Binding, Statement, Work } from '../lineage/types.ts';
import { basis, bindingsFor, cite, licenceName, licenceNames, maximumRelated, sortedWorks } from './support/helpers.ts';
import { declaredForCode, handedOnUnder, isWide, takenFrom, wholeOf } from './support/parts.ts';
import type { HandedOn } from './support/parts.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RuleContext } from './types.ts';

const sameLicence = (terms: Terms | undefined): Clause | undefined =>
  terms?.category === 'share-alike' || terms?.category === 'non-commercial' ? terms.clauses.find((clause) => clause.kind === 'same-licence') : undefined;

/** Versions and ports of one licence: an adaptation may take a later one. */
const familyOf = (licence: string): string => licence.replace(/-\d+(?:\.\d+)*(?:-[A-Z]{2,3}|-only|-or-later)?$/, '');

/** Of the licences that a work from elsewhere has itself, the one that its adaptations have to keep. */
const ownShareAlike = (context: RuleContext, work: string): Binding | undefined =>
  bindingsFor(context, work).find(
    (binding) =>
      !binding.inherited && binding.statement.evidence !== 'name' && !binding.statement.choice && sameLicence(context.knowledge.terms(binding.licence)),
  );

const keeps = (declared: HandedOn, licence: string): boolean => declared.terms.some((terms) => familyOf(terms.id) === familyOf(licence));

/** Data made from share-alike data, handed on under other terms. Several sources may lie side by side, each under its own: that is a collection. */
function* adaptations(context: RuleContext, work: Work): Iterable<RawFinding> {
  // Code that a comment says was taken is told of by the rules on code.
  const edges = takenFrom(context, work, 'copiedFrom').filter((edge) => edge.fact?.via !== takenComment && edge.fact?.via !== builtComment);
  const declared = edges.length > 0 ? handedOnUnder(context, work) : undefined;
  if (!declared) return;
  for (const edge of edges) {
    const binding = ownShareAlike(context, edge.to);
    // Declared free over a non-commercial source: licence-laundering says so, and more.
    const told = binding?.clauses.some(forbidsCommerce) === true && declared.terms.every((terms) => restrictionOf(terms.clauses) === 'free');
    if (!binding || told || keeps(declared, binding.licence) || context.lineage.vendorOf(`${work.path}/x`) !== undefined) continue;
    const clause = sameLicence(context.knowledge.terms(binding.licence));
    yield {
      messageId: 'adapted',
      data: {
        work: shortName(work.id),
        source: shortName(edge.to),
        licence: licenceName(binding.licence, context.knowledge),
        basis: basis(binding.statement),
        declared: licenceNames([...new Set(declared.terms.map((terms) => terms.id))], context.knowledge),
        clause: cite(clause),
      },
      at: declared.at,
      severity: new Set(edges.map((each) => each.to)).size === 1 ? 'warning' : 'information',
      works: [work.id, edge.to],
      clause: clause?.clause ?? null,
      evidence: binding.statement.evidence,
      confidence: binding.statement.confidence,
      related: edge.at ? [{ at: edge.at, message: `${shortName(edge.to)} is named as the source here` }] : [],
    };
    return;
  }
}

/** A model that is handed on, trained on share-alike data: whether training carries the terms is unsettled. */
function* trained(context: RuleContext, work: Work): Iterable<RawFinding> {
  if (work.kind !== 'model' || !isPublished(work, context.lineage)) return;
  const declared = handedOnUnder(context, work);
  if (!declared) return;
  const bound = takenFrom(context, work, 'trainedOn').flatMap((edge) => {
    const binding = ownShareAlike(context, edge.to);
    const terms = binding ? context.knowledge.terms(binding.licence) : undefined;
    return binding && edge.at && terms?.category === 'share-alike' && !keeps(declared, binding.licence) ? [{ edge, binding, at: edge.at }] : [];
  });
  const [first, ...others] = bound;
  if (!first) return;
  const clause = sameLicence(context.knowledge.terms(first.binding.licence));
  yield {
    messageId: 'trained',
    data: {
      work: shortName(work.id),
      source: shortName(first.edge.to),
      licence: licenceName(first.binding.licence, context.knowledge),
      basis: basis(first.binding.statement),
      declared: licenceNames([...new Set(declared.terms.map((terms) => terms.id))], context.knowledge),
      clause: cite(clause),
    },
    at: first.at,
    severity: 'information',
    works: [work.id, ...bound.map((entry) => entry.edge.to)],
    clause: clause?.clause ?? null,
    evidence: first.binding.statement.evidence,
    confidence: first.binding.statement.confidence,
    related: others.slice(0, maximumRelated).map((entry) => ({ at: entry.at, message: `${shortName(entry.edge.to)} is share-alike too` })),
  };
}

const ofPart = (statement: Statement): boolean => statement.scope === 'weights' || statement.scope === 'data';

/** Weights or data that say so of themselves, beside code under wider terms: who takes the whole should not overlook it. */
function* declarations(context: RuleContext, work: Work): Iterable<RawFinding> {
  const said = work.statements.filter(
    (statement) =>
      statement.at !== null &&
      (statement.speaker !== 'other' || work.id.includes('#')) &&
      ofPart(statement) &&
      !statement.choice &&
      statement.licences.some((id) => context.knowledge.terms(id)?.category === 'share-alike'),
  );
  const [first, ...others] = said;
  const licence = first?.licences.find((id) => context.knowledge.terms(id)?.category === 'share-alike');
  if (!first?.at || licence === undefined) return;
  const code = declaredForCode(context, context.lineage.works.get(context.lineage.workOf(first.at.path)));
  const around = isWide(code) ? code : (wholeOf(context, first.at.path)?.declared ?? []);
  if (!isWide(around)) return;
  const clause = sameLicence(context.knowledge.terms(licence));
  yield {
    messageId: 'declared',
    data: {
      what: first.scope === 'weights' ? 'weights' : 'data',
      licence: licenceName(licence, context.knowledge),
      declared: licenceNames([...new Set(around.map((terms) => terms.id))], context.knowledge),
      clause: cite(clause),
    },
    at: first.at,
    severity: 'information',
    works: [work.id],
    clause: clause?.clause ?? null,
    evidence: first.evidence,
    confidence: context.knowledge.terms(licence)?.confidence ?? null,
    related: others.slice(0, maximumRelated).flatMap((statement) => (statement.at ? [{ at: statement.at, message: 'the same is stated here' }] : [])),
  };
}

export const shareAlike = defineRule({
  id: 'share-alike',
  severity: 'warning',
  title: 'Something made from a share-alike work under other terms',
  messages: {
    adapted:
      '{work} is declared {declared}, but is made from {source}, which is under {licence}, {basis}: adaptations are handed on under the same licence{clause}. Declare that licence, keep the source apart as a collection and say so, or leave it out.',
    trained:
      '{work} is declared {declared} and trained on {source}, which is under {licence}, {basis}; adaptations keep that licence{clause}, and whether training makes one is unsettled. Name the data and their licence in the card.',
    declared:
      'The {what} are under {licence}, beside code under {declared}: what is made from them is handed on under the same licence{clause}. Say so wherever they, or something made from them, are handed on.',
  },
  *check(context) {
    for (const work of sortedWorks(context)) {
      if (!work.local) continue;
      yield* adaptations(context, work);
      yield* trained(context, work);
      yield* declarations(context, work);
    }
  },
});
