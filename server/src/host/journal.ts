import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { digest } from '../text/digest.ts';
import { limits } from '../text/limits.ts';

/** Read from the disk, or from what an editor holds: the one may be harmless while the other is not. */
export type Source = 'disk' | 'editor';

interface Blamed {
  readonly path: string;
  readonly source: Source;
  /** Of the content in whose midst a process ended; null until it is seen again. */
  readonly digest: string | null;
}

/** Reads a file's content; undefined where that very content ended an earlier process. */
export type Guard = <T>(path: string, source: Source, content: Uint8Array, read: () => T) => T | undefined;

/**
 * Notes on disk which file is being read. A process that a file ends can tell nobody: the one that the same editor starts in its place reads
 * the note, skips that content and says so.
 */
export interface Journal {
  /** Where the note is, for who watches from outside; undefined where none can be kept. */
  readonly file: string | undefined;
  /** Absolute paths in whose midst a process ended since the last journal of this editor. */
  readonly found: readonly string[];
  /** Absolute paths that are skipped now. */
  readonly skipped: () => readonly string[];
  readonly guard: Guard;
  /** The process ends as it should: nobody is to blame. */
  readonly close: () => void;
}

/** What a journal says: the first line tells what is skipped, the second what is being read, if anything. */
interface Noted {
  readonly blamed: readonly Blamed[];
  readonly reading: { readonly path: string; readonly source: Source } | null;
}

const isBlamed = (value: unknown): value is Blamed => {
  const { path, source, digest: seen } = (value ?? {}) as Partial<Record<string, unknown>>;
  return typeof path === 'string' && (source === 'disk' || source === 'editor') && (seen === null || typeof seen === 'string');
};

/** Never throws: a journal that was cut short blames nobody. */
export const readJournal = (text: string): Noted => {
  const [head = '', now = ''] = text.split('\n');
  const parsed = (line: string): unknown => {
    try {
      return JSON.parse(line);
    } catch {
      return undefined;
    }
  };
  const blamed = parsed(head);
  const reading = parsed(now);
  return {
    blamed: Array.isArray(blamed) ? blamed.filter(isBlamed) : [],
    reading: isBlamed({ ...(reading as object | undefined), digest: null }) ? (reading as Noted['reading']) : null,
  };
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

/** What processes of this editor left that ended without a word; what others left long ago goes away. */
const inherited = (folder: string, editor: number): readonly Noted[] =>
  readdirSync(folder).flatMap((name) => {
    const [, owner, pid] = /^(\d+)-(\d+)\.journal$/.exec(name) ?? [];
    const file = join(folder, name);
    try {
      if (pid === undefined || isAlive(Number(pid))) return [];
      const ours = Number(owner) === editor && statSync(file).size <= limits.journalBytes;
      const old = Date.now() - statSync(file).mtimeMs > limits.journalHolds;
      const noted = ours && !old ? [readJournal(readFileSync(file, 'utf8'))] : [];
      if (ours || old) rmSync(file);
      return noted;
    } catch {
      // Another process was faster.
      return [];
    }
  });

const none: Journal = { file: undefined, found: [], skipped: () => [], guard: (_path, _source, _content, read) => read(), close: () => undefined };

/** `editor` is the process that started this one, and would start the next. */
export const openJournal = (folder: string, editor: number): Journal => {
  let handle = -1;
  let left: readonly Noted[];
  const file = join(folder, `${editor}-${process.pid}.journal`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    left = inherited(folder, editor);
    handle = openSync(file, 'w', 0o600);
  } catch {
    return none;
  }
  const found = left.flatMap(({ reading }) => (reading ? [reading] : []));
  const isOf = (path: string, source: Source) => (entry: Blamed) => entry.path === path && entry.source === source;
  let blamed: readonly Blamed[] = [
    // A file that ended a process though it was skipped before has changed since: it is blamed anew.
    ...left.flatMap((noted) => noted.blamed).filter((entry) => !found.some(({ path, source }) => isOf(path, source)(entry))),
    ...found.map((entry): Blamed => ({ ...entry, digest: null })),
  ].slice(-limits.journalEntries);
  let at = 0;
  const save = (): void => {
    const head = `${JSON.stringify(blamed)}\n`;
    ftruncateSync(handle, 0);
    writeSync(handle, head, 0);
    at = Buffer.byteLength(head);
  };
  /** A disk that is full or gone must not keep anything from being read. */
  const tried = (write: () => void): void => {
    try {
      if (handle >= 0) write();
    } catch {
      return;
    }
  };
  tried(save);
  return {
    file,
    found: [...new Set(found.map(({ path }) => path))],
    skipped: () => [...new Set(blamed.map(({ path }) => path))],
    guard: (path, source, content, read) => {
      const entry = blamed.find(isOf(path, source));
      if (entry) {
        const seen = digest(content);
        if (entry.digest === seen) return undefined;
        blamed = blamed.filter((other) => other !== entry);
        if (entry.digest === null) blamed = [...blamed, { ...entry, digest: seen }];
        tried(save);
        if (entry.digest === null) return undefined;
      }
      tried(() => void writeSync(handle, `${JSON.stringify({ path, source })}\n`, at));
      try {
        return read();
      } finally {
        tried(() => void writeSync(handle, '\n', at));
      }
    },
    close: () =>
      tried(() => {
        const open = handle;
        // Its number may soon be that of another file.
        handle = -1;
        closeSync(open);
        rmSync(file, { force: true });
      }),
  };
};
