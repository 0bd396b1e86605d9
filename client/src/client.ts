import { CancellationError, workspace } from 'vscode';
import type { CancellationToken, LogOutputChannel, WorkspaceEdit } from 'vscode';
import {
  CloseAction,
  DidChangeConfigurationNotification,
  ErrorAction,
  ExecuteCommandRequest,
  IPCMessageReader,
  IPCMessageWriter,
  LSPErrorCodes,
  LanguageClient,
  ResponseError,
  RevealOutputChannelOn,
  State,
  WorkDoneProgress,
} from 'vscode-languageclient/node';
import type { ErrorHandler, WorkspaceEdit as ProtocolEdit } from 'vscode-languageclient/node';
import { statusNotification } from '../../server/src/protocol/requests.ts';
import type { Experimental, StatusParameters } from '../../server/src/protocol/requests.ts';
import { cellSelector, documentSelector, watched } from './files.ts';
import { createHangWatch } from './hang.ts';
import type { Processes } from './process.ts';
import { createQuiet } from './quiet.ts';
import { createRestarts } from './restarts.ts';
import { say } from './say.ts';
import { onServerSettings, serverSettings } from './settings.ts';
import { stateOnly } from './status-view.ts';

export interface Execution {
  readonly token: CancellationToken;
  readonly onProgress: (message: string, percentage: number | undefined) => void;
}

export interface Server {
  /** Starts it, or waits until it has started. */
  readonly ready: () => Promise<void>;
  /** Runs one of its commands. Throws a `CancellationError` when it was cancelled. */
  readonly execute: (command: string, execution?: Execution) => Promise<unknown>;
  /** Asks it by a request of our own. Throws a `CancellationError` when that was cancelled. */
  readonly request: <T>(method: string, parameters: object, token?: CancellationToken) => Promise<T>;
  /** An edit as the protocol writes it, for the editor to apply. */
  readonly toEdit: (edit: unknown) => Promise<WorkspaceEdit>;
  readonly restart: () => Promise<void>;
  /** Ends the process and all that it watches. */
  readonly stop: () => Promise<void>;
}

export interface ServerOptions {
  readonly processes: Processes;
  readonly log: LogOutputChannel;
  readonly onStatus: (status: StatusParameters) => void;
  /** It ended too often and is left alone now. */
  readonly onGivenUp: () => void;
}

/** Nothing here opens a box by itself: what goes wrong is in the log and in the status. */
const errorHandlerFor = (
  { log, onStatus, onGivenUp }: Pick<ServerOptions, 'log' | 'onStatus' | 'onGivenUp'>,
  mayRestart: (now: number) => boolean,
): ErrorHandler => ({
  error: (error, _message, count) => {
    log.error(error);
    return { action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true };
  },
  closed: () => {
    if (mayRestart(Date.now())) return { action: CloseAction.Restart, handled: true };
    onGivenUp();
    onStatus(stateOnly('failed', say('server.leftAlone')));
    return { action: CloseAction.DoNotRestart, handled: true };
  },
});

let executions = 0;

const execute = async (client: LanguageClient, command: string, execution: Execution | undefined): Promise<unknown> => {
  if (!execution) return client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [] });
  const { token, onProgress } = execution;
  executions += 1;
  const workDoneToken = `pedigree-${executions}`;
  const listening = client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    if (value.kind === 'report') onProgress(value.message ?? '', value.percentage);
  });
  // A server in the midst of something answers late; whoever cancelled need not wait for it.
  const cancelling = new Promise<never>((_, reject) => token.onCancellationRequested(() => reject(new CancellationError())));
  try {
    return await Promise.race([client.sendRequest(ExecuteCommandRequest.type, { command, arguments: [], workDoneToken }, token), cancelling]);
  } catch (error) {
    const cancelled = error instanceof ResponseError && (error.code === LSPErrorCodes.RequestCancelled || error.code === LSPErrorCodes.ServerCancelled);
    throw cancelled || token.isCancellationRequested ? new CancellationError() : error;
  } finally {
    listening.dispose();
  }
};

