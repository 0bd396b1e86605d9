import { window } from 'vscode';
import type { Disposable, LogOutputChannel, Uri } from 'vscode';
import type { LiveFolder } from '../live.ts';
import { readMessage } from '../pages/messages.ts';
import type { PageCommand } from '../pages/messages.ts';
import { createPage } from '../pages/page.ts';
import { reportView } from './model.ts';
import { openPlace } from './open.ts';
import { createPlaces } from './places.ts';
import type { Places } from './places.ts';
import type { ReportView, ShowReport } from './view.ts';

export interface ReportPanel extends Disposable {
  /** Shows a report in the one panel there is, which is made where there is none. */
  readonly show: (folders: readonly LiveFolder[]) => void;
  /** Shows it where the panel is open, and leaves alone who looks elsewhere. */
  readonly update: (folders: readonly LiveFolder[]) => void;
}

export interface PanelOptions {
  readonly extensionUri: Uri;
  readonly log: LogOutputChannel;
  /** What the folders hold now: for a page that came back with its window. */
  readonly now: () => Promise<readonly LiveFolder[]>;
  readonly run: (command: PageCommand) => void;
}

export const createReportPanel = ({ extensionUri, log, now, run }: PanelOptions): ReportPanel => {
  let shown: { readonly view: ReportView; readonly places: Places } | undefined;
  let reports = 0;

  const open = async (id: string): Promise<void> => {
    const place = shown?.places.find(id);
    if (!place) return;
    try {
      await openPlace(place, page.besides());
    } catch (error) {
      log.warn(`${place.path}: ${String(error)}`);
      window.setStatusBarMessage('Pedigree: this place is not there any more. Audit again.', 6_000);
    }
  };
  const send = (): void => {
    const message: ShowReport | undefined = shown && { type: 'show', view: shown.view };
    if (message) page.post(message);
  };
  const take = (folders: readonly LiveFolder[]): void => {
    reports += 1;
    const places = createPlaces(reports);
    shown = { places, view: reportView(folders, places, new Date()) };
  };
  /** A page that was hidden begins anew and asks for its report again; one that came back with its window has none. */
  const ready = async (): Promise<void> => {
    if (!shown) take(await now());
    send();
  };

  const page = createPage({
    extensionUri,
    viewType: 'pedigree.report',
    title: 'Pedigree Report',
    script: ['dist', 'report-page.js'],
    style: 'report.css',
    onMessage: (message) => {
      const read = readMessage(message);
      if (read?.type === 'ready') ready().catch((error: unknown) => log.error(String(error)));
      if (read?.type === 'open') void open(read.id);
      if (read?.type === 'command') run(read.name);
    },
    onClosed: () => {
      shown = undefined;
    },
  });
  return {
    show: (folders) => {
      take(folders);
      if (page.isOpen()) send();
      page.reveal();
    },
    update: (folders) => {
      if (!page.isOpen()) return;
      take(folders);
      send();
    },
    dispose: () => page.dispose(),
  };
};
