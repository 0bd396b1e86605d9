import { lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import { join, sep } from 'node:path';
import ignore from 'ignore';
import type { Ignore } from 'ignore';
import type { LeftOut } from '../lineage/tree.ts';
import { limits } from '../text/limits.ts';
import { readSmallFile } from './disk.ts';
import { fewFiles, foldersAbove, inFolders } from './near.ts';
import { trackedPaths } from './tracked.ts';

export interface WalkedFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly size: number;
  readonly modified: number;
}

export interface Walk {
  readonly files: readonly WalkedFile[];
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
  /** Paths that are there and were not looked into: links that are not followed, empty folders, folders left out. */
  readonly unread: readonly string[];
  /** What the tree itself or its names kept out, so that whoever audits the tree of others sees it. */
  readonly leftOut: readonly LeftOut[];
}

/** Who waits for some folders of a tree that takes long to walk. */
export interface Ahead {
  /** The folders of these paths, and those above them, are looked into next. Asked as long as it names none, once the tree is known to be large. */
  readonly near: () => readonly string[];
  /** What lies in these folders, and what of the tree is known not to be looked into; the walk goes on when it is answered. */
  readonly found: (files: readonly WalkedFile[], unread: readonly string[]) => Promise<void>;
}

/** Never anybody's own words: tools write these, and they hold whole foreign projects. */
const pruned = new Set([
  '.git',
  '.hg',
  '.svn',
  'node_modules',
  '.venv',
  'venv',
  'virtualenv',
  'site-packages',
  '__pycache__',
  '.tox',
  '.nox',
  '.eggs',
  '.mypy_cache',
  '.pytest_cache',
  '.ruff_cache',
  '.ipynb_checkpoints',
  '.cache',
  '.gradle',
  '.idea',
  '.vscode-test',
  'bower_components',
]);

/** Weights are read though git may ignore them: they are what a model repository is about. */
const isWeights = (name: string): boolean => /\.(?:gguf|safetensors|onnx|nemo|keras|tflite|mlmodel)$/i.test(name);

/** Larger ones are not written by people; what they would leave out is then looked at. */
const ignoreBytes = 100_000;

/** Rows for folders that are left out by their names; there are rarely more. */
const leftOutRows = 50;

/** Files between two looks at the clock: they take a fraction of a millisecond. */
const filesPerLook = 16;

const countOf = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

const gitIgnores = (root: string, file: string): { readonly rules?: Ignore; readonly failed?: string } => {
  const found = readSmallFile(file, ignoreBytes, root);
  return 'bytes' in found ? { rules: ignore({ ignorecase: false }).add(found.bytes.toString('utf8')) } : { failed: found.failed };
};

/** What a clone leaves out for itself alone, beside the ignore files that are shared. */
const ownExcludes = (root: string): Level['ignores'] => {
  const { rules } = gitIgnores(root, join(root, '.git', 'info', 'exclude'));
  return rules ? [{ at: '', by: '.git/info/exclude', rules }] : [];
};

interface Level {
  /** Relative folder, empty for the root. */
  readonly folder: string;
  readonly ignores: readonly { readonly at: string; readonly by: string; readonly rules: Ignore }[];
  readonly depth: number;
}

/** The ignore file that leaves a path out, if one does. */
const ignoredBy = (level: Level, path: string, isFolder: boolean): string | undefined => {
  let answer: string | undefined;
  for (const { at, by, rules } of level.ignores) {
    const relative = at === '' ? path : path.slice(at.length + 1);
    const result = rules.test(isFolder ? `${relative}/` : relative);
    if (result.ignored) answer = by;
    else if (result.unignored) answer = undefined;
  }
  return answer;
};

/** A link counts as the file it points to while that lies inside the root; folders are never followed. */
const isFileInside = (root: string, full: string): boolean => {
  try {
    const real = realpathSync(full);
    return real.startsWith(root + sep);
  } catch {
    return false;
  }
};

