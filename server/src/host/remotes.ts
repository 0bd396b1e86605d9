import { join } from 'node:path';
import { repositoryOfRemote } from '../artefacts/references.ts';
import { readSmallFile } from './disk.ts';

/** Larger ones hold more than the few remotes that a clone has. */
const configBytes = 100_000;

/** Where a work tree was cloned from: host, owner and name alone, since an address may hold a secret. Empty where that is not said. */
export const remotesOf = (root: string): readonly string[] => {
  const found = readSmallFile(join(root, '.git', 'config'), configBytes, root);
  if (!('bytes' in found)) return [];
  const out = new Set<string>();
  let inRemote = false;
  for (const line of found.bytes.toString('utf8').split(/\r?\n/)) {
    if (/^\s*\[/.test(line)) inRemote = /^\s*\[remote\s/.test(line);
    const url = inRemote ? /^\s*url\s*=\s*(\S.*)$/.exec(line)?.[1] : undefined;
    const repository = url === undefined ? undefined : repositoryOfRemote(url);
    if (repository !== undefined) out.add(repository);
  }
  return [...out].toSorted();
};
