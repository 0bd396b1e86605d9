import { memoBy } from '../../knowledge/lookup.ts';
import { modifications } from '../../knowledge/types.ts';
import { folderOf } from '../../lineage/local.ts';
import type { Lineage } from '../../lineage/types.ts';

/** Files side by side, each with a model of its own, from which on they are what people pick from. */
const fewestWays = 3;

const launching = /\.(?:sh|ya?ml)$/i;

/** Scripts and settings that lie side by side and each run, or train, another model: `run_7b.sh`, `run_13b.sh`, a manifest a model. Made once for a lineage. */
export const siblingWays = memoBy((lineage: Lineage): ReadonlySet<string> => {
  const folders = new Map<string, Map<string, Set<string>>>();
  for (const { type, at, to } of lineage.edges) {
    if ((type !== 'loads' && !modifications.includes(type)) || at === null || !launching.test(at.path) || lineage.works.get(to)?.kind !== 'model') continue;
    const key = `${folderOf(at.path)} ${at.path.slice(at.path.lastIndexOf('.'))}`;
    const files = folders.get(key) ?? new Map<string, Set<string>>();
    folders.set(key, files);
    files.set(at.path, (files.get(at.path) ?? new Set<string>()).add(to));
  }
  // One that runs several is a program of its own, and what others run besides makes it no way of theirs.
  const ways = [...folders].map(([key, files]) => ({ key, paths: [...files].filter(([, works]) => works.size === 1) }));
  const full = ways.filter(({ paths }) => paths.length >= fewestWays && new Set(paths.flatMap(([, works]) => [...works])).size >= fewestWays);
  // Folders beside such a folder hold the same for another machine: `single_node/`, `multi_node/`.
  const above = (key: string): string => `${folderOf(key.slice(0, key.lastIndexOf(' ')))} ${key.slice(key.lastIndexOf(' '))}`;
  const keys = new Set(full.map(({ key }) => key));
  const beside = new Set(full.flatMap(({ key }) => (above(key).startsWith('. ') ? [] : [above(key)])));
  return new Set(ways.flatMap(({ key, paths }) => (keys.has(key) || beside.has(above(key)) ? paths.map(([path]) => path) : [])));
});
