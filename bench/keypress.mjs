// What a key press in a card costs: from the change to the diagnostics, over stdio, in a workspace of many files.
//   npm run build && node --import tsx bench/keypress.mjs [FILES]
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startClient } from '../test/support/lsp.ts';

const rounds = 40;
const count = Number(process.argv[2] ?? 1000);
const root = mkdtempSync(join(tmpdir(), 'pedigree-keys-'));
for (let i = 0; i < count; i += 1) {
  mkdirSync(join(root, `d${i % 50}`), { recursive: true });
  writeFileSync(
    join(root, `d${i % 50}`, `f${i}.py`),
    i % 5 === 0 ? 'from transformers import AutoModel\nm = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")\n' : 'x = 1\n',
  );
}
const card = (text, licence = 'mit') =>
  `---\nlicense: ${licence}\nbase_model: meta-llama/Llama-3.1-8B\n---\n# Card\n\n${'Some words about the model, as cards have them.\n'.repeat(200)}${text}\n`;
writeFileSync(join(root, 'README.md'), card(''));
const client = await startClient(root);
const pull = () => client.request('textDocument/diagnostic', { textDocument: { uri: client.uri('README.md') } });
client.open('README.md', card(''));
await pull();
let version = 1;
const measure = async (textOf) => {
  const times = [];
  for (let i = 0; i < rounds; i += 1) {
    const text = textOf(i);
    const started = performance.now();
    client.change('README.md', (version += 1), text);
    await pull();
    times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return `median ${times[rounds / 2].toFixed(1)} ms, p95 ${times[Math.floor(rounds * 0.95)].toFixed(1)} ms, most ${times.at(-1).toFixed(1)} ms`;
};
console.log(`${count} files, the text changes, facts do not: ${await measure((i) => card('x'.repeat(i)))}`);
console.log(`${count} files, facts change: ${await measure((i) => card('', i % 2 === 0 ? 'apache-2.0' : 'mit'))}`);
await client.stop();
rmSync(root, { recursive: true, force: true });
