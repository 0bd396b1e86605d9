import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createProcesses } from '../../client/src/process.ts';

/** Says that it is there, and answers what it is told. */
const server = `
process.stdout.write('up');
process.on('message', (message) => process.send({ message, pid: process.pid, argv: process.argv.slice(2) }));
`;

describe('the processes of the server', () => {
  let dist = '';
  const words: string[] = [];
  const open: ReturnType<typeof createProcesses>[] = [];
  const create = (): ReturnType<typeof createProcesses> => {
    const processes = createProcesses({ dist, onWords: (said) => words.push(said) });
    open.push(processes);
    return processes;
  };
  const told = async (what: string): Promise<void> => {
    for (const deadline = Date.now() + 5_000; !words.includes(what) && Date.now() < deadline;) await new Promise((done) => setTimeout(done, 20));
    assert.ok(words.includes(what), words.join());
  };
  before(() => {
    dist = mkdtempSync(join(tmpdir(), 'pedigree-process-'));
    writeFileSync(join(dist, 'server.js'), server);
  });
  beforeEach(() => words.splice(0));
  afterEach(() => {
    for (const processes of open.splice(0)) {
      processes.kill();
      processes.clear();
    }
  });
  after(() => rmSync(dist, { recursive: true, force: true }));

  it('starts one ahead, which hears what it is told before it listens', async () => {
    const processes = create();
    processes.prepare();
    processes.prepare();
    const child = processes.next();
    child.send('early');
    const [answer] = (await once(child, 'message')) as [{ message: string; pid: number; argv: readonly string[] }];
    assert.equal(answer.message, 'early');
    assert.equal(answer.pid, child.pid);
    assert.deepEqual(answer.argv, ['--node-ipc', `--clientProcessId=${process.pid}`]);
    // Another one would be up about now.
    await new Promise((done) => setTimeout(done, 300));
    assert.deepEqual(words, ['up']);
    assert.notEqual(processes.next().pid, child.pid, 'only once');
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('starts another where the one ahead has ended, and tells how that was', async () => {
    const processes = create();
    writeFileSync(join(dist, 'server.js'), 'process.exit(5);');
    processes.prepare();
    await told('the server ended with code 5');
    writeFileSync(join(dist, 'server.js'), server);
    const child = processes.next();
    child.send('again');
    await once(child, 'message');
  });

  it('ends the one that runs at once, whatever it is at', async () => {
    const processes = create();
    const child = processes.next();
    await once(child, 'spawn');
    processes.kill();
    const [, signal] = (await once(child, 'exit')) as [number | null, string | null];
    assert.equal(signal, 'SIGKILL');
  });

  it('ends what nobody talked to', async () => {
    const processes = create();
    processes.prepare();
    processes.clear();
    await told('the server was ended by SIGKILL');
  });
});
