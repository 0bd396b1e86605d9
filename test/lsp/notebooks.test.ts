import assert from 'node:assert/strict';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CodeAction, CompletionItem, Diagnostic, DocumentLink, Hover, InlayHint, TextDocumentEdit, TextEdit } from 'vscode-languageserver/node';
import { layOut } from '../support/cli.ts';
import { startClient } from '../support/lsp.ts';
import type { LspClient } from '../support/lsp.ts';

interface Cell {
  readonly kind: 1 | 2;
  readonly text: string;
}
const prose = (text: string): Cell => ({ kind: 1, text });
const code = (text: string): Cell => ({ kind: 2, text });

const load = 'from transformers import AutoModel\nmodel = AutoModel.from_pretrained("black-forest-labs/FLUX.1-dev")\n';
const cells: readonly Cell[] = [prose('# Painting\n'), code('import torch\n'), code(load)];
const saved = (all: readonly Cell[]): string =>
  JSON.stringify({
    cells: all.map(({ kind, text }) => ({
      cell_type: kind === 1 ? 'markdown' : 'code',
      metadata: {},
      source: text.split(/(?<=\n)/),
      ...(kind === 2 ? { outputs: [{ output_type: 'stream', text: ['much '] }], execution_count: 1 } : {}),
    })),
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  });
const repo = `--- LICENSE\n[text of MIT]\n--- lab/paint.ipynb\n${saved(cells)}\n`;
const path = 'lab/paint.ipynb';

