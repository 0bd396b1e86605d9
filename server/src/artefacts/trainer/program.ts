import { modelOfLibrary } from '../../knowledge/library-names.ts';
import { asString, get } from '../../text/data.ts';
import type { DataMap, DataNode } from '../../text/data.ts';
import { takesData } from '../data-files.ts';
import { datasetWork, hasDataTerms, hasModelTerms, hubReference, modelWork } from '../hub-id.ts';
import { flagName, meaningsOf } from '../shell/table.ts';
import { here } from '../types.ts';
import { namedSetting, preset } from '../via.ts';
import { longestChoice } from '../weights-paths.ts';
import { has, itemsOf, relate, relateData } from './config.ts';
import type { Config } from './config.ts';

/** Descriptions of services, clusters and interfaces, which have readers of their own or name no model that is loaded here. */
const others = ['apiVersion', 'services', 'jobs', 'openapi', 'swagger', '$schema', 'on', 'architectures', 'transformers_version'];

/** Beside these a model is one that a server is asked for. */
const served = ['api_key', 'port', 'api_base', 'base_url', 'api_url', 'endpoint', 'provider', 'api_type', 'url', 'server', 'host'];

export const isProgram = (root: DataNode): boolean => root.kind === 'map' && !has(root, ...others);

/** In a text: a key that may name a model with what may be an id. Most files have none of its words, and the engine looks for words fastest. */
const namingWords = ['model', 'pretrained', 'llm', 'lm_path', 'name_or_path'];
const naming = /^[ \t]*["']?[\w.]{0,60}(?:pretrained|model|llm|lm_path|name_or_path)[\w.]{0,60}["']?[ \t]*[:=][ \t]*["']?[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9]/m;
/** The same of data, which a call that Hydra makes may load as well. */
const dataKeys = ['dataset', 'dataset_name', 'dataset_path', 'train_dataset'];
const namingData = /^[ \t]*(?:- )?["']?(?:dataset|dataset_name|dataset_path|train_dataset)["']?[ \t]*[:=][ \t]*["']?[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9]/m;
const calling = /^[ \t]*(?:- )?_target_[ \t]*:[ \t]*["']?[\w.]{1,80}\.(?:load_dataset|from_pretrained)\b/m;
/** `hf_model_name`: whose hub it is the key says itself. */
const ofHub = /^(?:.*\.)?(?:hf|hub|huggingface)_(?:hub_)?model_(?:name|id|path)$/;
/** Keys that say where something lies, whatever it is: what stands around them says that it is a model. */
const placing = /^(?:path|id|repo|repo_id|repo_name|url|uri|hf_id|hf_repo|hf_path|source|checkpoint)$/;
const namingPlace =
  /^[ \t]*(?:- )?["']?(?:path|id|repo|repo_id|repo_name|url|uri|hf_id|hf_repo|hf_path|source|checkpoint)["']?[ \t]*[:=][ \t]*["']?(?:https:\/\/huggingface\.co\/)?[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9]/m;
/** A table of models by the name of its file, or of a key. */
const ofModels = /^(?:.*[-_.])?models?(?:[-_.](?:config|configs|settings|zoo|list))?(?:\.\w+)?$/i;
const tableOfModels = /^[ \t]*["']?(?:\w{0,40}_)?models?(?:_(?:config|configs|settings|zoo|list))?["']?[ \t]*:[ \t]*$/im;
const isTable = (path: string): boolean => ofModels.test(path.slice(path.lastIndexOf('/') + 1));

export const mayBeProgram = (text: string, path: string): boolean =>
  (namingWords.some((word) => text.includes(word)) && naming.test(text)) ||
  (text.includes('dataset') && namingData.test(text)) ||
  (text.includes('_target_') && calling.test(text)) ||
  ((isTable(path) || (/model/i.test(text) && tableOfModels.test(text))) && namingPlace.test(text));

/** Programs come with a configuration for each of what they can do: whoever runs one picks. */
const asPreset =
  ({ idOf }: Config): Config['idOf'] =>
  (kind, content) =>
    idOf(`${preset}${kind}`, content);

/** A task of its own for each set that there is makes no choice: those that nothing is recorded of would be all that is told. */
const isRecorded = ({ knowledge }: Config, node: DataNode | undefined): boolean => {
  const text = asString(node) ?? '';
  return knowledge.dataset(hubReference(text)?.id ?? text)?.match === 'record';
};

/** `_target_: datasets.load_dataset` with the data that it loads, and the same of models. */
const readCall = (config: Config, node: DataMap): void => {
  const name = /\.(load_dataset|from_pretrained)$/.exec(asString(get(node, '_target_')) ?? '')?.[1];
  if (name === undefined) return;
  const given = get(node, name === 'load_dataset' ? 'path' : 'pretrained_model_name_or_path') ?? itemsOf(get(node, '_args_'))[0];
  if (name === 'load_dataset' && isRecorded(config, given)) relateData(config, given, 'loads', name, asString(get(node, 'revision')) ?? null, false);
  // Under its own key a model is told as everywhere.
  const reference = get(node, '_args_') === undefined ? undefined : hubReference(asString(given) ?? '');
  if (name === 'from_pretrained' && given?.kind === 'scalar' && reference && hasModelTerms(reference.id, config.knowledge))
    relate(config, modelWork(reference.id), 'loads', name, given, reference.revision, false);
};

/** Data whose terms are recorded, under a key for them. */
const readData = (config: Config, key: string, value: DataNode): void => {
  const reference = dataKeys.includes(key) && !config.path.endsWith('.json') ? hubReference(asString(value) ?? '') : undefined;
  if (value.kind === 'scalar' && reference && reference.type !== 'model' && hasDataTerms(reference.id, config.knowledge))
    relate(config, datasetWork(reference.id), 'loads', key, value, reference.revision, false);
};

/** What is measured with, and where results go, is no choice of data: `measured` holds below such a key. */
const readDataMap = (config: Config, node: DataNode, measured: boolean): void => {
  if (node.kind === 'sequence') for (const item of node.items) readDataMap(config, item, measured);
  if (node.kind !== 'map' || has(node, ...served) || measured) return;
  readCall(config, node);
  for (const { key, value } of node.entries) {
    readData(config, key, value);
    readDataMap(config, value, !takesData(key));
  }
};

/** A model that is known under a key for a place: what is around it tells that it is one. */
const readPlace = (config: Config, key: string, value: DataNode): void => {
  const text = asString(value) ?? '';
  // The address of a file that is fetched is told as such.
  const reference = placing.test(key) && !config.path.endsWith('.json') && !text.includes('/resolve/') ? hubReference(text) : undefined;
  if (value.kind === 'scalar' && reference && reference.type !== 'dataset' && hasModelTerms(reference.id, config.knowledge))
    relate({ ...config, idOf: asPreset(config) }, modelWork(reference.id), 'loads', namedSetting, value, reference.revision, false);
};

/** `inTable`: a table of models, in which each has a name of its own for a key. */
const readMap = (config: Config, node: DataNode, inTable: boolean): void => {
  const place = node.kind === 'map' && has(node, 'url') && !has(node, ...served.filter((key) => key !== 'url')) && inTable;
  if (node.kind !== 'map' || (has(node, ...served) && !place)) return;
  for (const { key, value } of node.entries) {
    // A list is what there is to choose from.
    if (value.kind === 'map') readMap(config, value, inTable || ofModels.test(key));
    if (inTable) readPlace(config, key, value);
    const text = asString(value) ?? '';
    const listed = modelOfLibrary(text);
    const reference = listed === undefined ? hubReference(text) : { id: listed, type: null, revision: null };
    if (value.kind !== 'scalar' || !reference || reference.type === 'dataset') continue;
    const name = flagName(key);
    const named = /^(.*pretrained_model_name_or_path)_\w+$/.exec(name)?.[1] ?? name;
    const meanings =
      ofHub.test(name) || named.endsWith('pretrained_model_name_or_path') || (listed !== undefined && name.includes('model')) ? ['base'] : meaningsOf(name);
    // JSON without a key that means nothing else is often what a program was answered.
    const unclear = config.path.endsWith('.json') && !meanings.includes('base');
    if (unclear || !meanings.some((each) => each === 'base' || each === 'baseIfKnown' || each === 'other')) continue;
    // Whether it is an id, and no folder, nothing can tell of a program that nobody knows.
    if (config.knowledge.model(reference.id) || hasModelTerms(reference.id, config.knowledge))
      relate({ ...config, idOf: asPreset(config) }, modelWork(reference.id), 'loads', key, value, reference.revision, false);
  }
};

/**
 * Configurations of people's own programs, at any depth: the keys by which options name models, with models that are known. More than a few
 * are a list of what there is.
 */
export const readProgram = (config: Config): void => {
  readMap({ ...config, work: here }, config.root, isTable(config.path));
  readDataMap({ ...config, work: here, idOf: asPreset(config) }, config.root, false);
  const works = new Set(config.facts.map((fact) => (fact.kind === 'relation' ? fact.to : '')));
  if (works.size > longestChoice) config.facts.length = 0;
};
