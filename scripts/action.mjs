// All that action.yml does, in one place that a test runs: audits what is checked out, and says what a pull request adds to its base.
// What comes from files or from who opened the pull request is only ever an argument, a file or escaped: nothing here is a line of a shell.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = join(dirname(fileURLToPath(import.meta.url)), '..');
const env = { ...process.env };
for (const name of ['GIT_DIR', 'GIT_WORK_TREE', 'GIT_INDEX_FILE']) delete env[name];
const input = (name) => (env[`PEDIGREE_${name}`] ?? '').trim();
const workspace = realpathSync(env.GITHUB_WORKSPACE || process.cwd());
const inWorkspace = (path) => resolve(workspace, path);

/** GitHub shows this many of each kind for a step and drops the rest. */
const shown = 10;

const data = (text) => text.replace(/%/g, '%25').replace(/\r/g, '%0D').replace(/\n/g, '%0A');
const property = (text) => data(text).replace(/:/g, '%3A').replace(/,/g, '%2C');
const command = (name, properties, message) => {
  const words = Object.entries(properties).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${property(String(value))}`]));
  console.log(`::${name}${words.length > 0 ? ` ${words.join(',')}` : ''}::${data(message)}`);
};

/** Text that names and lines of files stand in: while it is printed, no line is taken for a command. */
const quote = (text) => {
  if (text === '') return;
  const token = randomUUID();
  console.log(`::stop-commands::${token}\n${text.replace(/\n$/, '')}\n::${token}::`);
};

const run = (file, words, options = {}) => spawnSync(file, words, { encoding: 'utf8', env, maxBuffer: 1 << 28, ...options });

/** Git, without what a configuration may start. The owner of a checkout in a container is often another. */
const git = (folder, ...words) =>
  run('git', ['-c', 'safe.directory=*', '-c', 'core.hooksPath=/dev/null', '-c', 'core.fsmonitor=false', '-C', folder, ...words], {
    // Weights of the base are fetched by nobody; those that are here already are laid out.
    env: { ...env, GIT_TERMINAL_PROMPT: '0', GIT_LFS_SKIP_SMUDGE: existsSync(join(folder, '.git', 'lfs', 'objects')) ? '0' : '1' },
  });
const gitOut = (folder, ...words) => {
  const { status, stdout } = git(folder, ...words);
  return status === 0 ? stdout.trim() : undefined;
};

const commit = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

const eventOf = () => {
  try {
    return JSON.parse(readFileSync(env.GITHUB_EVENT_PATH ?? '', 'utf8'));
  } catch {
    return {};
  }
};

/** The commit that a pull request is held against; undefined where the event is none. */
const baseOf = (top) => {
  const event = eventOf();
  const stated = event.pull_request?.base?.sha ?? event.merge_group?.base_sha;
  if (typeof stated !== 'string' || !commit.test(stated)) return undefined;
  // What is checked out is by default a merge into the branch as it is now, which the event may be older than.
  const parents = [...(gitOut(top, 'cat-file', '-p', 'HEAD') ?? '').split('\n\n')[0].matchAll(/^parent (\w+)$/gm)].map((match) => match[1]);
  if (parents.length === 2 && /^refs\/pull\/\d+\/merge$/.test(env.GITHUB_REF ?? '')) return parents[0];
  return gitOut(top, 'merge-base', stated, 'HEAD') ?? stated;
};

/** The tree of a commit as a clone has it: the audit also asks where a clone is from, and what of it is tracked. */
const layOut = (top, base, folder) => {
  const has = () => git(top, 'cat-file', '-e', `${base}^{commit}`).status === 0;
  if (!has()) git(top, 'fetch', '--quiet', '--no-tags', '--no-recurse-submodules', '--depth=1', 'origin', base);
  if (!has()) return false;
  const objects = resolve(top, gitOut(top, 'rev-parse', '--git-path', 'objects') ?? '.git/objects');
  if (git(folder, 'init', '--quiet', '--template=', ...(base.length === 64 ? ['--object-format=sha256'] : [])).status !== 0) return false;
  mkdirSync(join(folder, '.git', 'objects', 'info'), { recursive: true });
  writeFileSync(join(folder, '.git', 'objects', 'info', 'alternates'), `${objects}\n`);
  for (const line of (gitOut(top, 'config', '--get-regexp', '^remote\\..*\\.url$') ?? '').split('\n').filter(Boolean)) {
    const at = line.indexOf(' ');
    git(folder, 'config', line.slice(0, at), line.slice(at + 1));
  }
  return git(folder, 'read-tree', base).status === 0 && git(folder, 'checkout-index', '--all', '--force', '--quiet').status === 0;
};

const audit = (...words) => run(process.execPath, [join(home, 'dist', 'cli.js'), 'audit', ...words]);

/** The audit of the base as a baseline; undefined, and said, where there is none. */
const auditBase = (root, scratch) => {
  const top = gitOut(root, 'rev-parse', '--show-toplevel');
  const base = top === undefined ? undefined : baseOf(top);
  if (base === undefined) return undefined;
  const folder = join(scratch, 'base');
  mkdirSync(folder);
  const file = join(scratch, 'base.json');
  const why = (() => {
    if (!layOut(top, base, folder)) return `commit ${base} is not to be had`;
    const same = join(folder, relative(top, root));
    const policy = input('POLICY') === '' ? undefined : inWorkspace(input('POLICY'));
    const then = policy === undefined ? undefined : join(folder, relative(top, policy));
    const under = policy === undefined ? [] : ['--policy', !relative(top, policy).startsWith('..') && existsSync(then) ? then : policy];
    // A folder that the pull request adds held nothing before.
    if (!existsSync(same)) mkdirSync(same, { recursive: true });
    const { status, stderr } = audit(same, '--write-baseline', file, '--output', join(scratch, 'base.txt'), '--fail-on', 'never', ...under);
    if (status !== 0) quote(stderr);
    return status === 0 ? undefined : 'its audit failed';
  })();
  rmSync(folder, { recursive: true, force: true });
  if (why === undefined) return file;
  command('notice', { title: 'Pedigree' }, `The base of this pull request could not be audited (${why}), so all findings are shown and not only what it adds.`);
  return undefined;
};

/** Addresses in the report are those of the audited folder; GitHub reads them from the top of the repository. */
const fromTop = (value, prefix) => {
  if (Array.isArray(value)) value.forEach((each) => fromTop(each, prefix));
  else if (typeof value === 'object' && value !== null) {
    if (value.uriBaseId === '%SRCROOT%' && typeof value.uri === 'string') value.uri = `${prefix}${value.uri}`;
    Object.values(value).forEach((each) => fromTop(each, prefix));
  }
};

const kinds = { error: 'error', warning: 'warning', note: 'notice' };

/** New findings of a log, the worst first. */
const newFindings = ({ runs: [{ results }] }) =>
  results
    .filter(({ suppressions, baselineState }) => suppressions === undefined && baselineState !== 'unchanged')
    .map(({ ruleId, level, message, locations: [{ physicalLocation }] }) => ({
      ruleId,
      kind: kinds[level],
      message: message.text.replace(/\\\[/g, '['),
      path: physicalLocation.artifactLocation.uri.split('/').map(decodeURIComponent).join('/'),
      region: physicalLocation.region,
    }))
    .toSorted((a, b) => Object.values(kinds).indexOf(a.kind) - Object.values(kinds).indexOf(b.kind));

const annotate = (findings) => {
  const given = { error: 0, warning: 0, notice: 0 };
  for (const { ruleId, kind, message, path, region } of findings) {
    if ((given[kind] += 1) > shown) continue;
    // Columns are of one line only.
    const columns = region.endLine === undefined || region.endLine === region.startLine ? { col: region.startColumn, endColumn: region.endColumn } : {};
    command(kind, { file: path, line: region.startLine, endLine: region.endLine, ...columns, title: `Pedigree: ${ruleId}` }, message);
  }
};

const build = () => {
  if (existsSync(join(home, 'dist', 'cli.js'))) return true;
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const steps = [
    [npm, ['ci', '--ignore-scripts'], { shell: process.platform === 'win32' }],
    [process.execPath, ['scripts/build.mjs'], {}],
  ];
  return steps.every(([file, words, options]) => run(file, words, { cwd: home, stdio: 'inherit', ...options }).status === 0);
};

const add = (variable, text) => {
  if (env[variable]) appendFileSync(env[variable], text);
};

const main = (scratch) => {
  if (!build()) return 3;
  const folder = inWorkspace(input('PATH') || '.');
  if (!existsSync(folder)) {
    command('error', { title: 'Pedigree' }, `There is no folder "${input('PATH')}".`);
    return 2;
  }
  const root = realpathSync(folder);
  const below = relative(workspace, root).split(sep).join('/');
  // A pull request may make the folder a link, whose findings would quote what is no part of it.
  if (/^\.\.(?:\/|$)|^\/|^\w:/.test(below)) {
    command('error', { title: 'Pedigree' }, `The folder "${input('PATH')}" lies outside of the repository.`);
    return 2;
  }
  const baseline = input('BASELINE') === '' ? auditBase(root, scratch) : inWorkspace(input('BASELINE'));
  const sarif = input('SARIF_FILE') === '' ? join(env.RUNNER_TEMP || tmpdir(), 'pedigree.sarif') : inWorkspace(input('SARIF_FILE'));
  mkdirSync(dirname(sarif), { recursive: true });
  rmSync(sarif, { force: true });
  const { status, stdout, stderr } = audit(
    root,
    '--format',
    'sarif',
    '--output',
    sarif,
    '--fail-on',
    input('FAIL_ON') || 'error',
    ...(input('POLICY') === '' ? [] : ['--policy', inWorkspace(input('POLICY'))]),
    ...(baseline === undefined ? [] : ['--baseline', baseline]),
  );
  // Entries of the base that are gone are what the pull request mended, and no baseline to write anew.
  const said = input('BASELINE') === '' ? stderr.replace(/^pedigree audit: \d+ entr.* of the baseline .*\n/m, '') : stderr;
  quote(stdout + said);
  if (!existsSync(sarif)) {
    command('error', { title: 'Pedigree' }, `The audit failed: ${said.trim().split('\n').at(-1)}`);
    return status || 3;
  }
  const log = JSON.parse(readFileSync(sarif, 'utf8'));
  if (below !== '') fromTop(log.runs, `${below.split('/').map(encodeURIComponent).join('/')}/`);
  // Code scanning takes no notice of what is held back, and would open alerts.
  if (input('UPLOAD') === 'true') for (const each of log.runs) each.results = each.results.filter(({ suppressions }) => suppressions === undefined);
  writeFileSync(sarif, JSON.stringify(log));
  const findings = newFindings(log);
  quote(findings.map(({ kind, path, region, ruleId, message }) => `${path}:${region.startLine}: ${kind} ${ruleId}: ${message}\n`).join(''));
  annotate(findings);
  if (status === 2) command('error', { title: 'Pedigree' }, 'The policy is not understood: see the log.');
  const counts = Object.values(kinds).map((kind) => `${kind}s: ${findings.filter((finding) => finding.kind === kind).length}`);
  const summary = `Pedigree${baseline === undefined ? '' : ', new findings'}: ${counts.join(', ')}`;
  console.log(summary);
  add('GITHUB_STEP_SUMMARY', `${summary}\n`);
  const mark = randomUUID();
  add('GITHUB_OUTPUT', `findings=${findings.length}\nsarif-file<<${mark}\n${sarif}\n${mark}\n`);
  return status ?? 3;
};

const scratch = mkdtempSync(join(env.RUNNER_TEMP || tmpdir(), 'pedigree-'));
try {
  process.exitCode = main(scratch);
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
