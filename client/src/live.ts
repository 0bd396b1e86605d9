import type { FolderContent, FoldersAnswer, FoldersParameters } from '../../server/src/protocol/views.ts';

export interface LiveFolder {
  readonly uri: string;
  readonly name: string;
  readonly content: FolderContent;
}

export interface LiveOptions {
  readonly ask: (parameters: FoldersParameters) => Promise<FoldersAnswer>;
  /** Milliseconds after the last sign of a change until it is asked again: nothing flickers while somebody types. */
  readonly delay: number;
  readonly onError: (error: unknown) => void;
}

export interface Live {
  /** As it was last told; undefined before anybody asked. */
  readonly folders: () => readonly LiveFolder[] | undefined;
  /** Asks now. What did not change is not sent again. */
  readonly refresh: () => Promise<readonly LiveFolder[]>;
  /** Something may have changed. It is asked again soon if somebody looks, and else when somebody does. */
  readonly stale: () => void;
  /** Somebody begins or ends to look. */
  readonly watch: (name: string, looks: boolean) => void;
  readonly onChange: (listener: () => void) => void;
  readonly dispose: () => void;
}

/** What the folders hold, kept up to date for whoever looks at it, and for nobody else. */
export const createLive = ({ ask, delay, onError }: LiveOptions): Live => {
  let known: readonly (LiveFolder & { readonly revision: string })[] | undefined;
  let isStale = true;
  let waiting: NodeJS.Timeout | undefined;
  let asking: Promise<readonly LiveFolder[]> | undefined;
  const watchers = new Set<string>();
  const listeners: (() => void)[] = [];

  const askNow = async (): Promise<readonly LiveFolder[]> => {
    const before = new Map((known ?? []).map((folder) => [folder.uri, folder]));
    isStale = false;
    const { folders } = await ask({ known: Object.fromEntries([...before].map(([uri, { revision }]) => [uri, revision])) }).catch((error: unknown) => {
      isStale = true;
      throw error;
    });
    const next = folders.flatMap(({ uri, name, revision, content }) => {
      const now = content ?? before.get(uri)?.content;
      return now ? [{ uri, name, revision, content: now }] : [];
    });
    const same =
      known?.length === next.length &&
      next.every(({ uri, name, revision }, at) => known?.[at]?.uri === uri && known[at].name === name && known[at].revision === revision);
    known = next;
    if (!same) for (const listener of listeners) listener();
    return next;
  };
  const refresh = (): Promise<readonly LiveFolder[]> => {
    clearTimeout(waiting);
    // One question at a time: who asks while one is under way waits for a newer answer.
    const next = (asking ?? Promise.resolve()).then(
      () => askNow(),
      () => askNow(),
    );
    asking = next;
    return next;
  };
  const soon = (): void => {
    clearTimeout(waiting);
    waiting = setTimeout(() => void refresh().catch(onError), delay);
  };
  return {
    folders: () => known,
    refresh,
    stale: () => {
      isStale = true;
      if (watchers.size > 0) soon();
    },
    watch: (name, looks) => {
      if (looks) watchers.add(name);
      else watchers.delete(name);
      if (looks && isStale) void refresh().catch(onError);
    },
    onChange: (listener) => void listeners.push(listener),
    dispose: () => {
      clearTimeout(waiting);
      watchers.clear();
    },
  };
};
