/** Milliseconds without a key press after which a text is looked at again: what stands half-written would flicker as an error. */
export const typingPause = 300;

interface Cancellation {
  readonly isCancellationRequested: boolean;
  readonly onCancellationRequested: (listener: () => void) => { readonly dispose: () => void };
}

export interface Quiet {
  readonly changed: (uri: string) => void;
  /** Settles when nobody has typed in the document for the pause, at once where nobody did; early where it is cancelled. */
  readonly after: (uri: string, token: Cancellation) => Promise<void>;
}

export const createQuiet = (pause = typingPause, now: () => number = () => Date.now()): Quiet => {
  const last = new Map<string, number>();
  const leftFor = (uri: string): number => {
    const left = (last.get(uri) ?? -Infinity) + pause - now();
    if (left <= 0) last.delete(uri);
    return left;
  };
  return {
    changed: (uri) => void last.set(uri, now()),
    after: async (uri, token) => {
      for (let left = leftFor(uri); left > 0 && !token.isCancellationRequested; left = leftFor(uri)) {
        const waited = left;
        await new Promise<void>((done) => {
          const cancelled = token.onCancellationRequested(() => finish());
          const timer = setTimeout(() => finish(), waited);
          const finish = (): void => {
            clearTimeout(timer);
            cancelled.dispose();
            done();
          };
        });
      }
    },
  };
};
