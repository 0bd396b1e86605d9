import { window } from 'vscode';
import type { Disposable, LogOutputChannel, Uri } from 'vscode';
import type { LineageAnswer } from '../../../server/src/protocol/views.ts';
import { readMessage } from '../pages/messages.ts';
import { createPage } from '../pages/page.ts';
import { openPlace } from '../report/open.ts';
import { createPlaces } from '../report/places.ts';
import type { Places } from '../report/places.ts';
import { say } from '../say.ts';
import { graphView } from './model.ts';
import type { GraphView, ShowGraph } from './view.ts';

export interface LineagePanel extends Disposable {
  readonly show: () => Promise<void>;
  /** The files say something else now. Who looks sees it; nobody else is asked for anything. */
  readonly stale: () => void;
}

export interface LineagePanelOptions {
  readonly extensionUri: Uri;
  readonly log: LogOutputChannel;
  readonly ask: () => Promise<LineageAnswer>;
}

/** Milliseconds: a picture that is drawn anew at each key press cannot be read. */
const pause = 800;

export const createLineagePanel = ({ extensionUri, log, ask }: LineagePanelOptions): LineagePanel => {
  let shown: { readonly view: GraphView; readonly places: Places; readonly answer: string } | undefined;
  let pictures = 0;
  let waiting: NodeJS.Timeout | undefined;

  const send = (): void => {
    const message: ShowGraph | undefined = shown && { type: 'show', view: shown.view };
    if (message) page.post(message);
  };
  /** Asks, and tells whether there is something else to be drawn. */
  const take = async (): Promise<boolean> => {
    const answer = await ask();
    const text = JSON.stringify(answer);
    if (shown?.answer === text) return false;
    pictures += 1;
    const places = createPlaces(pictures);
    shown = { view: graphView(answer, places), places, answer: text };
    return true;
  };
  const failed = (error: unknown): void => log.error(error instanceof Error ? error : String(error));
  const open = async (id: string): Promise<void> => {
    const place = shown?.places.find(id);
    if (!place) return;
    try {
      await openPlace(place, page.besides());
    } catch (error) {
      log.warn(`${place.path}: ${String(error)}`);
      window.setStatusBarMessage(say('lineage.placeGone'), 6_000);
    }
  };
  const ready = async (): Promise<void> => {
    if (!shown) await take();
    send();
  };

  const page = createPage({
    extensionUri,
    viewType: 'pedigree.lineage',
    title: say('lineage.tab'),
    script: ['dist', 'lineage-page.js'],
    style: 'lineage.css',
    onMessage: (message) => {
      const read = readMessage(message);
      if (read?.type === 'ready') ready().catch(failed);
      if (read?.type === 'open') void open(read.id);
    },
    onClosed: () => {
      clearTimeout(waiting);
      shown = undefined;
    },
  });
  return {
    show: async () => {
      const changed = await take();
      if (page.isOpen() && changed) send();
      page.reveal();
    },
    stale: () => {
      if (!page.isOpen()) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => {
        take()
          .then((changed) => changed && send())
          .catch(failed);
      }, pause);
    },
    dispose: () => {
      clearTimeout(waiting);
      page.dispose();
    },
  };
};
