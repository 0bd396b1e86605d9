import type { Artefact } from '../artefacts/artefact.ts';
import type { Fact } from '../artefacts/types.ts';
import { compareText } from '../text/compare.ts';

/** The files of a tree by their paths. */
export type Files = ReadonlyMap<string, Artefact>;

type Kind = Fact['kind'];

export interface FactIn<K extends Kind = Kind> {
  readonly path: string;
  readonly fact: Extract<Fact, { readonly kind: K }>;
}

const known = {
  paths: new WeakMap<Files, readonly string[]>(),
  facts: new WeakMap<Files, ReadonlyMap<Kind, readonly FactIn[]>>(),
  stating: new WeakMap<Files, readonly string[]>(),
};

/** Paths mostly come in order: to see that they do takes a part of what it takes to sort them. */
const inOrder = (paths: readonly string[]): readonly string[] => {
  let last = '';
  for (const path of paths) {
    if (path < last) return paths.toSorted(compareText);
    last = path;
  }
  return paths;
};

/** Every path, in order. The same list while no file comes or goes, whatever the files state. */
export const pathsOf = (files: Files): readonly string[] => {
  let paths = known.paths.get(files);
  if (!paths) known.paths.set(files, (paths = inOrder([...files.keys()])));
  return paths;
};

const rowsOf = (path: string, artefact: Artefact | undefined, to = new Map<Kind, FactIn[]>()): ReadonlyMap<Kind, readonly FactIn[]> => {
  for (const fact of artefact?.facts ?? []) {
    const rows = to.get(fact.kind);
    if (rows) rows.push({ path, fact });
    else to.set(fact.kind, [{ path, fact }]);
  }
  return to;
};

const states = (artefact: Artefact | undefined): boolean => artefact !== undefined && artefact.facts.length > 0;

/** Paths of the files that state anything, in order. */
export const statingPaths = (files: Files): readonly string[] => {
  const before = known.stating.get(files);
  if (before) return before;
  const stating: string[] = [];
  for (const [path, artefact] of files) if (states(artefact)) stating.push(path);
  const paths = inOrder(stating);
  known.stating.set(files, paths);
  return paths;
};

const index = (files: Files): ReadonlyMap<Kind, readonly FactIn[]> => {
  let facts = known.facts.get(files);
  if (facts) return facts;
  const made = new Map<Kind, FactIn[]>();
  for (const path of statingPaths(files)) rowsOf(path, files.get(path), made);
  facts = made;
  known.facts.set(files, facts);
  return facts;
};

const noFacts: readonly FactIn[] = [];

/** All facts of a kind, in the order of their files. The same list while no file states another one. */
export const factsOf = <K extends Kind>(files: Files, kind: K): readonly FactIn<K>[] => (index(files).get(kind) ?? noFacts) as readonly FactIn[] as never;

/** Where a path stands, or would, in rows that are in the order of their paths. */
const seek = (rows: readonly FactIn[], path: string): number => {
  let from = 0;
  let to = rows.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (compareText(rows[middle]?.path ?? '', path) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
};

const spliced = (rows: readonly FactIn[], path: string, now: readonly FactIn[]): readonly FactIn[] => {
  const at = seek(rows, path);
  let end = at;
  while (rows[end]?.path === path) end += 1;
  return rows.toSpliced(at, end - at, ...now);
};

/** Files that lie over others before all are put into one map again, which costs as much as there are. */
const mostOver = 100;

const layers = new WeakMap<Files, { readonly under: Files; readonly over: ReadonlyMap<string, Artefact> }>();

/** The files of `under`, some of which read otherwise. */
const overlaid = (under: Files, over: ReadonlyMap<string, Artefact>): Files => {
  function* entries(): MapIterator<[string, Artefact]> {
    for (const [path, artefact] of under) yield [path, over.get(path) ?? artefact];
  }
  function* values(): MapIterator<Artefact> {
    for (const [, artefact] of entries()) yield artefact;
  }
  const files: Files = {
    size: under.size,
    get: (path) => over.get(path) ?? under.get(path),
    has: (path) => under.has(path),
    keys: () => under.keys(),
    values,
    entries,
    [Symbol.iterator]: entries,
    forEach: (each) => {
      for (const [path, artefact] of entries()) each(artefact, path, files);
    },
  };
  layers.set(files, { under, over });
  return files;
};

const same = (a: readonly FactIn[], b: readonly FactIn[]): boolean => a.length === b.length && JSON.stringify(a) === JSON.stringify(b);

/**
 * The same tree with some of its files read again. What is known of the tree is carried over, so that who asks for paths, or for facts of
 * a kind that nothing changed, gets the very list of before, and with it all that was worked out from it.
 */
export const withFiles = (files: Files, again: ReadonlyMap<string, Artefact>): Files => {
  if ([...again.keys()].some((path) => !files.has(path))) return new Map([...files, ...again]);
  const { under, over } = layers.get(files) ?? { under: files, over: new Map<string, Artefact>() };
  const both = new Map([...over, ...again]);
  const next = both.size > mostOver ? new Map([...files, ...again]) : overlaid(under, both);
  const facts = known.facts.get(files);
  known.paths.set(next, pathsOf(files));
  const stating = known.stating.get(files);
  if (stating && [...again].every(([path, artefact]) => states(files.get(path)) === states(artefact))) known.stating.set(next, stating);
  if (!facts) return next;
  const renewed = new Map(facts);
  for (const [path, artefact] of again) {
    const before = rowsOf(path, files.get(path));
    const now = rowsOf(path, artefact);
    for (const kind of new Set([...before.keys(), ...now.keys()])) {
      const rows = now.get(kind) ?? noFacts;
      if (!same(before.get(kind) ?? noFacts, rows)) renewed.set(kind, spliced(renewed.get(kind) ?? noFacts, path, rows));
    }
  }
  known.facts.set(next, renewed);
  return next;
};
