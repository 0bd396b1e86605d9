import type { CancellationToken } from 'vscode-languageserver/node';
import { LSPErrorCodes, ResponseError } from 'vscode-languageserver/node';
import type { Knowledge } from '../knowledge/types.ts';
import type { ToolAnswer, ToolParameters } from '../protocol/tools.ts';
import { prepareTool } from '../report/tools/run.ts';
import type { Folders } from './folders.ts';

/** A question of a language model, answered from the folders with all that was typed, saved or not. */
export const answerTool = async (folders: Folders, knowledge: Knowledge, parameters: ToolParameters, token: CancellationToken): Promise<ToolAnswer> => {
  const prepared = prepareTool(parameters);
  if (!('run' in prepared)) return prepared;
  const all = await folders.allSettled();
  if (token.isCancellationRequested) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
  return prepared.run(
    all.map(({ name, root, workspace }) => ({ name, roots: [root], analysis: workspace.analysis(), paths: workspace.paths })),
    knowledge,
  );
};
