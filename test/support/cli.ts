import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseRepo, today } from './repo.ts';

/** Lays a repository of the test format out on disk. */
export const layOut = (text: string): string => {
  const root = mkdtempSync(join(tmpdir(), 'pedigree-test-'));
  for (const [path, bytes] of parseRepo(text).files) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return root;
};

export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The built command line, as users run it. */
export const pedigree = (...words: readonly string[]): Run => {
  const run = spawnSync(process.execPath, ['dist/cli.js', ...words], {
    encoding: 'utf8',
    // In CI nothing is kept between two audits.
    env: { ...process.env, CI: 'true', PEDIGREE_TODAY: today, NO_COLOR: '1', FORCE_COLOR: '' },
    maxBuffer: 1 << 28,
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
};

/** The same beside other things, such as a server of this process that it asks. */
export const pedigreeBeside = (words: readonly string[], environment: NodeJS.ProcessEnv): Promise<Run> =>
  new Promise((done, fail) => {
    const child = spawn(process.execPath, ['dist/cli.js', ...words], {
      env: { ...process.env, PEDIGREE_TODAY: today, NO_COLOR: '1', FORCE_COLOR: '', ...environment },
    });
    let out = '';
    let err = '';
    child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
    child.on('error', fail);
    child.on('close', (code) => done({ code, out, err }));
  });
