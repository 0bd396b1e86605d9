import type { CodeDescription, Diagnostic, Position, Range } from 'vscode-languageserver/node';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { PolicyProblem } from '../policy/types.ts';
import { rulePage } from '../protocol/requests.ts';
import type { Finding, Report, Severity } from '../protocol/report.ts';
import { limits } from '../text/limits.ts';
import type { Folder } from './folders.ts';
import { uriOf } from './uris.ts';

interface Span {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Places count from 1, the protocol from 0; both in UTF-16 units. */
export const rangeOf = (place: Span): Range => ({
  start: { line: place.line - 1, character: place.column - 1 },
  end: { line: place.endLine - 1, character: place.endColumn - 1 },
});

const before = (a: Position, b: Position): boolean => a.line < b.line || (a.line === b.line && a.character < b.character);

/** Ranges that touch count as meeting: a cursor behind a word means the word. */
export const meets = (a: Range, b: Range): boolean => !before(a.end, b.start) && !before(b.end, a.start);

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
};

/** Related places that one diagnostic carries: a path and its neighbours, not a table. */
const shownRelated = 10;

const byPath = new WeakMap<Report, ReadonlyMap<string, readonly Finding[]>>();

/** Findings of one file that can be shown in its text: not those at a metadata key of a binary, nor inside a notebook's cell. */
export const findingsOf = (report: Report, path: string): readonly Finding[] => {
  let index = byPath.get(report);
  if (!index) {
    const made = new Map<string, Finding[]>();
    for (const finding of report.findings) {
      const rows = made.get(finding.path);
      if (rows) rows.push(finding);
      else made.set(finding.path, [finding]);
    }
    index = made;
    byPath.set(report, index);
  }
  return (index.get(path) ?? []).filter((finding) => finding.key === null && finding.cell === null).slice(0, limits.findingsShown);
};

/** What a diagnostic carries so that a code action finds its finding again. */
export interface DiagnosticData {
  readonly fingerprint: string;
}

export const diagnosticOf = (folder: Folder, finding: Finding, withLinks: boolean): Diagnostic => {
  const codeDescription: CodeDescription = { href: rulePage(finding.ruleId) };
  const data: DiagnosticData = { fingerprint: finding.fingerprint };
  return {
    range: rangeOf(finding),
    severity: severities[finding.severity],
    code: finding.ruleId,
    ...(withLinks ? { codeDescription } : {}),
    source: 'pedigree',
    message: finding.message,
    data,
    ...(finding.related.length === 0
      ? {}
      : {
          relatedInformation: finding.related
            .slice(0, shownRelated)
            .map((related) => ({ location: { uri: uriOf(folder.root, related.path), range: rangeOf(related) }, message: related.message })),
        }),
  };
};

/** What is wrong with the policy file itself. The command line says the same and ends with an exit code of its own; no rule stands behind it. */
export const policyDiagnostic = ({ message, line, column }: PolicyProblem): Diagnostic => ({
  // To the end of the word that stands there, as editors mark a place without an end.
  range: rangeOf({ line, column, endLine: line, endColumn: column }),
  severity: DiagnosticSeverity.Error,
  source: 'pedigree',
  message: `${message.charAt(0).toUpperCase()}${message.slice(1)}.`,
});
