import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { pathToFileURL } from 'node:url';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { today } from './repo.ts';

/** A small client of our own over stdio, so that the server is tested as any editor would drive it. */
export interface LspClient {
  readonly root: string;
  readonly request: <T>(method: string, params: unknown, onId?: (id: number) => void) => Promise<T>;
  readonly notify: (method: string, params: unknown) => void;
  /** What the server sent of its own accord, in order. */
  readonly received: readonly { readonly method: string; readonly params: unknown }[];
  /** Resolves with the params of the next such message, or one that is there already. */
  readonly waitFor: <T>(method: string, test?: (params: T) => boolean) => Promise<T>;
  readonly uri: (path: string) => string;
  readonly open: (path: string, text: string, languageId?: string) => void;
  readonly change: (path: string, version: number, text: string) => void;
  readonly capabilities: Readonly<Record<string, unknown>>;
  /** Ends it without a word, as a crash would. */
  readonly kill: () => Promise<void>;
  readonly stop: () => Promise<number | null>;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

/** What a present-day editor can do; tests of older ones leave parts out. */
export const modern = {
  workspace: {
    workspaceEdit: { documentChanges: true, resourceOperations: ['create'] },
    diagnostics: { refreshSupport: true },
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    workspaceFolders: true,
  },
  window: { workDoneProgress: true, showDocument: { support: true } },
  textDocument: {
    diagnostic: {
      relatedDocumentSupport: false,
      codeDescriptionSupport: true,
      relatedInformation: true,
      dataSupport: true,
      tagSupport: { valueSet: [1, 2] },
    },
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source.fixAll'] } },
      isPreferredSupport: true,
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
    hover: { contentFormat: ['markdown'] },
  },
};

const patience = 20_000;

let isFirst = true;

const frame = (message: unknown): string => {
  const body = JSON.stringify(message);
  return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
};

const readMessages = (child: ChildProcessWithoutNullStreams, take: (message: Message) => void): void => {
  let buffer = Buffer.alloc(0);
  child.stdout.on('data', (chunk: Buffer) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const head = buffer.indexOf('\r\n\r\n');
      const length = head < 0 ? Number.NaN : Number(/Content-Length: (\d+)/i.exec(buffer.toString('latin1', 0, head))?.[1]);
      if (Number.isNaN(length) || buffer.length < head + 4 + length) return;
      take(JSON.parse(buffer.toString('utf8', head + 4, head + 4 + length)) as Message);
      buffer = buffer.subarray(head + 4 + length);
    }
  });
};

export interface StartOptions {
  readonly capabilities?: unknown;
  /** Workspace folders besides the root; none at all with `null`. */
  readonly folders?: readonly string[] | null;
  readonly command?: readonly string[];
  readonly environment?: NodeJS.ProcessEnv;
  readonly initializationOptions?: unknown;
}

export const startClient = async (
  root: string,
  { capabilities = modern, folders = [root], command = ['dist/server.js', '--stdio'], environment = {}, initializationOptions }: StartOptions = {},
): Promise<LspClient> => {
  const child = spawn(process.execPath, command, {
    env: { ...process.env, PEDIGREE_TODAY: today, PEDIGREE_CACHE: join(tmpdir(), 'pedigree-test-cache'), ...environment },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const exit = new Promise<number | null>((done) => child.on('close', done));
  const open = new Map<number, { readonly done: (value: unknown) => void; readonly fail: (error: Error) => void }>();
  const received: { method: string; params: unknown }[] = [];
  const waiting: { readonly method: string; readonly test: (params: never) => boolean; readonly done: (params: unknown) => void }[] = [];
  let last = 0;
  const send = (message: unknown): void => void child.stdin.write(frame({ jsonrpc: '2.0', ...(message as object) }));

  readMessages(child, (message) => {
    if (message.method === undefined) {
      const call = open.get(message.id ?? -1);
      open.delete(message.id ?? -1);
      if (message.error) call?.fail(Object.assign(new Error(message.error.message), { code: message.error.code }));
      else call?.done(message.result);
      return;
    }
    received.push({ method: message.method, params: message.params });
    // Every request of the server is granted: progress, refresh, registration, showing a place.
    if (message.id !== undefined) send({ id: message.id, result: message.method === 'window/showDocument' ? { success: true } : null });
    for (const entry of waiting.splice(0)) {
      if (entry.method === message.method && entry.test(message.params as never)) entry.done(message.params);
      else waiting.push(entry);
    }
  });

  const timed = <T>(what: string, promise: Promise<T>): Promise<T> => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new Error(`${what}: no answer within ${patience / 1000} s\n${stderr}`)), patience);
    });
    return Promise.race([promise, late, exit.then((code) => Promise.reject(new Error(`${what}: the server ended with ${code}\n${stderr}`)))]).finally(() =>
      clearTimeout(timer),
    );
  };
  const request = <T>(method: string, params: unknown, onId?: (id: number) => void): Promise<T> => {
    last += 1;
    const id = last;
    const answer = new Promise<T>((done, fail) => open.set(id, { done: done as (value: unknown) => void, fail }));
    send({ id, method, params });
    onId?.(id);
    return timed(method, answer);
  };
  const notify = (method: string, params: unknown): void => send({ method, params });
  const uri = (path: string): string => pathToFileURL(join(root, path)).toString();

  const workspaceFolders = folders?.map((folder) => ({ uri: pathToFileURL(folder).toString(), name: folder.slice(folder.lastIndexOf('/') + 1) })) ?? null;
  const { capabilities: able } = await request<{ capabilities: Readonly<Record<string, unknown>> }>('initialize', {
    processId: process.pid,
    rootUri: null,
    workspaceFolders,
    capabilities,
    ...(initializationOptions === undefined ? {} : { initializationOptions }),
  });
  notify('initialized', {});
  // The first one lives until its code is kept compiled, for all that come after it.
  const longEnough = isFirst ? pause(4_000) : undefined;
  isFirst = false;
  return {
    root,
    request,
    notify,
    received,
    uri,
    capabilities: able,
    waitFor: <T>(method: string, test: (params: T) => boolean = () => true) => {
      const there = received.find((entry) => entry.method === method && test(entry.params as T));
      return there
        ? Promise.resolve(there.params as T)
        : timed(
            `waiting for ${method}`,
            new Promise<T>((done) => waiting.push({ method, test: test as (params: never) => boolean, done: done as (params: unknown) => void })),
          );
    },
    open: (path, text, languageId = 'markdown') => notify('textDocument/didOpen', { textDocument: { uri: uri(path), languageId, version: 1, text } }),
    change: (path, version, text) => notify('textDocument/didChange', { textDocument: { uri: uri(path), version }, contentChanges: [{ text }] }),
    kill: async () => {
      child.kill('SIGKILL');
      await exit;
    },
    stop: async () => {
      await longEnough;
      await request('shutdown', null);
      notify('exit', null);
      return exit;
    },
  };
};
