import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The five minutes that CONTRIBUTING promises: what the skeletons write has to pass as it is. */
describe('skeletons', function () {
  this.timeout(120_000);
  const root = mkdtempSync(join(tmpdir(), 'pedigree-skeletons-'));
  before(() => {
    for (const part of ['server', 'client', 'test', 'docs', 'scripts', 'schemas', 'package.json', 'tsconfig.json', '.mocharc.json'])
      cpSync(part, join(root, part), { recursive: true, filter: (path) => !/node_modules|[/\\](?:\.cache|run|screenshots)$/.test(path) });
    symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  });
  after(() => rmSync(root, { recursive: true, force: true }));

  it('of a rule and a reader pass their own tests, types and the index', () => {
    execFileSync(process.execPath, ['scripts/new-rule.mjs', 'skeleton-rule'], { cwd: root });
    execFileSync(process.execPath, ['scripts/new-artefact.mjs', 'skeleton-format'], { cwd: root });
    const types = spawnSync(process.execPath, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json'], { cwd: root, encoding: 'utf8' });
    assert.equal(types.status, 0, types.stdout);
    const run = spawnSync(
      process.execPath,
      [
        'node_modules/mocha/bin/mocha.js',
        'test/rules/skeleton-rule.test.ts',
        'test/artefacts/skeleton-format.test.ts',
        'test/docs.test.ts',
        'test/schema.test.ts',
      ],
      { cwd: root, encoding: 'utf8' },
    );
    assert.equal(run.status, 0, run.stdout);
  });
  it('refuse a name that is taken', () => assert.notEqual(spawnSync(process.execPath, ['scripts/new-rule.mjs', 'licence-missing'], { cwd: root }).status, 0));
});
