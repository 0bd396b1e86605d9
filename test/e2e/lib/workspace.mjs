// A copy of the examples that tests may change.
import { existsSync } from 'node:fs';
import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryDir } from './exit.mjs';

/** Outside of the repository: inside it, .gitignore would tell the extension to look at none of it. */
export async function copyWorkspace(examples) {
  if (!existsSync(examples)) throw new Error(`${examples} does not exist`);
  const folder = join(await temporaryDir(), 'examples');
  await cp(examples, folder, { recursive: true });
  return folder;
}
