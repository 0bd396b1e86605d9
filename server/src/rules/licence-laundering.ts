import { modifications } from '../knowledge/types.ts';
import type { Terms } from '../knowledge/types.ts';
import { decidingStatements } from '../lineage/bindings.ts';
import { forbidsCommerce } from '../knowledge/clauses.ts';
import { droppedClauses, isRestrictive, restrictionOf } from '../lineage/clauses.ts';
import { rootWork } from '../lineage/local.ts';
import { pathText, shortName } from '../lineage/path.ts';
import { serviceOf } from '../lineage/remote.ts';
import type { Binding, Statement, Work } from '../lineage/types.ts';
import { bindingsFor, cite, declaredTerms, hubTag, licenceName, licenceNames, meantBy, pathPlaces, sortedWorks } from './support/helpers.ts';
import { handedOnUnder, takenFrom } from './support/parts.ts';
import { takenData, takenMessages } from './support/taken-data.ts';
import { wholeClaim, wholeMessages } from './support/whole-claim.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RawFix, RuleContext } from './types.ts';

const inSample = /(?:^|\/)(?:samples?|examples?|demos?)\//i;

const byModification = (binding: Binding): boolean => binding.inherited && binding.path.every((edge) => modifications.includes(edge.type));

const fixOf = (context: RuleContext, declared: Statement, inherited: readonly Binding[]): RawFix[] => {
  const licences = [...new Set(inherited.map((binding) => binding.licence))];
  const tag = licences.length === 1 && licences[0] ? hubTag(licences[0], context.knowledge) : undefined;
  if (tag === undefined || !declared.at || declared.fact?.via !== 'card') return [];
  return [
    { title: `Declare the inherited terms: ${tag}`, safe: false, preferred: true, edits: [{ path: declared.at.path, slot: declared.at.fact, text: tag }] },
  ];
};

/** Editions of one licence: a hub tag names whichever is in force, and dates end their ids. */
const isEditionOf = (a: Terms | undefined, b: Terms): boolean =>
  a !== undefined &&
  (a.hubTags.some((tag) => b.hubTags.includes(tag)) || a.id.replace(/-\d{4}(?:-\d{2}){0,2}$/, '') === b.id.replace(/-\d{4}(?:-\d{2}){0,2}$/, ''));

/** Declared under other terms of the same kind: nothing is given away, but what is in force is not what is said. */
function* replaced(context: RuleContext, work: Work, declared: Statement, terms: readonly Terms[], own: ReadonlySet<string>): Iterable<RawFinding> {
  const inherited = bindingsFor(context, work.id).filter(
    (binding) =>
      byModification(binding) &&
      binding.statement.evidence !== 'name' &&
      !own.has(binding.licence) &&
      binding.clauses.some(isRestrictive) &&
      !terms.some((each) => isEditionOf(context.knowledge.terms(binding.licence), each)),
  );
  const first = inherited[0];
  const clause = first?.clauses.find(isRestrictive);
  if (!first || !clause || !declared.at) return;
  yield {
    messageId: 'replaced',
    data: {
      work: shortName(work.id),
      declared: licenceNames(declared.licences, context.knowledge),
      inherited: licenceName(first.licence, context.knowledge),
      path: pathText(first.path),
      clause: cite(clause),
    },
    at: declared.at,
    // Two licences of one publisher are easily taken for each other; others may be meant to carry the same conditions on.
    severity: terms.some((each) => each.publisher !== null && each.publisher === context.knowledge.terms(first.licence)?.publisher) ? 'warning' : 'information',
    works: [work.id, ...new Set(inherited.map((binding) => binding.source))],
    clause: clause.clause,
    evidence: first.statement.evidence,
    confidence: first.statement.confidence,
    related: inherited.slice(0, 5).flatMap((binding) => pathPlaces(binding.path)),
    fixes: fixOf(context, declared, inherited),
  };
}

