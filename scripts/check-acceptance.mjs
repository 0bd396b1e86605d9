// Runs the public acceptance set, where the labelled repositories' clones are at hand (PEDIGREE_CLONES, else ../.mirror).
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const clones = process.env.PEDIGREE_CLONES ?? '../.mirror';
const scorer = '../shared/acceptance/score.mjs';
const there = existsSync(clones) ? readdirSync(clones).filter((name) => name.includes('+')).length : 0;
if (!existsSync(scorer) || there === 0) {
  console.log(`Left out: ${existsSync(scorer) ? 'no clones of the labelled repositories' : 'no scorer'} here.`);
  process.exit(0);
}
const run = spawnSync(
  process.execPath,
  [
    scorer,
    '--clones',
    clones,
    '--work',
    join(tmpdir(), 'pedigree-acceptance'),
    '--allow-absent',
    ...process.argv.slice(2),
    '--',
    process.execPath,
    join(process.cwd(), 'dist/cli.js'),
    'audit',
    '--format',
    'json',
    '--fail-on',
    'never',
  ],
  {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  },
);
process.stdout.write(run.stdout);
process.stderr.write(run.stderr);
const recall = /recall (\d+)\/(\d+)/.exec(run.stdout);
const alarms = /false alarms on traps (\d+)\/(\d+)/.exec(run.stdout);
const median = /median (\d+)/.exec(run.stdout);
if (!recall || !alarms || !median || run.status !== 0) process.exit(1);
// The floor that this version has to hold; the labels of repositories that are absent count for nothing.
const good = Number(recall[1]) / Math.max(1, Number(recall[2])) >= 0.35 && Number(alarms[1]) <= 5 && Number(median[1]) <= 8;
console.log(good ? 'The floor holds.' : 'Below the floor: recall 35 %, at most 5 false alarms, median 8.');
process.exit(good ? 0 : 1);
