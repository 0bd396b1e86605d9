import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beingRead } from '../../client/src/hang.ts';
import { openJournal, readJournal } from '../../server/src/host/journal.ts';
import { serverCommands } from '../../server/src/protocol/requests.ts';
import type { AuditAnswer, StatusParameters } from '../../server/src/protocol/requests.ts';
import { layOut } from '../support/cli.ts';
import { startClient } from '../support/lsp.ts';
import type { LspClient } from '../support/lsp.ts';

const card = '---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n';
/** As large as the configuration of a trainer may be and known by its keys, so that it is parsed: that takes long enough for somebody to end the process. */
const large = (word: string): string =>
  `model_name_or_path: a/b\nstage: sft\n${word}:\n${Array.from({ length: 9_500 }, (_, at) => `  - [{ at: ${at} }]\n`).join('')}`;

interface Shown {
  readonly type: number;
  readonly message: string;
}

describe('a file that ends the server', function () {
  this.timeout(60_000);
  let cache = '';
  let root = '';
  beforeEach(() => {
    cache = mkdtempSync(join(tmpdir(), 'pedigree-test-'));
    root = layOut(`--- README.md\n${card}--- large.yaml\n${large('a')}`);
  });
  afterEach(() => {
    for (const folder of [cache, root]) rmSync(folder, { recursive: true, force: true });
  });
  const start = (): Promise<LspClient> => startClient(root, { environment: { PEDIGREE_CACHE: cache } });
  const running = (): string => join(cache, 'running');
  const readers = (): readonly number[] =>
    (existsSync(running()) ? readdirSync(running()) : [])
      .filter((name) => beingRead(join(running(), name))?.path.endsWith('/large.yaml') === true)
      .map((name) => Number(/-(\d+)\.journal$/.exec(name)?.[1]));
  /** Holds the server in the midst of the large file: a look and a signal may both come too late, and then it is given another such file. */
  const hold = async (again: (round: number) => void): Promise<number> => {
    for (let round = 1; round < 30; round += 1) {
      for (const end = Date.now() + 2_000; Date.now() < end;) {
        const [pid] = readers();
        if (pid !== undefined) {
          process.kill(pid, 'SIGSTOP');
          if (readers().includes(pid)) return pid;
          process.kill(pid, 'SIGCONT');
          break;
        }
        await new Promise((done) => setTimeout(done, 1));
      }
      again(round);
    }
    return assert.fail('it was never seen in the midst of the file');
  };
  const writeAgain =
    (client: LspClient) =>
    (round: number): void => {
      writeFileSync(join(root, 'large.yaml'), large(`key${round}`));
      client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: client.uri('large.yaml'), type: 2 }] });
    };
  const audit = async (client: LspClient): Promise<AuditAnswer['folders'][number]['report']> => {
    const { folders } = await client.request<AuditAnswer>('workspace/executeCommand', { command: serverCommands.audit });
    const [folder] = folders;
    assert.ok(folder);
    return folder.report;
  };

  it('is named once by the next, which skips it until it changes, and checks all else', async () => {
    const first = await start();
    await hold(writeAgain(first));
    await first.kill();

    const second = await start();
    const { type, message } = await second.waitFor<Shown>('window/showMessage');
    assert.equal(type, 2);
    assert.match(message, /did not get through large\.yaml,/);
    const status = await second.waitFor<StatusParameters>('pedigree/status', ({ state }) => state === 'ready');
    assert.equal(status.message, 'large.yaml');
    const report = await audit(second);
    assert.match(report.skipped.find(({ path }) => path === 'large.yaml')?.reason ?? '', /ended while it read/);
    assert.equal(report.summary.complete, false);
    assert.ok(report.findings.some(({ ruleId }) => ruleId === 'licence-laundering'));

    // Ended by something else: it stays skipped, and is not named again.
    await second.kill();
    const third = await start();
    assert.match((await third.waitFor<StatusParameters>('pedigree/status', ({ state }) => state === 'ready')).message ?? '', /large\.yaml$/);
    assert.ok(!third.received.some(({ method }) => method === 'window/showMessage'));
    writeFileSync(join(root, 'large.yaml'), 'a: 1\n');
    third.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: third.uri('large.yaml'), type: 2 }] });
    await third.waitFor<StatusParameters>('pedigree/status', ({ state, message: said }) => state === 'ready' && said === null);
    const after = await audit(third);
    assert.equal(after.summary.complete, true);
    assert.equal(await third.stop(), 0);
    assert.deepEqual(readdirSync(running()), [], 'a note is left of a server that ended as it should');
  });

  it('is read again where it is the text of an editor that ended it', async () => {
    rmSync(join(root, 'large.yaml'));
    const first = await start();
    await first.waitFor<StatusParameters>('pedigree/status', ({ state }) => state === 'ready');
    let text = large('b');
    first.open('large.yaml', text, 'yaml');
    await hold((round) => {
      text = large(`key${round}`);
      first.change('large.yaml', round + 1, text);
    });
    await first.kill();
    const second = await start();
    assert.match((await second.waitFor<Shown>('window/showMessage')).message, /large\.yaml/);
    second.open('large.yaml', text, 'yaml');
    const pulled = await second.request<{ items: readonly unknown[] }>('textDocument/diagnostic', { textDocument: { uri: second.uri('large.yaml') } });
    assert.deepEqual(pulled.items, []);
    assert.ok((await audit(second)).skipped.some(({ path }) => path === 'large.yaml'));
    second.change('large.yaml', 2, 'base_model: black-forest-labs/FLUX.1-dev\nlearning_rate: 0.1\noutput_dir: out\n');
    const { items } = await second.request<{ items: readonly unknown[] }>('textDocument/diagnostic', { textDocument: { uri: second.uri('large.yaml') } });
    assert.ok(items.length > 0);
    assert.equal(await second.stop(), 0);
  });

  it('blames nobody when an editor starts another server, or the first one ended as it should', async () => {
    const first = await start();
    process.kill(await hold(writeAgain(first)), 'SIGCONT');
    await first.stop();
    const second = await start();
    const { message } = await second.waitFor<StatusParameters>('pedigree/status', ({ state }) => state === 'ready');
    assert.equal(message, null);
    await second.stop();
  });
});

