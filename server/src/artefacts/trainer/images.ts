import type { RelationType } from '../../knowledge/types.ts';
import { asString, get } from '../../text/data.ts';
import { isSet, itemsOf, relateData, relateModel } from './config.ts';
import type { Config } from './config.ts';
import { baseKeys, flattened } from './shape.ts';

/** ai-toolkit: jobs of several processes, each with a model, a network that is trained for it, and folders of images. */
export const readImageJobs = (config: Config): void => {
  for (const process of itemsOf(get(config.root, 'config', 'process'))) {
    const network = asString(get(process, 'network', 'type'));
    const type: RelationType = network !== undefined || get(process, 'adapter') !== undefined ? 'adapter' : 'finetune';
    relateModel(config, get(process, 'model', 'name_or_path'), type, 'model_name_or_path', null, false);
    for (const key of ['assistant_lora_path', 'extras_name_or_path']) relateModel(config, get(process, 'model', key), 'loads', key, null, false);
    for (const set of itemsOf(get(process, 'datasets'))) for (const key of ['folder_path', 'dataset_path']) relateData(config, get(set, key), 'trainedOn', key);
  }
};

/** Options of Kohya's trainers and their kin in tables: any name for a table will do, so they are read as one list. */
export const readTables = (config: Config): void => {
  const root = flattened(config.root);
  const adapter = isSet(root, 'network_module', 'network_dim', 'lora_r', 'lora_rank', 'lora_alpha', 'rank') || get(config.root, 'adapter') !== undefined;
  const key = baseKeys.find((name) => isSet(root, name));
  if (key !== undefined) relateModel(config, get(root, key), adapter ? 'adapter' : 'finetune', key, asString(get(root, 'revision')) ?? null, false);
  for (const other of ['vae', 'controlnet_model_name_or_path', 'network_weights']) relateModel(config, get(root, other), 'loads', other, null, false);
  for (const data of ['train_data_dir', 'dataset_name', 'in_json']) relateData(config, get(root, data), 'trainedOn', data);
};
