import { env, version, window, workspace } from 'vscode';
import type { LogOutputChannel } from 'vscode';
import { serverCommands } from '../../server/src/protocol/requests.ts';
import type { DebugInformation } from '../../server/src/protocol/requests.ts';
import { audit } from './audit.ts';
import type { Server } from './client.ts';
import { debugText } from './debug-information.ts';
import { exportReport } from './export.ts';
import { findingCommands } from './findings/commands.ts';
import type { FindingsView } from './findings/view.ts';
import type { LineagePanel } from './lineage/panel.ts';
import type { Live } from './live.ts';
import type { messages } from './messages.ts';
import { createPolicy } from './policy/create.ts';
import type { ReportPanel } from './report/panel.ts';
import { say } from './say.ts';

export interface CommandContext {
  /** Loads it when it is first asked for. */
  readonly server: () => Promise<Server>;
  readonly live: Live;
  readonly report: ReportPanel;
  readonly lineage: LineagePanel;
  readonly view: FindingsView;
  readonly log: LogOutputChannel;
  /** Version of the extension. */
  readonly version: string;
}

/** How long a word of success stays in the status bar. */
const briefly = 4_000;

const auditWorkspace = ({ server, report, live }: CommandContext): (() => Promise<void>) => {
  let running: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    const answer = await audit(server);
    if (answer) {
      report.show(answer.folders.map(({ uri, name, report: found, summary }) => ({ uri, name, content: { report: found, summary } })));
      live.stale();
    } else window.setStatusBarMessage(say('audit.cancelled'), briefly);
  };
  // Asked twice, it is still one audit.
  return () =>
    (running ??= run().finally(() => {
      running = undefined;
    }));
};

const copyDebugInformation = async (context: CommandContext): Promise<void> => {
  const server = await context
    .server()
    .then((loaded) => loaded.execute(serverCommands.debugInformation))
    .then(
      (answer) => answer as DebugInformation,
      (error: unknown) => say('debug.noAnswer', { reason: String(error) }),
    );
  const editor = {
    version: context.version,
    editor: `${env.appName} ${version}`,
    platform: `${process.platform} ${process.arch}`,
    remote: env.remoteName,
    trusted: workspace.isTrusted,
  };
  await env.clipboard.writeText(debugText(editor, server));
  window.setStatusBarMessage(say('debug.copied'), briefly);
};

/** What is exported is what holds now: a report that is open is brought to the same state. */
const exportNow = async ({ server, live, report }: CommandContext): Promise<void> => {
  await exportReport(server);
  report.update(await live.refresh());
};

type FailedId = Extract<keyof typeof messages, `failed.${string}`>;

/** The commands of the palette and of the views. Each was asked for, so each may say that it failed. */
export const commandTable = (context: CommandContext): Readonly<Record<string, (...parameters: readonly never[]) => unknown>> => {
  const told =
    (failed: FailedId, run: (...parameters: readonly never[]) => unknown) =>
    async (...parameters: readonly never[]): Promise<void> => {
      try {
        await run(...parameters);
      } catch (error) {
        context.log.error(error instanceof Error ? error : String(error));
        const reason = error instanceof Error ? error.message : String(error);
        const choice = await window.showErrorMessage(say(failed, { reason }), say('button.showOutput'));
        if (choice !== undefined) context.log.show();
      }
    };
  const findings = Object.entries(findingCommands(context)).map(([id, run]) => [id, told('failed.any', run)] as const);
  return {
    ...Object.fromEntries(findings),
    'pedigree.auditWorkspace': told('failed.audit', auditWorkspace(context)),
    'pedigree.showLineage': told('failed.lineage', () => context.lineage.show()),
    'pedigree.exportReport': told('failed.export', () => exportNow(context)),
    'pedigree.createPolicy': told('failed.policy', () => createPolicy(context.live)),
    'pedigree.showOutput': () => context.log.show(),
    'pedigree.restartServer': told('failed.restart', async () => (await context.server()).restart()),
    'pedigree.copyDebugInformation': told('failed.debug', () => copyDebugInformation(context)),
  };
};
