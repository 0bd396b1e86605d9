import table from '../../knowledge/data/trainer-components.json';
import type { RelationType } from '../../knowledge/types.ts';
import { asString, get } from '../../text/data.ts';
import type { DataNode } from '../../text/data.ts';
import { datasetWork, hubReference, modelWork } from '../hub-id.ts';
import { has, itemsOf, relate, relateData, relateModel, scalarAt } from './config.ts';
import type { Config } from './config.ts';

const components: Readonly<Record<string, string>> = table.datasets;

/** A builder with a data set of its own, unless the configuration names another. */
const relateComponent = (config: Config, node: DataNode | undefined): void => {
  const name = asString(node);
  const set = name === undefined || !Object.hasOwn(components, name) ? undefined : components[name];
  if (node?.kind === 'scalar' && set !== undefined) relate(config, datasetWork(set), 'trainedOn', 'dataset', node, null, false);
};

export const readMerge = (config: Config): void => {
  const { root } = config;
  for (const item of itemsOf(get(root, 'models'))) relateModel(config, get(item, 'model'), 'merge', 'models', null, false);
  for (const slice of itemsOf(get(root, 'slices')))
    for (const source of itemsOf(get(slice, 'sources'))) relateModel(config, get(source, 'model'), 'merge', 'slices', null, false);
  for (const list of ['experts', 'shared_experts'])
    for (const expert of itemsOf(get(root, list))) relateModel(config, get(expert, 'source_model'), 'merge', list, null, false);
  relateModel(config, get(root, 'base_model'), 'merge', 'base_model', null, false);
};

const folder = (path: string): string => path.replace(/\/+$/, '').replace(/^\.\//, '');

/** What each loader of checkpoints is there for; the policy is the one that is trained. */
const checkpointers: readonly (readonly [key: string, type: RelationType | undefined])[] = [
  ['checkpointer', undefined],
  ['policy_checkpointer', undefined],
  ['teacher_checkpointer', 'distilledFrom'],
  ['ref_checkpointer', 'loads'],
  ['ref_policy_checkpointer', 'loads'],
  ['value_checkpointer', 'loads'],
  ['reward_checkpointer', 'loads'],
];

/** `--output-dir` of the download, else the folder that the tool makes for it. */
const downloadedTo = (line: string, id: string): string => folder(/--output-dir[ =]["']?([^\s"']+)/.exec(line)?.[1] ?? `/tmp/${id.slice(id.indexOf('/') + 1)}`);

/**
 * torchtune loads from a folder; the command that fills it stands in a comment by its convention, and the folder tells which of several
 * downloads is trained and which one teaches.
 */
export const readTorchtune = (config: Config): void => {
  const { root, text } = config;
  const trains = has(root, 'optimizer', 'dataset', 'loss');
  const adapter = asString(get(root, 'model', '_component_'))?.includes('lora') === true;
  const trained: RelationType = trains ? (adapter ? 'adapter' : 'finetune') : 'loads';
  const found = [...text.matchAll(/^#.*?\btune download ([\w.-]+\/[\w.-]+)[^\r\n]*/gm)].flatMap((match) => {
    const id = match[1] ?? '';
    const start = match.index + match[0].indexOf(id);
    const reference = hubReference(id);
    return reference ? [{ id: reference.id, node: scalarAt(id, start), to: downloadedTo(match[0], id) }] : [];
  });
  const roles = new Map<string, RelationType>();
  for (const [key, type] of checkpointers.toReversed()) {
    const at = asString(get(root, key, 'checkpoint_dir'));
    if (at !== undefined) roles.set(folder(at), type ?? trained);
  }
  for (const { id, node, to } of found)
    relate(config, modelWork(id), roles.get(to) ?? (found.length === 1 ? trained : 'loads'), 'tune download', node, null, false);
  const dataset = get(root, 'dataset');
  for (const set of [...(dataset?.kind === 'sequence' ? dataset.items : [dataset]), get(root, 'dataset_train')]) {
    const source = get(set, 'source');
    if (source) relateData(config, source, 'trainedOn', 'dataset.source');
    else relateComponent(config, get(set, '_component_'));
  }
};

/** litgpt keeps what it fetched under `checkpoints/`, by the id of the hub. */
export const readLitgpt = (config: Config): void => {
  const { root } = config;
  const node = get(root, 'checkpoint_dir');
  const at = /^(?:\.\/)?checkpoints\/([\w.-]+\/[\w.-]+?)\/?$/.exec(asString(node) ?? '');
  const reference = hubReference(at?.[1] ?? '');
  if (reference && node?.kind === 'scalar') {
    const start = node.inner.start + (asString(node) ?? '').indexOf(reference.id);
    relate(config, modelWork(reference.id), has(root, 'lora_r') ? 'adapter' : 'finetune', 'checkpoint_dir', scalarAt(reference.id, start), null, false);
  }
  relateComponent(config, get(root, 'data', 'class_path'));
};
