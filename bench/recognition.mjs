// How well and how fast licences are recognised, beside other programs in the same run: never a test, since machines differ.
//   node bench/recognition.mjs     (npm run bench:recognition builds first)
// Files and labels come from ../shared/bench; without it, the texts of spdx-license-list are the files, and only a part can be said.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { byGroup, printTable, score } from './recognition/score.mjs';

const rounds = 5;
const startRounds = 15;
/** Licensee starts Ruby for each file. */
const licenseeSample = 150;
const shared = resolve('../shared/bench');
const cli = resolve('dist/cli.js');
const temporary = mkdtempSync(join(tmpdir(), 'pedigree-recognition-'));

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const run = (words, options = {}) => {
  const started = performance.now();
  const result = spawnSync(words[0], words.slice(1), { encoding: 'utf8', maxBuffer: 1 << 30, ...options });
  return { ...result, time: performance.now() - started };
};
const runWell = (words, options) => {
  const result = run(words, options);
  if (result.status !== 0) throw new Error(`${words.join(' ').slice(0, 200)}: exit ${result.status} ${result.error ?? result.stderr}`);
  return result;
};
const isInstalled = (tool) => {
  const found = run([tool, tool === 'licensee' ? 'version' : '--version']).status === 0;
  if (!found) console.log(`\n${tool} is ABSENT: install it to compare with it.`);
  return found;
};
const ms = (number) => `${number.toFixed(0)} ms`;
const part = (list, size) => Array.from({ length: Math.min(size, list.length) }, (_, at) => list[Math.floor((at * list.length) / Math.min(size, list.length))]);

/** The files, with what they are where somebody has labelled them. */
const readEntries = () => {
  if (existsSync(join(shared, 'manifest.json')))
    return { root: shared, labelled: true, entries: JSON.parse(readFileSync(join(shared, 'manifest.json'), 'utf8')) };
  console.log('No ../shared/bench beside the project: the labelled set is ABSENT. The texts of spdx-license-list are taken, which the index is made of:');
  console.log('what follows tells speed; of accuracy, only that no text gets lost.');
  const root = join(temporary, 'texts');
  mkdirSync(root);
  const texts = Object.entries(createRequire(import.meta.url)('spdx-license-list/full'));
  for (const [id, { licenseText }] of texts) writeFileSync(join(root, `${id}.txt`), licenseText);
  return { root, labelled: false, entries: texts.map(([id]) => ({ path: `${id}.txt`, kind: 'canonical', source: 'spdx-license-list', expected: [id] })) };
};

/** Tells its highest memory when it ends: by /proc where there is one, since the other number may be that of the parent. */
const memoryHook = `process.on('exit', () => {
  const fs = require('fs');
  let most = process.resourceUsage().maxRSS;
  try { most = Number(/VmHWM:\\s+(\\d+)/.exec(fs.readFileSync('/proc/self/status', 'utf8'))[1]); } catch {}
  fs.writeFileSync(process.env.PEDIGREE_BENCH_MEMORY, String(most));
});`;

/** One file, the whole process. */
const measureStart = (file) => {
  const hook = join(temporary, 'memory.cjs');
  const memory = join(temporary, 'memory.txt');
  writeFileSync(hook, memoryHook);
  const env = { ...process.env, PEDIGREE_BENCH_MEMORY: memory };
  const rows = [
    ['pedigree identify FILE', [cli, 'identify', file]],
    ['node -e 0', ['-e', '0']],
  ].map(([name, words]) => ({ name, words, times: [], memory: 0 }));
  for (const row of rows) run([process.execPath, ...row.words]);
  for (let round = 0; round < startRounds; round += 1) for (const row of rows) row.times.push(runWell([process.execPath, ...row.words]).time);
  for (const row of rows) {
    runWell([process.execPath, '-r', hook, ...row.words], { env });
    row.memory = Number(readFileSync(memory, 'utf8')) / 1024;
  }
  const [ours, bare] = rows;
  console.log(`\nOne file, whole process (median of ${startRounds}; target: at most 150 ms and 150 MB)`);
  for (const row of rows) console.log(`${row.name}: ${ms(median(row.times))}, ${row.memory.toFixed(0)} MB`);
  console.log(`ratio ${(median(ours.times) / median(bare.times)).toFixed(2)} in time, ${(ours.memory / bare.memory).toFixed(2)} in memory`);
};

