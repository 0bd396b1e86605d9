import assert from 'node:assert/strict';
import { analyseFiles, parseRepo } from '../support/repo.ts';
import type { Report } from '../../server/src/protocol/report.ts';

const repo = (policy: string, comment = ''): string => `--- pyproject.toml
[project]
name = "painter"
license = "MIT"
--- a/paint.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")${comment}
--- b/paint.py
from diffusers import FluxPipeline
pipe = FluxPipeline.from_pretrained("black-forest-labs/FLUX.1-dev")
--- pedigree.yaml
${policy}
`;

const rule = 'noncommercial-weights';
const report = (text: string): Report => analyseFiles(parseRepo(text).files).report;
const held = (found: Report): readonly string[] => found.suppressed.filter((row) => row.ruleId === rule).map((row) => `${row.path} ${row.by}: ${row.reason}`);
const left = (found: Report): readonly string[] =>
  found.findings.filter((finding) => finding.ruleId === rule).map((finding) => `${finding.path} ${finding.severity}`);

/** A hostile tree may not silence anything without its being said, and nobody silences more than they name. */
describe('what is held back', () => {
  const cases: readonly (readonly [string, string, string, readonly string[], readonly string[]])[] = [
    ['nothing', '{}', '', [], ['a/paint.py warning']],
    [
      'a rule that is off everywhere',
      `rules: { ${rule}: off }`,
      '',
      ['a/paint.py pedigree.yaml: the rule is off', 'b/paint.py pedigree.yaml: the rule is off'],
      [],
    ],
    [
      'a rule that is off in one folder',
      `overrides: [ { paths: ["a/**"], rules: { ${rule}: off } } ]`,
      '',
      ['a/paint.py pedigree.yaml: the rule is off'],
      ['b/paint.py warning'],
    ],
    ['a comment at one place', '{}', `  # pedigree-ignore ${rule}: seen by nobody`, ['a/paint.py comment: seen by nobody'], ['b/paint.py warning']],
    [
      'an acceptance of one folder',
      `accept: [ { rule: ${rule}, paths: ["a/**"], reason: "lab" } ]`,
      '',
      ['a/paint.py pedigree.yaml: lab'],
      ['b/paint.py warning'],
    ],
    ['an acceptance that is over', `accept: [ { rule: ${rule}, reason: "lab", until: 2026-01-01 } ]`, '', [], ['a/paint.py warning']],
    ['an acceptance without a reason', `accept: [ { rule: ${rule} } ]`, '', [], ['a/paint.py warning']],
  ];
  for (const [title, policy, comment, suppressed, findings] of cases) {
    it(title, () => {
      const found = report(repo(policy, comment));
      assert.deepEqual([held(found), left(found)], [suppressed, findings]);
      assert.equal(found.summary.suppressed, found.suppressed.length);
    });
  }
});
