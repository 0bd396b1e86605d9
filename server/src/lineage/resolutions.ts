import { setElsewhere } from '../artefacts/via.ts';
import type { Scope, Speaker, WorkId } from '../artefacts/types.ts';
import type { AliasRecord, Knowledge, RelationType } from '../knowledge/types.ts';
import type { Policy } from '../policy/types.ts';
import { compareText } from '../text/compare.ts';
import { canonical, fromCatalogue, hubOf, rowOn } from './remote.ts';
import type { RemoteWork, UsedOn } from './remote.ts';
import type { Edge, Statement } from './types.ts';

/** Terms that a card or a licence text beside it states. */
export interface ResolvedTerms {
  readonly stated: string;
  readonly licences: readonly string[];
  readonly choice: boolean;
  readonly scope: Scope;
  readonly speaker: Speaker;
  readonly via: 'card' | 'licence-file';
}

export interface ResolvedRelation {
  readonly to: WorkId;
  readonly type: RelationType;
}

/** What the local hub cache or the hub answered of a work at a revision: plain data that the host gets and the lineage reads. */
export interface Resolution {
  /** As it was asked for. */
  readonly work: WorkId;
  /** The revision that was asked for; null = the default branch. */
  readonly asked: string | null;
  readonly by: 'cache' | 'hub';
  /** `refused`: it is not there, or not for everybody; `unclear`: the answer says nothing of the work itself. */
  readonly state: 'found' | 'refused' | 'absent' | 'unclear';
  /** The present id on the hub, where it was given: another one means that the work was renamed. */
  readonly id: string | null;
  /** What the revision that was asked for stands for. */
  readonly commit: string | null;
  /** ISO day of that commit. */
  readonly date: string | null;
  /** ISO day on which the commit was there already, where its own is not known. */
  readonly before: string | null;
  /** It is given out to those who agree or ask. */
  readonly gated: boolean;
  readonly source: string;
  readonly terms: readonly ResolvedTerms[];
  readonly relations: readonly ResolvedRelation[];
}

export type Resolutions = readonly Resolution[];

const overlays = new WeakMap<Resolutions, { readonly base: Knowledge; readonly made: Knowledge }>();

/**
 * The knowledge with what the hub told of renames: an id that it answers for under another one is that one. The hub is asked today, so
 * its word stands over the tables'.
 */
export const withRenames = (knowledge: Knowledge, resolutions: Resolutions): Knowledge => {
  const renamed = resolutions.flatMap(({ work, id, source }) => {
    const hub = hubOf(work);
    return hub && id !== null && id !== hub.id ? [{ type: hub.type, from: hub.id, to: id, source }] : [];
  });
  if (renamed.length === 0) return knowledge;
  const known = overlays.get(resolutions);
  if (known?.base === knowledge) return known.made;
  const byId = new Map(renamed.map((row) => [`${row.type} ${row.from}`, row]));
  const present = new Set(renamed.map((row) => `${row.type} ${row.to}`));
  const older = new Map(renamed.map((row) => [`${row.type} ${row.to}`, row.from]));
  const alias = (type: 'model' | 'dataset', id: string): AliasRecord | undefined => {
    const row = byId.get(`${type} ${id}`);
    if (row) return { ...row, same: true, relation: 'the hub answers under this id', asOf: null, confidence: 'hub' };
    // A rename that was taken back: both tables would send each id to the other.
    if (present.has(`${type} ${id}`)) return undefined;
    const listed = knowledge.alias(type, id);
    const further = listed?.same ? byId.get(`${type} ${listed.to}`) : undefined;
    return listed && further ? { ...listed, to: further.to } : listed;
  };
  /** The tables may know the work under its older id alone. */
  const byEither =
    <T>(type: string, get: (id: string) => T | undefined) =>
    (id: string): T | undefined =>
      get(id) ?? (older.has(`${type} ${id}`) ? get(older.get(`${type} ${id}`) ?? id) : undefined);
  const made: Knowledge = { ...knowledge, alias, model: byEither('model', knowledge.model), dataset: byEither('dataset', knowledge.dataset) };
  overlays.set(resolutions, { base: knowledge, made });
  return made;
};

type ResolutionIndex = ReadonlyMap<WorkId, Resolutions>;

/** By present id. */
export const indexResolutions = (resolutions: Resolutions, knowledge: Knowledge): ResolutionIndex => {
  const index = new Map<WorkId, Resolution[]>();
  for (const resolution of resolutions) {
    const work = canonical(resolution.work, knowledge);
    const known = index.get(work);
    if (known) known.push(resolution);
    else index.set(work, [resolution]);
  }
  return index;
};

export const isCommit = (revision: string | null | undefined): revision is string =>
  revision !== null && revision !== undefined && /^[0-9a-f]{7,40}$/.test(revision);

/**
 * The revisions at which this repository uses a work; null = the default branch. What names a revision, or could, decides; a card, which
 * cannot, counts where nothing else speaks.
 */
