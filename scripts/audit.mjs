// `npm run audit -- FOLDER`: builds what is needed, then audits; without a folder it audits examples/.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { dirname, join, resolve } from 'node:path';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const asked = process.env.INIT_CWD ?? process.cwd();
const built = spawnSync(process.execPath, ['scripts/build.mjs'], { cwd: root, stdio: 'inherit' });
if (built.status !== 0) process.exit(built.status ?? 3);
const rest = process.argv.slice(2);
const withValue = new Set(['--format', '--output', '--policy', '--baseline', '--write-baseline', '--fail-on']);
const folder = rest.findIndex((word, at) => !word.startsWith('-') && !withValue.has(rest[at - 1] ?? ''));
const words = folder < 0 ? [join(root, 'examples'), ...rest] : rest.map((word, at) => (at === folder ? resolve(asked, word) : word));
// npm prints a page of its own for exit code 1; findings are not a failure of this command unless asked for.
if (!rest.includes('--fail-on')) words.push('--fail-on', 'never');
const run = spawnSync(process.execPath, [join(root, 'dist/cli.js'), 'audit', ...words], { cwd: asked, stdio: 'inherit' });
process.exit(run.status ?? 3);
