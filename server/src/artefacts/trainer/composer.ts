import { asString, get } from '../../text/data.ts';
import type { DataNode, DataScalar } from '../../text/data.ts';
import { hubReference } from '../hub-id.ts';
import { withoutWeights } from '../via.ts';
import { has, itemsOf, relateData, relateModel, trustsRemote } from './config.ts';
import type { Config } from './config.ts';

/** A job of the trainer's platform holds the configuration under a key of its own. */
const inner = (root: DataNode): DataNode => {
  const parameters = get(root, 'parameters');
  return parameters?.kind === 'map' && has(root, 'command', 'image', 'compute') ? parameters : root;
};

/** A model of the hub, or a model of the trainer's own that learns from data of the hub. */
export const isComposer = (root: DataNode): boolean => {
  const it = inner(root);
  const model = get(it, 'model');
  return (
    model?.kind === 'map' &&
    get(it, 'train_loader')?.kind === 'map' &&
    (has(model, 'pretrained_model_name_or_path') || has(get(it, 'train_loader', 'dataset'), 'hf_name'))
  );
};

/** Models that are put through a list of tasks. */
export const isComposerEvaluation = (root: DataNode): boolean => {
  const it = inner(root);
  return has(it, 'icl_tasks', 'eval_gauntlet') && (get(it, 'model')?.kind === 'map' || itemsOf(get(it, 'models')).some((item) => has(item, 'model')));
};

/** References that lead to one another. */
const maximumHops = 4;

/** `${variables.name}` as the scalar that it stands for, at that one's place. */
const settled = (root: DataNode, node: DataNode | undefined): DataScalar | undefined => {
  let found = node;
  for (let hops = 0; hops < maximumHops; hops += 1) {
    const path = /^\$\{([\w.]{1,200})\}$/.exec(asString(found) ?? '')?.[1];
    if (path === undefined) break;
    found = get(root, ...path.split('.'));
  }
  return found?.kind === 'scalar' ? found : undefined;
};

const isFalse = (node: DataNode | undefined): boolean => node?.kind === 'scalar' && node.value === false;

/** The tokenizer by itself, where it is another's or lets code run. */
const relateTokenizer = (config: Config, root: DataNode, tokenizer: DataNode | undefined, model: DataScalar | undefined): void => {
  const name = settled(root, get(tokenizer, 'name'));
  const rest = get(tokenizer, 'kwargs');
  const remote = rest !== undefined && trustsRemote(rest);
  if (name && hubReference(asString(name) ?? '') && (remote || name.value !== model?.value))
    relateModel(config, name, 'loads', withoutWeights, null, false, remote);
};

/** Composer's recipes for language models: what they start from, unless they take its architecture only, and the data of the hub. */
export const readComposer = (config: Config): void => {
  const root = inner(config.root);
  const model = get(root, 'model');
  const base = settled(root, get(model, 'pretrained_model_name_or_path'));
  const remote = model !== undefined && trustsRemote(model);
  if (isFalse(settled(root, get(model, 'pretrained')))) relateModel(config, base, 'loads', withoutWeights, null, false, remote);
  else relateModel(config, base, has(model, 'peft_config') ? 'adapter' : 'finetune', 'pretrained_model_name_or_path', null, false, remote);
  relateTokenizer(config, root, get(root, 'tokenizer'), base);
  relateData(config, settled(root, get(root, 'train_loader', 'dataset', 'hf_name')), 'trainedOn', 'hf_name', null, false);
  const measured = get(root, 'eval_loader');
  for (const loader of measured?.kind === 'sequence' ? measured.items : [measured])
    relateData(config, settled(root, get(loader, 'dataset', 'hf_name')), 'testedOn', 'hf_name', null, false);
};

/** Models that tasks are put to: nobody chose them for more than that. */
export const readComposerEvaluation = (given: Config): void => {
  const config: Config = { ...given, role: 'evaluation' };
  const root = inner(config.root);
  for (const item of [root, ...itemsOf(get(root, 'models'))]) {
    const model = get(item, 'model');
    const base = settled(root, get(model, 'pretrained_model_name_or_path'));
    const remote = model !== undefined && trustsRemote(model);
    const via = isFalse(settled(root, get(model, 'pretrained'))) ? withoutWeights : 'pretrained_model_name_or_path';
    relateModel(config, base, 'loads', via, null, false, remote);
    relateModel(config, settled(root, get(model, 'pretrained_lora_id_or_path')), 'loads', 'pretrained_lora_id_or_path', null, false);
    relateTokenizer(config, root, get(item, 'tokenizer'), base);
  }
};
