import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '../../server/src/host/store.ts';
import type { Store } from '../../server/src/host/store.ts';
import { createWorkspace } from '../../server/src/host/workspace.ts';
import type { Report } from '../../server/src/protocol/report.ts';
import { layOut } from '../support/cli.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { today } from '../support/repo.ts';

const tree = '--- README.md\n---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n--- a.py\nx = 1\n--- bad.yaml\na: [\n';
const longAgo = new Date('2026-01-01T00:00:00Z');

describe('what is kept between two audits', () => {
  const made: string[] = [];
  const folder = (): string => {
    const path = mkdtempSync(join(tmpdir(), 'pedigree-store-'));
    made.push(path);
    return path;
  };
  /** A tree whose files are older than the clock's ticks. */
  const settle = (root: string): string => {
    for (const name of readdirSync(root)) utimesSync(join(root, name), longAgo, longAgo);
    return root;
  };
  const lay = (): string => {
    const root = settle(layOut(tree));
    made.push(root);
    return root;
  };
  const audit = async (root: string, store?: Store): Promise<Report> => {
    const workspace = createWorkspace({ root, knowledge: testKnowledge(), version: '1', today: () => today, ...(store ? { store } : {}) });
    await workspace.scan();
    return workspace.analysis().report;
  };
  const storeIn = (path: string, version = '1'): Store => openStore(path, version, testKnowledge());
  after(() => made.forEach((path) => rmSync(path, { recursive: true, force: true })));

  it('gives the same report', async () => {
    const [root, kept] = [lay(), folder()];
    const first = await audit(root, storeIn(kept));
    assert.deepEqual(await audit(root, storeIn(kept)), first);
    assert.deepEqual(await audit(root), first);
    assert.ok(first.findings.length > 0);
  });

  it('reads no file again that has neither another size nor another time', async () => {
    const [root, kept] = [lay(), folder()];
    const first = await audit(root, storeIn(kept));
    const card = join(root, 'README.md');
    writeFileSync(card, readFileSync(card, 'utf8').replace('mit', 'isc'));
    settle(root);
    assert.deepEqual(await audit(root, storeIn(kept)), first);
  });

  it('reads a file that changed', async () => {
    const [root, kept] = [lay(), folder()];
    await audit(root, storeIn(kept));
    writeFileSync(join(root, 'README.md'), '---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B\n---\n');
    assert.deepEqual(await audit(root, storeIn(kept)), await audit(root));
  });

  it('forgets a file that is gone', async () => {
    const [root, kept] = [lay(), folder()];
    await audit(root, storeIn(kept));
    rmSync(join(root, 'README.md'));
    const report = await audit(root, storeIn(kept));
    assert.deepEqual(report, await audit(root));
    assert.equal(storeIn(kept).load(root).has('README.md'), false);
  });

  it('keeps no file that changed a moment ago', async () => {
    const [root, kept] = [layOut(tree), folder()];
    made.push(root);
    await audit(root, storeIn(kept));
    assert.equal(storeIn(kept).load(root).size, 0);
  });

  it('is nothing for another version, another tree, or when it was damaged', async () => {
    const [root, kept] = [lay(), folder()];
    await audit(root, storeIn(kept));
    assert.equal(storeIn(kept).load(root).size, 3);
    assert.equal(storeIn(kept, '2').load(root).size, 0);
    assert.equal(storeIn(kept).load(lay()).size, 0);
    const file = join(kept, readdirSync(kept)[0] ?? '');
    assert.equal(statSync(file).mode & 0o777, 0o600);
    const bytes = readFileSync(file);
    for (const damaged of [bytes.subarray(0, bytes.length >> 1), Buffer.from('[]'), Buffer.alloc(0)]) {
      writeFileSync(file, damaged);
      assert.equal(storeIn(kept).load(root).size, 0);
    }
  });

  describe('of a tree with many files', () => {
    const many = `${tree}${Array.from({ length: 30 }, (_, at) => `--- m${at}.py\nx = ${at}\n`).join('')}`;
    const changed = '---\nlicense: llama3.1\nbase_model: meta-llama/Llama-3.1-8B\n---\n';
    const loading = 'from transformers import AutoModel\nm = AutoModel.from_pretrained("meta-llama/Llama-3.1-8B")\n';
    /** The tree, what is kept of it, and the files of that: all that there is, then what changed. */
    const kept = async (): Promise<{ root: string; at: string; all: () => string; since: () => string[] }> => {
      const [root, at] = [settle(layOut(many)), folder()];
      made.push(root);
      await audit(root, storeIn(at));
      const ending = (end: string): string[] => readdirSync(at).flatMap((name) => (name.endsWith(end) ? [join(at, name)] : []));
      return { root, at, all: () => ending('.facts').map((file) => readFileSync(file, 'latin1'))[0] ?? '', since: () => ending('.since') };
    };
    const edit = (root: string, name: string, text?: string): void => {
      if (text === undefined) rmSync(join(root, name));
      else writeFileSync(join(root, name), text);
      settle(root);
    };
    const steps: readonly (readonly [string, (root: string) => void])[] = [
      ['a card that says something else', (root) => edit(root, 'README.md', changed)],
      ['a file that is gone', (root) => edit(root, 'README.md')],
      ['a file that comes, the first of all', (root) => edit(root, 'A.py', loading)],
      ['a file that says nothing any more', (root) => edit(root, 'README.md', 'Nothing.\n')],
    ];

    for (const [what, step] of steps)
      it(`writes alone what changed: ${what}`, async () => {
        const { root, at, all, since } = await kept();
        const before = all();
        assert.deepEqual(since(), []);
        step(root);
        const fresh = await audit(root);
        assert.deepEqual(await audit(root, storeIn(at)), fresh);
        assert.equal(since().length, 1);
        assert.equal(all(), before);
        assert.deepEqual(await audit(root, storeIn(at)), fresh);
        assert.deepEqual([...storeIn(at).load(root).keys()].toSorted(), readdirSync(root).toSorted());
      });

    it('remembers each of several changes, one after the other', async () => {
      const { root, at, all } = await kept();
      const before = all();
      for (const [, step] of steps.slice(2)) {
        step(root);
        assert.deepEqual(await audit(root, storeIn(at)), await audit(root));
      }
      assert.equal(all(), before);
      assert.ok(storeIn(at).load(root).get('A.py')?.facts.length);
    });

    it('writes all anew when much changed', async () => {
      const { root, at, all, since } = await kept();
      const before = all();
      edit(root, 'README.md', changed);
      await audit(root, storeIn(at));
      for (const name of ['m1.py', 'm2.py', 'm3.py']) edit(root, name, 'import os\n');
      assert.deepEqual(await audit(root, storeIn(at)), await audit(root));
      assert.notEqual(all(), before);
      assert.deepEqual(since(), []);
    });

    it('takes changes that were damaged, or belong to others, for none', async () => {
      const { root, at, since } = await kept();
      edit(root, 'README.md', changed);
      const fresh = await audit(root, storeIn(at));
      const [file = ''] = since();
      const bytes = readFileSync(file);
      const others = Buffer.from(
        bytes.toString('latin1').replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, (id) => id.replaceAll(/\w/g, '0')),
        'latin1',
      );
      for (const damaged of [bytes.subarray(0, bytes.length >> 1), others, Buffer.from('[]'), Buffer.alloc(0)]) {
        writeFileSync(file, damaged);
        assert.equal(storeIn(at).load(root).size, 33);
        assert.deepEqual(await audit(root, storeIn(at)), fresh);
      }
    });

    it('takes nothing for unchanged that changed a moment ago', async () => {
      const { root, at } = await kept();
      writeFileSync(join(root, 'README.md'), changed);
      await audit(root, storeIn(at));
      assert.ok(Number.isNaN(storeIn(at).load(root).get('README.md')?.modified));
      assert.deepEqual(await audit(root, storeIn(at)), await audit(root));
    });
  });

  it('does without a folder that cannot be made', async () => {
    const root = lay();
    const report = await audit(root, storeIn(join(root, 'README.md', 'x')));
    assert.deepEqual(report, await audit(root));
  });
});