/** Runs in a process of its own: the first pass over the files pays for the engine's warming up, the last is what a long run comes to. */
const worker = `
import { readFileSync } from 'node:fs';
import { openKnowledge } from './server/src/host/knowledge.ts';
import { identifyBytes } from './server/src/licence/identify.ts';
const paths = readFileSync(process.argv[2], 'utf8').split('\\n');
const started = performance.now();
const knowledge = openKnowledge(process.argv[3]);
identifyBytes(new Uint8Array(0), knowledge);
const load = performance.now() - started;
const passes = [];
let expressions = [];
let bytes = 0;
for (let pass = 0; pass < 4; pass += 1) {
  const from = performance.now();
  bytes = 0;
  expressions = paths.map((path) => {
    const file = readFileSync(path);
    bytes += file.length;
    return identifyBytes(file, knowledge).expression;
  });
  passes.push(performance.now() - from);
}
console.log(JSON.stringify({ load, passes, bytes, memory: process.memoryUsage().rss, expressions }));
`;

const buildWorker = async () => {
  const outfile = join(temporary, 'worker.cjs');
  await build({
    stdin: { contents: worker, resolveDir: process.cwd(), loader: 'ts' },
    outfile,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    minifySyntax: true,
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return outfile;
};

/** All files in one process, in turns with `wc -w`. Answers the expressions. */
const measureSpeed = async (paths) => {
  const script = await buildWorker();
  const list = join(temporary, 'files.txt');
  writeFileSync(list, paths.join('\n'));
  const input = paths.join('\0');
  const words = [];
  const runs = [];
  const commands = [];
  runWell(['xargs', '-0', 'wc', '-w'], { input });
  for (let round = 0; round < rounds; round += 1) {
    words.push(runWell(['xargs', '-0', 'wc', '-w'], { input }).time);
    runs.push(JSON.parse(runWell([process.execPath, script, list, resolve('dist/knowledge')]).stdout));
    const one = runWell([process.execPath, cli, 'identify', '--format', 'json', paths[0]]).time;
    commands.push(runWell([process.execPath, cli, 'identify', '--format', 'json', ...paths]).time - one);
  }
  const bytes = runs[0].bytes;
  const rate = (time) =>
    `${((1000 * paths.length) / time).toFixed(0)} files/s, ${(bytes / 1000 / time).toFixed(1)} MB/s; ${(median(words) / time).toFixed(2)} of wc -w`;
  const [first, warm] = [0, -1].map((pass) => median(runs.map((one) => one.passes.at(pass))));
  console.log(`\nAll files in one process, read and identified (median of ${rounds}; target: 5,000 files/s and a quarter of wc -w)`);
  console.log(`${paths.length} files, ${(bytes / 1e6).toFixed(1)} MB, ${(bytes / 1000 / paths.length).toFixed(1)} kB each`);
  console.log(`wc -w: ${ms(median(words))}, ${(bytes / 1000 / median(words)).toFixed(1)} MB/s, ${process.env.LC_ALL ?? process.env.LANG ?? 'no'} locale`);
  console.log(`pedigree, one thread, first pass: ${ms(first)}, ${rate(first)}`);
  console.log(`pedigree, one thread, warm: ${ms(warm)}, ${rate(warm)}`);
  // What the command takes beyond one file: its threads read each file once, and the engine compiles meanwhile.
  console.log(`pedigree identify, ${Math.min(availableParallelism(), 4)} threads, after its start: ${ms(median(commands))}, ${rate(median(commands))}`);
  console.log(`index loaded in ${ms(median(runs.map((one) => one.load)))}; ${(median(runs.map((one) => one.memory)) / 2 ** 20).toFixed(0)} MB at the end`);
  return { expressions: runs[0].expressions, time: first };
};

/** "GPL-2", "LGPL-2.1+" and "A and/or B" of Debian's program, as an expression. */
const fromLicensecheck = (said) =>
  said
    .replace(/ ?\[generated file\]/g, '')
    .replace(/\bUNKNOWN\b/g, '')
    .replace(/ and\/or /g, ' AND ')
    .replace(/\b(A?GPL|LGPL|GFDL)-(\d)(?![.\d])/g, '$1-$2.0');

const runLicensecheck = (root, entries) => {
  const found = new Map();
  const base = ['licensecheck', '--lines', '0', '--check', '.*', '--ignore', '^$', '--machine', '--shortname-scheme=spdx'];
  let time = 0;
  for (let at = 0; at < entries.length; at += 500) {
    const result = run([...base, ...entries.slice(at, at + 500).map((entry) => entry.path)], { cwd: root });
    time += result.time;
    for (const line of result.stdout.split('\n')) {
      const tab = line.lastIndexOf('\t');
      if (tab > 0) found.set(line.slice(0, tab), fromLicensecheck(line.slice(tab + 1)));
    }
  }
  return { expressions: entries.map((entry) => found.get(entry.path) ?? ''), time };
};

const runLicensee = (root, entries) => {
  const folder = join(temporary, 'licensee');
  mkdirSync(folder);
  let time = 0;
  const expressions = entries.map((entry) => {
    writeFileSync(join(folder, 'LICENSE'), readFileSync(join(root, entry.path)));
    const result = run(['licensee', 'detect', '--json', folder]);
    time += result.time;
    if (result.status !== 0) return '';
    return JSON.parse(result.stdout)
      .licenses.map((licence) => licence.spdx_id)
      .filter((id) => id !== 'NOASSERTION' && id !== 'NONE')
      .join(' AND ');
  });
  return { expressions, time };
};

const compare = ({ root, entries, labelled }, ours) => {
  const aliases = labelled ? JSON.parse(readFileSync(join(shared, 'ai-aliases.json'), 'utf8')) : {};
  const table = (list, expressions) => printTable(byGroup(list, (entry, at) => score(entry, expressions[at], aliases)));
  // A file with nothing but an address is left out, as the measure of ../shared does.
  const counted = entries.filter((entry) => !entry.url_only);
  const own = new Map(entries.map((entry, at) => [entry, ours.expressions[at]]));
  const ownTime = (list) => ((ours.time * list.length) / entries.length).toFixed(0);

  console.log('\npedigree (of the canonical texts its index is made)');
  if (labelled) {
    process.stdout.write(runWell([process.execPath, join(shared, 'score.mjs'), '--', process.execPath, cli, 'identify', '--format', 'json']).stdout);
    const disputed = new Set(JSON.parse(readFileSync(new URL('recognition/disputed.json', import.meta.url), 'utf8')).map(({ path }) => path));
    const undisputed = counted.filter((entry) => !disputed.has(entry.path));
    console.log(`\nthe same without ${counted.length - undisputed.length} labels that we hold to be wrong (bench/recognition/disputed.json says why)`);
    table(
      undisputed,
      undisputed.map((entry) => own.get(entry)),
    );
  } else
    table(
      counted,
      counted.map((entry) => own.get(entry)),
    );

  if (isInstalled('licensecheck')) {
    const { expressions, time } = runLicensecheck(root, counted);
    console.log(`\nlicensecheck, whole files: ${ms(time)} for ${counted.length} files; pedigree ${ownTime(counted)} ms`);
    table(counted, expressions);
  }
  if (isInstalled('licensee')) {
    const sample = part(counted, licenseeSample);
    const { expressions, time } = runLicensee(root, sample);
    console.log(`\nlicensee, a sample of every ${Math.round(counted.length / sample.length)}th file, one process each: ${ms(time)} for ${sample.length} files`);
    table(sample, expressions);
    console.log('pedigree on the same sample');
    table(
      sample,
      sample.map((entry) => own.get(entry)),
    );
  }
  if (isInstalled('reuse')) {
    const { stdout, time } = run(['reuse', '--root', root, 'spdx']);
    const files = (stdout.match(/^FileName:/gm) ?? []).length;
    console.log(`\nreuse reads tags and no texts, so that only its time can be told: ${ms(time)} for the ${files} files that it reads, start included`);
  }
};

try {
  const set = readEntries();
  const paths = set.entries.map((entry) => join(set.root, entry.path)).filter((path) => statSync(path).isFile());
  const usual = set.entries.find((entry) => entry.expected.includes('Apache-2.0') && entry.kind === 'canonical') ?? set.entries[0];
  measureStart(join(set.root, usual.path));
  compare(set, await measureSpeed(paths));
} finally {
  rmSync(temporary, { recursive: true, force: true });
}
