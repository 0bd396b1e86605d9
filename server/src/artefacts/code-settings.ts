import { asString, entryOf, get } from '../text/data.ts';
import type { DataMap, DataNode } from '../text/data.ts';
import { limits } from '../text/limits.ts';
import { readToml } from '../text/toml.ts';
import { readYaml } from '../text/yaml.ts';
import { addFact, addProblems, draftOf, nothingRead, readingOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { hubReference, isTest } from './hub-id.ts';
import type { Reader, Reading } from './types.ts';
import { codeSettings } from './via.ts';

const flagName = 'trust_remote_code';

/** Keys that name what is loaded, and those that name where results go. */
const naming = /model|path|name|repo|data|pretrained|tokenizer|checkpoint|(?:^|_)id$/i;
const written = /out|save|log|cache|result|hub_model_id/i;

/** Calls that Hydra makes, whose first argument is a repository. */
const loading = /\.(?:load_dataset|from_pretrained)$/;

/** A repository of the hub, or another setting in place of one; a folder is none. */
const isRepository = (value: DataNode | undefined): boolean => {
  const text = asString(value);
  return text !== undefined && (hubReference(text) !== undefined || /^\$\{[\w.:]+\}$/.test(text));
};

const namesOne = (map: DataMap): boolean => {
  if (map.entries.some(({ key, value }) => naming.test(key) && !written.test(key) && isRepository(value))) return true;
  if (!loading.test(asString(get(map, '_target_')) ?? '')) return false;
  const given = get(map, '_args_');
  const first = given?.kind === 'sequence' ? given.items[0] : get(map, 'path');
  return /^[\w-]+$/.test(asString(first) ?? '') || isRepository(first);
};

const isPinned = (map: DataMap): boolean =>
  map.entries.some(({ key, value }) => /(?:^|_)revision$/.test(key) && value.kind === 'scalar' && value.value !== null);

/** `around`: whether the map around this one names a repository, as options of its own are put one level deeper. */
const addFlags = (draft: Draft, node: DataNode, around: DataMap | undefined): void => {
  if (node.kind === 'sequence') for (const item of node.items) addFlags(draft, item, undefined);
  if (node.kind !== 'map') return;
  const flag = entryOf(node, flagName);
  const maps = [node, ...(around ? [around] : [])];
  if (flag?.value.kind === 'scalar' && flag.value.value === true && maps.some(namesOne) && !maps.some(isPinned))
    addFact(draft, { kind: 'code-flag', id: draft.idOf('code-flag', '') }, { span: { start: flag.keySpan.start, end: flag.value.span.end } });
  for (const { value } of node.entries) addFlags(draft, value, node);
};

/** Configurations that let code of the repository run that they name. Trainers that are known have a reader of their own, which says of which. */
export const codeSettingsReader: Reader = {
  id: codeSettings,
  version: 1,
  matches: (path, name) => /\.(?:ya?ml|toml)$/.test(name) && !/(?:^|\/)\.github\//.test(path) && !isTest(path),
  wants: 'text',
  maximum: limits.settingsLength,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const draft = draftOf(codeSettings, path, knowledge);
    if (text.length >= limits.settingsLength || !text.includes(flagName) || draft.role === 'mention') return nothingRead;
    const { root, problems } = path.endsWith('.toml') ? readToml(text) : readYaml(text);
    addProblems(draft, problems);
    if (root !== undefined) addFlags(draft, root, undefined);
    return readingOf(draft);
  },
};
