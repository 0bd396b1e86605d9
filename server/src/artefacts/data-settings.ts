import { setOfRegistry, signWords } from '../knowledge/data-signs.ts';
import { asString } from '../text/data.ts';
import type { DataNode, DataScalar } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { needleFinder } from '../text/needles.ts';
import type { NeedleGroup } from '../text/needles.ts';
import { readToml } from '../text/toml.ts';
import { readYaml } from '../text/yaml.ts';
import { dataAt, mayNameData, mostData, takesData } from './data-files.ts';
import { addProblems, addRelation, draftOf, nothingRead, placeOf, readingOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { dataWork, hubReference } from './hub-id.ts';
import { here } from './types.ts';
import type { Reader, Reading } from './types.ts';
import { byFileName } from './weights-paths.ts';

/** Keys under which files of rows are chosen, and those that say what a thing is called. */
const choosing = /data|train|corpus|corpora|instruct|sft|dpo|annotation|(?:^|[._-])(?:ann|json|path|paths|file|files|filename|source|url|urls|src)(?:$|[._-])/i;
const telling = /title|description|comment|label|doc|readme|note|hash|sha|license|licence|prompt|instruction$/i;

const lists = /^(?:train_?)?(?:data_?)?sets?$|^(?:train(?:ing)?_)?data$/i;

/** Folders of a set stand under these: `train: otter-1.1/images`. */
const parts = /^(?:path|root|train|val|test)$/;

/** An entry that names the repository of its data says itself what they are. */
const saysItself = (node: DataNode): boolean =>
  node.kind === 'map' &&
  node.entries.some(({ key, value }) => {
    const text = value.kind === 'scalar' ? (asString(value) ?? '') : '';
    return text.startsWith('pkg:') || (!parts.test(key) && hubReference(text) !== undefined);
  });

const address = /https?:\/\/[\w./%+~-]{4,400}/g;
const mostAddresses = 40;

/** What a script in a setting fetches: `download: |` and a few lines. */
const addFetched = (draft: Draft, node: DataNode, value: string, text: string): void => {
  let from = node.span.start;
  let left = mostAddresses;
  for (const [found] of value.matchAll(address)) {
    if ((left -= 1) < 0) return;
    const start = text.indexOf(found, from);
    const to = dataAt(found, draft.knowledge);
    if (start < 0 || start >= node.span.end || to === undefined) continue;
    from = start + found.length;
    addRelation(draft, { from: here, to, type: 'loads', via: byFileName }, { span: { start, end: from } });
  }
};

/** Names of sets that a framework has built in: `("otter_train", "puffin_train")`. */
const addRegistered = (draft: Draft, node: DataScalar, value: string): void => {
  for (const [name] of value.length > 400 ? [] : value.matchAll(/\w+/g)) {
    const id = setOfRegistry(name);
    if (id !== undefined && draft.knowledge.dataset(id)) addRelation(draft, { from: here, to: dataWork(id), type: 'loads', via: byFileName }, placeOf(node));
  }
};

/** `within`: a key above holds a list of data, in which each has a name of its own for a key. */
const addChoices = (draft: Draft, node: DataNode, key: string, within: boolean, source: string): void => {
  if (node.kind === 'map') {
    if (saysItself(node)) return;
    for (const entry of node.entries) if (takesData(entry.key)) addChoices(draft, entry.value, entry.key, within, source);
    return;
  }
  if (node.kind === 'sequence') {
    for (const item of node.items) addChoices(draft, item, key, within || lists.test(key), source);
    return;
  }
  if (typeof node.value !== 'string') return;
  if (/^download$/i.test(key)) addFetched(draft, node, node.value, source);
  if (!(within || choosing.test(key)) || telling.test(key)) return;
  if (/train/i.test(key)) addRegistered(draft, node, node.value);
  const to = /^(?:source|url|src)$/i.test(key) ? dataAt(node.value, draft.knowledge) : dataAt(node.value, draft.knowledge, within ? 'data datasets' : key);
  if (to !== undefined) addRelation(draft, { from: here, to, type: 'loads', via: byFileName }, placeOf(node));
};

/** Bills of materials and linked data have readers of their own. */
const isDocument = (root: DataNode): boolean => root.kind === 'map' && root.entries.some(({ key }) => ['bomFormat', 'spdxVersion', '@context'].includes(key));

const parsers = { json: readJson, toml: readToml, yaml: readYaml } as const;

/** The first units of a file of rows: an array, or one object a line. */
const isRows = (text: string): boolean => /^\s*\[/.test(text);

const words: NeedleGroup = { needles: signWords };
const finder = needleFinder(signWords);

/** Configurations that name a known file of data under a key that chooses some. What it is, only the name of the file tells. */
export const dataSettingsReader: Reader = {
  id: 'data-settings',
  version: 3,
  // A table of LLaMA-Factory lists what there is: its own reader knows which entries are taken.
  matches: (path, name) =>
    /\.(?:ya?ml|json|toml)$/.test(name) &&
    !/^(?:package(?:-lock)?|tsconfig.*|pedigree|dataset_infos?|croissant.*)\.(?:json|yaml)$/.test(name) &&
    !/(?:^|\/)\.github\//.test(path),
  wants: 'text',
  words: () => words,
  maximum: limits.settingsLength,
  partial: true,
  read: ({ path, text, worded = finder.inText(text) }, knowledge): Reading => {
    if (text.length >= limits.settingsLength || isRows(text) || !(worded || mayNameData(text))) return nothingRead;
    const { root, problems } = parsers[path.endsWith('.json') ? 'json' : path.endsWith('.toml') ? 'toml' : 'yaml'](text);
    const draft = draftOf('data-settings', path, knowledge);
    addProblems(draft, problems);
    if (root === undefined || isDocument(root)) return readingOf(draft);
    addChoices(draft, root, '', false, text);
    const works = new Set(draft.facts.map((fact) => (fact.kind === 'relation' ? fact.to : '')));
    return works.size > mostData ? nothingRead : readingOf(draft);
  },
};

/** A file of the tree that has the name of a published one is likely that. */
export const dataFileReader: Reader = {
  id: 'data-file',
  version: 2,
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
