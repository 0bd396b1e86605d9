import { Ajv2020 } from 'ajv/dist/2020.js';
import { addFormats } from '../support/ajv-formats.ts';
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding, Report, Suppressed } from '../../server/src/protocol/report.ts';
import { notebookLines } from '../../server/src/report/notebook-lines.ts';
import { sarifOf } from '../../server/src/report/sarif.ts';
import type { SarifOptions } from '../../server/src/report/sarif.ts';
import { rules } from '../../server/src/rules/index.ts';
import { finding, report } from '../client/data.ts';
import { multitool, published } from '../support/published.ts';
import { analyseFiles, parseRepo } from '../support/repo.ts';

const options: SarifOptions = { rules, lineOfCell: () => 40, problems: [], home: 'https://example.org/pedigree' };

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly baselineState?: string;
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly unknown[];
  readonly relatedLocations?: readonly unknown[];
  readonly fixes?: readonly unknown[];
  readonly suppressions?: readonly unknown[];
}
interface Run {
  readonly results: readonly Result[];
  readonly columnKind: string;
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string; readonly helpUri: string; readonly help: object }[] } };
  readonly invocations: readonly { readonly toolExecutionNotifications?: readonly unknown[]; readonly toolConfigurationNotifications?: readonly unknown[] }[];
}

const runOf = (made: Report, more: Partial<SarifOptions> = {}): Run =>
  (JSON.parse(sarifOf(made, { ...options, ...more })) as { readonly runs: readonly [Run] }).runs[0];
const resultOf = (part: Partial<Finding>, more: Partial<SarifOptions> = {}): Result => runOf(report({ findings: [finding(part)] }), more).results[0] as Result;
const heldOf = (part: Partial<Suppressed>): Result =>
  runOf(report({ suppressed: [{ ruleId: 'copied-code', path: 'a.py', line: 2, by: 'comment', reason: 'ours', message: 'Why.', fingerprint: 'f', ...part }] }))
    .results[0] as Result;

const place = { path: 'b.py', line: 3, column: 1, endLine: 3, endColumn: 9, cell: null };
const edit = { path: 'b.py', hash: 'h', cell: null, line: 3, column: 1, endLine: 3, endColumn: 4, text: 'mit' };
const fix = { title: 'Mend', safe: true, preferred: true, edits: [edit], creates: [] };
const at = (uri: string, region: object): object => ({ physicalLocation: { artifactLocation: { uri, uriBaseId: '%SRCROOT%' }, region } });

const everything = report({
  findings: [
    finding({ related: [{ ...place, message: 'from here' }], fixes: [fix] }),
    finding({ severity: 'warning', path: 'a b#%ü.ipynb', cell: 2 }),
    finding({ severity: 'information', path: 'm.gguf', key: 'general.license', message: 'See [this](1) \u202e.' }),
  ],
  suppressed: [
    { ruleId: 'copied-code', path: 'a.py', line: 2, by: 'comment', reason: 'ours', message: 'Why.', fingerprint: 'g' },
    { ruleId: 'copied-code', path: 'a.py', line: 2, by: 'pedigree.yaml', reason: 'ours', message: 'Why.', fingerprint: 'h' },
  ],
  skipped: [
    { path: 'big.json', reason: 'larger than 1 MB' },
    { path: '.', reason: 'too many files' },
  ],
});
const policy = [
  { path: 'pedigree.yaml', line: 2, message: 'unknown key' },
  { path: '../up.yaml', line: 1, message: 'not readable' },
];

