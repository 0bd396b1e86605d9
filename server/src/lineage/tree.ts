import { memo, memoBy, memoByBoth } from '../knowledge/lookup.ts';
import { compileGlob } from '../text/glob.ts';
import { pathsOf } from './files.ts';
import type { Files } from './files.ts';
import { folderOf } from './local.ts';

/** What was kept out of an audit by the tree itself, or by a name. */
export interface LeftOut {
  readonly path: string;
  readonly reason: string;
}

/** What the host knows of a folder beside the files that it read. */
export interface Surroundings {
  /** Every file was looked at; false for documents that were opened alone, of which nobody knows what lies beside them. */
  readonly whole: boolean;
  /** Paths that are there and were not looked into: links that lead elsewhere, empty folders of submodules, folders left out. */
  readonly unread: readonly string[];
  /** `host/owner/name` of where the folder was cloned from. */
  readonly remotes: readonly string[];
  readonly leftOut?: readonly LeftOut[];
}

/** Where everything lies. */
export interface Tree {
  /** Surely neither a file nor a folder, nor in a place that was not looked into. */
  readonly lacks: (path: string) => boolean;
  /** No file that was looked at has such a path. */
  readonly lacksMatch: (glob: string) => boolean;
  readonly has: (path: string) => boolean;
  /** Paths of the files right in a folder, sorted. */
  readonly filesIn: (folder: string) => readonly string[];
  /** A path that differs in capitals alone. */
  readonly spelled: (path: string) => string | undefined;
}

/** Where nothing is said, the files that were read are all there is. */
export const nothingBeside: Surroundings = { whole: true, unread: [], remotes: [] };

/** Folders that hold files, with the paths of these in order. Made once for a set of paths, for all who ask of folders: there are fewer of them. */
export const filesByFolder = memoBy((paths: readonly string[]): ReadonlyMap<string, readonly string[]> => {
  const folders = new Map<string, string[]>();
  let folder = '';
  let own: string[] | undefined;
  for (const path of paths) {
    // Of paths in order most lie where the one before does.
    const slash = path.lastIndexOf('/');
    const isBeside = own !== undefined && (slash < 0 ? folder === '.' : slash === folder.length && path.startsWith(folder));
    if (!isBeside) {
      folder = folderOf(path);
      own = folders.get(folder);
      if (!own) folders.set(folder, (own = []));
    }
    own?.push(path);
  }
  return folders;
});

/** A set of all paths takes longer to be made than is asked of it. */
const isAmong = (ordered: readonly string[], path: string): boolean => {
  let from = 0;
  let to = ordered.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((ordered[middle] ?? '') < path) from = middle + 1;
    else to = middle;
  }
  return ordered[from] === path;
};

const build = (paths: readonly string[], { whole, unread }: Surroundings): Tree => {
  const folders = new Map<string, readonly string[]>([['.', []], ...filesByFolder(paths)]);
  for (const folder of filesByFolder(paths).keys())
    for (let at = folder; at !== '.'; at = folderOf(at)) {
      const above = folderOf(at);
      if (folders.has(above)) break;
      folders.set(above, []);
    }
  const lower = memo(() => new Map(paths.map((path) => [path.toLowerCase(), path])));
  const closed = new Set(unread);
  const isClosed = (path: string): boolean => {
    if (closed.has('.')) return true;
    for (let at = path; at !== '.'; at = folderOf(at)) if (closed.has(at)) return true;
    return false;
  };
  const has = (path: string): boolean => folders.has(path) || isAmong(folders.get(folderOf(path)) ?? [], path);
  return {
    has,
    lacks: (path) => whole && !has(path) && !isClosed(path),
    lacksMatch: (glob) => {
      const matches = compileGlob(glob);
      const [before = ''] = /^(?:[^*?[\]/]*\/)*/.exec(glob) ?? [];
      return whole && matches !== undefined && !isClosed(before.replace(/\/$/, '') || '.') && ![...paths, ...closed].some(matches);
    },
    filesIn: (folder) => (folders.get(folder) ?? []).toSorted(),
    spelled: (path) => lower().get(path.toLowerCase()),
  };
};

const trees = memoByBoth(build);

/** Made once for a set of paths: rules and reports ask for it many times, and it stands while no file comes or goes. */
export const treeOf = (artefacts: Files, surroundings: Surroundings): Tree => trees(pathsOf(artefacts), surroundings);
