import { get } from '../text/data.ts';
import type { DataNode } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { addWork, draftOf, nothingRead, readingOf } from './draft.ts';
import { here } from './types.ts';
import type { Reader, Reading } from './types.ts';

const has = (node: DataNode, ...keys: readonly string[]): boolean => keys.every((key) => get(node, key) !== undefined);

/** A list of parts, each with its place in the order, its folder and the class that loads it. */
const isModuleList = (root: DataNode): boolean =>
  root.kind === 'sequence' && root.items.length > 0 && root.items.every((item) => has(item, 'idx', 'path', 'type'));

/**
 * modules.json and the configuration beside it: the folder is an embedding model, put together from parts. Neither names a base: the
 * configuration of the first part may, and the card does.
 */
export const modulesReader: Reader = {
  id: 'modules',
  version: 1,
  matches: (_path, name) => name === 'modules.json' || name === 'config_sentence_transformers.json',
  wants: 'text',
  maximum: limits.settingsLength,
  partial: false,
  read: ({ path, text }, knowledge): Reading => {
    const { root, problems } = readJson(text);
    if (root === undefined) return { ...nothingRead, problems };
    const isModel = path.toLowerCase().endsWith('modules.json') ? isModuleList(root) : get(root, '__version__')?.kind === 'map';
    if (!isModel) return nothingRead;
    const draft = draftOf('modules', path, knowledge);
    const { start, end } = root.span;
    addWork(draft, here, 'model', 'config', { span: { start, end: Math.min(start + 1, end) } });
    return readingOf(draft, problems);
  },
};
