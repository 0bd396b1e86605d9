import { randomBytes } from 'node:crypto';
import { Disposable, Uri, ViewColumn, window } from 'vscode';
import type { WebviewPanel } from 'vscode';
import { pageHtml } from './html.ts';

export interface PageOptions {
  readonly extensionUri: Uri;
  readonly viewType: string;
  readonly title: string;
  /** Below the extension's folder. */
  readonly script: readonly [folder: string, name: string];
  readonly style: string;
  readonly onMessage: (message: unknown) => void;
  readonly onClosed: () => void;
}

export interface Page extends Disposable {
  readonly isOpen: () => boolean;
  /** Brings it to the front, and makes it where there is none. */
  readonly reveal: () => void;
  readonly post: (message: object) => void;
  /** Where what it links to opens, so that the page stays in sight. */
  readonly besides: () => ViewColumn;
}

/** A page in an editor tab, of which there is one. It comes back with the window that it was open in, and asks anew for what it shows. */
export const createPage = ({ extensionUri, viewType, title, script, style, onMessage, onClosed }: PageOptions): Page => {
  const media = Uri.joinPath(extensionUri, 'media');
  const scripts = Uri.joinPath(extensionUri, script[0]);
  const webviewOptions = { enableScripts: true, localResourceRoots: [media, scripts] };
  let panel: WebviewPanel | undefined;

  const fill = (made: WebviewPanel): void => {
    const { webview } = made;
    panel = made;
    webview.options = webviewOptions;
    made.iconPath = Uri.joinPath(media, 'icon.png');
    const listening = webview.onDidReceiveMessage(onMessage);
    made.onDidDispose(() => {
      listening.dispose();
      if (panel !== made) return;
      panel = undefined;
      onClosed();
    });
    const uri = (...parts: readonly string[]): string => webview.asWebviewUri(Uri.joinPath(extensionUri, ...parts)).toString();
    webview.html = pageHtml({
      cspSource: webview.cspSource,
      nonce: randomBytes(18).toString('base64'),
      script: uri(...script),
      style: uri('media', style),
      title,
    });
  };
  const serializer = window.registerWebviewPanelSerializer(viewType, {
    deserializeWebviewPanel: (restored) => {
      // There is one already: it was asked for before the window had restored its own.
      if (panel) restored.dispose();
      else fill(restored);
      return Promise.resolve();
    },
  });
  return {
    isOpen: () => panel !== undefined,
    reveal: () => {
      if (panel) panel.reveal();
      else fill(window.createWebviewPanel(viewType, title, ViewColumn.Active, { ...webviewOptions, enableFindWidget: true }));
    },
    post: (message) => void panel?.webview.postMessage(message),
    besides: () => window.tabGroups.all.find((group) => group.viewColumn !== panel?.viewColumn)?.viewColumn ?? ViewColumn.Beside,
    dispose: () => {
      serializer.dispose();
      panel?.dispose();
    },
  };
};
