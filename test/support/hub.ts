import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A hub of our own on this machine: no test asks another. */
export interface TestHub {
  readonly endpoint: string;
  /** `METHOD path`, and the token that came with it. */
  readonly requests: readonly { readonly path: string; readonly token: string | null }[];
  readonly stop: () => Promise<void>;
}

export interface TestWork {
  readonly sha?: string;
  readonly date?: string;
  readonly gated?: boolean | string;
  /** Front matter as the hub reads it; absent = it could not. */
  readonly cardData?: Readonly<Record<string, unknown>>;
  /** Files of the repository. */
  readonly files?: Readonly<Record<string, string>>;
  /** Other revisions, by name. */
  readonly revisions?: Readonly<Record<string, TestWork>>;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => boolean;

const sendJson = (response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
};

const answerApi = (response: ServerResponse, works: Readonly<Record<string, TestWork>>, key: string, revision: string | undefined): void => {
  const work = works[key];
  const at = revision === undefined || revision === work?.sha ? work : work?.revisions?.[revision];
  if (!work) sendJson(response, 404, { error: 'Repository not found' }, { 'x-error-code': 'RepoNotFound' });
  else if (!at) sendJson(response, 404, { error: 'Invalid rev id' }, { 'x-error-code': 'RevisionNotFound' });
  else
    sendJson(response, 200, {
      _id: '1',
      id: key.replace('datasets/', ''),
      sha: at.sha,
      lastModified: `${at.date ?? '2026-01-01'}T10:00:00.000Z`,
      gated: at.gated ?? false,
      cardData: at.cardData,
    });
};

const answerFile = (response: ServerResponse, works: Readonly<Record<string, TestWork>>, key: string, revision: string, name: string): void => {
  const work = works[key];
  const all = work ? [work, ...Object.entries(work.revisions ?? {}).map(([named, entry]) => ({ ...entry, named }))] : [];
  const at = all.find((entry) => entry.sha === revision || ('named' in entry && entry.named === revision)) ?? (revision === 'main' ? work : undefined);
  const text = at?.files?.[name];
  if (at?.gated !== undefined && at.gated !== false) sendJson(response, 403, { error: 'gated' }, { 'x-error-code': 'GatedRepo' });
  else if (text === undefined) sendJson(response, 404, { error: 'Entry not found' }, { 'x-error-code': 'EntryNotFound' });
  else response.end(text);
};

/** Serves works by id, data sets as `datasets/org/name`; `before` may answer in their place. */
export const startHub = async (works: Readonly<Record<string, TestWork>>, before: Handler = () => false): Promise<TestHub> => {
  const requests: { path: string; token: string | null }[] = [];
  const server = createServer((request, response) => {
    const [path = ''] = (request.url ?? '').split('?');
    requests.push({ path, token: request.headers.authorization ?? null });
    if (before(request, response)) return;
    const api = /^\/api\/(models|datasets)\/([\w.-]+(?:\/[\w.-]+)?)(?:\/revision\/([^/]+))?$/.exec(path);
    const file = /^\/((?:datasets\/)?[\w.-]+\/[\w.-]+)\/resolve\/([^/]+)\/(.+)$/.exec(path);
    if (api) answerApi(response, works, `${api[1] === 'datasets' ? 'datasets/' : ''}${api[2]}`, api[3] === undefined ? undefined : decodeURIComponent(api[3]));
    else if (file) answerFile(response, works, file[1] ?? '', decodeURIComponent(file[2] ?? ''), decodeURIComponent(file[3] ?? ''));
    else sendJson(response, 404, {});
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
};
