import { modifications } from '../knowledge/types.ts';
import type { Clause } from '../knowledge/types.ts';
import { granted } from '../lineage/bindings.ts';
import { pathText, shortName } from '../lineage/path.ts';
import { hubOf } from '../lineage/remote.ts';
import type { Binding, FactRef, Work } from '../lineage/types.ts';
import { basis, bindingsFor, cite, declaredTerms, licenceName, otherMentions, pathPlaces, sortedWorks } from './support/helpers.ts';
import { bareLicence } from './support/parts.ts';
import { defineRule } from './types.ts';
import type { RawFinding, RuleContext } from './types.ts';
import { boundUses, decisionsOn, viaText } from './support/uses.ts';

const limit = (binding: Binding): Clause | undefined =>
  binding.clauses.find((clause) => clause.kind === 'train-on-output' && (clause.effect === 'forbid' || clause.effect === 'conditional'));

/** By its outputs, not by its weights: somewhere on the way one work wrote what the next one was trained on. */
const byOutputs = (binding: Binding): boolean => binding.inherited && binding.path.some((edge) => edge.type === 'distilledFrom' || edge.type === 'generatedBy');

/** The work is of the same family by its weights: such terms leave that open. */
const isFamily = (context: RuleContext, work: Work, binding: Binding): boolean =>
  bindingsFor(context, work.id).some(
    (other) =>
      bareLicence(other.licence) === bareLicence(binding.licence) && (!other.inherited || other.path.every((edge) => modifications.includes(edge.type))),
  );

/** Models of this repository that outputs of others train. */
function* trained(context: RuleContext, work: Work): Iterable<RawFinding> {
  const told = new Set<string>();
  for (const binding of bindingsFor(context, work.id)) {
    const clause = byOutputs(binding) ? limit(binding) : undefined;
    const at: FactRef | null | undefined = binding.path.find((edge) => edge.at !== null)?.at;
    if (!clause || !at || binding.statement.evidence === 'name' || told.has(binding.source) || isFamily(context, work, binding)) continue;
    const forbidden = clause.effect === 'forbid';
    // What follows from outputs, such as a name or the terms themselves, rules on declarations and names tell where there are any.
    if (!forbidden && (declaredTerms(work, context.knowledge).length > 0 || work.names.length > 0)) continue;
    told.add(binding.source);
    yield {
      messageId: forbidden ? 'barred' : 'limited',
      data: {
        work: shortName(work.id),
        source: shortName(binding.source),
        licence: licenceName(binding.licence, context.knowledge),
        path: pathText(binding.path),
        what: clause.what,
        clause: cite(clause),
        basis: basis(binding.statement),
      },
      at,
      severity: forbidden ? 'warning' : 'information',
      works: [work.id, binding.source],
      clause: clause.clause,
      evidence: binding.statement.evidence,
      confidence: binding.statement.confidence,
      related: pathPlaces(binding.path).filter((place) => !('fact' in place.at) || place.at.path !== at.path || place.at.fact !== at.fact),
    };
  }
}

/** Public data that are recorded as written by an open model: its terms bound who wrote them, so this is information. */
function* recorded(context: RuleContext, work: Work): Iterable<RawFinding> {
  if (granted(work) !== undefined) return;
  const decisions = decisionsOn(work).filter((mention) => mention.type === 'trainedOn');
  const [place] = decisions;
  if (!place) return;
  for (const { model } of context.knowledge.dataset(hubOf(work.id)?.id ?? '')?.generatedBy ?? []) {
    const record = model === undefined ? undefined : context.knowledge.model(model);
    const row = record?.match === 'name' ? undefined : record?.licences.at(-1);
    for (const licence of row?.licences ?? []) {
      const clause = context.knowledge.terms(licence)?.clauses.find((entry) => entry.kind === 'train-on-output' && entry.effect === 'forbid');
      if (!clause || model === undefined) continue;
      yield {
        messageId: 'data',
        data: { work: shortName(work.id), model, licence: licenceName(licence, context.knowledge), what: clause.what, clause: cite(clause) },
        at: place.at,
        severity: 'information',
        works: [work.id],
        clause: clause.clause,
        evidence: 'catalogue',
        confidence: row?.confidence ?? null,
        related: otherMentions(place.at, decisions, `${shortName(work.id)} is trained on here too`, () => 'information'),
      };
      return;
    }
  }
}

/** The policy says that what models here write trains others: said at each model whose terms limit that, before anything is trained. */
function* planned(context: RuleContext): Iterable<RawFinding> {
  const { profile } = context.lineage;
  if (profile.origin !== 'policy' || profile.trainOtherModels !== true) return;
  const asks = (clause: Clause): boolean => clause.kind === 'train-on-output' && (clause.effect === 'forbid' || clause.effect === 'conditional');
  for (const { work, binding, clause, place, decisions } of boundUses(context, asks)) {
    if (work.kind !== 'model' || place.type === 'distilledFrom') continue;
    const severity = clause.effect === 'forbid' ? 'warning' : 'information';
    yield {
      messageId: 'planned',
      data: {
        work: shortName(work.id),
        licence: licenceName(binding.licence, context.knowledge),
        via: viaText(binding),
        what: clause.what,
        clause: cite(clause),
        basis: basis(binding.statement),
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
}

export const outputTerms = defineRule({
  id: 'output-terms',
  severity: 'warning',
  title: 'Outputs of a model whose terms limit training on outputs train another',
  messages: {
    barred:
      '{work} learns from outputs of {source} ({path}), which is under {licence}, {basis}: {what}{clause}. Take a teacher whose terms allow it, or agree other terms with its publisher.',
    limited:
      '{work} learns from outputs of {source} ({path}), which is under {licence}, {basis}: {what}{clause}. Do what the clause asks before you hand the model on.',
    planned:
      '{work} is under {licence}{via}, {basis}: {what}{clause}, and the policy states that outputs of models here train others. Keep its outputs out of that, do what the clause asks, or take another model.',
    data: '{work} is recorded as holding outputs of {model}, which is under {licence}; its terms bound those who made the data: {what}{clause}. Name the origin in your card, and check whether you rely on it.',
  },
  *check(context) {
    yield* planned(context);
    for (const work of sortedWorks(context)) {
      if (work.local) {
        if (work.kind === 'model') yield* trained(context, work);
      } else if (work.kind === 'dataset') yield* recorded(context, work);
    }
  },
});
