import { Disposable, workspace } from 'vscode';
import type { ServerSettings } from '../../server/src/protocol/requests.ts';

const names: readonly (keyof ServerSettings)[] = ['useCache', 'useHub', 'codeLens', 'inlayHints'];

/** What the user allows on this machine, and wants to be shown. The hub is never asked for what a folder names that nobody trusts. */
export const serverSettings = (): ServerSettings => {
  const settings = workspace.getConfiguration('pedigree');
  const isOn = (name: keyof ServerSettings): boolean => settings.get(name) === true;
  return { useCache: isOn('useCache'), useHub: workspace.isTrusted && isOn('useHub'), codeLens: isOn('codeLens'), inlayHints: isOn('inlayHints') };
};

export const onServerSettings = (changed: (settings: ServerSettings) => void): Disposable =>
  Disposable.from(
    workspace.onDidChangeConfiguration((event) => {
      if (names.some((name) => event.affectsConfiguration(`pedigree.${name}`))) changed(serverSettings());
    }),
    workspace.onDidGrantWorkspaceTrust(() => changed(serverSettings())),
  );
