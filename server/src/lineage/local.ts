import { here } from '../artefacts/types.ts';
import type { WorkId } from '../artefacts/types.ts';
import { memoByBoth } from '../knowledge/lookup.ts';
import { factsOf } from './files.ts';
import type { FactIn, Files } from './files.ts';

export const rootWork: WorkId = 'local:.';

/** `via` of what a package says of itself, with a card or without one. */
export const isOfPackage = (via: string | undefined): boolean => via === 'manifest' || via === 'classifier';

export const folderOf = (path: string): string => {
  const slash = path.lastIndexOf('/');
  return slash < 0 ? '.' : path.slice(0, slash);
};

const parentOf = (folder: string): string | undefined => (folder === '.' ? undefined : folderOf(folder));

/** Folders that people keep other projects in, whole or in part, often without the licence texts. */
const keptInside = new Set([
  'deps',
  'vendor',
  'vendored',
  'vendors',
  'third_party',
  'third-party',
  'thirdparty',
  '3rdparty',
  '3rd_party',
  'external',
  'externals',
  'extern',
  'submodules',
]);

/** `external_plugins`, `third_party_libs`. */
const keptByName = /^(?:external|externals|third[-_]?party|vendored)[-_][a-z]/;
const keeps = (part: string): boolean => keptInside.has(part) || keptByName.test(part);

/** The folder of a project that is kept inside, at or above a folder. */
const keeperOf = (folder: string): string | undefined => {
  const parts = folder.split('/');
  const at = parts.findIndex((part) => keeps(part.toLowerCase()));
  return at < 0 || at === parts.length - 1 ? undefined : parts.slice(0, at + 2).join('/');
};

/** Kept where people keep other people's projects. */
export const isKept = (path: string): boolean => keeperOf(folderOf(path)) !== undefined;

/** The folders of this tree that are a work each: the root, those with a card, those with a manifest. */
export interface Layout {
  readonly owners: ReadonlySet<string>;
  /** Folders other than the root with a licence text and a manifest or statement of their own: somebody else's project, taken in whole. */
  readonly vendored: ReadonlySet<string>;
  /** The nearest owner at or above the file's folder. */
  readonly ownerOf: (path: string) => string;
  /** The vendored folder that holds the file, if any. */
  readonly vendorOf: (path: string) => string | undefined;
}

const climb = (folder: string, found: (folder: string) => boolean): string | undefined => {
  for (let at: string | undefined = folder; at !== undefined; at = parentOf(at)) if (found(at)) return at;
  return undefined;
};

/** Worked out once for each folder: there are many more files. */
const byFolder = <T>(compute: (folder: string) => T): ((path: string) => T) => {
  const known = new Map<string, { readonly is: T }>();
  return (path) => {
    const folder = folderOf(path);
    let value = known.get(folder);
    if (!value) known.set(folder, (value = { is: compute(folder) }));
    return value.is;
  };
};

const layout = (works: readonly FactIn<'work'>[], licences: readonly FactIn<'licence'>[]): Layout => {
  const owners = new Set<string>(['.']);
  const withText = new Set<string>();
  const withManifest = new Set<string>();
  const withStatement = new Set<string>();
  for (const { path, fact } of works) {
    if (fact.via === 'card' || fact.via === 'manifest') owners.add(folderOf(path));
    if (fact.via === 'manifest') withManifest.add(folderOf(path));
  }
  for (const { path, fact } of licences) {
    if (isOfPackage(fact.via)) withManifest.add(folderOf(path));
    if (fact.via === 'text') withText.add(folderOf(path));
    if (fact.via === 'prose') withStatement.add(folderOf(path));
  }
  // With a manifest anywhere; without one where it lies deep inside and has a README that states terms of its own.
  const vendored = new Set(
    [...withText].filter((folder) => folder !== '.' && (withManifest.has(folder) || (withStatement.has(folder) && folder.split('/').length > 2))),
  );
  return {
    owners,
    vendored,
    ownerOf: byFolder((folder) => climb(folder, (at) => owners.has(at)) ?? '.'),
    vendorOf: byFolder((folder) => climb(folder, (at) => vendored.has(at)) ?? keeperOf(folder)),
  };
};

const layouts = memoByBoth(layout);

export const layoutOf = (files: Files): Layout => layouts(factsOf(files, 'work'), factsOf(files, 'licence'));

/** `here` and its parts (`here#data`) become the work of the folder that owns the file; other ids stay. */
export const resolveHere = (layout: Layout, path: string, work: WorkId): WorkId =>
  work === here || work.startsWith(`${here}#`) ? `local:${layout.ownerOf(path)}${work.slice(here.length)}` : work;

/** A manifest in a project that was taken in speaks for that project, never for the work above it. */
export const resolveManifest = (layout: Layout, path: string, work: WorkId): WorkId => {
  const owner = layout.ownerOf(path);
  const taken = layout.vendorOf(path);
  if (work !== here || taken === undefined || (owner !== '.' && !taken.startsWith(`${owner}/`))) return resolveHere(layout, path, work);
  return `local:${taken}`;
};
