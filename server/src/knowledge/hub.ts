import type { HubHeader, HubSource } from './tables.ts';
import type { DatasetRecord, DatedLicences, ModelRecord, Provenance } from './types.ts';

/** One hub table as it lies on disk: a small head and long sorted text. */
export interface HubTable {
  readonly header: HubHeader;
  /** Lines as `HubHeader` says, each ended by `\n`. */
  readonly rows: string;
}

interface HubRow {
  readonly id: string;
  readonly licences: DatedLicences | null;
  readonly bases: readonly string[];
  readonly relation: ModelRecord['relation'];
  readonly edge: Provenance | null;
}

const lineAt = (rows: string, offset: number): { readonly start: number; readonly end: number } => {
  const start = offset === 0 ? 0 : rows.lastIndexOf('\n', offset - 1) + 1;
  const end = rows.indexOf('\n', start);
  return { start, end: end < 0 ? rows.length : end };
};

const idOf = (line: string): string => {
  const tab = line.indexOf('\t');
  return tab < 0 ? line : line.slice(0, tab);
};

/** The line of an id by bisection over the text: making a map of fifty thousand rows for one question would cost more than the question. */
export const findRow = (rows: string, id: string): string | undefined => {
  const wanted = id.toLowerCase();
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const { start, end } = lineAt(rows, (low + high) >> 1);
    const line = rows.slice(start, end);
    const found = idOf(line).toLowerCase();
    if (found === wanted) return line;
    if (found < wanted) low = end + 1;
    else high = start;
  }
  return undefined;
};

const statementOf = (header: HubHeader, index: string | undefined): DatedLicences | null => {
  const statement = index === undefined || index === '' ? undefined : header.statements[Number(index)];
  return statement ? { from: null, ...statement } : null;
};

const parseRow = (header: HubHeader, line: string): HubRow => {
  const [id = '', statement, relation, bases, edge] = line.split('\t');
  return {
    id,
    licences: statementOf(header, statement),
    bases: bases ? bases.split(',') : [],
    relation: relation ? (header.relations[Number(relation)] ?? null) : null,
    edge: edge ? (header.edges[Number(edge)] ?? null) : null,
  };
};

const provenanceOf = (row: HubRow, header: HubHeader): Provenance => {
  const { source, asOf, confidence } = row.licences ?? row.edge ?? { source: 'hub', asOf: header.asOf, confidence: 'hub' };
  return { source, asOf, confidence };
};

/** A base that was matched by its name alone is a guess: it goes into the note and never into the lineage. */
const modelOf = (header: HubHeader, line: string): ModelRecord => {
  const row = parseRow(header, line);
  const guess = row.edge?.confidence === 'name';
  const licensed = row.licences !== null && row.licences.confidence !== 'name';
  return {
    id: row.id,
    licences: row.licences ? [row.licences] : [],
    bases: guess ? [] : row.bases,
    relation: guess ? null : row.relation,
    datasets: [],
    note: guess ? `guessed from the id alone: made from ${row.bases.join(', ')}` : null,
    conflicting: [],
    match: guess && !licensed ? 'name' : 'hub',
    ...provenanceOf(row, header),
  };
};

const datasetOf = (header: HubHeader, line: string): DatasetRecord => {
  const row = parseRow(header, line);
  return {
    id: row.id,
    name: null,
    licences: row.licences ? [row.licences] : [],
    generatedBy: [],
    derivedFrom: row.bases,
    licenceStatus: row.licences ? 'stated' : 'unknown',
    status: null,
    note: null,
    match: 'hub',
    ...provenanceOf(row, header),
  };
};

const search =
  <T>(tables: () => readonly HubTable[], read: (header: HubHeader, line: string) => T) =>
  (id: string): T | undefined => {
    if (id === '' || id.includes('\n') || id.includes('\t')) return undefined;
    for (const table of tables()) {
      const line = findRow(table.rows, id);
      if (line !== undefined) return read(table.header, line);
    }
    return undefined;
  };

/** Look-ups in the hub tables; each list of tables, best first, is asked for when it is needed. */
export const hubSource = (models: () => readonly HubTable[], datasets: () => readonly HubTable[]): HubSource => ({
  model: search(models, modelOf),
  dataset: search(datasets, datasetOf),
});
