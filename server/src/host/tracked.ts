import { statSync } from 'node:fs';
import { join } from 'node:path';
import { readSmallFile } from './disk.ts';

const entryHead = 62;
/** The index of the largest public repositories, with a few million files, stays below. */
const indexBytes = 200_000_000;

/** Paths in a git index of version 2 to 4, as the format's documentation lays it out. Undefined when the bytes are no such index. */
export const readIndex = (bytes: Buffer): ReadonlySet<string> | undefined => {
  if (bytes.length < 12 || bytes.toString('latin1', 0, 4) !== 'DIRC') return undefined;
  const version = bytes.readUInt32BE(4);
  const count = bytes.readUInt32BE(8);
  if (version < 2 || version > 4 || count > 5_000_000) return undefined;
  const paths = new Set<string>();
  let at = 12;
  let previous = '';
  for (let i = 0; i < count; i += 1) {
    if (at + entryHead > bytes.length) return undefined;
    const flags = bytes.readUInt16BE(at + 60);
    let name = at + entryHead + (version >= 3 && (flags & 0x4000) !== 0 ? 2 : 0);
    let kept = '';
    if (version === 4) {
      // A number of variable length says how many bytes to drop from the path before.
      let drop = 0;
      for (let more = true; more && name < bytes.length; name += 1) {
        const byte = bytes[name] ?? 0;
        drop = drop * 128 + (byte & 0x7f);
        more = (byte & 0x80) !== 0;
        if (more) drop += 1;
      }
      const before = Buffer.from(previous, 'utf8');
      if (drop > before.length) return undefined;
      kept = before.toString('utf8', 0, before.length - drop);
    }
    const end = bytes.indexOf(0, name);
    if (end < 0) return undefined;
    const path = kept + bytes.toString('utf8', name, end);
    paths.add(path);
    previous = path;
    at = version === 4 ? end + 1 : at + ((end - at + 8) & ~7);
  }
  return paths;
};

/**
 * What git tracks in this work tree; undefined when the folder is none, so that all its files are what was published.
 * A `.git` that is a file points elsewhere, and nothing outside the root is read: then only the ignore files count.
 */
export const trackedPaths = (root: string): { readonly isWorkTree: boolean; readonly paths: ReadonlySet<string> } => {
  const git = join(root, '.git');
  try {
    if (!statSync(git).isDirectory()) return { isWorkTree: true, paths: new Set() };
    const index = readSmallFile(join(git, 'index'), indexBytes, root);
    return { isWorkTree: true, paths: ('bytes' in index ? readIndex(index.bytes) : undefined) ?? new Set() };
  } catch {
    try {
      return { isWorkTree: statSync(git).isDirectory(), paths: new Set() };
    } catch {
      return { isWorkTree: false, paths: new Set() };
    }
  }
};
