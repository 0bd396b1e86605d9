import { createHash } from 'node:crypto';
import type { Report } from '../protocol/report.ts';
import { compareText } from '../text/compare.ts';
import { jsonText } from './json-text.ts';

/** What the predicate is, for who verifies it; a change of its shape gets another version. */
export const predicateType = 'https://github.com/pedigree-tools/pedigree/blob/main/docs/ci.md#predicate-audit-v1';

export interface FileDigest {
  readonly path: string;
  readonly sha256: string;
}

export interface StatementOptions {
  readonly report: Report;
  readonly name: string;
  /** Every file that was audited. */
  readonly files: readonly FileDigest[];
  /** Those that are handed on by themselves: each can be looked up by its own digest. */
  readonly weights: ReadonlySet<string>;
  readonly policy: FileDigest | null;
  readonly failOn: string;
  readonly passed: boolean;
  readonly created: string | null;
  readonly home: string;
}

/**
 * One digest for a tree: of the lines that `sha256sum` prints of all its files, in the order of their bytes. Whoever has the files can work it
 * out without us.
 */
export const treeDigest = (files: readonly FileDigest[]): string => {
  const hash = createHash('sha256');
  for (const { path, sha256 } of files.toSorted((a, b) => Buffer.compare(Buffer.from(a.path), Buffer.from(b.path)))) hash.update(`${sha256}  ${path}\n`);
  return hash.digest('hex');
};

/** An in-toto Statement, version 1, for a signer of others: what was audited, and what the audit said of it. Nothing in it is signed here. */
export const statementOf = ({ report, name, files, weights, policy, failOn, passed, created, home }: StatementOptions): string => {
  const statement = {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [
      { name, digest: { sha256: treeDigest(files) } },
      ...files
        .filter(({ path }) => weights.has(path))
        .toSorted((a, b) => compareText(a.path, b.path))
        .map(({ path, sha256 }) => ({ name: path, digest: { sha256 } })),
    ],
    predicateType,
    predicate: {
      auditor: { id: home, version: report.tool.version },
      ...(created === null ? {} : { auditedOn: created }),
      tree: { files: files.length, digestOf: 'sha256sum of each file, sorted by path in bytes' },
      inputs: report.inputs,
      policy: policy && { name: policy.path, digest: { sha256: policy.sha256 } },
      verdict: { failOn, result: passed ? 'PASSED' : 'FAILED', complete: report.summary.complete },
      report,
    },
  };
  return jsonText(statement);
};
