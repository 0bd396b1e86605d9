import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Report } from '../../server/src/protocol/report.ts';
import { layOut, pedigree } from '../support/cli.ts';

const tree =
  '--- README.md\n---\nlicense: mit\nbase_model: meta-llama/Llama-3.1-8B\n---\n--- model.gguf gguf {"general.license":"mit"}\n--- a b.py\nfrom transformers import AutoModel\nAutoModel.from_pretrained("HuggingFaceTB/SmolLM2-1.7B")\n';

interface Statement {
  readonly _type: string;
  readonly subject: readonly { readonly name: string; readonly digest: { readonly sha256: string } }[];
  readonly predicateType: string;
  readonly predicate: {
    readonly verdict: { readonly failOn: string; readonly result: string; readonly complete: boolean };
    readonly policy: { readonly name: string } | null;
    readonly report: Report;
    readonly auditedOn?: string;
  };
}

describe('formats of the command line', function () {
  this.timeout(60_000);
  const root = layOut(tree);
  const scratch = mkdtempSync(join(tmpdir(), 'pedigree-attest-'));
  after(() => [root, scratch].forEach((folder) => rmSync(folder, { recursive: true, force: true })));

  const starts: Readonly<Record<string, RegExp>> = {
    text: /^README\.md\n/,
    json: /^\{\n "schemaVersion": 1,/,
    sarif: /^\{\n "\$schema": "https:\/\/docs\.oasis-open\.org\/sarif/,
    cyclonedx: /^\{\n "\$schema": "http:\/\/cyclonedx\.org\/schema\/bom-1\.6/,
    spdx: /^\{\n "@context": "https:\/\/spdx\.org\/rdf\/3\.0\.1/,
    markdown: /^# Licences and provenance of /,
    html: /^<!DOCTYPE html>/,
  };
  for (const [format, start] of Object.entries(starts)) {
    it(`writes ${format}, the same twice, to a file as to the output`, () => {
      const run = pedigree('audit', root, '--format', format);
      assert.match(run.out, start);
      assert.deepEqual([run.code, run.err], [1, '']);
      const file = join(scratch, format);
      assert.equal(pedigree('audit', root, '--format', format, '--output', file).code, 1);
      assert.equal(readFileSync(file, 'utf8'), run.out);
    });
  }

  it('has the time that is asked for', () => {
    process.env['SOURCE_DATE_EPOCH'] = '1764000000';
    try {
      assert.match(pedigree('audit', root, '--format', 'cyclonedx').out, /"timestamp": "2025-11-24T16:00:00\.000Z"/);
      assert.match(pedigree('audit', root, '--format', 'spdx').out, /"created": "2025-11-24T16:00:00Z"/);
      assert.match(pedigree('audit', root, '--format', 'html').out, /2025-11-24\. This informs/);
    } finally {
      delete process.env['SOURCE_DATE_EPOCH'];
    }
  });

  it('names weights by what they are', () => {
    const large = layOut(`--- model.gguf gguf {"general.license":"mit","general.description":"${'y'.repeat(1200)}"}\n`);
    try {
      const sha256 = createHash('sha256')
        .update(readFileSync(join(large, 'model.gguf')))
        .digest('hex');
      assert.ok(pedigree('audit', large, '--format', 'cyclonedx').out.includes(`"content": "${sha256}"`));
      assert.ok(pedigree('audit', large, '--format', 'spdx').out.includes(`"hashValue": "${sha256}"`));
    } finally {
      rmSync(large, { recursive: true, force: true });
    }
  });

  const attest = (...words: readonly string[]): { readonly code: number | null; readonly statement: Statement } => {
    const file = join(scratch, 'statement.json');
    const { code } = pedigree('audit', root, '--attest', file, ...words);
    return { code, statement: JSON.parse(readFileSync(file, 'utf8')) as Statement };
  };

  it('attests what was audited, by digests that sha256sum gives too', () => {
    const { code, statement } = attest();
    assert.deepEqual([code, statement._type], [1, 'https://in-toto.io/Statement/v1']);
    const sum = spawnSync('bash', ['-c', 'find . -type f | sed "s|^./||" | LC_ALL=C sort | tr "\\n" "\\0" | xargs -0 sha256sum | sha256sum'], {
      cwd: root,
      encoding: 'utf8',
    });
    assert.equal(statement.subject[0]?.digest.sha256, sum.stdout.slice(0, 64));
    const weights = createHash('sha256')
      .update(readFileSync(join(root, 'model.gguf')))
      .digest('hex');
    assert.deepEqual(statement.subject.slice(1), [{ name: 'model.gguf', digest: { sha256: weights } }]);
  });
  it('attests that it failed', () => assert.deepEqual(attest().statement.predicate.verdict, { failOn: 'error', result: 'FAILED', complete: true }));
  it('attests that it passed', () => assert.equal(attest('--fail-on', 'never').statement.predicate.verdict.result, 'PASSED'));
  it('attests the report as it is printed', () =>
    assert.deepEqual(attest().statement.predicate.report, JSON.parse(pedigree('audit', root, '--format', 'json').out)));
  it('attests the policy that was given', () => {
    const policy = join(scratch, 'pedigree.yaml');
    writeFileSync(policy, 'rules: { licence-laundering: off }\n');
    assert.equal(attest('--policy', policy).statement.predicate.policy?.name, 'pedigree.yaml');
  });
  it('writes no statement that cannot be written', () => assert.equal(pedigree('audit', root, '--attest', join(scratch, 'no', 'such', 'file')).code, 2));
});
