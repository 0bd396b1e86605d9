import { groupById, indexById, memo } from './lookup.ts';
import { mayHaveNamesake, namesakeIn, namesakeIndex } from './namesakes.ts';
import { otherHomes } from './publishers.ts';
import type { HubSource, KnowledgeTables, ModelPattern } from './tables.ts';
import type { AliasRecord, DatasetRecord, Knowledge, ModelRecord } from './types.ts';

/** Renames followed from one id to the next: the tables are checked to have no loops, a hand-made one must not hang. */
const maximumRenames = 4;

/** Ids longer than this match no pattern: real ones have at most two parts of 96 characters. */
const longestPatternId = 200;

/** Renames of one kind of repository, asked from either side. */
interface Renames {
  /** Exactly as written: an alias may tell two spellings apart that differ in capitals alone. */
  readonly get: (id: string) => AliasRecord | undefined;
  /** The id itself, then what it was renamed to, then the older ids of that: one repository under each. */
  readonly idsOf: (id: string) => readonly string[];
}

const renames = (aliases: readonly AliasRecord[], type: AliasRecord['type']): Renames => {
  const rows = aliases.filter((row) => row.type === type);
  // The table puts renames before other relations of the same id, so the first row stands.
  const next = new Map(rows.toReversed().map((row) => [row.from, row]));
  const older = groupById(
    rows.filter((row) => row.same),
    (row) => [row.to],
  );
  const forward = (id: string): readonly string[] => {
    const ids = [id];
    for (let hops = 0; hops < maximumRenames; hops++) {
      const row = next.get(ids[ids.length - 1] ?? id);
      if (!row?.same || ids.includes(row.to)) break;
      ids.push(row.to);
    }
    return ids;
  };
  return {
    get: (id) => next.get(id),
    idsOf: (id) => {
      const ids = forward(id);
      return [...new Set([...ids, ...(older.get(ids[ids.length - 1] ?? id) ?? []).map((row) => row.from)])];
    },
  };
};

const first = <T>(ids: readonly string[], get: (id: string) => T | undefined): T | undefined => {
  for (const id of ids) {
    const found = get(id);
    if (found) return found;
  }
  return undefined;
};

const patternRecord = (id: string, pattern: ModelPattern, hub: ModelRecord | undefined): ModelRecord => ({
  id,
  licences: [{ from: null, licences: pattern.licences, stated: pattern.stated, source: pattern.source, asOf: pattern.asOf, confidence: pattern.confidence }],
  bases: hub?.bases ?? [],
  relation: hub?.relation ?? null,
  datasets: hub?.datasets ?? [],
  note: pattern.note,
  conflicting: [],
  match: 'pattern',
  source: pattern.source,
  asOf: pattern.asOf,
  confidence: pattern.confidence,
});

const modelLookup = (tables: KnowledgeTables, hub: HubSource, known: Renames): Knowledge['model'] => {
  const index = memo(() => indexById(tables.models, (row) => row.id));
  const patterns = memo(() => tables.modelPatterns.map((row) => ({ row, regex: new RegExp(row.pattern, 'iu') })));
  const byPattern = (id: string): ModelPattern | undefined => (id.length > longestPatternId ? undefined : patterns().find(({ regex }) => regex.test(id))?.row);
  return (id) => {
    const ids = known.idsOf(id);
    const record = first(ids, index().get);
    if (record && record.match !== 'name') return record;
    const pattern = first(ids, byPattern);
    const listed = first(ids, hub.model);
    if (pattern) return patternRecord(id, pattern, listed);
    return listed && (listed.match === 'hub' || !record) ? listed : record;
  };
};

const datasetLookup = (tables: KnowledgeTables, hub: HubSource, known: Renames): Knowledge['dataset'] => {
  const index = memo(() => indexById(tables.datasets, (row) => row.id));
  return (id) => {
    const ids = known.idsOf(id);
    return first(ids, index().get) ?? first(ids, hub.dataset);
  };
};

/** Works that are known by name alone have ids with a colon, which no id of the hub can have. */
const hubIds = (rows: readonly { readonly id: string }[]): readonly string[] => rows.map((row) => row.id).filter((id) => !id.includes(':'));

