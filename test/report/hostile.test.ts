import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { JsonStrictValidator } from '@cyclonedx/cyclonedx-library/Validation';
import { Version } from '@cyclonedx/cyclonedx-library/Spec';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import type { Bill, BillWork } from '../../server/src/report/bill.ts';
import { cyclonedxOf } from '../../server/src/report/cyclonedx.ts';
import { sarifOf } from '../../server/src/report/sarif.ts';
import { spdxOf } from '../../server/src/report/spdx.ts';
import { statementOf } from '../../server/src/report/statement.ts';
import { rules } from '../../server/src/rules/index.ts';
import { addFormats } from '../support/ajv-formats.ts';
import { published } from '../support/published.ts';
import { finding, report, work } from '../client/data.ts';

/** What a name, a path or a field of a file may hold. */
const texts = [
  '',
  ' ',
  '\ud800 alone',
  '\u0000\u001b[31m',
  '\u202eevil',
  'a"b\\c\nd',
  '<script>x</script>',
  'http://[::1',
  'javascript:x',
  '../../etc/passwd',
  'C:\\x',
  '%%% %zz #?&',
  'é 日本 🦙',
  'urn:uuid:x',
  'LicenseRef-a b',
  'x'.repeat(5000),
];

const hostileWork = (text: string, id: string, kind: BillWork['kind']): BillWork => ({
  id,
  kind,
  name: text,
  owner: text,
  own: false,
  revision: 'a'.repeat(40),
  purl: text,
  page: text,
  declared: { ids: [text || 'x', 'MIT'], choice: true },
  concluded: { ids: [text || 'x', `LicenseRef-${text}`], choice: false },
  row: work({ id, kind, evidence: text, source: text, asOf: text, confidence: text, path: text, line: 1 }),
  obligations: [{ work: id, source: text, licence: text, clause: text, duty: text, met: null, at: null }],
  publishable: { work: id, as: [text], why: text },
  files: [{ path: text, digests: { sha256: 'a'.repeat(64) } }],
});

const hostileBill = (text: string): Bill => ({
  name: text,
  version: '0.1.0',
  knowledge: text,
  complete: false,
  works: [hostileWork(text, 'local:.', 'model'), hostileWork(text, `pkg:${text}`, 'dataset'), hostileWork(text, `service:${text}`, 'service')],
  relations: [
    { from: 'local:.', to: `pkg:${text}`, type: 'finetune', path: text, line: null },
    { from: `pkg:${text}`, to: `service:${text}`, type: 'generatedBy', path: null, line: null },
    { from: 'local:.', to: 'nowhere', type: 'trainedOn', path: null, line: null },
  ],
  terms: new Map([
    [
      text,
      {
        id: text,
        name: text,
        version: null,
        publisher: null,
        category: 'permissive',
        hubTags: [],
        licenceNames: [],
        osi: null,
        effective: null,
        link: text,
        clauses: [],
        source: text,
        asOf: text,
        confidence: text,
      },
    ],
  ]),
  created: null,
});

const place = (text: string) => ({ path: text, line: 1, column: 1, endLine: 1, endColumn: 1, cell: null });

describe('formats of hostile texts', function () {
  this.timeout(300_000);
  const ajv = addFormats(new Ajv2020({ strict: false }));
  const compiled = new Map<string, ValidateFunction>();
  const validator = (file: string): ValidateFunction => {
    const known = compiled.get(file) ?? ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
    compiled.set(file, known);
    return known;
  };

  for (const text of texts) {
    const title = JSON.stringify(text.slice(0, 20));
    it(`CycloneDX of ${title}`, async () => {
      const problem = await new JsonStrictValidator(Version.v1dot6).validate(cyclonedxOf(hostileBill(text)));
      assert.equal(problem, null, JSON.stringify(problem)?.slice(0, 2000));
    });
    it(`SPDX of ${title}`, function () {
      const valid = validator(published(this, 'spdx', 'data/spdx-export.schema.json'));
      const made = spdxOf(hostileBill(text), '2026-01-02T00:00:00Z');
      assert.doesNotMatch(made, /\\ud[89a-f]/i);
      assert.ok(valid(JSON.parse(made)), JSON.stringify(valid.errors?.slice(0, 5), null, 1));
    });
    it(`SARIF of ${title}`, function () {
      const valid = validator(published(this, 'sarif', 'sarif-2.1.0.json'));
      const made = sarifOf(
        report({
          inputs: { knowledge: text, cache: false, hub: false, policy: text },
          findings: [
            finding({ message: text, path: text, clause: text, evidence: text, works: [text], related: [{ ...place(text), message: text }] }),
            finding({
              path: text,
              key: text,
              fixes: [{ title: text, safe: true, preferred: true, edits: [{ ...place(text), hash: text, text }], creates: [] }],
            }),
          ],
          suppressed: [{ ruleId: 'copied-code', path: text, line: 1, by: text, reason: text, message: text, fingerprint: text }],
          skipped: [{ path: text, reason: text }],
        }),
        { rules, lineOfCell: () => undefined, problems: [{ path: text, line: 1, message: text }], home: 'https://example.org' },
      );
      assert.ok(valid(JSON.parse(made)), JSON.stringify(valid.errors?.slice(0, 5), null, 1));
    });
    it(`a statement of ${title}`, () => {
      const made = statementOf({
        report: report({}),
        name: text,
        files: [{ path: text, sha256: 'a'.repeat(64) }],
        weights: new Set([text]),
        policy: null,
        failOn: 'error',
        passed: true,
        created: null,
        home: 'x',
      });
      assert.equal((JSON.parse(made) as { readonly subject: readonly unknown[] }).subject.length, 2);
    });
  }
});
