import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readArtefact } from '../../server/src/artefacts/read.ts';
import type { Artefact } from '../../server/src/artefacts/artefact.ts';
import { createWorkspace } from '../../server/src/host/workspace.ts';
import type { Workspace, WorkspaceOptions } from '../../server/src/host/workspace.ts';
import type { Report } from '../../server/src/protocol/report.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { today } from '../support/repo.ts';

/** What all of this folder begins with at random: `PEDIGREE_SEED=N` runs the same again. */
export const seed = Number(process.env['PEDIGREE_SEED'] ?? Date.now() % 0x7fffffff);

/** Times as much as a test has time for: `npm run fuzz` sets it. */
export const more = Number(process.env['PEDIGREE_FUZZ'] ?? 1);

/** What fast-check is given: its own message tells seed and path of a failure, this tells the seed of all. */
export const runs = (numRuns: number): { readonly seed: number; readonly numRuns: number } => ({ seed, numRuns: numRuns * more });

/** Numbers from 0 up to 1 that the seed decides. */
export const randomFrom = (start: number): (() => number) => {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export type Files = Readonly<Record<string, string | Uint8Array>>;

const made: string[] = [];

/** A folder with these files, removed when the tests of this folder have run. */
export const makeTree = (files: Files): string => {
  const root = mkdtempSync(join(tmpdir(), 'pedigree-hostile-'));
  made.push(root);
  writeFiles(root, files);
  return root;
};

export const writeFiles = (root: string, files: Files): void => {
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
};

export const removeTrees = (): void => {
  for (const root of made.splice(0)) rmSync(root, { recursive: true, force: true });
};

export const openTree = (root: string, options: Partial<WorkspaceOptions> = {}): Workspace =>
  createWorkspace({ root, knowledge: testKnowledge(), version: '0', today: () => today, ...options });

export const reportOf = async (root: string, options: Partial<WorkspaceOptions> = {}): Promise<Report> => {
  const workspace = openTree(root, options);
  await workspace.scan();
  return workspace.analysis().report;
};

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** One file as an audit reads it. A throw of a reader is told as a problem that names the reader. */
export const readFile = (path: string, content: string | Uint8Array, size?: number): Artefact => {
  const bytes = typeof content === 'string' ? encode(content) : content;
  return readArtefact({ path, bytes, size: size ?? bytes.length }, testKnowledge());
};

/** Problems that are mistakes of ours: some reader threw. */
export const failures = ({ problems }: Artefact): readonly string[] =>
  problems.map(({ message }) => message).filter((message) => message.includes(' failed: '));

export const card = '---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n# support-bot\n';
