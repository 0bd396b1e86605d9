import type { LiveFolder } from '../../client/src/live.ts';
import type { Finding, Report, ReportWork } from '../../server/src/protocol/report.ts';
import { summaryOf } from '../../server/src/report/summary.ts';

export const finding = (part: Partial<Finding>): Finding => ({
  ruleId: 'licence-laundering',
  severity: 'error',
  message: 'Why. What to do.',
  path: 'README.md',
  line: 2,
  column: 10,
  endLine: 2,
  endColumn: 13,
  key: null,
  cell: null,
  works: [],
  clause: 's. 2',
  evidence: 'catalogue',
  confidence: null,
  related: [],
  fixes: [],
  fingerprint: 'f',
  ...part,
});

export const work = (part: Partial<ReportWork>): ReportWork => ({
  id: 'local:.',
  kind: 'model',
  licence: null,
  binds: [],
  evidence: null,
  source: null,
  asOf: null,
  confidence: null,
  path: null,
  line: null,
  ...part,
});

export const report = (part: Partial<Report>): Report => {
  const findings = part.findings ?? [];
  const number = (severity: string): number => findings.filter((item) => item.severity === severity).length;
  return {
    schemaVersion: 1,
    tool: { name: 'pedigree', version: '0' },
    root: '.',
    inputs: { knowledge: '2026-01-01', cache: false, hub: false, policy: null },
    summary: {
      files: 3,
      read: 3,
      works: { known: 0, unknown: 0 },
      findings: { error: number('error'), warning: number('warning'), information: number('information') },
      suppressed: 0,
      complete: true,
    },
    works: [],
    relations: [],
    obligations: [],
    publishable: [],
    findings,
    suppressed: [],
    skipped: [],
    ...part,
  };
};

/** A folder as the views hold it. */
export const folder = (part: Partial<Report>, name = 'w'): LiveFolder => {
  const made = report(part);
  return { uri: `file:///${name}`, name, content: { report: made, summary: summaryOf(made, []) } };
};
