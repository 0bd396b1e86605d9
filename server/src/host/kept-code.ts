import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import nodeModule, { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Script } from 'node:vm';
import { version } from '../../../package.json';

/** Milliseconds after which what a first card needs has been compiled, and is worth to be kept. */
const settled = 3_000;

/** Bytes of SHA-1. */
const sumLength = 20;

/** Where a process that goes on keeps its code: when it has settled. */
export const onceSettled = (keep: () => void): void => void setTimeout(keep, settled).unref();

/** Where a process that ends keeps its code: when all is done. */
export const atTheEnd = (keep: () => void): void => void process.once('exit', keep);

/** Code of other versions of this program, and of other texts of a bundle: nothing runs it any more. */
const forgetOthers = (folder: string, own: string, kept: string): void => {
  try {
    for (const name of readdirSync(folder)) if (name !== version) rmSync(join(folder, name), { recursive: true, force: true });
    for (const name of readdirSync(join(folder, version))) if (name.startsWith(own) && name !== kept) rmSync(join(folder, version, name), { force: true });
  } catch {
    // Another process may be at it too, and what is left lies in nobody's way.
  }
};

/** What tells texts and what is kept of them apart, and damage: the quickest that there is everywhere. Not for security: who may write here may do anything. */
const sum = (content: Buffer): Buffer => createHash('sha1').update(content).digest();

/** The engine trusts what it is given, and falls over what is damaged: the sum stands behind the code, which has to begin where memory is aligned. */
const readKept = (path: string): Buffer | undefined => {
  try {
    // In a folder that several may write to, another user could have put it there.
    if (process.getuid && statSync(path).uid !== process.getuid()) return undefined;
    const bytes = readFileSync(path);
    const code = bytes.subarray(0, -sumLength);
    return sum(code).equals(bytes.subarray(-sumLength)) ? code : undefined;
  } catch {
    return undefined;
  }
};

/** Another process may do the same at the same time: only what is whole gets its name. */
const keep = (path: string, code: Buffer): void => {
  const part = `${path}.${process.pid}`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(part, Buffer.concat([code, sum(code)]), { mode: 0o600 });
    renameSync(part, path);
  } catch {
    // It is compiled anew at the next start, then.
  }
};

type Load = (exports: object, require: NodeJS.Require, module: object, filename: string, dirname: string) => void;

/**
 * Loads a bundle of this program as `require` does, but has it compiled once, not at every start: half of the time that loading takes. What is
 * kept lies in `folder`, named by the engine and by the text that were compiled; the engine itself tells whether its flags fit, and compiles
 * anew where they do not, so that who runs under other flags wants another folder. Node 22 has this built in; many editors run an older one,
 * and there it would be for all that an extension host loads.
 */
export const requireKept = <T>(file: string, folder: string, later: (keep: () => void) => void): T => {
  const bytes = readFileSync(file);
  const source = isAscii(bytes) ? bytes.toString('latin1') : bytes.toString('utf8');
  const own = `${basename(file, '.js')}-${process.versions.v8}-${process.arch}-`;
  const kept = `${own}${sum(bytes).toString('hex', 0, 8)}`;
  const path = join(folder, version, kept);
  const cachedData = readKept(path);
  const script = new Script(nodeModule.wrap(source), { filename: file, ...(cachedData && { cachedData }) });
  const module = { exports: {} };
  (script.runInThisContext() as Load).call(module.exports, module.exports, createRequire(file), module, file, dirname(file));
  if (script.cachedDataRejected !== false)
    later(() => {
      keep(path, script.createCachedData());
      forgetOthers(folder, own, kept);
    });
  return module.exports as T;
};
