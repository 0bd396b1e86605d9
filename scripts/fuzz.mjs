// The tests against hostile input, for longer: `npm run fuzz`, or `npm run fuzz -- 100 7` for a hundred times as much, with the seed 7.
import { spawnSync } from 'node:child_process';

const [times = process.env.PEDIGREE_FUZZ ?? '20', seed = process.env.PEDIGREE_SEED ?? String(Date.now() % 0x7fffffff)] = process.argv.slice(2);
console.log(`${times} times as much as a test, seed ${seed}`);
const run = spawnSync(
  process.execPath,
  [
    'node_modules/mocha/bin/mocha.js',
    '--timeout',
    '0',
    'test/hostile/*.test.ts',
    'test/artefacts/**/*.test.ts',
    'test/licence/fuzz.test.ts',
    'test/text/*.test.ts',
  ],
  { stdio: 'inherit', env: { ...process.env, PEDIGREE_FUZZ: times, PEDIGREE_SEED: seed } },
);
process.exit(run.status ?? 1);
