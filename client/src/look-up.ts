import { Disposable, workspace } from 'vscode';
import type { LookUpSettings } from '../../server/src/protocol/requests.ts';

/** What the user allows on this machine. The hub is never asked for what a folder names that nobody trusts. */
export const lookUpSettings = (): LookUpSettings => {
  const settings = workspace.getConfiguration('pedigree');
  return { useCache: settings.get('useCache') === true, useHub: workspace.isTrusted && settings.get('useHub') === true };
};

export const onLookUpSettings = (changed: (settings: LookUpSettings) => void): Disposable =>
  Disposable.from(
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('pedigree.useCache') || event.affectsConfiguration('pedigree.useHub')) changed(lookUpSettings());
    }),
    workspace.onDidGrantWorkspaceTrust(() => changed(lookUpSettings())),
  );
