import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';
import { version } from '../../../package.json';
import { answersFolder } from '../host/answers-folder.ts';

/** What of Node keeps compiled code: absent before Node 22. */
export interface CodeKeeper {
  readonly enableCompileCache?: (folder: string) => unknown;
  readonly flushCompileCache?: () => void;
}

const thisNode: object = nodeModule;

/** Milliseconds after which what a first card needs has been compiled, and is worth to be kept. */
const settled = 5_000;

/** Code of other versions of this program, which nothing runs any more. */
const forgetOthers = (folder: string): void => {
  try {
    for (const name of readdirSync(folder)) if (name !== version) rmSync(join(folder, name), { recursive: true, force: true });
  } catch {
    // Another server may be at it too, and what is left lies in nobody's way.
  }
};

/**
 * Has what is loaded from now on in this thread compiled once, not at every start: half of the time in which a server loads. Node itself
 * tells whether what is kept fits the code, its own version and its flags, and compiles anew where it does not.
 */
export const keepCode = (keeper: CodeKeeper = thisNode, folder = join(answersFolder(), 'code'), after = settled): void => {
  if (!keeper.enableCompileCache || !keeper.flushCompileCache) return;
  try {
    const own = join(folder, version);
    mkdirSync(own, { recursive: true, mode: 0o700 });
    keeper.enableCompileCache(own);
  } catch {
    return;
  }
  setTimeout(() => {
    keeper.flushCompileCache?.();
    forgetOthers(folder);
  }, after).unref();
};
