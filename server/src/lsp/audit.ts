import type { CancellationToken, Connection, WorkDoneProgressReporter } from 'vscode-languageserver/node';
import type { AuditAnswer, DebugInformation } from '../protocol/requests.ts';
import type { Folders } from './folders.ts';
import { folderContent } from './views.ts';

/** A client that gave no token of its own is asked for one; without it, the audit runs unseen. */
const reporterOf = async (
  connection: Connection,
  given: WorkDoneProgressReporter,
  hasToken: boolean,
  canCreate: boolean,
): Promise<{ readonly reporter: WorkDoneProgressReporter; readonly token: CancellationToken | undefined }> => {
  if (hasToken || !canCreate) return { reporter: given, token: undefined };
  const reporter = await connection.window.createWorkDoneProgress();
  return { reporter, token: reporter.token };
};

export interface AuditRequest {
  readonly connection: Connection;
  readonly folders: Folders;
  readonly given: WorkDoneProgressReporter;
  /** The request came with a token for its progress. */
  readonly hasToken: boolean;
  readonly canCreateProgress: boolean;
  readonly token: CancellationToken;
}

/** Reads every folder anew and reports on it; what was read of other folders stands when it is cancelled. */
export const auditAll = async ({ connection, folders, given, hasToken, canCreateProgress, token }: AuditRequest): Promise<AuditAnswer> => {
  const progress = await reporterOf(connection, given, hasToken, canCreateProgress);
  const isCancelled = (): boolean => token.isCancellationRequested || progress.token?.isCancellationRequested === true;
  const rows: AuditAnswer['folders'][number][] = [];
  progress.reporter.begin('Pedigree audit', 0, '', true);
  try {
    const all = folders.all();
    for (const [at, folder] of all.entries()) {
      const onProgress = (done: number, total: number): void =>
        progress.reporter.report(Math.floor((100 * (at + done / Math.max(1, total))) / all.length), `${folder.name}: ${done} of ${total} files`);
      if (isCancelled() || !(await folder.scan({ onProgress, isCancelled }))) return { folders: rows, cancelled: true };
      folders.flush();
      await folder.workspace.resolve(isCancelled);
      if (isCancelled()) return { folders: rows, cancelled: true };
      rows.push({ uri: folder.uri, name: folder.name, ...folderContent(folder) });
    }
    return { folders: rows, cancelled: isCancelled() };
  } finally {
    progress.reporter.done();
  }
};

export const debugInformation = (folders: Folders, version: string, knowledge: string): DebugInformation => ({
  version,
  node: process.version,
  knowledge,
  folders: folders.all().length,
  files: folders.all().reduce((sum, folder) => sum + folder.workspace.files(), 0),
  heapMegabytes: Math.round(process.memoryUsage().heapUsed / 1_000_000),
});
