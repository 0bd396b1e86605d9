import { Uri, window, workspace } from 'vscode';
import type { WorkspaceFolder } from 'vscode';
import type { Live, LiveFolder } from '../live.ts';
import { say } from '../say.ts';
import { askAll } from './ask.ts';
import { answersOf, questionsFor } from './questions.ts';
import { policyText } from './text.ts';

const fileName = 'pedigree.yaml';

/** A policy holds for one folder: where several are open, it is asked which. */
const chooseFolder = async (): Promise<WorkspaceFolder | undefined> => {
  const folders = workspace.workspaceFolders ?? [];
  if (folders.length > 1) return window.showWorkspaceFolderPick({ placeHolder: say('policy.whichFolder') });
  if (folders.length === 0) await window.showInformationMessage(say('policy.noFolder'));
  return folders[0];
};

const exists = (uri: Uri): Promise<boolean> =>
  Promise.resolve(workspace.fs.stat(uri)).then(
    () => true,
    () => false,
  );

const open = async (uri: Uri): Promise<void> => void (await window.showTextDocument(uri));

/** Asks five questions and writes what was answered. What is there is never written over. */
export const createPolicy = async (live: Live): Promise<void> => {
  const folder = await chooseFolder();
  if (!folder) return;
  const uri = Uri.joinPath(folder.uri, fileName);
  if (await exists(uri)) {
    await open(uri);
    void window.setStatusBarMessage(say('policy.alreadyThere', { file: fileName }), 5_000);
    return;
  }
  const known: LiveFolder | undefined = (await live.refresh().catch(() => [])).find((each) => each.uri === folder.uri.toString());
  const given = await askAll(questionsFor(known));
  if (!given) return;
  // Somebody may have written one meanwhile.
  if (!(await exists(uri))) await workspace.fs.writeFile(uri, new TextEncoder().encode(policyText(answersOf(given, known))));
  await open(uri);
};
