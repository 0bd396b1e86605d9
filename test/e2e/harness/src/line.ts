// What a person sees at the line: findings, hovers, fixes, completion, links, lenses, hints, cells of notebooks.
import assert from 'node:assert/strict';
import mit from 'spdx-license-list/licenses/MIT.json';
import * as vscode from 'vscode';
import { actions, completions, eventually, findings, hover, labelOf, open, rangeOf, replace, uri, waitFinding, waitNoFinding, withFile } from './editor.js';

const barred = 'black-forest-labs/FLUX.1-dev';
const code = `from diffusers import FluxPipeline\npipe = FluxPipeline.from_pretrained("${barred}")\n`;
const whole = (document: vscode.TextDocument): vscode.Range => new vscode.Range(0, 0, document.lineCount, 0);
const policy = 'pedigree.yaml';

const textOf = async (path: string): Promise<string> => new TextDecoder().decode(await vscode.workspace.fs.readFile(uri(path)));

async function remove(path: string): Promise<void> {
  await vscode.workspace.fs.delete(uri(path)).then(undefined, () => undefined);
}

/** As the editor does it: the edit first, then the command that goes with it. */
async function take(action: vscode.CodeAction): Promise<void> {
  assert(action.edit && (await vscode.workspace.applyEdit(action.edit)), `${action.title} was refused`);
  if (action.command) await vscode.commands.executeCommand(action.command.command, ...((action.command.arguments ?? []) as unknown[]));
}

async function actionFor(document: vscode.TextDocument, range: vscode.Range, title: RegExp): Promise<vscode.CodeAction> {
  return eventually(`an action like ${String(title)}`, async () => (await actions(document, range, 'quickfix')).find((action) => title.test(action.title)));
}

async function setting(name: string, value: boolean | undefined): Promise<void> {
  await vscode.workspace.getConfiguration('pedigree').update(name, value, vscode.ConfigurationTarget.Global);
}

