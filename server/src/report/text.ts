import { shortName } from '../lineage/path.ts';
import type { Finding, Report, Severity, Suppressed } from '../protocol/report.ts';
import { plain, wrap } from './plain.ts';

export interface TextOptions {
  readonly colour: boolean;
  /** Columns of the terminal. */
  readonly width: number;
  /** Fingerprints that a baseline holds: they are counted, not shown. */
  readonly known: ReadonlySet<string>;
}

/** Rows of a list that is there for completeness; the JSON has all. */
const shownRows = 20;

type Paint = (text: string) => string;

interface Paints {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly severity: Readonly<Record<Severity, Paint>>;
}

const paints = (colour: boolean): Paints => {
  const code = (open: number, close: number): Paint => (colour ? (text) => `\u001b[${open}m${text}\u001b[${close}m` : (text) => text);
  return { bold: code(1, 22), dim: code(2, 22), severity: { error: code(31, 39), warning: code(33, 39), information: code(36, 39) } };
};

const count = (number: number, word: string, plural = `${word}s`): string => `${number} ${number === 1 ? word : plural}`;

/** Information is told in its first sentence: what and why; the rest is in the JSON and in the editor. */
const messageOf = (finding: Finding): string =>
  finding.severity === 'information' ? (/^.*?[.](?=\s+[A-Z])/s.exec(finding.message)?.[0] ?? finding.message) : finding.message;

const findingLines = (finding: Finding, paint: Paints, width: number): readonly string[] => {
  const at =
    finding.key !== null
      ? finding.key
      : finding.cell !== null
        ? `cell ${finding.cell + 1}, ${finding.line}:${finding.column}`
        : `${finding.line}:${finding.column}`;
  const head = `  ${plain(at).padEnd(7)} ${paint.severity[finding.severity](finding.severity.padEnd(11))} ${paint.dim(finding.ruleId)}`;
  const body = wrap(plain(messageOf(finding)), Math.max(40, width - 10)).map((line) => `          ${line}`);
  const see = finding.severity === 'information' ? [] : [...new Set(finding.related.map((related) => `${plain(related.path)}:${related.line}`))].slice(0, 5);
  const fix = finding.fixes.map((entry) => `          ${paint.dim(`${entry.safe ? 'fix' : 'fix in the editor'}: ${plain(entry.title)}`)}`);
  return [head, ...body, ...(see.length > 0 ? [`          ${paint.dim(`see: ${see.join(', ')}`)}`] : []), ...fix];
};

const publishLines = (report: Report, paint: Paints, width: number): readonly string[] => {
  const lines: string[] = [];
  for (const row of report.publishable) {
    const as = row.as.length > 0 ? row.as.join(' AND ') : 'no licence known to permit it';
    lines.push(`  ${plain(shortName(row.work))}: ${paint.bold(plain(as))}`, ...wrap(plain(row.why), Math.max(40, width - 6)).map((line) => `      ${line}`));
  }
  return lines.length === 0 ? [] : ['', paint.bold('What it may be published as'), ...lines];
};

const owedLines = (report: Report, paint: Paints): readonly string[] => {
  const open = report.obligations.filter((obligation) => obligation.met !== true);
  if (open.length === 0) return [];
  const rows = open.map(
    (obligation) =>
      `  ${obligation.met === false ? paint.severity.warning('[ ]') : paint.dim('[?]')} ${plain(obligation.duty)}${obligation.clause ? paint.dim(` (${obligation.clause}, ${plain(obligation.licence)})`) : ''}`,
  );
  return ['', paint.bold('What is owed') + paint.dim('   [ ] not seen here, [?] cannot be seen in a repository'), ...new Set(rows)];
};

/** What a policy or a comment in the tree holds back is said, so that nobody takes silence for a clean bill. */
const heldLines = (report: Report, paint: Paints): readonly string[] => {
  const groups = new Map<string, { readonly row: Suppressed; count: number }>();
  for (const row of report.suppressed) {
    const key = `${row.ruleId}\0${row.by}\0${row.reason}`;
    const group = groups.get(key);
    if (group) group.count += 1;
    else groups.set(key, { row, count: 1 });
  }
  if (groups.size === 0) return [];
  const rows = [...groups.values()].map(
    ({ row, count: times }) =>
      `  ${plain(row.ruleId)}, by ${plain(row.by)}: ${plain(row.reason)} ${paint.dim(`(${plain(row.path)}:${row.line}${times > 1 ? ` and ${times - 1} more` : ''})`)}`,
  );
  return ['', paint.bold('Held back'), ...rows.slice(0, shownRows), ...(rows.length > shownRows ? [`  and ${rows.length - shownRows} more`] : [])];
};

const narrowedLines = ({ narrowed = [] }: Report, paint: Paints): readonly string[] =>
  narrowed.length === 0
    ? []
    : [
        '',
        paint.bold('Left out or lowered'),
        ...narrowed.slice(0, shownRows).map((row) => `  ${plain(row.path)}: ${plain(row.reason)}`),
        ...(narrowed.length > shownRows ? [`  and ${narrowed.length - shownRows} more`] : []),
      ];

/** Where terms were looked up beside the catalogue. */
const askedText = ({ inputs: { cache, hub } }: Report): string => {
  if (cache === hub) return `cache and hub ${cache ? 'asked' : 'not asked'}`;
  return cache ? 'cache asked, hub not asked' : 'hub asked, cache not asked';
};

/** The report for a person at a terminal. */
export const reportText = (report: Report, options: TextOptions): string => {
  const paint = paints(options.colour);
  const shown = report.findings.filter((finding) => !options.known.has(finding.fingerprint));
  const lines: string[] = [];
  let path = '';
  for (const finding of shown) {
    if (finding.path !== path) {
      if (path !== '') lines.push('');
      path = finding.path;
      lines.push(paint.bold(plain(path)));
    }
    lines.push(...findingLines(finding, paint, options.width));
  }
  const { summary } = report;
  const total = (severity: Severity): number => shown.filter((finding) => finding.severity === severity).length;
  lines.push(...publishLines(report, paint, options.width), ...owedLines(report, paint), ...heldLines(report, paint), ...narrowedLines(report, paint));
  if (report.skipped.length > 0) {
    lines.push('', paint.bold('Not looked at'), ...report.skipped.slice(0, shownRows).map((row) => `  ${plain(row.path)}: ${plain(row.reason)}`));
    if (report.skipped.length > shownRows) lines.push(`  and ${report.skipped.length - shownRows} more`);
  }
  lines.push(
    '',
    `${[count(total('error'), 'error'), count(total('warning'), 'warning'), `${total('information')} information`].join(', ')}${shown.length < report.findings.length ? `; ${report.findings.length - shown.length} in the baseline` : ''}${summary.suppressed > 0 ? `; ${summary.suppressed} held back` : ''}`,
    paint.dim(
      `${count(summary.files, 'file')}, ${summary.read} read; works of others: ${summary.works.known} with known terms, ${summary.works.unknown} unknown; knowledge of ${report.inputs.knowledge}; ${askedText(report)}`,
    ),
    paint.dim('This informs; it is not legal advice.'),
  );
  return `${lines.join('\n')}\n`;
};
