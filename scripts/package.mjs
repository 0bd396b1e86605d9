// Packs dist/ and the manifest into pedigree.vsix, which installs in any VS Code. The entry list is .vscodeignore's allow-list.
import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';

const run = spawnSync(process.execPath, ['node_modules/@vscode/vsce/vsce', 'package', '--no-dependencies', '--out', 'pedigree.vsix'], {
  stdio: ['ignore', 'inherit', 'inherit'],
  env: { ...process.env, SOURCE_DATE_EPOCH: process.env.SOURCE_DATE_EPOCH ?? '1764000000' },
});
if (run.status !== 0) process.exit(run.status ?? 1);
const megabytes = statSync('pedigree.vsix').size / 1_000_000;
console.log(`pedigree.vsix: ${megabytes.toFixed(2)} MB`);
// The index of licence texts is half of it. A large extension is slow to install and to load: growth should be somebody's decision.
if (megabytes > 3) {
  console.error('The extension has grown over 3 MB.');
  process.exit(1);
}
