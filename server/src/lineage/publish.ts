import type { WorkId } from '../artefacts/types.ts';
import { modifications } from '../knowledge/types.ts';
import type { Knowledge, RelationType } from '../knowledge/types.ts';
import { titleOfLicence } from '../licence/modified.ts';
import type { Obligation, Publishable } from '../protocol/report.ts';
import { isDuty, isNonCommercial, isRestrictive, restrictionOf } from './clauses.ts';
import { shortName } from './path.ts';
import { serviceOf } from './remote.ts';
import type { Binding, Edge, FactRef, Lineage, Work } from './types.ts';

const makesData: readonly RelationType[] = ['generatedBy', 'copiedFrom'];

/** The policy says that weights, or data, are handed on, and this is what the repository makes of them. */
const isHandedOn = ({ id, kind }: Work, { profile, edgesFrom, vendorOf }: Lineage): boolean => {
  if (profile.origin !== 'policy' || (kind !== 'model' && kind !== 'dataset')) return false;
  if (!profile.distribute.includes(kind === 'model' ? 'weights' : 'data') || vendorOf(`${id.slice('local:'.length)}/x`) !== undefined) return false;
  const made = kind === 'model' ? modifications : makesData;
  return (edgesFrom.get(id) ?? []).some((edge) => edge.role === 'decision' && edge.evidence === undefined && made.includes(edge.type));
};

/** Local works that are, or may be, handed to others: cards, packed weights, trainer outputs with a name, the policy's target. */
export const isPublished = (work: Work, lineage: Lineage): boolean => {
  if (!work.local || work.kind === 'code') return false;
  if (work.card || work.statements.some((statement) => statement.fact?.via === 'weights')) return true;
  if (isHandedOn(work, lineage)) return true;
  if (work.names.some((name) => name.via === 'hub-id' || name.via === 'policy' || name.via === 'weights')) return true;
  return (
    (lineage.edgesFrom.get(work.id) ?? []).some((edge) => edge.type === 'publishes') ||
    (lineage.edgesTo.get(work.id) ?? []).some((edge) => edge.type === 'bundles')
  );
};

export interface DisplayIndex {
  /** The first place where a line that a licence requires stands. */
  readonly find: (line: string) => FactRef | undefined;
}

const fold = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

export const displayIndex = (shown: readonly { readonly text: string; readonly at: FactRef }[]): DisplayIndex => {
  const lines = new Map<string, FactRef>();
  for (const { text, at } of shown) if (!lines.has(fold(text))) lines.set(fold(text), at);
  return { find: (line) => lines.get(fold(line)) };
};

const even = (name: string): string => name.toLowerCase().replace(/[\s_-]+/g, '');

/** Names on the hub have no spaces: what has to begin with "Prefix 3" may be named "Prefix-3-8B". */
export const beginsWith = (name: string, prefix: string): boolean => even(name).startsWith(even(prefix));

interface Named {
  readonly name: string;
  readonly at: FactRef | null;
}

/** Parts that are named for what they are, not by anybody. */
const made = new Set(['columns', 'data', 'files', 'model', 'outputs']);

/**
 * The names under which a work is handed on. A title is only somebody's headline: it counts where nothing better names the work. A part is
 * named by the text that speaks of it.
 */
export const namesOf = (work: Work): readonly Named[] => {
  const firm = work.names.filter((name) => name.via !== 'title');
  const named: readonly Named[] = firm.length > 0 ? firm : work.names;
  const part = work.id.split('#')[1];
  return named.length > 0 || part === undefined || made.has(part.replace(/-\d+$/, '')) ? named : [{ name: part, at: null }];
};

/** Where the tree holds the text of each licence. */
const copiesOf = (lineage: Lineage): ReadonlyMap<string, FactRef> => {
  const out = new Map<string, FactRef>();
  for (const work of lineage.works.values()) {
    if (!work.local) continue;
    for (const { evidence, at, licences } of work.statements)
      if (evidence === 'text' && at) for (const licence of licences) if (!out.has(licence)) out.set(licence, at);
  }
  return out;
};

/** Whether a duty can be seen to be met. Null = a repository cannot show it. */
const metAt = (
  work: Work,
  binding: Binding,
  kind: string,
  values: readonly string[],
  copies: ReadonlyMap<string, FactRef>,
  displays: DisplayIndex,
): { readonly met: boolean | null; readonly at: FactRef | null } => {
  if (kind === 'display-notice' || kind === 'notice-file') {
    const at = values.map((value) => displays.find(value)).find((found) => found !== undefined);
    return { met: values.length === 0 ? null : at !== undefined, at: at ?? null };
  }
  if (kind === 'name-prefix') {
    const names = namesOf(work);
    if (names.length === 0) return { met: null, at: null };
    const wrong = names.find((name) => !values.some((prefix) => beginsWith(name.name, prefix)));
    return { met: wrong === undefined, at: (wrong ?? names[0])?.at ?? null };
  }
  if (kind === 'licence-copy') {
    const copy = copies.get(binding.licence);
    return { met: copy !== undefined, at: copy ?? null };
  }
  return { met: null, at: null };
};

