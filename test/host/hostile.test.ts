import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { applyFix } from '../../server/src/host/apply.ts';
import { inside } from '../../server/src/host/content.ts';
import { openPolicy } from '../../server/src/host/policy.ts';
import { isScanned, walkTree } from '../../server/src/host/walk.ts';
import { createWorkspace } from '../../server/src/host/workspace.ts';
import type { Workspace } from '../../server/src/host/workspace.ts';
import { digest } from '../../server/src/text/digest.ts';
import { testKnowledge } from '../support/knowledge.ts';

const card = '---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n';

describe('a hostile or moving tree', () => {
  const made: string[] = [];
  const make = (files: Readonly<Record<string, string | Uint8Array>>): string => {
    const root = mkdtempSync(join(tmpdir(), 'pedigree-hostile-'));
    made.push(root);
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), content);
    }
    return root;
  };
  const open = (root: string): Workspace => createWorkspace({ root, knowledge: testKnowledge(), version: '0', today: () => '2026-11-24' });
  after(() => made.forEach((root) => rmSync(root, { recursive: true, force: true })));

  it('keeps what it knows when a scan is cancelled', async () => {
    const workspace = open(make({ 'README.md': card }));
    assert.equal(await workspace.scan(), true);
    assert.equal(await workspace.scan({ isCancelled: () => true }), false);
    assert.equal(workspace.files(), 1);
    assert.ok(workspace.analysis().report.findings.length > 0);
  });
  it('keeps a file that is written during a scan', async () => {
    const root = make({ 'a.md': '# a\n' });
    const workspace = open(root);
    await workspace.scan();
    const scanning = workspace.scan();
    writeFileSync(join(root, 'README.md'), card);
    await workspace.fileChanged('README.md');
    await scanning;
    assert.ok(workspace.artefact('README.md'));
  });
  it('lives on when its root is gone', async () => {
    const root = make({ 'README.md': card });
    const workspace = open(root);
    await workspace.scan();
    renameSync(root, `${root}-gone`);
    made.push(`${root}-gone`);
    assert.doesNotThrow(() => workspace.setOverlay('new.md', card));
    assert.doesNotThrow(() => workspace.analysis());
    await assert.doesNotReject(workspace.fileChanged('README.md'));
    assert.equal(isScanned(root, 'README.md'), false);
  });
  it('never reads through a link that leads outside, when it appears later either', async () => {
    const other = make({ 'README.md': card });
    const root = make({ 'a.md': '# a\n' });
    const workspace = open(root);
    await workspace.scan();
    symlinkSync(join(other, 'README.md'), join(root, 'README.md'));
    symlinkSync(other, join(root, 'sub'));
    for (const path of ['README.md', 'sub/README.md']) {
      await workspace.fileChanged(path);
      assert.equal(workspace.artefact(path), undefined, path);
    }
  });
  it('opens no device and no pipe for its policy and its ignore files', async () => {
    const root = make({ '.git/HEAD': '', 'README.md': card });
    symlinkSync('/dev/zero', join(root, 'pedigree.yaml'));
    symlinkSync('/dev/zero', join(root, '.gitignore'));
    assert.match(openPolicy(root).problems[0]?.message ?? '', /leads out of the folder/);
    assert.deepEqual((await walkTree(root)).skipped, [{ path: '.gitignore', reason: 'leads out of the folder' }]);
    rmSync(join(root, 'pedigree.yaml'));
    execFileSync('mkfifo', [join(root, 'pedigree.yaml')]);
    assert.match(openPolicy(root).problems[0]?.message ?? '', /no regular file/);
  });
  it('follows no link of a shared policy out of the tree', () => {
    const secret = make({ 'secret.txt': 'secret_token: hunter2\n', 'pedigree.yaml': 'secret_token: hunter2\n' });
    for (const target of ['secret.txt', 'pedigree.yaml']) {
      const root = make({ 'pedigree.yaml': 'extends: shared/pedigree.yaml\n' });
      mkdirSync(join(root, 'shared'));
      symlinkSync(join(secret, target), join(root, 'shared/pedigree.yaml'));
      const { problems } = openPolicy(root);
      assert.ok(problems.length > 0 && !JSON.stringify(problems).includes('secret_token'), JSON.stringify(problems));
    }
    const root = make({ 'company/pedigree.yaml': 'rules: { unpinned-revision: off }\n', 'repo/pedigree.yaml': 'extends: ../company/pedigree.yaml\n' });
    assert.deepEqual(openPolicy(join(root, 'repo')).rules, { 'unpinned-revision': 'off' });
  });
  it('tells capitals apart in ignore files, as git does', async () => {
    const root = make({ '.gitignore': 'data/\n', 'Data/README.md': card });
    execFileSync('git', ['init', '-q'], { cwd: root });
    assert.ok((await walkTree(root)).files.some((file) => file.path === 'Data/README.md'));
  });
  it('drops what a folder held when the folder goes', async () => {
    const root = make({ 'a.md': '# a\n', 'sub/deep/README.md': card });
    const workspace = open(root);
    await workspace.scan();
    rmSync(join(root, 'sub'), { recursive: true });
    assert.equal(await workspace.fileChanged('sub'), true);
    assert.equal(workspace.files(), 1);
  });
  it('honours what a clone leaves out for itself', async () => {
    const root = make({ 'README.md': card, 'priv/README.md': card });
    execFileSync('git', ['init', '-q'], { cwd: root });
    writeFileSync(join(root, '.git/info/exclude'), 'priv/\n');
    assert.deepEqual(
      (await walkTree(root)).files.map((file) => file.path),
      ['README.md'],
    );
    assert.deepEqual([isScanned(root, 'README.md'), isScanned(root, 'priv/README.md')], [true, false]);
  });
  it('reads the same of a text over the limit, open and closed', async () => {
    const text = `${'字'.repeat(400_000)}\n\nThe model weights are released under the CC BY-NC 4.0 license.\n`;
    const workspace = open(make({ 'README.md': text, 'pyproject.toml': '[project]\nname = "x"\nlicense = "MIT"\n' }));
    await workspace.scan();
    const closed = JSON.stringify(workspace.analysis().report);
    workspace.setOverlay('README.md', text);
    assert.equal(JSON.stringify(workspace.analysis().report), closed);
  });

  const edit = (hash: string) => ({
    title: 'x',
    safe: true,
    preferred: false,
    creates: [],
    edits: [{ path: 'README.md', hash, cell: null, line: 1, column: 1, endLine: 1, endColumn: 2, text: 'b' }],
  });
  it('writes back no text that it could not read exactly', () => {
    const bytes = Buffer.from('a Mod\xe8le\n', 'latin1');
    const root = make({ 'README.md': bytes });
    const done = applyFix(root, edit(digest(bytes)));
    assert.equal(done.ok, false);
    assert.deepEqual(readFileSync(join(root, 'README.md')), bytes);
    const notice = { title: 'x', safe: false, preferred: false, edits: [], creates: [{ path: 'README.md', text: 'line\n', append: true }] };
    assert.equal(applyFix(root, notice).ok, false);
  });
  it('writes through no link that leads nowhere', () => {
    const root = make({ 'a.md': '' });
    const target = `${root}-outside`;
    symlinkSync(target, join(root, 'NOTICE'));
    assert.equal(inside(root, 'NOTICE'), undefined);
    assert.equal(applyFix(root, { title: 'x', safe: false, preferred: false, edits: [], creates: [{ path: 'NOTICE', text: 'x\n', append: true }] }).ok, false);
    assert.equal(existsSync(target), false);
  });
});
