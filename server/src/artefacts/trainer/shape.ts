import { asString, get } from '../../text/data.ts';
import type { DataMap, DataNode } from '../../text/data.ts';
import { hubReference } from '../hub-id.ts';
import { isComposer, isComposerEvaluation } from './composer.ts';
import { has, itemsOf } from './config.ts';
import { isProgram, mayBeProgram } from './program.ts';

/** Keys by which the trainers name the model that they start from. */
export const baseKeys = [
  'base_model',
  'model_name_or_path',
  'base_model_config',
  'pretrained_model_name_or_path',
  'base_model_name',
  'model_name',
  'model_id',
  'hf_model_id',
];
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
  'tuner_type',
  'train_type',
  'training_method',
  'rlhf_type',
  'lora_r',
  'lora_alpha',
  'lora_rank',
  'network_module',
  'network_dim',
  'dataset',
  'datasets',
  'dataset_name',
  'dataset_mixture',
  'dataset_mixer',
  'dataset_path',
  'train_dataset',
  'train_data_dir',
  'sequence_len',
  'lr_scheduler_type',
  'lr_scheduler',
  'stage',
  'do_train',
  'max_steps',
  'max_train_steps',
  'max_train_epochs',
  'warmup_steps',
  'optimizer',
  'optimizer_type',
  'merge_method',
  'teacher_model_name_or_path',
  'hub_model_id',
  'batch_size',
  'train_batch_size',
  'lr',
];

/** Keys that stand at the top of each other kind of configuration. */
const otherKeys = [
  'model',
  'models',
  'slices',
  'experts',
  'merge_method',
  'checkpointer',
  'checkpoint',
  'checkpoint_dir',
  'job',
  'loss_functions',
  'actor_rollout_ref',
  'parameters',
];

const anyOf = (keys: readonly string[]): string => `(?:${keys.join('|')})`;
/** In YAML a key of the top begins its line; in JSON and TOML nothing tells where a key stands. */
const yamlKey = new RegExp(`^["']?${anyOf([...baseKeys, ...otherKeys])}["']?[ \\t]*:|^#.*\\btune download |^[ \\t]+converter[ \\t]*:`, 'm');
const jsonKey = new RegExp(`"${anyOf([...baseKeys, ...otherKeys])}"[ \\t]*:`);
const jsonTraining = new RegExp(`"${anyOf([...trainingKeys, 'dtype', 'template', 'teacher', 'converter'])}"[ \\t]*:`);
const tomlKey = new RegExp(`^[ \\t]*${anyOf(baseKeys)}[ \\t]*=|^\\[model\\]`, 'm');

/** The parsers are slow beside this test, and most YAML, JSON and TOML of a tree is something else's. */
export const mayBeConfiguration = (text: string, kind: 'yaml' | 'json' | 'toml', path: string): boolean => {
  if (mayBeProgram(text, path)) return true;
  if (kind === 'json') return jsonKey.test(text) && jsonTraining.test(text);
  return kind === 'toml' ? tomlKey.test(text) : yamlKey.test(text) || text.startsWith('{');
};

export type Shape =
  | 'trainer'
  | 'inference'
  | 'distillation'
  | 'reinforcement'
  | 'mergekit'
  | 'torchtune'
  | 'litgpt'
  | 'composer'
  | 'composer-evaluation'
  | 'images'
  | 'tables'
  | 'sections'
  | 'data'
  | 'asset'
  | 'folders'
  | 'program';

const isModelId = (node: DataNode | undefined): boolean => hubReference(asString(node) ?? '') !== undefined;

/** Kohya's trainers and their kin spread one list of options over tables with any name: the union of them is what counts. */
const tablesOf = (root: DataNode): readonly DataNode[] =>
  root.kind === 'map' ? [root, ...root.entries.flatMap((entry) => (entry.value.kind === 'map' ? [entry.value] : []))] : [];

const inTables = (root: DataNode, keys: readonly string[]): number => keys.filter((key) => tablesOf(root).some((table) => has(table, key))).length;

/** What a program of somebody's own calls the part of its settings on how it trains. */
const ofTraining = /^(?:run|runner|train(?:ing|er)?(?:_\w+)?|optim\w*|solver)$/;
const pace = /(?:^|_)(?:lr|learning_rate|max_epochs?|num_epochs|epochs|batch_size(?:_train)?|warmup\w*)$/;

