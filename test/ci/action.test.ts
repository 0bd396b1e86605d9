import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { today } from '../support/repo.ts';

type Files = Readonly<Record<string, string>>;

const card = (licence: string, base = 'meta-llama/Llama-3.1-8B'): string => `---\nlicense: ${licence}\nbase_model: ${base}\n---\n`;
const flux = 'from diffusers import FluxPipeline\nFluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")';
const idle = (name: string): string => `${name} = 1  # pedigree-ignore no-such-rule: ours\n`;

describe('the action', function () {
  this.timeout(60_000);
  const folders: string[] = [];
  const folder = (): string => {
    const path = mkdtempSync(join(tmpdir(), 'pedigree-action-'));
    folders.push(path);
    return path;
  };
  after(() => folders.forEach((path) => rmSync(path, { recursive: true, force: true })));

  const git = (root: string, ...words: readonly string[]): string => {
    const run = spawnSync('git', ['-C', root, '-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false', ...words], {
      encoding: 'utf8',
    });
    assert.equal(run.status, 0, run.stderr);
    return run.stdout.trim();
  };
  const write = (root: string, files: Files): void => {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
  };
  const commit = (root: string, files: Files): string => {
    write(root, files);
    git(root, 'add', '--all');
    git(root, 'commit', '--quiet', '--allow-empty', '--message', 'x');
    return git(root, 'rev-parse', 'HEAD');
  };
  const repository = (...commits: readonly Files[]): { readonly root: string; readonly ids: readonly string[] } => {
    const root = folder();
    git(root, 'init', '--quiet', '--initial-branch=main');
    return { root, ids: commits.map((files) => commit(root, files)) };
  };

  interface Outcome {
    readonly code: number | null;
    readonly out: string;
    readonly annotations: readonly string[];
    readonly outputs: string;
    readonly sarif: string;
  }
  const act = (root: string, event: object, more: NodeJS.ProcessEnv = {}): Outcome => {
    const temporary = folder();
    write(temporary, { 'event.json': JSON.stringify(event), outputs: '', summary: '' });
    const run = spawnSync(process.execPath, [resolve('scripts/action.mjs')], {
      encoding: 'utf8',
      cwd: root,
      env: {
        ...process.env,
        CI: 'true',
        PEDIGREE_TODAY: today,
        GITHUB_WORKSPACE: root,
        GITHUB_EVENT_PATH: join(temporary, 'event.json'),
        GITHUB_OUTPUT: join(temporary, 'outputs'),
        GITHUB_STEP_SUMMARY: join(temporary, 'summary'),
        GITHUB_REF: 'refs/pull/1/head',
        RUNNER_TEMP: temporary,
        ...more,
      },
    });
    assert.equal(run.stderr, '');
    const sarif = join(temporary, 'pedigree.sarif');
    return {
      code: run.status,
      out: run.stdout,
      annotations: spoken(run.stdout),
      outputs: readFileSync(join(temporary, 'outputs'), 'utf8'),
      sarif: existsSync(sarif) ? readFileSync(sarif, 'utf8') : '',
    };
  };
  /** Commands as the runner takes them: none between `stop-commands` and its token. */
  const spoken = (out: string): readonly string[] => {
    const found: string[] = [];
    let token: string | undefined;
    for (const line of out.split('\n')) {
      if (token !== undefined) token = line === `::${token}::` ? undefined : token;
      else if (line.startsWith('::stop-commands::')) token = line.slice('::stop-commands::'.length);
      else if (/^\s*::|##\[/.test(line)) found.push(line);
    }
    return found;
  };
  const pull = (base: string | undefined): object => ({ pull_request: { base: { sha: base } } });
  const short = (line: string): string => line.replace(/^::(\w+) file=([^,]*),line=(\d+).*title=Pedigree%3A ([\w-]+)::.*$/, '$1 $2 $3 $4');

  interface Case {
    readonly title: string;
    readonly commits: readonly [Files, Files];
    readonly environment?: NodeJS.ProcessEnv;
    readonly expected: readonly string[];
    readonly code: number;
  }
  const clean = { 'a.py': 'x = 1\n' };
  const cases: readonly Case[] = [
    { title: 'is silent where nothing is added', commits: [{ 'README.md': card('mit') }, clean], expected: [], code: 0 },
    {
      title: 'marks what is added, below what was there',
      commits: [{ 'a.py': idle('x') }, { 'a.py': `\n\n${idle('x')}${idle('y')}` }],
      expected: ['warning a.py 4 invalid-suppression'],
      code: 0,
    },
    {
      title: 'fails at the severity that is asked for',
      commits: [clean, { 'a.py': idle('x') }],
      environment: { PEDIGREE_FAIL_ON: 'warning' },
      expected: ['warning a.py 1 invalid-suppression'],
      code: 1,
    },
    {
      title: 'is silent about what a pull request mends',
      commits: [{ 'a.py': idle('x'), 'b.py': 'y = 1\n' }, clean],
      environment: { PEDIGREE_FAIL_ON: 'information' },
      expected: [],
      code: 0,
    },
    {
      title: 'names files from the top of the repository',
      commits: [clean, { 'models/a b/a.py': idle('x') }],
      environment: { PEDIGREE_PATH: 'models' },
      expected: ['warning models/a b/a.py 1 invalid-suppression'],
      code: 0,
    },
    {
      title: 'marks what a policy no longer holds back',
      commits: [{ 'a.py': idle('x'), 'pedigree.yaml': 'rules: { invalid-suppression: off }\n' }, { 'pedigree.yaml': '' }],
      expected: ['warning a.py 1 invalid-suppression'],
      code: 0,
    },
    {
      title: 'takes a policy of another name',
      commits: [clean, { 'a.py': idle('x'), 'other.yaml': 'rules: { invalid-suppression: error }\n' }],
      environment: { PEDIGREE_POLICY: 'other.yaml' },
      expected: ['error a.py 1 invalid-suppression'],
      code: 1,
    },
    {
      title: 'escapes names that hold marks of commands',
      commits: [clean, { 'a,b:c%0A.py': idle('x') }],
      expected: ['warning a%2Cb%3Ac%250A.py 1 invalid-suppression'],
      code: 0,
    },
    {
      title: 'runs no shell with what an input says',
      commits: [clean, { '$(touch here)/a.py': idle('x') }],
      environment: { PEDIGREE_PATH: '$(touch here)' },
      expected: ['warning $(touch here)/a.py 1 invalid-suppression'],
      code: 0,
    },
  ];
  for (const { title, commits, environment, expected, code } of cases)
    it(title, () => {
      const { root, ids } = repository(...commits);
      const outcome = act(root, pull(ids[0]), environment);
      assert.deepEqual(outcome.annotations.map(short), expected, outcome.out);
      assert.equal(outcome.code, code);
      assert.match(outcome.outputs, new RegExp(`^findings=${expected.length}\nsarif-file<<`));
      assert.ok(!existsSync(join(root, 'here')));
    });

  it('fails with the errors that are added', () => {
    const { root, ids } = repository(clean, { 'README.md': card('mit') });
    const outcome = act(root, pull(ids[0]));
    assert.equal(outcome.code, 1);
    assert.ok(outcome.annotations.map(short).includes('error README.md 2 licence-laundering'), outcome.out);
  });
  it('shows all findings where there is no pull request', () => {
    const { root } = repository({ 'a.py': idle('x') }, {});
    assert.deepEqual(act(root, {}).annotations.map(short), ['warning a.py 1 invalid-suppression']);
  });
  it('holds a merge against the branch that it is merged into', () => {
    const { root, ids } = repository(clean);
    git(root, 'switch', '--quiet', '--create', 'topic');
    commit(root, { 'b.py': idle('x') });
    git(root, 'switch', '--quiet', 'main');
    commit(root, { 'c.py': idle('x') });
    git(root, 'merge', '--quiet', '--no-ff', '--message', 'x', 'topic');
    const outcome = act(root, pull(ids[0]), { GITHUB_REF: 'refs/pull/1/merge' });
    assert.deepEqual(outcome.annotations.map(short), ['warning b.py 1 invalid-suppression']);
  });
  it('fetches the base that a shallow clone lacks', () => {
    const { root, ids } = repository({ 'a.py': idle('x') }, { 'b.py': idle('x') });
    git(root, 'config', 'uploadpack.allowAnySHA1InWant', 'true');
    const shallow = folder();
    git(shallow, 'clone', '--quiet', '--depth=1', `file://${root}`, '.');
    assert.deepEqual(act(shallow, pull(ids[0])).annotations.map(short), ['warning b.py 1 invalid-suppression']);
  });
  it('says that the base cannot be had, and shows all', () => {
    const { root } = repository({ 'a.py': idle('x') });
    const [first, ...rest] = act(root, pull('0'.repeat(40))).annotations;
    assert.match(first ?? '', /^::notice title=Pedigree::The base of this pull request could not be audited/);
    assert.deepEqual(rest.map(short), ['warning a.py 1 invalid-suppression']);
  });
  it('takes no option for a commit', () => {
    const { root } = repository({ 'a.py': idle('x') });
    assert.deepEqual(act(root, pull('--upload-pack=touch here')).annotations.map(short), ['warning a.py 1 invalid-suppression']);
    assert.ok(!existsSync(join(root, 'here')));
  });
  it('prefers the baseline that is given', () => {
    const { root, ids } = repository({ 'a.py': idle('x') }, { 'b.py': idle('x') });
    spawnSync(process.execPath, ['dist/cli.js', 'audit', root, '--write-baseline', join(root, 'kept.json')], { env: { ...process.env, CI: 'true' } });
    assert.deepEqual(act(root, pull(ids[0]), { PEDIGREE_BASELINE: 'kept.json' }).annotations, []);
  });
  it('follows no link out of the repository', () => {
    const { root, ids } = repository(clean);
    const other = folder();
    write(other, { 'a.py': idle('secret') });
    symlinkSync(other, join(root, 'models'));
    const outcome = act(root, pull(ids[0]), { PEDIGREE_PATH: 'models' });
    assert.deepEqual([outcome.code, outcome.annotations], [2, ['::error title=Pedigree::The folder "models" lies outside of the repository.']]);
  });
  it('tells an unknown severity', () => {
    const { root } = repository(clean);
    const outcome = act(root, {}, { PEDIGREE_FAIL_ON: 'never;touch here' });
    assert.equal(outcome.code, 2);
    assert.match(outcome.annotations.join('\n'), /^::error title=Pedigree::The audit failed: /);
  });
  it('takes no line of a file for a command', () => {
    const { root, ids } = repository(clean, {
      'README.md': '---\nlicense: "x ##[add-mask]y"\npipeline_tag: text-generation\n---\n',
      '##[error]z.py': idle('x'),
      'pedigree.yaml': 'rules: { "::error::y": loud }\n',
    });
    const outcome = act(root, pull(ids[0]));
    assert.equal(outcome.code, 2);
    assert.ok(
      outcome.annotations.every((line) => /^::(?:error|warning|notice) (?:file|title)=/.test(line)),
      outcome.annotations.join('\n'),
    );
  });
  it('shows ten of a kind, and all in the log', () => {
    const { root, ids } = repository(clean, { 'a.py': Array.from({ length: 12 }, (_, at) => idle(`x${at}`)).join('') });
    const { annotations, out } = act(root, pull(ids[0]));
    assert.deepEqual([annotations.length, out.match(/^a\.py:\d+: warning/gm)?.length], [10, 12]);
  });
  it('writes SARIF whose addresses begin at the top of the repository', () => {
    const { root, ids } = repository(clean, { 'models/a.py': idle('x') });
    const log = JSON.parse(act(root, pull(ids[0]), { PEDIGREE_PATH: 'models' }).sarif) as {
      runs: readonly { results: readonly { locations: readonly { physicalLocation: { artifactLocation: { uri: string } } }[] }[] }[];
    };
    assert.deepEqual(
      log.runs[0]?.results.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri),
      ['models/a.py'],
    );
  });
  for (const [upload, results] of [
    ['true', 0],
    ['false', 1],
  ] as const)
    it(`keeps what is held back in the report ${upload === 'true' ? 'unless it is uploaded' : 'that is kept'}`, () => {
      const { root, ids } = repository(clean, { 'a.py': `${flux}  # pedigree-ignore noncommercial-weights: ours\n` });
      const { sarif, out } = act(root, pull(ids[0]), { PEDIGREE_UPLOAD: upload });
      const log = JSON.parse(sarif) as { runs: readonly { results: readonly { suppressions?: object }[] }[] };
      assert.equal(log.runs[0]?.results.filter((result) => result.suppressions).length, results, out);
    });
});
