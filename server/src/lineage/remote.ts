import { dataWork, datasetWork, modelWork } from '../artefacts/hub-id.ts';
import type { WorkId, WorkKind } from '../artefacts/types.ts';
import { relativeOfName } from '../knowledge/families.ts';
import type { DatasetRecord, DatedLicences, Knowledge, ModelRecord } from '../knowledge/types.ts';
import { compareText } from '../text/compare.ts';
import type { Edge, Statement } from './types.ts';
const modelPrefix = modelWork('');
const datasetPrefix = datasetWork('');

/** The hub id in a work id: `org/name`, and which kind of repository it is. */
export const hubOf = (work: WorkId): { readonly type: 'model' | 'dataset'; readonly id: string } | undefined => {
  if (work.startsWith(datasetPrefix)) return { type: 'dataset', id: work.slice(datasetPrefix.length) };
  if (work.startsWith(modelPrefix)) return { type: 'model', id: work.slice(modelPrefix.length) };
  return undefined;
};

/** `service:openai/gpt-4o` -> the id of the service and of the model. */
export const serviceOf = (work: WorkId): { readonly service: string; readonly model: string | null } | undefined => {
  if (!work.startsWith('service:')) return undefined;
  const rest = work.slice('service:'.length);
  const slash = rest.indexOf('/');
  return slash < 0 ? { service: rest, model: null } : { service: rest.slice(0, slash), model: rest.slice(slash + 1) };
};

/** Renamed repositories are one work: the present id stands for all of them. */
export const canonical = (work: WorkId, knowledge: Knowledge): WorkId => {
  const hub = hubOf(work);
  if (!hub) return work.startsWith('pkg:github/') ? (knowledge.package(work)?.id ?? work) : work;
  const alias = knowledge.alias(hub.type, hub.id);
  if (!alias?.same) return work;
  return hub.type === 'model' ? modelWork(alias.to) : datasetWork(alias.to);
};

export const kindOf = (work: WorkId): WorkKind => {
  if (work.startsWith('service:')) return 'service';
  const part = publishedPart.exec(work)?.[2];
  if (part !== undefined) return part === 'data' ? 'dataset' : 'model';
  const hub = hubOf(work);
  return hub ? hub.type : 'code';
};

/** The day on which a work is used as it was then, and what a message should say of the choice. */
export interface UsedOn {
  /** ISO date. */
  readonly day: string;
  readonly note: string | null;
}

/** Of several dated rows the one in force: the last that began on or before that day. */
export const rowOn = (rows: readonly DatedLicences[], day: string): DatedLicences | undefined => {
  const begun = rows.filter((row) => row.from === null || row.from <= day);
  return begun.toSorted((a, b) => compareText(a.from ?? '', b.from ?? '')).at(-1) ?? rows[0];
};

const statementOf = (row: DatedLicences, scope: Statement['scope'], byName: boolean, note: string | null = null): Statement => ({
  licences: row.licences,
  choice: false,
  stated: row.stated ?? row.licences.join(' AND '),
  scope,
  evidence: byName ? 'name' : 'catalogue',
  speaker: 'licensor',
  source: row.source,
  asOf: row.asOf,
  confidence: row.confidence,
  at: null,
  fact: null,
  ...(note === null ? {} : { note }),
});

export interface RemoteWork {
  readonly statements: readonly Statement[];
  readonly edges: readonly Edge[];
}

const edge = (from: WorkId, to: WorkId, type: Edge['type'], record: ModelRecord | DatasetRecord): Edge => ({
  from,
  to,
  type,
  role: 'decision',
  at: null,
  fact: null,
  source: record.source,
});

/** Data or weights that a repository of code hands out under terms of their own. */
const publishedPart = /^(pkg:github\/[\w.-]+\/[\w.-]+)#(data|weights)$/;

/** What a data set is recorded to be made from. Names in words lead to no work. */
const sourcesOf = (work: WorkId, record: DatasetRecord, knowledge: Knowledge): readonly Edge[] =>
  record.derivedFrom
    .filter((id) => id.startsWith('pkg:github/') || /^[\w.-]+(?:\/[\w.-]+)?$/.test(id))
    .map((id) => edge(work, canonical(dataWork(id), knowledge), 'copiedFrom', record));