const sectionsOf = (root: DataMap): readonly DataMap[] =>
  root.entries.flatMap(({ key, value }) => (key !== 'model' && ofTraining.test(key) && value.kind === 'map' ? [value] : []));

/** Keys that name a model to start from, whichever part of the result it is. */
const startKey = /(?:^|_)(?:model|llm|lm|base|backbone|encoder|pretrained|init)(?:_(?:model|path|name_or_path|weights|checkpoint))?$/;

/** Places outside the tree that a model is put together from. */
export const outsideStarts = (root: DataNode): readonly DataNode[] => {
  const model = get(root, 'model');
  return (model?.kind === 'map' ? model.entries : []).flatMap(({ key, value }) =>
    startKey.test(key) && /^(?:~\/|\/\w)/.test(asString(value) ?? '') ? [value] : [],
  );
};

const trainerOf = (root: DataNode, text: string, toml: boolean): Shape | undefined => {
  if (root.kind !== 'map') return undefined;
  if (isComposer(root)) return 'composer';
  if (isComposerEvaluation(root)) return 'composer-evaluation';
  if (
    has(root, 'merge_method') ||
    (has(root, 'slices', 'models') && has(root, 'dtype', 'tokenizer_source')) ||
    (has(root, 'experts') && has(root, 'base_model'))
  )
    return 'mergekit';
  if (has(root, 'checkpointer') && has(root, 'tokenizer', 'model')) return 'torchtune';
  if (has(root, 'checkpoint_dir') && asString(get(root, 'data', 'class_path'))?.startsWith('litgpt.') === true) return 'litgpt';
  if (asString(get(root, 'checkpoint'))?.includes('huggingface.co') === true && has(root, 'name', 'model_type', 'model_arch')) return 'asset';
  if (has(root, 'job') && itemsOf(get(root, 'config', 'process')).some((process) => has(process, 'model', 'train'))) return 'images';
  if (has(root, 'loss_functions') && has(root, 'teacher') && has(root, 'model')) return 'distillation';
  if (has(root, 'actor_rollout_ref')) return 'reinforcement';
  if (toml) {
    if (inTables(root, ['pretrained_model_name_or_path', ...baseKeys]) > 0 && inTables(root, trainingKeys) >= 2) return 'tables';
    return isModelId(get(root, 'model', 'name')) && has(root, 'optim', 'optimizer', 'training', 'trainer', 'lr_scheduler') ? 'sections' : undefined;
  }
  if (root.entries.length > 0 && root.entries.every(({ value }) => has(value, 'path') && has(value, 'converter', 'source'))) return 'data';
  const training = trainingKeys.filter((key) => has(root, key)).length;
  const base = has(root, ...baseKeys);
  if (base && training === 0 && has(root, 'template') && has(root, 'infer_backend', 'export_dir', 'adapter_name_or_path')) return 'inference';
  if (base && training >= 1) return 'trainer';
  if (get(root, 'model')?.kind === 'map' && training >= 2) return 'trainer';
  if (isModelId(get(root, 'model')) && training >= 3) return 'trainer';
  const sections = sectionsOf(root);
  if (baseKeys.some((key) => isModelId(get(root, 'model', key))) && sections.some((section) => trainingKeys.filter((key) => has(section, key)).length >= 3))
    return 'trainer';
  if (outsideStarts(root).length > 0 && sections.some(({ entries }) => entries.some(({ key }) => pace.test(key)))) return 'folders';
  return /^# ?tune (?:download|run) /m.test(text.slice(0, 4000)) && has(root, 'model', 'tokenizer') ? 'torchtune' : undefined;
};

/** Which trainer a configuration is for, told by its keys, or that it may be one of some other program; undefined for everything else. */
export const shapeOf = (root: DataNode, text: string, toml: boolean, path: string): Shape | undefined =>
  trainerOf(root, text, toml) ?? (isProgram(root) && mayBeProgram(text, path) ? 'program' : undefined);

/** One level of tables as one map: the last value of a key wins, as it does for the trainers. */
export const flattened = (root: DataNode): DataNode => ({
  kind: 'map',
  span: root.span,
  entries: tablesOf(root).flatMap((table) => (table.kind === 'map' ? table.entries.filter((entry) => entry.value.kind !== 'map') : [])),
});
