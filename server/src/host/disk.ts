import { open } from 'node:fs/promises';

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
