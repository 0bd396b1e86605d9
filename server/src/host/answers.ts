import { asked } from '../analysis/asks.ts';
import type { AnalysisInput } from '../analysis/types.ts';
import type { Knowledge } from '../knowledge/types.ts';
import type { Resolutions } from '../lineage/resolutions.ts';
import type { Skipped } from '../protocol/report.ts';
import { limits } from '../text/limits.ts';
import { createResolver } from './resolve.ts';
import type { Asked, Resolver } from './resolve.ts';

/** What the cache and the hub answered for one folder. */
export interface Answers {
  /** Asks what the facts name as they are now; true when the answers differ from those before. */
  readonly update: (input: () => AnalysisInput, isCancelled: () => boolean) => Promise<boolean>;
  readonly resolutions: () => Resolutions;
  readonly skipped: () => readonly Skipped[];
  /** Which were asked for these answers. */
  readonly asked: () => Asked;
  /** What is asked next is asked anew; the answers stand until then. */
  readonly forget: () => void;
}

const neither: Asked = { cache: false, hub: false };

export const createAnswers = (knowledge: Knowledge, allowed: () => Asked = () => neither): Answers => {
  let resolver: Resolver | undefined;
  let resolutions: Resolutions = [];
  let skipped: readonly Skipped[] = [];
  let now = neither;
  let last: Promise<unknown> = Promise.resolve();

  const resolverFor = ({ cache, hub }: Asked): Resolver | undefined => {
    if (resolver?.cache === cache && resolver.hub === hub) return resolver;
    resolver = cache || hub ? createResolver({ cache, hub, knowledge }) : undefined;
    return resolver;
  };

  /** An answer may name bases that are asked for in the next round. */
  const rounds = async (current: Resolver, input: () => AnalysisInput, isCancelled: () => boolean): Promise<readonly Skipped[]> => {
    current.renew();
    for (let round = 0; ; round += 1) {
      const open = asked({ ...input(), resolutions: current.resolutions() }, knowledge).filter((ask) => !current.isAnswered(ask));
      if (open.length === 0 || isCancelled()) return current.skipped();
      if (round === limits.resolveRounds) break;
      await current.answer(open, isCancelled);
    }
    return [...current.skipped(), { path: '.', reason: `works that lie more than ${limits.resolveRounds} steps back were not looked up` }];
  };

  const update = async (input: () => AnalysisInput, isCancelled: () => boolean): Promise<boolean> => {
    const next = allowed();
    const before = JSON.stringify([resolutions, skipped, now]);
    const current = resolverFor(next);
    const lines = current ? await rounds(current, input, isCancelled) : [];
    if (isCancelled()) return false;
    resolutions = current?.resolutions() ?? [];
    skipped = lines;
    now = next;
    return JSON.stringify([resolutions, skipped, now]) !== before;
  };

  return {
    // One after the other: two at once would ask the same twice.
    update: (input, isCancelled) => {
      const run = last.then(() => update(input, isCancelled));
      last = run.catch(() => undefined);
      return run;
    },
    resolutions: () => resolutions,
    skipped: () => skipped,
    asked: () => now,
    forget: () => resolver?.forget(),
  };
};
