import type { Analysis } from '../../analysis/types.ts';

/** One folder that a tool speaks of. */
export interface ToolFolder {
  readonly name: string;
  /** Absolute, as the platform writes it; several where links lead to it. */
  readonly roots: readonly string[];
  readonly analysis: Analysis;
  /** Every file that was looked at, relative, with `/`. */
  readonly paths: () => readonly string[];
}

export interface Spot {
  readonly folder: ToolFolder;
  /** Relative to the folder, with `/`; empty = the whole folder. */
  readonly path: string;
}

const slashes = (path: string): string => path.replace(/\\/g, '/').replace(/^([a-z]):/, (drive) => drive.toUpperCase());

/** Without `.`, `..` and empty parts; undefined when it leads out. */
const normal = (path: string): string | undefined => {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') parts.push(part);
    else if (parts.pop() === undefined) return undefined;
  }
  return parts.join('/');
};

const below = (root: string, path: string): string | undefined => {
  const whole = normal(path);
  const base = normal(slashes(root));
  if (whole === undefined || base === undefined) return undefined;
  if (whole === base) return '';
  return base === '' || whole.startsWith(`${base}/`) ? whole.slice(base === '' ? 0 : base.length + 1) : undefined;
};

/** Where a path of a model leads: absolute, relative to one of the folders, or with the name of one in front. Undefined = outside of all. */
export const spotOf = (asked: string, folders: readonly ToolFolder[]): Spot | undefined => {
  const path = slashes(asked.trim());
  if (path.startsWith('/') || /^[A-Z]:/.test(path)) {
    // Folders may lie in one another: the innermost speaks.
    const spots = folders.flatMap((folder) =>
      folder.roots.flatMap((root) => {
        const inside = below(root, path);
        return inside === undefined ? [] : [{ folder, path: inside }];
      }),
    );
    return spots.toSorted((a, b) => a.path.length - b.path.length)[0];
  }
  const inside = normal(path);
  if (inside === undefined) return undefined;
  const named = folders.length > 1 ? folders.find(({ name }) => inside === name || inside.startsWith(`${name}/`)) : undefined;
  if (named) return { folder: named, path: inside.slice(named.name.length + 1) };
  const [first] = folders;
  const holder = folders.find((folder) => isThere({ folder, path: inside })) ?? first;
  return holder && { folder: holder, path: inside };
};

/** A file that was looked at, or a folder that holds one. */
export const isThere = ({ folder, path }: Spot): boolean => path === '' || folder.paths().some((file) => file === path || file.startsWith(`${path}/`));

export const isBelow = (path: string, spot: string): boolean => spot === '' || path === spot || path.startsWith(`${spot}/`);