/** The duties of the clauses that bind each published work, and whether the tree shows them met. */
export const obligationsOf = (lineage: Lineage, displays: DisplayIndex): readonly (Omit<Obligation, 'at'> & { readonly at: FactRef | null })[] => {
  const out: (Omit<Obligation, 'at'> & { readonly at: FactRef | null })[] = [];
  const copies = copiesOf(lineage);
  for (const work of lineage.works.values()) {
    if (!isPublished(work, lineage)) continue;
    for (const binding of lineage.bindings.get(work.id) ?? []) {
      if (!binding.inherited) continue;
      for (const clause of binding.clauses) {
        if (!isDuty(clause)) continue;
        const values = clause.value === undefined ? [] : [clause.value, ...(clause.alternatives ?? [])];
        out.push({
          work: work.id,
          source: binding.source,
          licence: binding.licence,
          clause: clause.clause,
          duty: clause.what,
          ...metAt(work, binding, clause.kind, values, copies, displays),
        });
      }
    }
  }
  return out;
};

const unsettledData = (work: WorkId, lineage: Lineage): readonly string[] =>
  (lineage.edgesFrom.get(work) ?? [])
    .filter((edge) => edge.type === 'trainedOn' && edge.role === 'decision')
    .filter((edge) => (lineage.bindings.get(edge.to) ?? []).some((binding) => isNonCommercial(restrictionOf(binding.clauses))))
    .map((edge) => edge.to);

/** Services whose outputs a work is trained on, or holds, with terms that limit what they may train: they bind who made them, and users ask for them. */
const limitedOutputs = (work: WorkId, lineage: Lineage, knowledge: Knowledge): string => {
  const edgesOf = (id: WorkId, type: RelationType): readonly Edge[] =>
    (lineage.edgesFrom.get(id) ?? []).filter((edge) => edge.type === type && edge.role === 'decision');
  const holding = [work, `${work}#data`, ...edgesOf(work, 'trainedOn').map((edge) => edge.to)];
  const services = holding
    .flatMap((id) => edgesOf(id, 'generatedBy'))
    .flatMap((edge) => knowledge.service(serviceOf(edge.to)?.service ?? '') ?? [])
    .filter((service) => service.trainAnyModel === 'forbidden' || service.trainAnyModel === 'competing-only' || service.trainAnyModel === 'conditional');
  const named = [...new Map(services.map((service) => [service.id, `${service.name}${service.clause ? ` (${service.clause})` : ''}`])).values()];
  return named.length === 0
    ? ''
    : ` Outputs of ${named.join(', ')} are in it, whose terms limit what may be trained on them and bind who made them: name them.`;
};

/** How the answer begins where nothing that reaches a work limits what it may be published as. */
export const noLimit = 'Nothing known that reaches it limits the choice of licence.';

/** "What may I publish this as": the licences that what reaches the work leaves open, so far as is known. */
export const publishableOf = (lineage: Lineage, knowledge: Knowledge): readonly Publishable[] => {
  const out: Publishable[] = [];
  for (const work of lineage.works.values()) {
    if (!isPublished(work, lineage)) continue;
    const bindings = lineage.bindings.get(work.id) ?? [];
    const inherited = bindings.filter((binding) => binding.inherited && binding.clauses.some(isRestrictive));
    const licences = [...new Set(inherited.map((binding) => binding.licence))];
    const barred = inherited.find((binding) =>
      binding.clauses.some((clause) => (clause.kind === 'derivatives' || clause.kind === 'redistribution') && clause.effect === 'forbid'),
    );
    const data = unsettledData(work.id, lineage);
    const unsettled =
      data.length === 0
        ? ''
        : ` It is trained on ${data.map(shortName).join(', ')}, whose terms are non-commercial; whether training carries such terms is unsettled.`;
    const notes = `${unsettled}${limitedOutputs(work.id, lineage, knowledge)}`;
    if (barred) {
      const clause = barred.clauses.find((entry) => entry.effect === 'forbid' && (entry.kind === 'derivatives' || entry.kind === 'redistribution'));
      out.push({
        work: work.id,
        as: [],
        why: `${titleOfLicence(barred.licence, knowledge)} of ${shortName(barred.source)} bars it${clause?.clause ? ` (${clause.clause})` : ''}.${notes}`,
      });
    } else if (licences.length > 0) {
      const why = inherited.map((binding) => {
        const clause = binding.clauses.find(isRestrictive);
        return `${titleOfLicence(binding.licence, knowledge)} of ${shortName(binding.source)} reaches it${clause?.clause ? ` (${clause.clause})` : ''}`;
      });
      out.push({
        work: work.id,
        as: licences,
        why: `${[...new Set(why)].join('; ')}. ${licences.length > 1 ? 'All of them bind together' : 'Terms of your own may be added beside these, not in their place'}.${notes}`,
      });
    } else {
      const own = [...new Set(bindings.filter((binding) => !binding.inherited).map((binding) => binding.licence))];
      const unknown = (lineage.edgesFrom.get(work.id) ?? []).filter(
        (edge) => edge.role === 'decision' && (lineage.bindings.get(edge.to) ?? []).length === 0 && !edge.to.startsWith('service:'),
      );
      const caveat =
        unknown.length > 0
          ? ` The terms of ${shortName(unknown[0]?.to ?? '')}${unknown.length > 1 ? ` and ${unknown.length - 1} more` : ''} are not known.`
          : '';
      out.push({ work: work.id, as: own, why: `${noLimit}${caveat}${notes}` });
    }
  }
  return out;
};
