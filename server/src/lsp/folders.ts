import { basename, dirname } from 'node:path';
import type { Analysis } from '../analysis/types.ts';
import { today } from '../host/today.ts';
import type { Guard } from '../host/journal.ts';
import type { Asked } from '../host/resolve.ts';
import { createWorkspace } from '../host/workspace.ts';
import type { ScanOptions, Workspace } from '../host/workspace.ts';
import type { Knowledge } from '../knowledge/types.ts';
import type { CellAt } from './notebooks.ts';
import { fileOf, pathInside } from './uris.ts';

/** File events after which a scan is cheaper than looking at each: a checkout, an unpacked archive. */
const manyChanges = 200;

/** A workspace folder with its own policy and lineage. A file that lies in none gets a folder of open documents alone. */
export interface Folder {
  readonly uri: string;
  readonly name: string;
  readonly root: string;
  readonly loose: boolean;
  readonly workspace: Workspace;
  /** Settles when the files of the folder have been read once. */
  readonly ready: () => Promise<void>;
  /** Settles when enough of them was read to speak of one: in a large folder, what lies beside it. */
  readonly soon: (path: string) => Promise<void>;
  /** Reads what changed on disk since the last scan; one scan at a time. False when cancelled. */
  readonly scan: (options: ScanOptions) => Promise<boolean>;
}

export interface Located {
  readonly folder: Folder;
  /** Relative, with `/`. */
  readonly path: string;
  /** The cell that the document shows; null for a text. */
  readonly cell: number | null;
  /** What is said of the file as a whole is shown in this document. */
  readonly leads: boolean;
}

export interface Settled extends Located {
  readonly analysis: Analysis;
}

export interface FoldersOptions {
  readonly knowledge: Knowledge;
  readonly version: string;
  /** Which of the local hub cache and the hub may be asked now. */
  readonly asked: () => Asked;
  readonly guard: Guard;
  /** The notebook whose cell a document is. */
  readonly cellAt: (uri: string) => CellAt | undefined;
  /** Findings of other files may differ now. */
  readonly onFactsChanged: () => void;
  readonly onScan: (folder: Folder, state: 'started' | 'finished', error?: unknown) => void;
}

export interface Folders {
  readonly all: () => readonly Folder[];
  readonly set: (uris: readonly { readonly uri: string; readonly name: string }[]) => void;
  readonly locate: (uri: string) => Located | undefined;
  /** The text of an open document; null when it was closed. Read when something asks, so that a burst of key presses costs one reading. */
  readonly textChanged: (uri: string, text: string | null) => void;
  /** Files were written or removed on disk; requests that come after it see the outcome. */
  readonly filesChanged: (uris: readonly string[]) => Promise<void>;
  /** Puts pending texts in. */
  readonly flush: () => void;
  /** Asks the cache and the hub, where they may be asked, for what the files name now; true when findings may differ. */
  readonly resolve: () => Promise<boolean>;
  /**
   * The file's folder with all pending texts read; undefined for what lies on no disk. An early answer comes before all of a large folder was
   * read; `onFactsChanged` is called once it was.
   */
  readonly settled: (uri: string, early?: boolean) => Promise<Settled | undefined>;
  /** Every workspace folder, likewise. */
  readonly allSettled: () => Promise<readonly Folder[]>;
}

const wholeFile = { cell: null, leads: true };

