import type { CreateFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { contentOf, inside, isThere } from '../host/content.ts';
import type { Creation, Fix, TextEdit as FixEdit } from '../protocol/report.ts';
import { digest } from '../text/digest.ts';
import { indexLines, positionAt } from '../text/lines.ts';
import { rangeOf } from './convert.ts';
import type { Folder } from './folders.ts';
import { uriOf } from './uris.ts';

export interface EditContext {
  /** The open document of a file, if any: its unsaved text is what counts. Editors spell one URI in several ways, so it is looked up by path. */
  readonly document: (root: string, path: string) => TextDocument | undefined;
  /** The client can be told versions, so that an edit of an older text is refused. */
  readonly versioned: boolean;
  readonly canCreate: boolean;
}

type Change = TextDocumentEdit | CreateFile;

/** A reason in words when the fix does not fit the files any more. */
export type Edited = { readonly edit: WorkspaceEdit } | { readonly refused: string };

const refused = (reason: string): Edited => ({ refused: reason });

const changeOf = (root: string, path: string, document: TextDocument | undefined, edits: TextEdit[]): TextDocumentEdit => ({
  textDocument: { uri: document?.uri ?? uriOf(root, path), version: document?.version ?? null },
  edits,
});

/** As an open text is read: see the overlay of the workspace. */
const digestOfText = (text: string): string => digest(new TextEncoder().encode(text));

/** Findings are of the text that was last read: an open document may not be what was read, a closed file may have been written since. */
const editsOf = (folder: Folder, context: EditContext, fix: Fix): readonly Change[] | string => {
  const byPath = new Map<string, FixEdit[]>();
  for (const edit of fix.edits) byPath.set(edit.path, [...(byPath.get(edit.path) ?? []), edit]);
  const out: Change[] = [];
  for (const [path, edits] of byPath) {
    const document = context.document(folder.root, path);
    if (edits.some((edit) => edit.cell !== null)) return `${path}: cells of a notebook are not edited yet`;
    const now = document ? digestOfText(document.getText()) : contentOf(folder.root, path)?.hash;
    if (edits.some((edit) => edit.hash !== now)) return `${path} has changed since it was read`;
    out.push(
      changeOf(
        folder.root,
        path,
        document,
        edits.map((edit) => ({ range: rangeOf(edit), newText: edit.text })),
      ),
    );
  }
  return out;
};

const creationOf = (folder: Folder, context: EditContext, create: Creation): readonly Change[] | string => {
  if (inside(folder.root, create.path) === undefined) return `${create.path} is outside the folder`;
  const document = context.document(folder.root, create.path);
  const text = document?.getText() ?? contentOf(folder.root, create.path)?.decoded.text;
  if (text === undefined) {
    const uri = uriOf(folder.root, create.path);
    if (isThere(folder.root, create.path)) return `${create.path} is there already, and is no text that can be edited`;
    if (!context.canCreate) return `this editor cannot create ${create.path}`;
    return [
      { kind: 'create', uri, options: { ignoreIfExists: true } },
      { textDocument: { uri, version: null }, edits: [{ range: rangeOf({ line: 1, column: 1, endLine: 1, endColumn: 1 }), newText: create.text }] },
    ];
  }
  if (!create.append && text.trim() !== '') return `${create.path} is there already`;
  if (text.includes(create.text.trim())) return [];
  const end = positionAt(indexLines(text), text.length);
  return [
    changeOf(folder.root, create.path, document, [{ range: { start: end, end }, newText: `${text === '' || text.endsWith('\n') ? '' : '\n'}${create.text}` }]),
  ];
};

/** A fix as the client applies it. */
export const workspaceEditOf = (folder: Folder, context: EditContext, fix: Fix): Edited => {
  const edits = editsOf(folder, context, fix);
  if (typeof edits === 'string') return refused(edits);
  const changes: Change[] = [...edits];
  for (const create of fix.creates) {
    const made = creationOf(folder, context, create);
    if (typeof made === 'string') return refused(made);
    changes.push(...made);
  }
  if (context.versioned) return { edit: { documentChanges: changes } };
  const plain: Record<string, TextEdit[]> = {};
  for (const change of changes) {
    if ('kind' in change) return refused('this editor cannot create files');
    plain[change.textDocument.uri] = [...(plain[change.textDocument.uri] ?? []), ...(change.edits as TextEdit[])];
  }
  return { edit: { changes: plain } };
};
