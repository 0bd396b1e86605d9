import { ProcessExecution, Task, Uri, tasks, workspace } from 'vscode';
import type { Disposable, TaskDefinition, WorkspaceFolder } from 'vscode';
import { say } from './say.ts';

const type = 'pedigree';

/** What may stand in a `tasks.json` beside the type: nothing of it is known to hold. */
const wordsOf = ({ arguments: words }: TaskDefinition): readonly string[] =>
  Array.isArray(words) ? words.filter((word): word is string => typeof word === 'string') : [];

/** The command line of the same version, run by the editor's own Node, whose output the problem matcher reads. Findings do not make the task fail. */
const auditOf = (extensionUri: Uri, folder: WorkspaceFolder, definition: TaskDefinition): Task => {
  const words = [Uri.joinPath(extensionUri, 'dist', 'cli.js').fsPath, 'audit', '--format', 'lines', '--fail-on', 'never', ...wordsOf(definition)];
  const execution = new ProcessExecution(process.execPath, words, { cwd: folder.uri.fsPath, env: { ELECTRON_RUN_AS_NODE: '1' } });
  const task = new Task(definition, folder, 'audit', type, execution, '$pedigree');
  task.detail = say('task.detail');
  return task;
};

/** Each folder's audit as a task: it runs when somebody runs it, and not otherwise. */
export const registerTasks = (extensionUri: Uri): Disposable =>
  tasks.registerTaskProvider(type, {
    provideTasks: () => (workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file').map((folder) => auditOf(extensionUri, folder, { type })),
    resolveTask: ({ definition, scope }) => {
      const folder = typeof scope === 'object' ? scope : workspace.workspaceFolders?.[0];
      return folder ? auditOf(extensionUri, folder, definition) : undefined;
    },
  });
