import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Artefact } from '../artefacts/artefact.ts';
import { readersVersion } from '../artefacts/index.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { digest } from '../text/digest.ts';
import { limits } from '../text/limits.ts';

/** A file as it was read, and by what it is known to be unchanged: size and time of its last change. */
export interface Entry {
  readonly stamp: string;
  readonly artefact: Artefact;
}

/** What the files of trees said when they were read last, so that an audit reads those that changed. Safe to delete. */
export interface Store {
  readonly load: (root: string) => ReadonlyMap<string, Entry>;
  /** `modified`: milliseconds of the last change of a path. Nothing happens where it cannot be written: the next audit reads all again. */
  readonly save: (root: string, entries: ReadonlyMap<string, Entry>, modified: (path: string) => number) => void;
}

type Said = Pick<Artefact, 'facts' | 'factsDigest' | 'places' | 'problems'>;

/** Columns and not rows, since most files say nothing: what does stands by its number in `said`. */
interface Kept {
  readonly key: string;
  readonly root: string;
  readonly paths: readonly string[];
  readonly stamps: readonly string[];
  readonly hashes: readonly string[];
  readonly sizes: Float64Array;
  readonly reads: Uint8Array;
  readonly silent: string;
  readonly said: ReadonlyMap<number, Said>;
}

/** A file that changed so shortly before may have changed again within the same tick of its clock. */
const settled = 2_000;

/** Another build may read the same bytes otherwise. */
const programStamp = (): string => {
  try {
    const { size, mtimeMs } = statSync(__filename);
    return `${size} ${mtimeMs}`;
  } catch {
    return '';
  }
};

const rootOf = (root: string): string => {
  try {
    return realpathSync(root);
  } catch {
    return root;
  }
};

const read = (file: string, key: string, root: string): ReadonlyMap<string, Entry> => {
  const entries = new Map<string, Entry>();
  try {
    if (statSync(file).size > limits.storeBytes) return entries;
    const kept = deserialize(readFileSync(file)) as Partial<Kept>;
    if (kept.key !== key || kept.root !== root || !kept.paths || !kept.stamps || !kept.hashes || !kept.sizes || !kept.reads || !kept.said) return entries;
    const silent: Said = { facts: [], factsDigest: kept.silent ?? '', places: new Map(), problems: [] };
    for (const [number, path] of kept.paths.entries()) {
      const said = kept.said.get(number) ?? silent;
      const artefact = { path, hash: kept.hashes[number] ?? '', size: kept.sizes[number] ?? 0, ...said, read: kept.reads[number] === 1 };
      entries.set(path, { stamp: kept.stamps[number] ?? '', artefact });
    }
  } catch {
    // None yet, cut short, or of another version of Node.
    entries.clear();
  }
  return entries;
};

const leave = (temporary: string): void => {
  try {
    rmSync(temporary, { force: true });
  } catch {
    // It was never there.
  }
};

const isSilent = ({ facts, places, problems }: Artefact): boolean => facts.length === 0 && places.size === 0 && problems.length === 0;

const keptOf = (key: string, root: string, entries: readonly Entry[]): Kept => {
  const said = new Map<number, Said>();
  let silent = '';
  for (const [number, { artefact }] of entries.entries()) {
    const { facts, factsDigest, places, problems } = artefact;
    if (isSilent(artefact)) silent = factsDigest;
    else said.set(number, { facts, factsDigest, places, problems });
  }
  return {
    key,
    root,
    paths: entries.map(({ artefact }) => artefact.path),
    stamps: entries.map(({ stamp }) => stamp),
    hashes: entries.map(({ artefact }) => artefact.hash),
    sizes: Float64Array.from(entries, ({ artefact }) => artefact.size),
    reads: Uint8Array.from(entries, ({ artefact }) => (artefact.read ? 1 : 0)),
    silent,
    said,
  };
};

/** Keeps one file for each tree in a folder, which no scanned tree has a say in. */
export const openStore = (folder: string, version: string, knowledge: Knowledge): Store => {
  const key = [version, programStamp(), knowledge.version, digest(readersVersion), process.versions.v8].join(' ');
  const fileOf = (root: string): string => join(folder, `${digest(root)}.facts`);
  return {
    load: (path) => {
      const root = rootOf(path);
      return read(fileOf(root), key, root);
    },
    save: (path, entries, modified) => {
      const root = rootOf(path);
      const before = Date.now() - settled;
      const lasting = [...entries.values()].filter(({ artefact }) => modified(artefact.path) < before);
      const temporary = `${fileOf(root)}.${process.pid}`;
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const bytes = serialize(keptOf(key, root, lasting));
        if (bytes.length > limits.storeBytes) return;
        writeFileSync(temporary, bytes, { mode: 0o600 });
        renameSync(temporary, fileOf(root));
      } catch {
        leave(temporary);
      }
    },
  };
};
