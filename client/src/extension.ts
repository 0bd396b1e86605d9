import * as vscode from 'vscode';
import { commands, window } from 'vscode';
import type { ExtensionContext } from 'vscode';
import type { Server } from './client.ts';
import { commandTable } from './commands.ts';
import { createReportPanel } from './report/panel.ts';
import { createStatus } from './status.ts';
import { stateOnly } from './status-view.ts';
import { registerTools } from './tools.ts';

let running: Promise<Server> | undefined;

/** A server that is gone leaves no findings, which would look like a clean bill: this is the one message that nobody asked for. */
const sayGivenUp = async (): Promise<void> => {
  const choice = await window.showErrorMessage(
    'Pedigree: its server ended several times within minutes and is left alone. Nothing is checked until it is restarted.',
    'Restart',
    'Show Output',
  );
  if (choice === 'Restart') await commands.executeCommand('pedigree.restartServer');
  if (choice === 'Show Output') await commands.executeCommand('pedigree.showOutput');
};

export const activate = ({ extension, extensionUri, subscriptions }: ExtensionContext): void => {
  const { version } = extension.packageJSON as { readonly version: string };
  const log = window.createOutputChannel('Pedigree', { log: true });
  const status = createStatus();
  status.show(stateOnly('starting'));
  const report = createReportPanel(extensionUri, log);
  // The client's library is most of the bundle, and the editor waits for neither it nor the server: both come after `activate`.
  const server = (): Promise<Server> =>
    (running ??= import('./client.ts').then(({ createServer }) =>
      createServer({ extensionUri, log, onStatus: status.show, onGivenUp: () => void sayGivenUp() }),
    ));
  const starting = setTimeout(() => {
    server()
      .then((loaded) => loaded.ready())
      .catch((error: unknown) => log.error(error instanceof Error ? error : String(error)));
  });
  subscriptions.push(log, status, report, { dispose: () => clearTimeout(starting) }, registerTools(vscode, server));
  for (const [id, run] of Object.entries(commandTable({ server, report, log, version }))) subscriptions.push(commands.registerCommand(id, run));
};

export const deactivate = async (): Promise<void> => (await running)?.stop();