const cases: readonly (readonly [string, () => unknown, unknown])[] = [
  ['columns in UTF-16 units', () => runOf(everything).columnKind, 'utf16CodeUnits'],
  ['the level of an error', () => resultOf({}).level, 'error'],
  ['the level of a warning', () => resultOf({ severity: 'warning' }).level, 'warning'],
  ['the level of information', () => resultOf({ severity: 'information' }).level, 'note'],
  ['a place', () => resultOf({}).locations, [at('README.md', { startLine: 2, startColumn: 10, endLine: 2, endColumn: 13 })]],
  [
    'a name that a URI has to escape',
    () => resultOf({ path: 'a b/#%ü.py' }).locations,
    [at('a%20b/%23%25%C3%BC.py', { startLine: 2, startColumn: 10, endLine: 2, endColumn: 13 })],
  ],
  [
    'a cell, at the line of the file',
    () => resultOf({ cell: 2 }).locations,
    [{ ...at('README.md', { startLine: 40 }), logicalLocations: [{ name: 'cell 3, line 2', kind: 'element' }] }],
  ],
  ['a cell that is not found', () => resultOf({ cell: 2 }, { lineOfCell: () => undefined }).locations.length, 1],
  [
    'a key of a binary file',
    () => resultOf({ key: 'general.license' }).locations,
    [{ ...at('README.md', { startLine: 1 }), logicalLocations: [{ name: 'general.license', kind: 'member' }] }],
  ],
  [
    'the way along the lineage',
    () => resultOf({ related: [{ ...place, message: 'from here' }] }).relatedLocations,
    [{ id: 0, ...at('b.py', { startLine: 3, startColumn: 1, endLine: 3, endColumn: 9 }), message: { text: 'from here' } }],
  ],
  ['a fingerprint of our own', () => resultOf({}).partialFingerprints, { 'pedigreeFinding/v1': 'f' }],
  [
    'a safe fix',
    () => resultOf({ fixes: [fix] }).fixes,
    [
      {
        description: { text: 'Mend' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'b.py', uriBaseId: '%SRCROOT%' },
            replacements: [{ deletedRegion: { startLine: 3, startColumn: 1, endLine: 3, endColumn: 4 }, insertedContent: { text: 'mit' } }],
          },
        ],
      },
    ],
  ],
  ['no fix that somebody has to decide', () => resultOf({ fixes: [{ ...fix, safe: false }] }).fixes, undefined],
  ['no fix inside a cell', () => resultOf({ fixes: [{ ...fix, edits: [{ ...edit, cell: 0 }] }] }).fixes, undefined],
  ['no fix that makes a file', () => resultOf({ fixes: [{ ...fix, creates: [{ path: 'x', text: 'y', append: false }] }] }).fixes, undefined],
  [
    'what a comment holds back, with its reason',
    () => heldOf({}).suppressions,
    [{ kind: 'inSource', status: 'accepted', justification: 'ours', location: at('a.py', { startLine: 2 }) }],
  ],
  [
    'what the policy accepts, with its reason',
    () => heldOf({ by: 'pedigree.yaml' }).suppressions,
    [{ kind: 'external', status: 'accepted', justification: 'ours (pedigree.yaml)' }],
  ],
  ['nothing of an earlier report where there is none', () => resultOf({}).baselineState, undefined],
  ['what is new', () => resultOf({}, { known: new Set() }).baselineState, 'new'],
  ['what an earlier report has', () => resultOf({}, { known: new Set(['f']) }).baselineState, 'unchanged'],
  ['a link that a file would start, as text', () => resultOf({ message: 'See [this](1).' }).message.text, 'See \\[this](1).'],
  ['no direction overrides', () => resultOf({ message: 'a\u202eb' }).message.text, 'a\uFFFDb'],
  ['what was not looked at', () => runOf(everything).invocations[0]?.toolExecutionNotifications?.length, 2],
  [
    'what makes the audit say less',
    () =>
      runOf(
        report({
          narrowed: [
            { path: 'pedigree.yaml', reason: 'states the use' },
            { path: '.', reason: 'x' },
          ],
        }),
      ).invocations[0]?.toolConfigurationNotifications,
    [
      {
        descriptor: { id: 'narrowed' },
        level: 'note',
        message: { text: 'pedigree.yaml states the use' },
        locations: [{ physicalLocation: { artifactLocation: { uri: 'pedigree.yaml', uriBaseId: '%SRCROOT%' } } }],
      },
      { descriptor: { id: 'narrowed' }, level: 'note', message: { text: '. x' } },
    ],
  ],
  ['what is wrong with the policy', () => runOf(everything, { problems: policy }).invocations[0]?.toolConfigurationNotifications?.length, 2],
  [
    'every rule with help and a page',
    () => runOf(everything).tool.driver.rules.filter(({ id, helpUri, help }) => helpUri.endsWith(`/${id}.md`) && 'markdown' in help).length,
    rules.length,
  ],
  [
    'the rule of each result',
    () => runOf(everything).results.every(({ ruleId, ruleIndex }) => runOf(everything).tool.driver.rules[ruleIndex]?.id === ruleId),
    true,
  ],
];

describe('SARIF', function () {
  this.timeout(300_000);
  for (const [title, given, expected] of cases) it(`has ${title}`, () => assert.deepEqual(given(), expected));

  it('keeps fingerprints where lines move', () => {
    const prints = (before: string): readonly (readonly string[])[] => {
      const { report: made } = analyseFiles(parseRepo(`--- README.md\n---\n${before}license: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n`).files);
      return runOf(made).results.map(({ ruleId, partialFingerprints }) => [ruleId, ...Object.values(partialFingerprints)]);
    };
    assert.ok(prints('').length > 1);
    assert.deepEqual(prints('tags: [a]\n# more\n').toSorted(), prints('').toSorted());
  });

  it('is valid by the schema of OASIS', function () {
    const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
    const valid = ajv.compile(JSON.parse(readFileSync(published(this, 'sarif', 'sarif-2.1.0.json'), 'utf8')) as object);
    for (const more of [{}, { known: new Set(['f']), problems: policy }])
      assert.ok(valid(JSON.parse(sarifOf(everything, { ...options, ...more }))), JSON.stringify(valid.errors, null, 1));
    assert.ok(!valid({ version: '2.1.0' }));
  });

  it('has nothing that the makers of the format, or the rules of GitHub, object to', function () {
    const program = multitool(this);
    if (program === undefined) return this.skip();
    const folder = mkdtempSync(join(tmpdir(), 'pedigree-sarif-'));
    try {
      const file = join(folder, 'report.sarif');
      writeFileSync(file, sarifOf(everything, { ...options, known: new Set(['f']), problems: policy }));
      const run = spawnSync(program, ['validate', file, '--rule-kind', 'Sarif;Gh'], { encoding: 'utf8' });
      assert.match(run.stdout, /Analysis completed successfully/);
      assert.deepEqual(
        run.stdout.split('\n').filter((line) => /: (?:error|warning) /.test(line)),
        [],
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('lines of notebooks', () => {
  const lines = '{\n "cells": [\n  { "cell_type": "code",\n    "source": [\n     "a = 1\\n",\n     "b = 2"\n    ] },\n  { "source": "c = 3\\nd = 4" }\n ]\n}\n';
  for (const [title, cell, line, expected] of [
    ['a line of a list', 0, 2, 6],
    ['a line that the list lacks', 0, 9, 4],
    ['a line of one string', 1, 2, 8],
    ['a cell that is not there', 5, 1, undefined],
  ] as const)
    it(title, () => assert.equal(notebookLines(lines)(cell, line), expected));
  it('text that is no notebook', () => assert.equal(notebookLines('}{')(0, 1), undefined));
});
