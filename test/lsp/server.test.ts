import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeAction, CompletionItem, Diagnostic, DocumentLink, Hover, TextDocumentEdit } from 'vscode-languageserver/node';
import { serverCommands } from '../../server/src/protocol/requests.ts';
import type { AuditAnswer, DebugInformation, StatusParameters } from '../../server/src/protocol/requests.ts';
import { layOut } from '../support/cli.ts';
import { modern, startClient } from '../support/lsp.ts';
import type { LspClient, StartOptions } from '../support/lsp.ts';

const repo = `--- README.md
---
license: mit
base_model: meta-llama/Llama-3.1-8B
datasets:
  - tatsu-lab/alpaca
---
# support-bot
--- run.py
from transformers import AutoModel
model = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")
--- LICENSE
MIT License

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files, under the terms of the MIT license.
`;
const card = '---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\ndatasets:\n  - tatsu-lab/alpaca\n---\n# support-bot\n';

interface Pulled {
  readonly kind: 'full' | 'unchanged';
  readonly resultId: string;
  readonly items?: readonly Diagnostic[];
}

const pull = (client: LspClient, path: string, previousResultId?: string): Promise<Pulled> =>
  client.request('textDocument/diagnostic', { textDocument: { uri: client.uri(path) }, ...(previousResultId === undefined ? {} : { previousResultId }) });
const codes = (pulled: Pulled): readonly string[] => (pulled.items ?? []).map((item) => String(item.code));
const at = (line: number, character: number) => ({ line, character });
const hover = async (client: LspClient, path: string, line: number, character: number): Promise<string> => {
  const found = await client.request<Hover | null>('textDocument/hover', { textDocument: { uri: client.uri(path) }, position: at(line, character) });
  return found === null ? '' : (found.contents as { value: string }).value;
};
const actions = (client: LspClient, path: string, items: readonly Diagnostic[], only?: readonly string[]): Promise<readonly CodeAction[]> =>
  client.request('textDocument/codeAction', {
    textDocument: { uri: client.uri(path) },
    range: items[0]?.range ?? { start: at(0, 0), end: at(0, 0) },
    context: { diagnostics: items, ...(only ? { only } : {}) },
  });
const complete = async (client: LspClient, path: string, line: number, character: number): Promise<readonly string[]> =>
  (await client.request<readonly CompletionItem[]>('textDocument/completion', { textDocument: { uri: client.uri(path) }, position: at(line, character) })).map(
    (item) => item.label,
  );

