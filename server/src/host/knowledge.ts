import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { createKnowledge } from '../knowledge/catalogue.ts';
import { hubSource } from '../knowledge/hub.ts';
import type { HubTable } from '../knowledge/hub.ts';
import { memo } from '../knowledge/lookup.ts';
import type { HubHeader, KnowledgeTables } from '../knowledge/tables.ts';
import type { Knowledge } from '../knowledge/types.ts';

/** The folder of the running program. Bundles and sources run by tsx are both CommonJS; the second way is for other loaders. */
const programDirectory = (): string => (typeof __dirname === 'string' ? __dirname : dirname(process.argv[1] ?? '.'));

/** Where the tables lie: beside the bundle (`dist/knowledge`), or in the source tree when the program runs from it. */
export const knowledgeDirectory = (): string => {
  const here = programDirectory();
  const places = [join(here, 'knowledge'), join(here, '..', 'knowledge', 'data')];
  return places.find((place) => existsSync(join(place, 'index.json'))) ?? join(here, 'knowledge');
};

interface Index {
  readonly version: string;
  /** Names of hub tables, best first. */
  readonly hub: { readonly models: readonly string[]; readonly datasets: readonly string[] };
}

const readJson = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

/** The build compresses the rows; a source tree holds them plain, so that a change can be reviewed. */
const readRows = (path: string): string => {
  const packed = `${path}.txt.br`;
  return existsSync(packed) ? brotliDecompressSync(readFileSync(packed)).toString('utf8') : readFileSync(`${path}.txt`, 'utf8');
};

const hubTable = (directory: string, name: string): HubTable => {
  const path = join(directory, 'hub', name);
  return { header: readJson<HubHeader>(`${path}.json`), rows: readRows(path) };
};

const lazyTables = (directory: string, index: () => Index): KnowledgeTables => {
  const table = <K extends keyof KnowledgeTables>(file: string): (() => KnowledgeTables[K]) => memo(() => readJson<KnowledgeTables[K]>(join(directory, file)));
  const terms = table<'terms'>('terms.json');
  const services = table<'services'>('services.json');
  const hubLicences = table<'hubLicences'>('hub-licences.json');
  const licenceNames = table<'licenceNames'>('licence-names.json');
  const models = table<'models'>('models.json');
  const modelPatterns = table<'modelPatterns'>('model-patterns.json');
  const datasets = table<'datasets'>('datasets.json');
  const shortNames = table<'shortNames'>('short-names.json');
  const aliases = table<'aliases'>('aliases.json');
  const disputes = table<'disputes'>('disputes.json');
  const packages = table<'packages'>('packages.json');
  const licenceIndex = memo(() => readFileSync(join(directory, 'licences.bin')));
  return {
    get version() {
      return index().version;
    },
    get terms() {
      return terms();
    },
    get services() {
      return services();
    },
    get hubLicences() {
      return hubLicences();
    },
    get licenceNames() {
      return licenceNames();
    },
    get models() {
      return models();
    },
    get modelPatterns() {
      return modelPatterns();
    },
    get datasets() {
      return datasets();
    },
    get shortNames() {
      return shortNames();
    },
    get aliases() {
      return aliases();
    },
    get disputes() {
      return disputes();
    },
    get packages() {
      return packages();
    },
    get licenceIndex() {
      return licenceIndex();
    },
  };
};

/** Opens the tables of a folder. Each file is read when something in it is asked for the first time. */
export const openKnowledge = (directory: string): Knowledge => {
  const index = memo(() => readJson<Index>(join(directory, 'index.json')));
  const tablesOf = (kind: keyof Index['hub']): (() => readonly HubTable[]) => {
    const lazy = memo(() => index().hub[kind].map((name) => memo(() => hubTable(directory, name))));
    return () => lazy().map((table) => table());
  };
  return createKnowledge(lazyTables(directory, index), hubSource(tablesOf('models'), tablesOf('datasets')));
};
