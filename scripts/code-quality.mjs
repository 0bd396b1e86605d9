// `node scripts/code-quality.mjs REPORT.json > gl-code-quality-report.json`: findings as GitLab's widget for merge requests reads them.
import { readFileSync } from 'node:fs';

const severities = { error: 'critical', warning: 'major', information: 'info' };
const { findings } = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8'));
const rows = findings.map(({ ruleId, severity, message, path, line, cell, key, fingerprint }) => ({
  description: message,
  check_name: ruleId,
  fingerprint,
  severity: severities[severity],
  // A line of a cell is no line of the file, and bytes have none.
  location: { path, lines: { begin: cell === null && key === null ? line : 1 } },
}));
console.log(JSON.stringify(rows, null, 1));
