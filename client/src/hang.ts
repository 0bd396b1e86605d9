import { readFileSync, statSync } from 'node:fs';

/** Milliseconds in one file after which the server will not come back: the limits make the worst file a matter of a second or two. */
const patience = 30_000;
/** Milliseconds between two looks, while something is awaited. */
const interval = 3_000;

/** What the server says that it is reading, and since when; undefined where it is between two files. */
export const beingRead = (journal: string): { readonly path: string; readonly since: number } | undefined => {
  try {
    const line = readFileSync(journal, 'utf8').split('\n')[1] ?? '';
    const { path } = JSON.parse(line) as { readonly path?: unknown };
    return typeof path === 'string' ? { path, since: statSync(journal).mtimeMs } : undefined;
  } catch {
    return undefined;
  }
};

export interface HangWatch {
  /** Something is awaited of the server from now on; ends by the function that it gives. */
  readonly awaiting: () => () => void;
  /** The server is another one: nothing is awaited of it yet. */
  readonly reset: () => void;
}

export interface HangOptions {
  /** Where the server notes what it reads; undefined while nobody knows. */
  readonly journal: () => string | undefined;
  /** It is in the midst of a file and will not end by itself: only a signal from outside is left. */
  readonly onHang: (path: string) => void;
  readonly patience?: number;
  readonly interval?: number;
}

/** Looks at what the server reads, while somebody waits for it and not otherwise. */
export const createHangWatch = (options: HangOptions): HangWatch => {
  const waiting = new Set<object>();
  let timer: NodeJS.Timeout | undefined;
  const rest = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const look = (): void => {
    const journal = options.journal();
    const reading = journal === undefined ? undefined : beingRead(journal);
    if (!reading || Date.now() - reading.since < (options.patience ?? patience)) return;
    waiting.clear();
    rest();
    options.onHang(reading.path);
  };
  return {
    awaiting: () => {
      const token = {};
      waiting.add(token);
      timer ??= setInterval(look, options.interval ?? interval).unref();
      return () => {
        waiting.delete(token);
        if (waiting.size === 0) rest();
      };
    },
    reset: () => {
      waiting.clear();
      rest();
    },
  };
};
