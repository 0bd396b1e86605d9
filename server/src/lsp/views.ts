import type { CancellationToken, Connection } from 'vscode-languageserver/node';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Knowledge } from '../knowledge/types.ts';
import type { Finding } from '../protocol/report.ts';
import { editRequest, exportFormats, exportRequest, foldersRequest, lineageRequest } from '../protocol/views.ts';
import type {
  EditAnswer,
  EditParameters,
  ExportAnswer,
  ExportParameters,
  FolderContent,
  FoldersAnswer,
  FoldersParameters,
  LineageAnswer,
} from '../protocol/views.ts';
import { documentOf } from '../report/document.ts';
import { graphOf } from '../report/graph.ts';
import { htmlOf } from '../report/html.ts';
import { markdownOf } from '../report/markdown.ts';
import { summaryOf } from '../report/summary.ts';
import { digest } from '../text/digest.ts';
import type { EditContext } from './edits.ts';
import { workspaceEditOf } from './edits.ts';
import type { Folder, Folders } from './folders.ts';
import { policyEdit } from './policy-edit.ts';
import { globOf } from './suppress.ts';

/** A report with the words for it. */
export const folderContent = ({ workspace }: Folder): FolderContent => {
  const { report } = workspace.analysis();
  return {
    report,
    summary: summaryOf(
      report,
      workspace.policy().disclose.map(({ name }) => name),
    ),
  };
};

const foldersAnswer = (folders: readonly Folder[], { known }: FoldersParameters): FoldersAnswer => ({
  folders: folders.map((folder) => {
    const content = folderContent(folder);
    const revision = digest(JSON.stringify(content));
    return { uri: folder.uri, name: folder.name, revision, content: known[folder.uri] === revision ? null : content };
  }),
});

const lineageAnswer = (folders: readonly Folder[], knowledge: Knowledge): LineageAnswer => ({
  folders: folders.map(({ uri, name, workspace }) => ({ uri, name, ...graphOf(workspace.analysis(), knowledge) })),
});

const exportAnswer = (folders: readonly Folder[], { format }: ExportParameters, today: string): ExportAnswer => {
  const contents = folders.map((folder) => ({ name: folder.name, ...folderContent(folder) }));
  if (format === 'json') {
    const reports = contents.map(({ name, report }) => ({ name, report }));
    // One folder: what the command line prints.
    return { text: `${JSON.stringify(reports.length === 1 ? reports[0]?.report : reports, undefined, 2)}\n` };
  }
  const blocks = documentOf(contents, today);
  return { text: format === 'html' ? htmlOf(blocks) : markdownOf(blocks) };
};

const refused = (reason: string): EditAnswer => ({ edit: null, refused: reason });

const accepted = (folder: Folder, finding: Finding, context: EditContext, action: Extract<EditParameters['action'], { kind: 'accept' }>): EditAnswer => {
  const edited = policyEdit(folder, context, 'accept', [
    ['rule', finding.ruleId],
    action.work === null ? ['paths', `[${JSON.stringify(globOf(finding.path))}]`] : ['work', JSON.stringify(action.work)],
    ['reason', JSON.stringify(action.reason)],
    ...(action.until === null ? [] : [['until', action.until] as const]),
  ]);
  return edited ? { edit: edited.edit, refused: null } : refused('pedigree.yaml cannot take an entry as it is');
};

const editAnswer = (folders: readonly Folder[], { folder: uri, fingerprint, action }: EditParameters, context: EditContext): EditAnswer => {
  const folder = folders.find((each) => each.uri === uri);
  const finding = folder?.workspace.analysis().report.findings.find((each) => each.fingerprint === fingerprint);
  if (!folder || !finding) return refused('the finding is gone');
  if (action.kind === 'accept') return accepted(folder, finding, context, action);
  const fix = finding.fixes.find(({ title }) => title === action.title);
  if (!fix) return refused('the text has changed since this fix was offered');
  const edited = workspaceEditOf(folder, context, fix);
  return 'refused' in edited ? refused(edited.refused) : { edit: edited.edit, refused: null };
};

export interface ViewContext {
  readonly connection: Connection;
  readonly folders: Folders;
  readonly knowledge: Knowledge;
  readonly edits: () => EditContext;
  readonly today: () => string;
}

/** What the views of an editor ask for, of every folder with all that was typed. */
export const answerViews = ({ connection, folders, knowledge, edits, today }: ViewContext): void => {
  const on = <P>(method: string, answer: (all: readonly Folder[], parameters: P) => object): void => {
    connection.onRequest(method, async (parameters: P, token: CancellationToken): Promise<object> => {
      const all = await folders.allSettled();
      if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
      return answer(all, parameters);
    });
  };
  on(foldersRequest, foldersAnswer);
  on(lineageRequest, (all) => lineageAnswer(all, knowledge));
  on(exportRequest, (all, parameters: ExportParameters) => {
    if (!exportFormats.includes(parameters.format)) throw new ResponseError(LSPErrorCodes.RequestFailed, 'no such format');
    return exportAnswer(all, parameters, today());
  });
  on(editRequest, (all, parameters: EditParameters) => editAnswer(all, parameters, edits()));
};
