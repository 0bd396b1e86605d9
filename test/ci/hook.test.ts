import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import packageJson from '../../package.json' with { type: 'json' };

interface Hook {
  readonly id: string;
  readonly entry: string;
  readonly language: string;
  readonly pass_filenames: boolean;
  readonly always_run: boolean;
}

describe('the hook for pre-commit', function () {
  this.timeout(60_000);
  const hooks = parse(readFileSync('.pre-commit-hooks.yaml', 'utf8')) as readonly Hook[];
  const folder = mkdtempSync(join(tmpdir(), 'pedigree-hook-'));
  const npm = (...words: readonly string[]): string => spawnSync('npm', words, { encoding: 'utf8', shell: process.platform === 'win32' }).stdout;
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('runs the command that is installed', () => {
    assert.deepEqual(
      hooks.map(({ id, language }) => [id, language]),
      [['pedigree', 'node']],
    );
    for (const { entry } of hooks) assert.ok(Object.keys(packageJson.bin).includes(entry.split(' ')[0] ?? ''), entry);
  });
  it('audits the tree, whichever files are committed', () => assert.ok(hooks.every((hook) => !hook.pass_filenames && hook.always_run)));
  // pre-commit installs what `npm pack` prints.
  it('is packed under the one name that is printed', () => {
    const printed = npm('pack', '--pack-destination', folder);
    assert.equal(printed.trim(), `pedigree-${packageJson.version}.tgz`);
    assert.deepEqual(readdirSync(folder), [printed.trim()]);
  });
  it('is packed with the command and its knowledge, without the extension', () => {
    const [{ files }] = JSON.parse(npm('pack', '--dry-run', '--json')) as [{ files: readonly { path: string }[] }];
    const paths = files.map(({ path }) => path);
    for (const path of ['dist/cli.js', 'dist/commands.js', 'dist/knowledge/licences.bin', 'dist/THIRD-PARTY-NOTICES.txt', 'LICENSE'])
      assert.ok(paths.includes(path), path);
    assert.ok(!paths.some((path) => !/^(?:dist\/|package\.json|README\.md|LICENSE)/.test(path) || path === 'dist/client.js'), paths.join('\n'));
  });
});
