export interface ProgressBar {
  readonly show: (done: number, total: number) => void;
  readonly clear: () => void;
}

/** Below this many milliseconds nobody wants to see a bar flash by. */
const quiet = 300;
const every = 80;

/** A bar on a terminal, nothing elsewhere: logs and pipes stay clean. */
export const progressBar = (stream: NodeJS.WriteStream): ProgressBar => {
  if (!stream.isTTY) return { show: () => undefined, clear: () => undefined };
  const started = performance.now();
  let last = 0;
  let drawn = false;
  return {
    show: (done, total) => {
      const now = performance.now();
      if (now - started < quiet || now - last < every || total === 0) return;
      last = now;
      drawn = true;
      const width = 30;
      const filled = Math.round((width * done) / total);
      stream.write(`\r${'█'.repeat(filled)}${'░'.repeat(width - filled)} ${done}/${total} files`);
    },
    clear: () => {
      if (drawn) stream.write('\r\u001b[2K');
    },
  };
};
