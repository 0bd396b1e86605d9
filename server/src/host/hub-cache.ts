import { lstatSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { licenceFileReader } from '../artefacts/licence-file.ts';
import { decode } from '../text/decode.ts';
import { limits } from '../text/limits.ts';
import { readSmallFile } from './disk.ts';
import { noFiles } from './hub-card.ts';
import type { HubFiles } from './hub-card.ts';

/** As the hub's own library finds it: `~` and `$NAME` in a path mean what a shell makes of them. */
const expanded = (path: string, environment: NodeJS.ProcessEnv): string =>
  resolve(
    path
      .replace(/^~(?=$|[/\\])/, () => environment['HOME'] ?? homedir())
      .replace(/\$(\w+)|\$\{(\w+)\}/g, (whole, plain?: string, braced?: string) => environment[plain ?? braced ?? ''] ?? whole),
  );

/** Where the hub's library keeps what it downloads. */
export const hubCacheFolder = (environment: NodeJS.ProcessEnv = process.env): string => {
  const set = environment['HF_HUB_CACHE'] || environment['HUGGINGFACE_HUB_CACHE'];
  if (set) return expanded(set, environment);
  const home = environment['HF_HOME'] || join(environment['XDG_CACHE_HOME'] || '~/.cache', 'huggingface');
  return join(expanded(home, environment), 'hub');
};

export interface CachedWork {
  /** Null where it is not known which of the commits that lie here is used. */
  readonly commit: string | null;
  /** The commit whose files were read. */
  readonly read: string | null;
  /** ISO day on which that commit lay here already. */
  readonly before: string | null;
  readonly files: HubFiles;
  readonly problems: readonly string[];
}

export interface HubCache {
  /** A work under one of its ids; undefined where none of them lies here. */
  readonly find: (type: 'model' | 'dataset', ids: readonly string[], revision: string | null) => CachedWork | undefined;
}

/** Caches of this layout are no older; a date before it was set by an archive or an image. */
const firstDay = '2022-06-01';
const commitLike = /^[0-9a-f]{40}$/;
const listed = (folder: string, most: number): readonly string[] => {
  try {
    return readdirSync(folder).slice(0, most).toSorted();
  } catch {
    return [];
  }
};

/** The commit that a branch or tag stood for when it was downloaded. */
const refOf = (root: string, work: string, name: string): string | undefined => {
  const parts = name.split('/');
  if (parts.length > 8 || !parts.every((part) => /^[\w.-]{1,200}$/.test(part) && !/^\.+$/.test(part))) return undefined;
  const found = readSmallFile(join(work, 'refs', ...parts), 200, root);
  const commit = 'bytes' in found ? found.bytes.toString('utf8').trim() : '';
  return commitLike.test(commit) ? commit : undefined;
};

interface Chosen {
  readonly commit: string | null;
  readonly read: string | null;
}

/** Which snapshot is meant. Where only one lies here and nothing says that it is the branch, its card is read and no commit is told. */
const choose = (root: string, work: string, revision: string | null): Chosen => {
  const snapshots = listed(join(work, 'snapshots'), limits.snapshotFiles).filter((name) => commitLike.test(name));
  const has = (commit: string | undefined): Chosen | undefined =>
    commit === undefined ? undefined : { commit, read: snapshots.includes(commit) ? commit : null };
  if (revision !== null && /^[0-9a-f]{7,40}$/.test(revision)) {
    const found = snapshots.filter((name) => name.startsWith(revision));
    return (found.length === 1 ? has(found[0]) : has(refOf(root, work, revision))) ?? { commit: null, read: null };
  }
  const [only, more] = snapshots;
  return (
    has(refOf(root, work, revision ?? 'main')) ??
    (revision === null && only !== undefined && more === undefined ? { commit: null, read: only } : { commit: null, read: null })
  );
};

/** The day of the oldest entry: links and files are made when they are downloaded, and a copy is younger still. */
const dayOf = (snapshot: string, names: readonly string[]): string | null => {
  const times = names.flatMap((name) => lstatSync(join(snapshot, name), { throwIfNoEntry: false })?.mtimeMs ?? []);
  if (times.length === 0) return null;
  const day = new Date(Math.min(...times)).toISOString().slice(0, 10);
  return day < firstDay ? null : day;
};

const readSnapshot = (root: string, snapshot: string): Pick<CachedWork, 'files' | 'before' | 'problems'> => {
  const all = listed(snapshot, limits.snapshotFiles + 1);
  const names = all.slice(0, limits.snapshotFiles);
  const problems = all.length > names.length ? [`more than ${limits.snapshotFiles} files`] : [];
  const text = (name: string): string | null => {
    if (!names.includes(name)) return null;
    const found = readSmallFile(join(snapshot, name), limits.snapshotFileBytes, root);
    if ('bytes' in found) return decode(found.bytes)?.text ?? null;
    problems.push(`${name} ${found.failed}`);
    return null;
  };
  const terms = names.filter((name) => licenceFileReader.matches(name, name.toLowerCase()));
  const licences = terms.slice(0, limits.snapshotLicences).flatMap((name) => {
    const content = text(name);
    return content === null ? [] : [{ name, text: content }];
  });
  if (terms.length > limits.snapshotLicences) problems.push(`more than ${limits.snapshotLicences} files of licences`);
  const files: HubFiles = { card: text('README.md'), config: text('config.json'), adapter: text('adapter_config.json'), licences };
  return { files, before: dayOf(snapshot, names.slice(0, 100)), problems };
};

const folderName = (type: 'model' | 'dataset', id: string): string => `${type}s--${id.replaceAll('/', '--')}`.toLowerCase();

/** The local cache of the hub's library, read and never written. Nothing outside its folder is read, whatever its links say. */
export const openHubCache = (folder: string): HubCache => {
  let root: string | undefined;
  try {
    root = realpathSync(folder);
  } catch {
    root = undefined;
  }
  // Ids that differ in capitals alone are one work of the hub.
  const folders = new Map(root === undefined ? [] : listed(root, limits.cacheFolders).map((name) => [name.toLowerCase(), name]));
  return {
    find: (type, ids, revision) => {
      if (root === undefined) return undefined;
      let known: CachedWork | undefined;
      for (const id of ids) {
        const name = folders.get(folderName(type, id));
        if (name === undefined) continue;
        const work = join(root, name);
        const { commit, read } = choose(root, work, revision);
        if (read !== null) return { commit, read, ...readSnapshot(root, join(work, 'snapshots', read)) };
        if (commit !== null) known ??= { commit, read, before: null, files: noFiles, problems: [] };
      }
      return known;
    },
  };
};
