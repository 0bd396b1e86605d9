import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readIndex } from '../../server/src/host/tracked.ts';
import { walkTree } from '../../server/src/host/walk.ts';

const lay = (files: Readonly<Record<string, string>>): string => {
  const root = mkdtempSync(join(tmpdir(), 'pedigree-walk-'));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};

const paths = async (root: string): Promise<readonly string[]> => (await walkTree(root)).files.map((file) => file.path);

const git = (root: string, ...words: string[]): void =>
  void execFileSync('git', ['-C', root, '-c', 'user.name=a', '-c', 'user.email=a@b.c', ...words], { stdio: 'ignore' });

/** Nothing is closed to the superuser, whom containers like to run tests as: for such a walk it is nobody. */
const unprivileged = async <T>(run: () => Promise<T>): Promise<T> => {
  if (process.geteuid?.() !== 0) return run();
  process.seteuid?.(65534);
  try {
    return await run();
  } finally {
    process.seteuid?.(0);
  }
};

describe('walk', () => {
  const roots: string[] = [];
  const make = (files: Readonly<Record<string, string>>): string => {
    const root = lay(files);
    roots.push(root);
    return root;
  };
  after(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));

  it('takes everything of an exported tree but what tools write', async () => {
    const root = make({ 'a.md': '', 'node_modules/x/README.md': '', '.venv/lib/a.py': '', 'src/__pycache__/a.py': '', 'src/b.py': '', '.gitignore': '*.md' });
    assert.deepEqual(await paths(root), ['.gitignore', 'a.md', 'src/b.py']);
  });
  it('honours ignore files in a work tree, nested and negated, but not for weights', async () => {
    const root = make({
      '.gitignore': 'out/\n*.log\n*.gguf\n',
      'out/a.md': '',
      'a.log': '',
      'm.gguf': '',
      'sub/.gitignore': '!keep.log\n',
      'sub/keep.log': '',
      'sub/b.log': '',
    });
    git(root, 'init', '-q');
    assert.deepEqual(await paths(root), ['.gitignore', 'm.gguf', 'sub/.gitignore', 'sub/keep.log']);
  });
  it('lists what somebody waits for before the rest of a large tree', async () => {
    const many = Object.fromEntries(Array.from({ length: 1_200 }, (_, at) => [`m/${Math.floor(at / 100)}/f${at}`, '']));
    const root = make({ ...many, 'z/a/b/card.md': '', 'z/a/b/beside.md': '', 'z/a/b/below/x': '', 'y/x': '', top: '' });
    const found: (readonly string[])[] = [];
    let isOver = false;
    const ahead = {
      near: () => ['z/a/b/card.md'],
      found: (files: readonly { readonly path: string }[]): Promise<void> => {
        assert.ok(!isOver);
        found.push(files.map(({ path }) => path).toSorted());
        return Promise.resolve();
      },
    };
    const { files } = await walkTree(root, undefined, ahead);
    isOver = true;
    assert.deepEqual(found, [['top', 'z/a/b/beside.md', 'z/a/b/card.md']]);
    assert.deepEqual(
      files.map(({ path }) => path),
      await paths(root),
    );
    // Whoever stops there has seen little of the rest.
    let isTold = false;
    const stopped = await walkTree(root, () => isTold, {
      near: ahead.near,
      found: () => {
        isTold = true;
        return Promise.resolve();
      },
    });
    assert.ok(stopped.files.length < 800, String(stopped.files.length));
  });
  it('asks nobody for what comes first where all is listed soon', async () => {
    const root = make({ 'a/card.md': '', 'b/x': '' });
    await walkTree(root, undefined, { near: () => assert.fail('asked'), found: () => assert.fail('told') });
  });
  it('keeps what git tracks though it is ignored', async () => {
    const root = make({ '.gitignore': 'data/\n', 'data/a.json': '{}', 'data/b.json': '{}' });
    git(root, 'init', '-q');
    git(root, 'add', '-f', 'data/a.json');
    assert.deepEqual(await paths(root), ['.gitignore', 'data/a.json']);
  });
  for (const version of ['2', '3', '4']) {
    it(`reads an index of version ${version}`, async () => {
      const root = make({ 'a.md': '', 'a/b.md': '', 'a/bc.md': '', 'x/y/z.py': '' });
      git(root, 'init', '-q');
      git(root, 'update-index', '--index-version', version);
      git(root, 'add', '-A');
      const { trackedPaths } = await import('../../server/src/host/tracked.ts');
      assert.deepEqual([...trackedPaths(root).paths].toSorted(), ['a.md', 'a/b.md', 'a/bc.md', 'x/y/z.py']);
    });
  }
  it('never follows a link out of the root, nor into a folder', async () => {
    const other = make({ 'secret.md': '' });
    const root = make({ 'a.md': '' });
    symlinkSync(join(other, 'secret.md'), join(root, 'out.md'));
    symlinkSync(other, join(root, 'folder'));
    symlinkSync('/', join(root, 'all'));
    symlinkSync(root, join(root, 'loop'));
    symlinkSync('a.md', join(root, 'inside.md'));
    symlinkSync('nothing', join(root, 'broken.md'));
    assert.deepEqual(await paths(root), ['a.md', 'inside.md']);
  });
  it('goes on below an unreadable folder, and says so', async function () {
    if (process.platform === 'win32') this.skip();
    const root = make({ 'a.md': '', 'closed/b.md': '', 'open/c.md': '' });
    chmodSync(root, 0o755);
    chmodSync(join(root, 'closed'), 0);
    const walk = await unprivileged(() => walkTree(root));
    chmodSync(join(root, 'closed'), 0o755);
    assert.deepEqual(
      walk.skipped.map((row) => row.path),
      ['closed'],
    );
    assert.deepEqual(
      walk.files.map((file) => file.path),
      ['a.md', 'open/c.md'],
    );
  });
  it('stops at the depth limit, and says so', async () => {
    const root = make({ [`${Array.from({ length: 70 }, (_, at) => `d${at}`).join('/')}/a.md`]: '' });
    const walk = await walkTree(root);
    assert.equal(walk.files.length, 0);
    assert.match(walk.skipped[0]?.reason ?? '', /deeper than 64/);
  });
  it('is undefined for bytes that are no index', () => {
    for (const bytes of ['', 'DIRC', 'DIRC\0\0\0\x09aaaa', `DIRC\0\0\0\x02\0\0\0\x05${'x'.repeat(100)}`])
      assert.equal(readIndex(Buffer.from(bytes, 'latin1')), undefined);
  });
});
