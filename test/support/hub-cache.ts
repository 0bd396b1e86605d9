import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** One work as the hub's library keeps it: blobs, snapshots that link to them, and what each branch stood for. */
export const cacheWork = (
  cache: string,
  folder: string,
  snapshots: Readonly<Record<string, Readonly<Record<string, string>>>>,
  refs: Readonly<Record<string, string>> = {},
): void => {
  const root = join(cache, folder);
  mkdirSync(join(root, 'blobs'), { recursive: true });
  for (const [commit, files] of Object.entries(snapshots)) {
    for (const [name, text] of Object.entries(files)) {
      const blob = `${commit.slice(0, 8)}-${name.replaceAll('/', '_')}`;
      const link = join(root, 'snapshots', commit, name);
      mkdirSync(dirname(link), { recursive: true });
      writeFileSync(join(root, 'blobs', blob), text);
      symlinkSync(join(...name.split('/').map(() => '..'), '..', 'blobs', blob), link);
    }
    if (Object.keys(files).length === 0) mkdirSync(join(root, 'snapshots', commit), { recursive: true });
  }
  for (const [ref, commit] of Object.entries(refs)) {
    mkdirSync(dirname(join(root, 'refs', ref)), { recursive: true });
    writeFileSync(join(root, 'refs', ref), commit);
  }
};
