import type { Finding, Report } from '../protocol/report.ts';
import { plain } from './plain.ts';

export interface LinesOptions {
  /** Fingerprints of an earlier report: what they name is left out. */
  readonly known: ReadonlySet<string>;
  /** Where a line of a cell stands in the notebook's file. */
  readonly lineOfCell: (path: string, cell: number, line: number) => number | undefined;
}

const flat = (text: string): string => plain(text.replace(/\s+/g, ' '));

/** Line and column in the file; of what has none, its beginning. */
const placeOf = ({ path, line, column, cell, key }: Finding, { lineOfCell }: LinesOptions): string => {
  if (key !== null) return '1:1';
  return cell === null ? `${line}:${column}` : `${lineOfCell(path, cell, line) ?? 1}:1`;
};

/** One finding a line, as compilers write theirs: editors and terminals make links of them. */
export const linesOf = (report: Report, options: LinesOptions): string =>
  report.findings
    .filter(({ fingerprint }) => !options.known.has(fingerprint))
    .map((finding) => `${flat(finding.path)}:${placeOf(finding, options)}: ${finding.severity} ${finding.ruleId}: ${flat(finding.message)}\n`)
    .join('');
