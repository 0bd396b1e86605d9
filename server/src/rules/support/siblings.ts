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
  const out = new Set<string>();
  for (const files of folders.values()) {
    // One that runs several is a program of its own, and what others run besides makes it no way of theirs.
    const ways = [...files].filter(([, works]) => works.size === 1);
    const models = new Set(ways.flatMap(([, works]) => [...works]));
    if (ways.length >= fewestWays && models.size >= fewestWays) for (const [path] of ways) out.add(path);
  }
  return out;
});
