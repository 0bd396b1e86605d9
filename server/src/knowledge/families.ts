import table from './data/family-names.json';

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

/** A model whose terms those of a family have that the name of this one tells, whatever was made of it: a guess. Undefined where it tells none. */
export const familyIn = (id: string): string | undefined => {
  if (!id.includes('/') || id.length > longestName) return undefined;
  const name = evened(id);
  return families.find(({ regex }) => regex.test(name))?.id;
};
