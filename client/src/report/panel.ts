import { randomBytes } from 'node:crypto';
import { Uri, ViewColumn, window } from 'vscode';
import type { Disposable, LogOutputChannel, WebviewPanel } from 'vscode';
import type { AuditAnswer } from '../../../server/src/protocol/requests.ts';
import { pageHtml } from './html.ts';
import { readMessage } from './messages.ts';
import type { ShowMessage } from './messages.ts';
import { reportView } from './model.ts';
import { openPlace } from './open.ts';
import { createPlaces } from './places.ts';
import type { Places } from './places.ts';
import type { ReportView } from './view.ts';

export interface ReportPanel extends Disposable {
  /** Shows a report in the one panel there is, which is made where there is none. */
  readonly show: (answer: AuditAnswer) => void;
}

/** The panel stays in sight while one follows its links: they open in another group. */
const besides = (panel: WebviewPanel): ViewColumn =>
  window.tabGroups.all.find((group) => group.viewColumn !== panel.viewColumn)?.viewColumn ?? ViewColumn.Beside;

export const createReportPanel = (extensionUri: Uri, log: LogOutputChannel): ReportPanel => {
  const media = Uri.joinPath(extensionUri, 'media');
  let panel: WebviewPanel | undefined;
  let shown: { readonly view: ReportView; readonly places: Places } | undefined;
  let reports = 0;

  const send = (): void => {
    const message: ShowMessage | undefined = shown && { type: 'show', view: shown.view };
    if (message) void panel?.webview.postMessage(message);
  };

  const open = async (id: string): Promise<void> => {
    const place = shown?.places.find(id);
    if (!place || !panel) return;
    try {
      await openPlace(place, besides(panel));
    } catch (error) {
      log.warn(`${place.path}: ${String(error)}`);
      window.setStatusBarMessage('Pedigree: this place is not there any more. Audit again.', 6_000);
    }
  };

  const create = (): WebviewPanel => {
    const made = window.createWebviewPanel('pedigree.report', 'Pedigree Report', ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [media],
      enableFindWidget: true,
    });
    const { webview } = made;
    made.iconPath = Uri.joinPath(media, 'icon.png');
    webview.onDidReceiveMessage((message: unknown) => {
      const read = readMessage(message);
      // A page that was hidden begins anew and asks for its report again.
      if (read?.type === 'ready') send();
      if (read?.type === 'open') void open(read.id);
    });
    made.onDidDispose(() => {
      panel = undefined;
      shown = undefined;
    });
    const uri = (name: string): string => webview.asWebviewUri(Uri.joinPath(media, name)).toString();
    webview.html = pageHtml({ cspSource: webview.cspSource, nonce: randomBytes(18).toString('base64'), script: uri('report.js'), style: uri('report.css') });
    return made;
  };

  return {
    show: (answer) => {
      reports += 1;
      const places = createPlaces(reports);
      shown = { places, view: reportView(answer, places, new Date()) };
      if (panel) {
        panel.reveal();
        send();
      } else panel = create();
    },
    dispose: () => panel?.dispose(),
  };
};
