import type { Knowledge, RelationType } from '../../knowledge/types.ts';
import { asString, entryOf, get } from '../../text/data.ts';
import type { DataNode, DataScalar } from '../../text/data.ts';
import type { Span } from '../../text/span.ts';
import { datasetWork, hubReference, localWork, modelWork } from '../hub-id.ts';
import { pathTarget } from '../shell/targets.ts';
import type { Anchor, Fact, Role, WorkId } from '../types.ts';

/** One configuration of a trainer while it is read. */
export interface Config {
  readonly path: string;
  readonly text: string;
  readonly root: DataNode;
  readonly work: WorkId;
  readonly role: Role;
  readonly facts: Fact[];
  readonly anchors: Record<string, Anchor>;
  readonly idOf: (kind: string, content: string) => string;
  readonly knowledge: Knowledge;
  /** What was told of data: recipes name one set many times, once for each of its parts. */
  readonly told: Set<string>;
}

export const has = (root: DataNode | undefined, ...keys: readonly string[]): boolean => keys.some((key) => entryOf(root, key) !== undefined);

/** Templates list every key and leave most of them empty: only one with a value was set. */
export const isSet = (root: DataNode | undefined, ...keys: readonly string[]): boolean =>
  keys.some((key) => {
    const value = entryOf(root, key)?.value;
    return value !== undefined && (value.kind !== 'scalar' || (value.value !== null && value.value !== '' && value.value !== false));
  });

export const itemsOf = (node: DataNode | undefined): readonly DataNode[] => (node?.kind === 'sequence' ? node.items : []);

export const add = (config: Config, fact: Fact, span: Span): void => {
  config.facts.push(fact);
  config.anchors[fact.id] = { span };
};

export const relate = (
  config: Config,
  to: WorkId,
  type: RelationType,
  via: string,
  node: DataScalar,
  revision: string | null,
  pinnable: boolean,
  remoteCode = false,
): void =>
  add(
    config,
    { kind: 'relation', id: config.idOf(`${type}:${via}`, to), from: config.work, to, type, role: config.role, revision, via, pinnable, remoteCode },
    node.inner,
  );

export const relateModel = (
  config: Config,
  node: DataNode | undefined,
  type: RelationType,
  via: string,
  revision: string | null,
  pinnable: boolean,
  remoteCode = false,
): void => {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return;
  // mergekit writes an adapter behind its base: `org/base+org/lora`.
  const [name = '', adapter] = node.value.split('+');
  const reference = hubReference(name) ?? (config.knowledge.model(name) && !name.includes('/') ? { id: name, revision: null } : undefined);
  if (reference) relate(config, modelWork(reference.id), type, via, node, revision ?? reference.revision, pinnable, remoteCode);
  // A base that lies in a folder: where that came from, the rest of the tree may tell.
  else if (type !== 'loads' && type !== 'publishes' && name.includes('/')) {
    const local = pathTarget(name);
    if (local !== undefined) relate(config, local, type, via, node, null, false, false);
  }
  const second = adapter === undefined ? undefined : hubReference(adapter);
  if (second) relate(config, modelWork(second.id), type, via, node, null, false);
};

/** Loaders of file formats that stand where the id of a data set would. */
const formats = new Set(['json', 'jsonl', 'csv', 'parquet', 'arrow', 'text', 'pandas', 'imagefolder', 'audiofolder', 'webdataset']);

export const relateData = (
  config: Config,
  node: DataNode | undefined,
  type: RelationType,
  via: string,
  revision: string | null = null,
  pinnable = true,
): void => {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string' || formats.has(node.value)) return;
  const key = `${type} ${node.value} ${revision ?? ''}`;
  if (config.told.has(key)) return;
  config.told.add(key);
  const reference = /\.(?:jsonl?|parquet|csv|txt|arrow)$/.test(node.value) ? undefined : hubReference(node.value);
  if (reference && !node.value.startsWith('data/')) relate(config, datasetWork(reference.id), type, via, node, revision ?? reference.revision, pinnable);
  else if (config.knowledge.dataset(node.value) && !node.value.includes('/') && !node.value.includes('.'))
    relate(config, datasetWork(node.value), type, via, node, revision, pinnable);
  else {
    const local = localWork(node.value);
    if (local !== undefined && /[/.]/.test(node.value)) relate(config, local, type, via, node, null, false);
  }
};

/** A file of rows, by its name. */
const isRowsFile = (text: string): boolean => /^[\w./-]{1,200}\.(?:jsonl?|parquet|csv)$/.test(text);

export const readDatasets = (config: Config, key: string, type: RelationType): void => {
  const node = get(config.root, key);
  if (node?.kind === 'sequence') {
    for (const item of node.items) {
      if (item.kind === 'scalar') relateData(config, item, type, key);
      for (const inner of ['path', 'id', 'name', 'repo_id', 'data_files']) {
        const found = get(item, inner);
        if (inner !== 'name' || get(item, 'path') === undefined) relateData(config, found, type, key, asString(get(item, 'revision')) ?? null);
        if (inner === 'data_files') for (const file of itemsOf(found)) relateData(config, file, type, key);
      }
      // `- mine: data/mine.jsonl`: a name of somebody's own, and the file that it stands for.
      const [only, more] = item.kind === 'map' ? item.entries : [];
      if (only && !more && isRowsFile(asString(only.value) ?? '')) relateData(config, only.value, type, key);
    }
  } else if (node?.kind === 'map') {
    if (entryOf(node, 'datasets')) readDatasets({ ...config, root: node }, 'datasets', type);
    else for (const entry of node.entries) relateData(config, { kind: 'scalar', value: entry.key, span: entry.keySpan, inner: entry.keySpan }, type, key);
  } else relateData(config, node, type, key);
};

/** The configuration lets code of the model's repository run. */
export const trustsRemote = (node: DataNode): boolean => {
  const flag = get(node, 'trust_remote_code');
  return flag?.kind === 'scalar' && flag.value === true;
};

/** Where a scalar starts in what a match found: for ids that stand in comments or behind a prefix. */
export const scalarAt = (value: string, start: number): DataScalar => {
  const span = { start, end: start + value.length };
  return { kind: 'scalar', value, span, inner: span };
};
