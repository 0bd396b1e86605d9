import type { CodeDescription, Diagnostic, Position, Range } from 'vscode-languageserver/node';
import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { Analysis } from '../analysis/types.ts';
import type { PolicyProblem } from '../policy/types.ts';
import { rulePage } from '../protocol/requests.ts';
import type { Finding, Severity } from '../protocol/report.ts';
import { plain } from '../report/plain.ts';
import { limits } from '../text/limits.ts';
import type { Located, Settled } from './folders.ts';
import { relatedPlaces } from './related.ts';
import { tagsOf } from './tags.ts';

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

/** Findings that a document shows: of a text those in it, of a cell those in the cell; what is said of a notebook as a whole stands at its first cell of code. */
export const findingsOf = (analysis: Analysis, { path, cell, leads }: Pick<Located, 'path' | 'cell' | 'leads'>): readonly Finding[] =>
  analysis
    .findingsAt(path)
    .filter((finding) => finding.key === null && (finding.cell === cell || (leads && finding.cell === null)))
    .slice(0, limits.findingsShown);

/** Where a finding is underlined: one about a whole notebook has no place in its cells. */
export const shownRange = (finding: Finding, { cell }: Pick<Located, 'cell'>): Range =>
  finding.cell === cell ? rangeOf(finding) : rangeOf({ line: 1, column: 1, endLine: 1, endColumn: 1 });

/** What a diagnostic carries so that a code action finds its finding again. */
export interface DiagnosticData {
  readonly fingerprint: string;
}

/** How a client wants its diagnostics. */
export interface View {
  readonly codeLinks: boolean;
  readonly tags: boolean;
  readonly uriOf: (root: string, path: string, cell: number | null) => string;
}

export const diagnosticOf = (settled: Settled, finding: Finding, view: View): Diagnostic => {
  const codeDescription: CodeDescription = { href: rulePage(finding.ruleId) };
  const data: DiagnosticData = { fingerprint: finding.fingerprint };
  const tags = view.tags ? tagsOf(finding) : [];
  const related = relatedPlaces(settled, settled.analysis, finding);
  return {
    range: shownRange(finding, settled),
    severity: severities[finding.severity],
    code: finding.ruleId,
    ...(view.codeLinks ? { codeDescription } : {}),
    source: 'pedigree',
    message: plain(finding.message),
    data,
    ...(tags.length === 0 ? {} : { tags }),
    ...(related.length === 0
      ? {}
      : {
          relatedInformation: related.map((each) => ({
            location: { uri: view.uriOf(settled.folder.root, each.path, each.cell), range: rangeOf(each) },
            message: plain(each.message),
          })),
        }),
  };
};

/** What is wrong with the policy file itself. The command line says the same and ends with an exit code of its own; no rule stands behind it. */
export const policyDiagnostic = ({ message, line, column }: PolicyProblem): Diagnostic => ({
  // To the end of the word that stands there, as editors mark a place without an end.
  range: rangeOf({ line, column, endLine: line, endColumn: column }),
  severity: DiagnosticSeverity.Error,
  source: 'pedigree',
  message: plain(`${message.charAt(0).toUpperCase()}${message.slice(1)}.`),
});
