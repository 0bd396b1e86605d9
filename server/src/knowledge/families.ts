import table from './data/family-names.json';
import { memo, memoBy } from './lookup.ts';
import { copyOfModel, plainName } from './mirrors.ts';
import type { Knowledge } from './types.ts';

/** Longer names are not looked at. */
const longestName = 100;

/** Families that say so in front of a name are others: Open-LLaMA was trained anew. */
const families = table.families.map(({ pattern, id }) => ({ regex: new RegExp(`(?:^|[^a-z0-9])(?<!open-)(?:${pattern})(?![a-z0-9])`), id }));

/** Behind the owner, in small letters: `Llama-3_1-8B_q40` -> `llama-3.1-8b-q40`. */
const evened = (id: string): string =>
  id
    .slice(id.indexOf('/') + 1)
    .toLowerCase()
    .replace(/(\d)_(?=\d)/g, '$1.')
    .replace(/[_\s]+/g, '-');

/** A model with the terms of the family that a name tells, whatever was made of it: `Otter-LLaMA3-8B`. */
export const familyIn = (id: string): string | undefined => {
  if (!id.includes('/') || id.length > longestName) return undefined;
  const name = evened(id);
  return families.find(({ regex }) => regex.test(name))?.id;
};

const spoken = memo(() => table.spoken.map(({ pattern, id }) => ({ regex: new RegExp(`^(?:${pattern})(?![\\w/])`), id })));

/** The family that running text names at its head, in its own spelling: "LLaMA", "Stable Diffusion v1.5". Its terms are those of the work that it leads to. */
export const familySpoken = (text: string): { readonly id: string; readonly length: number } | undefined => {
  const head = text.slice(0, 60);
  for (const { regex, id } of /^[A-Z]/.test(head) ? spoken() : []) {
    const found = regex.exec(head);
    if (found) return { id, length: found[0].length };
  }
  return undefined;
};

/** Parts of a name that are looked at. */
const mostParts = 12;

/** Known models by the letters and digits of their plain names, where one alone has such a name and it tells a size. */
const byLetters = memoBy((knowledge: Knowledge): ReadonlyMap<string, string> => {
  const made = new Map<string, Set<string>>();
  for (const id of knowledge.modelIds()) {
    const name = plainName(id);
    const given = id.slice(id.indexOf('/') + 1).toLowerCase();
    if (!/\d[bm](?![a-z])/.test(name) || (given !== name && given !== `${name}-hf`)) continue;
    const record = knowledge.model(id);
    const row = record?.licences.at(-1);
    if (!record || !row || row.licences.length === 0 || copyOfModel(id)) continue;
    // What was made from another is no original, unless its own publisher documents it.
    if (record.bases.length > 0 && !row.confidence.startsWith('publisher')) continue;
    const key = name.replace(/[\W_]+/g, '');
    if (key.length < 7) continue;
    made.set(key, (made.get(key) ?? new Set()).add(id));
  }
  return new Map([...made].flatMap(([key, [id, more]]) => (id !== undefined && more === undefined ? [[key, id] as const] : [])));
});

/** The known model whose whole name a name begins with, but for what conversions add: `Llama-3_1-8B-Q40-Instruct-Otter`. */
export const modelNamedFirst = (name: string, knowledge: Knowledge): string | undefined => {
  if (name.length > longestName) return undefined;
  const words = plainName(`/${name}`)
    .split(/[\W_]+/)
    .filter((word) => word !== '')
    .slice(0, mostParts);
  const index = byLetters(knowledge);
  for (let count = words.length; count > 0; count -= 1) {
    const found = index.get(words.slice(0, count).join(''));
    if (found !== undefined) return found;
  }
  return undefined;
};

/** What a name may have behind that of its family without being another's work. */
const tuned = '(?:-(?:hf|chat|instruct|it|base|chat-hf|instruct-hf|base-hf))?';
const wholes = memo(() => table.families.map(({ pattern, id }) => ({ regex: new RegExp(`^(?:${pattern})${tuned}$`), id })));

/** The known model whose name this is as a whole, by its letters and digits, else one with the terms of the family that the whole of it tells: `vicuna-7b`. */
export const modelNamedWhole = (name: string, knowledge: Knowledge): string | undefined => {
  if (name.length > longestName) return undefined;
  const own = evened(name);
  // Under the owner of its family, whatever that calls it now: copies of it have the same name.
  const relative = familyIn(`-/${name}`);
  const owner = relative?.slice(0, relative.indexOf('/')) ?? '';
  const sibling = relative === undefined ? undefined : knowledge.model(`${owner}/${name}`);
  if (sibling?.match === 'record') return sibling.id;
  const found = byLetters(knowledge).get(plainName(`/${name}`).replace(/[\W_]+/g, ''));
  if (found !== undefined) return found;
  const family = wholes().find(({ regex }) => regex.test(own))?.id;
  return family !== undefined && knowledge.model(`${owner}/${own}`) ? `${owner}/${own}` : family;
};

/** The known model that an id of which nothing is recorded was made from, or whose terms it has, judging by its name alone: a guess. */
export const relativeOfName = (id: string, knowledge: Knowledge): string | undefined =>
  knowledge.model(id) ? undefined : (modelNamedFirst(id.slice(id.indexOf('/') + 1), knowledge) ?? familyIn(id));
