import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** Megabytes of heap after which the server ends rather than the machine: an audit of the largest tree that the limits allow needs less. */
const heapLimit = 1024;

/** Milliseconds that a server has to end by itself once it was told to. */
const grace = 2_000;

export interface Processes {
  /** Starts the next one ahead of who will talk to it. */
  readonly prepare: () => void;
  /** The one that was prepared, else a new one: from here on it is this one that runs. */
  readonly next: () => ChildProcess;
  /** Ends the one that runs at once, whatever it is at. */
  readonly kill: () => void;
  /** Ends what was told to end and does not, and what nobody talked to. */
  readonly clear: () => void;
}

interface ProcessesOptions {
  /** Where the bundles lie. */
  readonly dist: string;
  /** What one of them writes beside the protocol, and how it ended. */
  readonly onWords: (words: string) => void;
}

const isAlive = (child: ChildProcess): boolean => child.exitCode === null && child.signalCode === null;

/**
 * The processes of the server. The first starts before the library that talks to it is loaded, which takes about as long; what it is told
 * before it listens waits in the channel.
 */
export const createProcesses = ({ dist, onWords }: ProcessesOptions): Processes => {
  let prepared: ChildProcess | undefined;
  let running: ChildProcess | undefined;
  const start = (): ChildProcess => {
    const child = fork(join(dist, 'server.js'), ['--node-ipc', `--clientProcessId=${process.pid}`], {
      // A folder that is always there, and into which no repository puts anything.
      cwd: dist,
      env: { ...process.env, ELECTRON_RUN_AS_NODE: '1', ELECTRON_NO_ASAR: '1' },
      execArgv: [`--max-old-space-size=${heapLimit}`],
      silent: true,
    });
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (words: string) => onWords(words.trimEnd()));
    child.on('error', (error) => onWords(`the server could not be started: ${error.message}`));
    child.on('exit', (code, signal) => {
      if (code !== 0) onWords(signal === null ? `the server ended with code ${code}` : `the server was ended by ${signal}`);
    });
    return child;
  };
  return {
    prepare: () => {
      prepared ??= start();
    },
    next: () => {
      running = prepared && isAlive(prepared) ? prepared : start();
      prepared = undefined;
      return running;
    },
    kill: () => {
      running?.kill('SIGKILL');
    },
    clear: () => {
      prepared?.kill('SIGKILL');
      prepared = undefined;
      const told = running;
      if (told && isAlive(told))
        setTimeout(() => {
          if (isAlive(told)) told.kill('SIGKILL');
        }, grace).unref();
    },
  };
};
