import { roleOfPath } from '../../artefacts/hub-id.ts';
import { namedColumn, perhapsKept, rewritten } from '../../artefacts/via.ts';
import type { WorkId } from '../../artefacts/types.ts';
import { serviceTerms } from '../../knowledge/service-terms.ts';
import type { ServiceTerms, TrainingAnswer } from '../../knowledge/types.ts';
import { serviceOf } from '../../lineage/remote.ts';
import { factsOf } from '../../lineage/files.ts';
import { folderOf } from '../../lineage/local.ts';
import type { Edge, FactRef, Mention } from '../../lineage/types.ts';
import type { RuleContext } from '../types.ts';

/** Terms that limit what outputs may train; a service whose terms were not read limits nothing that we could state. */
const limiting: readonly (TrainingAnswer | null | undefined)[] = ['forbidden', 'competing-only', 'conditional'];

export const limitsTraining = (service: ServiceTerms | undefined): boolean => limiting.includes(service?.trainAnyModel);

const hearsay: readonly string[] = ['prose', 'call', perhapsKept, namedColumn];

/** Prose says where data came from, and a call beside data what may be; only code shows that this repository calls the service and keeps what it says. */
export const isOwnCall = (mention: Pick<Mention, 'via' | 'role'>): boolean => mention.role === 'decision' && !hearsay.includes(mention.via);

/** The day of a note of the policy: what the terms said then counts. */
const dateOf = (context: RuleContext, edge: Edge): string | null =>
  edge.source === null || edge.source !== context.policy.path
    ? null
    : (context.policy.provenance.find((note) => note.from === edge.to && (note.is ?? `local:${note.path}`) === edge.from)?.date ?? null);

/** What the service of a work says of that model, at the day that is noted, else now. */
export const termsOf = (context: RuleContext, work: WorkId, edge?: Edge): ServiceTerms | undefined => {
  const named = serviceOf(work);
  const service = named ? context.knowledge.service(named.service) : undefined;
  return named && service ? serviceTerms(service, named.model, edge ? dateOf(context, edge) : null) : undefined;
};

const isNoted = (context: RuleContext, edge: Edge): boolean => edge.source !== null && edge.source === context.policy.path;

/** The calls of this repository, and notes of its policy, that say who wrote a work's data, at any distance of copies: the nearest first. */
export const writtenBy = (context: RuleContext, data: WorkId): readonly Edge[] => {
  const out: Edge[] = [];
  const reached = new Set([data]);
  for (const at of reached) {
    for (const edge of context.lineage.edgesFrom.get(at) ?? []) {
      const via = edge.fact?.via ?? '';
      if (edge.type === 'generatedBy' && edge.to.startsWith('service:')) {
        if (isNoted(context, edge) || (edge.at !== null && isOwnCall({ role: edge.role, via }))) out.push(edge);
      } else if (edge.type === 'copiedFrom' && edge.to.startsWith('local:') && (edge.role === 'decision' || via === rewritten)) reached.add(edge.to);
    }
  }
  return out;
};

const isOfPath = (noted: string, data: string): boolean => noted === data || data.startsWith(`${noted}/`) || noted.startsWith(`${data}/`);

/**
 * The policy notes that the model, or some model of its service, wrote these data. Where code does not tell in which file it keeps them, a
 * note of the same model is taken for theirs.
 */
export const isNotedOrigin = (context: RuleContext, data: WorkId, service: WorkId): boolean =>
  context.policy.provenance.some((note) => {
    if (note.relation !== 'generatedBy' || serviceOf(note.from)?.service !== serviceOf(service)?.service) return false;
    if (note.from !== service && note.from.includes('/')) return false;
    const path = data.slice('local:'.length);
    return note.is === data || !data.startsWith('local:') || path.includes('#') || path === '.' || isOfPath(note.path.replace(/\/$/, ''), path);
  });

/** Data are noted in the policy as written by that service: what the fix of a finding asks for. */
export const isNotedFor = (context: RuleContext, service: string): boolean =>
  context.policy.provenance.some((note) => note.relation === 'generatedBy' && serviceOf(note.from)?.service === service);

export interface Told {
  readonly at: FactRef;
  /** Of the terms too, in this document or in another that a reader comes by. */
  readonly terms: boolean;
}

/** Documents beside and above a file tell their readers that things here are made by that service: the nearest of them. */
export const toldIn = (context: RuleContext, path: string, service: string): Told | undefined => {
  const above = factsOf(context.artefacts, 'told').filter(({ path: document, fact }) => {
    const folder = folderOf(document);
    return fact.service === service && roleOfPath(document) === 'decision' && (folder === '.' || path.startsWith(`${folder}/`));
  });
  const nearest = above.toSorted((a, b) => Number(b.fact.terms) - Number(a.fact.terms) || b.path.length - a.path.length)[0];
  return nearest && { at: { path: nearest.path, fact: nearest.fact.id }, terms: nearest.fact.terms };
};
