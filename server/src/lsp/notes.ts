import type { CodeAction, Diagnostic } from 'vscode-languageserver/node';
import { CodeActionKind } from 'vscode-languageserver/node';
import { today } from '../host/today.ts';
import type { RelationType } from '../knowledge/types.ts';
import { shortName } from '../lineage/path.ts';
import type { EntryRows } from '../policy/insert.ts';
import { policyFileName } from '../policy/read.ts';
import type { Finding } from '../protocol/report.ts';
import { serviceOutputData } from '../rules/service-output-data.ts';
import { serviceOutputTraining } from '../rules/service-output-training.ts';
import { unknownOrigin } from '../rules/unknown-origin.ts';
import type { EditContext } from './edits.ts';
import type { Settled } from './folders.ts';
import { policyEdit } from './policy-edit.ts';
import type { WrittenAction } from './suppress.ts';

interface Note {
  readonly title: string;
  readonly rows: EntryRows;
}

const rowsOf = (path: string, relation: RelationType, from: string): EntryRows => [
  ['path', path === '' ? '' : JSON.stringify(path)],
  ['relation', relation],
  ['from', from === '' ? '' : JSON.stringify(from)],
  ['date', today()],
];

/** The file that a script keeps such outputs in, where the script says so; a part of the script is no file. */
const keptIn = ({ analysis: { lineage } }: Settled, { path }: Finding, service: string): string => {
  const edge = (lineage.edgesTo.get(service) ?? []).find(({ type, from, at }) => type === 'generatedBy' && at?.path === path && /^local:[^#]+$/.test(from));
  const kept = edge?.from.slice('local:'.length) ?? '';
  return kept === path ? '' : kept;
};

const noteOf = (settled: Settled, finding: Finding): Note | undefined => {
  const [work] = finding.works;
  if (work === undefined) return undefined;
  if (finding.ruleId === unknownOrigin.id && work.startsWith('local:')) {
    const path = work.slice('local:'.length);
    return { title: `Note in ${policyFileName} what ${path} was made from`, rows: rowsOf(path, 'finetune', '') };
  }
  const service = finding.works.find((id) => id.startsWith('service:'));
  if ((finding.ruleId === serviceOutputData.id || finding.ruleId === serviceOutputTraining.id) && service !== undefined)
    return {
      title: `Note in ${policyFileName} which data ${shortName(service)} wrote`,
      rows: rowsOf(keptIn(settled, finding, service), 'generatedBy', service),
    };
  return undefined;
};

/** A provenance note for what cannot carry one itself, with what nobody here can know left to be written. */
export const noteAction = (settled: Settled, finding: Finding, context: EditContext, diagnostics: Diagnostic[]): WrittenAction | undefined => {
  const note = noteOf(settled, finding);
  const edited = note ? policyEdit(settled.folder, context, 'provenance', note.rows) : undefined;
  if (!note || !edited) return undefined;
  const action: CodeAction = { title: note.title, kind: CodeActionKind.QuickFix, diagnostics, edit: edited.edit };
  return { action, gap: { uri: edited.uri, position: edited.gap } };
};
