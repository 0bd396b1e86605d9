// Runs every suite and ends with one line that counts them all: "N passed, N failed".
import { spawn } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { stripVTControlCharacters } from 'node:util';

const suites = [
  [
    'mocha',
    [process.execPath, 'node_modules/mocha/bin/mocha.js', '--parallel', '--jobs', `${availableParallelism()}`, '--reporter', 'dot', 'test/**/*.test.ts'],
  ],
  [
    'packaging',
    [process.execPath, 'scripts/build.mjs', '--production'],
    [process.execPath, 'scripts/package.mjs'],
    [process.execPath, 'scripts/check-reproducible.mjs'],
  ],
  ['real editor', [process.execPath, 'test/e2e/run.mjs']],
];

const run = (words) =>
  new Promise((done) => {
    const child = spawn(words[0], words.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] });
    let out = '';
    child.stdout.on('data', (chunk) => {
      out += chunk;
      process.stdout.write(chunk);
    });
    child.on('close', (code) => done({ code: code ?? 1, out }));
  });

/** What a suite said of its failures: mocha's list of them, or the editor's lines that begin with FAIL, or else its last lines. */
const failures = (plain) => {
  const list = plain.search(/^\s*\d+ failing$/m);
  if (list >= 0) return plain.slice(list).trim();
  const lines = plain.split('\n');
  const wrong = lines.filter((line) => line.startsWith('FAIL'));
  return (wrong.length > 0 ? wrong : lines.slice(-20)).join('\n');
};

let passed = 0;
let failed = 0;
// Said again at the end, since the end of a log is what is kept of it.
const broken = [];
for (const [name, ...steps] of suites) {
  console.log(`\n== ${name}`);
  for (const words of steps) {
    const { code, out } = await run(words);
    const plain = stripVTControlCharacters(out);
    const good = /(\d+) passing/.exec(plain) ?? [...plain.matchAll(/^(\d+) passed, (\d+) failed$/gm)].at(-1);
    const bad = /(\d+) failing/.exec(plain) ?? [...plain.matchAll(/^\d+ passed, (\d+) failed$/gm)].at(-1);
    passed += good ? Number(good[1]) : code === 0 ? 1 : 0;
    const wrong = bad ? Number(bad[1]) : 0;
    // A suite that dies without counting has failed too.
    failed += code !== 0 && wrong === 0 ? 1 : wrong;
    if (code !== 0) broken.push(`== ${name} failed`, failures(plain));
  }
}
if (broken.length > 0) console.log(broken.join('\n'));
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 ? 1 : 0);
