// Writes a tiny real weights file: node --import tsx scripts/make-weights.mjs gguf|safetensors OUT '{"general.name":"x"}'
import { writeFileSync } from 'node:fs';
import { writeGguf, writeSafetensors } from '../test/support/weights.ts';

const [kind, out, metadata] = process.argv.slice(2);
if ((kind !== 'gguf' && kind !== 'safetensors') || !out || !metadata) {
  console.error('usage: make-weights.mjs gguf|safetensors OUT \'{"key":"value"}\'');
  process.exit(2);
}
writeFileSync(out, (kind === 'gguf' ? writeGguf : writeSafetensors)(JSON.parse(metadata)));
