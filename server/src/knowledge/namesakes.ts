import generic from './data/generic-names.json';
import type { DatasetRecord, ModelRecord } from './types.ts';

/** Fewer letters than this are a word that many use. */
const leastLetters = 8;

const genericWords = new Set(generic.words);

/** The part of an id behind its owner. */
const ownName = (id: string): string => id.slice(id.indexOf('/') + 1);

/** Letters and digits in lower case: capitals and punctuation tell no two works apart. */
const evened = (name: string): string => name.toLowerCase().replace(/[\W_]+/g, '');

/** `OpenHermes-2.5` -> `Open`, `Hermes`, `2`, `5`. */
const wordsOf = (name: string): readonly string[] => name.match(/\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})|\p{Lo}+|\p{N}+/gu) ?? [];

/** A name that is likely nobody else's: long enough, of two words or with a number, and not made of words that many names are made of. */
const isDistinctive = (name: string): boolean => {
  if ([...name.matchAll(/\p{L}/gu)].length < leastLetters) return false;
  const words = wordsOf(name);
  if (words.length < 2 && !/\p{N}/u.test(name)) return false;
  const whole = name.toLowerCase().split(/[-_.]+/u);
  return [words.map((word) => word.toLowerCase()), whole].every((list) => list.some((word) => !/^\p{N}+\p{L}?$/u.test(word) && !genericWords.has(word)));
};

/** What makes two records of one name agree: the terms in force, and who wrote it or what it was made from. */
interface Said {
  readonly id: string;
  readonly terms: string;
  readonly makers: string;
  readonly from: readonly string[];
}

const termsOf = (record: ModelRecord | DatasetRecord): string => [...(record.licences.at(-1)?.licences ?? [])].sort().join(' ');

const saidBy = (record: ModelRecord | DatasetRecord): Said => {
  const data = 'generatedBy' in record;
  return {
    id: record.id,
    terms: termsOf(record),
    makers: data ? [...new Set(record.generatedBy.map((by) => by.service ?? by.model ?? by.name))].sort().join(' ') : [...record.bases].sort().join(' '),
    from: data ? record.derivedFrom : record.bases,
  };
};

const agrees = (a: string, b: string): boolean => a === '' || b === '' || a === b;

/** Of several records of one name the original: what the others were copied from, else the one that says most; undefined where they disagree. */
const originalOf = (group: readonly Said[]): string | undefined => {
  const ids = new Set(group.map((said) => said.id));
  const roots = group.filter((said) => !said.from.some((id) => ids.has(id)));
  const [first] = roots.toSorted(
    (a, b) => Number(b.terms !== '') - Number(a.terms !== '') || Number(b.makers !== '') - Number(a.makers !== '') || (a.id < b.id ? -1 : 1),
  );
  if (!first || !roots.every((said) => agrees(said.terms, first.terms) && agrees(said.makers, first.makers))) return undefined;
  return first.id;
};

/** Records by their evened names. Which of them is meant is looked at when somebody asks. */
export const namesakeIndex = (records: readonly (ModelRecord | DatasetRecord)[]): ReadonlyMap<string, readonly (ModelRecord | DatasetRecord)[]> => {
  const groups = new Map<string, (ModelRecord | DatasetRecord)[]>();
  for (const record of records) {
    if (record.match !== 'record' || record.id.includes(':') || !record.id.includes('/')) continue;
    const key = evened(ownName(record.id));
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return groups;
};

/** May be somebody's copy by its name: only then is it worth looking. */
export const mayHaveNamesake = (id: string): boolean => id.length <= 200 && id.includes('/') && !id.includes(':') && isDistinctive(ownName(id));

/** The known work that another owner's id has the name of. */
export const namesakeIn = (index: ReturnType<typeof namesakeIndex>, id: string): string | undefined => {
  const key = evened(ownName(id));
  if (key.length < leastLetters) return undefined;
  const group = (index.get(key) ?? []).filter((record) => isDistinctive(ownName(record.id))).map(saidBy);
  return originalOf(group.filter((said) => said.terms !== '' || said.makers !== '' || said.from.length > 0));
};
