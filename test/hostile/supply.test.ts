import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { pedigree } from '../support/cli.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly scripts: Readonly<Record<string, string>>;
}

interface Lock {
  readonly lockfileVersion: number;
  readonly packages: Readonly<
    Record<
      string,
      {
        readonly version?: string;
        readonly integrity?: string;
        readonly link?: boolean;
        readonly dev?: boolean;
        readonly resolved?: string;
        readonly inBundle?: boolean;
      }
    >
  >;
}

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

describe('supply chain', function () {
  this.timeout(60_000);

  it('S8: every dependency is locked, by its digest', () => {
    for (const path of ['package-lock.json', 'test/e2e/package-lock.json']) {
      const { packages, lockfileVersion } = json<Lock>(path);
      assert.ok(lockfileVersion >= 3);
      for (const [name, { integrity, version, resolved, inBundle }] of Object.entries(packages)) {
        if (name === '' || inBundle) continue;
        assert.match(integrity ?? '', /^sha(?:512|256|1)-/, `${path}: ${name}`);
        assert.ok(version !== undefined && (resolved === undefined || resolved.startsWith('https://registry.npmjs.org/')), `${path}: ${name} of ${resolved}`);
      }
    }
  });
  it('S8: nothing of ours has to run when it is installed', () => {
    const { scripts } = json<Manifest>('package.json');
    for (const name of ['preinstall', 'install', 'postinstall', 'prepublish']) assert.equal(scripts[name], undefined, name);
    // What installs from git builds the command, where it is absent; nothing else, and not with --ignore-scripts.
    assert.equal(scripts['prepare'], 'node scripts/prepare.mjs');
    assert.match(readFileSync('scripts/prepare.mjs', 'utf8'), /if \(!existsSync\('dist\/cli\.js'\)\)[\s\S]*import\('\.\/build\.mjs'\)/);
    assert.match(readFileSync('.ci/run', 'utf8'), /npm ci [^\n]*--ignore-scripts/);
  });
  it('S8: each dependency that is handed on has its reason', () => {
    const reasons = readFileSync('ARCHITECTURE.md', 'utf8').split('## Dependencies')[1] ?? '';
    for (const name of Object.keys(json<Manifest>('package.json').dependencies))
      assert.ok(reasons.includes(name.replace('-textdocument', '')), `${name} has no reason in ARCHITECTURE.md`);
  });
  it('S8: what is bundled is handed on with its licence', () => {
    const notices = readFileSync('dist/THIRD-PARTY-NOTICES.txt', 'utf8');
    const { inputs } = json<{ inputs: Record<string, unknown> }>('dist/meta.json');
    const names = new Set(Object.keys(inputs).flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules\/)/.exec(path)?.[1] ?? []));
    assert.ok(names.size >= 10);
    const blocks = notices.split('-'.repeat(80));
    for (const name of names) {
      const block = blocks.find((each) => each.includes(`${name} `));
      assert.ok(block !== undefined, `${name} is not in the notices`);
      assert.match(block, /\((?:MIT|ISC|BSD-[23]-Clause|Apache-2\.0|BlueOak-1\.0\.0|CC0-1\.0|CC-BY-3\.0|\(MIT OR [\w.-]+\)|MIT OR [\w.-]+)\)/, name);
    }
    assert.doesNotMatch(notices, /\((?:undefined|UNLICENSED|[^)]*GPL[^)]*)\)/);
  });
  it('S8: our own audit finds nothing in our own tree', () => {
    const { code, out, err } = pedigree('audit', '--policy', '.ci/pedigree.yaml', '--fail-on', 'information', '.');
    assert.equal(code, 0, `${out.slice(0, 3_000)}${err}`);
  });
  it('S8: our own tree has a bill of materials', () => {
    const { code, out } = pedigree('audit', '--policy', '.ci/pedigree.yaml', '--fail-on', 'never', '--format', 'cyclonedx', '.');
    const bom = JSON.parse(out) as { bomFormat: string; specVersion: string; metadata: object };
    assert.deepEqual([code, bom.bomFormat], [0, 'CycloneDX']);
  });
  it('S8: what is trusted, how to report and what is sent is written down', () => {
    for (const [path, words] of [
      ['SECURITY.md', ['not trusted', 'report a weakness', '--no-inline-config', '--ignore-scripts']],
      ['PRIVACY.md', ['no telemetry', '--hub', 'HF_TOKEN']],
    ] as const) {
      assert.ok(existsSync(path), path);
      for (const word of words) assert.ok(readFileSync(path, 'utf8').includes(word), `${path}: ${word}`);
    }
    const named = [...readFileSync('SECURITY.md', 'utf8').matchAll(/`((?:test|scripts|server)\/[^`\s*]+)`/g)].map((match) => match[1] ?? '');
    for (const path of named) assert.ok(existsSync(path), path);
  });
});
