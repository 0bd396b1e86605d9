import { byText } from './common.mjs';
import { resolveTags } from './hub-licences.mjs';

/** How a row was read, in the words of `confidence`. */
const confidences = {
  api: 'hub',
  'hub-col': 'hub-column',
  'hub-search': 'hub',
  croissant: 'hub',
  card: 'card-copy',
  code: 'publisher-code',
  curated: 'curated',
  'curated-shared': 'curated-shared',
  'curated-name': 'curated',
  'curated-spdx': 'curated',
  mapper: 'publisher-mapping',
  'scraper-edge': 'name',
};

/** A list of distinct values that rows name by index; the most used get the shortest numbers. */
const indexer = (all) => {
  const counts = new Map();
  for (const value of all) {
    const key = JSON.stringify(value);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const keys = [...counts].sort(([a, i], [b, j]) => j - i || byText(a, b)).map(([key]) => key);
  const index = new Map(keys.map((key, number) => [key, number]));
  return { list: keys.map((key) => JSON.parse(key)), of: (value) => index.get(JSON.stringify(value)) };
};

/** Tags of a collection: up to two are taken to bind together, of more no one can be said to hold for the whole. */
const mostTogether = 2;

const byPart = (tags, resolve) => tags.map((tag) => resolve(tag).licences[0] ?? tag).join(', ');

/** What a row states of its licence, or null. */
export const hubStatement = (row, resolve) => {
  if (!row.license) return null;
  const tags = [row.license].flat();
  if (tags.length > mostTogether) {
    const stated = `several, by part: ${byPart(tags, resolve)}`;
    return { licences: [], stated, source: `github:${row.source}`, asOf: row.as_of, confidence: confidences[row.via] ?? row.via };
  }
  // `other` says nothing: the name beside it may.
  const useful = row.license_name && tags.every((tag) => tag === 'other') ? [row.license_name] : tags;
  return { ...resolveTags(resolve, useful), source: `github:${row.source}`, asOf: row.as_of, confidence: confidences[row.via] ?? row.via };
};

const edgeOf = (row) =>
  row.base_model ? { source: `github:${row.base_source}`, asOf: row.base_as_of, confidence: confidences[row.base_via] ?? row.base_via } : null;

const relations = ['adapter', 'finetune', 'quantized', 'merge'];

const clean = (id) => typeof id === 'string' && /^[\w.\-/]+$/u.test(id) && id.length <= 200;

/** Rows of ids that differ in capitals alone are one row: the newer. */
const unique = (rows) => {
  const byId = new Map();
  for (const row of rows) {
    const key = row.id.toLowerCase();
    const other = byId.get(key);
    if (!other || (row.statement?.asOf ?? '') > (other.statement?.asOf ?? '')) byId.set(key, row);
  }
  return [...byId.values()].sort((a, b) => byText(a.id.toLowerCase(), b.id.toLowerCase()));
};

/** A base that somebody matched by name alone passes its licence on as a guess, and is no lineage: the reader of the table keeps it out of `bases`. */
const withGuess = (row, licencesOfBase) => {
  if (row.statement !== null || row.edge?.confidence !== 'name') return row;
  const licences = row.bases.map(licencesOfBase).find((found) => found !== undefined);
  return licences ? { ...row, statement: { licences, stated: null, source: 'the id itself', asOf: row.edge.asOf, confidence: 'name' } } : row;
};

/** Rows of the hub snapshots that say something the core tables do not. */
const rowsOf = (facts, resolve, core, licencesOfBase) =>
  unique(
    facts
      .filter((row) => clean(row.id) && !core.has(row.id.toLowerCase()))
      .map((row) => ({
        id: row.id,
        statement: hubStatement(row, resolve),
        bases: [row.base_model ?? []].flat().filter((base) => clean(base) && base !== row.id),
        relation: row.relation ?? null,
        edge: edgeOf(row),
      }))
      .filter((row) => row.statement !== null || row.bases.length > 0)
      .map((row) => withGuess(row, licencesOfBase)),
  );

const table = (rows, asOf) => {
  const statements = indexer(rows.flatMap((row) => row.statement ?? []));
  const edges = indexer(rows.flatMap((row) => (row.bases.length > 0 && row.edge ? [row.edge] : [])));
  const line = (row) => {
    const fields = [row.id, row.statement ? statements.of(row.statement) : ''];
    if (row.bases.length > 0) fields.push(row.relation ? relations.indexOf(row.relation) : '', row.bases.join(','), row.edge ? edges.of(row.edge) : '');
    return fields.join('\t');
  };
  return { header: { asOf, statements: statements.list, edges: edges.list, relations }, text: rows.map((row) => `${line(row)}\n`).join('') };
};

/** Exact licences by id: of the core tables first, then of the snapshot itself. */
const baseLicences = (facts, resolve, models) => {
  const known = new Map(
    models.flatMap((row) => (row.match === 'record' && (row.licences.at(-1)?.licences.length ?? 0) > 0 ? [[row.id, row.licences.at(-1).licences]] : [])),
  );
  const listed = new Map(facts.hubModels.map((row) => [row.id, row]));
  return (id) => {
    const row = listed.get(id);
    const statement = row ? hubStatement(row, resolve) : null;
    return known.get(id) ?? (statement && statement.licences.length > 0 && statement.stated === null ? statement.licences : undefined);
  };
};

/** `models` and `datasets` are the core tables: what they hold is left out here. */
export const hubTables = (facts, resolve, models, datasets) => {
  const coreModels = new Set(models.filter((row) => row.match === 'record').map((row) => row.id.toLowerCase()));
  const coreDatasets = new Set(datasets.map((row) => row.id.toLowerCase()));
  return {
    models: table(rowsOf(facts.hubModels, resolve, coreModels, baseLicences(facts, resolve, models)), facts.read),
    datasets: table(
      rowsOf(facts.hubDatasets, resolve, coreDatasets, () => undefined),
      facts.read,
    ),
  };
};
