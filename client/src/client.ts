import { Uri, workspace } from 'vscode';
import type { LogOutputChannel } from 'vscode';
import { CloseAction, ErrorAction, LanguageClient, RevealOutputChannelOn, State, TransportKind } from 'vscode-languageclient/node';
import type { ErrorHandler } from 'vscode-languageclient/node';
import { statusNotification } from '../../server/src/protocol/requests.ts';
import type { StatusParameters } from '../../server/src/protocol/requests.ts';
import { createRestarts } from './restarts.ts';
import { documentSelector, watched } from './files.ts';
import { stateOnly } from './status-view.ts';

/** Megabytes of heap after which the server ends rather than the machine: an audit of the largest tree that the limits allow needs less. */
const heapLimit = 1024;

export interface Server {
  readonly client: LanguageClient;
  /** Starts it, or waits until it has started. */
  readonly ready: () => Promise<void>;
  readonly restart: () => Promise<void>;
  /** Ends the process and all that it watches. */
  readonly stop: () => Promise<void>;
}

export interface ServerOptions {
  readonly extensionUri: Uri;
  readonly log: LogOutputChannel;
  readonly onStatus: (status: StatusParameters) => void;
  /** It ended too often and is left alone now. */
  readonly onGivenUp: () => void;
}

export const createServer = ({ extensionUri, log, onStatus, onGivenUp }: ServerOptions): Server => {
  const restarts = createRestarts();
  const module = Uri.joinPath(extensionUri, 'dist', 'server.js').fsPath;
  // Nothing here opens a box by itself: what goes wrong is in the log and in the status.
  const errorHandler: ErrorHandler = {
    error: (error, _message, count) => {
      log.error(error);
      return { action: (count ?? 0) <= 3 ? ErrorAction.Continue : ErrorAction.Shutdown, handled: true };
    },
    closed: () => {
      if (restarts.mayRestart(Date.now())) return { action: CloseAction.Restart, handled: true };
      onStatus(stateOnly('failed', 'the server ended several times and is left alone'));
      onGivenUp();
      return { action: CloseAction.DoNotRestart, handled: true };
    },
  };
  const watcher = workspace.createFileSystemWatcher(watched);
  const client = new LanguageClient(
    'pedigree',
    'Pedigree',
    { module, transport: TransportKind.ipc, options: { execArgv: [`--max-old-space-size=${heapLimit}`] } },
    {
      documentSelector,
      outputChannel: log,
      revealOutputChannelOn: RevealOutputChannelOn.Never,
      errorHandler,
      initializationFailedHandler: (error) => {
        log.error(error);
        return false;
      },
      // What hovers quote comes from files: no commands, no HTML.
      markdown: { isTrusted: false, supportHtml: false },
      diagnosticPullOptions: { onChange: true, onFocus: true },
      synchronize: { fileEvents: watcher },
    },
  );
  client.onNotification(statusNotification, onStatus);
  client.onDidChangeState(({ newState }) => {
    if (newState === State.Starting) onStatus(stateOnly('starting'));
  });

  const ready = (): Promise<void> =>
    client.start().catch((error: unknown) => {
      onStatus(stateOnly('failed', 'the server did not start'));
      throw error;
    });
  return {
    client,
    ready,
    restart: async () => {
      restarts.forget();
      // One that is still starting cannot be stopped; one that cannot start is to be started.
      await ready().catch(() => undefined);
      if (client.needsStop()) await client.stop();
      await ready();
    },
    stop: async () => {
      watcher.dispose();
      await client.dispose();
    },
  };
};
