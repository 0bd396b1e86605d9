// The installed extension as other extensions see it: through VS Code's own API, inside the extension host.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import mit from 'spdx-license-list/licenses/MIT.json';
import * as vscode from 'vscode';
import { actions, eventually, findings, open, rangeOf, replace, uri, waitFinding, waitNoFinding } from './editor.js';

const id = 'pedigree.pedigree';
const rule = 'licence-laundering';

const reports = (): vscode.Tab[] =>
  vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs).filter(({ input }) => input instanceof vscode.TabInputWebview && input.viewType.includes('pedigree.report'));

/** Servers that this extension host started. */
function servers(): number[] {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
    try {
      const [, parent] = /\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
      return Number(parent) === process.pid && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('pedigree.pedigree');
    } catch {
      // It ended while we looked.
      return false;
    }
  });
  return children.map(Number);
}

const licence = /(?<=^license: *)\S+/m;
const baseModel = /meta-llama\/Llama-3\.1-8B\b/;

suite('the installed extension', () => {
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('comes from the .vsix and activates', async () => {
    const extension = vscode.extensions.getExtension(id);
    assert(extension, `${id} is not installed`);
    const installed = process.env['PEDIGREE_E2E_EXTENSIONS'];
    assert(installed !== undefined && extension.extensionPath.startsWith(installed), `it runs from ${extension.extensionPath}`);
    await extension.activate();
    assert(extension.isActive);
  });

  test('registers every command that its manifest names', async () => {
    const manifest = vscode.extensions.getExtension(id)?.packageJSON as { contributes?: { commands?: { command: string; title: string }[] } };
    const named = manifest.contributes?.commands ?? [];
    assert(named.some(({ title }) => title === 'Audit Workspace'), 'no "Audit Workspace"');
    const missing = await eventually('all commands', async () => {
      const known = new Set(await vscode.commands.getCommands(true));
      return named.every(({ command }) => known.has(command)) ? [] : undefined;
    });
    assert.deepEqual(missing, []);
  });

  test('reports a card that promises more than its base allows, once, at the licence, with a link', async () => {
    const document = await open('README.md');
    // The first answer of all: the server has to start.
    const finding = await waitFinding(document, rule, 45_000);
    assert.equal(finding.severity, vscode.DiagnosticSeverity.Error);
    assert.equal(document.getText(finding.range), document.getText(rangeOf(document, licence)));
    assert(typeof finding.code === 'object' && finding.code.target.scheme === 'https', 'no page behind the rule');
    // A server that both pushes and is pulled shows everything twice.
    assert.equal(findings(document, rule).length, 1);
  });

  test('follows what is typed, without saving', async () => {
    const document = await open('README.md');
    await waitFinding(document, rule);
    await replace(document, rangeOf(document, licence), 'llama3.1');
    await waitNoFinding(document, rule);
    await replace(document, rangeOf(document, licence), 'mit');
    await waitFinding(document, rule);
  });

  test('explains a model in a hover', async () => {
    const document = await open('README.md');
    const { start } = rangeOf(document, baseModel);
    const text = await eventually('a hover', async () => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, start.translate(0, 3));
      // As it is read, not as it is written: any punctuation may be escaped.
      const all = hovers.flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n').replace(/\\(?=[!-/:-@[-`{-~])/g, '');
      return /Llama/.test(all) ? all : undefined;
    });
    assert.match(text, /Llama 3\.1/);
  });

  test('says of a changed licence text what it is, at the line that was added', async () => {
    const lines = mit.licenseText.trimEnd().split('\n');
    const added = 'If the Software is used for products with more than one million monthly active users, display our name.';
    const file = uri('LICENSE');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode([...lines, '', added, ''].join('\n')));
    try {
      const document = await open('LICENSE');
      const found = await waitFinding(document, 'modified-licence');
      assert.equal(found.range.start.line, lines.length + 1, 'the finding stands where it was changed');
      const text = await eventually('a hover', async () => {
        const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, found.range.start);
        const all = hovers.flatMap(({ contents }) => contents.map((content) => (typeof content === 'string' ? content : content.value))).join('\n');
        return /changed or added/.test(all) ? all : undefined;
      });
      assert.match(text, /MIT/);
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await vscode.workspace.fs.delete(file);
    }
  });

  test('offers the inherited licence as a fix, and the fix mends the card', async () => {
    const document = await open('README.md');
    const { range } = await waitFinding(document, rule);
    const action = await eventually('the fix', async () => (await actions(document, range, 'quickfix')).find(({ title }) => /llama3\.1/.test(title)));
    assert(action.edit, 'the fix has no edit');
    assert(await vscode.workspace.applyEdit(action.edit));
    assert.match(document.getText(), /^license: *["']?llama3\.1\b/m);
    await waitNoFinding(document, rule);
  });

  test('never chooses a licence on "fix all"', async () => {
    const document = await open('README.md');
    await waitFinding(document, rule);
    const whole = new vscode.Range(0, 0, document.lineCount, 0);
    for (const action of await eventually('an answer', () => actions(document, whole, 'source.fixAll.pedigree'))) {
      if (action.edit) await vscode.workspace.applyEdit(action.edit);
    }
    assert.match(document.getText(), /^license: *mit\b/m);
  });

  test('completes licence ids of the hub in a card', async () => {
    const document = await open('README.md');
    const range = rangeOf(document, licence);
    await replace(document, range, '');
    const labels = await eventually('completions', async () => {
      const list = await vscode.commands.executeCommand<vscode.CompletionList>('vscode.executeCompletionItemProvider', document.uri, range.start);
      const found = list.items.map(({ label }) => (typeof label === 'string' ? label : label.label));
      return found.includes('apache-2.0') ? found : undefined;
    });
    assert(labels.includes('llama3.1'), 'llama3.1 is not offered');
  });

  test('links a model to its page', async () => {
    const document = await open('README.md');
    const target = await eventually('a link', async () => {
      const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri, 100);
      return links.map((link) => link.target?.toString()).find((url) => url?.includes('meta-llama/Llama-3.1-8B'));
    });
    assert.match(target, /^https:\/\/huggingface\.co\//);
  });

  test('still answers after every example was opened', async () => {
    for (const file of await vscode.workspace.findFiles('**/*.{md,py,yaml,yml,json,toml,txt}')) {
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file));
    }
    const document = await open('README.md');
    await waitFinding(document, rule);
    await replace(document, rangeOf(document, licence), 'llama3.1');
    await waitNoFinding(document, rule);
  });

  test('audits into one report, however often it is asked', async () => {
    await vscode.commands.executeCommand('pedigree.auditWorkspace');
    await eventually('the report', () => reports()[0]);
    await vscode.commands.executeCommand('pedigree.auditWorkspace');
    assert.equal(reports().length, 1);
    await vscode.window.tabGroups.close(reports());
    await vscode.commands.executeCommand('pedigree.auditWorkspace');
    await eventually('the report after it was closed', () => reports()[0]);
    await vscode.window.tabGroups.close(reports());
  });

  test('is one audit when it is asked twice at once', async () => {
    await Promise.all([vscode.commands.executeCommand('pedigree.auditWorkspace'), vscode.commands.executeCommand('pedigree.auditWorkspace')]);
    await eventually('the report', () => reports()[0]);
    assert.equal(reports().length, 1);
    await vscode.window.tabGroups.close(reports());
  });

  test('has few settings and commands, and no setting that changes what is found', () => {
    const manifest = vscode.extensions.getExtension(id)?.packageJSON as { contributes: { configuration: { properties: object }; commands: object[] } };
    const { configuration, commands } = manifest.contributes;
    assert(Object.keys(configuration.properties).length <= 15 && commands.length <= 12);
    for (const name of ['useCache', 'useHub', 'codeLens', 'inlayHints']) assert.equal(vscode.workspace.getConfiguration('pedigree').get(name), false, name);
    assert.equal(vscode.workspace.getConfiguration('pedigree').get('trace.server'), 'off');
  });

  test('lists each setting with what it does, and takes the default for all of them', async () => {
    interface Setting {
      readonly default: unknown;
      readonly markdownDescription: string;
      readonly scope: string;
    }
    const manifest = vscode.extensions.getExtension(id)?.packageJSON as { contributes: { configuration: { properties: Record<string, Setting> } } };
    const listed = Object.entries(manifest.contributes.configuration.properties);
    assert.deepEqual(listed.map(([name]) => name), ['pedigree.useCache', 'pedigree.useHub', 'pedigree.codeLens', 'pedigree.inlayHints', 'pedigree.trace.server']);
    for (const [name, { default: off, markdownDescription, scope }] of listed) {
      // A string of the table that was not found would stand there as its key.
      assert.doesNotMatch(markdownDescription, /^%/, name);
      assert.equal(vscode.workspace.getConfiguration().inspect(name)?.defaultValue, off, name);
      // A folder must not be able to switch on what asks for anything.
      if (name.startsWith('pedigree.use')) assert.equal(scope, 'machine', name);
    }
  });

  test('a folder cannot switch the hub on', async () => {
    await vscode.workspace.fs.writeFile(uri('.vscode/settings.json'), new TextEncoder().encode('{ "pedigree.useHub": true, "pedigree.codeLens": true }'));
    try {
      await eventually('the settings of the folder', () => (vscode.workspace.getConfiguration('pedigree').get('codeLens') === true ? true : undefined));
      assert.equal(vscode.workspace.getConfiguration('pedigree').get('useHub'), false);
    } finally {
      await vscode.workspace.fs.delete(uri('.vscode'), { recursive: true });
    }
  });

  test('has a task that puts findings of files that are not open into Problems, and of open ones once', async () => {
    const document = await open('README.md');
    await waitFinding(document, rule);
    // One that this window never opened: a document lives on for a while after its tab is closed.
    const closed = uri('closed.py');
    await vscode.workspace.fs.writeFile(closed, new TextEncoder().encode('from transformers import AutoModel\nAutoModel.from_pretrained("CohereForAI/c4ai-command-r-plus")\n'));
    const task = await eventually('the task', async () => (await vscode.tasks.fetchTasks({ type: 'pedigree' }))[0]);
    assert.deepEqual([task.name, task.source, task.problemMatchers], ['audit', 'pedigree', ['$pedigree']]);
    const ended = new Promise<number | undefined>((done) => {
      const listening = vscode.tasks.onDidEndTaskProcess(({ execution, exitCode }) => {
        if (execution.task.definition.type !== 'pedigree') return;
        listening.dispose();
        done(exitCode);
      });
    });
    await vscode.tasks.executeTask(task);
    assert.equal(await ended, 0);
    const barred = 'noncommercial-weights';
    const inClosed = (): vscode.Diagnostic[] => vscode.languages.getDiagnostics(closed).filter(({ source, code }) => source === 'pedigree' && (typeof code === 'object' ? code.value : code) === barred);
    try {
      const found = await eventually('a problem in a file that is not open', () => inClosed()[0]);
      assert.equal(found.severity, vscode.DiagnosticSeverity.Warning);
      assert(found.message.length > 40);
      assert.deepEqual([found.range.start.line, findings(document, rule).length], [1, 1]);
      // What is found while it is open takes the place of what the task said.
      const opened = await open('closed.py');
      await eventually('the page of the rule', () => (typeof findings(opened, barred)[0]?.code === 'object' ? true : undefined));
      await eventually('it alone', () => (inClosed().length === 1 ? true : undefined));
    } finally {
      await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
      await vscode.workspace.fs.delete(closed);
    }
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });

  test('finds the same after a restart', async () => {
    const document = await open('README.md');
    await waitFinding(document, rule);
    const before = servers();
    await vscode.commands.executeCommand('pedigree.restartServer');
    await eventually('another server', () => (servers().some((pid) => !before.includes(pid)) ? true : undefined));
    await waitFinding(document, rule);
    assert.equal(servers().length, 1);
  });

  test('finds the same after its server was killed, three times', async () => {
    const document = await open('README.md');
    for (let round = 0; round < 3; round += 1) {
      await waitFinding(document, rule);
      const [pid] = servers();
      assert(pid !== undefined, 'no server runs');
      process.kill(pid, 'SIGKILL');
      await eventually('another server', () => (servers().some((other) => other !== pid) ? true : undefined));
      await replace(document, rangeOf(document, licence), 'llama3.1');
      await waitNoFinding(document, rule);
      await replace(document, rangeOf(document, licence), 'mit');
    }
    await waitFinding(document, rule);
  });
});
