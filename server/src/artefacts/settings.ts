import type { DataNode } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { readToml } from '../text/toml.ts';
import { readYaml } from '../text/yaml.ts';
import { factIds } from './hub-id.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

const folder = /(?:^|\/)(?:conf|confs|config|configs|configuration|configurations|settings|hydra|recipes?|params)\//i;
const named = /(?:conf|config|cfg|settings?|params|parameters|options|hparams|args)[\w.-]*\.(?:ya?ml|toml|json)$/;
const others =
  /^(?:package(?:-lock)?|tsconfig.*|tokenizer.*|generation_config|adapter_config|special_tokens_map|composer|pyproject|pedigree)\.(?:json|toml|yaml)$|^config\.json$/;

/** The id of a work, the name of a model, or the key of another value. */
const telling = /^(?:[A-Za-z0-9][\w.:-]*(?:\/[\w.:-]+)?[\w]|\$\{[\w.]+\})$/;
/** Somebody who looks for a setting asks for one of these. */
const keys = /model|name|path|repo|dataset|data|engine|deployment|teacher|generator|checkpoint|tokenizer|base|llm|(?:^|[._])id$/i;

/** `defaults: [{ model: llama }, base]` puts other files of the folder under these keys. */
export const groupMark = '@';

interface Build {
  readonly facts: Fact[];
  readonly anchors: Record<string, Anchor>;
  readonly idOf: (kind: string, content: string) => string;
}

const add = (build: Build, key: string, node: DataNode): void => {
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return;
  const id = build.idOf('setting', key);
  build.facts.push({ kind: 'setting', id, key, value: node.value });
  build.anchors[id] = { span: node.inner };
};

/** `override /model@teacher` is the group `model`, put under `teacher`. */
const groupOf = (key: string): string => {
  const [group = '', at] = key.replace(/^(?:override|optional)\s+/, '').split('@');
  return `${group.replace(/^\//, '')}${groupMark}${at ?? group.replace(/^\//, '').replaceAll('/', '.')}`;
};

const addGroups = (build: Build, list: DataNode): void => {
  for (const item of list.kind === 'sequence' ? list.items : [])
    if (item.kind === 'map') for (const { key, value } of item.entries) add(build, `${groupMark}${groupOf(key)}`, value);
    else if (item.kind === 'scalar' && item.value !== '_self_') add(build, groupMark, item);
};

const addValues = (build: Build, node: DataNode, path: readonly string[]): void => {
  if (node.kind === 'map')
    for (const { key, value } of node.entries) {
      if (path.length === 0 && key === 'defaults') addGroups(build, value);
      else addValues(build, value, [...path, key]);
    }
  else if (node.kind === 'scalar' && typeof node.value === 'string' && node.value.length <= 140 && telling.test(node.value)) {
    if (keys.test(path.slice(-2).join('.'))) add(build, path.join('.'), node);
  }
};

const parsers = { json: readJson, toml: readToml, yaml: readYaml } as const;

/** Settings by which programs name works: whether anything asks for one of them, other files tell. */
export const settingsReader: Reader = {
  id: 'settings',
  version: 1,
  matches: (path, name) =>
    /\.(?:ya?ml|toml|json)$/.test(name) &&
    !others.test(name) &&
    (named.test(name) || (folder.test(path) && !name.endsWith('.json'))) &&
    !/(?:^|\/)\.github\//.test(path),
  wants: 'text',
  maximum: limits.settingsLength,
  partial: true,
  read: ({ path, text }): Reading => {
    const none: Reading = { facts: [], anchors: {}, problems: [] };
    if (text.length >= limits.settingsLength || !keys.test(text)) return none;
    const { root, problems } = parsers[path.endsWith('.json') ? 'json' : path.endsWith('.toml') ? 'toml' : 'yaml'](text);
    const hit = problems.filter((problem) => problem.limit);
    if (root === undefined) return { ...none, problems: hit };
    const build: Build = { facts: [], anchors: {}, idOf: factIds('settings') };
    addValues(build, root, []);
    return { facts: build.facts, anchors: build.anchors, problems: hit };
  },
};
