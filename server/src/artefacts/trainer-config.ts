import type { DataNode } from '../text/data.ts';
import { get, stringScalars } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { spanOf } from '../text/span.ts';
import { readToml } from '../text/toml.ts';
import { readYaml } from '../text/yaml.ts';
import { datasetWork, factIds, hubReference, isPlaceholder, localWork, modelWork, roleOfPath } from './hub-id.ts';
import { readComposer, readComposerEvaluation } from './trainer/composer.ts';
import { add, itemsOf, relate, relateModel } from './trainer/config.ts';
import type { Config } from './trainer/config.ts';
import { readLitgpt, readMerge, readTorchtune } from './trainer/frameworks.ts';
import { readImageJobs, readTables } from './trainer/images.ts';
import { readDataList, readDistillation, readInference, readReinforcement, readSections, readTrainer } from './trainer/language.ts';
import { readProgram } from './trainer/program.ts';
import { flattened, mayBeConfiguration, outsideStarts, shapeOf } from './trainer/shape.ts';
import type { Shape } from './trainer/shape.ts';
import { frontSlot, savedIn } from './via.ts';
import type { Reader, Reading } from './types.ts';

const publishingKeys = ['hub_model_id', 'push_to_hub_model_id', 'export_hub_model_id', 'huggingface_repo_id', 'hf_repo_id'];

/** A bare name is put under the account of whoever runs it. */
const isPushedAs = (root: DataNode, name: string): boolean => {
  const push = get(root, 'push_to_hub');
  return push?.kind === 'scalar' && push.value === true && /^[A-Za-z0-9][\w.-]{2,95}$/.test(name) && !isPlaceholder(name);
};

/** The name under which the result is put on the hub, with the place in front of it. */
const addName = (config: Config, { value, inner }: ReturnType<typeof stringScalars>[number], name: string): void => {
  const id = config.idOf('name', value);
  add(config, { kind: 'name', id, work: config.work, name, via: 'hub-id' }, inner);
  const at = inner.end - name.length;
  // As it is written: an escape would move the place.
  if (inner.end - inner.start === value.length && value.endsWith(name)) config.anchors[frontSlot(id)] = { span: spanOf(at, at) };
};

/** Where the result, or the prepared data, is put on the hub. */
const publishes = (config: Config, root: DataNode): void => {
  for (const key of [...publishingKeys, 'push_dataset_to_hub']) {
    const node = get(root, key);
    const [scalar] = stringScalars(node);
    const reference = scalar ? hubReference(scalar.value) : undefined;
    if (scalar && !reference && isPushedAs(root, scalar.value) && key !== 'push_dataset_to_hub') addName(config, scalar, scalar.value);
    if (!scalar || !reference) continue;
    const data = key === 'push_dataset_to_hub';
    const name = reference.id.split('/')[1] ?? '';
    if (!data) addName(config, scalar, name);
    add(
      config,
      {
        kind: 'relation',
        id: config.idOf('publishes', reference.id),
        from: config.work,
        to: data ? datasetWork(reference.id) : modelWork(reference.id),
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

/** The folder of the result, under which other files know it. */
const savesIn = (config: Config, root: DataNode): void => {
  for (const key of ['output_dir', 'output_path', 'save_dir', 'export_dir']) {
    const node = get(root, key);
    const local = node?.kind === 'scalar' && typeof node.value === 'string' ? localWork(node.value) : undefined;
    if (node?.kind === 'scalar' && local !== undefined)
      relate({ ...config, work: local, role: 'mention' }, config.work, 'copiedFrom', savedIn, node, null, false);
  }
};

const readAs: Readonly<Record<Shape, (config: Config) => unknown>> = {
  trainer: readTrainer,
  inference: readInference,
  distillation: readDistillation,
  reinforcement: readReinforcement,
  mergekit: readMerge,
  torchtune: readTorchtune,
  litgpt: readLitgpt,
  composer: readComposer,
  'composer-evaluation': readComposerEvaluation,
  images: readImageJobs,
  tables: readTables,
  sections: readSections,
  data: readDataList,
  asset: (config) => relateModel(config, get(config.root, 'checkpoint'), 'loads', 'checkpoint', null, false),
  folders: (config) => {
    for (const start of outsideStarts(config.root)) relateModel(config, start, 'finetune', 'model_name_or_path', null, false);
  },
  program: readProgram,
};

const parsers = { json: readJson, toml: readToml, yaml: readYaml } as const;

/** These load what is there and make nothing. */
const makesNothing: readonly Shape[] = ['asset', 'inference', 'data', 'composer-evaluation', 'program'];

const others =
  /^(?:package(?:-lock)?|tsconfig.*|tokenizer.*|generation_config|adapter_config|dataset_infos?|special_tokens_map|vocab|composer|pedigree|pyproject|cargo|pipfile|poetry|uv)\.(?:json|yaml|toml)$/;

/** Configurations of trainers, mergers and asset cards, known by their keys, not by their names. */
export const trainerConfigReader: Reader = {
  id: 'trainer-config',
  version: 6,
  matches: (path, name) => /\.(?:ya?ml|json|toml)$/.test(name) && !others.test(name) && !/(?:^|\/)\.github\//.test(path),
  wants: 'text',
  maximum: limits.trainerLength,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const none: Reading = { facts: [], anchors: {}, problems: [] };
    const kind = path.endsWith('.json') ? 'json' : path.endsWith('.toml') ? 'toml' : 'yaml';
    if (text.length >= limits.trainerLength || !mayBeConfiguration(text, kind, path)) return none;
    const { root, problems } = parsers[kind](text);
    const shape = root === undefined ? undefined : shapeOf(root, text, kind === 'toml', path);
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
      told: new Set(),
    };
    readAs[shape](config);
    if (shape === 'program') return config.facts.length === 0 ? none : { facts: config.facts, anchors: config.anchors, problems };
    if (shape === 'images') for (const process of itemsOf(get(root, 'config', 'process'))) publishes(config, get(process, 'save') ?? process);
    else publishes(config, shape === 'tables' ? flattened(root) : root);
    if (config.facts.length === 0) return none;
    if (!makesNothing.includes(shape)) savesIn(config, root);
    if (!makesNothing.includes(shape))
      add(
        config,
        { kind: 'work', id: config.idOf('work', 'config'), work: config.work, workKind: 'model', via: 'config' },
        { start: root.span.start, end: root.span.start },
      );
    return { facts: config.facts, anchors: config.anchors, problems };
  },
};
