import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Merged } from '../../server/src/report/merge.ts';
import { layOut, pedigree } from '../support/cli.ts';

const card = (licence: string): string => `--- README.md\n---\nlicense: ${licence}\nbase_model: meta-llama/Llama-3.1-8B\n---\n`;

describe('pedigree merge', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'pedigree-merge-'));
  const roots = [layOut(card('mit')), layOut(card('llama3.1'))];
  const reports = roots.map((_, number) => join(folder, `repo${number}.json`));
  const bad = join(folder, 'bad.json');
  before(() => {
    for (const [number, root] of roots.entries()) pedigree('audit', root, '--format', 'json', '--output', reports[number] ?? '', '--fail-on', 'never');
    writeFileSync(bad, '{"schemaVersion":1}');
  });
  after(() => [folder, ...roots].forEach((path) => rmSync(path, { recursive: true, force: true })));

  it('joins what audits said', () => {
    const merged = JSON.parse(pedigree('merge', '--format', 'json', ...reports).out) as Merged;
    assert.deepEqual(
      merged.repositories.map(({ name, findings }) => [name, findings.error > 0]),
      [
        ['repo0', true],
        ['repo1', false],
      ],
    );
    const llama = merged.works.find(({ id }) => id === 'pkg:huggingface/meta-llama/Llama-3.1-8B');
    assert.deepEqual([llama?.licence, llama?.usedBy.length], ['LicenseRef-llama-3.1-community', 2]);
    assert.ok(merged.obligations.some(({ open, unseen, met }) => open.length + unseen.length + met.length === 2));
  });
  it('is Markdown for people', () =>
    assert.match(pedigree('merge', `one=${reports[0] ?? ''}`).out, /^# Works and obligations of 1 repository\n[\s\S]*\| one \| 1 \|/));
  it('writes a file', () => {
    const output = join(folder, 'all.html');
    assert.equal(pedigree('merge', ...reports, '--format', 'html', '--output', output).code, 0);
    assert.match(readFileSync(output, 'utf8'), /^<!doctype html>/i);
  });

  const refused: readonly (readonly [string, () => readonly string[], RegExp])[] = [
    ['no report', () => [], /at least one/],
    ['a file that is not there', () => [join(folder, 'absent.json')], /cannot be read: ENOENT/],
    ['another JSON file', () => [bad], /no JSON report/],
    ['two of one name', () => [...reports, reports[0] ?? ''], /two reports are called "repo0"/],
    ['an unknown format', () => [...reports, '--format', 'pdf'], /--format takes/],
  ];
  for (const [title, words, message] of refused)
    it(`refuses ${title}`, () => {
      const run = pedigree('merge', ...words());
      assert.equal(run.code, 2);
      assert.match(run.err, message);
    });
});
