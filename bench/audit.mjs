// How long an audit takes, as ratios against a program that walks and reads the same files in the same run: never a test, since machines differ.
//   node bench/audit.mjs [--sizes 1000,10000,100000] [FOLDER...]     (npm run bench builds first)
// Trees are made: one file in ten names a model. FOLDERs are real trees beside them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const rounds = 5;
const { values, positionals } = parseArgs({ options: { sizes: { type: 'string', default: '1000,10000' } }, allowPositionals: true });
const temporary = mkdtempSync(join(tmpdir(), 'pedigree-bench-'));
const cli = resolve('dist/cli.js');
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const memoryHook = join(temporary, 'memory.cjs');
writeFileSync(
  memoryHook,
  `process.on('exit', () => {
  const fs = require('fs');
  let most = process.resourceUsage().maxRSS;
  try { most = Number(/VmHWM:\\s+(\\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]); } catch {}
  fs.writeFileSync(process.env.PEDIGREE_BENCH_MEMORY, String(most));
});`,
);
const memoryFile = join(temporary, 'memory.txt');

const run = (words, env = {}) => {
  const started = performance.now();
  const result = spawnSync(process.execPath, words, { maxBuffer: 1 << 30, env: { ...process.env, CI: '', ...env } });
  if (result.status !== 0) throw new Error(`${words.join(' ')}: exit ${result.status} ${result.stderr}`);
  return performance.now() - started;
};

/** Walks a tree and reads, or only looks at, each file: what any audit has to do at least. */
const walker = join(temporary, 'walk.cjs');
writeFileSync(
  walker,
  `const fs = require('fs'), path = require('path');
let bytes = 0, files = 0;
const reads = process.argv[3] === 'read';
const walk = (folder) => {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) { if (entry.name !== '.git' && entry.name !== 'node_modules') walk(full); }
    else if (entry.isFile()) { files += 1; bytes += reads ? fs.readFileSync(full).length : fs.statSync(full).size; }
  }
};
walk(process.argv[2]);
console.log(files, bytes);`,
);

const lines = (count, line) => Array.from({ length: count }, (_, number) => line(number)).join('\n');
const module = (file) =>
  lines(60, (at) => `def step_${file}_${at}(value, scale=${at}):\n    """Scales a value by ${at}."""\n    return [value * scale for _ in range(${at % 7})]\n`);

/** By number of a file: its name and text. Nine in ten are of the usual kinds and name nothing. */
const fileOf = (number) => {
  if (number % 10 === 0) {
    const kind = (number / 10) % 4;
    if (kind === 0) return [`card${number}.md`, `---\nlicense: apache-2.0\nbase_model: Qwen/Qwen2.5-7B\n---\n# Card ${number}\n\nA fine-tune.\n`];
    if (kind === 1) return [`train${number}.yaml`, 'base_model: Qwen/Qwen2.5-7B\nadapter: qlora\ndatasets:\n  - path: tatsu-lab/alpaca\n    type: alpaca\n'];
    return [`load${number}.py`, `from transformers import AutoModel\n\nmodel = AutoModel.from_pretrained("Qwen/Qwen2.5-7B")\n\n${module(number)}`];
  }
  if (number % 5 === 1)
    return [
      `data${number}.json`,
      JSON.stringify({ id: number, values: Array.from({ length: 60 }, (_, at) => ({ name: `x${at}`, score: at * number })) }, null, 1),
    ];
  if (number % 5 === 2) return [`doc${number}.md`, `# Title ${number}\n\n${'Some words about how the thing works, and what to do with it.\n'.repeat(40)}`];
  return [`module${number}.py`, module(number)];
};

const longAgo = new Date('2026-01-01T00:00:00Z');
const make = (size) => {
  const root = join(temporary, `tree${size}`);
  for (let number = 0; number < size; number += 1) {
    const folder = join(root, `part${number % 97}`, `sub${number % 13}`);
    mkdirSync(folder, { recursive: true });
    const [name, text] = fileOf(number);
    writeFileSync(join(folder, name), text);
    // Younger files may change once more within a tick of the clock, so that nothing is kept of them.
    utimesSync(join(folder, name), longAgo, longAgo);
  }
  return root;
};

const audit = (root, ...more) => [cli, 'audit', root, '--format', 'json', '--fail-on', 'never', '--output', join(temporary, 'out.json'), ...more];

const measure = (root, changing) => {
  const store = { XDG_CACHE_HOME: join(temporary, 'store') };
  const times = { cold: [], read: [], second: [], stat: [] };
  run([walker, root, 'read']);
  run(audit(root), store);
  for (let round = 0; round < rounds; round += 1) {
    times.read.push(run([walker, root, 'read']));
    times.cold.push(run(audit(root, '--no-store')));
    times.stat.push(run([walker, root, 'stat']));
    if (changing) writeFileSync(changing, `${readFileSync(changing, 'utf8')}\n`);
    times.second.push(run(audit(root), store));
  }
  run(['-r', memoryHook, ...audit(root, '--no-store')], { PEDIGREE_BENCH_MEMORY: memoryFile });
  return { ...Object.fromEntries(Object.entries(times).map(([name, all]) => [name, median(all)])), memory: Number(readFileSync(memoryFile, 'utf8')) / 1024 };
};

const row = (name, found) => {
  const { read, cold, stat, second, memory } = found;
  console.log(
    `${name}: read ${read.toFixed(0)} ms, audit ${cold.toFixed(0)} ms, ratio ${(cold / read).toFixed(2)} (target 3); ` +
      `stat ${stat.toFixed(0)} ms, second audit ${second.toFixed(0)} ms, ratio ${(second / stat).toFixed(2)} (target 3); ${memory.toFixed(0)} MB (target 300)`,
  );
};

try {
  const start = { ours: [], bare: [] };
  for (let round = 0; round < rounds * 3; round += 1) {
    start.ours.push(run([cli, '--version']));
    start.bare.push(run(['-e', '0']));
  }
  console.log(`pedigree --version ${median(start.ours).toFixed(0)} ms, node -e 0 ${median(start.bare).toFixed(0)} ms`);
  const points = [];
  for (const size of values.sizes.split(',').map(Number)) {
    const root = make(size);
    const found = measure(root, join(root, 'part0', 'sub0', 'card0.md'));
    row(`${size} files`, found);
    points.push([size, found.cold]);
    rmSync(root, { recursive: true, force: true });
  }
  for (const root of positionals) row(root.split('/').at(-1), measure(resolve(root)));
  const [from, to] = [points.at(-2), points.at(-1)];
  if (from && to) console.log(`time grows with the number of files to the power of ${(Math.log(to[1] / from[1]) / Math.log(to[0] / from[0])).toFixed(2)}`);
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
