import type { Connection } from 'vscode-languageserver/node';
import { ErrorCodes, ResponseError } from 'vscode-languageserver/node';
import { rulePage } from '../protocol/requests.ts';
import { ruleById } from '../rules/index.ts';
import type { OpenDocuments } from './documents.ts';
import type { Folders } from './folders.ts';
import { fileOf, pathInside } from './uris.ts';

interface Asked {
  readonly rule?: unknown;
  readonly uri?: unknown;
  readonly position?: { readonly line?: unknown; readonly character?: unknown };
}

const folderOf = (uri: string): string => uri.slice(0, uri.lastIndexOf('/'));

/** In a folder of the workspace, or beside a document that is open. */
const isOurs = (uri: string, folders: Folders, documents: OpenDocuments): boolean => {
  const file = fileOf(uri);
  if (documents.get(uri) || (file !== undefined && documents.all().some((document) => folderOf(document.uri) === folderOf(uri)))) return true;
  return file !== undefined && folders.all().some(({ root }) => pathInside(root, file) !== undefined);
};

const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value) && value >= 0;

/** Asks the editor to show a place of one of its folders, or the page of a rule in a browser. Who calls a command is not known: nothing else is opened. */
export const show = async (connection: Connection, folders: Folders, documents: OpenDocuments, argument: unknown): Promise<boolean> => {
  const { rule, uri, position }: Asked = typeof argument === 'object' && argument !== null ? argument : {};
  if (typeof rule === 'string' && ruleById(rule)) return (await connection.window.showDocument({ uri: rulePage(rule), external: true })).success;
  const { line, character } = position ?? {};
  if (typeof uri !== 'string' || !isOurs(uri, folders, documents) || !isNumber(line) || !isNumber(character))
    throw new ResponseError(ErrorCodes.InvalidParams, 'there is no such place');
  const at = { line, character };
  return (await connection.window.showDocument({ uri, takeFocus: true, selection: { start: at, end: at } })).success;
};
