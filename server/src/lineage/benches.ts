import { folderOf } from './local.ts';

const judging = /(?:^|[_-])(?:eval\w*|judg\w*|scor(?:e|er|ing)\w*|grad(?:e|er|ing)\w*|bench\w*|leaderboard|show_results?)(?:[_.-]|$)/i;
const judgingFolder = /^(?:evals?|evaluations?|evaluators?|judges?|bench(?:mark)?s?|scoring)$/i;
const training = /(?:^|[_-])(?:train\w*|finetun\w*|fine_tun\w*|sft|dpo|ppo|grpo|pretrain\w*)(?:[_.-]|$)/i;
/** Names of files that make data, whatever lies beside them. */
const making = /data|synth|instruct|distil|corpus|train|sft|collect|augment/i;

/**
 * Folders of benchmarks, below the root: what asks for answers there lies beside what judges them, and nothing trains. A file that is named
 * for making data makes them all the same.
 */
export const answersBench = (paths: Iterable<string>): ((path: string) => boolean) => {
  const judged = new Set<string>();
  const trained = new Set<string>();
  for (const path of paths) {
    const folder = folderOf(path);
    const name = path.slice(path.lastIndexOf('/') + 1);
    if (/\.(?:py|sh|ipynb)$/.test(name)) {
      if (judging.test(name)) judged.add(folder);
      if (training.test(name)) trained.add(folder);
    }
    if (judgingFolder.test(folder.slice(folder.lastIndexOf('/') + 1))) judged.add(folderOf(folder));
  }
  return (path) => {
    const folder = folderOf(path);
    return folder !== '.' && judged.has(folder) && !trained.has(folder) && !making.test(path.slice(path.lastIndexOf('/') + 1));
  };
};