describe('language server', function () {
  this.timeout(60_000);
  const roots: string[] = [];
  const clients: LspClient[] = [];
  const start = async (text = repo, options: StartOptions = {}): Promise<LspClient> => {
    const root = layOut(text);
    roots.push(root);
    const client = await startClient(root, options.folders === undefined ? { ...options, folders: [root] } : options);
    clients.push(client);
    return client;
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) assert.equal(await client.stop(), 0);
    for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
  });

  it('says what it can do', async () => {
    const client = await start();
    assert.deepEqual(client.capabilities['diagnosticProvider'], { identifier: 'pedigree', interFileDependencies: true, workspaceDiagnostics: false });
    for (const provider of ['hoverProvider', 'completionProvider', 'codeActionProvider', 'documentLinkProvider', 'executeCommandProvider'])
      assert.ok(client.capabilities[provider], provider);
  });

  it('answers a pull with range, code, page and the way along the lineage', async () => {
    const client = await start();
    client.open('README.md', card);
    const finding = (await pull(client, 'README.md')).items?.find((item) => item.code === 'licence-laundering');
    assert.deepEqual(finding?.range, { start: at(1, 9), end: at(1, 12) });
    assert.equal(finding?.severity, 1);
    assert.equal(finding?.source, 'pedigree');
    assert.match(finding?.codeDescription?.href ?? '', /^https:\/\/.*\/docs\/rules\/licence-laundering\.md$/);
    assert.ok(finding?.relatedInformation?.some((related) => related.location.uri === client.uri('README.md') && related.location.range.start.line === 2));
  });

  it('says "unchanged" to whoever has it already, and nothing before it is asked', async () => {
    const client = await start();
    client.open('README.md', card);
    const first = await pull(client, 'README.md');
    assert.deepEqual(await pull(client, 'README.md', first.resultId), { kind: 'unchanged', resultId: first.resultId });
    assert.ok(!client.received.some((entry) => entry.method === 'textDocument/publishDiagnostics'));
  });

  it('follows unsaved text, and asks for a refresh only when facts changed', async () => {
    const client = await start();
    client.open('README.md', card);
    await pull(client, 'README.md');
    client.change('README.md', 2, `${card}\nmore words\n`);
    assert.ok(codes(await pull(client, 'README.md')).includes('licence-laundering'));
    await new Promise((done) => setTimeout(done, 700));
    assert.ok(!client.received.some((entry) => entry.method === 'workspace/diagnostic/refresh'));
    client.change('README.md', 3, card.replace('license: mit', 'license: llama3.1'));
    assert.ok(!codes(await pull(client, 'README.md')).includes('licence-laundering'));
    await client.waitFor('workspace/diagnostic/refresh');
  });

  it('forgets unsaved text when the file is closed', async () => {
    const client = await start();
    client.open('README.md', card.replace('license: mit', 'license: llama3.1'));
    assert.ok(!codes(await pull(client, 'README.md')).includes('licence-laundering'));
    client.notify('textDocument/didClose', { textDocument: { uri: client.uri('README.md') } });
    assert.ok(codes(await pull(client, 'README.md')).includes('licence-laundering'));
  });

  it('reads a file that was saved and closed, where the editor tells of no files', async () => {
    const client = await start();
    client.open('README.md', card);
    assert.ok(codes(await pull(client, 'README.md')).includes('licence-laundering'));
    const mended = card.replace('license: mit', 'license: llama3.1');
    client.change('README.md', 2, mended);
    writeFileSync(join(client.root, 'README.md'), mended);
    client.notify('textDocument/didClose', { textDocument: { uri: client.uri('README.md') } });
    assert.ok(!codes(await pull(client, 'README.md')).includes('licence-laundering'));
  });

  it('sees files that are written, and leaves out what an audit leaves out', async () => {
    const client = await start();
    client.open('README.md', card);
    await pull(client, 'README.md');
    const write = (path: string, text: string): void => {
      mkdirSync(join(client.root, path, '..'), { recursive: true });
      writeFileSync(join(client.root, path), text);
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri(path), type: 1 }] });
    };
    write('paint.py', 'from diffusers import FluxPipeline\nFluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")\n');
    write('node_modules/x/paint.py', 'from diffusers import FluxPipeline\nFluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")\n');
    await client.waitFor('workspace/diagnostic/refresh');
    assert.ok(codes(await pull(client, 'paint.py')).includes('noncommercial-weights'));
    assert.deepEqual(codes(await pull(client, 'node_modules/x/paint.py')), []);
    client.open('node_modules/x/paint.py', 'from diffusers import FluxPipeline\nFluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")\n', 'python');
    assert.deepEqual(codes(await pull(client, 'node_modules/x/paint.py')), []);
    unlinkSync(join(client.root, 'paint.py'));
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri('paint.py'), type: 3 }] });
    assert.deepEqual(codes(await pull(client, 'paint.py')), []);
  });

  it('follows ignore files', async () => {
    const client = await start(`${repo}--- lab/paint.py\nfrom diffusers import FluxPipeline\nFluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")\n`);
    execFileSync('git', ['init', '-q'], { cwd: client.root });
    assert.ok(codes(await pull(client, 'lab/paint.py')).includes('noncommercial-weights'));
    writeFileSync(join(client.root, '.gitignore'), 'lab/\n');
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri('.gitignore'), type: 1 }] });
    assert.deepEqual(codes(await pull(client, 'lab/paint.py')), []);
  });

  const hovers: readonly (readonly [string, string, number, number, readonly RegExp[]])[] = [
    ['a base model', 'README.md', 2, 20, [/Llama 3\.1/, /\| \*\*Licence\*\* \|/, /Says who: .*the catalogue .*, as of 20\d\d-\d\d-\d\d/, /Source:/]],
    ['a data set', 'README.md', 4, 8, [/alpaca/, /CC BY|CC-BY/i, /Source:/]],
    ['a licence id', 'README.md', 1, 10, [/MIT License/, /Commercial use/]],
    ['a model in code', 'run.py', 1, 45, [/Llama 3\.1/, /Use weighed here: commercial/]],
    ['a licence text', 'LICENSE', 2, 5, [/MIT License/]],
  ];
  it('explains what stands at a position', async () => {
    const client = await start();
    client.open('README.md', card);
    client.open('LICENSE', readFileSync(join(client.root, 'LICENSE'), 'utf8'), 'plaintext');
    for (const [title, path, line, character, expected] of hovers) {
      const text = await hover(client, path, line, character);
      for (const pattern of expected) assert.match(text, pattern, `${title}: ${text}`);
    }
    assert.equal(await hover(client, 'README.md', 6, 3), '');
  });
  it('says of each line of a licence what it belongs to, and what was changed', async () => {
    const client = await start(
      '--- LICENSE\n[text of MIT]\n\nYou may not use the Software for a commercial purpose.\n--- COPYING\nAbout this folder.\n\n[text of ISC]\n',
    );
    for (const path of ['LICENSE', 'COPYING']) client.open(path, readFileSync(join(client.root, path), 'utf8'), 'plaintext');
    const title = await hover(client, 'LICENSE', 0, 3);
    assert.match(title, /^This text was made from \*\*MIT License\*\* \(MIT\): lines 1-18\n\nWith changes at line 20, so it is not MIT License\.\n\n---/);
    assert.match(title, /MIT License with changes/);
    assert.doesNotMatch(title, /Commercial use/);
    assert.match(await hover(client, 'LICENSE', 10, 3), /With changes at line 20/);
    assert.doesNotMatch(title, /This line was changed/);
    assert.match(await hover(client, 'LICENSE', 19, 3), /With changes at line 20, .*\n\n\*\*This line was changed or added\.\*\*/);
    assert.equal(await hover(client, 'LICENSE', 18, 0), '');
    assert.match(await hover(client, 'COPYING', 7, 3), /^This text is \*\*ISC\*\*: lines \d+-\d+(?:, \d\d % of its words agree)?\n\n---[^]*Commercial use/);
    assert.match(await hover(client, 'COPYING', 0, 3), /^This text is: ISC\n/);
  });
  it('explains ids and rules in a policy', async () => {
    const policy = 'rules: { licence-laundering: off }\nworks:\n  - { id: "pkg:huggingface/meta-llama/Llama-3.1-8B", licence: MIT }\n';
    const client = await start(`${repo}--- pedigree.yaml\n${policy}`);
    client.open('pedigree.yaml', policy, 'yaml');
    assert.match(await hover(client, 'pedigree.yaml', 0, 12), /licence-laundering/);
    assert.match(await hover(client, 'pedigree.yaml', 2, 30), /Llama 3\.1/);
    assert.match(await hover(client, 'pedigree.yaml', 1, 2), /^\*\*works\*\* {2}\nLicences of works/);
    assert.match(await hover(client, 'pedigree.yaml', 2, 59), /^\*\*licence\*\* {2}\nAn SPDX id/);
  });
  it('lets nothing of a file be markup in a hover', async () => {
    const hostile = '---\nlicense: "[x](command:evil)<img src=x>"\nbase_model: "a/![b](https://x)"\n---\n';
    const client = await start();
    client.open('README.md', hostile);
    assert.doesNotMatch(`${await hover(client, 'README.md', 1, 14)}${await hover(client, 'README.md', 2, 16)}`, /(?<!\\)(?:\]\(|<img|!\[)/);
  });

  it('offers the inherited licence, resolves it with a version, and refuses it when the text moved on', async () => {
    const client = await start();
    client.open('README.md', card);
    const items = (await pull(client, 'README.md')).items?.filter((item) => item.code === 'licence-laundering') ?? [];
    const action = (await actions(client, 'README.md', items)).find((entry) => /llama3\.1/.test(entry.title));
    assert.ok(action && action.edit === undefined && action.isPreferred);
    assert.equal(action.diagnostics?.length, 1);
    const resolved = await client.request<CodeAction>('codeAction/resolve', action);
    const [change] = (resolved.edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.deepEqual(
      [change?.textDocument, change?.edits],
      [{ uri: client.uri('README.md'), version: 1 }, [{ range: { start: at(1, 9), end: at(1, 12) }, newText: 'llama3.1' }]],
    );
    client.change('README.md', 2, card.replace('license: mit', 'license: llama3.1'));
    await assert.rejects(client.request('codeAction/resolve', action), /has changed/);
  });
  it('edits a closed file only while it is as it was read', async () => {
    const client = await start();
    const items = (await pull(client, 'README.md')).items?.filter((item) => item.code === 'licence-laundering') ?? [];
    const action = (await actions(client, 'README.md', items)).find((entry) => /llama3\.1/.test(entry.title));
    assert.ok(action);
    const resolved = await client.request<CodeAction>('codeAction/resolve', action);
    assert.equal((resolved.edit?.documentChanges as TextDocumentEdit[] | undefined)?.[0]?.textDocument.version, null);
    // Written by somebody whom no event told of.
    writeFileSync(join(client.root, 'README.md'), `# before\n${card}`);
    await assert.rejects(client.request('codeAction/resolve', action), /has changed since it was read/);
  });
  const ignores: readonly (readonly [string, string, string, string])[] = [
    [
      'in front matter',
      'README.md',
      '---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n',
      '---\n# pedigree-ignore licence-laundering: \nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n',
    ],
    [
      'in code, indented',
      'run.py',
      'def f():\n    AutoModel.from_pretrained("black-forest-labs/FLUX.1-dev")\n',
      'def f():\n    # pedigree-ignore noncommercial-weights: \n    AutoModel.from_pretrained("black-forest-labs/FLUX.1-dev")\n',
    ],
    [
      'in a command over lines',
      'run.sh',
      'set -e\n  hf download \\\n    black-forest-labs/FLUX.1-dev\n',
      'set -e\n  # pedigree-ignore noncommercial-weights: \n  hf download \\\n    black-forest-labs/FLUX.1-dev\n',
    ],
    [
      'behind blank lines',
      'README.md',
      '\n---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n',
      '\n---\n# pedigree-ignore licence-laundering: \nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n',
    ],
    ['of something absent', 'README.md', '---\nlibrary_name: peft\n---\n', '---\n# pedigree-ignore-file licence-missing: \nlibrary_name: peft\n---\n'],
  ];
  const isCode = (path: string): boolean => /\.(?:py|sh)$/.test(path);
  it('offers to ignore with a reason, and holds nothing back before there is one', async () => {
    for (const [title, path, text, expected] of ignores) {
      // Without a licence of the whole, a card without one is a finding; with one, code that permits commerce is.
      const client = await start(`--- ${path}\n${text}${isCode(path) ? '--- pyproject.toml\n[project]\nname = "x"\nlicense = "MIT"\n' : ''}`);
      client.open(path, text, isCode(path) ? 'plaintext' : 'markdown');
      const rule = /pedigree-ignore(?:-file)? ([\w-]+)/.exec(expected)?.[1];
      const items = ((await pull(client, path)).items ?? []).filter((item) => item.code === rule);
      const action = (await actions(client, path, items)).find((entry) => entry.title.startsWith(`Ignore ${rule}`));
      const edit = (action?.edit?.documentChanges as TextDocumentEdit[] | undefined)?.[0]?.edits[0];
      assert.ok(edit && 'newText' in edit, title);
      const lines = text.split('\n');
      lines.splice(edit.range.start.line, 0, edit.newText.trimEnd() + (edit.newText.endsWith(': \n') ? ' ' : ''));
      assert.equal(lines.join('\n'), expected, title);
      client.change(path, 2, expected);
      assert.ok(codes(await pull(client, path)).includes(rule ?? ''), title);
      client.change(path, 3, expected.replace(/: $/m, ': agreed with the owner'));
      assert.ok(!codes(await pull(client, path)).includes(rule ?? ''), title);
      await client.stop();
      clients.splice(0);
    }
  });
  it('marks what is wrong in a policy while it is written', async () => {
    const client = await start(`${repo}--- pedigree.yaml\nrules: {}\n`);
    client.open('pedigree.yaml', 'rules: { licence-laundering: loud }\nusee: {}\n', 'yaml');
    const messages = ((await pull(client, 'pedigree.yaml')).items ?? []).map((item) => `${item.range.start.line} ${item.message}`);
    assert.deepEqual(messages, ['0 The level of `licence-laundering` should be error, warning, information or off.', '1 Unknown key `usee` at the top.']);
  });

  it('finds an open document however its URI is spelt', async () => {
    const client = await start(`${repo}--- my (copy)/README.md\n${card}`);
    const uri = client.uri('my (copy)/README.md').replaceAll('(', '%28').replaceAll(')', '%29');
    // Changed and not saved: what is on disk may not decide.
    client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'markdown', version: 7, text: `${card}\nmore\n` } });
    const { items = [] } = await client.request<Pulled>('textDocument/diagnostic', { textDocument: { uri } });
    const laundered = items.filter((item) => item.code === 'licence-laundering');
    const found = await client.request<readonly CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri },
      range: laundered[0]?.range,
      context: { diagnostics: laundered },
    });
    const resolved = await client.request<CodeAction>('codeAction/resolve', found[0]);
    assert.deepEqual((resolved.edit?.documentChanges as TextDocumentEdit[] | undefined)?.[0]?.textDocument, { uri, version: 7 });
  });
  it('gives whole edits to clients that cannot resolve them', async () => {
    const client = await start(repo, { capabilities: { textDocument: { codeAction: {}, diagnostic: {} } } });
    client.open('README.md', card);
    const items = (await pull(client, 'README.md')).items?.filter((item) => item.code === 'licence-laundering') ?? [];
    const action = (await actions(client, 'README.md', items)).find((entry) => /llama3\.1/.test(entry.title));
    assert.deepEqual(action?.edit?.changes?.[client.uri('README.md')]?.[0]?.newText, 'llama3.1');
  });
  it('creates a NOTICE, and adds to one that is there', async () => {
    const client = await start(repo.replace('license: mit', 'license: llama3.1'));
    client.open('README.md', card.replace('license: mit', 'license: llama3.1'));
    const find = async (): Promise<CodeAction> => {
      const items = (await pull(client, 'README.md')).items?.filter((item) => item.code === 'attribution-notice') ?? [];
      const action = (await actions(client, 'README.md', items)).find((entry) => /NOTICE/.test(entry.title));
      assert.ok(action);
      return client.request<CodeAction>('codeAction/resolve', action);
    };
    assert.ok((await find()).edit?.documentChanges?.some((change) => 'kind' in change && change.kind === 'create' && change.uri === client.uri('NOTICE')));
    writeFileSync(join(client.root, 'NOTICE'), 'Ours.\n');
    const added = ((await find()).edit?.documentChanges ?? []).find(
      (change): change is TextDocumentEdit => 'textDocument' in change && change.textDocument.uri === client.uri('NOTICE'),
    );
    assert.deepEqual(added?.edits[0]?.range.start, at(1, 0));
  });
  it('applies only safe fixes on "fix all"', async () => {
    const text = '---\nlicense: Apache 2.0\nbase_model: HuggingFaceTB/SmolLM2-1.7B\n---\n';
    const client = await start(`--- README.md\n${text}`);
    client.open('README.md', text);
    await pull(client, 'README.md');
    const [action] = await actions(client, 'README.md', [], ['source.fixAll']);
    assert.deepEqual(
      (action?.edit?.documentChanges as TextDocumentEdit[] | undefined)?.[0]?.edits.map((edit) => 'newText' in edit && edit.newText),
      ['apache-2.0'],
    );
    client.change('README.md', 2, card);
    assert.deepEqual(await actions(client, 'README.md', [], ['source.fixAll']), []);
  });

  const completions: readonly (readonly [string, string, string, readonly string[]])[] = [
    ['hub tags behind license', 'README.md', '---\nlicense: \n---\n', ['apache-2.0', 'llama3.1', 'cc-by-nc-4.0']],
    ['hub tags in a list', 'README.md', '---\nlicense:\n  - mi\n---\n', ['mit']],
    ['models behind base_model', 'README.md', '---\nbase_model: meta\n---\n', ['meta-llama/Llama-3.1-8B']],
    ['data sets in a list', 'README.md', '---\ndatasets:\n  - a/b\n  - tatsu\n---\n', ['tatsu-lab/alpaca']],
    ['SPDX ids in a tag', 'run.py', '# SPDX-License-Identifier: Apa\n', ['Apache-2.0', 'MIT']],
    ['SPDX ids in a manifest', 'pyproject.toml', '[project]\nlicense = "Apa\n', ['Apache-2.0']],
    ['rules in a suppression', 'run.py', 'x = 1  # pedigree-ignore licence\n', ['licence-laundering']],
    ['nothing in prose', 'README.md', '---\nlicense: mit\n---\nlicense: \n', []],
    ['nothing behind other keys', 'README.md', '---\nlanguage: e\n---\n', []],
  ];
  it('completes ids where they belong', async () => {
    const client = await start();
    let version = 1;
    for (const path of ['README.md', 'run.py', 'pyproject.toml']) client.open(path, '');
    for (const [title, path, text, expected] of completions) {
      client.change(path, (version += 1), text);
      const lines = text.split('\n');
      const line = lines.findLastIndex((entry, index) => entry !== '' && entry !== '---' && index < lines.length);
      const labels = await complete(client, path, line, lines[line]?.length ?? 0);
      for (const label of expected) assert.ok(labels.includes(label), `${title}: ${label} in ${labels.slice(0, 5).join(', ')}`);
      if (expected.length === 0) assert.deepEqual(labels, [], title);
    }
  });

  it('links works and licences to their pages', async () => {
    const client = await start();
    client.open('README.md', card);
    const links = await client.request<readonly DocumentLink[]>('textDocument/documentLink', { textDocument: { uri: client.uri('README.md') } });
    assert.ok(links.some((link) => link.target === 'https://huggingface.co/meta-llama/Llama-3.1-8B'));
    assert.ok(links.some((link) => link.target === 'https://huggingface.co/datasets/tatsu-lab/alpaca'));
    assert.ok(links.every((link) => link.target?.startsWith('https://')));
  });

  it('audits with progress that ends, and reports like the command line', async () => {
    const client = await start();
    const answer = await client.request<AuditAnswer>('workspace/executeCommand', { command: serverCommands.audit, workDoneToken: 'mine' });
    assert.equal(answer.cancelled, false);
    assert.equal(answer.folders[0]?.report.summary.findings.error, 1);
    const steps = client.received
      .filter((entry) => entry.method === '$/progress')
      .map((entry) => (entry.params as { value: { kind: string; cancellable?: boolean } }).value);
    assert.deepEqual([steps[0]?.kind, steps[0]?.cancellable, steps.at(-1)?.kind], ['begin', true, 'end']);
  });
  it('stops an audit that is cancelled, and works on', async () => {
    const many = `${repo}${Array.from({ length: 1500 }, (_, i) => `--- d${i % 40}/f${i}.md\n---\nlicense: mit\n---\ntext ${i}\n`).join('')}`;
    const client = await start(many);
    let id = 0;
    const asked = client.request<AuditAnswer>('workspace/executeCommand', { command: serverCommands.audit, workDoneToken: 'mine' }, (given) => (id = given));
    client.notify('$/cancelRequest', { id });
    const answer = await asked.catch((error: { code: number }) => error);
    assert.ok('code' in answer ? answer.code === -32800 : answer.cancelled, JSON.stringify(answer).slice(0, 200));
    client.open('README.md', card);
    assert.ok(codes(await pull(client, 'README.md')).includes('licence-laundering'));
  });

  it('tells its status and answers for bug reports', async () => {
    const client = await start();
    const status = await client.waitFor<StatusParameters>('pedigree/status', (params) => params.state === 'ready');
    assert.equal(status.files, 3);
    assert.ok(status.works.known >= 1);
    const told = await client.request<DebugInformation>('workspace/executeCommand', { command: serverCommands.debugInformation });
    assert.deepEqual([told.folders, told.files, told.node], [1, 3, process.version]);
    await assert.rejects(client.request('workspace/executeCommand', { command: 'pedigree.nothing' }), /no command/);
  });

  it('keeps a policy to its folder', async () => {
    const other = layOut(`${repo}--- pedigree.yaml\nrules: { licence-laundering: off }\n`);
    const root = layOut(repo);
    roots.push(other, root);
    const client = await startClient(root, { folders: [root, other] });
    clients.push(client);
    const own = await pull(client, 'README.md');
    const theirs = await client.request<Pulled>('textDocument/diagnostic', {
      textDocument: { uri: client.uri(join('..', other.slice(other.lastIndexOf('/') + 1), 'README.md')) },
    });
    assert.deepEqual([codes(own).includes('licence-laundering'), codes(theirs).includes('licence-laundering')], [true, false]);
  });
  it('follows a folder that is removed, and folders inside folders', async () => {
    const root = layOut(`--- a.md\n# a\n--- sub/README.md\n${card}`);
    roots.push(root);
    const client = await startClient(root, { folders: [root, join(root, 'sub')] });
    clients.push(client);
    const files = async (): Promise<number> =>
      (await client.request<DebugInformation>('workspace/executeCommand', { command: serverCommands.debugInformation })).files;
    await pull(client, 'a.md');
    assert.ok(codes(await pull(client, 'sub/README.md')).includes('licence-laundering'));
    assert.equal(await files(), 3);
    rmSync(join(root, 'sub/README.md'));
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri('sub/README.md'), type: 3 }] });
    await pull(client, 'a.md');
    assert.equal(await files(), 1);
  });
  it('keeps unsaved texts when folders come and go', async () => {
    const root = layOut(repo);
    const other = layOut(repo);
    roots.push(root, other);
    const client = await startClient(root, { folders: [other] });
    clients.push(client);
    client.open('README.md', card.replace('license: mit', 'license: llama3.1'));
    assert.ok(!codes(await pull(client, 'README.md')).includes('licence-laundering'));
    const folder = { uri: client.uri('.').replace(/\/\.$|\/$/, ''), name: 'late' };
    client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [folder], removed: [] } });
    assert.ok(!codes(await pull(client, 'README.md')).includes('licence-laundering'));
    client.notify('workspace/didChangeWorkspaceFolders', { event: { added: [], removed: [folder] } });
    assert.ok(!codes(await pull(client, 'README.md')).includes('licence-laundering'));
  });
  it('asks for a refresh when unsaved text is thrown away', async () => {
    const client = await start();
    client.open('README.md', card.replace('license: mit', 'license: llama3.1'));
    await pull(client, 'README.md');
    await client.waitFor('workspace/diagnostic/refresh');
    const before = client.received.filter((entry) => entry.method === 'workspace/diagnostic/refresh').length;
    client.notify('textDocument/didClose', { textDocument: { uri: client.uri('README.md') } });
    await new Promise((done) => setTimeout(done, 1500));
    assert.ok(client.received.filter((entry) => entry.method === 'workspace/diagnostic/refresh').length > before);
  });
  it('reads a single file without a folder', async () => {
    const client = await start(repo, { folders: null });
    client.open('README.md', card);
    assert.ok(codes(await pull(client, 'README.md')).includes('licence-laundering'));
    assert.equal(readFileSync(join(client.root, 'README.md'), 'utf8').length > 0, true);
  });
  it('answers for documents that lie on no disk', async () => {
    const client = await start();
    client.notify('textDocument/didOpen', { textDocument: { uri: 'untitled:Untitled-1', languageId: 'markdown', version: 1, text: card } });
    assert.deepEqual((await client.request<Pulled>('textDocument/diagnostic', { textDocument: { uri: 'untitled:Untitled-1' } })).items, []);
  });

  it('pushes to clients that do not pull, and never to those that do', async () => {
    const client = await start(repo, { capabilities: { textDocument: { publishDiagnostics: { codeDescriptionSupport: true } } } });
    client.open('README.md', card);
    const isCard = (params: { uri: string; diagnostics: Diagnostic[] }): boolean => params.uri === client.uri('README.md');
    await client.waitFor(
      'textDocument/publishDiagnostics',
      (params: { uri: string; diagnostics: Diagnostic[] }) => isCard(params) && params.diagnostics.some((item) => item.code === 'licence-laundering'),
    );
    client.change('README.md', 2, card.replace('license: mit', 'license: llama3.1'));
    await client.waitFor(
      'textDocument/publishDiagnostics',
      (params: { uri: string; diagnostics: Diagnostic[] }) => isCard(params) && !params.diagnostics.some((item) => item.code === 'licence-laundering'),
    );
  });

  it('runs from the command line too', async () => {
    const client = await start(repo, { command: ['dist/cli.js', 'lsp', '--stdio'], capabilities: modern });
    assert.ok(codes(await pull(client, 'README.md')).includes('licence-laundering'));
  });
});
