/** What the editor gives a page. */
interface Host {
  readonly postMessage: (message: unknown) => void;
  readonly getState: () => unknown;
  readonly setState: (state: unknown) => void;
}

declare const acquireVsCodeApi: () => Host;

/** It may be acquired once. */
const host = acquireVsCodeApi();

export const post = (message: object): void => host.postMessage(message);

export interface Kept<T> {
  readonly get: () => T;
  /** Changes a part. It outlives the page, which ends whenever it is hidden, and the window. */
  readonly set: (change: Partial<T>) => void;
}

export const keep = <T extends object>(initial: T): Kept<T> => {
  const before = host.getState();
  let state: T = { ...initial, ...(typeof before === 'object' ? (before as Partial<T>) : {}) };
  return {
    get: () => state,
    set: (change) => {
      state = { ...state, ...change };
      host.setState(state);
    },
  };
};

/** Calls back with what the editor shows, and says that the page is there. */
export const onShow = <T>(show: (view: T) => void, stale = (): void => undefined): void => {
  window.addEventListener('message', ({ data }: MessageEvent<{ readonly type?: unknown; readonly view?: T } | null>) => {
    if (data?.type === 'show' && data.view !== undefined) show(data.view);
    if (data?.type === 'stale') stale();
  });
  post({ type: 'ready' });
};
