import type { Artefact } from '../artefacts/artefact.ts';
import { isNamedFor, sameHolderAs } from '../artefacts/origins/holders.ts';
import { isNoticeFile } from '../artefacts/origins/notices.ts';
import type { HeaderFact } from '../artefacts/notice-facts.ts';
import type { Fact } from '../artefacts/types.ts';
import { memoBy } from '../knowledge/lookup.ts';
import { compileGlob } from '../text/glob.ts';
import type { PathTest } from '../text/glob.ts';
import { factsOf, pathsOf, statingPaths } from './files.ts';
import { folderOf } from './local.ts';

/** What the tree says of other people's code in it. */
export interface Notices {
  /** The text of that licence lies somewhere in the tree. */
  readonly hasText: (licence: string) => boolean;
  /** A text of it that is not the root's own, with whoever holds the rights there. */
  readonly hasTextOfOthers: (licence: string) => boolean;
  /** A notice names that repository (`host/owner/name`). */
  readonly names: (repository: string) => boolean;
  /** A notice names a repository that is called so, whoever owns it. */
  readonly namesLike: (name: string) => boolean;
  /** A comment of that file says under which terms the code of that repository is. */
  readonly commentOn: (path: string, repository: string) => readonly string[] | undefined;
  /** The file itself, a text in its folder or a table of licences says what holds for it; ids, which may be none that is known. */
  readonly forFile: (path: string) => readonly string[] | undefined;
  /** The file says it by nothing but a head of those who answer for the whole: of whoever it was taken from that says nothing. */
  readonly isOwnHead: (path: string) => boolean;
  /** A folder above the file, below the root, has a licence text of its own: what was taken in with it is its own affair. */
  readonly isComponent: (path: string) => boolean;
  /** Whether a holder is one of those who answer for the whole; undefined where the whole names none. */
  readonly isOurs: (holder: string) => boolean | undefined;
  /** The same by what the whole says alone, however many heads name the holder. */
  readonly answersForAll: (holder: string) => boolean | undefined;
  /** The whole names that holder as one of its own, in a text, a notice or where it is published. */
  readonly isNamed: (holder: string) => boolean;
  /** Heads that name that holder. */
  readonly headsOf: (holder: string) => number;
  /** Files of somebody who wrote half of the tree: it was made from their project, if it is not theirs. */
  readonly isMostOf: (holder: string) => boolean;
  /** Some text or notice, wherever it lies, names that holder. */
  readonly isNoticed: (holder: string) => boolean;
  /** Licence texts right at the root: whom they name. */
  readonly rootTexts: readonly { readonly path: string; readonly holders: readonly string[] }[];
  /** Terms of no known licence lie in the tree under the name of that repository (`pkg:github/owner/name`) or its owner: an agreement with them. */
  readonly isAgreedWith: (work: string) => boolean;
}

interface Cover {
  readonly tests: readonly PathTest[];
  readonly licences: readonly string[];
}

const bare = (licence: string): string => licence.replace(/-(?:only|or-later)$/, '').replace(/ WITH .*$/, '');

interface Found {
  readonly texts: Set<string>;
  readonly textsOfOthers: Set<string>;
  readonly folders: Map<string, Set<string>>;
  readonly named: Set<string>;
  readonly comments: Map<string, readonly string[]>;
  readonly covers: Cover[];
  readonly files: Map<string, Set<string>>;
  /** Holders at the heads of files. */
  readonly atHead: Map<string, Set<string>>;
  readonly tagged: Set<string>;
  /** Files whose head names its holder and its licence together. */
  readonly titled: Set<string>;
  readonly holders: Set<string>;
  /** Names of the project itself. */
  readonly names: Set<string>;
  readonly agreements: Set<string>;
  readonly headers: Map<string, number>;
  /** Whom any text or notice names. */
  readonly noticed: Set<string>;
  readonly rootTexts: Map<string, readonly string[]>;
  /** Files that name anybody. */
  readonly heads: Set<string>;
}