/** Declared freer than what reaches it: the declaration gives away what is not its own. */
function* overDeclared(context: RuleContext, work: Work, declared: Statement, terms: readonly Terms[]): Iterable<RawFinding> {
  if (!declared.at) return;
  const own = new Set(decidingStatements(work).flatMap((statement) => statement.licences));
  const dropped = bindingsFor(context, work.id)
    .filter((binding) => binding.inherited && !own.has(binding.licence) && binding.clauses.some(isRestrictive))
    .map((binding) => ({ binding, clauses: droppedClauses(binding, terms) }))
    .filter((entry) => entry.clauses.length > 0);
  if (dropped.length === 0) yield* replaced(context, work, declared, terms, own);
  const firm = dropped.filter((entry) => byModification(entry.binding));
  const shown = firm.length > 0 ? firm : dropped;
  const first = shown[0];
  const clause = first?.clauses[0];
  if (!first || !clause) return;
  const guess = shown.every((entry) => entry.binding.statement.evidence === 'name');
  yield {
    messageId: firm.length > 0 ? 'modified' : 'outputs',
    data: {
      work: shortName(work.id),
      declared: licenceNames(declared.licences, context.knowledge),
      inherited: licenceName(first.binding.licence, context.knowledge),
      path: pathText(first.binding.path),
      what: clause.what,
      clause: cite(clause),
    },
    at: declared.at,
    // An adapter's settings that are shown as a sample are not what the whole is made of.
    severity:
      firm.length > 0 && !guess && !firm.every((entry) => entry.binding.path.every((edge) => inSample.test(edge.at?.path ?? ''))) ? 'error' : 'information',
    works: [work.id, ...new Set(shown.map((entry) => entry.binding.source))],
    clause: clause.clause,
    evidence: first.binding.statement.evidence,
    confidence: first.binding.statement.confidence,
    related: shown.slice(0, 5).flatMap((entry) => pathPlaces(entry.binding.path)),
    fixes:
      firm.length > 0
        ? fixOf(
            context,
            declared,
            firm.map((entry) => entry.binding),
          )
        : [],
  };
}

/** The root, and what scripts and configurations make: not what is vendored, nor what declares terms of its own. */
const isMeant = (context: RuleContext, work: Work): boolean =>
  work.local &&
  (work.id === rootWork || (decidingStatements(work).length === 0 && work.kind === 'model' && context.lineage.vendorOf(work.path ?? '') === undefined));

/** What the policy means to publish weights under, against what reaches them: said once, at the policy, before anything is published. */
function* intended(context: RuleContext): Iterable<RawFinding> {
  const { policy } = context;
  const stated = policy.publish?.weights ?? null;
  const terms = meantBy(stated, context.knowledge);
  if (policy.path === null || stated === null || terms.length === 0) return;
  for (const work of sortedWorks(context)) {
    if (!isMeant(context, work)) continue;
    const binding = bindingsFor(context, work.id).find(
      (entry) =>
        byModification(entry) &&
        entry.statement.evidence !== 'name' &&
        !terms.some((each) => each.id === entry.licence) &&
        droppedClauses(entry, terms).length > 0,
    );
    const clause = binding ? droppedClauses(binding, terms)[0] : undefined;
    if (!binding || !clause) continue;
    yield {
      messageId: 'intended',
      data: {
        stated,
        inherited: licenceName(binding.licence, context.knowledge),
        work: shortName(work.id),
        path: pathText(binding.path),
        what: clause.what,
        clause: cite(clause),
      },
      at: { path: policy.path, slot: 'publish:weights' },
      severity: 'error',
      works: [work.id, binding.source],
      clause: clause.clause,
      evidence: binding.statement.evidence,
      confidence: binding.statement.confidence,
      related: pathPlaces(binding.path),
    };
    return;
  }
}

/** Data copied from data that may not be used commercially, and declared free: from one source it is that source still; several are a collection. */
function* copied(context: RuleContext, work: Work): Iterable<RawFinding> {
  const edges = work.kind === 'dataset' ? takenFrom(context, work, 'copiedFrom') : [];
  const declared = edges.length > 0 ? handedOnUnder(context, work) : undefined;
  if (!declared || declared.terms.some((terms) => restrictionOf(terms.clauses) !== 'free')) return;
  for (const edge of edges) {
    const binding = bindingsFor(context, edge.to).find(
      (entry) => !entry.inherited && entry.statement.evidence !== 'name' && entry.clauses.some(forbidsCommerce),
    );
    const clause = binding?.clauses.find(forbidsCommerce);
    if (!binding || !clause) continue;
    yield {
      messageId: 'copied',
      data: {
        work: shortName(work.id),
        declared: licenceNames(
          declared.terms.map((terms) => terms.id),
          context.knowledge,
        ),
        source: shortName(edge.to),
        inherited: licenceName(binding.licence, context.knowledge),
        what: clause.what,
        clause: cite(clause),
      },
      at: declared.at,
      severity: new Set(edges.map((each) => each.to)).size === 1 ? 'error' : 'information',
      works: [work.id, edge.to],
      clause: clause.clause,
      evidence: binding.statement.evidence,
      confidence: binding.statement.confidence,
      related: edge.at ? [{ at: edge.at, message: `${shortName(edge.to)} is named as the source here` }] : [],
    };
    return;
  }
}

