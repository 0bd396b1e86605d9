// Checks that need the shared material beside the project: each says aloud when it is absent.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const checks = [
  ['knowledge against the licence texts', ['scripts/check-knowledge.mjs']],
  ['real cards', ['scripts/check-cards.mjs']],
  ['public acceptance set', ['scripts/check-acceptance.mjs']],
];
if (!existsSync('../shared')) {
  console.log('No ../shared beside the project: the checks that need it are left out.');
  process.exit(0);
}
let failed = 0;
for (const [name, words] of checks) {
  console.log(`\n== ${name}`);
  const run = spawnSync(process.execPath, words, { stdio: 'inherit' });
  if (run.status !== 0) failed += 1;
}
process.exit(failed > 0 ? 1 : 0);
