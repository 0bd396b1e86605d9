import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { allTools, tools } from '../../server/src/protocol/tools.ts';
import { layOut } from '../support/cli.ts';
import { hostile, order, takeApart } from '../support/marks.ts';
import { today } from '../support/repo.ts';

const card = (licence: string): string => `---\nlicense: ${licence}\nbase_model: meta-llama/Llama-3.1-8B\n---\n`;
const laundered = `--- README.md\n${card('mit')}--- lab/README.md\n${card('apache-2.0')}`;
const environment = { ...process.env, PEDIGREE_TODAY: today } as Record<string, string>;

interface Said {
  readonly text: string;
  readonly isError: boolean;
}

describe('pedigree mcp', function () {
  this.timeout(60_000);
  const roots: string[] = [];
  const clients: Client[] = [];
  const make = (text: string): string => {
    const root = layOut(text);
    roots.push(root);
    return root;
  };
  const connect = async (root: string, mode: 'legacy' | 'auto' = 'auto', words: readonly string[] = ['--root', root]): Promise<Client> => {
    const client = new Client({ name: 'pedigree-test', version: '1' }, { versionNegotiation: { mode } });
    await client.connect(
      new StdioClientTransport({ command: process.execPath, args: [resolve('dist/cli.js'), 'mcp', ...words], env: environment, cwd: root, stderr: 'ignore' }),
    );
    clients.push(client);
    return client;
  };
  const ask = async (client: Client, tool: { readonly name: string }, input: unknown, options = {}): Promise<Said> => {
    const { content, isError = false } = await client.callTool({ name: tool.name, arguments: input as Record<string, unknown> }, options);
    assert.equal(content.length, 1);
    const [part] = content;
    assert.ok(part?.type === 'text');
    return { text: part.text, isError };
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.close();
    for (const root of roots.splice(0)) rmSync(root, { recursive: true, force: true });
  });

  for (const [mode, revision] of [
    ['legacy', '2025-11-25'],
    ['auto', '2026-07-28'],
  ] as const) {
    it(`lists its tools and answers each, to a client of ${revision}`, async () => {
      const client = await connect(make(laundered), mode);
      assert.equal(client.getNegotiatedProtocolVersion(), revision);
      assert.equal(client.getServerVersion()?.name, 'pedigree');
      assert.match(client.getInstructions() ?? '', /is data, never an instruction/);
      const listed = (await client.listTools()).tools;
      assert.deepEqual(
        listed.map(({ name, title, description, inputSchema }) => ({ name, title, description, inputSchema })),
        allTools,
      );
      for (const { annotations } of listed) {
        assert.equal(annotations?.readOnlyHint, true);
        assert.equal(annotations?.openWorldHint, false);
      }
      assert.match(takeApart((await ask(client, tools.checkLicences, {})).text).inside, /- error licence-laundering at README\.md:2:10/);
      assert.match(takeApart((await ask(client, tools.lineage, { work: '.' })).text).inside, /fine-tune of meta-llama\/Llama-3\.1-8B/);
      assert.match(takeApart((await ask(client, tools.explain, { id: 'licence-laundering' })).text).inside, /rule licence-laundering/);
    });
  }

  it('works in the folder that it is started in', async () => {
    const client = await connect(make(laundered), 'auto', []);
    assert.match((await ask(client, tools.checkLicences, { path: 'lab' })).text, /lab\/README\.md:2:10/);
  });

  it('explains without reading any file', async () => {
    const client = await connect(make(laundered));
    assert.doesNotMatch((await ask(client, tools.explain, { id: 'meta-llama/Llama-3.1-8B' })).text, /Named in this repository/);
    await ask(client, tools.lineage, {});
    assert.match((await ask(client, tools.explain, { id: 'meta-llama/Llama-3.1-8B' })).text, /Named in this repository/);
  });

  it('sees what changed on disk since the last question', async () => {
    const root = make(`--- README.md\n${card('mit')}`);
    const client = await connect(root);
    assert.match((await ask(client, tools.checkLicences, {})).text, /licence-laundering/);
    writeFileSync(join(root, 'README.md'), card('llama3.1'));
    assert.doesNotMatch((await ask(client, tools.checkLicences, {})).text, /licence-laundering/);
  });

  it('says what is wrong with an input, and goes on', async () => {
    const client = await connect(make(laundered));
    for (const input of [{ limit: 0 }, { limit: 'many' }, { nonsense: 1 }, { severity: 'fatal' }, { path: 'no/such/file' }, { rule: 'no-such-rule' }])
      assert.ok((await ask(client, tools.checkLicences, input)).isError, JSON.stringify(input));
    assert.ok((await ask(client, tools.explain, {})).isError);
    await assert.rejects(ask(client, { name: 'pedigree_delete_everything' }, {}), /no such tool/);
    assert.ok(!(await ask(client, tools.lineage, {})).isError);
  });

  it('refuses what lies outside of its folder, links that lead there included', async () => {
    const outside = make('--- secret/README.md\n---\nlicense: cc-by-nc-4.0\nbase_model: secret/model\n---\n');
    const root = make(laundered);
    symlinkSync(outside, join(root, 'link'));
    const client = await connect(root);
    for (const path of ['..', '../x', outside, join(outside, 'secret/README.md'), '/', '/etc/passwd', 'lab/../../x']) {
      const { text, isError } = await ask(client, tools.checkLicences, { path });
      assert.ok(isError, path);
      assert.match(text, /outside of the folders/, path);
    }
    assert.ok((await ask(client, tools.checkLicences, { path: 'link/secret/README.md' })).isError);
    assert.doesNotMatch((await ask(client, tools.lineage, {})).text, /secret/);
    assert.ok(!(await ask(client, tools.checkLicences, { path: join(root, 'lab') })).isError);
  });

  it('takes a path by the name of the link that it was given', async () => {
    const root = make(laundered);
    const link = join(make('--- a.txt\nx\n'), 'link');
    symlinkSync(root, link);
    const client = await connect(root, 'auto', ['--root', link]);
    for (const path of [join(link, 'lab'), join(root, 'lab')]) assert.ok(!(await ask(client, tools.checkLicences, { path })).isError, path);
  });

  it('tells how far it is, can be cancelled, and then answers the next question', async () => {
    const root = make(laundered);
    for (let folder = 0; folder < 40; folder += 1) {
      mkdirSync(join(root, `d${folder}`));
      for (let file = 0; file < 100; file += 1) writeFileSync(join(root, `d${folder}/f${file}.py`), `AutoModel.from_pretrained("a${folder}/b${file}")\n`);
    }
    const client = await connect(root);
    const controller = new AbortController();
    const told: number[] = [];
    const onprogress = ({ progress, total }: { progress: number; total?: number | undefined }): void => {
      told.push(progress);
      assert.ok(total !== undefined && progress <= total);
      controller.abort('seen enough');
    };
    await assert.rejects(ask(client, tools.checkLicences, {}, { signal: controller.signal, onprogress }), /seen enough/);
    assert.ok(told.length > 0);
    assert.match((await ask(client, tools.checkLicences, { severity: 'error' })).text, /licence-laundering/);
  });

  it('answers questions that come at once', async () => {
    const client = await connect(make(laundered));
    const answers = await Promise.all(Array.from({ length: 8 }, (_, at) => ask(client, at % 2 === 0 ? tools.lineage : tools.checkLicences, {})));
    assert.ok(answers.every(({ isError }) => !isError));
  });

  it('lets no text of a repository out of the marks', async () => {
    const client = await connect(make(hostile));
    for (const [tool, input] of [
      [tools.checkLicences, { limit: 50 }],
      [tools.checkLicences, { path: order }],
      [tools.lineage, {}],
      [tools.lineage, { work: order }],
      [tools.explain, { id: order }],
    ] as const)
      assert.doesNotMatch(takeApart((await ask(client, tool, input)).text).outside, /IGNORE|INSTRUCTIONS/);
  });

  const refused: readonly (readonly [string, readonly string[], string, RegExp])[] = [
    ['a folder that is not there', ['--root', 'no-such-folder'], '.', /is no folder/],
    ['a file', ['--root', 'package.json'], '.', /is no folder/],
    ['a folder without --root', ['.'], '.', /name the folder with --root/],
    ['an option that there is not', ['--hub'], '.', /Unknown option/],
    ['the whole disk, unasked', [], '/', /no repository: name one with --root/],
    ['the home folder, unasked', [], homedir(), /no repository: name one with --root/],
  ];
  for (const [title, words, cwd, reason] of refused) {
    it(`ends with 2 for ${title}`, () => {
      const run = spawnSync(process.execPath, [resolve('dist/cli.js'), 'mcp', ...words], { cwd, encoding: 'utf8', input: '' });
      assert.equal(run.status, 2);
      assert.match(run.stderr, reason);
      assert.equal(run.stdout, '');
    });
  }

  it('ends with 0 when its input ends, and survives what is no message', async () => {
    const child = spawn(process.execPath, ['dist/cli.js', 'mcp', '--root', make(laundered)], { stdio: ['pipe', 'pipe', 'ignore'] });
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    const closed = new Promise<number | null>((done) => child.on('close', done));
    child.stdin.write('no json\n{"jsonrpc":"2.0"}\n[]\n');
    const params = { protocolVersion: '2024-11-05', capabilities: {}, clientInfo: { name: 'old', version: '1' } };
    child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params })}\n`);
    while (!out.includes('\n')) await new Promise((done) => setTimeout(done, 20));
    child.stdin.end();
    assert.equal(await closed, 0);
    for (const line of out.trim().split('\n')) assert.equal((JSON.parse(line) as { jsonrpc: string }).jsonrpc, '2.0');
    assert.match(out, /"protocolVersion":"2024-11-05"/);
  });

  it("keeps the protocol's library in a bundle of its own", () => {
    const { outputs } = JSON.parse(readFileSync('dist/meta.json', 'utf8')) as { outputs: Record<string, { inputs: Record<string, unknown> }> };
    const holders = Object.keys(outputs).filter((path) =>
      Object.keys(outputs[path]?.inputs ?? {}).some((input) => /node_modules\/(?:@modelcontextprotocol|zod)\//.test(input)),
    );
    assert.deepEqual(holders, ['dist/mcp.js']);
    // The part of it that makes code out of schemas as it runs is left out.
    assert.doesNotMatch(readFileSync('dist/mcp.js', 'utf8'), /new Function\(/);
  });
});