const addTo = (map: Map<string, Set<string>>, key: string, values: readonly string[]): void => {
  const known = map.get(key) ?? new Set<string>();
  for (const value of values) known.add(value);
  map.set(key, known);
};

const take = (found: Found, path: string, facts: readonly Fact[]): void => {
  for (const fact of facts) {
    if (fact.kind === 'licence' && fact.via === 'text') {
      for (const licence of [...fact.licences, ...(fact.ofComponents ?? [])]) found.texts.add(bare(licence));
      for (const licence of [...(folderOf(path) === '.' ? [] : fact.licences), ...(fact.ofComponents ?? [])]) found.textsOfOthers.add(bare(licence));
      if (fact.namedFor !== undefined && fact.licences.length === 0) found.agreements.add(fact.namedFor);
      if (folderOf(path) !== '.') addTo(found.folders, folderOf(path), fact.licences);
    } else if (fact.kind === 'licence' && fact.via === 'tag' && fact.work === `local:${path}`) {
      addTo(found.files, path, fact.licences);
      found.tagged.add(path);
    } else if (fact.kind === 'header') {
      if (fact.licences.length > 0 && fact.holders.length > 0) {
        addTo(found.files, path, fact.licences);
        found.titled.add(path);
      }
      addTo(found.atHead, path, fact.holders);
      for (const licence of fact.whole === true ? fact.licences : []) for (const set of [found.texts, found.textsOfOthers]) set.add(bare(licence));
      if (fact.whole !== false) for (const holder of fact.holders) found.noticed.add(holder);
      if (fact.holders.length > 0) found.heads.add(path);
      for (const holder of fact.holders) found.headers.set(holder, (found.headers.get(holder) ?? 0) + 1);
    } else if (fact.kind === 'cover') {
      const tests = fact.globs.flatMap((glob) => (/(?:^|\/)\*\*?(?:\/\*)?$/.test(glob) && !/[^*/]/.test(glob) ? [] : (compileGlob(glob) ?? [])));
      if (tests.length > 0) found.covers.push({ tests, licences: fact.licences });
    } else if (fact.kind === 'notice') {
      if (!isNoticeFile(path)) {
        for (const repository of fact.repositories) found.comments.set(`${path} ${repository}`, fact.licences);
        continue;
      }
      for (const licence of fact.licences) for (const set of [found.texts, found.textsOfOthers]) set.add(bare(licence));
      for (const repository of fact.repositories) found.named.add(repository);
      for (const holder of fact.holders) found.noticed.add(holder);
      if (found.rootTexts.has(path)) found.rootTexts.set(path, fact.holders);
      if (folderOf(path) === '.') for (const holder of fact.holders) found.holders.add(holder);
    } else if (fact.kind === 'home' && folderOf(path) === '.') {
      const [, owner = '', name = ''] = fact.repository.split('/');
      found.holders.add(owner);
      if (fact.via !== 'clone') found.names.add(name);
    }
  }
};

const source = /\.(?:py|pyx|cuh?|cc?|cpp|cxx|hh?|hpp|mm?|[cm]?[jt]sx?|rs|go|java|kt|swift)$/;

/**
 * Whom the whole names, and who stands at the heads of a third of the files that name anybody, where that is a quarter of all sources: nobody
 * copies that much from one place.
 */
const ownHolders = ({ holders, headers, heads }: Found, sources: number): readonly string[] => [
  ...holders,
  ...[...headers].filter(([, count]) => count > 2 && count * 3 >= heads.size && count * 4 >= sources).map(([holder]) => holder),
];

/** A licence text at the root by its name, as a head that points there means it. */
const rootText = /^(?:un)?licen[cs]es?(?:[-_. ][^/]*)?$|^copying(?:\.[^/]*)?$/i;