suite('at the line', () => {
  teardown(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await remove(policy);
  });

  test('a finding has the page of its rule, and the way along the lineage', async () => {
    const document = await open('README.md');
    const finding = await waitFinding(document, 'licence-laundering', 45_000);
    assert(typeof finding.code === 'object' && finding.code.target.path.endsWith('/docs/rules/licence-laundering.md'));
    assert(finding.relatedInformation?.some(({ location }) => document.getText(location.range).includes('meta-llama/')), 'nothing leads to the base');
  });

  test('a deprecated id is struck through, a comment without use is faded', async () => {
    await withFile('pyproject.toml', '[project]\nname = "x"\nlicense = "GPL-3.0"\n', async (document) => {
      assert.deepEqual((await waitFinding(document, 'deprecated-licence-id')).tags, [vscode.DiagnosticTag.Deprecated]);
    });
    await withFile('tools/a.py', '# pedigree-ignore output-terms: nothing here\nx = 1\n', async (document) => {
      assert.deepEqual((await waitFinding(document, 'invalid-suppression')).tags, [vscode.DiagnosticTag.Unnecessary]);
    });
  });

  test('a hover answers first, under the use that the policy states', async () => {
    await withFile('paint.py', code, async (document) => {
      const at = rangeOf(document, /FLUX/).start;
      const before = await eventually('an answer', async () => /May I use it here\? (.*?)\.\*\*/.exec(await hover(document, at))?.[1]);
      assert.equal(before, 'No, not for commercial use');
      await withFile(policy, 'use: { commercial: false }\n', async () => {
        await eventually('another answer', async () => ((await hover(document, at)).includes('Yes for non-commercial use, on conditions') ? true : undefined));
      });
      const text = await hover(document, at);
      assert(text.indexOf('May I use it here?') < text.indexOf('Commercial use'), 'the table stands first');
      assert.match(text, /Says who: .*, as of 20\d\d-\d\d-\d\d/);
    });
  });

  test('a finding is ignored here, and the cursor waits for the reason', async () => {
    await withFile('paint.py', code, async (document) => {
      const { range } = await waitFinding(document, 'noncommercial-weights');
      await take(await actionFor(document, range, /^Ignore noncommercial-weights here/));
      assert.equal(document.lineAt(1).text, '# pedigree-ignore noncommercial-weights: ');
      const editor = await eventually('the cursor behind the colon', () => {
        const active = vscode.window.activeTextEditor;
        return active?.document === document && active.selection.active.line === 1 && active.selection.active.character === document.lineAt(1).text.length ? active : undefined;
      });
      await editor.edit((edit) => edit.insert(editor.selection.active, 'a demonstration'));
      await waitNoFinding(document, 'noncommercial-weights');
    });
  });

  test('a finding is accepted in a policy that is made for it, and the cursor waits for the reason', async () => {
    await withFile('paint.py', code, async (document) => {
      const { range } = await waitFinding(document, 'noncommercial-weights');
      await take(await actionFor(document, range, /^Accept noncommercial-weights in pedigree\.yaml/));
      const editor = await eventually('the policy', () => {
        const active = vscode.window.activeTextEditor;
        return active?.document.fileName.endsWith(policy) && active.document.lineAt(active.selection.active.line).text === '    reason: ' ? active : undefined;
      });
      await editor.edit((edit) => edit.insert(editor.selection.active, 'a demonstration'));
      await waitNoFinding(document, 'noncommercial-weights');
      assert.match(editor.document.getText(), new RegExp(`(?:^|\\n)accept:\\n {2}- rule: noncommercial-weights\\n {4}work: "pkg:huggingface/${barred.replace('.', '\\.')}"\\n`));
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
  });

  test('a note of where something came from is written into the policy', async () => {
    await withFile('other.yaml', 'base_model: ./weights/from-somewhere\nlearning_rate: 0.1\noutput_dir: out\n', async (document) => {
      const { range } = await waitFinding(document, 'unknown-origin');
      await take(await actionFor(document, range, /^Note in pedigree\.yaml what/));
      const editor = await eventually('the policy', () => (vscode.window.activeTextEditor?.document.fileName.endsWith(policy) ? vscode.window.activeTextEditor : undefined));
      assert.equal(editor.document.lineAt(editor.selection.active.line).text, '    from: ');
      // What fits there is offered at once.
      const items = await eventually('works', async () => {
        const found = (await completions(editor.document, editor.selection.active)).map(labelOf);
        return found.includes('pkg:huggingface/meta-llama/Llama-3.1-8B') ? found : undefined;
      });
      assert(items.length > 100);
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
    });
  });

  test('the preferred fix is the one that "auto fix" takes', async () => {
    const document = await open('README.md');
    const { range } = await waitFinding(document, 'licence-laundering');
    assert(vscode.window.activeTextEditor);
    const preferred = await eventually('the preferred fix', async () => {
      const found = (await actions(document, range, 'quickfix')).filter((action) => action.isPreferred);
      return found.length > 0 ? found : undefined;
    });
    assert.match(preferred[0]?.title ?? '', /llama3\.1/);
    vscode.window.activeTextEditor.selection = new vscode.Selection(range.start, range.start);
    await eventually('the licence to change', async () => {
      await vscode.commands.executeCommand('editor.action.autoFix');
      return /^license: *llama3\.1$/m.test(document.getText()) ? true : undefined;
    });
    await vscode.commands.executeCommand('workbench.action.files.revert');
  });

  test('safe fixes are made on saving, where the user wants that', async () => {
    const editor = vscode.workspace.getConfiguration('editor');
    await editor.update('codeActionsOnSave', { 'source.fixAll.pedigree': 'explicit' }, vscode.ConfigurationTarget.Global);
    try {
      await withFile('draft/README.md', '---\nlicense: Apache 2.0\nbase_model: HuggingFaceTB/SmolLM2-1.7B\n---\n', async (document) => {
        await waitFinding(document, 'invalid-licence-id');
        await eventually('the id to be put right', async () => {
          await replace(document, new vscode.Range(document.lineCount, 0, document.lineCount, 0), '\n');
          await document.save();
          return document.getText().includes('license: apache-2.0') ? true : undefined;
        });
        assert.match(await textOf('draft/README.md'), /^license: apache-2\.0$/m);
      });
    } finally {
      await editor.update('codeActionsOnSave', undefined, vscode.ConfigurationTarget.Global);
    }
  });

  const places: readonly (readonly [path: string, text: string, behind: string, label: string, detail: RegExp])[] = [
    ['load.py', 'from transformers import AutoModel\nAutoModel.from_pretrained("")\n', 'from_pretrained("', 'meta-llama/Llama-3.1-8B', /^use-restricted: Llama 3\.1/],
    ['data.py', 'from datasets import load_dataset\nload_dataset("")\n', 'load_dataset("', 'tatsu-lab/alpaca', /^non-commercial: /],
    ['more.yaml', 'base_model: \nlearning_rate: 1\n', 'base_model: ', 'Qwen/Qwen2.5-7B', /^permissive: Apache/],
    ['pyproject.toml', '[project]\nlicense = ""\n', 'license = "', 'MIT', /^permissive: MIT/],
    [policy, 'accept:\n  - rule: \n', 'rule: ', 'output-terms', /^Outputs of a model/],
    [policy, 'us', 'us', 'use', /^What you do\./],
  ];
  test('ids, keys and rules are offered where they belong, each with its class', async () => {
    for (const [path, text, behind, label, detail] of places) {
      await withFile(path, text, async (document) => {
        const at = document.positionAt(text.indexOf(behind) + behind.length);
        const item = await eventually(`${label} in ${path}`, async () => (await completions(document, at)).find((entry) => labelOf(entry) === label));
        assert.match(item.detail ?? '', detail);
      });
    }
  });

  test('a path of the tree is a link, and so is a rule of the policy', async () => {
    await withFile('more.yaml', 'base_model: ./out\nlearning_rate: 0.1\noutput_dir: more\n', async () => {
      await withFile(policy, 'rules: { output-terms: off }\nprovenance:\n  - { path: train.yaml, relation: trainedOn, from: "pkg:huggingface/datasets/tatsu-lab/alpaca" }\n', async (document) => {
        const targets = await eventually('links', async () => {
          const links = await vscode.commands.executeCommand<vscode.DocumentLink[]>('vscode.executeLinkProvider', document.uri, 100);
          const found = links.map((link) => link.target?.toString() ?? '');
          return found.some((target) => target.endsWith('/train.yaml')) ? found : undefined;
        });
        assert(targets.some((target) => target.endsWith('/docs/rules/output-terms.md')), targets.join(' '));
        assert(targets.includes('https://huggingface.co/datasets/tatsu-lab/alpaca'));
      });
    });
  });

  test('lenses and hints come and go with their settings', async () => {
    const document = await open('README.md');
    await waitFinding(document, 'licence-laundering');
    const lenses = async (): Promise<string[]> =>
      (await vscode.commands.executeCommand<vscode.CodeLens[]>('vscode.executeCodeLensProvider', document.uri, 10)).flatMap(({ command }) => command?.title ?? []).filter((title) => /parent/.test(title));
    const hints = async (): Promise<string[]> =>
      (await vscode.commands.executeCommand<vscode.InlayHint[]>('vscode.executeInlayHintProvider', document.uri, whole(document))).map(({ label }) => (typeof label === 'string' ? label : label.map(({ value }) => value).join('')));
    assert.deepEqual([await lenses(), await hints()], [[], []]);
    await setting('codeLens', true);
    await setting('inlayHints', true);
    try {
      const shown = await eventually('both', async () => {
        const found = { lenses: await lenses(), hints: await hints() };
        return found.lenses.length > 0 && found.hints.length > 0 ? found : undefined;
      });
      assert.match(shown.lenses[0] ?? '', /^2 parents, strictest: CC-BY-NC-4\.0$/);
      assert.deepEqual(shown.hints, ['Llama 3.1 Community', 'CC-BY-NC-4.0']);
    } finally {
      await setting('codeLens', undefined);
      await setting('inlayHints', undefined);
    }
    await eventually('neither', async () => ((await lenses()).length + (await hints()).length === 0 ? true : undefined));
  });

  const command = 'CohereForAI/c4ai-command-r-plus';
  /** Text that is typed into a new file and never saved. */
  const kinds: readonly (readonly [path: string, text: string, rule: string])[] = [
    ['a/README.md', `---\nlicense: mit\nbase_model: ${barred}\n---\n`, 'licence-laundering'],
    ['a/conf.yaml', `base_model: ${barred}\nlearning_rate: 0.1\noutput_dir: out\n`, 'noncommercial-weights'],
    ['a/adapter_config.json', `{ "base_model_name_or_path": "${barred}", "peft_type": "LORA" }\n`, 'noncommercial-weights'],
    ['a/run.py', code, 'noncommercial-weights'],
    ['a/run.sh', `hf download ${barred}\n`, 'noncommercial-weights'],
    ['a/Dockerfile', `FROM python:3.12\nRUN hf download ${barred}\n`, 'noncommercial-weights'],
    ['a/Makefile', `get:\n\thf download ${barred}\n`, 'noncommercial-weights'],
    ['a/train.toml', `pretrained_model_name_or_path = "${barred}"\nlearning_rate = 0.1\noutput_dir = "out"\n`, 'noncommercial-weights'],
    ['a/Modelfile', `FROM hf.co/${command}\n`, 'noncommercial-weights'],
    ['a/LICENSE-MODEL', `${mit.licenseText.trimEnd()}\n\nYou may not use the Software for a commercial purpose.\n`, 'modified-licence'],
    ['a/app.ts', `import { pipeline } from '@huggingface/transformers';\nawait pipeline('text-generation', '${command}');\n`, 'noncommercial-weights'],
    ['a/app.js', `import { pipeline } from '@huggingface/transformers';\nawait pipeline('text-generation', '${command}');\n`, 'noncommercial-weights'],
  ];
  test('texts of every kind are read while they are typed', async () => {
    for (const [path, text, rule] of kinds) {
      await withFile(path, '', async (document) => {
        await replace(document, new vscode.Range(0, 0, 0, 0), text);
        await waitFinding(document, rule);
        assert(document.isDirty);
      });
    }
  }).timeout(180_000);
});

suite('a notebook', () => {
  const path = 'paint.ipynb';
  // The editor holds documents of deleted files for a while, and one of them that is louder would be the place: nothing else here names this one.
  const barred = 'adept/fuyu-8b';
  const code = `from transformers import AutoModel\nmodel = AutoModel.from_pretrained("${barred}")\n`;
  const cell = (type: string, source: string): object => ({ cell_type: type, metadata: {}, source: source.split(/(?<=\n)/), ...(type === 'code' ? { execution_count: null, outputs: [] } : {}) });
  const saved = JSON.stringify({ cells: [cell('markdown', '# Pictures'), cell('code', 'import torch'), cell('code', code)], metadata: { language_info: { name: 'python' } }, nbformat: 4, nbformat_minor: 5 });

  async function withNotebook(run: (notebook: vscode.NotebookDocument) => Promise<void>): Promise<void> {
    await vscode.workspace.fs.writeFile(uri(path), new TextEncoder().encode(saved));
    try {
      const notebook = await vscode.workspace.openNotebookDocument(uri(path));
      await vscode.window.showNotebookDocument(notebook);
      await run(notebook);
    } finally {
      await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
      await remove(path);
      await remove(policy);
    }
  }
  const documentAt = (notebook: vscode.NotebookDocument, index: number): vscode.TextDocument => notebook.cellAt(index).document;

  test('shows a finding in its cell, at the place inside it', async () => {
    await withNotebook(async (notebook) => {
      const document = documentAt(notebook, 2);
      const finding = await waitFinding(document, 'noncommercial-weights', 30_000);
      assert.equal(document.getText(finding.range), barred);
      assert.equal(finding.range.start.line, 1);
      assert.equal(findings(document, 'noncommercial-weights').length, 1);
      assert.deepEqual(findings(documentAt(notebook, 1), 'noncommercial-weights'), []);
    });
  });

  test('follows what is typed into a cell, and cells that are moved and taken out', async () => {
    await withNotebook(async (notebook) => {
      const document = documentAt(notebook, 2);
      await waitFinding(document, 'noncommercial-weights');
      await replace(document, rangeOf(document, new RegExp(barred)), 'Qwen/Qwen2.5-7B');
      await waitNoFinding(document, 'noncommercial-weights');
      await replace(document, rangeOf(document, /Qwen\/Qwen2\.5-7B/), barred);
      await waitFinding(document, 'noncommercial-weights');
      const edit = new vscode.WorkspaceEdit();
      edit.set(notebook.uri, [vscode.NotebookEdit.deleteCells(new vscode.NotebookRange(0, 2))]);
      assert(await vscode.workspace.applyEdit(edit));
      assert.equal(notebook.cellCount, 1);
      const finding = await waitFinding(documentAt(notebook, 0), 'noncommercial-weights');
      assert.equal(finding.range.start.line, 1);
    });
  });

  test('explains, completes and mends inside a cell', async () => {
    await withNotebook(async (notebook) => {
      const document = documentAt(notebook, 2);
      const finding = await waitFinding(document, 'noncommercial-weights');
      const text = await eventually('a hover', async () => {
        const said = await hover(document, finding.range.start.translate(0, 3));
        return said.includes('May I use it here?') ? said : undefined;
      });
      assert.match(text, /No, not for commercial use/);
      const accept = await actionFor(document, finding.range, /^Accept noncommercial-weights in pedigree\.yaml/);
      assert(accept.edit);
      const remote = documentAt(notebook, 1);
      await replace(remote, whole(remote), 'from transformers import AutoModel\nAutoModel.from_pretrained("Qwen/Qwen2.5-7B", trust_remote_code=True)');
      const found = await waitFinding(remote, 'remote-code');
      const fix = await actionFor(remote, found.range, /Run no code of its repository/);
      assert(fix.edit && (await vscode.workspace.applyEdit(fix.edit)));
      await waitNoFinding(remote, 'remote-code');
      const at = rangeOf(remote, /(?<=from_pretrained\(")/).start;
      await eventually('completions', async () => ((await completions(remote, at)).map(labelOf).includes('meta-llama/Llama-3.1-8B') ? true : undefined));
    });
  });
});
