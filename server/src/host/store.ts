import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Artefact } from '../artefacts/artefact.ts';
import { readersVersion } from '../artefacts/index.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { compareText } from '../text/compare.ts';
import { digest } from '../text/digest.ts';
import { limits } from '../text/limits.ts';

/** A file as it was read, and by what beside its size it is known to be unchanged: milliseconds of its last change, or none. */
export interface Entry extends Artefact {
  readonly modified: number;
}

/** What the files of trees said when they were read last, so that an audit reads those that changed. Safe to delete. */
export interface Store {
  readonly load: (root: string) => Map<string, Entry>;
  /** `changed`: paths that are there, or gone, since they were loaded. Nothing happens where it cannot be written: the next audit reads all again. */
  readonly save: (root: string, entries: ReadonlyMap<string, Entry>, changed: ReadonlySet<string>) => void;
}

type Said = Pick<Artefact, 'hash' | 'facts' | 'factsDigest' | 'places' | 'problems'>;

/** Columns and not rows, since most files say nothing: what does stands by its number in `said`. */
interface Columns {
  readonly paths: readonly string[];
  readonly modified: Float64Array;
  readonly sizes: Float64Array;
  readonly reads: Uint8Array;
  readonly silent: string;
  readonly said: ReadonlyMap<number, Said>;
}

/** All of a tree. */
interface Kept extends Columns {
  readonly key: string;
  readonly root: string;
  readonly id: string;
}

/** What changed since all was written, so that the change of one file does not cost as much as there are. */
interface Changes extends Columns {
  /** Beside which `id` this counts. */
  readonly since: string;
  readonly gone: readonly string[];
  /** Files that are there, and that are read again. */
  readonly stale: readonly string[];
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

/** Undefined where it is larger than anything that is written here. Throws where there is none, or where it was cut short. */
const contentOf = <T extends object>(file: string): Partial<T> | undefined =>
  statSync(file).size > limits.storeBytes ? undefined : (deserialize(readFileSync(file)) as Partial<T>);

/** False where columns are lacking: nothing is known of any file then. */
const addTo = (entries: Map<string, Entry>, { paths, modified, sizes, reads, silent = '', said }: Partial<Columns>): boolean => {
  if (!paths || !modified || !sizes || !reads || !said) return false;
  if (paths.length !== modified.length || paths.length !== sizes.length || paths.length !== reads.length) return false;
  const nothing: Said = { hash: '', facts: [], factsDigest: silent, places: new Map(), problems: [] };
  for (let number = 0; number < paths.length; number += 1) {
    const path = paths[number] ?? '';
    const { hash, facts, factsDigest, places, problems } = said.get(number) ?? nothing;
    const [size = 0, read, time = NaN] = [sizes[number], reads[number] === 1, modified[number]];
    entries.set(path, { path, hash, size, facts, factsDigest, places, problems, read, modified: time });
  }
  return true;
};

/** What was written of a tree: all of it, and what changed since. */
interface Written {
  readonly id: string;
  readonly files: number;
  readonly since: Iterable<string>;
}

/** Changes that cannot be read are none: what was known of a file before them is told from the file as it is by size and time. */
const addChanges = (entries: Map<string, Entry>, file: string, id: string): ReadonlySet<string> => {
  try {
    const changes = contentOf<Changes>(file);
    const { paths = [], gone = [], stale = [] } = changes ?? {};
    if (changes?.since !== id || !addTo(entries, changes)) return new Set();
    for (const path of gone) entries.delete(path);
    // They keep their place in the order of all.
    for (const path of stale) {
      const entry = entries.get(path);
      if (entry) entries.set(path, { ...entry, modified: NaN });
    }
    return new Set([...paths, ...gone, ...stale]);
  } catch {
    return new Set();
  }
};

const leave = (temporary: string): void => {
  try {
    rmSync(temporary, { force: true });
  } catch {
    // It was never there.
  }
};

const isSilent = ({ facts, places, problems }: Artefact): boolean => facts.length === 0 && places.size === 0 && problems.length === 0;

const columnsOf = (entries: readonly Entry[]): Columns => {
  const said = new Map<number, Said>();
  let silent = '';
  for (const [number, entry] of entries.entries()) {
    const { hash, facts, factsDigest, places, problems } = entry;
    if (isSilent(entry)) silent = factsDigest;
    else said.set(number, { hash, facts, factsDigest, places, problems });
  }
  return {
    paths: entries.map(({ path }) => path),
    modified: Float64Array.from(entries, ({ modified }) => modified),
    sizes: Float64Array.from(entries, ({ size }) => size),
    reads: Uint8Array.from(entries, ({ read }) => (read ? 1 : 0)),
    silent,
    said,
  };
};

/** Whether it was written: never cut short, whoever reads it meanwhile. */
const write = (file: string, content: Kept | Changes): boolean => {
  const temporary = `${file}.${process.pid}`;
  try {
    const bytes = serialize(content);
    if (bytes.length > limits.storeBytes) return false;
    writeFileSync(temporary, bytes, { mode: 0o600 });
    renameSync(temporary, file);
    return true;
  } catch {
    leave(temporary);
    return false;
  }
};

/** Changes of more files than one in so many are written together with all others. */
const changesShare = 10;

/** Keeps a file or two for each tree in a folder, which no scanned tree has a say in. */
export const openStore = (folder: string, version: string, knowledge: Knowledge): Store => {
  const key = [version, programStamp(), knowledge.version, digest(readersVersion), process.versions.v8].join(' ');
  const written = new Map<string, Written>();
  const filesOf = (root: string): { readonly all: string; readonly changes: string } => {
    const name = join(folder, digest(root));
    return { all: `${name}.facts`, changes: `${name}.since` };
  };
  return {
    load: (path) => {
      const root = rootOf(path);
      const { all, changes } = filesOf(root);
      const entries = new Map<string, Entry>();
      try {
        const kept = contentOf<Kept>(all);
        if (kept?.key !== key || kept.root !== root || kept.id === undefined || !addTo(entries, kept)) return entries;
        const files = entries.size;
        written.set(root, { id: kept.id, files, since: addChanges(entries, changes, kept.id) });
      } catch {
        // None yet, cut short, or of another version of Node.
        entries.clear();
      }
      return entries;
    },
    save: (path, entries, changed) => {
      const root = rootOf(path);
      const { all, changes } = filesOf(root);
      const before = Date.now() - settled;
      const isLasting = ({ modified }: Entry): boolean => modified < before;
      const known = written.get(root);
      const since = new Set([...(known?.since ?? []), ...changed]);
      if (known && since.size * changesShare <= known.files) {
        const there = [...since].flatMap((each) => entries.get(each) ?? []);
        const gone = [...since].filter((each) => !entries.has(each));
        const stale = there.filter((entry) => !isLasting(entry)).map((entry) => entry.path);
        if (write(changes, { since: known.id, gone, stale, ...columnsOf(there.filter(isLasting)) })) written.set(root, { ...known, since });
        return;
      }
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
      } catch {
        return;
      }
      const id = randomUUID();
      const lasting = [...entries.values()].filter(isLasting).toSorted((a, b) => compareText(a.path, b.path));
      if (!write(all, { key, root, id, ...columnsOf(lasting) })) return;
      written.set(root, { id, files: lasting.length, since: [] });
      leave(changes);
    },
  };
};
