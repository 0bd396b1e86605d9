import type { Knowledge } from '../knowledge/types.ts';
import type { Ask } from '../lineage/asks.ts';
import type { Resolution, Resolutions } from '../lineage/resolutions.ts';
import type { Skipped } from '../protocol/report.ts';
import { limits } from '../text/limits.ts';
import { hubCacheFolder, openHubCache } from './hub-cache.ts';
import type { HubCache } from './hub-cache.ts';
import { noFiles, readHubFiles } from './hub-card.ts';
import { createHub } from './hub.ts';
import type { Hub } from './hub.ts';

/** Which of the two may be asked. */
export interface Asked {
  readonly cache: boolean;
  readonly hub: boolean;
}

export interface ResolverOptions extends Asked {
  readonly knowledge: Knowledge;
  /** For tests; the process's own where absent. */
  readonly environment?: NodeJS.ProcessEnv;
}

/** Answers what a lineage asks, each question once until it is told to forget. */
export interface Resolver extends Asked {
  readonly isAnswered: (ask: Ask) => boolean;
  readonly answer: (asks: readonly Ask[], isCancelled: () => boolean) => Promise<void>;
  readonly resolutions: () => Resolutions;
  /** What went wrong, and what was left out. */
  readonly skipped: () => readonly Skipped[];
  readonly forget: () => void;
  /** Questions begin: the hub has its time anew. */
  readonly renew: () => void;
}

const keyOf = (ask: Ask): string => `${ask.work}@${ask.revision ?? ''}`;

const nameOf = (id: string): string => id.slice(id.indexOf('/') + 1);

const fromCache = (cache: HubCache, ask: Ask, knowledge: Knowledge, skip: (reason: string) => void): Resolution | undefined => {
  const found = cache.find(ask.type, [ask.id, ...ask.names], ask.revision);
  if (!found) return undefined;
  const { problems, ...read } = readHubFiles(ask.type, nameOf(ask.id), found.files, knowledge);
  for (const problem of [...found.problems, ...problems]) skip(`hub cache: ${ask.id}: ${problem}`);
  return {
    work: ask.work,
    asked: ask.revision,
    by: 'cache',
    state: 'found',
    // A cache keeps a work under the id that was written, and knows of no renames.
    id: null,
    commit: found.commit,
    date: null,
    before: found.before,
    gated: false,
    source: `local hub cache: ${ask.id}${found.read === null ? '' : `@${found.read}`}`,
    ...read,
  };
};

/** What the cache lacks of what is needed. */
const isEnough = ({ needs }: Ask, cached: Resolution | undefined): boolean =>
  (!needs.terms || cached?.terms.some((terms) => terms.licences.length > 0) === true) &&
  (!needs.commit || (cached?.commit ?? null) !== null) &&
  (!needs.date || (cached?.date ?? null) !== null);

const needsAny = ({ needs }: Ask): boolean => needs.terms || needs.commit || needs.date;

const fromHub = async (
  hub: Hub,
  ask: Ask,
  knowledge: Knowledge,
  skip: (reason: string) => void,
  isCancelled: () => boolean,
): Promise<Resolution | undefined> => {
  const question = { type: ask.type, id: ask.id, revision: ask.revision };
  const reply = await hub.work(question, isCancelled);
  if (!reply) return undefined;
  const base = { work: ask.work, asked: ask.revision, by: 'hub' as const, before: null };
  if (reply.kind !== 'found')
    return { ...base, state: reply.kind, id: null, commit: null, date: null, gated: false, source: hub.sourceOf(question, null), terms: [], relations: [] };
  const files = { ...noFiles, card: reply.card, licences: reply.licence ? [reply.licence] : [] };
  const { problems, ...read } = readHubFiles(ask.type, nameOf(reply.id), files, knowledge);
  for (const problem of problems) skip(`hub: ${ask.id}: ${problem}`);
  return {
    ...base,
    state: 'found',
    id: reply.id,
    commit: reply.commit,
    date: reply.date,
    gated: reply.gated,
    source: hub.sourceOf({ ...question, id: reply.id }, reply.commit),
    ...read,
  };
};

export const createResolver = (options: ResolverOptions): Resolver => {
  const { knowledge, environment = process.env } = options;
  const answered = new Map<string, Resolutions>();
  const skipped = new Map<string, Skipped>();
  let cache: HubCache | undefined;
  let hub: Hub | undefined;
  let all: Resolutions = [];
  const skip = (reason: string): void => void skipped.set(reason, { path: '.', reason });

  const answerOne = async (ask: Ask, isCancelled: () => boolean): Promise<void> => {
    const cached = options.cache ? fromCache((cache ??= openHubCache(hubCacheFolder(environment))), ask, knowledge, skip) : undefined;
    const rows = cached ? [cached] : [];
    if (options.hub && needsAny(ask) && !isEnough(ask, cached)) {
      hub ??= createHub({ environment, skip });
      const told = await fromHub(hub, ask, knowledge, skip, isCancelled);
      if (told) rows.push(told);
    }
    if (!isCancelled()) answered.set(keyOf(ask), rows);
  };

  return {
    cache: options.cache,
    hub: options.hub,
    isAnswered: (ask) => answered.has(keyOf(ask)),
    answer: async (asks, isCancelled) => {
      const queue = [...asks];
      const worker = async (): Promise<void> => {
        for (let ask = queue.shift(); ask && !isCancelled(); ask = queue.shift()) await answerOne(ask, isCancelled);
      };
      await Promise.all(Array.from({ length: Math.min(asks.length, limits.hubParallel) }, worker));
      // In the order of the questions, not of the answers, so that two audits agree.
      all = [...answered.keys()].toSorted().flatMap((key) => answered.get(key) ?? []);
    },
    resolutions: () => all,
    skipped: () => [...skipped.values()],
    renew: () => hub?.renew(),
    forget: () => {
      answered.clear();
      skipped.clear();
      cache = undefined;
      hub = undefined;
      all = [];
    },
  };
};
