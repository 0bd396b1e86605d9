import * as vscode from 'vscode';
import { Uri, commands, window, workspace } from 'vscode';
import type { ExtensionContext } from 'vscode';
import { onceSettled, requireKept } from '../../server/src/host/kept-code.ts';
import type { StatusParameters } from '../../server/src/protocol/requests.ts';
import { foldersRequest, lineageRequest } from '../../server/src/protocol/views.ts';
import type { Server } from './client.ts';
import type * as connection from './client.ts';
import { commandTable } from './commands.ts';
import { createFindingsView } from './findings/view.ts';
import { createLineagePanel } from './lineage/panel.ts';
import { createLive } from './live.ts';
import type { PageCommand } from './pages/messages.ts';
import { createProcesses } from './process.ts';
import { createReportPanel } from './report/panel.ts';
import { say } from './say.ts';
import { createStatus } from './status.ts';
import { stateOnly } from './status-view.ts';
import { registerTasks } from './tasks.ts';
import { registerTools } from './tools.ts';

let running: Server | undefined;

/** What a page may ask for, as the commands that do it. */
const pageCommandIds: Readonly<Record<PageCommand, string>> = {
  audit: 'pedigree.auditWorkspace',
  export: 'pedigree.exportReport',
  lineage: 'pedigree.showLineage',
};

/** A server that is gone leaves no findings, which would look like a clean bill: this is the one message that nobody asked for. */
const sayGivenUp = async (): Promise<void> => {
  const [restart, showOutput] = [say('button.restart'), say('button.showOutput')];
  const choice = await window.showErrorMessage(say('server.givenUp'), restart, showOutput);
  if (choice === restart) await commands.executeCommand('pedigree.restartServer');
  if (choice === showOutput) await commands.executeCommand('pedigree.showOutput');
};

/** Milliseconds after which views that are in sight follow what is typed. */
const pause = 500;

export const activate = ({ extension, extensionUri, globalStorageUri, subscriptions, workspaceState }: ExtensionContext): void => {
  const { version } = extension.packageJSON as { readonly version: string };
  const log = window.createOutputChannel('Pedigree', { log: true });
  const logged = (error: unknown): void => log.error(error instanceof Error ? error : String(error));
  const status = createStatus();
  // The client's library is most of the bundle, and the editor waits for neither it nor the server: both come after `activate`.
  const processes = createProcesses({ dist: Uri.joinPath(extensionUri, 'dist').fsPath, onWords: (words) => log.info(words) });
  const code = Uri.joinPath(globalStorageUri, 'code').fsPath;
  const server = async (): Promise<Server> =>
    (running ??= requireKept<typeof connection>(Uri.joinPath(extensionUri, 'dist', 'connection.js').fsPath, code, onceSettled).createServer({
      processes,
      log,
      onStatus,
      onGivenUp,
    }));
  const live = createLive({ ask: async (parameters) => (await server()).request(foldersRequest, parameters), delay: pause, onError: logged });
  const view = createFindingsView(live, workspaceState);
  const lineage = createLineagePanel({ extensionUri, log, ask: async () => (await server()).request(lineageRequest, {}) });
  const report = createReportPanel({ extensionUri, log, now: live.refresh, run: (command) => void commands.executeCommand(pageCommandIds[command]) });
  const onStatus = (told: StatusParameters): void => {
    status.show(told);
    view.told(told);
    if (told.state !== 'ready') return;
    lineage.stale();
    report.stale();
  };
  const onGivenUp = (): void => {
    view.gone();
    void sayGivenUp();
  };
  onStatus(stateOnly('starting'));
  const typing = workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    // Lines move without anything being said anew. Only files: the log is a document too.
    if (contentChanges.length > 0 && document.uri.scheme === 'file') live.stale();
  });
  const starting = setTimeout(() => {
    processes.prepare();
    server()
      .then((loaded) => loaded.ready())
      .catch(logged);
  });
  subscriptions.push(
    log,
    status,
    view,
    report,
    lineage,
    live,
    typing,
    { dispose: () => clearTimeout(starting) },
    { dispose: processes.clear },
    registerTools(vscode, server),
    registerTasks(extensionUri),
  );
  const table = commandTable({ server, live, report, lineage, view, log, version });
  for (const [id, run] of Object.entries(table)) subscriptions.push(commands.registerCommand(id, run));
};

export const deactivate = async (): Promise<void> => running?.stop();
