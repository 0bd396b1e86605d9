import { closeSync, openSync, readSync, realpathSync, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { sep } from 'node:path';

/** At most `maximum` bytes of the head of a file. Throws what the file system throws; a file that shrank gives what is left. */
export const readHead = async (path: string, maximum: number): Promise<Uint8Array> => {
  const handle = await open(path, 'r');
  try {
    const size = Math.min(maximum, (await handle.stat()).size);
    const buffer = Buffer.allocUnsafe(size);
    let filled = 0;
    while (filled < size) {
      const { bytesRead } = await handle.read(buffer, filled, size - filled, filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    return buffer.subarray(0, filled);
  } finally {
    await handle.close();
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