/** An id with a record of its own, under whatever name of the same repository, needs no namesake. */
const namesakes = (records: () => readonly (ModelRecord | DatasetRecord)[], known: () => Renames): ((id: string) => string | undefined) => {
  const index = memo(() => namesakeIndex(records()));
  const recorded = memo(() => new Set(records().flatMap((row) => (row.match === 'record' ? [row.id.toLowerCase()] : []))));
  return (id) => {
    if (!mayHaveNamesake(id)) return undefined;
    const ids = known().idsOf(id);
    if (ids.some((each) => recorded().has(each.toLowerCase()))) return undefined;
    const found = namesakeIn(index(), id);
    return found !== undefined && ids.includes(found) ? undefined : found;
  };
};

const github = 'pkg:github/';

/** Repositories by their names alone, as they are written and in small letters; undefined for those that several have. */
const byName = (packages: KnowledgeTables['packages']): ReadonlyMap<string, string | undefined> => {
  const out = new Map<string, string | undefined>();
  for (const { id } of packages) {
    if (!id.startsWith(github)) continue;
    const repository = id.slice(github.length);
    const name = repository.slice(repository.indexOf('/') + 1);
    for (const key of new Set([name, name.toLowerCase()])) out.set(key, out.has(key) ? undefined : repository);
  }
  return out;
};

/** All look-ups over the tables. Each index is made when it is first asked for, from its own table alone. */
export const createKnowledge = (tables: KnowledgeTables, hub: HubSource): Knowledge => {
  const terms = memo(() => indexById(tables.terms, (row) => row.id));
  const services = memo(() => indexById(tables.services, (row) => row.id));
  const hubLicences = memo(() => indexById(tables.hubLicences, (row) => row.tag));
  const licenceNames = memo(() => new Map(Object.entries(tables.licenceNames)));
  const shortNames = memo(() => new Map(Object.entries(tables.shortNames)));
  const disputes = memo(() => groupById(tables.disputes, (row) => row.ids.map((id) => id.toLowerCase())));
  const packages = memo(() => indexById(tables.packages, (row) => row.id));
  const repositories = memo(() => byName(tables.packages));
  const imports = memo(() => new Map(tables.packages.flatMap((row) => row.imports.map((name) => [name, row] as const))));
  const models = memo(() => renames(tables.aliases, 'model'));
  const datasets = memo(() => renames(tables.aliases, 'dataset'));
  const model = memo(() => modelLookup(tables, hub, models()));
  const dataset = memo(() => datasetLookup(tables, hub, datasets()));
  const modelNamesake = memo(() => namesakes(() => tables.models, models));
  const datasetNamesake = memo(() => namesakes(() => tables.datasets, datasets));
  return {
    get version() {
      return tables.version;
    },
    terms: (id) => terms().get(id),
    allTerms: () => tables.terms,
    model: (id) => model()(id),
    dataset: (id) => dataset()(id),
    datasetByShortName: (name) => shortNames().get(name),
    service: (id) => services().get(id),
    allServices: () => tables.services,
    hubLicence: (tag) => hubLicences().get(tag),
    allHubLicences: () => tables.hubLicences,
    licenceName: (name) => licenceNames().get(name.trim().toLowerCase()) ?? [],
    alias: (type, id) => (type === 'model' ? models() : datasets()).get(id),
    namesakeOf: (type, id) => (type === 'model' ? modelNamesake() : datasetNamesake())(id),
    disputes: (id) => {
      const rows = new Set([...models().idsOf(id), ...datasets().idsOf(id)].flatMap((each) => disputes().get(each.toLowerCase()) ?? []));
      return [...rows];
    },
    package: (id) =>
      packages().get(id) ??
      otherHomes(id)
        .map(packages().get)
        .find((row) => row !== undefined),
    repositoryNamed: (name) => repositories().get(name),
    packageOfImport: (name) => imports().get(name),
    importNames: memo(() => [...imports().keys()]),
    licenceIndex: () => tables.licenceIndex,
    modelIds: memo(() => hubIds(tables.models)),
    datasetIds: memo(() => hubIds(tables.datasets)),
  };
};
