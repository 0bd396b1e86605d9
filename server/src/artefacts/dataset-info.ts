import type { Knowledge } from '../knowledge/types.ts';
import { asString, get } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { dataAt } from './data-files.ts';
import { datasetWork, factIds, hubReference, localWork, roleOfPath } from './hub-id.ts';
import type { Anchor, Fact, Reader, Reading, RelationFact, WorkId } from './types.ts';
import { byFileName } from './weights-paths.ts';

/** What stands behind the name of a set in the names of its files: `lima_train.json`. */
const part = /(?:[_-](?:train|sft|data|en|zh))+$/;

/** The known data set that a file is likely a part of: by its own name, or by that of a folder which it repeats and that is a short name of the trainer. */
const dataOf = (file: string, knowledge: Knowledge): WorkId | undefined => {
  const parts = file.split('/');
  const folder = parts.at(-2) ?? '';
  const known = dataAt(file, knowledge);
  if (known !== undefined || (parts.at(-1) ?? '').replace(/\.\w+$/, '').replace(part, '') !== folder) return known;
  const short = knowledge.datasetByShortName(folder) ?? knowledge.datasetByShortName(`${folder}_en`);
  return short === undefined ? undefined : datasetWork(short);
};

/** Keys of an entry that name where the data are. */
const sourceKeys = ['hf_hub_url', 'ms_hub_url', 'om_hub_url', 'script_url', 'file_name', 'cloud_file_name'];

/**
 * dataset_info.json of LLaMA-Factory: short names to hub ids and files. The hub's own file of that name, with features and splits, is
 * something else, and its empty `license` states nothing.
 */
export const datasetInfoReader: Reader = {
  id: 'dataset-info',
  version: 4,
  matches: (_path, name) => name === 'dataset_info.json',
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: false,
  read: ({ path, text }, knowledge): Reading => {
    const { root, problems } = readJson(text);
    if (root?.kind !== 'map' || get(root, 'features') || get(root, 'splits')) return { facts: [], anchors: {}, problems: root ? [] : problems };
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('dataset-info');
    const folder = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
    for (const entry of root.entries) {
      for (const key of sourceKeys) {
        const node = get(entry.value, key);
        const value = asString(node);
        if (node?.kind !== 'scalar' || value === undefined) continue;
        const reference = key.endsWith('_url') ? hubReference(value) : undefined;
        const to: WorkId | undefined = reference
          ? datasetWork(reference.id)
          : key === 'file_name'
            ? localWork(folder === '' ? value : `${folder}/${value}`)
            : undefined;
        if (to === undefined) continue;
        const id = idOf(entry.key, to);
        // A registry of many sets chooses none of them: the configuration that names one does.
        const relation: RelationFact = {
          kind: 'relation',
          id,
          from: `local:dataset_info#${entry.key}`,
          to,
          type: 'copiedFrom',
          role: roleOfPath(path),
          revision: null,
          via: key,
          pinnable: false,
          remoteCode: false,
        };
        facts.push(relation);
        anchors[id] = { span: node.inner };
        const named = key === 'file_name' ? dataOf(value, knowledge) : undefined;
        if (named !== undefined) {
          const also = idOf(`${entry.key} ${byFileName}`, named);
          facts.push({ ...relation, id: also, to: named, via: byFileName });
          anchors[also] = { span: node.inner };
        }
        break;
      }
    }
    return { facts, anchors, problems };
  },
};
