import { get, stringScalars } from '../../text/data.ts';
import type { DataNode } from '../../text/data.ts';
import { readJson } from '../../text/json.ts';
import { limits } from '../../text/limits.ts';
import { addLicence, addRelation, addWork, draftOf, nothingRead, placeOf, readingOf } from '../draft.ts';
import { datasetWork, hubReference } from '../hub-id.ts';
import { here } from '../types.ts';
import type { Reader, Reading, WorkId } from '../types.ts';

/** Where the library fetched a file: `hf://datasets/org/name@commit/file`, or a link to the hub. */
const origin = (url: string): { readonly work: WorkId; readonly revision: string | null } | undefined => {
  const old = /^hf:\/\/datasets\/([\w.-]+)@([0-9a-f]{7,40})\//.exec(url);
  // From before the hub had organisations.
  if (old) return { work: datasetWork(old[1] ?? ''), revision: old[2] ?? null };
  const found = hubReference(url);
  return found?.type === 'dataset' ? { work: datasetWork(found.id), revision: found.revision } : undefined;
};

const isInfo = (node: DataNode): boolean => get(node, 'features') !== undefined || get(node, 'splits') !== undefined;

/**
 * dataset_infos.json and the dataset_info.json that lies in a saved data set: features, splits, and what the library was told of the licence,
 * most often an empty string. `download_checksums` names every file that the data were made from.
 */
export const datasetInfosReader: Reader = {
  id: 'dataset-infos',
  version: 1,
  matches: (_path, name) => name === 'dataset_infos.json' || name === 'dataset_info.json',
  wants: 'text',
  maximum: limits.structuredBytes,
  partial: false,
  read: ({ path, text }, knowledge): Reading => {
    if (!/"(?:features|splits)"\s*:/.test(text)) return nothingRead;
    const { root, problems } = readJson(text);
    if (root?.kind !== 'map') return { ...nothingRead, problems };
    const draft = draftOf('dataset-infos', path, knowledge);
    const slash = path.lastIndexOf('/');
    const work: WorkId = slash < 0 ? here : `local:${path.slice(0, slash)}`;
    const saved = isInfo(root);
    const infos = saved ? [root] : root.entries.map((entry) => entry.value).filter(isInfo);
    if (infos.length > 0 && work !== here) addWork(draft, work, 'dataset', 'config', { span: { start: root.span.start, end: root.span.start } });
    const told = new Set<string>();
    for (const info of infos) {
      for (const licence of stringScalars(get(info, 'license'))) {
        if (told.has(licence.value)) continue;
        told.add(licence.value);
        addLicence(draft, { work, scope: 'data', speaker: 'licensor', via: 'document', stated: licence.value, field: 'free' }, placeOf(licence));
      }
      // The list of a repository's own configurations names its own files: only a saved copy says where it was copied from.
      const files = saved ? get(info, 'download_checksums') : undefined;
      for (const entry of files?.kind === 'map' ? files.entries : []) {
        const found = origin(entry.key);
        if (!found || told.has(found.work)) continue;
        told.add(found.work);
        addRelation(draft, { from: work, to: found.work, type: 'copiedFrom', via: 'download_checksums', revision: found.revision }, { span: entry.keySpan });
      }
    }
    return readingOf(draft, problems);
  },
};
