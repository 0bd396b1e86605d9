import type { CreateFile, TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import { contentOf, inside, isThere } from '../host/content.ts';
import type { Creation, Fix, TextEdit as FixEdit } from '../protocol/report.ts';
import { insertAppended } from '../policy/insert.ts';
import type { Insertion } from '../policy/insert.ts';
import { policyFileName } from '../policy/read.ts';
import { digest } from '../text/digest.ts';
import { indexLines, positionAt } from '../text/lines.ts';
import { rangeOf } from './convert.ts';
import type { OpenDocuments } from './documents.ts';
import type { Folder } from './folders.ts';
import { uriOf } from './uris.ts';

export interface EditContext {
  /** The file as it is open, if it is: its unsaved text is what counts. */
  readonly opened: OpenDocuments['opened'];
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
  const byDocument = new Map<string, [FixEdit, ...FixEdit[]]>();
  for (const edit of fix.edits) {
    const key = `${edit.path}\0${edit.cell ?? ''}`;
    const before = byDocument.get(key);
    byDocument.set(key, before ? [...before, edit] : [edit]);
  }
  const out: Change[] = [];
  for (const edits of byDocument.values()) {
    const [{ path, cell }] = edits;
    const opened = context.opened(folder.root, path);
    const now = opened ? digestOfText(opened.text) : contentOf(folder.root, path)?.hash;
    if (edits.some((edit) => edit.hash !== now)) return `${path} has changed since it was read`;
    const document = opened?.at(cell);
    // In the file, a cell is a list of quoted lines, with what it put out beside it: only who shows it can edit it.
    if (cell !== null && !document) return `${path}: a cell is edited where its notebook is open`;
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

const appended = (text: string, more: string): Pick<Insertion, 'start' | 'end' | 'text'> => ({
  start: text.length,
  end: text.length,
  text: `${text === '' || text.endsWith('\n') ? '' : '\n'}${more}`,
});

/** An insertion as an edit of the text that it was made for. */
export const editOf = (text: string, { start, end, text: newText }: Pick<Insertion, 'start' | 'end' | 'text'>): TextEdit => {
  const index = indexLines(text);
  return { range: { start: positionAt(index, start), end: positionAt(index, end) }, newText };
};

const creationOf = (folder: Folder, context: EditContext, create: Creation): readonly Change[] | string => {
  if (inside(folder.root, create.path) === undefined) return `${create.path} is outside the folder`;
  const document = context.opened(folder.root, create.path)?.at(null);
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
  const insertion = create.path === policyFileName ? insertAppended(text, create.text) : appended(text, create.text);
  if (!insertion) return `${create.path} cannot take it as it is`;
  return [changeOf(folder.root, create.path, document, [editOf(text, insertion)])];
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
