import { closeSync, constants, fstatSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { sep } from 'node:path';

const fill = (handle: number, at: number, length: number): Uint8Array => {
  const buffer = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const read = readSync(handle, buffer, filled, length - filled, at + filled);
    if (read === 0) break;
    filled += read;
  }
  return buffer.subarray(0, filled);
};

/** A pipe that was put in the place of a file would be waited for without this. */
const readNow = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0);

/**
 * At most `maximum` bytes of the head of a file, and, where that is not all of it, at most `tail` bytes of its end. Throws what the file system
 * throws; a file that shrank gives what is left. At once and not by promises, which take five times as long for files of some kB.
 */
export const readEnds = (path: string, maximum: number, tail = 0): { readonly head: Uint8Array; readonly tail: Uint8Array } => {
  const handle = openSync(path, readNow);
  try {
    const info = fstatSync(handle);
    if (!info.isFile()) throw new Error('no regular file');
    const { size } = info;
    const head = fill(handle, 0, Math.min(maximum, size));
    const rest = tail > 0 && size > maximum ? Math.min(tail, size) : 0;
    return { head, tail: rest === 0 ? new Uint8Array() : fill(handle, size - rest, rest) };
  } finally {
    closeSync(handle);
  }
};

export type SmallFile = { readonly bytes: Buffer } | { readonly failed: string };

/**
 * A small file that steers what is read (a policy, an ignore file, an index), whole. Only regular files: a pipe would block, and a device never
 * ends. `within` is the real path of a folder that a link may not lead out of.
 */
export const readSmallFile = (path: string, maximum: number, within?: string): SmallFile => {
  let handle: number | undefined;
  try {
    const real = realpathSync(path);
    if (within !== undefined && !real.startsWith(within + sep)) return { failed: 'leads out of the folder' };
    const info = statSync(real);
    if (!info.isFile()) return { failed: 'is no regular file' };
    if (info.size > maximum) return { failed: `larger than ${Math.round(maximum / 1000)} kB` };
    handle = openSync(real, 'r');
    const buffer = Buffer.allocUnsafe(info.size);
    let filled = 0;
    while (filled < info.size) {
      const read = readSync(handle, buffer, filled, info.size - filled, filled);
      if (read === 0) break;
      filled += read;
    }
    return { bytes: buffer.subarray(0, filled) };
  } catch (error) {
    return { failed: `not readable: ${(error as NodeJS.ErrnoException).code ?? 'error'}` };
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
};
