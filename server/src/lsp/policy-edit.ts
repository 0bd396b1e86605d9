import type { CreateFile, Position, TextDocumentEdit, WorkspaceEdit } from 'vscode-languageserver/node';
import { contentOf, isThere } from '../host/content.ts';
import { insertEntry } from '../policy/insert.ts';
import type { EntryRows } from '../policy/insert.ts';
import { policyFileName } from '../policy/read.ts';
import { indexLines, positionAt } from '../text/lines.ts';
import { editOf } from './edits.ts';
import type { EditContext } from './edits.ts';
import type { Folder } from './folders.ts';
import { uriOf } from './uris.ts';

export interface PolicyEdit {
  readonly edit: WorkspaceEdit;
  readonly uri: string;
  /** Where something is left to be written, once the edit is made. */
  readonly gap: Position;
}

/** An entry more in a list of the folder's policy, which is made where there is none; undefined where its text does not take it. */
export const policyEdit = (folder: Folder, context: EditContext, list: string, rows: EntryRows): PolicyEdit | undefined => {
  if (!context.versioned) return undefined;
  const opened = context.opened(folder.root, policyFileName);
  const document = opened?.at(null);
  const onDisk = opened ? undefined : contentOf(folder.root, policyFileName);
  const before = opened?.text ?? onDisk?.decoded.text;
  if (before === undefined && (!context.canCreate || isThere(folder.root, policyFileName))) return undefined;
  const text = before ?? '';
  const insertion = insertEntry(text, list, rows);
  if (!insertion) return undefined;
  const uri = document?.uri ?? uriOf(folder.root, policyFileName);
  const after = `${text.slice(0, insertion.start)}${insertion.text}${text.slice(insertion.end)}`;
  const create: readonly CreateFile[] = before === undefined ? [{ kind: 'create', uri, options: { ignoreIfExists: true } }] : [];
  const change: TextDocumentEdit = { textDocument: { uri, version: document?.version ?? null }, edits: [editOf(text, insertion)] };
  return {
    edit: { documentChanges: [...create, change] },
    uri,
    gap: positionAt(indexLines(after), insertion.start + (insertion.gap ?? insertion.text.length)),
  };
};
