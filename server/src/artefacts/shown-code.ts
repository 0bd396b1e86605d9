import { limits } from '../text/limits.ts';
import { draftOf, addFact, readingOf } from './draft.ts';
import { forAgents, isTest, roleOfPath } from './hub-id.ts';
import { blocksOf, isReadme, pythons, records, shells } from './instructions.ts';
import type { Reader, Reading } from './types.ts';
import { shownCode } from './via.ts';

/** What lets code of a repository run, in Python and in a command. */
const inPython = /\btrust_remote_code\s{0,4}=\s{0,4}True\b/;
const inShell = /(?<![\w-])--trust[-_]remote[-_]code(?![\w-]|[= ](?:false|no|0)\b)/i;

/** Somebody who names a revision knows what runs. */
const pinning = /\b(?:code_)?revision\s{0,4}=|--(?:code[-_])?revision\b/;

/** What may be done one day, and how it was thought out. */
const plans = /(?:^|[/_.-])(?:road[-_]?maps?|plans?|planning|proposals?|rfcs?|adrs?|todo\w*|drafts?|design)(?:$|[/_.-])/i;

/**
 * The first block of a document that shows its readers to let code of a repository run. READMEs and what a command fetches have a reader of
 * their own, which says which repository it is.
 */
export const shownCodeReader: Reader = {
  id: shownCode,
  version: 1,
  matches: (path, name) =>
    /\.(?:md|mdx|markdown)$/.test(name) &&
    !isReadme(name) &&
    !records.test(name) &&
    !plans.test(path) &&
    roleOfPath(path) !== 'evaluation' &&
    !isTest(path) &&
    !forAgents.test(path),
  words: () => ({ needles: ['trust_remote_code', 'trust-remote-code'] }),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text, worded }, knowledge): Reading => {
    const draft = draftOf(shownCode, path, knowledge);
    if (worded === false || !/trust[-_]remote/.test(text)) return readingOf(draft);
    const found = [inPython, inShell].flatMap((flag, at) =>
      blocksOf(text, at === 0 ? pythons : shells)
        .slice(0, limits.shownBlocks)
        .flatMap(({ start, end }) => {
          const block = text.slice(start, end);
          const match = pinning.test(block) ? null : flag.exec(block);
          return match ? [{ start: start + match.index, end: start + match.index + match[0].length }] : [];
        }),
    );
    const [first] = found.toSorted((a, b) => a.start - b.start);
    if (first) addFact(draft, { kind: 'code-flag', id: draft.idOf('code-flag', '') }, { span: first });
    return readingOf(draft);
  },
};
