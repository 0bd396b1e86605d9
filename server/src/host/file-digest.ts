import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';

/** SHA-256 of a file as it lies on the disk, or of what a link that the walk followed leads to; undefined where that is no regular file or cannot be read. */
export const fileDigest = async (path: string): Promise<string | undefined> => {
  const hash = createHash('sha256');
  try {
    if (!statSync(path).isFile()) return undefined;
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Buffer);
  } catch {
    return undefined;
  }
  return hash.digest('hex');
};
