// What a key press in a card costs the server: text in, findings out, in a workspace of many files. Run with: node --import tsx bench/keypress.mjs [FILES]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { knowledgeDirectory, openKnowledge } from '../server/src/host/knowledge.ts';
import { createWorkspace } from '../server/src/host/workspace.ts';

const count = Number(process.argv[2] ?? 1000);
const root = mkdtempSync(join(tmpdir(), 'pedigree-keys-'));
for (let i = 0; i < count; i += 1) {
  mkdirSync(join(root, `d${i % 50}`), { recursive: true });
  writeFileSync(join(root, `d${i % 50}`, `f${i}.py`), i % 5 === 0 ? 'from transformers import AutoModel\nm = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")\n' : 'x = 1\n');
}
const card = (text) => `---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n# Card\n\n${text}\n`;
writeFileSync(join(root, 'README.md'), card(''));
const workspace = createWorkspace({ root, knowledge: openKnowledge(knowledgeDirectory()), version: '0', today: () => '2026-11-24' });
await workspace.scan();
workspace.analysis();
const measure = (edit) => {
  const times = [];
  for (let i = 0; i < 30; i += 1) {
    const started = performance.now();
    workspace.setOverlay('README.md', edit(i));
    workspace.analysis();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return `median ${times[15].toFixed(1)} ms, most ${times[29].toFixed(1)} ms`;
};
console.log(`${count} files, text changes, facts do not: ${measure((i) => card('x'.repeat(i)))}`);
console.log(`${count} files, facts change: ${measure((i) => card('').replace('mit', i % 2 === 0 ? 'apache-2.0' : 'mit'))}`);
rmSync(root, { recursive: true, force: true });
