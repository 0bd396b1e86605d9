import { CancellationError, ProgressLocation, window } from 'vscode';
import { serverCommands } from '../../server/src/protocol/requests.ts';
import type { AuditAnswer } from '../../server/src/protocol/requests.ts';
import type { Server } from './client.ts';
import { say } from './say.ts';

/** Audits with a progress that can be cancelled. Half a report would be taken for a whole one, so a cancelled audit gives none. */
export const audit = (server: () => Promise<Server>): Thenable<AuditAnswer | undefined> =>
  window.withProgress({ location: ProgressLocation.Notification, title: say('audit.title'), cancellable: true }, async (progress, token) => {
    let shown = 0;
    const onProgress = (message: string, percentage = shown): void => {
      // The notification wants steps, the protocol says how far it is.
      progress.report({ message: say('audit.progress', { what: message, percentage }), increment: Math.max(0, percentage - shown) });
      shown = Math.max(shown, percentage);
    };
    try {
      const answer = (await (await server()).execute(serverCommands.audit, { token, onProgress })) as AuditAnswer;
      return answer.cancelled || token.isCancellationRequested ? undefined : answer;
    } catch (error) {
      if (error instanceof CancellationError) return undefined;
      throw error;
    }
  });
