import { memoBy } from '../knowledge/lookup.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { recognition } from './recognition.ts';
import type { NameFamily } from './recognition.ts';
import { spdxId, replacementOf } from './spdx.ts';
import { nameKey } from './words.ts';

/** What a name means. */
export interface Name {
  /** Empty where the name leaves the licence open. */
  readonly licences: readonly string[];
  /** What a name that leaves the licence open says all the same: "CC BY-NC" is non-commercial whatever its version. */
  readonly category: string | null;
  /** It means other things as well, so that in prose it counts only next to the word licence. */
  readonly weak: boolean;
}

/** One step of a name: the words that may come next. */
export interface NameNode {
  readonly next: Map<string, NameNode>;
  name: Name | undefined;
}

const newNode = (): NameNode => ({ next: new Map(), name: undefined });

/** Names by their first word, each with its other words; the later of two that are alike counts. */
type Listed = Map<string, (readonly [rest: string, name: Name])[]>;

const put = (listed: Listed, key: string, name: Name): void => {
  if (key === '') return;
  const space = key.indexOf(' ');
  const first = space < 0 ? key : key.slice(0, space);
  const entries = listed.get(first);
  const entry = [space < 0 ? '' : key.slice(space + 1), name] as const;
  if (entries) entries.push(entry);
  else listed.set(first, [entry]);
};

/** Of a text that is put together from few parts: each part has its key once, and no word reaches from one into another. */
const filledKey = (keyOf: (part: string) => string, form: string, name: string, version: string): string =>
  form
    .split(/(\{name\}|\{version\})/)
    .map((part) => (part === '{name}' ? keyOf(name) : part === '{version}' ? keyOf(version) : keyOf(part)))
    .filter((key) => key !== '')
    .join(' ');

const addFamily = (listed: Listed, family: NameFamily, keyOf: (part: string) => string): void => {
  const names = (family.prefixes ?? ['']).flatMap((prefix) => family.names.map((name) => `${prefix} ${name}`));
  for (const name of names) {
    if (family.unversioned !== undefined) put(listed, keyOf(name), { licences: [], category: family.unversioned, weak: false });
    for (const [version, licence] of Object.entries(family.versions))
      for (const form of family.forms) put(listed, filledKey(keyOf, form, name, version), { licences: [licence], category: null, weak: false });
    for (const [version, licence] of Object.entries(family.later ?? {}))
      for (const form of family.laterForms ?? []) put(listed, filledKey(keyOf, form, name, version), { licences: [licence], category: null, weak: false });
  }
};

/** Titles, tags and ids of all terms. A name of two terms decides nothing, so it is left out. */
const addTitles = (listed: Listed, knowledge: Knowledge): void => {
  const owners = new Map<string, Set<string>>();
  for (const terms of knowledge.allTerms()) {
    // One word as a card's `license_name` says enough there, but in prose it is the publisher's name.
    const given = terms.licenceNames.filter((name) => nameKey(name).includes(' '));
    for (const name of [terms.name, terms.id.replace(/^LicenseRef-/, ''), ...terms.hubTags, ...given]) {
      const key = nameKey(name);
      owners.set(key, (owners.get(key) ?? new Set()).add(terms.id));
    }
  }
  for (const [key, ids] of owners) if (ids.size === 1) put(listed, key, { licences: [...ids], category: null, weak: true });
};

const list = (knowledge: Knowledge): Listed => {
  const listed: Listed = new Map();
  addTitles(listed, knowledge);
  const keys = new Map<string, string>();
  const keyOf = (part: string): string => {
    const key = keys.get(part) ?? nameKey(part);
    keys.set(part, key);
    return key;
  };
  for (const family of recognition.families) addFamily(listed, family, keyOf);
  for (const [name, category] of Object.entries(recognition.vagueNames)) put(listed, nameKey(name), { licences: [], category, weak: false });
  for (const [name, licence] of Object.entries(recognition.weakNames)) put(listed, nameKey(name), { licences: [licence], category: null, weak: true });
  for (const [name, licence] of Object.entries(recognition.names)) put(listed, nameKey(name), { licences: [licence], category: null, weak: false });
  return listed;
};

