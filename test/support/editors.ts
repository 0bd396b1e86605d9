import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { today } from './repo.ts';

/** What an editor tells of a session. */
export interface Session {
  readonly editor: string;
  readonly way?: string;
  readonly diagnostic?: { readonly line: number; readonly column: number; readonly severity: unknown; readonly message: string; readonly source?: string };
  readonly hover?: string;
  readonly chosen?: string;
  readonly gone?: boolean;
  readonly failure?: string;
}

/** Leaves a test out, aloud, where the editor is not installed. A pipeline that believes to have tried it must not pass for that. */
export const needs = (context: Mocha.Context, program: string, hint: string): void => {
  if (spawnSync(program, ['--version'], { stdio: 'ignore' }).status === 0) return;
  const what = `${program} is not installed (${hint})`;
  if (process.env['CI'] === 'true') throw new Error(what);
  console.log(`    SKIPPED: ${what}`);
  context.skip();
};

/** The lines that the README tells people to write for an editor. */
export const readmeBlock = (language: string): string => {
  const block = new RegExp(`\`\`\`${language}\n([\\s\\S]*?)\`\`\``).exec(readFileSync('README.md', 'utf8'))?.[1];
  assert.ok(block !== undefined, `the README holds no ${language}`);
  return block;
};

/** Runs an editor in a folder, with the built `pedigree` on its path as an installed one would be. */
export const drive = (folder: string, program: string, words: readonly string[], environment: NodeJS.ProcessEnv): Session => {
  const bin = mkdtempSync(join(tmpdir(), 'pedigree-bin-'));
  writeFileSync(join(bin, 'pedigree'), `#!/bin/sh\nexec '${process.execPath}' '${resolve('dist/cli.js')}' "$@"\n`);
  chmodSync(join(bin, 'pedigree'), 0o755);
  const run = spawnSync(program, words, {
    cwd: folder,
    encoding: 'utf8',
    timeout: 90_000,
    input: '',
    env: {
      ...process.env,
      PEDIGREE_TODAY: today,
      HOME: bin,
      XDG_CONFIG_HOME: bin,
      XDG_STATE_HOME: bin,
      PATH: `${bin}:${process.env['PATH'] ?? ''}`,
      ...environment,
    },
  });
  const line = run.stdout.split('\n').findLast((each) => each.startsWith('{'));
  assert.ok(line !== undefined, `${program} told nothing (${run.status ?? run.signal ?? 'no status'})\n${run.stdout}\n${run.stderr}`);
  return JSON.parse(line) as Session;
};
