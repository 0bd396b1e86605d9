import { LanguageStatusSeverity, languages } from 'vscode';
import type { Disposable } from 'vscode';
import type { StatusParameters } from '../../server/src/protocol/requests.ts';
import { cellSelector, documentSelector } from './files.ts';
import { statusView } from './status-view.ts';

export interface Status extends Disposable {
  readonly show: (status: StatusParameters) => void;
}

const severities = {
  information: LanguageStatusSeverity.Information,
  warning: LanguageStatusSeverity.Warning,
  error: LanguageStatusSeverity.Error,
} as const;

/** The entry behind the braces of the status bar: seen where a file that is read is open, and nowhere else. */
export const createStatus = (): Status => {
  const item = languages.createLanguageStatusItem('pedigree.status', [...documentSelector, ...cellSelector.map(({ notebook }) => notebook)]);
  item.name = 'Pedigree';
  return {
    show: (status) => {
      const view = statusView(status);
      item.text = view.text;
      item.detail = view.detail;
      item.busy = view.busy;
      item.severity = severities[view.severity];
      item.command = { title: view.command.title, command: view.command.id };
      item.accessibilityInformation = { label: `${view.text}. ${view.detail}` };
    },
    dispose: () => item.dispose(),
  };
};
