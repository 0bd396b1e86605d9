import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { settleEngine } from './settle-engine.ts';
import { knowledgeDirectory, openKnowledge } from '../host/knowledge.ts';
import { identifyFile } from './identify.ts';
import type { Identified } from './identify.ts';

/** A file that could not be read, with the system's code. */
interface Unread {
  readonly path: string;
  readonly code: string;
}
type Row = Identified | Unread;
type Numbered = readonly [number: number, row: Row];

export const isUnread = (row: Row): row is Unread => 'code' in row;

/** Files from which on another thread pays for its start, in which it reads the index. */
const filesPerThread = 60;
const mostThreads = 4;
/** Files that a thread takes at once: few, so that no thread is left with the long ones. */
const taken = 4;

interface Task {
  readonly paths: readonly string[];
  /** One number, shared by the threads: how many files were taken. */
  readonly next: Int32Array;
}

const identifyPath = (path: string, knowledge: ReturnType<typeof openKnowledge>): Row => {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    return { path, code: (error as NodeJS.ErrnoException).code ?? '' };
  }
  return identifyFile(path, bytes, knowledge);
};

/** Takes files until there are none left. */
const work = ({ paths, next }: Task): readonly Numbered[] => {
  const knowledge = openKnowledge(knowledgeDirectory());
  const rows: Numbered[] = [];
  for (let from = Atomics.add(next, 0, taken); from < paths.length; from = Atomics.add(next, 0, taken))
    for (let number = from; number < Math.min(paths.length, from + taken); number += 1) rows.push([number, identifyPath(paths[number] ?? '', knowledge)]);
  return rows;
};

const rowsOf = async (worker: Worker): Promise<readonly Numbered[]> =>
  new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });

/** What the files are, in their order. Many are read by several threads of this process. */
export const identifyPaths = async (paths: readonly string[]): Promise<readonly Row[]> => {
  settleEngine();
  const task: Task = { paths, next: new Int32Array(new SharedArrayBuffer(4)) };
  const threads = Math.min(availableParallelism(), mostThreads, Math.floor(paths.length / filesPerThread));
  const workers = Array.from({ length: Math.max(0, threads - 1) }, () => new Worker(__filename, { workerData: task }));
  const others = workers.map(rowsOf);
  const rows = new Map(work(task));
  for (const answer of await Promise.all(others)) for (const [number, row] of answer) rows.set(number, row);
  return paths.map((path, number) => rows.get(number) ?? { path, code: '' });
};

if (!isMainThread && parentPort) parentPort.postMessage(work(workerData as Task));
