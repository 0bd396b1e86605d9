import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

interface Grammar {
  readonly scopeName: string;
  readonly path: string;
  readonly language?: string;
  readonly injectTo?: readonly string[];
}
interface Language {
  readonly id: string;
  readonly configuration: string;
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: { grammars: readonly Grammar[]; languages: readonly Language[] };
};
const folder = 'test/syntaxes';

describe('syntaxes', function () {
  this.timeout(60_000);

  it('are named in the manifest, with their scopes', () => {
    for (const { path, scopeName, language } of contributes.grammars) {
      assert.equal((JSON.parse(readFileSync(path, 'utf8')) as { scopeName: string }).scopeName, scopeName);
      assert.ok(language === undefined || contributes.languages.some(({ id }) => id === language));
    }
    const written = readdirSync('syntaxes').filter((name) => name.endsWith('.tmLanguage.json'));
    assert.deepEqual(contributes.grammars.map(({ path }) => path).toSorted(), written.map((name) => `./syntaxes/${name}`).toSorted());
    for (const { configuration } of contributes.languages) assert.ok(existsSync(configuration));
  });

  it('hold the ids of the lists as they are now', () => {
    const run = spawnSync(process.execPath, ['scripts/build-syntaxes.mjs', '--check'], { encoding: 'utf8' });
    assert.equal(run.status, 0, run.stderr);
  });

  it('scope ids, operators, exceptions, references and instructions, in small hosts of our own', () => {
    const hosts = readdirSync(join(folder, 'hosts')).flatMap((name) => ['-g', join(folder, 'hosts', name)]);
    const cases = readdirSync(folder).filter((name) => /\.test\.(?!ts$)\w+$/.test(name));
    assert.ok(cases.length >= 9);
    const run = spawnSync(
      process.execPath,
      ['node_modules/vscode-tmgrammar-test/dist/unit.js', '--compact', ...hosts, ...cases.map((name) => join(folder, name))],
      { encoding: 'utf8' },
    );
    assert.equal(run.status, 0, run.stdout + run.stderr);
    // One that was not run must not count as one that passed.
    assert.equal(run.stdout.match(/run successfuly/g)?.length, cases.length, run.stdout);
  });
});
