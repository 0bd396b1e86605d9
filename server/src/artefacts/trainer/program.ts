import { asString } from '../../text/data.ts';
import type { DataNode } from '../../text/data.ts';
import { hasModelTerms, hubReference, modelWork } from '../hub-id.ts';
import { flagName, meaningsOf } from '../shell/table.ts';
import { here } from '../types.ts';
import { preset } from '../via.ts';
import { longestChoice } from '../weights-paths.ts';
import { has, relate } from './config.ts';
import type { Config } from './config.ts';

/** Descriptions of services, clusters and interfaces, which have readers of their own or name no model that is loaded here. */
const others = ['apiVersion', 'services', 'jobs', 'openapi', 'swagger', '$schema', 'on', 'architectures', 'transformers_version'];

/** Beside these a model is one that a server is asked for. */
const served = ['api_key', 'port', 'api_base', 'base_url', 'api_url', 'endpoint', 'provider', 'api_type', 'url', 'server', 'host'];

export const isProgram = (root: DataNode): boolean => root.kind === 'map' && !has(root, ...others);

/** In a text: a key that may name a model with what may be an id. */
const naming = /^[ \t]*["']?[\w.]{0,60}(?:pretrained|model|llm|lm_path|name_or_path)[\w.]{0,60}["']?[ \t]*[:=][ \t]*["']?[A-Za-z0-9][\w.-]{0,95}\/[A-Za-z0-9]/m;
export const mayBeProgram = (text: string): boolean => naming.test(text);

/** Programs come with a configuration for each of what they can do: whoever runs one picks. */
const asPreset =
  ({ idOf }: Config): Config['idOf'] =>
  (kind, content) =>
    idOf(`${preset}${kind}`, content);

const readMap = (config: Config, node: DataNode): void => {
  if (node.kind !== 'map' || has(node, ...served)) return;
  for (const { key, value } of node.entries) {
    // A list is what there is to choose from.
    if (value.kind === 'map') readMap(config, value);
    const reference = value.kind === 'scalar' ? hubReference(asString(value) ?? '') : undefined;
    if (value.kind !== 'scalar' || !reference || reference.type === 'dataset') continue;
    const name = flagName(key);
    const named = /^(.*pretrained_model_name_or_path)_\w+$/.exec(name)?.[1] ?? name;
    const meanings = named.endsWith('pretrained_model_name_or_path') ? ['base'] : meaningsOf(name);
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
  readMap({ ...config, work: here }, config.root);
  const works = new Set(config.facts.map((fact) => (fact.kind === 'relation' ? fact.to : '')));
  if (works.size > longestChoice) config.facts.length = 0;
};
