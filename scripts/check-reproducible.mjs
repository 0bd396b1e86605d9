// Builds the extension once more, in another zone, language and with other permissions, and compares: who has the sources gets the same bytes.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync } from 'node:fs';

const file = 'pedigree.vsix';
const first = 'pedigree.first.vsix';
const digest = (path) => createHash('sha256').update(readFileSync(path)).digest('hex');

const build = (environment) => {
  process.umask(environment.umask);
  for (const step of [['scripts/build.mjs', '--production'], ['scripts/package.mjs']]) {
    const run = spawnSync(process.execPath, step, { stdio: ['ignore', 'ignore', 'inherit'], env: { ...process.env, ...environment.variables } });
    if (run.status !== 0) process.exit(run.status ?? 1);
  }
};

// Of `npm run package`, where there is one.
if (!existsSync(file)) build({ umask: 0o022, variables: {} });
renameSync(file, first);
build({ umask: 0o077, variables: { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' } });
const [one, two] = [digest(first), digest(file)];
if (one !== two) {
  console.error(`Two builds differ: ${first} is ${one}, ${file} is ${two}.`);
  process.exit(1);
}
renameSync(first, file);
console.log(`${file}: sha256 ${one}, twice`);
