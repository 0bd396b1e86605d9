import { CodeActionKind, TextDocumentSyncKind } from 'vscode-languageserver/node';
import type { ClientCapabilities, InitializeResult } from 'vscode-languageserver/node';
import { serverCommands } from '../protocol/requests.ts';
import { fixAllKind } from './actions.ts';

/** What of the client's abilities decides how we answer. */
export interface Abilities {
  readonly versionedEdits: boolean;
  readonly createFiles: boolean;
  readonly resolveEdits: boolean;
  readonly codeLinks: boolean;
  readonly tags: boolean;
  readonly pull: boolean;
  readonly refresh: boolean;
  readonly refreshLenses: boolean;
  readonly refreshHints: boolean;
  readonly progress: boolean;
  readonly folderEvents: boolean;
  readonly shows: boolean;
}

export const abilitiesOf = ({ textDocument, workspace, window }: ClientCapabilities): Abilities => ({
  versionedEdits: workspace?.workspaceEdit?.documentChanges === true,
  createFiles: workspace?.workspaceEdit?.resourceOperations?.includes('create') === true,
  resolveEdits: textDocument?.codeAction?.resolveSupport?.properties.includes('edit') === true && textDocument.codeAction.dataSupport === true,
  codeLinks: textDocument?.diagnostic?.codeDescriptionSupport === true || textDocument?.publishDiagnostics?.codeDescriptionSupport === true,
  tags: textDocument?.diagnostic?.tagSupport !== undefined || textDocument?.publishDiagnostics?.tagSupport !== undefined,
  pull: textDocument?.diagnostic !== undefined,
  refresh: workspace?.diagnostics?.refreshSupport === true,
  refreshLenses: workspace?.codeLens?.refreshSupport === true,
  refreshHints: workspace?.inlayHint?.refreshSupport === true,
  progress: window?.workDoneProgress === true,
  folderEvents: workspace?.workspaceFolders === true,
  shows: window?.showDocument?.support === true,
});

export const capabilities: InitializeResult['capabilities'] = {
  positionEncoding: 'utf-16',
  textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental, save: false },
  // Every cell: the ones in front of a cell of code decide which it is.
  notebookDocumentSync: { notebookSelector: [{ notebook: { notebookType: 'jupyter-notebook', scheme: 'file' } }], save: false },
  diagnosticProvider: { identifier: 'pedigree', interFileDependencies: true, workspaceDiagnostics: false },
  hoverProvider: true,
  completionProvider: { triggerCharacters: [':', ' ', '/', '-', '"', "'", '=', '{', '['], resolveProvider: true },
  codeActionProvider: { codeActionKinds: [CodeActionKind.QuickFix, fixAllKind], resolveProvider: true },
  documentLinkProvider: {},
  codeLensProvider: {},
  inlayHintProvider: true,
  executeCommandProvider: { commands: Object.values(serverCommands), workDoneProgress: true },
  workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
};
