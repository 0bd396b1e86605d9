// Packs dist/ and the manifest into pedigree.vsix, which installs in any VS Code. The entry list is .vscodeignore's allow-list.
import { spawnSync } from 'node:child_process';
import { chmodSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const packed = ['README.md', 'CHANGELOG.md', 'LICENSE', 'package.json', 'package.nls.json', 'dist', 'media', 'schemas', 'syntaxes'];

/** Whoever builds the same sources gets the same bytes: an archive holds modes, which differ with the machine. */
const settle = (path) => {
  if (statSync(path).isDirectory()) readdirSync(path).forEach((name) => settle(join(path, name)));
  else chmodSync(path, 0o644);
};
packed.forEach(settle);

const run = spawnSync(process.execPath, ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', 'pedigree.vsix'], {
  stdio: ['ignore', 'inherit', 'inherit'],
  // Times are written as those of the zone.
  env: { ...process.env, TZ: 'UTC', SOURCE_DATE_EPOCH: process.env.SOURCE_DATE_EPOCH ?? '1764000000' },
});
if (run.status !== 0) process.exit(run.status ?? 1);
const megabytes = statSync('pedigree.vsix').size / 1_000_000;
console.log(`pedigree.vsix: ${megabytes.toFixed(2)} MB`);
// The index of licence texts is half of it. A large extension is slow to install and to load: growth should be somebody's decision.
if (megabytes > 3) {
  console.error('The extension has grown over 3 MB.');
  process.exit(1);
}
