import type { Knowledge } from '../../knowledge/types.ts';
import { allTools, tools } from '../../protocol/tools.ts';
import type { ToolAnswer, ToolParameters } from '../../protocol/tools.ts';
import { limits } from '../../text/limits.ts';
import { explainAnswer } from './explain.ts';
import type { ToolFolder } from './folder.ts';
import { checkInput } from './input.ts';
import { licencesAnswer } from './licences.ts';
import { lineageAnswer } from './lineage.ts';

/** A question that can be answered. */
export interface Prepared {
  /** The answer depends on what the files say now. */
  readonly needsFiles: boolean;
  readonly run: (folders: readonly ToolFolder[], knowledge: Knowledge) => ToolAnswer;
}

const wrong = (text: string): ToolAnswer => ({ text, isError: true });

/** What is wrong with a question is told before any file is read for it. */
export const prepareTool = ({ name, input: given }: ToolParameters): Prepared | ToolAnswer => {
  const tool = allTools.find((each) => each.name === name);
  if (!tool) return wrong(`There is no such tool; there are ${allTools.map((each) => each.name).join(', ')}.`);
  const checked = checkInput(tool.inputSchema, given);
  if (!checked.ok) return wrong(`The input of ${tool.name} is wrong: ${checked.reason}.`);
  const { input } = checked;
  const room = limits.toolAnswerLength;
  if (tool.name === tools.explain.name) return { needsFiles: false, run: (folders, knowledge) => explainAnswer(folders, input, knowledge, room) };
  return {
    needsFiles: true,
    run: (folders, knowledge) => {
      if (folders.length === 0) return wrong('No folder is open, so there is nothing to look at. pedigree_explain answers without one.');
      return tool.name === tools.lineage.name ? lineageAnswer(folders, input, knowledge, room) : licencesAnswer(folders, input, room);
    },
  };
};
