import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Diagnostic, Hover } from 'vscode-languageserver/node';
import { askedBy } from '../../server/src/lsp/asked.ts';
import { serverCommands } from '../../server/src/protocol/requests.ts';
import type { AuditAnswer } from '../../server/src/protocol/requests.ts';
import { layOut, pedigreeBeside } from '../support/cli.ts';
import { cacheWork } from '../support/hub-cache.ts';
import { startHub } from '../support/hub.ts';
import type { Handler, TestHub } from '../support/hub.ts';
import { startClient } from '../support/lsp.ts';
import type { LspClient } from '../support/lsp.ts';

const sha = 'a'.repeat(40);
const load = (id: string): string => `from transformers import AutoModel\nAutoModel.from_pretrained("${id}")\n`;

describe('look-ups of the language server', function () {
  this.timeout(60_000);
  const clients: LspClient[] = [];
  const hubs: TestHub[] = [];
  const folders: string[] = [];
  afterEach(async () => {
    for (const client of clients.splice(0)) assert.equal(await client.stop(), 0);
    for (const hub of hubs.splice(0)) await hub.stop();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });
  const environment = (hub?: TestHub): NodeJS.ProcessEnv => {
    const folder = mkdtempSync(join(tmpdir(), 'pedigree-look-up-'));
    folders.push(folder);
    cacheWork(join(folder, 'cache'), 'models--brook--new', { [sha]: { 'README.md': '---\nlicense: cc-by-nc-4.0\n---\n' } }, { main: sha });
    return {
      HF_HUB_CACHE: join(folder, 'cache'),
      HF_ENDPOINT: hub?.endpoint ?? 'http://127.0.0.1:9',
      HF_TOKEN: '',
      HF_HUB_OFFLINE: '',
      PEDIGREE_CACHE: join(folder, 'answers'),
    };
  };
  const hubOf = async (before?: Handler): Promise<TestHub> => {
    const hub = await startHub({ 'brook/new': { sha, cardData: { license: 'cc-by-nc-4.0' } }, 'brook/other': { sha, cardData: { license: 'mit' } } }, before);
    hubs.push(hub);
    return hub;
  };
  const start = async (settings: unknown, env: NodeJS.ProcessEnv): Promise<LspClient> => {
    const root = layOut(`--- a.py\n${load('brook/new')}`);
    folders.push(root);
    const client = await startClient(root, { folders: [root], environment: env, initializationOptions: settings });
    clients.push(client);
    client.open('a.py', load('brook/new'));
    return client;
  };
  const codes = async (client: LspClient): Promise<readonly string[]> => {
    const { items } = await client.request<{ items: readonly Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: client.uri('a.py') } });
    return items.map((item) => String(item.code));
  };
  /** The server asks to be pulled again when an answer came. */
  const until = async (client: LspClient, rule: string): Promise<void> => {
    for (let tries = 0; tries < 100; tries += 1) {
      if ((await codes(client)).includes(rule)) return;
      await new Promise((done) => setTimeout(done, 50));
    }
    assert.fail(`no ${rule} came`);
  };

  it('are made when the settings allow them, and no others', async () => {
    const hub = await hubOf();
    const client = await start(undefined, environment(hub));
    assert.ok((await codes(client)).includes('unknown-terms'));
    assert.equal(hub.requests.length, 0);
    client.notify('workspace/didChangeConfiguration', { settings: { pedigree: { useCache: true } } });
    await client.waitFor('workspace/diagnostic/refresh');
    await until(client, 'noncommercial-weights');
    assert.equal(hub.requests.length, 0);
    // Settings of something else change nothing; taking the word back does.
    client.notify('workspace/didChangeConfiguration', { settings: { python: {} } });
    assert.ok((await codes(client)).includes('noncommercial-weights'));
    client.notify('workspace/didChangeConfiguration', { settings: { pedigree: { useCache: false } } });
    await until(client, 'unknown-terms');
  });
  it('show in a hover, and follow what is typed', async () => {
    const hub = await hubOf();
    const client = await start({ useHub: true }, environment(hub));
    await until(client, 'noncommercial-weights');
    const hover = await client.request<Hover>('textDocument/hover', { textDocument: { uri: client.uri('a.py') }, position: { line: 1, character: 30 } });
    assert.match((hover.contents as { value: string }).value, /Says who: .*its card on the hub, as of 2026-01-01[\s\S]*On the hub.*a{40}/);
    client.change('a.py', 2, load('brook/other'));
    await until(client, 'unpinned-revision');
    for (let tries = 0; tries < 100 && hub.requests.length < 2; tries += 1) await new Promise((done) => setTimeout(done, 50));
    assert.deepEqual(
      hub.requests.map(({ path }) => path),
      ['/api/models/brook/new', '/api/models/brook/other'],
    );
  });
  it('keep nobody waiting', async () => {
    const hub = await hubOf(() => true);
    const client = await start({ useHub: true }, { ...environment(hub), HF_HUB_DOWNLOAD_TIMEOUT: '30' });
    const begun = performance.now();
    assert.ok((await codes(client)).includes('unknown-terms'));
    assert.ok(performance.now() - begun < 10_000);
  });
  it('give the report of the command line', async () => {
    const env = environment();
    const client = await start({ useCache: true }, env);
    const { folders: reports } = await client.request<AuditAnswer>('workspace/executeCommand', { command: serverCommands.audit });
    const { out } = await pedigreeBeside(['audit', client.root, '--cache', '--format', 'json', '--fail-on', 'never'], env);
    assert.equal(`${JSON.stringify(reports[0]?.report, null, 1)}\n`, out);
    assert.equal(reports[0]?.report.inputs.cache, true);
  });
});

describe('the settings that a client sends', () => {
  const cases: readonly (readonly [unknown, boolean, boolean])[] = [
    [undefined, false, false],
    [null, false, false],
    [{}, false, false],
    [{ useCache: true }, true, false],
    [{ useCache: true, useHub: true }, true, true],
    [{ pedigree: { useHub: true } }, false, true],
    [{ pedigree: null, useCache: true }, true, false],
    [{ pedigree: 'on' }, false, false],
    [{ useCache: 'true', useHub: 1 }, false, false],
    [[], false, false],
  ];
  for (const [settings, cache, hub] of cases) it(JSON.stringify(settings) ?? 'none', () => assert.deepEqual(askedBy(settings), { cache, hub }));
});
