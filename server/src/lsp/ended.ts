import { join } from 'node:path';
import { MessageType, ShowMessageNotification } from 'vscode-languageserver/node';
import type { Connection } from 'vscode-languageserver/node';
import { answersFolder } from '../host/answers-folder.ts';
import { openJournal } from '../host/journal.ts';
import type { Guard, Journal } from '../host/journal.ts';
import type { Folders } from './folders.ts';

/** What became of the server before this one, which the same editor started. */
export interface Ended {
  readonly guard: Guard;
  /** `editor` is the process of the editor, where it tells. Gives the file of the journal, for who watches whether it goes on. */
  readonly begin: (editor: number | null) => string | undefined;
  /** Names once, to whoever sits there, the files in whose midst the earlier server ended: they look clean from now on, and are not. */
  readonly tell: () => void;
  /** What is skipped now; null where nothing is. */
  readonly words: () => string | null;
}

const nameOf = (path: string, folders: Folders): string => {
  const root = folders.all().find((folder) => path.startsWith(`${folder.root}/`) || path.startsWith(`${folder.root}\\`))?.root;
  return root === undefined ? path : path.slice(root.length + 1).replaceAll('\\', '/');
};

/** `onChange`: something is skipped no more, since it changed. */
export const createEnded = (connection: Connection, folders: () => Folders, onChange: () => void): Ended => {
  let journal: Journal | undefined;
  connection.onShutdown(() => journal?.close());
  const named = (paths: readonly string[]): string => paths.map((path) => nameOf(path, folders())).join(', ');
  return {
    guard: (path, source, content, read) => {
      if (!journal) return read();
      const before = journal.skipped().length;
      const found = journal.guard(path, source, content, read);
      if (journal.skipped().length !== before) onChange();
      return found;
    },
    begin: (editor) => (journal = openJournal(join(answersFolder(), 'running'), editor ?? process.ppid)).file,
    tell: () => {
      if (!journal || journal.found.length === 0) return;
      const message = `Pedigree: its server did not get through ${named(journal.found)}, and was started anew. That is skipped until it changes or the server is restarted; all else is checked.`;
      connection.console.warn(message);
      void connection.sendNotification(ShowMessageNotification.type, { type: MessageType.Warning, message });
    },
    words: () => {
      const skipped = journal?.skipped() ?? [];
      return skipped.length === 0 ? null : named(skipped);
    },
  };
};
