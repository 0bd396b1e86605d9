import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { remotesOf } from '../../server/src/host/remotes.ts';
import { walkTree } from '../../server/src/host/walk.ts';
import { createWorkspace } from '../../server/src/host/workspace.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { today } from '../support/repo.ts';

const roots: string[] = [];
const make = (files: Readonly<Record<string, string>>): string => {
  const root = mkdtempSync(join(tmpdir(), 'pedigree-surroundings-'));
  roots.push(root);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
};

const dangling = async (root: string): Promise<readonly string[]> => {
  const workspace = createWorkspace({ root, knowledge: testKnowledge(), version: '0', today: () => today });
  await workspace.scan();
  return workspace
    .analysis()
    .report.findings.filter((finding) => finding.ruleId === 'dangling-licence-reference')
    .map((finding) => `${finding.path}:${finding.line}`);
};

describe('what lies beside the files that are read', () => {
  after(() => roots.forEach((root) => rmSync(root, { recursive: true, force: true })));

  it('are links that lead elsewhere, empty folders and folders that tools write', async () => {
    const root = make({ 'a.md': '', 'node_modules/x/LICENSE': '' });
    mkdirSync(join(root, 'submodule'));
    symlinkSync('/', join(root, 'all'));
    symlinkSync('nothing', join(root, 'broken'));
    assert.deepEqual((await walkTree(root)).unread, ['all', 'broken', 'node_modules', 'submodule']);
  });

  it('is not said to be absent', async () => {
    const root = make({ 'README.md': '[License](sub/LICENSE)\n[License](LICENSE)\n[License](other/LICENSE)\n[License](COPYING)\n' });
    mkdirSync(join(root, 'sub'));
    symlinkSync('../LICENSE', join(root, 'LICENSE'));
    symlinkSync('/', join(root, 'other'));
    assert.deepEqual(await dangling(root), ['README.md:4']);
  });

  it('is not known for a document that was opened alone', async () => {
    const root = make({});
    const workspace = createWorkspace({ root, knowledge: testKnowledge(), version: '0', today: () => today });
    workspace.setOverlay('README.md', '[License](LICENSE)\n');
    assert.equal(workspace.analysis().report.findings.filter((finding) => finding.ruleId === 'dangling-licence-reference').length, 0);
    await workspace.scan();
    assert.equal(workspace.analysis().report.findings.filter((finding) => finding.ruleId === 'dangling-licence-reference').length, 1);
  });

  it('is where it was cloned from, without what is secret', async () => {
    const root = make({
      '.git/config':
        '[core]\n\turl = x\n[remote "origin"]\n\turl = https://me:secret@github.com/OtterLab/otter.git\n\tfetch = +refs\n[remote "up"]\n\turl = git@github.com:somelab/otter\n',
      'README.md': '[License](https://github.com/otterlab/otter/blob/main/LICENSE)\n[License](https://github.com/beaverlab/dam/blob/main/LICENSE)\n',
    });
    assert.deepEqual(remotesOf(root), ['github.com/otterlab/otter', 'github.com/somelab/otter']);
    assert.deepEqual(await dangling(root), ['README.md:1']);
    assert.deepEqual(remotesOf(make({})), []);
    assert.deepEqual(remotesOf(make({ '.git': 'gitdir: ../x' })), []);
  });
});
