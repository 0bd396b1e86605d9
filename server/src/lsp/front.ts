/** A message of JSON-RPC, so far as who hands it on needs to see. */
export interface Message {
  readonly jsonrpc: string;
  readonly id?: number | string | null;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export interface Front {
  /** A message of the editor: the engine hears it too; what is to be answered at once. */
  readonly fromClient: (message: Message) => readonly Message[];
  /** Whether a message of the engine goes on to the editor. */
  readonly fromEngine: (message: Message) => boolean;
}

/** As the protocol numbers it. Its library is not loaded for one number: this thread is the first that an editor waits for. */
const requestCancelled = -32_800;

/** What cannot be taken back. */
const final = new Set(['initialize', 'shutdown']);

const fieldOf = (of: unknown, name: string): unknown => (typeof of === 'object' && of !== null ? (of as Record<string, unknown>)[name] : undefined);

const tokenOf = (params: unknown, name: string): string | number | undefined => {
  const value = fieldOf(params, name);
  return typeof value === 'string' || typeof value === 'number' ? value : undefined;
};

/**
 * Answers a cancel in the place of the engine, which may be in the midst of a file: the request ends now, as does the progress that was shown
 * for it. What the engine says of either later is dropped.
 */
export const createFront = (): Front => {
  /** Requests that wait for an answer, with the token of their progress. */
  const waiting = new Map<number | string, string | number | undefined>();
  const cancelled = new Set<number | string>();
  /** Tokens of progress that is on show, and of such that was ended here. */
  const begun = new Set<number | string>();
  const ended = new Set<number | string>();

  const cancel = (message: Message): readonly Message[] => {
    const id = tokenOf(message.params, 'id');
    if (id === undefined || !waiting.has(id)) return [];
    const token = waiting.get(id);
    waiting.delete(id);
    cancelled.add(id);
    const answer: Message = { jsonrpc: '2.0', id, error: { code: requestCancelled, message: 'cancelled' } };
    if (token === undefined) return [answer];
    ended.add(token);
    return begun.delete(token) ? [{ jsonrpc: '2.0', method: '$/progress', params: { token, value: { kind: 'end' } } }, answer] : [answer];
  };

  return {
    fromClient: (message) => {
      const { id, method } = message;
      if (method === '$/cancelRequest') return cancel(message);
      if (method !== undefined && id !== undefined && id !== null && !final.has(method)) {
        const token = tokenOf(message.params, 'workDoneToken');
        waiting.set(id, token);
        cancelled.delete(id);
        if (token !== undefined) ended.delete(token);
      }
      return [];
    },
    fromEngine: ({ id, method, params }) => {
      if (method === undefined) {
        if (id === undefined || id === null) return true;
        waiting.delete(id);
        return !cancelled.delete(id);
      }
      if (method !== '$/progress') return true;
      const token = tokenOf(params, 'token');
      const kind = fieldOf(fieldOf(params, 'value'), 'kind');
      if (token === undefined) return true;
      const isOver = ended.has(token);
      if (kind === 'end') {
        ended.delete(token);
        begun.delete(token);
      } else if (kind === 'begin' && !isOver) begun.add(token);
      return !isOver;
    },
  };
};
