import type { Knowledge, RelationType } from '../knowledge/types.ts';
import { asString, entryOf, get, stringScalars } from '../text/data.ts';
import type { DataNode, DataScalar } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import type { Span } from '../text/span.ts';
import { readYaml } from '../text/yaml.ts';
import { datasetWork, factIds, hubReference, localWork, modelWork, roleOfPath } from './hub-id.ts';
import type { Anchor, Fact, Reader, Reading, Role, WorkId } from './types.ts';

interface Config {
  readonly path: string;
  readonly text: string;
  readonly root: DataNode;
  readonly work: WorkId;
  readonly role: Role;
  readonly facts: Fact[];
  readonly anchors: Record<string, Anchor>;
  readonly idOf: (kind: string, content: string) => string;
  readonly knowledge: Knowledge;
}

const has = (root: DataNode, ...keys: readonly string[]): boolean => keys.some((key) => entryOf(root, key) !== undefined);

/** Keys by which the trainers name the model that they start from. */
const baseKeys = ['base_model', 'model_name_or_path', 'base_model_config', 'pretrained_model_name_or_path', 'model_name', 'model_id', 'hf_model_id'];
/** Keys that only a training configuration has: without one of them a `model_name` may be anything. */
const trainingKeys = [
  'learning_rate',
  'num_train_epochs',
  'num_epochs',
  'epochs',
  'per_device_train_batch_size',
  'micro_batch_size',
  'gradient_accumulation_steps',
  'output_dir',
  'adapter',
  'finetuning_type',
  'lora_r',
  'lora_alpha',
  'lora_rank',
  'dataset',
  'datasets',
  'dataset_name',
  'dataset_mixture',
  'dataset_mixer',
  'dataset_path',
  'sequence_len',
  'lr_scheduler_type',
  'lr_scheduler',
  'stage',
  'do_train',
  'max_steps',
  'warmup_steps',
  'optimizer',
  'merge_method',
  'teacher_model_name_or_path',
  'hub_model_id',
  'batch_size',
  'lr',
];

type Shape = 'trainer' | 'mergekit' | 'torchtune' | 'asset' | undefined;

const shapeOf = (root: DataNode, text: string): Shape => {
  if (root.kind !== 'map') return undefined;
  if (has(root, 'merge_method') || (has(root, 'slices', 'models') && has(root, 'dtype', 'tokenizer_source'))) return 'mergekit';
  if (has(root, 'checkpointer') && has(root, 'tokenizer', 'model')) return 'torchtune';
  if (asString(get(root, 'checkpoint'))?.includes('huggingface.co') === true && has(root, 'name', 'model_type', 'model_arch')) return 'asset';
  const training = trainingKeys.filter((key) => has(root, key)).length;
  const base = has(root, ...baseKeys);
  if (base && training >= 1) return 'trainer';
  if (has(root, 'model') && get(root, 'model')?.kind === 'map' && training >= 2) return 'trainer';
  return /^# ?tune (?:download|run) /m.test(text.slice(0, 4000)) && has(root, 'model', 'tokenizer') ? 'torchtune' : undefined;
};

const add = (config: Config, fact: Fact, span: Span): void => {
  config.facts.push(fact);
  config.anchors[fact.id] = { span };
};

