import assert from 'node:assert/strict';
import { badgeOf, copyText, filterText, groupings, noFilter, treeOf } from '../../client/src/findings/model.ts';
import type { FindingRow, Grouping, Row } from '../../client/src/findings/model.ts';
import { finding, folder } from './data.ts';

const base = 'pkg:huggingface/org/base';
const findings = [
  finding({ path: 'README.md', line: 9, fingerprint: 'a', message: 'It says too much. Say less.', works: [base, 'local:.'] }),
  finding({ path: 'lib/train.py', line: 3, severity: 'warning', ruleId: 'noncommercial-data', fingerprint: 'b', works: [base] }),
  finding({ path: 'README.md', line: 2, severity: 'information', ruleId: 'unpinned-revision', fingerprint: 'c' }),
  finding({ path: 'm.gguf', key: 'general.license', line: 1, fingerprint: 'd' }),
  finding({ path: 'n.ipynb', cell: 1, line: 4, severity: 'warning', fingerprint: 'e' }),
];
const one = folder({ findings });

const groups = (by: Grouping, filter = noFilter, folders = [one]): readonly (readonly [string, number])[] =>
  treeOf(folders, by, filter).rows.map((row) => (row.kind === 'group' ? [row.label, row.count] : ['', 0]));

const leaves = (rows: readonly Row[]): readonly FindingRow[] => rows.flatMap((row) => (row.kind === 'group' ? leaves(row.rows) : [row]));

describe('the tree of findings', () => {
  it('groups by severity, by rule, by file and by work, the worst first', () => {
    assert.deepEqual(groups('severity'), [
      ['Errors', 2],
      ['Warnings', 2],
      ['Information', 1],
    ]);
    assert.deepEqual(groups('rule'), [
      ['licence-laundering', 3],
      ['noncommercial-data', 1],
      ['unpinned-revision', 1],
    ]);
    assert.deepEqual(groups('file'), [
      ['README.md', 2],
      ['m.gguf', 1],
      ['n.ipynb', 1],
      ['train.py', 1],
    ]);
    // A finding of two works stands under each.
    assert.deepEqual(groups('work'), [
      ['Of no single work', 3],
      ['org/base', 2],
      ['this repository', 1],
    ]);
  });

  it('begins a row with what tells it from its neighbours', () => {
    const row = (by: Grouping, fingerprint: string): FindingRow | undefined =>
      leaves(treeOf([one], by, noFilter).rows).find((each) => each.finding.fingerprint === fingerprint);
    assert.deepEqual([row('severity', 'a')?.label, row('severity', 'a')?.description], ['licence-laundering', 'README.md:9 · It says too much.']);
    assert.deepEqual([row('rule', 'a')?.label, row('rule', 'a')?.description], ['README.md:9', 'It says too much.']);
    assert.match(row('file', 'a')?.description ?? '', /^line 9 · /);
    assert.match(row('file', 'd')?.description ?? '', /^general\.license · /);
    assert.match(row('file', 'e')?.description ?? '', /^cell 2, line 4 · /);
    assert.match(row('severity', 'a')?.tooltip ?? '', /It says too much\. Say less\.[^]*licence-laundering · s\. 2 · evidence: catalogue/);
  });

  it('keeps files in the order of their lines', () => {
    const [readme] = treeOf([one], 'file', noFilter).rows;
    assert.deepEqual(
      leaves(readme ? [readme] : []).map(({ finding: { line } }) => line),
      [2, 9],
    );
  });

  it('gives each row an id of its own that outlives another reading', () => {
    for (const by of groupings) {
      const ids = (): readonly string[] => {
        const walk = (rows: readonly Row[]): readonly string[] => rows.flatMap((row) => [row.id, ...(row.kind === 'group' ? walk(row.rows) : [])]);
        return walk(treeOf([folder({ findings })], by, noFilter).rows);
      };
      assert.equal(new Set(ids()).size, ids().length, by);
      assert.deepEqual(ids(), ids(), by);
    }
  });

  it('is narrowed by severity and by words of the place, the rule, the message and the works', () => {
    const shown = (words: string, hidden: readonly ('error' | 'warning' | 'information')[] = []): number => treeOf([one], 'severity', { hidden, words }).shown;
    assert.deepEqual([shown(''), shown('', ['error']), shown('readme'), shown('README too much'), shown('org/base'), shown('nothing')], [5, 3, 2, 1, 2, 0]);
    const filter = { hidden: ['information'], words: 'x' } as const;
    assert.equal(filterText(treeOf([one], 'severity', filter), filter), '0 of 5: without information, with "x"');
    assert.equal(filterText(treeOf([one], 'severity', noFilter), noFilter), undefined);
  });

  it('puts folders above where there are several, and leaves out those without findings', () => {
    assert.deepEqual(groups('severity', noFilter, [one, folder({}, 'empty'), folder({ findings: findings.slice(0, 1) }, 'other')]), [
      ['w', 5],
      ['other', 1],
    ]);
  });

  it('shows hostile names as what they are', () => {
    const hostile = folder({
      findings: [finding({ path: 'a\u202ebc.md', ruleId: 'x'.repeat(1_000_000), message: '\u0007', works: ['__proto__', 'constructor'] })],
    });
    for (const by of groupings) {
      const text = JSON.stringify(
        treeOf([{ ...hostile, content: { ...hostile.content, summary: { ...hostile.content.summary, names: {} } } }], by, noFilter).rows,
        (key, value: unknown) => (key === 'finding' || key === 'folder' || key === 'id' || key === 'key' ? undefined : value),
      );
      assert.doesNotMatch(text, /\u202e|\\u0007/, by);
      assert.ok(text.length < 5_000, by);
    }
  });

  it('is made of thousands of findings at once', () => {
    const many = folder({ findings: Array.from({ length: 5_000 }, (_, at) => finding({ path: `f${at % 500}.py`, line: at + 1, fingerprint: String(at) })) });
    const started = performance.now();
    assert.equal(treeOf([many], 'file', noFilter).rows.length, 500);
    assert.ok(performance.now() - started < 1_000);
  });

  it('copies a finding as one line that says where, what and on which ground', () => {
    const [row] = leaves(treeOf([one], 'severity', noFilter).rows);
    assert.equal(row && copyText(row), 'README.md:9: error licence-laundering: It says too much. Say less. (s. 2, evidence: catalogue)');
  });

  it('counts on its icon what is to be decided', () => {
    assert.equal(badgeOf({ error: 0, warning: 0, information: 7 }), undefined);
    assert.deepEqual(badgeOf({ error: 1, warning: 2, information: 7 }), { value: 3, tooltip: '1 error, 2 warnings on licences and provenance' });
  });
});
