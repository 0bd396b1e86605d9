import aliases from '../knowledge/data/licence-aliases.json';
import type { Knowledge } from '../knowledge/types.ts';

interface Aliases {
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly ambiguous: Readonly<Record<string, string | null>>;
  readonly classifiers: Readonly<Record<string, readonly string[]>>;
  readonly links: Readonly<Record<string, string>>;
}

const table = aliases as unknown as Aliases;

/** "The Apache License, Version 2.0" and "apache-2.0" become "apache 2.0": words that every name has are dropped. */
export const normaliseName = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[“”"'’`*_[\](){},;:/|<>]/g, ' ')
    .replace(/licen[cs](?:e|ed|ing)\b/g, ' ')
    .replace(/\b(?:the|an?|software(?= foundation)|agreement|public domain dedication)\b/g, (word) => (word === 'software' ? word : ' '))
    .replace(/\bver(?:sion)?\b\.?/g, ' ')
    .replace(/\bv(?=\d)/g, '')
    .replace(/-/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();

const maps = new WeakMap<Knowledge, ReadonlyMap<string, readonly string[]>>();

const build = (knowledge: Knowledge): ReadonlyMap<string, readonly string[]> => {
  const map = new Map<string, readonly string[]>();
  for (const terms of knowledge.allTerms()) {
    const name = normaliseName(terms.name);
    // Two versions of one title decide nothing: the shared name stays out.
    if (map.has(name) && map.get(name)?.[0] !== terms.id) map.set(name, []);
    else map.set(name, [terms.id]);
  }
  for (const [name, ids] of Object.entries(table.names)) map.set(name, ids);
  for (const [name, ids] of map) if (ids.length === 0) map.delete(name);
  return map;
};

/** Normalised names to ids: titles of the knowledge and the aliases that people use. Derived once from an immutable value. */
export const nameIndex = (knowledge: Knowledge): ReadonlyMap<string, readonly string[]> => {
  const known = maps.get(knowledge);
  if (known) return known;
  const built = build(knowledge);
  maps.set(knowledge, built);
  return built;
};

export const idsOfName = (text: string, knowledge: Knowledge): readonly string[] => nameIndex(knowledge).get(normaliseName(text)) ?? [];

/** `null` = ambiguous without a category; undefined = no such name. */
export const ambiguousName = (text: string): string | null | undefined => table.ambiguous[normaliseName(text)];

export const idsOfClassifier = (text: string): readonly string[] | undefined => table.classifiers[text];

/** The licence that an address is the text of, by host and path; file endings and schemes do not matter. */
export const idOfLink = (address: string): string | undefined => {
  const plain = address.toLowerCase().replace(/^https?:\/\//, '').replace(/^www\./, '').replace(/[?#].*$/, '').replace(/\/(?:deed|legalcode)(?:\.[a-z-]+)?\/?$/, '').replace(/\.(?:txt|html?|en|en\.html|php)$/, '').replace(/\/$/, '');
  return table.links[plain];
};

/** A name or the address of a licence text, as ids. */
export const idsOfLinkOrName = (text: string, knowledge: Knowledge): readonly string[] => {
  const link = text.includes('/') ? idOfLink(text.trim()) : undefined;
  return link === undefined ? idsOfName(text, knowledge) : [link];
};
