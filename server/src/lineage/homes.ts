import type { Artefact } from '../artefacts/artefact.ts';
import type { HomeFact } from '../artefacts/types.ts';
import { factsOf } from './files.ts';
import { folderOf } from './local.ts';
import type { Surroundings } from './tree.ts';

/** Where this repository is published, as far as it says so itself. */
export interface Homes {
  /** Beyond doubt: a file at an address of it is a file of this tree. */
  readonly isOurs: (repository: string) => boolean;
  /** It is a home of what lies at that path, or has the name of one: a fork, or what it was before it moved. */
  readonly hasName: (repository: string, path: string) => boolean;
  /** It belongs to whom a home belongs to. */
  readonly hasOwner: (repository: string, path: string) => boolean;
  /** One of both: not enough to rely on, but enough not to call it somebody else's. */
  readonly mayBeOurs: (repository: string, path: string) => boolean;
  /** Only a manifest at the root names it, and the page that one reads first names another home: it was taken over with the code. */
  readonly isTakenOver: (repository: string) => boolean;
  /** Something says where what lies at that path is published. */
  readonly isKnown: (path: string) => boolean;
}

const ownerOf = (repository: string): string => repository.slice(0, repository.lastIndexOf('/'));
const nameOf = (repository: string): string => repository.slice(repository.lastIndexOf('/') + 1).replace(/[^\p{L}\p{N}]/gu, '');

interface Said {
  readonly folder: string;
  readonly repository: string;
  readonly via: HomeFact['via'];
}

/** Folders of a path and those above it, the root included. */
const covers = (folder: string, path: string): boolean => folder === '.' || path.startsWith(`${folder}/`);

const made = new WeakMap<ReadonlyMap<string, Artefact>, Homes>();

const build = (artefacts: ReadonlyMap<string, Artefact>, { remotes }: Surroundings): Homes => {
  const said: Said[] = [];
  for (const { path, fact } of factsOf(artefacts, 'home')) said.push({ folder: folderOf(path), repository: fact.repository, via: fact.via });
  const atRoot = new Map<string, Set<string>>();
  for (const { folder, repository, via } of said) if (folder === '.') atRoot.set(repository, (atRoot.get(repository) ?? new Set()).add(via));
  // A manifest may be a copy of that of the project this was made from, so it has to agree with something or stand alone.
  const manifests = [...atRoot].filter(([, vias]) => vias.has('manifest')).map(([repository]) => repository);
  const sure = new Set([
    ...remotes,
    ...[...atRoot].filter(([, vias]) => vias.size > 1).map(([repository]) => repository),
    ...(manifests.length === 1 && atRoot.size === 1 ? manifests : []),
  ]);
  const hasName = (repository: string, path: string): boolean =>
    remotes.some((home) => nameOf(home) === nameOf(repository)) ||
    said.some((home) => covers(home.folder, path) && nameOf(home.repository) === nameOf(repository));
  // What people are told to clone may be a dependency.
  const hasOwner = (repository: string, path: string): boolean =>
    remotes.some((home) => ownerOf(home) === ownerOf(repository)) ||
    said.some((home) => home.via !== 'clone' && covers(home.folder, path) && ownerOf(home.repository) === ownerOf(repository));
  const shown = [...atRoot].filter(([, vias]) => vias.has('badge') || vias.has('title')).map(([repository]) => repository);
  return {
    isOurs: (repository) => sure.has(repository),
    isTakenOver: (repository) =>
      remotes.length === 0 &&
      atRoot.get(repository)?.size === 1 &&
      manifests.includes(repository) &&
      shown.length > 0 &&
      shown.every((home) => ownerOf(home) !== ownerOf(repository) && nameOf(home) !== nameOf(repository)),
    hasName,
    hasOwner,
    mayBeOurs: (repository, path) => hasName(repository, path) || hasOwner(repository, path),
    isKnown: (path) => remotes.length > 0 || said.some((home) => home.via !== 'clone' && covers(home.folder, path)),
  };
};

/** Made once for a set of files. */
export const homesOf = (artefacts: ReadonlyMap<string, Artefact>, surroundings: Surroundings): Homes => {
  const known = made.get(artefacts);
  if (known) return known;
  const homes = build(artefacts, surroundings);
  made.set(artefacts, homes);
  return homes;
};
