import { builtComment, lineSlot, takenComment } from '../artefacts/origins/reader.ts';
import { noticesOf } from '../lineage/notices.ts';
import type { Mention } from '../lineage/types.ts';
import type { RuleContext } from './types.ts';

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

/** What a comment tells of some lines, of what it builds on, or of a copy that others had made, is less sure to bind than a file that was taken whole. */
export const isLesserCopy = (context: RuleContext, mention: Mention): boolean =>
  mention.via === builtComment || (mention.via === takenComment && !takesFile(context, mention));

/** A comment on where code is from: it is handed on with its file, whatever the file is for. */
export const isComment = ({ via }: Mention): boolean => via === takenComment || via === builtComment;
