import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { Finding, Fix } from '../protocol/report.ts';
import { findingsOf, meets, rangeOf } from './convert.ts';
import type { DiagnosticData } from './convert.ts';
import { workspaceEditOf } from './edits.ts';
import type { EditContext } from './edits.ts';
import type { Settled } from './folders.ts';
import { ignoreAction } from './ignore.ts';
import { invalidSuppression } from '../rules/invalid-suppression.ts';

export const fixAllKind = `${CodeActionKind.SourceFixAll}.pedigree`;

/** What an unresolved action carries: enough to find its fix again in the findings as they are then. */
export interface ActionData {
  readonly uri: string;
  readonly fingerprint: string;
  readonly fix: number;
}

const asked = (only: readonly string[] | undefined, kind: string): boolean =>
  only === undefined || only.some((wanted) => kind === wanted || kind.startsWith(`${wanted}.`));

const shownFor = (diagnostics: readonly Diagnostic[], finding: Finding): Diagnostic[] =>
  diagnostics.filter((diagnostic) => (diagnostic.data as DiagnosticData | undefined)?.fingerprint === finding.fingerprint);

/** The safe fixes of one file that do not touch one another, as one: what stands here is put right, nothing is chosen. */
const allSafe = (settled: Settled): Fix | undefined => {
  const taken: Fix[] = [];
  for (const finding of findingsOf(settled.analysis.report, settled.path)) {
    const fix = finding.fixes.find(
      (entry) => entry.safe && entry.creates.length === 0 && entry.edits.every((edit) => edit.path === settled.path && edit.cell === null),
    );
    if (!fix || taken.some((other) => other.edits.some((a) => fix.edits.some((b) => meets(rangeOf(a), rangeOf(b)))))) continue;
    taken.push(fix);
  }
  return taken.length === 0
    ? undefined
    : { title: 'Apply all safe fixes of Pedigree', safe: true, preferred: false, edits: taken.flatMap((fix) => fix.edits), creates: [] };
};

/** Quick fixes at a range, and safe fixes of the whole file where they were asked for by kind. `lazy` leaves the edits to `resolveAction`. */
export const actionsAt = (
  settled: Settled,
  uri: string,
  range: Range,
  diagnostics: readonly Diagnostic[],
  only: readonly string[] | undefined,
  context: EditContext,
  lazy: boolean,
): readonly CodeAction[] => {
  const out: CodeAction[] = [];
  if (asked(only, CodeActionKind.QuickFix)) {
    for (const finding of findingsOf(settled.analysis.report, settled.path)) {
      if (!meets(rangeOf(finding), range)) continue;
      for (const [index, fix] of finding.fixes.entries()) {
        const data: ActionData = { uri, fingerprint: finding.fingerprint, fix: index };
        const action: CodeAction = {
          title: fix.title,
          kind: CodeActionKind.QuickFix,
          diagnostics: shownFor(diagnostics, finding),
          ...(fix.preferred ? { isPreferred: true } : {}),
          data,
        };
        const edited = lazy ? undefined : workspaceEditOf(settled.folder, context, fix);
        if (edited && 'refused' in edited) continue;
        out.push(edited ? { ...action, edit: edited.edit } : action);
      }
    }
    // Behind all that mends something.
    const document = context.document(settled.folder.root, settled.path);
    for (const finding of document && context.versioned ? findingsOf(settled.analysis.report, settled.path) : []) {
      if (!document || finding.ruleId === invalidSuppression.id || !meets(rangeOf(finding), range)) continue;
      const action = ignoreAction(document, settled.path, finding, shownFor(diagnostics, finding));
      if (action) out.push(action);
    }
  }
  if (only !== undefined && asked(only, fixAllKind)) {
    const fix = allSafe(settled);
    const edited = fix ? workspaceEditOf(settled.folder, context, fix) : undefined;
    if (fix && edited && 'edit' in edited) out.push({ title: fix.title, kind: fixAllKind, edit: edited.edit });
  }
  return out;
};

/** The edit of an action that was offered before; a reason in words when its finding is gone or its files have moved on. */
export const resolveAction = (settled: Settled, action: CodeAction, context: EditContext): CodeAction | string => {
  const data = action.data as ActionData;
  const finding = settled.analysis.report.findings.find((entry) => entry.path === settled.path && entry.fingerprint === data.fingerprint);
  const fix = finding?.fixes[data.fix];
  if (!fix || fix.title !== action.title) return 'the text has changed since this fix was offered';
  const edited = workspaceEditOf(settled.folder, context, fix);
  return 'refused' in edited ? edited.refused : { ...action, edit: edited.edit };
};
