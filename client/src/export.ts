import { Uri, window, workspace } from 'vscode';
import { exportRequest } from '../../server/src/protocol/views.ts';
import type { ExportAnswer, ExportFormat, ExportParameters } from '../../server/src/protocol/views.ts';
import type { Server } from './client.ts';
import { exportFilters, formatOf } from './export-formats.ts';
import { say } from './say.ts';

/** Where it is offered to be put: beside what it is about. */
const suggested = (): Uri | undefined => {
  const [folder] = workspace.workspaceFolders ?? [];
  return folder && Uri.joinPath(folder.uri, 'pedigree-report.html');
};

/** Writes the report as it is now to where the user says. The name's ending tells the format. */
export const exportReport = async (server: () => Promise<Server>): Promise<void> => {
  const defaultUri = suggested();
  const uri = await window.showSaveDialog({
    title: say('export.title'),
    saveLabel: say('export.save'),
    filters: exportFilters(),
    ...(defaultUri ? { defaultUri } : {}),
  });
  if (!uri) return;
  const format: ExportFormat | undefined = formatOf(uri.path);
  if (!format) throw new Error(say('export.noFormat', { name: uri.path.slice(uri.path.lastIndexOf('/') + 1) }));
  const { text } = await (await server()).request<ExportAnswer>(exportRequest, { format } satisfies ExportParameters);
  await workspace.fs.writeFile(uri, new TextEncoder().encode(text));
  const choice = await window.showInformationMessage(say('export.done', { path: workspace.asRelativePath(uri) }), say('button.open'));
  if (choice !== undefined) await window.showTextDocument(uri);
};