describe('notebooks', function () {
  this.timeout(60_000);
  const clients: LspClient[] = [];
  const roots: string[] = [];
  const start = async (text = repo, options: { capabilities?: unknown; initializationOptions?: unknown } = {}): Promise<LspClient> => {
    const root = layOut(text);
    roots.push(root);
    const client = await startClient(root, { folders: [root], ...options });
    clients.push(client);
    return client;
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) assert.equal(await client.stop(), 0);
    for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
  });

  /** As an editor names them: the path of the notebook, and a word of its own for each cell. */
  const cellUri = (client: LspClient, cell: number | string): string => `${client.uri(path).replace(/^file:/, 'vscode-notebook-cell:')}#W${cell}sZmlsZQ%3D%3D`;
  const documentOf = (client: LspClient, { kind, text }: Cell, id: number | string) => ({
    uri: cellUri(client, id),
    languageId: kind === 1 ? 'markdown' : 'python',
    version: 1,
    text,
  });
  const open = (client: LspClient, all = cells): void =>
    client.notify('notebookDocument/didOpen', {
      notebookDocument: {
        uri: client.uri(path),
        notebookType: 'jupyter-notebook',
        version: 1,
        cells: all.map(({ kind }, index) => ({ kind, document: cellUri(client, index) })),
      },
      cellTextDocuments: all.map((cell, index) => documentOf(client, cell, index)),
    });
  const change = (client: LspClient, cellChanges: object): void =>
    client.notify('notebookDocument/didChange', { notebookDocument: { uri: client.uri(path), version: 2 }, change: { cells: cellChanges } });
  const type = (client: LspClient, cell: number, text: string): void =>
    change(client, { textContent: [{ document: { uri: cellUri(client, cell), version: 2 }, changes: [{ text }] }] });
  const pull = async (client: LspClient, cell: number | string): Promise<readonly Diagnostic[]> =>
    (await client.request<{ items: readonly Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: cellUri(client, cell) } })).items;
  const codes = async (client: LspClient, cell: number | string): Promise<readonly string[]> => (await pull(client, cell)).map((item) => String(item.code));

  it('are taken cell by cell', async () => {
    const client = await start();
    assert.deepEqual(client.capabilities['notebookDocumentSync'], {
      notebookSelector: [{ notebook: { notebookType: 'jupyter-notebook', scheme: 'file' } }],
      save: false,
    });
  });
  it('show a finding in its cell, at the place inside it', async () => {
    const client = await start();
    open(client);
    const finding = (await pull(client, 2)).find((item) => item.code === 'noncommercial-weights');
    assert.deepEqual(finding?.range, { start: { line: 1, character: 35 }, end: { line: 1, character: 63 } });
    assert.deepEqual([await codes(client, 0), await codes(client, 1)], [[], []]);
  });
  it('count what is typed, not what is saved', async () => {
    const client = await start();
    open(client);
    type(client, 2, 'from transformers import AutoModel\nmodel = AutoModel.from_pretrained("Qwen/Qwen2.5-7B")\n');
    assert.ok(!(await codes(client, 2)).includes('noncommercial-weights'));
    // A name that another cell sets.
    type(client, 1, 'NAME = "black-forest-labs/FLUX.1-dev"\n');
    type(client, 2, 'from transformers import AutoModel\nmodel = AutoModel.from_pretrained(NAME)\n');
    assert.ok((await codes(client, 1)).includes('noncommercial-weights'));
    client.notify('notebookDocument/didClose', {
      notebookDocument: { uri: client.uri(path) },
      cellTextDocuments: [0, 1, 2].map((cell) => ({ uri: cellUri(client, cell) })),
    });
    const whole = await client.request<{ items: readonly Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: client.uri(path) } });
    assert.deepEqual(whole.items, []);
  });
  it('follow cells that are added, moved and removed', async () => {
    const client = await start();
    open(client);
    assert.ok((await codes(client, 2)).includes('noncommercial-weights'));
    change(client, {
      structure: {
        array: { start: 0, deleteCount: 0, cells: [{ kind: 2, document: cellUri(client, 'new') }] },
        didOpen: [documentOf(client, code('AutoModel.from_pretrained("black-forest-labs/FLUX.1-dev")\n'), 'new')],
      },
    });
    assert.ok((await codes(client, 'new')).includes('noncommercial-weights'));
    // Moved: taken out and put in again, with no document opened or closed.
    change(client, { structure: { array: { start: 3, deleteCount: 1 } } });
    assert.deepEqual(await codes(client, 2), []);
    change(client, { structure: { array: { start: 0, deleteCount: 0, cells: [{ kind: 2, document: cellUri(client, 2) }] } } });
    assert.ok((await codes(client, 2)).includes('noncommercial-weights'));
    change(client, { structure: { array: { start: 0, deleteCount: 2 }, didClose: [{ uri: cellUri(client, 2) }, { uri: cellUri(client, 'new') }] } });
    assert.deepEqual(await codes(client, 1), []);
  });
  it('make a cell of prose of one of code', async () => {
    const client = await start();
    open(client, [prose('x'), prose(load)]);
    assert.deepEqual(await codes(client, 1), []);
    change(client, { data: [{ kind: 2, document: cellUri(client, 1) }] });
    assert.ok((await codes(client, 1)).includes('noncommercial-weights'));
  });

  it('explain, complete, link and hint inside a cell', async () => {
    const client = await start(repo, { initializationOptions: { inlayHints: true } });
    open(client);
    const at = { textDocument: { uri: cellUri(client, 2) }, position: { line: 1, character: 40 } };
    const hover = await client.request<Hover>('textDocument/hover', at);
    assert.match((hover.contents as { value: string }).value, /May I use it here\? No, not for commercial use/);
    assert.equal(hover.range?.start.line, 1);
    assert.equal(await client.request('textDocument/hover', { textDocument: { uri: cellUri(client, 1) }, position: { line: 0, character: 3 } }), null);
    const links = await client.request<readonly DocumentLink[]>('textDocument/documentLink', { textDocument: at.textDocument });
    assert.deepEqual(
      links.map((link) => link.target),
      ['https://huggingface.co/black-forest-labs/FLUX.1-dev'],
    );
    const hints = await client.request<readonly InlayHint[]>('textDocument/inlayHint', {
      textDocument: at.textDocument,
      range: { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } },
    });
    assert.deepEqual(
      hints.map(({ label, position }) => [label, position]),
      [['FLUX.1 [dev] Non-Commercial', { line: 1, character: 64 }]],
    );
    type(client, 1, 'from_pretrained("meta-llama/")');
    const items = await client.request<readonly CompletionItem[]>('textDocument/completion', {
      textDocument: { uri: cellUri(client, 1) },
      position: { line: 0, character: 28 },
    });
    assert.ok(items.some((item) => item.label === 'meta-llama/Llama-3.1-8B'));
  });
  it('are mended inside a cell, and only as they are now', async () => {
    const remote = 'from transformers import AutoModel\nmodel = AutoModel.from_pretrained("Qwen/Qwen2.5-7B", trust_remote_code=True)\n';
    const client = await start();
    open(client, [prose('x'), code(remote)]);
    const finding = (await pull(client, 1)).find((item) => item.code === 'remote-code');
    assert.ok(finding);
    const actions = await client.request<readonly CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: cellUri(client, 1) },
      range: finding.range,
      context: { diagnostics: [finding] },
    });
    const fix = actions.find((action) => action.data !== undefined);
    assert.ok(fix, actions.map((action) => action.title).join(' | '));
    assert.ok(actions.some((action) => action.title.startsWith('Accept remote-code in pedigree.yaml')));
    const resolved = await client.request<CodeAction>('codeAction/resolve', fix);
    const [edit] = (resolved.edit?.documentChanges ?? []) as TextDocumentEdit[];
    assert.deepEqual(edit?.textDocument, { uri: cellUri(client, 1), version: 1 });
    assert.ok(edit.edits.every((each) => 'newText' in each && each.range.start.line === 1));
    type(client, 1, `x = 1\n${remote}`);
    const moved = await client.request<CodeAction>('codeAction/resolve', fix);
    assert.equal(((moved.edit?.documentChanges?.[0] as TextDocumentEdit | undefined)?.edits[0] as TextEdit | undefined)?.range.start.line, 2);
    type(client, 1, 'x = 1\n');
    await assert.rejects(client.request('codeAction/resolve', fix), /has changed/);
  });
  it('are ignored by comments in their cells, which are offered there', async () => {
    const client = await start();
    const source = '%%time\nfrom transformers import AutoModel\nmodel = AutoModel.from_pretrained("black-forest-labs/FLUX.1-dev")\n';
    open(client, [prose('x'), code(source)]);
    const found = (await pull(client, 1)).find((item) => item.code === 'noncommercial-weights');
    assert.ok(found);
    const actions = await client.request<readonly CodeAction[]>('textDocument/codeAction', {
      textDocument: { uri: cellUri(client, 1) },
      range: found.range,
      context: { diagnostics: [found] },
    });
    const edits = actions
      .filter((action) => action.title.startsWith('Ignore noncommercial-weights'))
      .flatMap((action) => ((action.edit?.documentChanges ?? []) as TextDocumentEdit[]).flatMap(({ edits: each }) => each as TextEdit[]));
    assert.deepEqual(
      edits.map(({ range, newText }) => [range.start.line, newText]),
      [
        [2, '# pedigree-ignore noncommercial-weights: \n'],
        [1, '# pedigree-ignore-file noncommercial-weights: \n'],
      ],
    );
    type(client, 1, source.replace('model =', '# pedigree-ignore noncommercial-weights: a test\nmodel ='));
    assert.ok(!(await codes(client, 1)).includes('noncommercial-weights'));
  });
  it('are led to from elsewhere by their cells', async () => {
    const client = await start(`${repo}--- run.py\n${load}`);
    open(client);
    client.open('run.py', load, 'python');
    const { items } = await client.request<{ items: readonly Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: client.uri('run.py') } });
    const uris = [...items, ...(await pull(client, 2))].flatMap((item) => (item.relatedInformation ?? []).map((related) => related.location.uri));
    assert.ok(uris.includes(cellUri(client, 2)) || uris.includes(client.uri('run.py')), uris.join(' '));
    assert.ok(!uris.includes(client.uri(path)));
  });
  it('are pushed to clients that do not pull, and taken back when they are closed', async () => {
    const client = await start(repo, { capabilities: { textDocument: { publishDiagnostics: {} }, notebookDocument: { synchronization: {} } } });
    open(client);
    const isCell = (params: { uri: string; diagnostics: readonly Diagnostic[] }): boolean => params.uri === cellUri(client, 2);
    await client.waitFor(
      'textDocument/publishDiagnostics',
      (params: { uri: string; diagnostics: readonly Diagnostic[] }) => isCell(params) && params.diagnostics.length > 0,
    );
    client.notify('notebookDocument/didClose', { notebookDocument: { uri: client.uri(path) }, cellTextDocuments: [] });
    await client.waitFor(
      'textDocument/publishDiagnostics',
      (params: { uri: string; diagnostics: readonly Diagnostic[] }) => isCell(params) && params.diagnostics.length === 0,
    );
  });
  it('find the same as the command line does in the saved file', async () => {
    const client = await start();
    open(client);
    const inCells = (
      await Promise.all([0, 1, 2].map(async (cell) => (await pull(client, cell)).map((item) => `${cell} ${item.range.start.line} ${String(item.code)}`)))
    ).flat();
    client.notify('notebookDocument/didClose', { notebookDocument: { uri: client.uri(path) }, cellTextDocuments: [] });
    const { folders } = await client.request<{
      folders: readonly { report: { findings: readonly { path: string; cell: number; line: number; ruleId: string }[] } }[];
    }>('workspace/executeCommand', { command: 'pedigree.server.audit' });
    const onDisk = (folders[0]?.report.findings ?? [])
      .filter((finding) => finding.path === path)
      .map((finding) => `${finding.cell} ${finding.line - 1} ${finding.ruleId}`);
    assert.deepEqual(inCells, onDisk);
    assert.ok(readFileSync(join(client.root, path), 'utf8').includes('much'));
  });
});
