import { basename, join } from 'node:path';
import type { Artefact } from '../artefacts/artefact.ts';
import { isBinaryName } from '../artefacts/weights-names.ts';
import { fileDigest } from '../host/file-digest.ts';
import { today } from '../host/today.ts';
import type { Workspace } from '../host/workspace.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { digestClaims } from '../lineage/digests.ts';
import type { Measured } from '../lineage/digests.ts';
import { billOf } from '../report/bill.ts';
import type { Bill } from '../report/bill.ts';
import { limits } from '../text/limits.ts';

/** As reproducible builds have it: seconds that somebody sets. */
export const askedTime = (): string | null => {
  const seconds = process.env['SOURCE_DATE_EPOCH'];
  return seconds !== undefined && /^\d{1,11}$/.test(seconds) ? `${new Date(Number(seconds) * 1000).toISOString().slice(0, 19)}Z` : null;
};

/** For formats that require a time: the day of the audit. */
export const timeOf = (bill: Bill): string => bill.created ?? `${today()}T00:00:00Z`;

/** Weights that are works of this repository, by what they are, so that the bill names these files and no others. Stand-ins say it themselves. */
const measuredWeights = async ({ root, artefact, analysis }: Workspace): Promise<Measured> => {
  const measured = new Map<string, { readonly sha256: string }>();
  let total = 0;
  for (const { path } of analysis().lineage.works.values()) {
    const size = path === null || !isBinaryName(path) ? undefined : artefact(path)?.size;
    if (path === null || size === undefined || size <= limits.pointerBytes || size > limits.digestBytes || total + size > limits.digestTotalBytes) continue;
    total += size;
    const sha256 = await fileDigest(join(root, path));
    if (sha256 !== undefined) measured.set(path, { sha256 });
  }
  return measured;
};

/** What bills of materials are written from. */
export const billFor = async (workspace: Workspace, knowledge: Knowledge): Promise<Bill> => {
  const artefacts = new Map(
    workspace.paths().flatMap((path): readonly (readonly [string, Artefact])[] => {
      const found = workspace.artefact(path);
      return found ? [[path, found]] : [];
    }),
  );
  return billOf(workspace.analysis(), knowledge, {
    name: basename(workspace.root),
    created: askedTime(),
    claims: digestClaims(artefacts),
    measured: await measuredWeights(workspace),
  });
};
