import { asString, entryOf, get } from '../text/data.ts';
import type { DataMap, DataNode } from '../text/data.ts';
import { limits } from '../text/limits.ts';
import { readToml } from '../text/toml.ts';
import { readYaml } from '../text/yaml.ts';
import type { Span } from '../text/span.ts';
import { addFact, addProblems, draftOf, nothingRead, readingOf } from './draft.ts';
import { hubReference, isTest } from './hub-id.ts';
import type { Reader, Reading } from './types.ts';
import { codeSettings } from './via.ts';

const flagName = 'trust_remote_code';

/** Keys that name what is loaded, and those that name where results go. */
const naming = /model|path|name|repo|data|pretrained|tokenizer|checkpoint|(?:^|_)id$/i;
const whose = /user_?name$/i;
const written = /out|save|log|cache|result|hub_model_id/i;

/** Calls that Hydra makes, whose first argument is a repository. */
const loading = /\.(?:load_dataset|from_pretrained)$/;

/** A repository of the hub, also where it holds only as long as the environment says nothing (`${NAME:owner/name}`), or another setting in place of one; a folder is none. */
const isRepository = (value: DataNode | undefined): boolean => {
  const text = asString(value);
  if (text === undefined) return false;
  const preset = /^\$\{\w{1,80}:-?([\w.-]+\/[\w.-]+)\}$/.exec(text)?.[1];
  return hubReference(preset ?? text) !== undefined || /^\$\{[\w.:]+\}$/.test(text);
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

/** Whether it says what is loaded, be it a folder. */
const namesAny = (map: DataMap): boolean =>
  map.entries.some(({ key, value }) => naming.test(key) && !written.test(key) && !whose.test(key) && key !== flagName && (asString(value) ?? '') !== '');

/** Sections on the hub itself, or on what loads from it: their options are for whatever is loaded. */
const ofHub = /^(?:hugging_?face|hf|transformers)(?:_(?:hub|settings|options|config))?$/i;

/** Maps around one that may name the repository that its options are for: a program, and its class below that, put them deeper. */
const levels = 2;

interface Flags {
  /** Beside the repository that they are for, or for any. */
  readonly beside: Span[];
  /** Of a section that names nothing to load: they hold for whatever other sections name. */
  readonly apart: Span[];
  /** Some section names a repository. */
  named: boolean;
}

const collect = (flags: Flags, node: DataNode, around: readonly DataMap[], section: string): void => {
  if (node.kind === 'sequence') for (const item of node.items) collect(flags, item, [], '');
  if (node.kind !== 'map') return;
  const flag = entryOf(node, flagName);
  const maps = [node, ...around];
  if (namesOne(node)) flags.named = true;
  if (flag?.value.kind === 'scalar' && flag.value.value === true && !maps.some(isPinned)) {
    const span = { start: flag.keySpan.start, end: flag.value.span.end };
    if (maps.some(namesOne) || (ofHub.test(section) && !namesAny(node))) flags.beside.push(span);
    else if (!maps.some(namesAny)) flags.apart.push(span);
  }
  for (const { key, value } of node.entries) collect(flags, value, maps.slice(0, levels), key);
};

/** Configurations that let code of the repository run that they name. Trainers that are known have a reader of their own, which says of which. */
export const codeSettingsReader: Reader = {
  id: codeSettings,
  version: 2,
  matches: (path, name) => /\.(?:ya?ml|toml)$/.test(name) && !/(?:^|\/)\.github\//.test(path) && !isTest(path),
  wants: 'text',
  maximum: limits.modelListLength,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const draft = draftOf(codeSettings, path, knowledge);
    if (text.length >= limits.modelListLength || !text.includes(flagName) || draft.role === 'mention') return nothingRead;
    const { root, problems } = path.endsWith('.toml') ? readToml(text) : readYaml(text);
    addProblems(draft, problems);
    const flags: Flags = { beside: [], apart: [], named: false };
    if (root !== undefined) collect(flags, root, [], '');
    for (const span of [...flags.beside, ...(flags.named ? flags.apart : [])]) addFact(draft, { kind: 'code-flag', id: draft.idOf('code-flag', '') }, { span });
    return readingOf(draft);
  },
};
