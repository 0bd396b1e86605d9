import type { Knowledge } from '../knowledge/types.ts';
import type { DataNode } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { readToml } from '../text/toml.ts';
import { readYaml } from '../text/yaml.ts';
import { takesData } from './data-files.ts';
import { addProblems, addRelation, draftOf, nothingRead, placeOf, readingOf } from './draft.ts';
import type { Draft } from './draft.ts';
import { hubReference } from './hub-id.ts';
import { here } from './types.ts';
import type { Reader, Reading, WorkId } from './types.ts';
import { byFileName, longestChoice, mayNameFolder, mayNameWeights, modelOfFolder, weightsAt } from './weights-paths.ts';

/** Keys under which a file of weights is chosen. */
const choosing =
  /model|ckpt|checkpoint|weight|onnx|lora|vae|unet|clip|control|adapter|pretrained|detector|encoder|decoder|(?:^|[._-])(?:path|file|filename|url)$/i;

/** Keys that say what a thing is called, not what is taken. */
const telling = /title|description|comment|label|doc|readme|note|hash|sha|license|licence|image|preview|thumbnail/i;

/** A table of words and their translations has sentences, or the names of files themselves, for keys. */
const isWords = (key: string): boolean => /\s|\.\w+$/.test(key);

/** What takes no weights from a folder. */
const without = /tokenizer|processor|image|video|data|script|log|root/i;

/** Keys under which a folder is chosen, beside those. */
const choosingFolder = /pretrain|llm|backbone|teacher|policy/i;

/** A folder with the name of a known model, where the key is none of what is written, measured with, or read beside the weights. */
const folderAt = (value: string, key: string, knowledge: Knowledge): WorkId | undefined =>
  without.test(key) || !takesData(key) || hubReference(value) !== undefined ? undefined : modelOfFolder(value, knowledge);

/** "put the full path to x.safetensors here": what a form asks for. */
const lastWord = (value: string): string =>
  value.length < 120 ? (/\bpath (?:to|of) (?:the |your )?([\w./\\-]{5,100})(?: here)?$/i.exec(value)?.[1] ?? value) : value;

const addChoices = (draft: Draft, node: DataNode, key: string): void => {
  if (node.kind === 'map') {
    for (const entry of node.entries) addChoices(draft, entry.value, entry.key);
    return;
  }
  // A list is what there is to choose from.
  if (node.kind !== 'scalar' || typeof node.value !== 'string' || telling.test(key) || isWords(key)) return;
  const isChosen = choosing.test(key);
  const ofFile = isChosen ? weightsAt(lastWord(node.value), draft.knowledge) : undefined;
  const to = ofFile ?? (isChosen || choosingFolder.test(key) ? folderAt(node.value, key, draft.knowledge) : undefined);
  if (to !== undefined) addRelation(draft, { from: here, to, type: 'loads', via: byFileName }, placeOf(node));
};

const parsers = { json: readJson, toml: readToml, yaml: readYaml } as const;

/** Configurations that name a known file of weights, or a folder with the name of a known model, under a key that chooses one. What it is, only the name tells. */
export const weightsSettingsReader: Reader = {
  id: 'weights-settings',
  version: 4,
  matches: (path, name) =>
    /\.(?:ya?ml|json|toml)$/.test(name) && !/^(?:package(?:-lock)?|tsconfig.*|pedigree)\.(?:json|yaml)$/.test(name) && !/(?:^|\/)\.github\//.test(path),
  wants: 'text',
  maximum: limits.settingsLength,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    if (text.length >= limits.settingsLength || !(mayNameWeights(text) || mayNameFolder(text, knowledge))) return nothingRead;
    const { root, problems } = parsers[path.endsWith('.json') ? 'json' : path.endsWith('.toml') ? 'toml' : 'yaml'](text);
    const draft = draftOf('weights-settings', path, knowledge);
    addProblems(draft, problems);
    if (root === undefined) return readingOf(draft);
    addChoices(draft, root, '');
    const works = new Set(draft.facts.map((fact) => (fact.kind === 'relation' ? fact.to : '')));
    return works.size > longestChoice ? nothingRead : readingOf(draft);
  },
};