const relate = (
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

const relateModel = (
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
  const second = adapter === undefined ? undefined : hubReference(adapter);
  if (second) relate(config, modelWork(second.id), type, via, node, null, false);
};

/** Loaders of file formats that stand where the id of a data set would. */
const formats = new Set(['json', 'jsonl', 'csv', 'parquet', 'arrow', 'text', 'pandas', 'imagefolder', 'audiofolder', 'webdataset']);

const relateData = (config: Config, node: DataNode | undefined, type: RelationType, via: string, revision: string | null = null): void => {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string' || formats.has(node.value)) return;
  const reference = /\.(?:jsonl?|parquet|csv|txt|arrow)$/.test(node.value) ? undefined : hubReference(node.value);
  if (reference && !node.value.startsWith('data/')) relate(config, datasetWork(reference.id), type, via, node, revision ?? reference.revision, true);
  else if (config.knowledge.dataset(node.value) && !node.value.includes('/') && !node.value.includes('.'))
    relate(config, datasetWork(node.value), type, via, node, revision, true);
  else {
    const local = localWork(node.value);
    if (local !== undefined && /[/.]/.test(node.value)) relate(config, local, type, via, node, null, false);
  }
};

/** The short names of LLaMA-Factory: the tree's own table wins, which the lineage sees to by the local id. */
const relateShortNames = (config: Config, node: DataNode | undefined, type: RelationType): void => {
  if (node?.kind === 'sequence') for (const item of node.items) relateShortNames(config, item, type);
  if (node?.kind !== 'scalar' || typeof node.value !== 'string') return;
  let from = 0;
  for (const part of node.value.split(',')) {
    const name = part.trim();
    const start = node.inner.start + from + part.indexOf(name);
    from += part.length + 1;
    if (!/^[\w.-]{2,80}$/.test(name)) continue;
    const span = { start, end: start + name.length };
    add(
      config,
      {
        kind: 'relation',
        id: config.idOf(`${type}:dataset`, `local:dataset_info#${name}`),
        from: config.work,
        to: `local:dataset_info#${name}`,
        type,
        role: config.role,
        revision: null,
        via: 'dataset',
        pinnable: false,
        remoteCode: false,
      },
      span,
    );
    const known = config.knowledge.datasetByShortName(name);
    if (known !== undefined)
      add(
        config,
        {
          kind: 'relation',
          id: config.idOf('short-name', name),
          from: `local:dataset_info#${name}`,
          to: datasetWork(known),
          type: 'copiedFrom',
          role: config.role,
          revision: null,
          via: 'short name',
          pinnable: false,
          remoteCode: false,
        },
        span,
      );
  }
};

const readDatasets = (config: Config, key: string, type: RelationType): void => {
  const node = get(config.root, key);
  if (node?.kind === 'sequence') {
    for (const item of node.items) {
      if (item.kind === 'scalar') relateData(config, item, type, key);
      for (const inner of ['path', 'id', 'name', 'repo_id', 'data_files']) {
        const found = get(item, inner);
        if (inner !== 'name' || get(item, 'path') === undefined) relateData(config, found, type, key, asString(get(item, 'revision')) ?? null);
        if (inner === 'data_files' && found?.kind === 'sequence') for (const file of found.items) relateData(config, file, type, key);
      }
    }
  } else if (node?.kind === 'map') {
    if (entryOf(node, 'datasets')) readDatasets({ ...config, root: node }, 'datasets', type);
    else for (const entry of node.entries) relateData(config, { kind: 'scalar', value: entry.key, span: entry.keySpan, inner: entry.keySpan }, type, key);
  }
};

/** The configuration lets code of the model's repository run. */
const trustsRemote = (node: DataNode): boolean => {
  const flag = get(node, 'trust_remote_code');
  return flag?.kind === 'scalar' && flag.value === true;
};

const readTrainer = (config: Config): void => {
  const { root } = config;
  const adapter = has(root, 'adapter', 'lora_r', 'lora_rank', 'lora_alpha', 'use_peft') && asString(get(root, 'adapter')) !== 'none';
  const factory = has(root, 'finetuning_type', 'stage', 'dataset_dir');
  const type: RelationType = adapter || asString(get(root, 'finetuning_type')) === 'lora' ? 'adapter' : 'finetune';
  const revision = asString(get(root, 'revision_of_model')) ?? asString(get(root, 'model_revision')) ?? null;
  const remoteCode = trustsRemote(root);
  const flag = get(root, 'trust_remote_code');
  if (remoteCode && flag) config.anchors['trainer-config:remote-code'] = { span: flag.span };
  const key = baseKeys.find((name) => has(root, name));
  if (key !== undefined) relateModel(config, get(root, key), type, key, revision, true, remoteCode);
  const nested = get(root, 'model');
  if (nested?.kind === 'map')
    for (const name of [...baseKeys, 'path', 'name'])
      if (asString(get(nested, name)))
        relateModel(config, get(nested, name), type, name === 'path' || name === 'name' ? 'model_name_or_path' : name, null, true, trustsRemote(nested));
  relateModel(config, get(root, 'adapter_name_or_path'), 'adapter', 'adapter_name_or_path', null, false);
  relateModel(config, get(root, 'lora_model_dir'), 'adapter', 'lora_model_dir', null, false);
  for (const teacher of ['teacher_model_name_or_path', 'teacher_model', 'teacher'])
    relateModel(config, get(root, teacher)?.kind === 'map' ? get(root, teacher, 'path') : get(root, teacher), 'distilledFrom', teacher, null, true);
  for (const list of ['datasets', 'dataset_mixture', 'dataset_mixer', 'train_datasets', 'pretraining_dataset']) readDatasets(config, list, 'trainedOn');
  for (const list of ['test_datasets', 'eval_datasets', 'eval_dataset']) readDatasets(config, list, 'testedOn');
  for (const name of ['dataset_name', 'dataset_path', 'dataset_id', 'train_dataset', 'train_file', 'data_path'])
    relateData(config, get(root, name), 'trainedOn', name, asString(get(root, 'dataset_revision')) ?? null);
  const dataset = get(root, 'dataset');
  if (factory) relateShortNames(config, dataset, 'trainedOn');
  else if (dataset?.kind === 'map') for (const name of ['path', 'source', 'name', 'repo_id']) relateData(config, get(dataset, name), 'trainedOn', 'dataset');
  else relateData(config, dataset, 'trainedOn', 'dataset');
  if (factory) relateShortNames(config, get(root, 'eval_dataset'), 'testedOn');
};

const readMerge = (config: Config): void => {
  const { root } = config;
  const models = (node: DataNode | undefined): readonly DataNode[] => (node?.kind === 'sequence' ? node.items : []);
  for (const item of models(get(root, 'models'))) relateModel(config, get(item, 'model'), 'merge', 'models', null, false);
  for (const slice of models(get(root, 'slices')))
    for (const source of models(get(slice, 'sources'))) relateModel(config, get(source, 'model'), 'merge', 'slices', null, false);
  relateModel(config, get(root, 'base_model'), 'merge', 'base_model', null, false);
};

/** torchtune loads from a folder; the command that fills it stands in a comment by its convention. */
const readTorchtune = (config: Config): void => {
  const { root, text } = config;
  for (const match of text.matchAll(/^#.*?\btune download ([\w.-]+\/[\w.-]+)/gm)) {
    const id = match[1] ?? '';
    const start = match.index + match[0].length - id.length;
    const reference = hubReference(id);
    if (reference)
      relate(
        config,
        modelWork(reference.id),
        'finetune',
        'tune download',
        { kind: 'scalar', value: id, span: { start, end: start + id.length }, inner: { start, end: start + id.length } },
        null,
        false,
      );
  }
  for (const key of ['dataset', 'dataset_train']) relateData(config, get(root, key, 'source'), 'trainedOn', 'dataset.source');
};

const publishes = (config: Config): void => {
  for (const key of ['hub_model_id', 'push_to_hub_model_id', 'hf_repo_id']) {
    const node = get(config.root, key);
    const [scalar] = stringScalars(node);
    const reference = scalar ? hubReference(scalar.value) : undefined;
    if (!scalar || !reference) continue;
    const name = reference.id.split('/')[1] ?? '';
    add(config, { kind: 'name', id: config.idOf('name', reference.id), work: config.work, name, via: 'hub-id' }, scalar.inner);
    add(
      config,
      {
        kind: 'relation',
        id: config.idOf('publishes', reference.id),
        from: config.work,
        to: modelWork(reference.id),
        type: 'publishes',
        role: config.role,
        revision: null,
        via: key,
        pinnable: false,
        remoteCode: false,
      },
      scalar.inner,
    );
  }
};

/** Configurations of axolotl, LLaMA-Factory, TRL and its kin, torchtune, mergekit and asset cards: known by their keys, not by their names. */
export const trainerConfigReader: Reader = {
  id: 'trainer-config',
  version: 1,
  matches: (path, name) =>
    /\.(?:ya?ml|json)$/.test(name) &&
    !/^(?:package(?:-lock)?|tsconfig.*|config|tokenizer.*|generation_config|adapter_config|dataset_infos?|special_tokens_map|vocab|composer|pedigree)\.(?:json|yaml)$/.test(
      name,
    ) &&
    !/(?:^|\/)\.github\//.test(path),
  wants: 'text',
  maximum: 200_000,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const none: Reading = { facts: [], anchors: {}, problems: [] };
    // The parser is slow beside this test, and most YAML and JSON of a tree is something else's.
    if (text.length >= 200_000 || !/model|checkpoint|dataset|merge_method/.test(text)) return none;
    const { root, problems } = path.endsWith('.json') ? readJson(text) : readYaml(text);
    const shape = root === undefined ? undefined : shapeOf(root, text);
    if (root === undefined || shape === undefined) return { ...none, problems: problems.filter((problem) => problem.limit) };
    const config: Config = {
      path,
      text,
      root,
      work: `local:${path}`,
      role: roleOfPath(path),
      facts: [],
      anchors: {},
      idOf: factIds('trainer-config'),
      knowledge,
    };
    if (shape === 'trainer') readTrainer(config);
    else if (shape === 'mergekit') readMerge(config);
    else if (shape === 'torchtune') readTorchtune(config);
    else relateModel(config, get(root, 'checkpoint'), 'loads', 'checkpoint', null, false);
    publishes(config);
    if (config.facts.length === 0) return none;
    if (shape !== 'asset')
      add(
        config,
        { kind: 'work', id: config.idOf('work', 'config'), work: config.work, workKind: 'model', via: 'config' },
        { start: root.span.start, end: root.span.start },
      );
    return { facts: config.facts, anchors: config.anchors, problems };
  },
};
