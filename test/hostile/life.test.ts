import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Diagnostic } from 'vscode-languageserver/node';
import { serverCommands } from '../../server/src/protocol/requests.ts';
import type { AuditAnswer, DebugInformation } from '../../server/src/protocol/requests.ts';
import { startClient } from '../support/lsp.ts';
import type { LspClient } from '../support/lsp.ts';
import { card, makeTree, more, randomFrom, removeTrees, seed } from './support.ts';

const pause = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

const audit = (client: LspClient, onId?: (id: number) => void): Promise<AuditAnswer> =>
  client.request('workspace/executeCommand', { command: serverCommands.audit, workDoneToken: `w${Math.random()}` }, onId);
const pull = async (client: LspClient, path: string): Promise<readonly Diagnostic[]> =>
  (await client.request<{ items: Diagnostic[] }>('textDocument/diagnostic', { textDocument: { uri: client.uri(path) } })).items;

/** YAML near the limit of its size: among what takes the parsers longest. */
const slow = (mark: string): string => `cff-version: 1.2.0 # ${mark}\nlicense: MIT\nreferences:\n${'- title: abcdefgh\n'.repeat(50_000)}`;

describe('a hostile life', function () {
  this.timeout(more > 1 ? 3_600_000 : 120_000);
  before(() => console.log(`      seed ${seed}`));
  const clients: LspClient[] = [];
  const start = async (root: string, command = ['dist/server.js', '--stdio']): Promise<LspClient> => {
    const client = await startClient(root, { command });
    clients.push(client);
    return client;
  };
  /** A server whose heap holds what it keeps, and not what it has not cleaned up yet. */
  const startTidy = (root: string): Promise<LspClient> => {
    const tidy = join(makeTree({ 'tidy.cjs': 'setInterval(() => globalThis.gc(), 400).unref();\n' }), 'tidy.cjs');
    return start(root, ['--expose-gc', '--require', tidy, 'dist/server.js', '--stdio']);
  };
  const heapOf = async (client: LspClient): Promise<number> => {
    await pause(900);
    return (await client.request<DebugInformation>('workspace/executeCommand', { command: serverCommands.debugInformation })).heapMegabytes;
  };
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.stop().catch(() => undefined);
  });
  after(removeTrees);

  it('R11: after edits and events at random, while audits run, the findings are those of a fresh start', async () => {
    const random = randomFrom(seed);
    const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
    const root = makeTree({ 'README.md': card });
    const paths = ['README.md', 'a.py', 'sub/README.md', 'sub/LICENSE', 'package.json', 'train.yaml', 'pedigree.yaml'];
    const texts = [
      card,
      card.replace('license: mit', 'license: llama3.1'),
      '---\nlicense: nonsense\n',
      'from transformers import AutoModel\nAutoModel.from_pretrained("black-forest-labs/FLUX.1-dev")\n',
      '{"name":"x","license":"MIT"}',
      'rules: { licence-laundering: off }\n',
      'MIT License\n',
      '',
    ];
    const client = await start(root);
    const open = new Map<string, number>();
    const running: Promise<unknown>[] = [];
    const event = (path: string, type: number): void => client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri(path), type }] });
    for (let step = 0; step < 60 * Math.min(more, 20); step += 1) {
      const path = pick(paths);
      const version = open.get(path);
      const what = random();
      if (what < 0.35) {
        if (version === undefined) client.open(path, pick(texts));
        else client.change(path, version + 1, pick(texts));
        open.set(path, (version ?? 0) + 1);
      } else if (what < 0.45 && version !== undefined) {
        client.notify('textDocument/didClose', { textDocument: { uri: client.uri(path) } });
        open.delete(path);
      } else if (what < 0.75) {
        mkdirSync(dirname(join(root, path)), { recursive: true });
        writeFileSync(join(root, path), pick(texts));
        event(path, 2);
      } else if (what < 0.85) {
        rmSync(join(root, path), { force: true });
        event(path, 3);
      } else if (what < 0.92) {
        let id = 0;
        running.push(audit(client, (given) => (id = given)).catch(() => undefined));
        if (random() < 0.5) client.notify('$/cancelRequest', { id });
      } else running.push(pull(client, path).catch(() => undefined));
    }
    await Promise.all(running);
    for (const path of open.keys()) client.notify('textDocument/didClose', { textDocument: { uri: client.uri(path) } });
    const fresh = await start(root);
    for (const path of paths) assert.deepEqual(await pull(client, path), await pull(fresh, path), `${path}, seed ${seed}`);
    assert.deepEqual((await audit(client)).folders[0]?.report, (await audit(fresh)).folders[0]?.report, `seed ${seed}`);
  });

  it('R12: what a killed server knew is there again when it is started anew', async () => {
    const root = makeTree({ 'README.md': card });
    const expected = await pull(await start(root), 'README.md');
    assert.ok(expected.length > 0);
    for (let kill = 0; kill < 3; kill += 1) {
      const client = await startClient(root, {});
      client.open('README.md', card);
      await pull(client, 'README.md');
      // As the editor's client does it: the process is gone without a word.
      client.notify('exit', null);
      await assert.rejects(pull(client, 'README.md'), /the server ended/);
    }
    assert.deepEqual(await pull(await start(root), 'README.md'), expected);
  });

  it('R13: a cancel is answered at once, whatever is being read, and leaves nothing behind', async () => {
    const random = randomFrom(seed);
    const files = Object.fromEntries(Array.from({ length: 4 }, (_, at) => [`d${at}/CITATION.cff`, slow('0')]));
    const root = makeTree({ 'README.md': card, ...files });
    const client = await start(root);
    const whole = await audit(client);
    const waits: number[] = [];
    const points = 5 * Math.min(more, 15);
    for (let point = 0; point < points; point += 1) {
      for (const path of Object.keys(files)) writeFileSync(join(root, path), slow(String(point % 7)));
      let id = 0;
      const answer = audit(client, (given) => (id = given));
      await pause(random() * 800);
      const sent = performance.now();
      client.notify('$/cancelRequest', { id });
      const ended = await answer.then(
        ({ cancelled }) => `it was done, cancelled: ${cancelled}`,
        (error: { code: number }) => error.code,
      );
      waits.push(performance.now() - sent);
      assert.ok(ended === -32800 || ended === 'it was done, cancelled: false', String(ended));
      const told = client.received.filter(({ method }) => method === '$/progress').map(({ params }) => (params as { value: { kind: string } }).value.kind);
      assert.equal(told.filter((kind) => kind === 'begin').length, told.filter((kind) => kind === 'end').length);
    }
    const sorted = waits.toSorted((a, b) => a - b);
    const shown = sorted.map((wait) => wait.toFixed(0)).join(' ');
    console.log(`      ${shown} ms`);
    // What else runs on the machine may hold up one or the other, so of single ones less is asked: a file takes ten times as long.
    assert.ok((sorted[Math.floor(points / 2)] ?? 0) < 50 && (sorted.at(-1) ?? 0) < 500, `${shown} ms, seed ${seed}`);
    const again = await audit(client);
    assert.deepEqual(again.folders[0]?.report, whole.folders[0]?.report);
  });

  it('R13: audits that were cancelled keep no memory', async () => {
    const files = Object.fromEntries(Array.from({ length: 80 }, (_, at) => [`d${at}/README.md`, `${card}${'Words. '.repeat(2_000)}`]));
    const root = makeTree(files);
    const client = await startTidy(root);
    const round = async (): Promise<void> => {
      for (const [path, text] of Object.entries(files)) writeFileSync(join(root, path), `${text}${Math.random()}`);
      let id = 0;
      const answer = audit(client, (given) => (id = given)).catch(() => undefined);
      await pause(40);
      client.notify('$/cancelRequest', { id });
      await answer;
    };
    await audit(client);
    await round();
    const before = await heapOf(client);
    for (let at = 0; at < 4 * Math.min(more, 20); at += 1) await round();
    const after = await heapOf(client);
    assert.ok(after < before * 1.1 + 5, `${before} MB, then ${after} MB`);
  });

  it('R13: other requests are answered while an audit that was cancelled still ends', async () => {
    const root = makeTree({ 'README.md': card });
    const client = await start(root);
    const answers = Array.from({ length: 40 }, () => {
      let id = 0;
      const answer = client
        .request('textDocument/hover', { textDocument: { uri: client.uri('README.md') }, position: { line: 1, character: 10 } }, (given) => (id = given))
        .then(
          () => 'answered',
          (error: { code: number }) => error.code,
        );
      client.notify('$/cancelRequest', { id });
      return answer;
    });
    for (const answer of await Promise.all(answers)) assert.ok(answer === -32800 || answer === 'answered');
    assert.ok((await pull(client, 'README.md')).length > 0);
  });

  it('R14: memory is flat over documents that are opened and closed', async () => {
    const root = makeTree({ 'README.md': card });
    const client = await startTidy(root);
    const cycle = async (from: number, to: number): Promise<void> => {
      for (let at = from; at < to; at += 1) {
        client.open(`n${at}.md`, `${card}${'x'.repeat(60_000)}`);
        if (at % 20 === 0) await pull(client, `n${at}.md`);
        client.notify('textDocument/didClose', { textDocument: { uri: client.uri(`n${at}.md`) } });
      }
      await pull(client, 'README.md');
    };
    const count = 150 * Math.min(more, 60);
    await cycle(0, count);
    const first = await heapOf(client);
    await cycle(count, count * 2);
    const second = await heapOf(client);
    // Each text alone has 60 kB: kept, they would be 9 MB and more.
    assert.ok(second - first < 5, `${first} MB, then ${second} MB`);
  });

  it('R15: an end of the engine is an end of the process, and never looks like success', () => {
    const many = makeTree(Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`d${at}/README.md`, `${card}${'words of a long text '.repeat(20_000)}`])));
    const starved = spawnSync(process.execPath, ['--max-old-space-size=12', 'dist/cli.js', 'audit', '--fail-on', 'never', many], {
      encoding: 'utf8',
      timeout: 60_000,
    });
    assert.notEqual(starved.status, 0);
    const broken = spawnSync(
      process.execPath,
      [
        '-e',
        "const fs = require('fs'); const read = fs.readFileSync; fs.readFileSync = (file, ...rest) => { if (/knowledge/.test(String(file))) throw new Error('broken'); return read(file, ...rest); }; process.argv.splice(1, 0, 'dist/cli.js'); require('./dist/cli.js')",
        'audit',
        '.',
      ],
      { encoding: 'utf8' },
    );
    assert.deepEqual([broken.status, /internal failure: Error: broken/.test(broken.stderr)], [3, true], broken.stderr.slice(0, 300));
    const message = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {} } });
    const server = spawnSync(process.execPath, ['--max-old-space-size=6', 'dist/server.js', '--stdio'], {
      input: `Content-Length: ${message.length}\r\n\r\n${message}`,
      encoding: 'utf8',
      timeout: 60_000,
    });
    assert.notEqual(server.status, 0);
  });

  it('R16: the same tree gives the same bytes, whatever the order of the folder, the zone and the language', () => {
    const files = Object.fromEntries(['z', 'é', 'a', 'B', 'b', '10', '9'].map((name) => [`${name}/README.md`, card.replace('# support-bot', `# ${name}`)]));
    const roots = [makeTree(files), makeTree(Object.fromEntries(Object.entries(files).toReversed()))];
    for (const format of ['json', 'text']) {
      const outputs = roots.flatMap((root) =>
        [
          { TZ: 'Pacific/Kiritimati', LANG: 'C', LC_ALL: 'C' },
          { TZ: 'America/New_York', LANG: 'de_DE.UTF-8', LC_ALL: 'de_DE.UTF-8' },
        ].map(
          (environment) =>
            spawnSync(process.execPath, ['dist/cli.js', 'audit', '--format', format, '--fail-on', 'never', root], {
              encoding: 'utf8',
              env: { ...process.env, PEDIGREE_TODAY: '2026-11-24', ...environment },
            }).stdout,
        ),
      );
      assert.equal(new Set(outputs).size, 1, format);
      assert.ok((outputs[0]?.length ?? 0) > 200);
    }
  });

  it('R4: an editor that shows a link shows what it leads to in the folder only', async () => {
    const other = makeTree({ 'README.md': card });
    const root = makeTree({ 'a.md': '# a\n' });
    symlinkSync(join(other, 'README.md'), join(root, 'README.md'));
    const client = await start(root);
    assert.deepEqual(await pull(client, 'README.md'), []);
  });
});