/** Data written by a commercial service and declared free: its terms bind who made them, so this is information only. */
function* freeOutputs(context: RuleContext, work: Work): Iterable<RawFinding> {
  const parts = [work.id, `${work.id}#data`];
  const edges = parts
    .flatMap((id) => context.lineage.edgesFrom.get(id) ?? [])
    .filter((edge) => edge.type === 'generatedBy' && edge.role === 'decision' && edge.to.startsWith('service:'));
  const edge = edges.find((entry) => {
    const training = context.knowledge.service(serviceOf(entry.to)?.service ?? '')?.trainAnyModel;
    return training === 'forbidden' || training === 'competing-only' || training === 'conditional';
  });
  const declared = work.statements.find(
    (statement) =>
      statement.at !== null &&
      statement.speaker !== 'other' &&
      (statement.scope === 'data' || (statement.scope === 'any' && statement.fact?.via !== 'text' && work.kind !== 'code')) &&
      statement.licences.length > 0 &&
      statement.licences.every((id) => restrictionOf(context.knowledge.terms(id)?.clauses ?? []) === 'free'),
  );
  if (!edge || !declared?.at) return;
  const service = context.knowledge.service(serviceOf(edge.to)?.service ?? '');
  yield {
    messageId: 'service',
    data: {
      declared: licenceNames(declared.licences, context.knowledge),
      service: service?.name ?? edge.to,
      summary: service?.summary ?? '',
      clause: service?.clause ? ` (${service.clause})` : '',
    },
    at: declared.at,
    severity: 'information',
    works: [work.id, edge.to],
    clause: service?.clause ?? null,
    evidence: 'declared',
    confidence: service?.confidence ?? null,
    related: edge.at ? [{ at: edge.at, message: `the data come from ${shortName(edge.to)}` }] : [],
  };
}

export const licenceLaundering = defineRule({
  id: 'licence-laundering',
  severity: 'error',
  title: 'Declared more permissive than what reaches it',
  messages: {
    modified:
      '{work} is declared {declared}, but {inherited} reaches it ({path}) and stays in force: {what}{clause}. Declare the inherited terms; terms of your own may stand beside them only.',
    intended:
      'The policy means to publish weights under {stated}, but {inherited} reaches {work} ({path}) and stays in force: {what}{clause}. Publish under the inherited terms, or build on another base.',
    replaced:
      '{work} is declared {declared}, but it is {inherited} that reaches it ({path}) and stays in force{clause}. Declare the inherited terms; terms of your own may stand beside them only.',
    copied:
      '{work} is declared {declared}, but is copied from {source}, which is under {inherited} and stays so: {what}{clause}. Declare the terms of the source, or leave its data out.',
    outputs:
      '{work} is declared {declared}, and {inherited} may reach it by outputs or data ({path}): {what}{clause}. Say so in the card, or check that its terms do not apply.',
    service:
      'The data are declared {declared}, but were written by {service}, per whose terms: {summary}{clause}. Name the service beside the licence, so that users can judge.',
    ...takenMessages,
    ...wholeMessages,
  },
  *check(context) {
    yield* intended(context);
    for (const work of sortedWorks(context)) {
      if (!work.local) continue;
      const declared = decidingStatements(work)[0];
      const terms = declaredTerms(work, context.knowledge);
      if (declared && terms.length > 0) yield* overDeclared(context, work, declared, terms);
      yield* copied(context, work);
      if (!work.id.includes('#')) yield* freeOutputs(context, work);
      if (work.kind === 'dataset') yield* takenData(context, work);
      yield* wholeClaim(context, work);
    }
  },
});
