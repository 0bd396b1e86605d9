import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import type { CodeLens, InlayHint } from 'vscode-languageserver/node';
import { shownBy, shownByDefault } from '../../server/src/lsp/settings.ts';
import { layOut } from '../support/cli.ts';
import { startClient } from '../support/lsp.ts';
import type { LspClient } from '../support/lsp.ts';

const card = '---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\ndatasets:\n  - tatsu-lab/alpaca\n  - nobody/knows-this\n---\n# x\n';
const train = 'learning_rate: 0.1\nbase_model: "Qwen/Qwen2.5-7B"\noutput_dir: out\n';
const load = 'from transformers import AutoModel\nAutoModel.from_pretrained("black-forest-labs/FLUX.1-dev")\nAutoModel.from_pretrained("nobody/knows-this")\n';
const repo = `--- README.md\n${card}--- train.yaml\n${train}--- run.py\n${load}`;

describe('what is shown beside the text', function () {
  this.timeout(60_000);
  const clients: LspClient[] = [];
  const roots: string[] = [];
  const start = async (initializationOptions?: unknown): Promise<LspClient> => {
    const root = layOut(repo);
    roots.push(root);
    const client = await startClient(root, { folders: [root], initializationOptions });
    clients.push(client);
    client.open('README.md', card);
    client.open('train.yaml', train, 'yaml');
    client.open('run.py', load, 'python');
    return client;
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) assert.equal(await client.stop(), 0);
    for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
  });
  const lenses = (client: LspClient, path: string): Promise<readonly CodeLens[]> =>
    client.request('textDocument/codeLens', { textDocument: { uri: client.uri(path) } });
  const hints = (client: LspClient, path: string, from = 0, to = 99): Promise<readonly InlayHint[]> =>
    client.request('textDocument/inlayHint', {
      textDocument: { uri: client.uri(path) },
      range: { start: { line: from, character: 0 }, end: { line: to, character: 0 } },
    });

  it('is nothing unless it is asked for, and then at once', async () => {
    const client = await start();
    assert.deepEqual([await lenses(client, 'README.md'), await hints(client, 'README.md')], [[], []]);
    client.notify('workspace/didChangeConfiguration', { settings: { pedigree: { codeLens: true, inlayHints: true } } });
    await client.waitFor('workspace/codeLens/refresh');
    await client.waitFor('workspace/inlayHint/refresh');
    assert.equal((await lenses(client, 'README.md')).length, 1);
    assert.ok((await hints(client, 'README.md')).length > 0);
  });
  it('tells above a card how many parents there are and the strictest of their terms, and leads there', async () => {
    const client = await start({ codeLens: true });
    const [lens, ...others] = await lenses(client, 'README.md');
    assert.equal(others.length, 0);
    assert.deepEqual(lens?.range.start, { line: 0, character: 0 });
    assert.equal(lens.command?.title, '3 parents, strictest: CC-BY-NC-4.0; 1 of unknown terms');
    await client.request('workspace/executeCommand', { command: lens.command.command, arguments: lens.command.arguments });
    const shown = await client.waitFor<{ uri: string; selection: { start: { line: number } } }>('window/showDocument');
    assert.deepEqual([shown.uri, shown.selection.start.line], [client.uri('README.md'), 2]);
  });
  it('tells it above the line of a configuration, and nothing in code', async () => {
    const client = await start({ codeLens: true });
    const [lens] = await lenses(client, 'train.yaml');
    assert.deepEqual([lens?.range.start.line, lens?.command?.title], [1, '1 parent, strictest: Apache-2.0']);
    assert.deepEqual(await lenses(client, 'run.py'), []);
    client.change('train.yaml', 2, train.replace('Qwen/Qwen2.5-7B', 'nobody/else'));
    assert.equal((await lenses(client, 'train.yaml'))[0]?.command?.title, '1 parent, terms of none known');
  });
  it('tells works of one file apart, each at its own place', async () => {
    const client = await start({ codeLens: true });
    const many = '# Models\n\n- model-a is fine-tuned from [Llama](https://huggingface.co/meta-llama/Llama-3.1-8B).\n';
    const two = `models:\n  - model: Qwen/Qwen2.5-7B\n  - model: black-forest-labs/FLUX.1-dev\nmerge_method: linear\n`;
    client.open('NOTES.md', many);
    client.open('merge.yaml', two, 'yaml');
    for (const lens of await lenses(client, 'NOTES.md')) assert.ok(lens.range.start.line === 0 || lens.range.start.line === 2);
    assert.deepEqual(
      (await lenses(client, 'merge.yaml')).map((lens) => [lens.range.start.line, lens.command?.title]),
      [[1, '2 parents, strictest: FLUX.1 [dev] Non-Commercial']],
    );
  });
  it('tells behind an id which terms bind it, outside its quotes and inside the range that is asked for', async () => {
    const client = await start({ inlayHints: true });
    const found = await hints(client, 'run.py');
    assert.deepEqual(
      found.map(({ label, position }) => [label, position.line, position.character]),
      [
        ['FLUX.1 [dev] Non-Commercial', 1, 56],
        ['terms not known', 2, 45],
      ],
    );
    assert.equal((await hints(client, 'run.py', 0, 1)).length, 1);
    assert.deepEqual(
      (await hints(client, 'README.md')).map(({ label }) => label),
      ['Llama 3.1 Community', 'CC-BY-NC-4.0', 'terms not known'],
    );
    assert.equal((await hints(client, 'train.yaml'))[0]?.position.character, 29);
  });
});

describe('the settings of what is shown', () => {
  const cases: readonly (readonly [unknown, boolean, boolean])[] = [
    [undefined, false, false],
    [null, false, false],
    [{}, false, false],
    [{ codeLens: true }, true, false],
    [{ pedigree: { inlayHints: true } }, false, true],
    [{ codeLens: 'true', inlayHints: 1 }, false, false],
    [{ pedigree: 'on' }, false, false],
  ];
  for (const [settings, codeLens, inlayHints] of cases)
    it(JSON.stringify(settings) ?? 'none', () => assert.deepEqual(shownBy(settings), { codeLens, inlayHints }));
  it('stay as they are where nothing is said', () =>
    assert.deepEqual(shownBy({ python: {} }, { ...shownByDefault, codeLens: true }), { codeLens: true, inlayHints: false }));
});
