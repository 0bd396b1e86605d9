import { asString } from '../text/data.ts';
import type { DataNode } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { readToml } from '../text/toml.ts';
import { readYaml } from '../text/yaml.ts';
import { dataAt, mayNameData, mostData, takesData } from './data-files.ts';
import { addProblems, addRelation, draftOf, nothingRead, placeOf, readingOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { hubReference } from './hub-id.ts';
import { here } from './types.ts';
import type { Reader, Reading } from './types.ts';
import { byFileName } from './weights-paths.ts';

/** Keys under which files of rows are chosen, and those that say what a thing is called. */
const choosing = /data|train|corpus|corpora|instruct|sft|dpo|annotation|(?:^|[._-])(?:ann|json|path|paths|file|files|filename|source|url|urls|src)(?:$|[._-])/i;
const telling = /title|description|comment|label|doc|readme|note|hash|sha|license|licence|prompt|instruction$/i;

const lists = /^(?:train_?)?(?:data_?)?sets?$|^(?:train(?:ing)?_)?data$/i;

/** An entry that names the repository of its data says itself what they are. */
const saysItself = (node: DataNode): boolean =>
  node.kind === 'map' &&
  node.entries.some(({ value }) => {
    const text = value.kind === 'scalar' ? (asString(value) ?? '') : '';
    return text.startsWith('pkg:') || hubReference(text) !== undefined;
  });

/** `within`: a key above holds a list of data, in which each has a name of its own for a key. */
const addChoices = (draft: Draft, node: DataNode, key: string, within: boolean): void => {
  if (node.kind === 'map') {
    if (saysItself(node)) return;
    for (const entry of node.entries) if (takesData(entry.key)) addChoices(draft, entry.value, entry.key, within);
    return;
  }
  if (node.kind === 'sequence') {
    for (const item of node.items) addChoices(draft, item, key, within || lists.test(key));
    return;
  }
  if (typeof node.value !== 'string' || !(within || choosing.test(key)) || telling.test(key)) return;
  const to = dataAt(node.value, draft.knowledge);
  if (to !== undefined) addRelation(draft, { from: here, to, type: 'loads', via: byFileName }, placeOf(node));
};

/** Bills of materials and linked data have readers of their own. */
const isDocument = (root: DataNode): boolean => root.kind === 'map' && root.entries.some(({ key }) => ['bomFormat', 'spdxVersion', '@context'].includes(key));

const parsers = { json: readJson, toml: readToml, yaml: readYaml } as const;

/** The first units of a file of rows: an array, or one object a line. */
const isRows = (text: string): boolean => /^\s*\[/.test(text);

/** Configurations that name a known file of data under a key that chooses some. What it is, only the name of the file tells. */
export const dataSettingsReader: Reader = {
  id: 'data-settings',
  version: 1,
  // A table of LLaMA-Factory lists what there is: its own reader knows which entries are taken.
  matches: (path, name) =>
    /\.(?:ya?ml|json|toml)$/.test(name) &&
    !/^(?:package(?:-lock)?|tsconfig.*|pedigree|dataset_infos?|croissant.*)\.(?:json|yaml)$/.test(name) &&
    !/(?:^|\/)\.github\//.test(path),
  wants: 'text',
  maximum: limits.settingsLength,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    if (text.length >= limits.settingsLength || isRows(text) || !mayNameData(text)) return nothingRead;
    const { root, problems } = parsers[path.endsWith('.json') ? 'json' : path.endsWith('.toml') ? 'toml' : 'yaml'](text);
    const draft = draftOf('data-settings', path, knowledge);
    addProblems(draft, problems);
    if (root === undefined || isDocument(root)) return readingOf(draft);
    addChoices(draft, root, '', false);
    const works = new Set(draft.facts.map((fact) => (fact.kind === 'relation' ? fact.to : '')));
    return works.size > mostData ? nothingRead : readingOf(draft);
  },
};

/** A file of the tree that has the name of a published one is likely that. */
export const dataFileReader: Reader = {
  id: 'data-file',
  version: 1,
  matches: (path) => mayNameData(path),
  wants: 'bytes',
  maximum: limits.pointerBytes,
  partial: true,
  read: ({ path, size }, knowledge): Reading => {
    const to = size > 0 ? dataAt(path, knowledge) : undefined;
    if (to === undefined) return nothingRead;
    const draft = draftOf('data-file', path, knowledge);
    addRelation(draft, { from: `local:${path}`, to, type: 'copiedFrom', via: byFileName }, { span: { start: 0, end: 0 } });
    return readingOf(draft);
  },
};
