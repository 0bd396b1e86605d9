import type { RelationType } from '../../knowledge/types.ts';
import { asString, get } from '../../text/data.ts';
import type { DataMap, DataNode } from '../../text/data.ts';
import { datasetWork, hasModelTerms, hubReference } from '../hub-id.ts';
import { flagName, meaningsOf } from '../shell/table.ts';
import { add, has, isSet, itemsOf, readDatasets, relate, relateData, relateModel, scalarAt, trustsRemote } from './config.ts';
import type { Config } from './config.ts';
import { baseKeys } from './shape.ts';

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
    const entry = `local:dataset_info#${name}`;
    const short = { kind: 'relation', role: config.role, revision: null, pinnable: false, remoteCode: false } as const;
    add(config, { ...short, id: config.idOf(`${type}:dataset`, entry), from: config.work, to: entry, type, via: 'dataset' }, span);
    const known = config.knowledge.datasetByShortName(name);
    if (known !== undefined)
      add(config, { ...short, id: config.idOf('short-name', name), from: entry, to: datasetWork(known), type: 'copiedFrom', via: 'short name' }, span);
  }
};

/** `org/name:subset#500`: ids of ModelScope, which differ from those of the hub, so only known ones count. */
const relateSampled = (config: Config, node: DataNode | undefined, type: RelationType): void => {
  for (const item of node?.kind === 'sequence' ? node.items : node ? [node] : []) {
    const value = asString(item);
    if (item.kind !== 'scalar' || value === undefined) continue;
    const id = value.replace(/[#:].*$/, '');
    if (id === value) relateData(config, item, type, 'dataset');
    else if (config.knowledge.dataset(id)) relate(config, datasetWork(id), type, 'dataset', scalarAt(id, item.inner.start), null, true);
  }
};

const methods: readonly string[] = ['lora', 'qlora', 'oft', 'adalora', 'longlora', 'vera', 'boft', 'llamapro', 'reft'];

/** Whether the result is an adapter: a method that says so, or ranks of one, unless the method says that all is trained. */
const isAdapter = (root: DataNode): boolean => {
  for (const key of ['adapter', 'finetuning_type', 'tuner_type', 'train_type', 'training_method']) {
    const method = asString(get(root, key))?.toLowerCase();
    if (method !== undefined && method !== '') return methods.includes(method);
  }
  return isSet(root, 'lora_r', 'lora_rank', 'lora_alpha', 'use_peft', 'network_module');
};

const revisionOf = (root: DataNode): string | null => asString(get(root, 'revision_of_model')) ?? asString(get(root, 'model_revision')) ?? null;

const markRemote = (config: Config, root: DataNode): boolean => {
  const flag = get(root, 'trust_remote_code');
  if (flag && trustsRemote(root)) config.anchors['trainer-config:remote-code'] = { span: flag.span };
  return trustsRemote(root);
};

/** `model: { hf_model: org/name }`: the keys of somebody's own program, by the words that options have for a base, with models that are known. */
const readOwnKeys = (config: Config, model: DataMap, type: RelationType): void => {
  const node = model.entries.find(({ key, value }) => {
    const isBase = !baseKeys.includes(key) && meaningsOf(flagName(key)).includes('base');
    return isBase && hasModelTerms(hubReference(asString(value) ?? '')?.id ?? '', config.knowledge);
  })?.value;
  relateModel(config, node, type, 'model_name_or_path', null, true, trustsRemote(model));
};

/** axolotl, LLaMA-Factory, TRL with its recipes, ms-swift, and what people write for their own scripts in the same keys. */
export const readTrainer = (config: Config): void => {
  const { root } = config;
  const factory = has(root, 'finetuning_type', 'stage', 'dataset_dir');
  const type: RelationType = isAdapter(root) ? 'adapter' : 'finetune';
  const revision = revisionOf(root);
  const remoteCode = markRemote(config, root);
  const key = baseKeys.find((name) => isSet(root, name));
  const model = get(root, 'model');
  // Where both stand, `model_name` is what the result is called.
  if (model?.kind === 'scalar' && (key === undefined || key === 'model_name'))
    relateModel(config, model, type, 'model_name_or_path', revision, true, remoteCode);
  else if (key !== undefined) relateModel(config, get(root, key), type, key, revision, true, remoteCode);
  if (model?.kind === 'map')
    for (const name of [...baseKeys, 'path', 'name'])
      if (asString(get(model, name)))
        relateModel(config, get(model, name), type, name === 'path' || name === 'name' ? 'model_name_or_path' : name, null, true, trustsRemote(model));
  if (model?.kind === 'map' && key === undefined) readOwnKeys(config, model, has(model, 'lora') ? 'adapter' : type);
  relateModel(config, get(root, 'adapter_name_or_path'), 'adapter', 'adapter_name_or_path', null, false);
  relateModel(config, get(root, 'lora_model_dir'), 'adapter', 'lora_model_dir', null, false);
  for (const other of ['ref_model', 'reward_model', 'reward_model_path', 'reward_model_name_or_path'])
    relateModel(config, get(root, other), 'loads', other, null, false);
  for (const teacher of ['teacher_model_name_or_path', 'teacher_model', 'teacher'])
    relateModel(config, get(root, teacher)?.kind === 'map' ? get(root, teacher, 'path') : get(root, teacher), 'distilledFrom', teacher, null, true);
  for (const list of ['datasets', 'dataset_mixture', 'dataset_mixer', 'train_datasets', 'pretraining_dataset']) readDatasets(config, list, 'trainedOn');
  for (const list of ['test_datasets', 'eval_datasets']) readDatasets(config, list, 'testedOn');
  for (const name of ['dataset_name', 'dataset_path', 'dataset_id', 'train_dataset', 'train_file', 'data_path'])
    relateData(config, get(root, name), 'trainedOn', name, asString(get(root, 'dataset_revision')) ?? null);
  const dataset = get(root, 'dataset');
  if (factory) {
    relateShortNames(config, dataset, 'trainedOn');
    relateShortNames(config, get(root, 'eval_dataset'), 'testedOn');
    return;
  }
  readDatasets(config, 'eval_dataset', 'testedOn');
  if (dataset?.kind === 'map') for (const name of ['path', 'source', 'name', 'repo_id']) relateData(config, get(dataset, name), 'trainedOn', 'dataset');
  else relateSampled(config, dataset, 'trainedOn');
};

/** LLaMA-Factory without training: a model is loaded to be asked, or merged with an adapter and exported. */
export const readInference = (config: Config): void => {
  const { root } = config;
  const remoteCode = markRemote(config, root);
  const key = baseKeys.find((name) => isSet(root, name));
  const merges = isSet(root, 'export_dir') && isSet(root, 'adapter_name_or_path');
  const type = merges ? 'finetune' : isSet(root, 'export_quantization_bit') ? 'quantized' : 'loads';
  if (key !== undefined) relateModel(config, get(root, key), type, key, revisionOf(root), true, remoteCode);
  relateModel(config, get(root, 'adapter_name_or_path'), merges ? 'adapter' : 'loads', 'adapter_name_or_path', null, false);
};

/** DistillKit: a student, its teacher or the teacher's recorded outputs, and what both read. */
export const readDistillation = (config: Config): void => {
  const { root } = config;
  relateModel(config, get(root, 'model'), 'finetune', 'model_name_or_path', revisionOf(root), true, markRemote(config, root));
  relateModel(config, get(root, 'teacher', 'path'), 'distilledFrom', 'teacher', asString(get(root, 'teacher', 'kwargs', 'revision')) ?? null, true);
  for (const [list, type] of [
    ['train_dataset', 'trainedOn'],
    ['eval_dataset', 'testedOn'],
  ] as const) {
    const set = get(root, 'dataset', list);
    const revision = asString(get(set, 'revision')) ?? null;
    for (const name of ['repo_id', 'disk_path']) relateData(config, get(set, name), type, 'dataset', revision);
  }
};

/** verl: the actor is trained; judges and critics are used. */
export const readReinforcement = (config: Config): void => {
  const { root } = config;
  const actor = get(root, 'actor_rollout_ref', 'model');
  const rank = get(actor, 'lora_rank');
  const adapter = rank?.kind === 'scalar' && typeof rank.value === 'number' && rank.value > 0;
  relateModel(config, get(actor, 'path'), adapter ? 'adapter' : 'finetune', 'model_name_or_path', null, true, actor !== undefined && trustsRemote(actor));
  relateModel(config, get(root, 'reward_model', 'model', 'path'), 'loads', 'reward_model', null, true);
  for (const [key, type] of [
    ['train_files', 'trainedOn'],
    ['val_files', 'testedOn'],
  ] as const) {
    const files = get(root, 'data', key);
    for (const file of files?.kind === 'sequence' ? itemsOf(files) : [files]) relateData(config, file, type, key);
  }
};

/** Trainers that give each concern a table of its own: a model by its name, data by theirs. */
export const readSections = (config: Config): void => {
  const { root } = config;
  const model = get(root, 'model');
  const revision = asString(get(model, 'revision')) ?? null;
  relateModel(
    config,
    get(model, 'name'),
    has(model, 'lora') ? 'adapter' : 'finetune',
    'model_name_or_path',
    revision,
    false,
    model !== undefined && trustsRemote(model),
  );
  for (const table of ['data', 'dataset']) for (const key of ['name', 'path']) relateData(config, get(root, table, key), 'trainedOn', 'dataset');
};

/** The lists of data sets that newer configurations of LLaMA-Factory train on: the hub is meant where no other source is named. */
export const readDataList = (config: Config): void => {
  for (const { value } of config.root.kind === 'map' ? config.root.entries : []) {
    const source = asString(get(value, 'source')) ?? 'hf_hub';
    if (source === 'hf_hub' || source === 'local') relateData(config, get(value, 'path'), 'copiedFrom', 'path');
  }
};
