import { WorkDoneProgress } from 'vscode-languageserver/node';
import type { CancellationToken, Connection, ProgressToken } from 'vscode-languageserver/node';
import type { AuditAnswer, DebugInformation } from '../protocol/requests.ts';
import type { Folders } from './folders.ts';
import { folderContent } from './views.ts';

interface Reporter {
  readonly begin: (title: string, percentage: number, message: string, cancellable: boolean) => void;
  readonly report: (percentage: number, message: string) => void;
  readonly done: () => void;
  /** Of a progress that the client shows by itself, and can cancel there. */
  readonly token?: CancellationToken;
}

const unseen: Reporter = { begin: () => undefined, report: () => undefined, done: () => undefined };

const reporterFor = (connection: Connection, token: ProgressToken): Reporter => {
  const send = (value: Parameters<typeof connection.sendProgress<object>>[2]): void =>
    void connection.sendProgress(WorkDoneProgress.type, token, value as never);
  return {
    begin: (title, percentage, message, cancellable) => send({ kind: 'begin', title, percentage, message, cancellable }),
    report: (percentage, message) => send({ kind: 'report', percentage, message }),
    done: () => send({ kind: 'end' }),
  };
};

export interface AuditRequest {
  readonly connection: Connection;
  readonly folders: Folders;
  /** What the request came with for its progress. A client that gave none is asked for one; without it, the audit runs unseen. */
  readonly workDoneToken: ProgressToken | undefined;
  readonly canCreateProgress: boolean;
  readonly token: CancellationToken;
}

/** Percent of a folder that are its reading; the rest is for what follows from it. */
const reading = 90;

/** Reads every folder anew and reports on it; what was read of other folders stands when it is cancelled. */
export const auditAll = async ({ connection, folders, workDoneToken, canCreateProgress, token }: AuditRequest): Promise<AuditAnswer> => {
  const progress: Reporter =
    workDoneToken === undefined ? (canCreateProgress ? await connection.window.createWorkDoneProgress() : unseen) : reporterFor(connection, workDoneToken);
  const isCancelled = (): boolean => token.isCancellationRequested || progress.token?.isCancellationRequested === true;
  const rows: AuditAnswer['folders'][number][] = [];
  progress.begin('Pedigree audit', 0, '', true);
  try {
    const all = folders.all();
    for (const [at, folder] of all.entries()) {
      const percentage = (ofFolder: number): number => Math.floor((100 * at + ofFolder) / all.length);
      const onProgress = (done: number, total: number): void =>
        progress.report(percentage((reading * done) / Math.max(1, total)), `${folder.name}: ${done} of ${total} files`);
      if (isCancelled() || !(await folder.scan({ onProgress, isCancelled }))) return { folders: rows, cancelled: true };
      folders.flush();
      progress.report(percentage(reading), `${folder.name}: what follows from it`);
      await folder.workspace.resolve(isCancelled);
      if (isCancelled()) return { folders: rows, cancelled: true };
      rows.push({ uri: folder.uri, name: folder.name, ...folderContent(folder) });
    }
    return { folders: rows, cancelled: isCancelled() };
  } finally {
    progress.done();
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
