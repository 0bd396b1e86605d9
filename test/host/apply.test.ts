import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applyFix } from '../../server/src/host/apply.ts';
import { readPolicy } from '../../server/src/policy/read.ts';
import type { Fix } from '../../server/src/protocol/report.ts';
import { digest } from '../../server/src/text/digest.ts';

const fixOf = (over: Partial<Fix>): Fix => ({ title: 't', safe: true, preferred: false, edits: [], creates: [], ...over });

describe('applying fixes', () => {
  let root = '';
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'pedigree-apply-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  const edit = (path: string, content: string, line: number, column: number, endColumn: number, text: string) => ({
    path,
    hash: digest(Buffer.from(content)),
    cell: null,
    line,
    column,
    endLine: line,
    endColumn,
    text,
  });

  it('keeps line ends and the byte order mark', () => {
    const content = '\uFEFF---\r\nlicense: MIT\r\n---\r\n';
    writeFileSync(join(root, 'a.md'), content);
    assert.ok(applyFix(root, fixOf({ edits: [edit('a.md', content, 2, 10, 13, 'mit')] })).ok);
    assert.equal(readFileSync(join(root, 'a.md'), 'utf8'), '\uFEFF---\r\nlicense: mit\r\n---\r\n');
  });
  it('counts columns in UTF-16 units', () => {
    const content = '😀 MIT\n';
    writeFileSync(join(root, 'a.md'), content);
    assert.ok(applyFix(root, fixOf({ edits: [edit('a.md', content, 1, 4, 7, 'mit')] })).ok);
    assert.equal(readFileSync(join(root, 'a.md'), 'utf8'), '😀 mit\n');
  });
  it('refuses a file that has moved on', () => {
    writeFileSync(join(root, 'a.md'), 'new');
    assert.deepEqual(applyFix(root, fixOf({ edits: [edit('a.md', 'old', 1, 1, 2, 'x')] })), { ok: false, reason: 'a.md has changed since it was read' });
  });
  for (const path of ['../outside.md', '/etc/outside.md', 'link/outside.md']) {
    it(`refuses ${path}`, () => {
      symlinkSync(tmpdir(), join(root, 'link'));
      assert.match((applyFix(root, fixOf({ creates: [{ path, text: 'x', append: true }] })) as { reason: string }).reason, /outside/);
    });
  }
  it('adds to a file once', () => {
    writeFileSync(join(root, 'NOTICE'), 'a');
    const fix = fixOf({ creates: [{ path: 'NOTICE', text: 'b\n', append: true }] });
    assert.ok(applyFix(root, fix).ok && applyFix(root, fix).ok);
    assert.equal(readFileSync(join(root, 'NOTICE'), 'utf8'), 'a\nb\n');
  });
  it('adds to the list of a policy that is there', () => {
    writeFileSync(join(root, 'pedigree.yaml'), 'works:\n  - { id: "local:a", licence: MIT }\nrules: {}\n');
    const fix = fixOf({ creates: [{ path: 'pedigree.yaml', text: 'works:\n  - { id: "local:b", licence: ISC }\n', append: true }] });
    assert.ok(applyFix(root, fix).ok);
    const { works } = readPolicy(readFileSync(join(root, 'pedigree.yaml'), 'utf8'), 'pedigree.yaml', '');
    assert.deepEqual(
      works.map(({ id, licence }) => [id, licence]),
      [
        ['local:a', 'MIT'],
        ['local:b', 'ISC'],
      ],
    );
    writeFileSync(join(root, 'pedigree.yaml'), 'works: [\n');
    assert.match((applyFix(root, fix) as { reason: string }).reason, /cannot take it/);
  });
  it('never writes over a file that it was to create', () => {
    writeFileSync(join(root, 'NOTICE'), 'a');
    assert.equal(applyFix(root, fixOf({ creates: [{ path: 'NOTICE', text: 'b\n', append: false }] })).ok, false);
  });
});