/** A re-upload under another owner is told by the name that it kept: a guess, where nothing is recorded. */
const namesakeOf = (work: WorkId, type: 'model' | 'dataset', id: string, knowledge: Knowledge): readonly Edge[] => {
  const original = knowledge.namesakeOf(type, id);
  if (original === undefined) return [];
  const to = canonical(type === 'model' ? modelWork(original) : datasetWork(original), knowledge);
  return [{ from: work, to, type: 'copiedFrom', role: 'decision', at: null, fact: null, source: 'the id itself', evidence: 'name' }];
};

/** Nothing is recorded of it and its name tells what it was made of: `acme/Llama-2-7b-q4`. */
const relativeOf = (work: WorkId, id: string, knowledge: Knowledge): readonly Edge[] => {
  const relative = relativeOfName(id, knowledge);
  if (relative === undefined) return [];
  const to = canonical(modelWork(relative), knowledge);
  return to === work ? [] : [{ from: work, to, type: 'finetune', role: 'decision', at: null, fact: null, source: 'the id itself', evidence: 'name' }];
};

/** A package or a repository of code: its terms, where they ask for more than a notice. */
const fromPackages = (work: WorkId, knowledge: Knowledge): RemoteWork => {
  const record = knowledge.package(work);
  if (!record) return { statements: [], edges: [] };
  return { statements: [statementOf({ ...record, from: null }, 'code', false)], edges: [] };
};

const isSaid = (row: DatedLicences | undefined): row is DatedLicences => row !== undefined && (row.licences.length > 0 || row.stated !== null);

const fromModel = (work: WorkId, id: string, knowledge: Knowledge, { day, note }: UsedOn): RemoteWork => {
  const record = knowledge.model(id);
  const guessed = record === undefined || record.bases.length === 0 ? namesakeOf(work, 'model', id, knowledge) : [];
  if (!record) return { statements: [], edges: guessed.length > 0 ? guessed : relativeOf(work, id, knowledge) };
  const row = rowOn(record.licences, day);
  const relation = record.relation ?? 'finetune';
  return {
    statements: isSaid(row) ? [statementOf(row, 'weights', record.match === 'name', note)] : [],
    edges: [
      ...record.bases.map((base) => edge(work, canonical(modelWork(base), knowledge), relation, record)),
      ...record.datasets.map((dataset) => edge(work, canonical(datasetWork(dataset), knowledge), 'trainedOn', record)),
      ...guessed,
    ],
  };
};

const fromDataset = (work: WorkId, id: string, knowledge: Knowledge, { day, note }: UsedOn): RemoteWork => {
  const record = knowledge.dataset(id);
  const guessed = record === undefined || record.derivedFrom.length === 0 ? namesakeOf(work, 'dataset', id, knowledge) : [];
  if (!record) return { statements: [], edges: guessed };
  const row = rowOn(record.licences, day);
  return {
    statements: isSaid(row) ? [statementOf(row, 'data', false, note)] : [],
    edges: [
      ...record.generatedBy.flatMap((by) => (by.service === null ? [] : [edge(work, `service:${by.service}/${by.name}`, 'generatedBy', record)])),
      ...sourcesOf(work, record, knowledge),
      ...guessed,
    ],
  };
};

/** What the catalogue says of a work: its terms, and what it came from. */
export const fromCatalogue = (work: WorkId, knowledge: Knowledge, usedOn: UsedOn): RemoteWork => {
  const hub = hubOf(work);
  if (hub) return hub.type === 'model' ? fromModel(work, hub.id, knowledge, usedOn) : fromDataset(work, hub.id, knowledge, usedOn);
  const [, repository, part] = publishedPart.exec(work) ?? [];
  if (repository === undefined) return fromPackages(work, knowledge);
  return part === 'data' ? fromDataset(work, repository, knowledge, usedOn) : fromModel(work, repository, knowledge, usedOn);
};
