/** A server that ends this often in this time will end again: a file that is open makes it. */
const most = 4;
const within = 180_000;

export interface Restarts {
  readonly mayRestart: (now: number) => boolean;
  readonly forget: () => void;
}

/** Counts unexpected ends within the last minutes. */
export const createRestarts = (): Restarts => {
  let ends: readonly number[] = [];
  return {
    mayRestart: (now) => {
      ends = [...ends.filter((end) => now - end < within), now];
      return ends.length <= most;
    },
    forget: () => {
      ends = [];
    },
  };
};