export const createFolders = (options: FoldersOptions): Folders => {
  let folders: readonly Folder[] = [];
  const loose = new Map<string, Folder>();
  const pending = new Map<string, string | null>();
  let events: Promise<void> = Promise.resolve();

  const make = (uri: string, name: string, root: string, isLoose: boolean): Folder => {
    const workspace = createWorkspace({ root, knowledge: options.knowledge, version: options.version, today, asked: options.asked, guard: options.guard });
    let last: Promise<unknown> = Promise.resolve();
    let first: Promise<void> | undefined;
    let scanned = false;
    let spokenEarly = false;
    let nearby: ReadonlySet<string> = new Set();
    let tellNear = (): void => undefined;
    const later = (): Promise<void> => new Promise<void>((done) => (tellNear = done));
    let near = later();
    const nearDocuments = {
      near: () => {
        // Nobody was told anything yet that these could change.
        putTexts();
        return workspace.opened();
      },
      onNear: (paths: ReadonlySet<string>) => {
        nearby = new Set([...nearby, ...paths]);
        tellNear();
        // Documents may be opened while the rest is walked: these are spoken of next.
        near = later();
      },
    };
    const folder: Folder = {
      uri,
      name,
      root,
      loose: isLoose,
      workspace,
      ready: () => (first ??= isLoose ? Promise.resolve() : folder.scan({}).then(() => undefined)),
      soon: async (path) => {
        const ready = folder.ready();
        let isReady = false;
        void ready.then(() => (isReady = true));
        while (!isReady && !nearby.has(path)) await Promise.race([ready, near]);
        if (!scanned && !isLoose && nearby.has(path)) spokenEarly = true;
      },
      scan: (scanOptions) => {
        const next = last.then(async () => {
          options.onScan(folder, 'started');
          try {
            const done = await workspace.scan({ ...nearDocuments, ...scanOptions });
            options.onScan(folder, 'finished');
            // What it read may say other things of the documents that are open.
            if (done && (scanned || spokenEarly)) options.onFactsChanged();
            scanned ||= done;
            return done;
          } catch (error) {
            options.onScan(folder, 'finished', error);
            return false;
          }
        });
        last = next;
        return next;
      },
    };
    return folder;
  };

  /** Folders may lie in one another: the innermost comes first. */
  const holdersOf = (uri: string): readonly Located[] => {
    const file = fileOf(uri);
    if (file === undefined) return [];
    return folders
      .flatMap((folder) => {
        const path = pathInside(folder.root, file);
        return path === undefined ? [] : [{ folder, path, ...wholeFile }];
      })
      .toSorted((x, y) => y.folder.root.length - x.folder.root.length);
  };

  /** The folder that speaks for a document. */
  const locate = (uri: string): Located | undefined => {
    const cell = options.cellAt(uri);
    if (cell) {
      const notebook = locate(cell.notebook);
      return notebook ? { ...notebook, cell: cell.index, leads: cell.leads } : undefined;
    }
    const file = fileOf(uri);
    if (file === undefined) return undefined;
    const inner = holdersOf(uri)[0];
    if (inner) return inner;
    const root = dirname(file);
    const known = loose.get(root) ?? make(`file://${root}`, basename(root), root, true);
    loose.set(root, known);
    return { folder: known, path: basename(file), ...wholeFile };
  };

  const putTexts = (): boolean => {
    let changed = false;
    const texts = [...pending];
    // Before the loop: what fails once would fail again at every request.
    pending.clear();
    for (const [uri, text] of texts) {
      const holders = holdersOf(uri);
      const located = holders.length > 0 ? undefined : locate(uri);
      for (const { folder, path } of located ? [located] : holders) changed = folder.workspace.setOverlay(path, text) || changed;
    }
    return changed;
  };

  const flush = (): void => {
    if (putTexts()) options.onFactsChanged();
  };

  const follow = async (uri: string): Promise<boolean> => {
    let changed = false;
    for (const { folder, path } of holdersOf(uri)) {
      await folder.ready();
      changed = (await folder.workspace.fileChanged(path)) || changed;
    }
    return changed;
  };

  const followAll = async (uris: readonly string[]): Promise<void> => {
    // What is ignored decides which files count at all.
    if (uris.length > manyChanges || uris.some((uri) => uri.endsWith('/.gitignore'))) {
      for (const folder of folders) await folder.scan({});
      options.onFactsChanged();
      return;
    }
    let changed = false;
    for (const uri of uris) changed = (await follow(uri)) || changed;
    if (changed) options.onFactsChanged();
  };

  return {
    all: () => folders,
    set: (uris) => {
      const before = new Map(folders.map((folder) => [folder.uri, folder]));
      folders = uris.flatMap(({ uri, name }) => {
        const root = fileOf(uri);
        return root === undefined ? [] : [before.get(uri) ?? make(uri, name, root, false)];
      });
    },
    locate,
    textChanged: (uri, text) => {
      const located = locate(uri);
      // The last document of a folder that is none: nothing of it is kept.
      if (text === null && located?.folder.loose) {
        located.folder.workspace.setOverlay(located.path, null);
        if (located.folder.workspace.opened().length === 0) loose.delete(located.folder.root);
        pending.delete(uri);
      } else pending.set(uri, text);
    },
    filesChanged: (uris) => (events = events.then(() => followAll(uris))),
    flush,
    resolve: async () => {
      let changed = false;
      for (const folder of [...folders, ...loose.values()]) changed = (await folder.workspace.resolve()) || changed;
      return changed;
    },
    settled: async (uri, early = false) => {
      const located = locate(uri);
      if (!located) return undefined;
      await (early ? located.folder.soon(located.path) : located.folder.ready());
      await events;
      flush();
      return { ...located, analysis: located.folder.workspace.analysis() };
    },
    allSettled: async () => {
      for (const folder of folders) await folder.ready();
      await events;
      flush();
      return folders;
    },
  };
};
