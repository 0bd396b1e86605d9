import { findLicenceMentions } from '../../licence/mentions.ts';
import type { Category, Knowledge } from '../../knowledge/types.ts';
import { limits } from '../../text/limits.ts';
import { spanOf } from '../../text/span.ts';
import { addFact, draftOf, moreThan, readingOf } from '../draft.ts';
import { here } from '../types.ts';
import type { Reader, Reading } from '../types.ts';
import { isNoticeFile } from './notices.ts';

/** "- **License**: CC BY-NC 4.0", one line of what is said of each of several sets. */
const termsLine = /^[\s>*_+-]{0,20}licen[cs]es?[*_]{0,3}[^\S\n]?[:：][*_]{0,3}[^\S\n]*(\S[^\n]{0,400})$/i;
const sourceLine = /^[\s>*_+-]{0,20}(?:sources?|url|homepage|origin|link|website)[*_]{0,3}[^\S\n]?[:：][*_]{0,3}[^\S\n]*<?(https?:\/\/[^\s>]{4,300})/i;
/** "Otter:", "- **acme/otter**:" */
const nameLine = /^[\s>*_+#-]{0,20}([A-Za-z][\w./+ -]{1,60})[*_]{0,3}[^\S\n]?[:：][*_]{0,3}[^\S\n]*$/;
const heading = /^#{1,6}\s/;
const ofData = /\bdata\s?sets?\b|\bcorp(?:us|ora)\b|数据/i;
/** Data of the hub say so by their address. */
const hubData = /^https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/datasets\//i;
const dataFolder = /(?:^|\/)(?:data|datasets?|corpora)\//i;

/** What takes no duty along needs no word here: the file itself has said it. */
const narrow: readonly Category[] = ['non-commercial', 'research-only', 'share-alike'];

const isNarrow = (licence: string, knowledge: Knowledge): boolean => {
  const category = knowledge.terms(licence)?.category;
  return category !== undefined && narrow.includes(category);
};

/** Licence files that tell, entry by entry, under which terms the data are that lie here: "Otter: / License: ... / Source: ...". */
export const dataTermsReader: Reader = {
  id: 'data-terms',
  version: 1,
  matches: (path) => isNoticeFile(path),
  wants: 'text',
  maximum: limits.noticeBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const draft = draftOf('data-terms', path, knowledge);
    const lines = text.split('\n');
    let start = 0;
    let isBelowData = false;
    for (const [at, line] of lines.entries()) {
      const from = start;
      start += line.length + 1;
      if (heading.test(line)) isBelowData = ofData.test(line) || (isBelowData && /^#{3,6}\s/.test(line));
      const stated = line.length <= limits.lineLength ? termsLine.exec(line.trimEnd())?.[1] : undefined;
      if (stated === undefined) continue;
      const name = nameLine.exec((lines[at - 1] ?? '').trimEnd())?.[1]?.trim();
      const source = sourceLine.exec(lines[at + 1] ?? '')?.[1];
      if (name === undefined || source === undefined || !(hubData.test(source) || isBelowData || dataFolder.test(path))) continue;
      const licences = [...new Set(findLicenceMentions(stated, knowledge).flatMap((mention) => mention.licences))];
      const [licence] = licences;
      if (licence === undefined || licences.length > 1 || !isNarrow(licence, knowledge)) continue;
      if (draft.facts.length >= limits.proseFacts) return readingOf(draft, [moreThan(limits.proseFacts, 'entries')]);
      const work = `${here}#${name.slice(name.lastIndexOf('/') + 1).replace(/\s+/g, '-')}` as const;
      const span = spanOf(from + line.indexOf(stated), from + line.trimEnd().length);
      addFact(draft, { kind: 'work', id: draft.idOf('work', work), work, workKind: 'dataset', via: 'prose' }, { span });
      const id = draft.idOf('licence', `${work} ${licence}`);
      addFact(
        draft,
        { kind: 'licence', id, work, scope: 'data', speaker: 'other', evidence: 'declared', stated, licences, choice: false, via: 'prose', problem: null },
        { span },
      );
    }
    return readingOf(draft);
  },
};
