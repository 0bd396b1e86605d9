import { memoBy } from '../knowledge/lookup.ts';
import { folderOf } from './local.ts';
import { filesByFolder } from './tree.ts';

/** Judges and scores stand in the making of data too, where they choose what is kept. */
const judging = /(?:^|[_-])(?:eval\w*|bench\w*|scor(?:e|es|er|ing)|leaderboard|show_results?)(?:[_.-]|$)/i;
const judgingFolder = /^(?:evals?|evaluations?|evaluators?|bench(?:mark)?s?)$/i;
const training = /(?:^|[_-])(?:train\w*|finetun\w*|fine_tun\w*|sft|dpo|ppo|grpo|pretrain\w*)(?:[_.-]|$)/i;
/** Names of files and folders that make data, whatever lies beside them. */
const making = /data|synth|instruct|distil|corpus|train|sft|collect|augment/i;

/**
 * Folders of benchmarks, below the root: what asks for answers there lies beside what judges them, and nothing trains. A file that is named
 * for making data makes them all the same.
 */
export const answersBench = memoBy((paths: readonly string[]): ((path: string) => boolean) => {
  const judged = new Set<string>();
  const trained = new Set<string>();
  for (const [folder, own] of filesByFolder(paths)) {
    const names = own.map((path) => path.slice(path.lastIndexOf('/') + 1)).filter((name) => /\.(?:py|sh|ipynb)$/.test(name));
    if (names.some((name) => judging.test(name))) judged.add(folder);
    if (names.some((name) => training.test(name))) trained.add(folder);
    if (judgingFolder.test(folder.slice(folder.lastIndexOf('/') + 1))) judged.add(folderOf(folder));
  }
  return (path) => {
    const folder = folderOf(path);
    return folder !== '.' && judged.has(folder) && !trained.has(folder) && !making.test(path.split('/').slice(-2).join('/'));
  };
});
