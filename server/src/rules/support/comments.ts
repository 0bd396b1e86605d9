import { builtComment, lineSlot, takenComment } from '../../artefacts/origins/reader.ts';
import { builtCredit, takenCredit, usedCredit } from '../../artefacts/prose/credits.ts';
import { folderOf } from '../../lineage/local.ts';
import { noticesOf } from '../../lineage/notices.ts';
import type { Mention } from '../../lineage/types.ts';
import type { WorkId } from '../../artefacts/types.ts';
import { mayBeOwners } from './helpers.ts';
import type { RuleContext } from '../types.ts';

/** The head names somebody else again, with terms: it was copied from whoever had copied it, and what those ask for is told at the head. */
const isCopyOfCopy = (context: RuleContext, path: string): boolean => {
  const notices = noticesOf(context.artefacts);
  const heads = (context.artefacts.get(path)?.facts ?? []).flatMap((fact) =>
    fact.kind === 'header' && (fact.licences.length > 0 || fact.refers) ? [fact] : [],
  );
  return heads.some(({ holders }) => holders.some((holder) => notices.answersForAll(holder) === false));
};

/** A comment at the head of a file says that whoever wrote this project took the file from somewhere: not a few lines of it, nor somebody before them. */
export const takesFile = (context: RuleContext, { at }: Mention): boolean =>
  context.artefacts.get(at.path)?.places.has(lineSlot(at.fact)) === true && !isCopyOfCopy(context, at.path);

const headsOf = (context: RuleContext, path: string): readonly string[] =>
  (context.artefacts.get(path)?.facts ?? []).flatMap((fact) => (fact.kind === 'header' ? fact.holders : []));

/** A head names whoever the repository is named for, beside whom else. */
export const headNames = (context: RuleContext, path: string, name: string): boolean => {
  const owner = name.toLowerCase().replace(/\/[^/]*$/, '');
  const parts = owner.split(/[-_./]/).filter((part) => part.length > 2);
  return headsOf(context, path).some((holder) => {
    const words = holder.toLowerCase().split(/[^\p{L}\p{N}]+/u);
    return parts.some((part) => words.some((word) => word === part || (word.length > 3 && (part.includes(word) || word.includes(part)))));
  });
};

/** A head names somebody who does not answer for the whole. */
export const hasForeignHolder = (context: RuleContext, path: string): boolean =>
  headsOf(context, path).some((holder) => noticesOf(context.artefacts).isOurs(holder) !== true);

/** What a comment tells of some lines, of what it builds on, or of a copy that others had made, is less sure to bind than a file that was taken whole. */
export const isLesserCopy = (context: RuleContext, mention: Mention): boolean =>
  (mention.via === takenComment && !takesFile(context, mention)) || isBuiltOn(mention) || mention.via === usedCredit;

/** Only what code builds on is said: how much of it was taken over is not. */
export const isBuiltOn = ({ via }: Mention): boolean => via === builtComment || via === builtCredit;

/** A comment on where code is from: it is handed on with its file, whatever the file is for. */
export const isComment = ({ via }: Mention): boolean => via === takenComment || via === builtComment;

/** A sentence of a README gives credit for code. */
export const isCredit = ({ via }: Mention): boolean => via === takenCredit || via === usedCredit || via === builtCredit;

/** A project that was taken in gives it, or a notice names the source: then all is said there. */
const isAnswered = ({ artefacts, lineage }: RuleContext, work: WorkId, { at }: Mention): boolean =>
  lineage.vendorOf(at.path) !== undefined || noticesOf(artefacts).names(work.replace('pkg:github/', 'github.com/').toLowerCase());

/** Mentions in their order, sentences that give credit last, and without those that are answered: what stands at the code itself says more. */
export const creditsLast = (context: RuleContext, work: WorkId, mentions: readonly Mention[]): readonly Mention[] => [
  ...mentions.filter((mention) => !isCredit(mention)),
  ...mentions.filter((mention) => isCredit(mention) && !isAnswered(context, work, mention)),
];

/** Folders are called so for what they hold, whoever has a repository of that name. */
const plainFolders = new Set(['datasets', 'models', 'evaluate', 'metrics', 'tools', 'examples', 'benchmark', 'benchmarks', 'data', 'tests', 'utils']);

/** What the manifest at the root packs is the project's own, and named for it. */
const isOwnPackage = (context: RuleContext, folder: string): boolean =>
  !folder.replace(/^src\//, '').includes('/') && ['setup.py', 'setup.cfg', 'pyproject.toml'].some((name) => context.artefacts.has(name));

/** A package above the file has the name of a known repository of somebody else: what its comments say came along with it. */
export const isInKnownPackage = (context: RuleContext, path: string): boolean => {
  for (let at = folderOf(path); at !== '.'; at = folderOf(at)) {
    const name = at.slice(at.lastIndexOf('/') + 1);
    const repository = plainFolders.has(name) || isOwnPackage(context, at) ? undefined : context.knowledge.repositoryNamed(name);
    if (repository !== undefined && context.artefacts.has(`${at}/__init__.py`) && !mayBeOwners(context, `pkg:github/${repository}`, path)) return true;
  }
  return false;
};