/** Lets others have a turn. */
export const breathe = (): Promise<void> => new Promise((done) => setImmediate(done));

const statOf = (full: string): Stats | undefined => {
  try {
    return statSync(full, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
};

/**
 * The files that an audit looks at: what git would track, plus weights; where there is no work tree, all that is there.
 * Unreadable folders and limits are lines in `skipped`. Who waits for some folders is told of these before the rest is walked.
 */
export const walkTree = async (rootPath: string, isCancelled: () => boolean = () => false, ahead?: Ahead): Promise<Walk> => {
  const root = realpathSync(rootPath);
  const { isWorkTree, paths: tracked } = trackedPaths(root);
  const trackedFolders = new Set<string>();
  for (const path of tracked)
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) trackedFolders.add(path.slice(0, slash));
  const files: WalkedFile[] = [];
  const skipped: { path: string; reason: string }[] = [];
  const unread: string[] = [];
  const named: LeftOut[] = [];
  const ignored = new Map<string, { files: number; folders: number }>();
  let seen = 0;
  let breathed = performance.now();
  const pause = async (): Promise<void> => {
    await breathe();
    breathed = performance.now();
  };
  const queue: Level[] = [{ folder: '', ignores: isWorkTree ? ownExcludes(root) : [], depth: 0 }];
  let waiting = ahead;
  let wanted: ReadonlySet<string> | undefined;
  const next = async (): Promise<Level | undefined> => {
    if (waiting && !wanted && files.length > fewFiles) {
      const paths = waiting.near();
      if (paths.length > 0) wanted = foldersAbove(paths);
    }
    if (!waiting || !wanted) return queue.shift();
    const at = queue.findIndex(({ folder }) => wanted?.has(folder));
    if (at >= 0) return queue.splice(at, 1)[0];
    const { found } = waiting;
    waiting = undefined;
    await found(inFolders(files, wanted), [...unread]);
    return queue.shift();
  };
  for (let level = await next(); level && !isCancelled(); level = await next()) {
    const current = level;
    const absolute = join(root, current.folder);
    if (performance.now() - breathed > limits.yieldEvery) await pause();
    let entries: Dirent[];
    try {
      entries = readdirSync(absolute, { withFileTypes: true });
    } catch (error) {
      skipped.push({ path: current.folder || '.', reason: `not readable: ${(error as NodeJS.ErrnoException).code ?? 'error'}` });
      unread.push(current.folder || '.');
      continue;
    }
    // Git keeps no empty folders: such a one stands for a repository that was not fetched.
    if (entries.length === 0 && current.folder !== '') unread.push(current.folder);
    const own = isWorkTree && entries.some((entry) => entry.name === '.gitignore') ? gitIgnores(root, join(absolute, '.gitignore')) : {};
    const ignoreFile = current.folder === '' ? '.gitignore' : `${current.folder}/.gitignore`;
    const here: Level = own.rules ? { ...current, ignores: [...current.ignores, { at: current.folder, by: ignoreFile, rules: own.rules }] } : current;
    if (own.failed) skipped.push({ path: ignoreFile, reason: own.failed });
    const isLeftOut = (path: string, isFolder: boolean): boolean => {
      const by = ignoredBy(here, path, isFolder);
      if (by === undefined) return false;
      const counts = ignored.get(by) ?? { files: 0, folders: 0 };
      if (isFolder) counts.folders += 1;
      else counts.files += 1;
      ignored.set(by, counts);
      return true;
    };
    for (const entry of entries) {
      if (isCancelled()) break;
      const path = current.folder === '' ? entry.name : `${current.folder}/${entry.name}`;
      if (entry.isDirectory()) {
        const isPruned = pruned.has(entry.name) || entry.name.endsWith('.egg-info');
        if (isPruned && entry.name !== '.git' && named.length < leftOutRows) named.push({ path, reason: 'folders of this name are not looked into' });
        if (isPruned || (!trackedFolders.has(path) && isLeftOut(path, true))) {
          unread.push(path);
          continue;
        }
        if (current.depth + 1 > limits.treeDepth) {
          skipped.push({ path, reason: `deeper than ${limits.treeDepth} folders` });
          unread.push(path);
        } else queue.push({ folder: path, ignores: here.ignores, depth: current.depth + 1 });
        continue;
      }
      // What a folder gives is a name: to join it as a path may be takes a tenth of the walk.
      const full = absolute + sep + entry.name;
      if (entry.isSymbolicLink() ? !isFileInside(root, full) : !entry.isFile()) {
        unread.push(path);
        continue;
      }
      if (here.ignores.length > 0 && !tracked.has(path) && !isWeights(entry.name) && isLeftOut(path, false)) continue;
      // To ask for the time of each file takes as long as a part of the walk.
      if ((seen += 1) % filesPerLook === 0 && performance.now() - breathed > limits.yieldEvery) await pause();
      const info = statOf(full);
      if (info?.isFile()) files.push({ path, size: info.size, modified: info.mtimeMs });
    }
    if (files.length > limits.files) {
      skipped.push({ path: '.', reason: `more than ${limits.files} files` });
      unread.push('.');
      break;
    }
  }
  const byIgnoring = [...ignored].map(([path, counts]): LeftOut => ({
    path,
    reason: `leaves out ${countOf(counts.files, 'file')} and ${countOf(counts.folders, 'folder')}`,
  }));
  return {
    files: files.slice(0, limits.files).toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    skipped,
    unread: unread.toSorted(),
    leftOut: [...named, ...byIgnoring].toSorted((a, b) => (a.path < b.path ? -1 : 1)),
  };
};

/** No folder on the way is a link, and the file itself leads nowhere outside: what the walk would follow. A file that is still to be written counts. */
const leadsInside = (root: string, path: string): boolean => {
  const parts = path.split('/');
  for (let depth = 1; depth <= parts.length; depth += 1) {
    const full = join(root, ...parts.slice(0, depth));
    const info = lstatSync(full, { throwIfNoEntry: false });
    if (!info) return true;
    if (depth < parts.length ? !info.isDirectory() : info.isSymbolicLink() ? !isFileInside(root, full) : !info.isFile()) return false;
  }
  return true;
};

const isListed = (root: string, path: string): boolean => {
  const { isWorkTree, paths: tracked } = trackedPaths(root);
  const parts = path.split('/');
  const name = parts.at(-1) ?? '';
  if (parts.length - 1 > limits.treeDepth || parts.slice(0, -1).some((part) => pruned.has(part) || part.endsWith('.egg-info'))) return false;
  if (tracked.has(path)) return true;
  let ignores = isWorkTree ? ownExcludes(root) : [];
  for (let depth = 0; depth < parts.length; depth += 1) {
    const folder = parts.slice(0, depth).join('/');
    const { rules } = isWorkTree ? gitIgnores(root, join(root, folder, '.gitignore')) : {};
    if (rules) ignores = [...ignores, { at: folder, by: folder, rules }];
    const child = parts.slice(0, depth + 1).join('/');
    const isFolder = depth < parts.length - 1;
    if (!isFolder && isWeights(name)) return true;
    if (ignoredBy({ folder, ignores, depth }, child, isFolder) !== undefined && !(isFolder && [...tracked].some((other) => other.startsWith(`${child}/`))))
      return false;
  }
  return true;
};

/** Whether reading the file stays inside the root, now. */
export const isReachable = (rootPath: string, path: string): boolean => {
  try {
    return leadsInside(realpathSync(rootPath), path);
  } catch {
    return false;
  }
};

/** Whether an audit would look at this one file: the same answer as `walkTree` gives, for files that appear between two walks. */
export const isScanned = (rootPath: string, path: string): boolean => {
  try {
    const root = realpathSync(rootPath);
    return leadsInside(root, path) && isListed(root, path);
  } catch {
    // The root itself is gone.
    return false;
  }
};
