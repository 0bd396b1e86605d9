import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, mkdtempSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { walkTree } from '../../server/src/host/walk.ts';
import type { Report } from '../../server/src/protocol/report.ts';
import { limits } from '../../server/src/text/limits.ts';
import { cpuTime } from '../support/time.ts';
import { card, makeTree, more, openTree, removeTrees } from './support.ts';

const audit = (root: string): { readonly code: number | null; readonly report: Report } => {
  const run = spawnSync(process.execPath, ['dist/cli.js', 'audit', '--format', 'json', '--fail-on', 'never', '--require-complete', root], {
    encoding: 'utf8',
    maxBuffer: 1 << 29,
  });
  return { code: run.status, report: JSON.parse(run.stdout) as Report };
};

describe('hostile trees', function () {
  this.timeout(120_000);
  after(removeTrees);

  it('R10: a tree of a thousand folders in folders ends at the limit, and says so', () => {
    const root = mkdtempSync(join(tmpdir(), 'pedigree-deep-'));
    // A path of this length can only be made step by step.
    const made = spawnSync(
      process.execPath,
      ['-e', "const fs=require('fs');for(let i=0;i<1000;i+=1){fs.mkdirSync('d');process.chdir('d')}fs.writeFileSync('README.md','x')"],
      { cwd: root },
    );
    assert.equal(made.status, 0);
    const { code, report } = audit(root);
    spawnSync('rm', ['-rf', root]);
    assert.equal(code, 3);
    assert.deepEqual(report.skipped, [
      { path: Array.from({ length: limits.treeDepth + 1 }, () => 'd').join('/'), reason: `deeper than ${limits.treeDepth} folders` },
    ]);
  });

  it('R10: many empty folders, and many files in one, take time in proportion', async () => {
    const some = 600 * Math.min(more, 25);
    const times: number[] = [];
    for (const count of [some, some * 4]) {
      const root = makeTree({ 'README.md': card });
      for (let at = 0; at < count; at += 1) mkdirSync(join(root, `e${at}`));
      for (let at = 0; at < count; at += 1) writeFileSync(join(root, `f${at}.txt`), 'x');
      const started = cpuTime();
      const walk = await walkTree(root);
      times.push(cpuTime() - started);
      assert.equal(walk.files.length, count + 1);
      rmSync(root, { recursive: true });
    }
    const [small = 0, large = 0] = times;
    assert.ok(large < 1_000 || large < small * 10, `${small.toFixed(0)} ms, four times as many ${large.toFixed(0)} ms`);
  });

  it('R10: a folder that is closed is named, and the rest is read', async function () {
    if (process.platform === 'win32' || process.geteuid?.() === 0) this.skip();
    const root = makeTree({ 'README.md': card, 'closed/README.md': card });
    chmodSync(join(root, 'closed'), 0);
    const { report } = audit(root);
    chmodSync(join(root, 'closed'), 0o755);
    assert.ok(report.skipped.some(({ path }) => path === 'closed'));
    assert.ok(report.findings.some(({ path }) => path === 'README.md'));
  });

  it('R10: sixty-four open files are enough', function () {
    if (process.platform === 'win32') this.skip();
    const root = makeTree(Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`d${at % 7}/f${at}.md`, card])));
    const run = spawnSync('sh', ['-c', 'ulimit -n 64; exec "$0" dist/cli.js audit --format json --fail-on never "$1"', process.execPath, root], {
      encoding: 'utf8',
      maxBuffer: 1 << 28,
    });
    assert.equal(run.status, 0, run.stderr.slice(0, 500));
    const report = JSON.parse(run.stdout) as Report;
    assert.deepEqual([report.summary.read, report.skipped], [600, []]);
  });

  it('R10: files that vanish, shrink, grow and turn into folders while they are read are no failure', async () => {
    const root = makeTree(Object.fromEntries(Array.from({ length: 400 }, (_, at) => [`f${String(at).padStart(3, '0')}.md`, card])));
    const workspace = openTree(root);
    let touched = false;
    const done = await workspace.scan({
      isCancelled: () => {
        if (touched) return false;
        touched = true;
        for (let at = 0; at < 400; at += 1) {
          const path = join(root, `f${String(at).padStart(3, '0')}.md`);
          if (at % 5 === 0) unlinkSync(path);
          else if (at % 5 === 1) writeFileSync(path, '');
          else if (at % 5 === 2) appendFileSync(path, card.repeat(50));
          else if (at % 5 === 3) {
            unlinkSync(path);
            mkdirSync(path);
          }
        }
        return false;
      },
    });
    assert.equal(done, true);
    assert.ok(workspace.analysis().report.summary.read >= 160);
    await workspace.scan();
    assert.equal(workspace.files(), 240);
  });

  it('R10: a file that is gone between the list and the reading is said to be unreadable', async () => {
    let named = 0;
    for (const moment of [1, 2, 3, 4, 8, 16, 32, 64, 66, 96]) {
      const root = makeTree(Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`f${String(at).padStart(2, '0')}.md`, card])));
      const workspace = openTree(root);
      let asked = 0;
      await workspace.scan({
        isCancelled: () => {
          asked += 1;
          if (asked === moment) unlinkSync(join(root, 'f59.md'));
          return false;
        },
      });
      const { skipped, summary } = workspace.analysis().report;
      if (skipped.some(({ path, reason }) => path === 'f59.md' && reason === 'not readable')) named += 1;
      assert.equal(summary.complete, skipped.length === 0);
      assert.ok(workspace.files() >= 59);
    }
    assert.ok(named > 0);
  });
});
