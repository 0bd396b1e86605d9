import { lstatSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { isUtf8 } from 'node:buffer';
import { dirname, resolve, sep } from 'node:path';
import { decode } from '../text/decode.ts';
import type { Decoded } from '../text/decode.ts';
import { digest } from '../text/digest.ts';
import { limits } from '../text/limits.ts';

const exists = (file: string): boolean => {
  try {
    // Of the entry itself: a link that leads nowhere is there too, and writing to it would create what it names.
    return lstatSync(file) !== undefined;
  } catch {
    return false;
  }
};

/** The absolute path of a file inside the root, links resolved; undefined for anything outside it. */
export const inside = (root: string, path: string): string | undefined => {
  try {
    const full = resolve(root, path);
    const base = realpathSync(root);
    const real = realpathSync(exists(full) ? full : dirname(full));
    return real === base || real.startsWith(base + sep) ? full : undefined;
  } catch {
    return undefined;
  }
};

/** Something of that name lies inside the root, whatever it is. */
export const isThere = (root: string, path: string): boolean => exists(resolve(root, path));

export interface Content {
  readonly decoded: Decoded;
  /** Digest of the bytes on disk, as edits of a fix name it. */
  readonly hash: string;
  /** The bytes are valid UTF-8, so that the text can be written back without loss. */
  readonly exact: boolean;
}

/** A text file inside the root as it stands on disk; undefined where it is absent, outside, binary or too large to be edited. */
export const contentOf = (root: string, path: string): Content | undefined => {
  const full = inside(root, path);
  if (full === undefined) return undefined;
  try {
    const info = statSync(full);
    if (!info.isFile() || info.size > limits.documentBytes) return undefined;
    const bytes = readFileSync(full);
    const decoded = decode(bytes);
    return decoded ? { decoded, hash: digest(bytes), exact: decoded.encoding === 'utf-8' && isUtf8(bytes) } : undefined;
  } catch {
    return undefined;
  }
};
