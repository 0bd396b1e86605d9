import type { Connection, NotebookCell } from 'vscode-languageserver/node';
import { NotebookCellKind } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';

/** A cell of an open notebook, by the URI that its editor gives it. */
export interface CellAt {
  readonly notebook: string;
  readonly index: number;
  /** What is said of the notebook as a whole is shown here: its first cell of code. */
  readonly leads: boolean;
}

/** Open notebooks, cell by cell, as an editor keeps them: saved or not. */
export interface Notebooks {
  readonly all: () => readonly string[];
  readonly cellAt: (uri: string) => CellAt | undefined;
  /** Documents of the cells, in order; undefined for a notebook that is not open. */
  readonly cellsOf: (notebook: string) => readonly (TextDocument | undefined)[] | undefined;
  readonly cell: (uri: string) => TextDocument | undefined;
  /** The file as it would be saved, without what the cells put out: no reader looks at that. */
  readonly textOf: (notebook: string) => string | undefined;
}

interface Notebook {
  readonly cells: NotebookCell[];
  readonly documents: Map<string, TextDocument>;
}

const kindOf = ({ kind }: NotebookCell, document: TextDocument | undefined): string => {
  if (kind === NotebookCellKind.Markup) return 'markdown';
  return document?.languageId === 'raw' ? 'raw' : 'code';
};

const textOfCells = ({ cells, documents }: Notebook): string =>
  JSON.stringify({
    cells: cells.map((cell) => {
      const document = documents.get(cell.document);
      return { cell_type: kindOf(cell, document), source: document?.getText() ?? '' };
    }),
    nbformat: 4,
  });

/**
 * Follows what the editor tells of its notebooks. The library's own keeper tells of no change where cells only move, so this one is ours.
 * `changed` gets the text of the whole, null when it was closed, and the cells that are gone.
 */
export const createNotebooks = (connection: Connection, changed: (notebook: string, text: string | null, closed: readonly string[]) => void): Notebooks => {
  const open = new Map<string, Notebook>();
  const places = new Map<string, CellAt>();

  const place = (uri: string, { cells, documents }: Notebook): void => {
    for (const [cell, at] of places) if (at.notebook === uri) places.delete(cell);
    const first = Math.max(
      0,
      cells.findIndex((cell) => kindOf(cell, documents.get(cell.document)) === 'code'),
    );
    for (const [index, cell] of cells.entries()) places.set(cell.document, { notebook: uri, index, leads: index === first });
  };
  const opened = ({ documents }: Notebook, items: readonly { uri: string; languageId: string; version: number; text: string }[]): void => {
    for (const { uri, languageId, version, text } of items) documents.set(uri, TextDocument.create(uri, languageId, version, text));
  };

  const { synchronization } = connection.notebooks;
  synchronization.onDidOpenNotebookDocument(({ notebookDocument, cellTextDocuments }) => {
    const notebook: Notebook = { cells: [...notebookDocument.cells], documents: new Map() };
    opened(notebook, cellTextDocuments);
    open.set(notebookDocument.uri, notebook);
    place(notebookDocument.uri, notebook);
    changed(notebookDocument.uri, textOfCells(notebook), []);
  });
  synchronization.onDidChangeNotebookDocument(({ notebookDocument: { uri }, change: { cells } }) => {
    const notebook = open.get(uri);
    if (!notebook || !cells) return;
    const { structure, data, textContent } = cells;
    if (structure) {
      const { start, deleteCount, cells: added } = structure.array;
      notebook.cells.splice(start, deleteCount, ...(added ?? []));
      opened(notebook, structure.didOpen ?? []);
      for (const closed of structure.didClose ?? []) notebook.documents.delete(closed.uri);
    }
    for (const cell of data ?? []) {
      const at = notebook.cells.findIndex(({ document }) => document === cell.document);
      if (at >= 0) notebook.cells[at] = cell;
    }
    for (const { document, changes } of textContent ?? []) {
      const text = notebook.documents.get(document.uri);
      if (text) notebook.documents.set(document.uri, TextDocument.update(text, changes, document.version));
    }
    place(uri, notebook);
    changed(
      uri,
      textOfCells(notebook),
      (structure?.didClose ?? []).map((cell) => cell.uri),
    );
  });
  synchronization.onDidCloseNotebookDocument(({ notebookDocument: { uri } }) => {
    const closed = [...(open.get(uri)?.documents.keys() ?? [])];
    open.delete(uri);
    for (const [cell, at] of places) if (at.notebook === uri) places.delete(cell);
    changed(uri, null, closed);
  });

  return {
    all: () => [...open.keys()],
    cellAt: (uri) => places.get(uri),
    cellsOf: (notebook) => {
      const found = open.get(notebook);
      return found?.cells.map((cell) => found.documents.get(cell.document));
    },
    cell: (uri) => open.get(places.get(uri)?.notebook ?? '')?.documents.get(uri),
    textOf: (notebook) => {
      const found = open.get(notebook);
      return found ? textOfCells(found) : undefined;
    },
  };
};
