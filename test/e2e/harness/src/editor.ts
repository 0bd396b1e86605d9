// What the suites do in the editor, by VS Code's own API.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Asks until the answer is there: the server starts late, and providers are cancelled while others register. */
export async function eventually<T>(what: string, probe: () => T | undefined | Promise<T | undefined>, timeout = 15_000): Promise<T> {
  let last: unknown;
  for (const until = Date.now() + timeout; Date.now() < until; ) {
    try {
      const value = await probe();
      if (value !== undefined) return value;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${what}: not within ${timeout / 1000} s${last === undefined ? '' : ` (${String(last)})`}`);
}

export function uri(path: string): vscode.Uri {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  assert(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder.uri, path);
}

export async function open(path: string): Promise<vscode.TextDocument> {
  const document = await vscode.workspace.openTextDocument(uri(path));
  await vscode.window.showTextDocument(document);
  return document;
}

const codeOf = ({ code }: vscode.Diagnostic): string => String(typeof code === 'object' ? code.value : code);

export const findings = (document: vscode.TextDocument, code: string): vscode.Diagnostic[] =>
  vscode.languages.getDiagnostics(document.uri).filter((diagnostic) => codeOf(diagnostic) === code);

export const waitFinding = (document: vscode.TextDocument, code: string, timeout?: number): Promise<vscode.Diagnostic> =>
  eventually(`${code} in ${document.fileName}`, () => findings(document, code)[0], timeout);

export const waitNoFinding = (document: vscode.TextDocument, code: string): Promise<true> =>
  eventually(`no ${code} in ${document.fileName}`, () => (findings(document, code).length === 0 ? true : undefined));

/** The range of what the pattern matches. */
export function rangeOf(document: vscode.TextDocument, pattern: RegExp): vscode.Range {
  const match = pattern.exec(document.getText());
  assert(match, `${document.fileName} holds nothing like ${String(pattern)}`);
  return new vscode.Range(document.positionAt(match.index), document.positionAt(match.index + match[0].length));
}

export async function replace(document: vscode.TextDocument, range: vscode.Range, text: string): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  edit.replace(document.uri, range, text);
  assert(await vscode.workspace.applyEdit(edit), 'the edit was refused');
}

export async function actions(document: vscode.TextDocument, range: vscode.Range, kind?: string): Promise<vscode.CodeAction[]> {
  const found = await vscode.commands.executeCommand<(vscode.CodeAction | vscode.Command)[]>('vscode.executeCodeActionProvider', document.uri, range, kind, 50);
  return found.filter((action): action is vscode.CodeAction => 'kind' in action || 'edit' in action);
}

/** What is said at a position, as it is read, not as it is written: any punctuation may be escaped. */
export async function hover(document: vscode.TextDocument, position: vscode.Position): Promise<string> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, position);
  return hovers
    .flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value)))
    .join('\n')
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '');
}

export async function completions(document: vscode.TextDocument, position: vscode.Position): Promise<readonly vscode.CompletionItem[]> {
  const { items } = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, position);
  return items;
}

export const labelOf = ({ label }: vscode.CompletionItem): string => (typeof label === 'string' ? label : label.label);

/** Writes a file of the folder, and takes it away again when the test is over. */
export async function withFile<T>(path: string, text: string, run: (document: vscode.TextDocument) => Promise<T>): Promise<T> {
  await vscode.workspace.fs.writeFile(uri(path), new TextEncoder().encode(text));
  try {
    const document = await open(path);
    // The editor may still hold an earlier file of that name.
    await eventually(`${path} as it was written`, async () => {
      if (document.getText() === text) return true;
      await vscode.commands.executeCommand('workbench.action.files.revert');
      return undefined;
    });
    return await run(document);
  } finally {
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    await vscode.workspace.fs.delete(uri(path));
  }
}