describe('a journal', () => {
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'pedigree-test-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const bytes = new TextEncoder().encode('x');
  /** Of a process that is no more; the editor is our own number. */
  const left = (text: string, editor = 7): void => writeFileSync(join(folder, `${editor}-4194303.journal`), text);

  it('notes what is being read, whatever its name, and nothing between two files', () => {
    const journal = openJournal(folder, 7);
    const { file = '' } = journal;
    for (const path of ['/a', '/b/with\nnewline', `/${'long/'.repeat(500)}`, '/c'])
      journal.guard(path, 'disk', bytes, () => assert.equal(beingRead(file)?.path, path));
    assert.equal(beingRead(file), undefined);
    assert.throws(() => journal.guard('/a', 'disk', bytes, () => assert.fail('a reader that throws')));
    assert.equal(readJournal(readFileSync(file, 'utf8')).reading, null);
    journal.close();
    assert.ok(!existsSync(file));
    assert.equal(
      journal.guard('/a', 'disk', bytes, () => 1),
      1,
    );
  });

  it('takes over what the same editor left, and nothing of another', () => {
    left('[]\n{"path":"/a","source":"disk"}\n');
    left('[]\n{"path":"/b","source":"disk"}\n', 8);
    const journal = openJournal(folder, 7);
    assert.deepEqual(journal.found, ['/a']);
    assert.equal(
      journal.guard('/a', 'disk', bytes, () => 1),
      undefined,
    );
    assert.equal(
      journal.guard('/a', 'editor', bytes, () => 1),
      1,
    );
    assert.equal(
      journal.guard('/a', 'disk', new TextEncoder().encode('y'), () => 1),
      1,
    );
    assert.deepEqual(journal.skipped(), []);
    journal.close();
    assert.deepEqual(readdirSync(folder), ['8-4194303.journal']);
  });

  it('is quiet about what is no journal, and where none can be kept', () => {
    for (const text of ['', '\n', '[]', '{}\n{}\n', 'x\n[1]\n', '[1,null,{"path":1}]\n{"path":"/a"}\n', '[]\n{"path":"/a","source":"disk"']) {
      left(text);
      const journal = openJournal(folder, 7);
      assert.deepEqual([journal.found, journal.skipped()], [[], []], text);
      journal.close();
    }
    const none = openJournal('/dev/null/nowhere', 7);
    assert.equal(
      none.guard('/a', 'disk', bytes, () => 1),
      1,
    );
    assert.equal(none.file, undefined);
    none.close();
  });
});
