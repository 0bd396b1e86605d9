// What a key press in a card costs the server: from the change to the findings, over stdio, in a folder of many files.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cardText, layOutMany } from './many-files.mjs';

const rounds = 100;
const warmUp = 20;
const card = 'README.md';

/** As much of a client as is needed: the server and the pipe cost what they cost, the client next to nothing. */
function connect(server, root) {
  const child = spawn(process.execPath, [server, '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const open = new Map();
  let id = 0;
  let buffer = Buffer.alloc(0);
  let ready;
  const isReady = new Promise((done) => (ready = done));
  const send = (message) => {
    const body = JSON.stringify({ jsonrpc: '2.0', ...message });
    child.stdin.write(`Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  };
  const take = ({ id: answered, method, params, result }) => {
    if (method === undefined) open.get(answered)?.(result);
    else if (answered !== undefined) send({ id: answered, result: null });
    if (method === 'pedigree/status' && params.state === 'ready') ready();
  };
  child.stdout.on('data', (chunk) => {
    buffer = Buffer.concat([buffer, chunk]);
    for (;;) {
      const head = buffer.indexOf('\r\n\r\n');
      const length = head < 0 ? NaN : Number(/Content-Length: (\d+)/i.exec(buffer.toString('latin1', 0, head))?.[1]);
      if (Number.isNaN(length) || buffer.length < head + 4 + length) return;
      const message = JSON.parse(buffer.toString('utf8', head + 4, head + 4 + length));
      buffer = buffer.subarray(head + 4 + length);
      take(message);
    }
  });
  const request = (method, params) => new Promise((done) => (open.set((id += 1), done), send({ id, method, params })));
  const notify = (method, params) => send({ method, params });
  const capabilities = { textDocument: { diagnostic: {} }, workspace: { diagnostics: { refreshSupport: true } } };
  const folders = [{ uri: pathToFileURL(root).href, name: 'many' }];
  return {
    pid: child.pid,
    isReady,
    request,
    notify,
    start: async () => {
      await request('initialize', { processId: process.pid, rootUri: null, workspaceFolders: folders, capabilities });
      notify('initialized', {});
    },
    stop: async () => {
      await request('shutdown', null);
      notify('exit', null);
    },
  };
}

/** Milliseconds that all threads of a process have run: what a key press costs, however many others want the machine. Linux alone tells. */
const ran = (pid) => {
  try {
    const tasks = readdirSync(`/proc/${pid}/task`);
    return tasks.reduce((sum, task) => sum + Number(readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')[0]), 0) / 1e6;
  } catch {
    return NaN;
  }
};

/** Milliseconds of each key press, by what it does to the card. */
export async function measureKeys(count, server = 'dist/server.js') {
  const root = await layOutMany(count, card);
  const client = connect(server, root);
  const uri = pathToFileURL(join(root, card)).href;
  const pull = () => client.request('textDocument/diagnostic', { textDocument: { uri } });
  await client.start();
  client.notify('textDocument/didOpen', { textDocument: { uri, languageId: 'markdown', version: 1, text: cardText() } });
  await client.isReady;
  await pull();
  let version = 1;
  const measure = async (textOf) => {
    const times = [];
    const cpu = [];
    for (let i = 0; i < warmUp + rounds; i += 1) {
      const before = ran(client.pid);
      const started = performance.now();
      client.notify('textDocument/didChange', { textDocument: { uri, version: (version += 1) }, contentChanges: [{ text: textOf(i) }] });
      await pull();
      if (i >= warmUp) times.push(performance.now() - started);
      if (i >= warmUp) cpu.push(ran(client.pid) - before);
      // Nobody types faster, and what the server puts off it may do now.
      await new Promise((done) => setTimeout(done, 30));
    }
    return { times, cpu };
  };
  const rows = [
    { what: `no fact changes; ${count} files`, ...(await measure((i) => cardText('x'.repeat(i)))) },
    { what: `a licence changes; ${count} files`, ...(await measure((i) => cardText('', i % 2 === 0 ? 'apache-2.0' : 'mit'))) },
  ];
  await client.stop();
  rmSync(root, { recursive: true, force: true });
  return rows;
}
