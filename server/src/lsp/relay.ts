import type { Worker } from 'node:worker_threads';
import {
  IPCMessageReader,
  IPCMessageWriter,
  PortMessageReader,
  PortMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
  createServerPipeTransport,
  createServerSocketTransport,
} from 'vscode-languageserver/node';
import type { MessageReader, MessageWriter } from 'vscode-languageserver/node';
import { createFront } from './front.ts';
import type { Message } from './front.ts';

/** The value of `--name value` or `--name=value`. */
const optionOf = (argv: readonly string[], name: string): string | undefined => {
  const at = argv.findIndex((word) => word === name || word.startsWith(`${name}=`));
  const word = argv[at];
  return word === undefined ? undefined : word === name ? argv[at + 1] : word.slice(name.length + 1);
};

/** How the editor wants to talk; over standard input and output unless it says otherwise. */
const transportOf = (argv: readonly string[]): readonly [MessageReader, MessageWriter] => {
  if (argv.includes('--node-ipc')) return [new IPCMessageReader(process), new IPCMessageWriter(process)];
  const socket = optionOf(argv, '--socket');
  if (socket !== undefined) return createServerSocketTransport(Number.parseInt(socket, 10));
  const pipe = optionOf(argv, '--pipe');
  if (pipe !== undefined) return createServerPipeTransport(pipe);
  return [new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout)];
};

/**
 * The language server of this process: it hands messages on between the editor and the engine, which runs in a thread of its own, so that
 * somebody listens however long a file takes. When the engine ends, the process does.
 */
export const startRelay = (worker: Worker, argv: readonly string[]): void => {
  const [reader, writer] = transportOf(argv);
  const inner = new PortMessageWriter(worker);
  const front = createFront();
  let isShutDown = false;
  const end = (): never => process.exit(isShutDown ? 0 : 1);
  const tell = (message: Message): void => void writer.write(message).catch(end);

  worker.on('error', (error: unknown) => {
    process.stderr.write(`pedigree: the engine failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  });
  worker.on('exit', (code) => process.exit(code));
  new PortMessageReader(worker).listen((message) => {
    if (front.fromEngine(message as Message)) tell(message as Message);
  });
  reader.listen((data) => {
    const message = data as Message;
    if (message.method === 'exit') end();
    if (message.method === 'shutdown') isShutDown = true;
    front.fromClient(message).forEach(tell);
    void inner.write(message);
  });
  // An editor that is gone asks for nothing more.
  reader.onClose(end);
  process.stdin.on('end', () => {
    if (reader instanceof StreamMessageReader) end();
  });
  process.on('disconnect', end);
};
