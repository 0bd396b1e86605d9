import assert from 'node:assert/strict';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Report } from '../../server/src/protocol/report.ts';
import { layOut, pedigree } from '../support/cli.ts';

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  contributes: {
    problemMatchers: readonly { readonly name: string; readonly pattern: { readonly regexp: string } }[];
    taskDefinitions: readonly { readonly type: string }[];
  };
};
const cell = (source: string): object => ({ cell_type: 'code', metadata: {}, source: source.split(/(?<=\n)/), execution_count: null, outputs: [] });
const notebook = JSON.stringify(
  {
    cells: [cell('import torch'), cell('from diffusers import FluxPipeline\npipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")\n')],
    metadata: { language_info: { name: 'python' } },
    nbformat: 4,
    nbformat_minor: 5,
  },
  undefined,
  1,
);
const tree = `--- README.md\n---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n--- paint.ipynb\n${notebook}\n`;

describe('findings one a line', function () {
  this.timeout(60_000);
  let root = '';
  before(() => {
    root = layOut(tree);
    writeFileSync(join(root, 'with space.py'), 'from transformers import AutoModel\nAutoModel.from_pretrained("CohereForAI/c4ai-command-r-plus")\n');
  });
  after(() => rmSync(root, { recursive: true, force: true }));
  const rows = (...words: readonly string[]): readonly string[] =>
    pedigree('audit', root, '--fail-on', 'never', '--format', 'lines', ...words)
      .out.split('\n')
      .filter((row) => row !== '');

  it('are read whole by the problem matcher of the manifest, each at its place', () => {
    const [matcher, ...others] = contributes.problemMatchers;
    assert.ok(matcher);
    assert.deepEqual([matcher.name, others.length, contributes.taskDefinitions.map(({ type }) => type)], ['pedigree', 0, ['pedigree']]);
    const found = rows().map((row) => new RegExp(matcher.pattern.regexp).exec(row)?.slice(1) ?? assert.fail(row));
    const { findings } = JSON.parse(pedigree('audit', root, '--fail-on', 'never', '--format', 'json').out) as Report;
    assert.ok(findings.some(({ path }) => path === 'with space.py'));
    assert.deepEqual(
      found.map(([path, , , severity, code]) => [path, severity, code]),
      findings.map(({ path, severity, ruleId }) => [path, severity, ruleId]),
    );
    for (const [at, { line, column, message, cell: inCell, key }] of findings.entries()) {
      assert.equal(found[at]?.[5], message);
      if (inCell === null && key === null) assert.deepEqual(found[at]?.slice(1, 3), [String(line), String(column)]);
    }
  });

  it('stand at the line of the file, which of a notebook is JSON', () => {
    const [row] = rows().filter((each) => each.startsWith('paint.ipynb:'));
    const line = Number(/^paint\.ipynb:(\d+):1: /.exec(row ?? '')?.[1]);
    assert.match(notebook.split('\n')[line - 1] ?? '', /FLUX\.1-dev/);
  });

  it('are none where all are in the baseline', () => {
    const { out } = pedigree('audit', root, '--fail-on', 'never', '--format', 'json', '--write-baseline', `${root}/baseline.json`);
    assert.ok(out.length > 0);
    assert.deepEqual(rows('--baseline', `${root}/baseline.json`), []);
  });
});