export const createServer = (options: ServerOptions): Server => {
  const { processes, log, onStatus } = options;
  const restarts = createRestarts();
  /** A view that asks for something must not start what was left alone: only who restarts it does. */
  let isLeftAlone = false;
  const giveUp = (): void => {
    isLeftAlone = true;
    options.onGivenUp();
  };
  const watcher = workspace.createFileSystemWatcher(watched);
  const quiet = createQuiet();
  const changes = workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length > 0) quiet.changed(document.uri.toString());
  });
  const hang = createHangWatch({
    journal: () => (client.initializeResult?.capabilities.experimental as { readonly pedigree?: Experimental } | undefined)?.pedigree?.running,
    onHang: (path) => {
      log.warn(`the server does not get through ${path} and is ended`);
      processes.kill();
    },
  });
  const client: LanguageClient = new LanguageClient(
    'pedigree',
    'Pedigree',
    () => {
      const child = processes.next();
      return Promise.resolve({ reader: new IPCMessageReader(child), writer: new IPCMessageWriter(child) });
    },
    {
      documentSelector: [...documentSelector, ...cellSelector],
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      errorHandler: errorHandlerFor({ log, onStatus, onGivenUp: giveUp }, restarts.mayRestart),
      initializationFailedHandler: (error) => {
        log.error(error);
        return false;
      },
      // What hovers quote comes from files: no commands, no HTML.
      markdown: { isTrusted: false, supportHtml: false },
      diagnosticPullOptions: { onChange: true, onFocus: true },
      synchronize: { fileEvents: watcher },
      initializationOptions: serverSettings,
      middleware: {
        provideDiagnostics: async (document, previous, token, next) => {
          await quiet.after('uri' in document ? document.uri.toString() : document.toString(), token);
          return next(document, previous, token);
        },
        sendRequest: async (type, parameters, token, next) => {
          const answered = hang.awaiting();
          try {
            return await next(type, parameters, token);
          } finally {
            answered();
          }
        },
      },
    },
  );
  const settings = onServerSettings((now) => {
    if (client.isRunning()) void client.sendNotification(DidChangeConfigurationNotification.type, { settings: { pedigree: now } });
  });
  let read: () => void = () => undefined;
  client.onNotification(statusNotification, (status: StatusParameters) => {
    read();
    if (status.state === 'reading') read = hang.awaiting();
    onStatus(status);
  });
  client.onDidChangeState(({ newState }) => {
    if (newState !== State.Starting) return;
    hang.reset();
    onStatus(stateOnly('starting'));
  });

  const ready = async (): Promise<void> => {
    if (isLeftAlone) throw new Error(say('server.leftAlone'));
    await client.start().catch((error: unknown) => {
      onStatus(stateOnly('failed', say('server.didNotStart')));
      throw error;
    });
  };
  return {
    ready,
    execute: async (command, execution) => {
      await ready();
      return execute(client, command, execution);
    },
    request: async <T>(method: string, parameters: object, token?: CancellationToken): Promise<T> => {
      await ready();
      // Whatever stands behind the parameters, nothing too, would be taken for another one.
      return (token ? client.sendRequest<T>(method, parameters, token) : client.sendRequest<T>(method, parameters)).catch((error: unknown) => {
        throw token?.isCancellationRequested ? new CancellationError() : error;
      });
    },
    toEdit: (edit) => client.protocol2CodeConverter.asWorkspaceEdit(edit as ProtocolEdit),
    restart: async () => {
      restarts.forget();
      isLeftAlone = false;
      // One that is still starting cannot be stopped; one that cannot start is to be started.
      await ready().catch(() => undefined);
      // One that answers no more cannot be stopped by asking.
      if (client.needsStop()) await client.stop().catch(processes.kill);
      await ready();
    },
    stop: async () => {
      watcher.dispose();
      changes.dispose();
      settings.dispose();
      hang.reset();
      await client.dispose();
      processes.clear();
    },
  };
};
