import { limits } from '../text/limits.ts';
import { answersFolder } from './answers-folder.ts';
import { openAnswers } from './hub-answers.ts';
import type { HubQuestion, HubReply } from './hub-client.ts';
import { hubSettings } from './hub-settings.ts';

type Answer = Exclude<HubReply, { readonly kind: 'failed' }>;

/** The hub as an audit sees it: what is on disk is not asked again, and when it fails, or too much is asked, it is left alone. */
export interface Hub {
  /** Undefined where nothing could be had; `skip` was told why. */
  readonly work: (question: HubQuestion, isCancelled: () => boolean) => Promise<Answer | undefined>;
  /** The address of a work, for people. */
  readonly sourceOf: (question: HubQuestion, commit: string | null) => string;
  /** Gives it its time anew: somebody asks again, perhaps hours later. */
  readonly renew: () => void;
}

export interface HubOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly skip: (reason: string) => void;
}

/** How often it is looked whether somebody cancelled. */
const cancelEvery = 100;

const holdsFor = (question: HubQuestion, reply: Answer): number => {
  if (reply.kind !== 'found') return limits.hubNothingHolds;
  return question.revision !== null && reply.commit === question.revision ? limits.hubCommitHolds : limits.hubBranchHolds;
};

/** Runs with a signal that tells of a cancellation. */
const withCancel = async <T>(isCancelled: () => boolean, run: (cancel: AbortSignal) => Promise<T>): Promise<T> => {
  const controller = new AbortController();
  const timer = setInterval(() => isCancelled() && controller.abort(), cancelEvery);
  try {
    return await run(controller.signal);
  } finally {
    clearInterval(timer);
  }
};

export const createHub = ({ environment, skip }: HubOptions): Hub => {
  const opened = hubSettings(environment);
  const kept = openAnswers(answersFolder(environment));
  let left = limits.hubAsks;
  let failures = 0;
  let deadline: number | undefined;
  /** Set once nothing more is asked. */
  let stopped = typeof opened === 'string';
  if (typeof opened === 'string') skip(`hub: not asked: ${opened}`);
  else for (const note of opened.notes) skip(`hub: ${note}`);

  const stop = (reason: string): undefined => {
    if (!stopped) skip(`hub: ${reason}`);
    stopped = true;
    return undefined;
  };

  const ask = async (question: HubQuestion, isCancelled: () => boolean): Promise<Answer | undefined> => {
    if (typeof opened === 'string') return undefined;
    deadline ??= performance.now() + limits.hubMilliseconds;
    if (performance.now() > deadline) {
      skip(`hub: left alone after ${limits.hubMilliseconds / 1000} s`);
      return undefined;
    }
    if (left <= 0) return stop(`left alone after ${limits.hubAsks} works`);
    left -= 1;
    // Only who asks for it loads what can talk to a network.
    const { askWork, isId } = await import('./hub-client.ts');
    if (!isId(question.id)) return undefined;
    const reply = await withCancel(isCancelled, (cancel) => askWork(opened.settings, question, cancel));
    if (reply.kind !== 'failed') {
      failures = 0;
      return reply;
    }
    if (isCancelled()) return undefined;
    failures += 1;
    skip(`hub: ${question.id}: ${reply.reason}`);
    if (reply.final || failures >= limits.hubFailures) return stop('left alone after it failed');
    return undefined;
  };

  return {
    renew: () => {
      deadline = undefined;
    },
    work: async (question, isCancelled) => {
      if (typeof opened === 'string') return undefined;
      // Whether there was a token, and never which: with one, more may be seen.
      const { endpoint, token } = opened.settings;
      const key = `${endpoint} ${token === null ? 'anybody' : 'member'} ${question.type} ${question.id} ${question.revision ?? ''}`;
      const known = kept.get(key);
      if (known && known.kind !== 'failed') return known;
      if (stopped || isCancelled()) return undefined;
      const reply = await ask(question, isCancelled);
      // That there is nothing for one account says nothing of the next.
      if (reply && (reply.kind === 'found' || token === null)) kept.put(key, reply, holdsFor(question, reply));
      return reply;
    },
    sourceOf: ({ type, id }, commit) => {
      const endpoint = typeof opened === 'string' ? '' : opened.settings.endpoint;
      return `${endpoint}/${type === 'dataset' ? 'datasets/' : ''}${id}${commit === null ? '' : `/tree/${commit}`}`;
    },
  };
};
