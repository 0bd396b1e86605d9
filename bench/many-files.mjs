// A folder of many files: mostly code, every tenth names a model, and a card.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const cardText = (more = '', licence = 'mit') =>
  `---\nlicense: ${licence}\nbase_model: meta-llama/Llama-3.1-8B\n---\n# Card\n\n${'Some words about the model, as cards have them.\n'.repeat(200)}${more}\n`;

const naming = 'from transformers import AutoModel\nm = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")\n';

export async function layOutMany(count, card) {
  const root = await mkdtemp(join(tmpdir(), 'pedigree-many-'));
  for (let i = 0; i < 50; i += 1) await mkdir(join(root, `d${i}`));
  for (let i = 0; i < count - 1; i += 1) await writeFile(join(root, `d${i % 50}`, `f${i}.py`), i % 10 === 0 ? naming : 'x = 1\n');
  await mkdir(dirname(join(root, card)), { recursive: true });
  await writeFile(join(root, card), cardText());
  return root;
}
