import { window } from 'vscode';
import type { Disposable, LogOutputChannel, Uri } from 'vscode';
import type { LiveFolder } from '../live.ts';
import { readMessage } from '../pages/messages.ts';
import type { PageCommand } from '../pages/messages.ts';
import { createPage } from '../pages/page.ts';
import { say } from '../say.ts';
import { reportView } from './model.ts';
import { openPlace } from './open.ts';
import { createPlaces } from './places.ts';
import type { Places } from './places.ts';
import type { ReportView, ShowReport } from './view.ts';

export interface ReportPanel extends Disposable {
  /** Shows a report in the one panel there is, which is made where there is none. */
  readonly show: (folders: readonly LiveFolder[]) => void;
  /** Files say something now. A report that is open is not changed under who reads it: it says that it is no longer how things are. */
  readonly stale: () => void;
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

/** Milliseconds of quiet after which a report is compared with what holds now. */
const pause = 1_500;

/** What two reports are compared by. Lines move all the time, and say nothing. */
const contentsOf = (folders: readonly LiveFolder[]): string =>
  JSON.stringify(
    folders.map(({ uri, content }) => [uri, content.summary, content.report.findings.map(({ fingerprint, severity }) => [fingerprint, severity])]),
  );

export const createReportPanel = ({ extensionUri, log, now, run }: PanelOptions): ReportPanel => {
  let shown: { readonly view: ReportView; readonly places: Places; readonly contents: string; readonly isStale: boolean } | undefined;
  let waiting: NodeJS.Timeout | undefined;
  let reports = 0;

  const open = async (id: string): Promise<void> => {
    const place = shown?.places.find(id);
    if (!place) return;
    try {
      await openPlace(place, page.besides());
    } catch (error) {
      log.warn(`${place.path}: ${String(error)}`);
      window.setStatusBarMessage(say('report.placeGone'), 6_000);
    }
  };
  const send = (): void => {
    if (!shown) return;
    page.post({ type: 'show', view: shown.view } satisfies ShowReport);
    if (shown.isStale) page.post({ type: 'stale' });
  };
  const take = (folders: readonly LiveFolder[]): void => {
    reports += 1;
    const places = createPlaces(reports);
    shown = { places, view: reportView(folders, places, new Date()), contents: contentsOf(folders), isStale: false };
  };
  const compare = async (): Promise<void> => {
    const contents = contentsOf(await now());
    if (!shown || shown.contents === contents) return;
    shown = { ...shown, isStale: true };
    page.post({ type: 'stale' });
  };
  /** A page that was hidden begins anew and asks for its report again; one that came back with its window has none. */
  const ready = async (): Promise<void> => {
    if (!shown) take(await now());
    send();
  };

  const page = createPage({
    extensionUri,
    viewType: 'pedigree.report',
    title: say('report.tab'),
    script: ['dist', 'report-page.js'],
    style: 'report.css',
    onMessage: (message) => {
      const read = readMessage(message);
      if (read?.type === 'ready') ready().catch((error: unknown) => log.error(String(error)));
      if (read?.type === 'open') void open(read.id);
      if (read?.type === 'command') run(read.name);
    },
    onClosed: () => {
      clearTimeout(waiting);
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
    stale: () => {
      if (!page.isOpen() || !shown || shown.isStale) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        compare().catch((error: unknown) => log.error(String(error)));
      }, pause);
    },
    dispose: () => {
      clearTimeout(waiting);
      page.dispose();
    },
  };
};
