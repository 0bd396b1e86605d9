import { asString, get } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { datasetWork, factIds, hubReference, localWork, roleOfPath } from './hub-id.ts';
import type { Anchor, Fact, Reader, Reading, WorkId } from './types.ts';

/** Keys of an entry that name where the data are. */
const sourceKeys = ['hf_hub_url', 'ms_hub_url', 'om_hub_url', 'script_url', 'file_name', 'cloud_file_name'];

/**
 * dataset_info.json of LLaMA-Factory: short names to hub ids and files. The hub's own file of that name, with features and splits, is
 * something else, and its empty `license` states nothing.
 */
export const datasetInfoReader: Reader = {
  id: 'dataset-info',
  version: 1,
  matches: (_path, name) => name === 'dataset_info.json',
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: false,
  read: ({ path, text }): Reading => {
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
        facts.push({
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
        });
        anchors[id] = { span: node.inner };
        break;
      }
    }
    return { facts, anchors, problems };
  },
};
