// The tools for language models, as the editor's own chat would call them.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

interface TextPart {
  readonly value: string;
}
interface Tools {
  readonly tools: readonly { readonly name: string; readonly description: string; readonly inputSchema?: object; readonly tags: readonly string[] }[];
  readonly invokeTool: (name: string, options: { readonly input: object; readonly toolInvocationToken: undefined }, token?: vscode.CancellationToken) => Thenable<{ readonly content: readonly TextPart[] }>;
}

/** Younger than the oldest editor that runs the extension, and so than the types of this suite. */
const lm = vscode.lm as unknown as Tools;

async function ask(name: string, input: object): Promise<string> {
  const { content } = await lm.invokeTool(name, { input, toolInvocationToken: undefined });
  return content.map(({ value }) => value).join('');
}

/** What is marked as data; everything else must be the tool's own. */
function inside(text: string): string {
  const [, mark, body] = /<(repository-data-[0-9a-f]{16})>\n([\s\S]*)\n<\/\1>/.exec(text) ?? [];
  assert(mark !== undefined && body !== undefined, `no marks in: ${text}`);
  return body;
}

suite('tools for language models', () => {
  const document = (): Thenable<vscode.TextDocument> => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert(folder, 'no folder is open');
    return vscode.workspace.openTextDocument(vscode.Uri.joinPath(folder.uri, 'README.md'));
  };

  test('are known to the editor, with descriptions and schemas', () => {
    const ours = lm.tools.filter(({ name }) => name.startsWith('pedigree_'));
    assert.deepEqual(ours.map(({ name }) => name).toSorted(), ['pedigree_check_licences', 'pedigree_explain', 'pedigree_lineage']);
    for (const { name, description, inputSchema, tags } of ours) {
      assert.match(description, /Read only, offline/, name);
      // A string of the manifest that was not found would stand there as its key.
      assert.doesNotMatch(JSON.stringify(inputSchema), /%tool\./, name);
      assert(tags.includes('pedigree'), name);
    }
  });

  test('find what is wrong, at the line, with clause and evidence', async () => {
    const body = inside(await ask('pedigree_check_licences', { severity: 'error' }));
    assert.match(body, /- error licence-laundering at README\.md:2:10\n.*\n {2}works: local:\., pkg:huggingface\/meta-llama\/Llama-3\.1-8B; clause: s\. 2; evidence: catalogue/);
  });

  test('count what was typed and not saved', async () => {
    const card = await document();
    const { index } = /(?<=^license: *)\S+/m.exec(card.getText()) ?? { index: 0 };
    const edit = new vscode.WorkspaceEdit();
    edit.replace(card.uri, card.getWordRangeAtPosition(card.positionAt(index)) ?? assert.fail('no licence'), 'llama3.1');
    assert(await vscode.workspace.applyEdit(edit));
    await vscode.window.showTextDocument(card);
    try {
      assert.doesNotMatch(await ask('pedigree_check_licences', { path: 'README.md' }), /licence-laundering/);
    } finally {
      await vscode.commands.executeCommand('workbench.action.files.revert');
    }
    assert.match(await ask('pedigree_check_licences', { path: card.uri.fsPath }), /licence-laundering/);
  });

  test('tell the lineage and the terms', async () => {
    assert.match(inside(await ask('pedigree_lineage', { work: '.' })), /- fine-tune of meta-llama\/Llama-3\.1-8B .*README\.md:\d+/);
    assert.match(inside(await ask('pedigree_explain', { id: 'meta-llama/Llama-3.1-8B' })), /Commercial use: .*\[s\. 2\]/);
  });

  test('read nothing outside of the folder', async () => {
    assert.match(await ask('pedigree_check_licences', { path: '/etc/passwd' }), /outside of the folders/);
  });

  test('can be cancelled', async () => {
    const source = new vscode.CancellationTokenSource();
    source.cancel();
    await assert.rejects(Promise.resolve(lm.invokeTool('pedigree_lineage', { input: {}, toolInvocationToken: undefined }, source.token)));
  });
});
