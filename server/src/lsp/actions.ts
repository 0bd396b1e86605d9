import type { CodeAction, Diagnostic, Range } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Finding, Fix } from '../protocol/report.ts';
import { serverCommands } from '../protocol/requests.ts';
import type { ShowTarget } from '../protocol/requests.ts';
import { plain } from '../report/plain.ts';
import { invalidSuppression } from '../rules/invalid-suppression.ts';
import { findingsOf, meets, rangeOf, shownRange } from './convert.ts';
import type { DiagnosticData } from './convert.ts';
import { workspaceEditOf } from './edits.ts';
import type { EditContext } from './edits.ts';
import type { Settled } from './folders.ts';
import { noteAction } from './notes.ts';
import { acceptActions, ignoreActions } from './suppress.ts';
import type { WrittenAction } from './suppress.ts';

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

/** The safe fixes of one document that do not touch one another, as one: what stands here is put right, nothing is chosen. */
const allSafe = (settled: Settled): Fix | undefined => {
  const taken: Fix[] = [];
  for (const finding of findingsOf(settled.analysis, settled)) {
    const fix = finding.fixes.find(
      (entry) => entry.safe && entry.creates.length === 0 && entry.edits.every((edit) => edit.path === settled.path && edit.cell === settled.cell),
    );
    if (!fix || taken.some((other) => other.edits.some((a) => fix.edits.some((b) => meets(rangeOf(a), rangeOf(b)))))) continue;
    taken.push(fix);
  }
  return taken.length === 0
    ? undefined
    : { title: 'Apply all safe fixes of Pedigree', safe: true, preferred: false, edits: taken.flatMap((fix) => fix.edits), creates: [] };
};

/** What the client can do beside editing. */
export interface ActionContext extends EditContext {
  /** It resolves actions: their edits are left to `resolveAction`. */
  readonly lazy: boolean;
  /** It shows a place, or a page, when it is asked to. */
  readonly shows: boolean;
}

const fixActions = (settled: Settled, uri: string, finding: Finding, diagnostics: Diagnostic[], context: ActionContext): readonly CodeAction[] =>
  finding.fixes.flatMap((fix, index): CodeAction[] => {
    const data: ActionData = { uri, fingerprint: finding.fingerprint, fix: index };
    const action: CodeAction = { title: plain(fix.title), kind: CodeActionKind.QuickFix, diagnostics, ...(fix.preferred ? { isPreferred: true } : {}), data };
    if (context.lazy) return [action];
    const edited = workspaceEditOf(settled.folder, context, fix);
    return 'refused' in edited ? [] : [{ ...action, edit: edited.edit }];
  });

const shown = ({ action, gap }: WrittenAction, context: ActionContext): CodeAction => {
  if (!context.shows) return action;
  const target: ShowTarget = gap;
  return { ...action, command: { title: 'Write it', command: serverCommands.show, arguments: [target] } };
};

/** Findings at one place that are offered to be accepted: whoever selects a whole file wants no list of hundreds. */
const mostWritten = 8;

/** What notes or accepts a finding instead of mending it. */
const writtenActions = (settled: Settled, document: TextDocument | undefined, finding: Finding, diagnostics: Diagnostic[], context: ActionContext) => {
  if (!context.versioned) return [];
  const note = noteAction(settled, finding, context, diagnostics);
  const written = note ? [note] : [];
  if (finding.ruleId === invalidSuppression.id) return written;
  return [
    ...written,
    ...(document ? ignoreActions(document, settled.path, finding, diagnostics) : []),
    ...acceptActions(settled, finding, context, diagnostics),
  ];
};

const pageActions = (findings: readonly Finding[], diagnosticsOf: (finding: Finding) => Diagnostic[]): readonly CodeAction[] =>
  [...new Map(findings.map((finding) => [finding.ruleId, finding])).values()].map((finding) => {
    const target: ShowTarget = { rule: finding.ruleId };
    const title = `Show the page of ${finding.ruleId}`;
    return { title, kind: CodeActionKind.QuickFix, diagnostics: diagnosticsOf(finding), command: { title, command: serverCommands.show, arguments: [target] } };
  });

/** Quick fixes at a range, and safe fixes of the whole document where they were asked for by kind. */
export const actionsAt = (
  settled: Settled,
  uri: string,
  range: Range,
  diagnostics: readonly Diagnostic[],
  only: readonly string[] | undefined,
  context: ActionContext,
): readonly CodeAction[] => {
  const out: CodeAction[] = [];
  if (asked(only, CodeActionKind.QuickFix)) {
    const findings = findingsOf(settled.analysis, settled).filter((finding) => meets(shownRange(finding, settled), range));
    const shownAs = (finding: Finding): Diagnostic[] => shownFor(diagnostics, finding);
    const document = context.opened(settled.folder.root, settled.path)?.at(settled.cell);
    for (const finding of findings) out.push(...fixActions(settled, uri, finding, shownAs(finding), context));
    // Behind all that mends something.
    for (const finding of findings.slice(0, mostWritten))
      for (const written of writtenActions(settled, document, finding, shownAs(finding), context)) out.push(shown(written, context));
    if (context.shows) out.push(...pageActions(findings, shownAs));
  }
  if (only !== undefined && asked(only, fixAllKind)) {
    const fix = allSafe(settled);
    const edited = fix ? workspaceEditOf(settled.folder, context, fix) : undefined;
    if (fix && edited && 'edit' in edited) out.push({ title: plain(fix.title), kind: fixAllKind, edit: edited.edit });
  }
  return out;
};

/** The edit of an action that was offered before; a reason in words when its finding is gone or its files have moved on. */
export const resolveAction = (settled: Settled, action: CodeAction, context: EditContext): CodeAction | string => {
  const data = action.data as ActionData;
  const finding = settled.analysis.findingsAt(settled.path).find((entry) => entry.fingerprint === data.fingerprint);
  const fix = finding?.fixes[data.fix];
  if (!fix || plain(fix.title) !== action.title) return 'the text has changed since this fix was offered';
  const edited = workspaceEditOf(settled.folder, context, fix);
  return 'refused' in edited ? edited.refused : { ...action, edit: edited.edit };
};
