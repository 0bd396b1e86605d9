// Speed as ratios against other programs in the same run, never as a test: machines differ, and this one is shared.
//   node bench/run.mjs [FOLDER]     without a folder, a tree of 1,000 files is made
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const rounds = 5;
const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const time = (words) => {
  const started = performance.now();
  const run = spawnSync(words[0], words.slice(1), { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (run.status !== 0) throw new Error(`${words.join(' ')}: exit ${run.status} ${run.stderr}`);
  return performance.now() - started;
};

/** A repository of the usual mix: mostly Python, some cards, configurations and JSON. */
const make = () => {
  const root = mkdtempSync(join(tmpdir(), 'pedigree-bench-'));
  for (let i = 0; i < 1000; i += 1) {
    const folder = join(root, `part${i % 40}`);
    mkdirSync(folder, { recursive: true });
    const filler = Array.from(
      { length: 120 },
      (_, line) => `def step_${line}(value, scale=${line}):\n    """Scales a value."""\n    return [value * scale for _ in range(${line % 7})]\n`,
    ).join('\n');
    if (i % 20 === 0)
      writeFileSync(
        join(folder, `card${i}.md`),
        `---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n# Card ${i}\n\nThe weights are released under the MIT license.\n`,
      );
    else if (i % 20 === 1)
      writeFileSync(
        join(folder, `train${i}.yaml`),
        `base_model: meta-llama/Llama-3.1-8B\nadapter: qlora\ndatasets:\n  - path: tatsu-lab/alpaca\n    type: alpaca\n`,
      );
    else if (i % 20 === 2)
      writeFileSync(
        join(folder, `load${i}.py`),
        `from transformers import AutoModel\n\nmodel = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")\n\n${filler}`,
      );
    else writeFileSync(join(folder, `module${i}.py`), filler);
  }
  writeFileSync(join(root, 'pyproject.toml'), '[project]\nname = "bench"\nlicense = "MIT"\n');
  return root;
};

const given = process.argv[2];
const root = given ?? make();
const walker = `
const fs = require('fs'), path = require('path');
let bytes = 0;
const walk = (d) => { for (const e of fs.readdirSync(d, { withFileTypes: true })) { const p = path.join(d, e.name); if (e.isDirectory()) { if (e.name !== '.git') walk(p); } else if (e.isFile()) bytes += fs.readFileSync(p).length; } };
walk(process.argv[1]);`;
const rows = [
  ['pedigree --version', [process.execPath, 'dist/cli.js', '--version'], ['node -e 0', [process.execPath, '-e', '0']]],
  [
    'pedigree audit',
    [process.execPath, 'dist/cli.js', 'audit', root, '--format', 'json', '--fail-on', 'never'],
    ['walk and read the same files', [process.execPath, '-e', walker, root]],
  ],
];
for (const [name, words, [other, otherWords]] of rows) {
  const a = [];
  const b = [];
  time(words);
  for (let i = 0; i < rounds; i += 1) {
    a.push(time(words));
    b.push(time(otherWords));
  }
  console.log(`${name}: ${median(a).toFixed(0)} ms; ${other}: ${median(b).toFixed(0)} ms; ratio ${(median(a) / median(b)).toFixed(2)}`);
}
if (given === undefined) rmSync(root, { recursive: true, force: true });