/** What the names of all files say, which change seldom. */
const filesNamed = memoBy((paths: readonly string[]): { readonly texts: readonly string[]; readonly sources: number } => ({
  texts: paths.filter((path) => rootText.test(path) && isNoticeFile(path)),
  sources: paths.filter((path) => source.test(path)).length,
}));

const build = (artefacts: ReadonlyMap<string, Artefact>): Notices => {
  const { texts, sources } = filesNamed(pathsOf(artefacts));
  const found: Found = {
    texts: new Set(),
    textsOfOthers: new Set(),
    folders: new Map(),
    named: new Set(),
    comments: new Map(),
    covers: [],
    files: new Map(),
    atHead: new Map(),
    tagged: new Set(),
    titled: new Set(),
    holders: new Set(),
    names: new Set(),
    agreements: new Set(),
    headers: new Map(),
    noticed: new Set(),
    rootTexts: new Map(texts.map((path) => [path, []])),
    heads: new Set(),
  };
  for (const path of statingPaths(artefacts)) take(found, path, artefacts.get(path)?.facts ?? []);
  const ours = ownHolders(found, sources);
  const named = found.holders.size > 0 ? [...found.holders] : ours;
  const names = [...found.names];
  const oneOf = (holders: readonly string[]): ((holder: string) => boolean | undefined) => {
    const isSame = sameHolderAs(holders);
    return (holder) => (holders.length === 0 ? undefined : names.some((name) => isNamedFor(holder, name)) || isSame(holder));
  };
  const isOurs = oneOf(ours);
  const byWhole = oneOf([...found.holders]);
  return {
    hasText: (licence) => found.texts.has(bare(licence)),
    hasTextOfOthers: (licence) => found.textsOfOthers.has(bare(licence)),
    names: (repository) => found.named.has(repository),
    namesLike: (name) => [...found.named].some((each) => each.endsWith(`/${name.toLowerCase()}`)),
    commentOn: (path, repository) => found.comments.get(`${path} ${repository}`),
    forFile: (path) => {
      const own = found.files.get(path);
      if (own) return [...own];
      for (let at = folderOf(path); at !== '.'; at = folderOf(at)) {
        const text = found.folders.get(at);
        if (text) return [...text];
      }
      return found.covers.findLast((cover) => cover.tests.some((test) => test(path)))?.licences;
    },
    isOwnHead: (path) => {
      const holders = [...(found.atHead.get(path) ?? [])];
      return holders.length > 0 && (!found.tagged.has(path) || found.titled.has(path)) && holders.every((holder) => isOurs(holder) === true);
    },
    isComponent: (path) => {
      for (let at = folderOf(path); at !== '.'; at = folderOf(at)) if (found.folders.has(at)) return true;
      return false;
    },
    isOurs,
    answersForAll: oneOf(named),
    isNamed: (holder) => byWhole(holder) === true,
    headsOf: (holder) => found.headers.get(holder) ?? 0,
    isMostOf: (holder) => (found.headers.get(holder) ?? 0) * 2 >= sources,
    isNoticed: sameHolderAs([...found.noticed]),
    rootTexts: [...found.rootTexts].map(([path, holders]) => ({ path, holders })),
    isAgreedWith: (work) => {
      const [, ...names] = work.split('/');
      return [...found.agreements].some((agreed) => names.some((name) => isNamedFor(name, agreed)));
    },
  };
};

const made = new WeakMap<ReadonlyMap<string, Artefact>, Notices>();

/** Made once for a set of files. */
export const noticesOf = (artefacts: ReadonlyMap<string, Artefact>): Notices => {
  const known = made.get(artefacts);
  if (known) return known;
  const notices = build(artefacts);
  made.set(artefacts, notices);
  return notices;
};

/** Heads of source files, in the order of their paths. */
export const headersIn = (artefacts: ReadonlyMap<string, Artefact>): readonly { readonly path: string; readonly fact: HeaderFact }[] =>
  factsOf(artefacts, 'header');
