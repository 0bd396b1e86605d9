import { CancellationError, ProgressLocation, window } from 'vscode';
import type { CancellationToken, Progress } from 'vscode';
import { ExecuteCommandRequest, LSPErrorCodes, ResponseError, WorkDoneProgress } from 'vscode-languageclient/node';
import { serverCommands } from '../../server/src/protocol/requests.ts';
import type { AuditAnswer } from '../../server/src/protocol/requests.ts';
import type { Server } from './client.ts';

let tokens = 0;

const isCancelled = (error: unknown): boolean =>
  error instanceof CancellationError || (error instanceof ResponseError && (error.code === LSPErrorCodes.RequestCancelled || error.code === LSPErrorCodes.ServerCancelled));

/** Asks the server for an audit; undefined when it was cancelled. */
const request = async (server: Server, progress: Progress<{ message: string; increment: number }>, token: CancellationToken): Promise<AuditAnswer | undefined> => {
  await server.ready();
  tokens += 1;
  const workDoneToken = `pedigree-audit-${tokens}`;
  let shown = 0;
  const listening = server.client.onProgress(WorkDoneProgress.type, workDoneToken, (value) => {
    if (value.kind !== 'report') return;
    // The notification wants steps, the protocol says how far it is.
    const percentage = value.percentage ?? shown;
    progress.report({ message: value.message ?? '', increment: Math.max(0, percentage - shown) });
    shown = Math.max(shown, percentage);
  });
  try {
    const answer = (await server.client.sendRequest(ExecuteCommandRequest.type, { command: serverCommands.audit, arguments: [], workDoneToken }, token)) as AuditAnswer;
    return answer.cancelled || token.isCancellationRequested ? undefined : answer;
  } catch (error) {
    if (token.isCancellationRequested || isCancelled(error)) return undefined;
    throw error;
  } finally {
    listening.dispose();
  }
};

/** Audits with a progress that can be cancelled. Half a report would be taken for a whole one, so a cancelled audit shows none. */
export const audit = (server: Server): Thenable<AuditAnswer | undefined> =>
  window.withProgress({ location: ProgressLocation.Notification, title: 'Pedigree audit', cancellable: true }, (progress, token) => request(server, progress, token));