const nodeOf = (entries: readonly (readonly [rest: string, name: Name])[]): NameNode => {
  const root = newNode();
  for (const [rest, name] of entries) {
    let at = root;
    for (const word of rest === '' ? [] : rest.split(' ')) {
      const next = at.next.get(word) ?? newNode();
      at.next.set(word, next);
      at = next;
    }
    at.name = name;
  }
  return root;
};

/** All names by their first word. */
export interface NameTree {
  readonly startingWith: (word: string) => NameNode | undefined;
}

/** All names as a tree of words, the most exact record of a name last. Derived once from an immutable value, below a first word when a text has it. */
export const nameTree = memoBy((knowledge: Knowledge): NameTree => {
  const listed = list(knowledge);
  const nodes = new Map<string, NameNode>();
  return {
    startingWith: (word) => {
      const entries = listed.get(word);
      if (!entries) return undefined;
      const node = nodes.get(word) ?? nodeOf(entries);
      nodes.set(word, node);
      return node;
    },
  };
});

const exactly = (text: string, knowledge: Knowledge): Name | undefined => {
  const [first = '', ...rest] = nameKey(text).split(' ');
  let at = nameTree(knowledge).startingWith(first);
  for (const word of rest) at = at?.next.get(word);
  return at?.name;
};

/** What a whole text names. "The MIT License (MIT)" says its name twice, so both halves are tried. */
export const nameOf = (text: string, knowledge: Knowledge): Name | undefined => {
  const whole = exactly(text, knowledge);
  if (whole) return whole;
  const halves = /^([^()]+)\(([^()]+)\)\s*$/.exec(text);
  return halves ? (exactly(halves[1] ?? '', knowledge) ?? exactly(halves[2] ?? '', knowledge)) : undefined;
};

const none = new Set(recognition.noLicence.map(nameKey));

/** "Proprietary", "see LICENSE" and the like: said where no licence is given. */
export const saysNoLicence = (text: string): boolean => {
  const key = nameKey(text);
  return key === '' || none.has(key) || /^\W*(?:see|file|refer|check)\b/i.test(text) || /^[\w./-]*\blicen[cs]e(?:[-_]\w+)?(?:\.\w{2,4})?$/i.test(text.trim());
};

/** PyPI classifiers: null = a family without a version, undefined = no licence classifier that is known. */
export const licenceOfClassifier = (text: string): string | null | undefined =>
  Object.hasOwn(recognition.classifiers, text) ? recognition.classifiers[text] : undefined;

/** The category of a classifier that names no licence and limits use: "License :: Free for non-commercial use". */
export const categoryOfClassifier = (text: string): string | undefined =>
  Object.hasOwn(recognition.narrowClassifiers, text) ? recognition.narrowClassifiers[text] : undefined;

const plainAddress = (address: string): string =>
  address
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^www\./, '')
    .replace(/[?#].*$/, '')
    .replace(/\/(?:deed|legalcode)(?:\.[a-z_-]{2,10})?\/?$/, '')
    .replace(/(?:\.en)?\.(?:txt|html?|php|md)$/, '')
    .replace(/\/$/, '');

const links = new WeakMap<Knowledge, ReadonlyMap<string, string>>();

/** Addresses of the terms themselves, under those of the table; one that two terms share decides nothing. */
const linksOf = (knowledge: Knowledge): ReadonlyMap<string, string> => {
  const known = links.get(knowledge);
  if (known) return known;
  const built = new Map<string, string>();
  const shared = new Set<string>();
  for (const terms of knowledge.allTerms()) {
    if (terms.link === null) continue;
    const address = plainAddress(terms.link);
    if (built.has(address)) shared.add(address);
    built.set(address, terms.id);
  }
  for (const address of shared) built.delete(address);
  for (const [address, licence] of Object.entries(recognition.links)) built.set(address, licence);
  links.set(knowledge, built);
  return built;
};

/** The licence whose text or page stands at an address, by host and path. */
export const licenceOfLink = (address: string, knowledge: Knowledge): string | undefined => {
  if (address.length > 500) return undefined;
  const plain = plainAddress(address);
  const listed = linksOf(knowledge).get(plain);
  if (listed !== undefined) return listed;
  const prefix = recognition.idLinks.find((entry) => plain.startsWith(entry));
  const id = prefix === undefined ? undefined : spdxId(plain.slice(prefix.length));
  return id === undefined ? undefined : (replacementOf(id)?.split(' WITH ')[0] ?? id);
};