export const usedRevisions = (work: WorkId, edgesTo: readonly Edge[], policy: Policy, knowledge: Knowledge): readonly (string | null)[] => {
  const used = edgesTo.flatMap(({ role, fact }) =>
    role === 'decision' && fact && (fact.pinnable || fact.revision !== null) ? [fact.revision === setElsewhere ? null : fact.revision] : [],
  );
  const noted = policy.provenance.flatMap((note) => (note.revision !== null && canonical(note.from, knowledge) === work ? [note.revision] : []));
  const all = [...new Set([...used, ...noted])].toSorted((a, b) => compareText(a ?? '', b ?? ''));
  return all.length === 0 ? [null] : all;
};

/** What was answered for the revisions that are used. */
const answersFor = (index: ResolutionIndex, work: WorkId, used: readonly (string | null)[]): Resolutions =>
  (index.get(work) ?? []).filter((resolution) => used.includes(resolution.asked));

/** Day of a commit, or undefined: one that was there before the second row began decides as well. `noted`: what was made from it was made then. */
const dayOf = (commit: string, answers: Resolutions, starts: readonly string[], noted: string | undefined): string | undefined => {
  const about = answers.filter((entry) => entry.asked === commit);
  const exact = about.find((entry) => entry.date !== null)?.date;
  const before = about.find((entry) => entry.before !== null)?.before ?? noted;
  if (exact) return exact;
  return before && starts.every((from) => from > before) ? before : undefined;
};

interface Beyond {
  readonly policy: Policy;
  readonly knowledge: Knowledge;
  readonly today: string;
  readonly resolutions?: Resolutions;
}

/** On which day the terms of a work are to be looked up: that of the newest revision that is used, today where that is a branch. */
const usedOn = (work: WorkId, used: readonly (string | null)[], answers: Resolutions, { policy, knowledge, today }: Beyond): UsedOn => {
  const hub = hubOf(work);
  const rows = (hub?.type === 'model' ? knowledge.model(hub.id) : hub && knowledge.dataset(hub.id))?.licences ?? [];
  if (rows.length < 2 || !used.every(isCommit)) return { day: today, note: null };
  const starts = rows.flatMap((row) => row.from ?? []);
  const madeOn = (commit: string): string | undefined =>
    policy.provenance.find((note) => note.revision === commit && note.date !== null && canonical(note.from, knowledge) === work)?.date ?? undefined;
  const days = used.map((commit) => dayOf(commit ?? '', answers, starts, madeOn(commit ?? '')));
  const known = days.flatMap((day) => day ?? []);
  if (known.length < days.length || days.length === 0)
    return { day: today, note: 'the newest of its dated terms, since the day of the pinned commit is not known' };
  const day = known.toSorted().at(-1) ?? today;
  return { day, note: rowOn(rows, day) === rowOn(rows, today) ? null : `as they were on ${day}, the day of the pinned commit` };
};

const statementOf = (resolution: Resolution, terms: ResolvedTerms, catalogue: readonly Statement[]): Statement => {
  // A tag names one licence; where the catalogue knows that others bind beside it, it does not undo them.
  const wider = catalogue.find(
    (entry) =>
      entry.evidence === 'catalogue' &&
      entry.scope === terms.scope &&
      terms.licences.length > 0 &&
      entry.licences.length > terms.licences.length &&
      terms.licences.every((licence) => entry.licences.includes(licence)),
  );
  return {
    licences: wider?.licences ?? terms.licences,
    choice: terms.choice,
    stated: terms.stated,
    scope: terms.scope,
    evidence: resolution.by,
    speaker: terms.speaker,
    source: resolution.source,
    asOf: resolution.date,
    confidence: terms.via,
    at: null,
    fact: null,
  };
};

/** What answers say of a work: its terms, and what it came from. */
const fromResolutions = (work: WorkId, answers: Resolutions, catalogue: readonly Statement[], knowledge: Knowledge): RemoteWork => {
  const edges = new Map<string, Edge>();
  for (const { relations, source } of answers) {
    for (const { to, type } of relations) {
      const target = canonical(to, knowledge);
      if (!edges.has(target)) edges.set(target, { from: work, to: target, type, role: 'decision', at: null, fact: null, source });
    }
  }
  return { statements: answers.flatMap((entry) => entry.terms.map((terms) => statementOf(entry, terms, catalogue))), edges: [...edges.values()] };
};

/** What the cache, the hub and the catalogue know of one work that these edges lead to. An answer's word on a base stands over the catalogue's. */
export const beyondTree = ({
  policy,
  knowledge,
  today,
  resolutions = [],
}: Beyond): ((work: WorkId, edgesTo: readonly Edge[]) => RemoteWork & { readonly answers: Resolutions }) => {
  const index = indexResolutions(resolutions, knowledge);
  return (work, edgesTo) => {
    const used = usedRevisions(work, edgesTo, policy, knowledge);
    const answers = answersFor(index, work, used);
    const listed = fromCatalogue(work, knowledge, usedOn(work, used, answers, { policy, knowledge, today }));
    const told = fromResolutions(work, answers, listed.statements, knowledge);
    // A card that says "other" says less than what the catalogue knows.
    const exact = told.statements.filter((statement) => statement.licences.length > 0);
    const vague = told.statements.filter((statement) => statement.licences.length === 0);
    return {
      answers,
      statements: [...exact, ...listed.statements, ...vague],
      edges: [...told.edges, ...listed.edges.filter((edge) => !told.edges.some((other) => other.to === edge.to))],
    };
  };
};
