import type { TextDocuments } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Notebooks } from './notebooks.ts';
import { isSameFile, uriOf } from './uris.ts';

/** A file that is open, as it was read: its unsaved text is what counts. */
export interface Opened {
  readonly text: string;
  /** The document that shows a cell; that of the file itself with null. A notebook has none of its own. */
  readonly at: (cell: number | null) => TextDocument | undefined;
}

/** Open documents, cells of notebooks among them. Editors spell one URI in several ways, so files are looked up by path. */
export interface OpenDocuments {
  readonly get: (uri: string) => TextDocument | undefined;
  /** Documents that findings are shown in. */
  readonly all: () => readonly TextDocument[];
  readonly opened: (root: string, path: string) => Opened | undefined;
  /** What each open file holds, by the URI of the file. */
  readonly texts: () => readonly { readonly uri: string; readonly text: string }[];
  /** Where an editor goes to see a place: the cell's own document where its notebook is open. */
  readonly uriOf: (root: string, path: string, cell: number | null) => string;
}

export const openDocuments = (documents: TextDocuments<TextDocument>, notebooks: Notebooks): OpenDocuments => {
  const opened = (root: string, path: string): Opened | undefined => {
    const document = documents.all().find((each) => isSameFile(each.uri, root, path));
    if (document) return { text: document.getText(), at: (cell) => (cell === null ? document : undefined) };
    const notebook = notebooks.all().find((uri) => isSameFile(uri, root, path));
    const text = notebook === undefined ? undefined : notebooks.textOf(notebook);
    if (notebook === undefined || text === undefined) return undefined;
    return { text, at: (cell) => (cell === null ? undefined : notebooks.cellsOf(notebook)?.[cell]) };
  };
  return {
    get: (uri) => documents.get(uri) ?? notebooks.cell(uri),
    all: () => [...documents.all(), ...notebooks.all().flatMap((uri) => (notebooks.cellsOf(uri) ?? []).flatMap((cell) => cell ?? []))],
    opened,
    texts: () => [
      ...documents.all().map((document) => ({ uri: document.uri, text: document.getText() })),
      ...notebooks.all().flatMap((uri) => {
        const text = notebooks.textOf(uri);
        return text === undefined ? [] : [{ uri, text }];
      }),
    ],
    uriOf: (root, path, cell) => (cell === null ? undefined : opened(root, path)?.at(cell)?.uri) ?? uriOf(root, path),
  };
};
