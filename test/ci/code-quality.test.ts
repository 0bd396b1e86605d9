import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding, Report } from '../../server/src/protocol/report.ts';
import { layOut, pedigree } from '../support/cli.ts';

describe('the report for GitLab', function () {
  this.timeout(60_000);
  const notebook = JSON.stringify({ cells: [{ cell_type: 'code', source: ['import os\n', 'x = 1  # pedigree-ignore no-such-rule: ours\n'] }], nbformat: 4 });
  const root = layOut(`--- README.md\n---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n--- a.ipynb\n${notebook}\n`);
  after(() => rmSync(root, { recursive: true, force: true }));

  it('has a row for each finding, with what GitLab asks for', () => {
    const file = join(root, '..', `pedigree-quality-${process.pid}.json`);
    pedigree('audit', root, '--format', 'json', '--output', file, '--fail-on', 'never');
    const { findings } = JSON.parse(pedigree('audit', root, '--format', 'json').out) as Report;
    const run = spawnSync(process.execPath, ['scripts/code-quality.mjs', file], { encoding: 'utf8' });
    rmSync(file);
    const begin = ({ path, line }: Finding): number => (path === 'a.ipynb' ? 1 : line);
    const severities = { error: 'critical', warning: 'major', information: 'info' };
    assert.ok(findings.length > 1 && findings.some(({ cell }) => cell !== null));
    assert.deepEqual(
      JSON.parse(run.stdout),
      findings.map((finding) => ({
        description: finding.message,
        check_name: finding.ruleId,
        fingerprint: finding.fingerprint,
        severity: severities[finding.severity],
        location: { path: finding.path, lines: { begin: begin(finding) } },
      })),
    );
  });
});
