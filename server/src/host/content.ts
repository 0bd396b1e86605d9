import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { decode } from '../text/decode.ts';
import type { Decoded } from '../text/decode.ts';
import { digest } from '../text/digest.ts';
import { limits } from '../text/limits.ts';

/** The absolute path of a file inside the root, links resolved; undefined for anything outside it. */
export const inside = (root: string, path: string): string | undefined => {
  const full = resolve(root, path);
  const base = realpathSync(root);
  try {
    const folder = realpathSync(existsSync(full) ? full : dirname(full));
    return folder === base || folder.startsWith(base + sep) ? full : undefined;
  } catch {
    return undefined;
  }
};

export interface Content {
  readonly decoded: Decoded;
  /** Digest of the bytes on disk, as edits of a fix name it. */
  readonly hash: string;
}

/** A text file inside the root as it stands on disk; undefined where it is absent, outside, binary or too large to be edited. */
export const contentOf = (root: string, path: string): Content | undefined => {
  const full = inside(root, path);
  if (full === undefined) return undefined;
  try {
    if (statSync(full).size > limits.documentBytes) return undefined;
    const bytes = readFileSync(full);
    const decoded = decode(bytes);
    return decoded ? { decoded, hash: digest(bytes) } : undefined;
  } catch {
    return undefined;
  }
};
