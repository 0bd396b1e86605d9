// What must be undone when this process ends, however it ends.
import { rmSync } from 'node:fs';
import { mkdtemp, realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const actions = [];

function hook() {
  process.on('exit', () => {
    // Last in, first out: processes stop before the directories that they write to go.
    for (const action of actions.reverse()) {
      try {
        action();
      } catch {
        // The others still have to run, and nobody is left to be told.
      }
    }
  });
  for (const [signal, code] of [['SIGINT', 130], ['SIGTERM', 143], ['SIGHUP', 129]]) process.on(signal, () => process.exit(code));
}

/** Runs the (synchronous) action when the process ends; a signal to end it counts. */
export function atExit(action) {
  if (actions.length === 0) hook();
  actions.push(action);
}

/** A directory that goes away with the process. Its path holds no link, so an editor shows it as we know it. */
export async function temporaryDir() {
  const dir = await realpath(await mkdtemp(join(tmpdir(), 'pedigree-')));
  atExit(() => rmSync(dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 }));
  return dir;
}
