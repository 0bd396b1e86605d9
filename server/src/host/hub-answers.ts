import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { digest } from '../text/digest.ts';
import { limits } from '../text/limits.ts';
import { readSmallFile } from './disk.ts';
import type { HubReply } from './hub-client.ts';

/** Raised when what is kept has another shape: older answers are then asked for again. */
const shape = 1;
const maximumBytes = 1_000_000;

/** Answers of the hub on disk, so that one audit after the other does not ask the same. */
export interface KeptAnswers {
  readonly get: (key: string) => HubReply | undefined;
  readonly put: (key: string, reply: HubReply, holds: number) => void;
}

interface Kept {
  readonly shape: number;
  readonly key: string;
  readonly until: number;
  readonly reply: HubReply;
}

const isReply = (value: unknown): value is HubReply => {
  const { kind, id, card, licence } = value as Partial<Record<string, unknown>>;
  if (kind === 'found') return typeof id === 'string' && (card === null || typeof card === 'string') && typeof licence === 'object';
  return kind === 'absent' || kind === 'refused' || kind === 'unclear';
};

const readKept = (file: string, key: string, now: number): HubReply | undefined => {
  const found = readSmallFile(file, maximumBytes);
  if (!('bytes' in found)) return undefined;
  try {
    const kept = JSON.parse(found.bytes.toString('utf8')) as Partial<Kept> | null;
    if (kept?.shape !== shape || kept.key !== key || typeof kept.until !== 'number') return undefined;
    // A clock that was set back must not make an answer hold for years.
    const left = kept.until - now;
    return left > 0 && left <= limits.hubCommitHolds && typeof kept.reply === 'object' && isReply(kept.reply) ? kept.reply : undefined;
  } catch {
    return undefined;
  }
};

/** The oldest go when there are too many. */
const prune = (folder: string): void => {
  const names = readdirSync(folder);
  if (names.length <= limits.hubKept) return;
  const aged = names.map((name) => ({ name, at: statSync(join(folder, name), { throwIfNoEntry: false })?.mtimeMs ?? 0 })).toSorted((a, b) => a.at - b.at);
  for (const { name } of aged.slice(0, names.length - limits.hubKept / 2)) rmSync(join(folder, name), { force: true });
};

const discard = (file: string): void => {
  try {
    rmSync(file, { force: true });
  } catch {
    // There is no such folder.
  }
};

/** A folder that cannot be written keeps nothing, and nobody is told: every answer can be had again. */
export const openAnswers = (cache: string, now: () => number = Date.now): KeptAnswers => {
  const folder = join(cache, 'hub');
  let pruned = false;
  const fileOf = (key: string): string => join(folder, `${digest(key)}.json`);
  return {
    get: (key) => readKept(fileOf(key), key, now()),
    put: (key, reply, holds) => {
      const kept: Kept = { shape, key, until: now() + holds, reply };
      const file = fileOf(key);
      const draft = `${file}.${process.pid}`;
      try {
        // Cards of works that are not everybody's may be among them.
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        if (!pruned) prune(folder);
        pruned = true;
        writeFileSync(draft, JSON.stringify(kept), { mode: 0o600 });
        renameSync(draft, file);
      } catch {
        discard(draft);
      }
    },
  };
};
