import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { LSPErrorCodes } from 'vscode-languageserver/node';
import { toolRequest, tools } from '../../server/src/protocol/tools.ts';
import type { ToolAnswer } from '../../server/src/protocol/tools.ts';
import { layOut } from '../support/cli.ts';
import { startClient } from '../support/lsp.ts';
import type { LspClient } from '../support/lsp.ts';
import { hostile, takeApart } from '../support/marks.ts';

const card = (licence: string): string => `---\nlicense: ${licence}\nbase_model: meta-llama/Llama-3.1-8B\n---\n`;

describe('tools for language models, asked of the running server', function () {
  this.timeout(60_000);
  const roots: string[] = [];
  const clients: LspClient[] = [];
  const start = async (...texts: readonly string[]): Promise<LspClient> => {
    const made = texts.map(layOut);
    roots.push(...made);
    const client = await startClient(made[0] ?? '/nowhere', { folders: made.length === 0 ? null : made });
    clients.push(client);
    return client;
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) assert.equal(await client.stop(), 0);
    for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
  });
  const ask = (client: LspClient, tool: { readonly name: string }, input: unknown): Promise<ToolAnswer> =>
    client.request(toolRequest, { name: tool.name, input });

  it('answer each', async () => {
    const client = await start(`--- README.md\n${card('mit')}`);
    assert.match(takeApart((await ask(client, tools.checkLicences, {})).text).inside, /- error licence-laundering at README\.md:2:10/);
    assert.match(takeApart((await ask(client, tools.lineage, { work: '.' })).text).inside, /fine-tune of meta-llama\/Llama-3\.1-8B/);
    assert.match(takeApart((await ask(client, tools.explain, { id: 'meta-llama/Llama-3.1-8B' })).text).inside, /Named in this repository at:\n- README\.md:3/);
  });

  it('count what is typed and not saved', async () => {
    const client = await start(`--- README.md\n${card('mit')}`);
    client.open('README.md', card('llama3.1'));
    assert.doesNotMatch((await ask(client, tools.checkLicences, {})).text, /licence-laundering/);
    client.change('README.md', 2, card('mit'));
    assert.match((await ask(client, tools.checkLicences, {})).text, /licence-laundering/);
  });

  it('take absolute paths of any folder, and none outside of them', async () => {
    const client = await start(`--- README.md\n${card('mit')}`, `--- README.md\n${card('apache-2.0')}`);
    const { inside } = takeApart((await ask(client, tools.checkLicences, { path: `${roots[1] ?? ''}/README.md`, severity: 'error' })).text);
    assert.match(inside, /declared Apache License 2\.0/);
    assert.doesNotMatch(inside, /declared MIT/);
    for (const path of ['/etc', '../x', `${roots[0] ?? ''}/../x`]) {
      const { isError, text } = await ask(client, tools.checkLicences, { path });
      assert.ok(isError);
      assert.match(text, /outside of the folders/);
    }
  });

  it('say what is wrong with an input', async () => {
    const client = await start(`--- README.md\n${card('mit')}`);
    for (const input of [{ limit: 0 }, { nonsense: true }, [], 'text', { path: {} }]) assert.ok((await ask(client, tools.checkLicences, input)).isError);
    assert.ok((await ask(client, { name: 'pedigree_delete' }, {})).isError);
    assert.ok((await ask(client, tools.explain, {})).isError);
  });

  it('explain without a folder', async () => {
    const client = await start();
    assert.ok(!(await ask(client, tools.explain, { id: 'MIT' })).isError);
    assert.ok((await ask(client, tools.lineage, {})).isError);
  });

  it('can be cancelled', async () => {
    const client = await start(`--- README.md\n${card('mit')}`);
    const answer = client.request(toolRequest, { name: tools.checkLicences.name, input: {} }, (id) => client.notify('$/cancelRequest', { id }));
    await assert.rejects(answer, { code: LSPErrorCodes.RequestCancelled });
  });

  it('let no text of a repository out of the marks', async () => {
    const client = await start(hostile);
    for (const [tool, input] of [
      [tools.checkLicences, { limit: 50 }],
      [tools.lineage, {}],
      [tools.lineage, { work: '.' }],
    ] as const)
      assert.doesNotMatch(takeApart((await ask(client, tool, input)).text).outside, /IGNORE/);
  });
});
