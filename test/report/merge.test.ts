import assert from 'node:assert/strict';
import type { Obligation, Report, ReportWork } from '../../server/src/protocol/report.ts';
import { markdownOf } from '../../server/src/report/markdown.ts';
import { mergeReports, mergedBlocks } from '../../server/src/report/merge.ts';

const work = (id: string, licence: string | null): ReportWork => ({
  id,
  kind: 'model',
  licence,
  binds: licence === null ? [] : [licence],
  evidence: null,
  source: null,
  asOf: null,
  confidence: null,
  path: 'README.md',
  line: 2,
});
const duty = (met: boolean | null, of = 'hub:acme/base'): Obligation => ({
  work: of === 'hub:acme/base' ? 'local:.' : of,
  source: 'hub:acme/base',
  licence: 'MIT',
  clause: 's. 1',
  duty: 'keep the notice',
  met,
  at: null,
});
const report = (knowledge: string, works: readonly ReportWork[], obligations: readonly Obligation[] = []): Report => ({
  schemaVersion: 1,
  tool: { name: 'pedigree', version: '1' },
  root: '.',
  inputs: { knowledge, cache: false, hub: false, policy: null },
  summary: { files: 1, read: 1, works: { known: 1, unknown: 0 }, findings: { error: 0, warning: 1, information: 0 }, suppressed: 0, complete: true },
  works,
  relations: [],
  obligations,
  publishable: [{ work: 'local:.', as: ['MIT'], why: 'it says so' }],
  findings: [],
  suppressed: [],
  skipped: [],
});

describe('reports of many repositories', () => {
  const a = { name: 'a', report: report('2026-01-01', [work('hub:acme/base', null), work('local:.', 'MIT')], [duty(true)]) };
  const b = { name: 'b', report: report('2026-02-01', [work('hub:acme/base', 'MIT')], [duty(null), duty(false, 'local:x')]) };
  const merged = mergeReports([b, a]);

  it('say of each work who uses it, and leave out those of the repositories', () =>
    assert.deepEqual(
      merged.works.map(({ id, usedBy }) => [id, usedBy.map(({ repository }) => repository)]),
      [['hub:acme/base', ['a', 'b']]],
    ));
  it('take the terms of the newest facts', () => assert.equal(merged.works[0]?.licence, 'MIT'));
  it('say once what is owed, and where it is open', () =>
    assert.deepEqual(
      merged.obligations.map(({ open, unseen, met }) => [open, unseen, met]),
      [[['b'], [], ['a']]],
    ));
  it('are the same in any order', () => assert.deepEqual(mergeReports([a, b]), merged));
  it('keep what a repository may be published as', () => assert.deepEqual(merged.repositories[0]?.publishable?.as, ['MIT']));
  it('are a document in which names are text', () => {
    const text = markdownOf(mergedBlocks(mergeReports([{ ...a, name: '[x](http://e.org) | <b>' }])));
    assert.doesNotMatch(text, /[^\\](?:\]\(|<b>)/);
    assert.match(text, /keep the notice/);
  });
});
