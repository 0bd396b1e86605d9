import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../server/src/protocol/report.ts';
import { layOut, pedigree } from '../support/cli.ts';

// Of the findings of a work one speaks for all; a comment that holds nothing back is found wherever it stands.
const idle = '# pedigree-ignore no-such-rule: ours';
const tree = (code: string): string => `--- a.py\n${code}`;
const before = tree(`import os\nx = 1  ${idle}\n`);
const twice = tree(`import os\nx = 1  ${idle}\nx = 1  ${idle}\n`);

describe('a baseline', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'pedigree-baseline-'));
  const roots: string[] = [];
  const make = (text: string): string => {
    const root = layOut(text);
    roots.push(root);
    return root;
  };
  after(() => [folder, ...roots].forEach((path) => rmSync(path, { recursive: true, force: true })));

  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const baselines = new Map<string, string>();
  const written = (text: string): string => {
    const known = baselines.get(text);
    if (known !== undefined) return known;
    const path = join(folder, `baseline-${baselines.size}.json`);
    baselines.set(text, path);
    pedigree('audit', make(text), '--write-baseline', path, '--output', join(folder, 'out.txt'));
    return path;
  };
  const under = (baseline: string, now: string, ...words: readonly string[]): ReturnType<typeof pedigree> =>
    pedigree('audit', make(now), '--baseline', baseline, '--format', 'lines', '--fail-on', 'information', ...words);

  const cases: readonly (readonly [string, string, string, readonly string[], RegExp])[] = [
    ['knows the same tree', before, before, [], /^$/],
    ['knows a finding below inserted lines', before, tree(`# one\n\n# two\nimport os\n\nx = 1  ${idle}\n`), [], /^$/],
    ['knows a finding whose line is indented anew', before, tree(`import os\nif os:\n    x = 1  ${idle}\n`), [], /^$/],
    ['lets a second one on a line alike through', before, twice, ['a.py:3'], /^$/],
    ['lets a second one on another line through', before, tree(`import os\nx = 1  ${idle}\ny = 1  ${idle}\n`), ['a.py:3'], /^$/],
    ['lets one through that is put above the known one', before, tree(`import os\ny = 1  ${idle}\nx = 1  ${idle}\n`), ['a.py:2'], /^$/],
    ['lets the same through in another file', before, `${before}--- b.py\nx = 1  ${idle}\n`, ['b.py:1'], /^$/],
    [
      'tells the entry of what was mended',
      before,
      tree('x = 1\n'),
      [],
      /^pedigree audit: 1 entry of the baseline belongs to no finding any more: --write-baseline FILE writes it anew\n$/,
    ],
    ['tells how many there are', twice, tree('x = 1\n'), [], /^pedigree audit: 2 entries of the baseline belong to no finding/],
    ['tells the entry of one of two alike', twice, before, [], /^pedigree audit: 1 entry /],
  ];
  for (const [title, earlier, now, found, said] of cases)
    it(title, () => {
      const run = under(written(earlier), now);
      assert.deepEqual([...run.out.matchAll(/^[^:]+:\d+/gm)].map(String), found);
      assert.match(run.err, said);
    });

  it('is written anew without what no finding has', () => {
    const old = written(twice);
    const anew = join(folder, 'anew.json');
    under(old, before, '--write-baseline', anew);
    assert.equal((JSON.parse(readFileSync(anew, 'utf8')) as Report).findings.length, (JSON.parse(readFileSync(old, 'utf8')) as Report).findings.length - 1);
    assert.equal(under(anew, before).err, '');
  });
  it('can be kept in the tree that it is of', () => {
    const root = make(`${before}--- README.md\n---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n`);
    const kept = join(root, 'pedigree-baseline.json');
    pedigree('audit', root, '--write-baseline', kept);
    const again = pedigree('audit', root, '--baseline', kept, '--format', 'lines', '--fail-on', 'information');
    assert.deepEqual([again.code, again.out, again.err], [0, '', '']);
  });

  const whole = (part: object): string => {
    const report = JSON.parse(readFileSync(written(before), 'utf8')) as object;
    return file('part.json', JSON.stringify({ ...report, ...part }));
  };
  const refused: readonly (readonly [string, () => string, RegExp])[] = [
    ['a file that is not there', () => join(folder, 'absent.json'), /cannot be read: ENOENT/],
    ['a folder', () => folder, /cannot be read: EISDIR/],
    ['broken JSON', () => file('broken.json', '{"schemaVersion":1,'), /is no JSON\n/],
    ['nothing', () => file('empty.json', ''), /is no JSON\n/],
    ['JSON of something else', () => file('other.json', '{"findings":[]}'), /is no JSON report of an audit/],
    ['null', () => file('null.json', 'null'), /is no JSON report of an audit/],
    ['a report of another version', () => whole({ schemaVersion: 2 }), /version 2 of the format, and this reads 1: write it anew/],
    ['a report without findings', () => whole({ findings: undefined }), /is no JSON report of an audit/],
    ['findings without fingerprints', () => whole({ findings: [null] }), /is no JSON report of an audit/],
  ];
  for (const [title, path, message] of refused)
    it(`is not ${title}`, () => {
      const run = under(path(), before);
      assert.deepEqual([run.code, run.out], [2, '']);
      assert.match(run.err, message);
    });
});
