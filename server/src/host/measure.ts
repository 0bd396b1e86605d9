import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Artefact } from '../artefacts/artefact.ts';
import type { DigestAlgorithm } from '../artefacts/types.ts';
import { digestClaims } from '../lineage/digests.ts';
import type { Measured } from '../lineage/digests.ts';
import { compareText } from '../text/compare.ts';
import { limits } from '../text/limits.ts';

type Digests = Partial<Record<DigestAlgorithm, string>>;

export interface Measurement {
  readonly measured: Measured;
  readonly skipped: readonly { readonly path: string; readonly reason: string }[];
}

/** Takes digests of files on disk, each once while the file stays as it is. `modified`: milliseconds of the last change of a path. */
export type Measure = (artefacts: ReadonlyMap<string, Artefact>, modified: (path: string) => number, isCancelled: () => boolean) => Promise<Measurement>;

/** All algorithms that are asked for, in one pass over the file. */
const hashFile = async (path: string, algorithms: readonly DigestAlgorithm[], isCancelled: () => boolean): Promise<Digests | undefined> => {
  const hashes = algorithms.map((algorithm) => ({ algorithm, hash: createHash(algorithm) }));
  try {
    for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) {
      if (isCancelled()) return undefined;
      for (const { hash } of hashes) hash.update(chunk as Buffer);
    }
  } catch {
    return undefined;
  }
  return Object.fromEntries(hashes.map(({ algorithm, hash }) => [algorithm, hash.digest('hex')]));
};

/**
 * Only files that some list claims a digest of are read whole. A stand-in of a few hundred bytes is no file of weights: what it stands
 * for is told by its own words.
 */
export const createMeasure = (root: string): Measure => {
  const known = new Map<string, { readonly stamp: string; readonly digests: Digests }>();
  return async (artefacts, modified, isCancelled) => {
    const wanted = new Map<string, Set<DigestAlgorithm>>();
    for (const claim of digestClaims(artefacts)) {
      if (!claim.isThere || claim.via === 'pointer') continue;
      const asked = wanted.get(claim.path) ?? new Set();
      wanted.set(claim.path, asked.add(claim.algorithm));
    }
    const measured = new Map<string, Digests>();
    const skipped: { path: string; reason: string }[] = [];
    let total = 0;
    for (const [path, asked] of [...wanted].toSorted(([a], [b]) => compareText(a, b))) {
      const size = artefacts.get(path)?.size ?? 0;
      if (size <= limits.pointerBytes) continue;
      if (isCancelled()) break;
      const stamp = `${size} ${modified(path)}`;
      const before = known.get(path);
      const missing = [...asked].filter((algorithm) => before?.stamp !== stamp || before.digests[algorithm] === undefined);
      if (missing.length > 0) {
        total += size;
        if (size > limits.digestBytes || total > limits.digestTotalBytes) {
          total -= size;
          skipped.push({ path, reason: 'too large to compare its digest with what a list says' });
          continue;
        }
        const digests = await hashFile(join(root, path), missing, isCancelled);
        if (!digests) continue;
        known.set(path, { stamp, digests: { ...(before?.stamp === stamp ? before.digests : {}), ...digests } });
      }
      const now = known.get(path);
      if (now) measured.set(path, now.digests);
    }
    for (const path of known.keys()) if (!wanted.has(path)) known.delete(path);
    return { measured, skipped };
  };
};
