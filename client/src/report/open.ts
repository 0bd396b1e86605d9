import { commands, NotebookRange, Range, Uri, ViewColumn, window, workspace } from 'vscode';
import type { OpenPlace } from './places.ts';

const rangeOf = ({ line, column, endLine, endColumn }: OpenPlace): Range =>
  new Range(line - 1, Math.max(0, column - 1), endLine - 1, Math.max(0, endColumn - 1));

const openCell = async (uri: Uri, cell: number, viewColumn: ViewColumn): Promise<void> => {
  const notebook = await workspace.openNotebookDocument(uri);
  const range = new NotebookRange(cell, cell + 1);
  const editor = await window.showNotebookDocument(notebook, { viewColumn, selections: [range] });
  editor.revealRange(range);
};

/** Goes to a place of a report: selects the range, the cell of a notebook, or the file in the explorer where there is no text. */
export const openPlace = async (place: OpenPlace, viewColumn = ViewColumn.Active): Promise<void> => {
  const uri = Uri.joinPath(Uri.parse(place.folder, true), ...place.path.split('/'));
  if (place.binary) {
    // Revealing what is gone does nothing and says nothing.
    await workspace.fs.stat(uri);
    await commands.executeCommand('revealInExplorer', uri);
    return;
  }
  if (place.cell !== null) return openCell(uri, place.cell, viewColumn);
  const document = await workspace.openTextDocument(uri);
  await window.showTextDocument(document, { viewColumn, selection: document.validateRange(rangeOf(place)) });
};
