import type { ChangedText } from '../artefacts/types.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { namesModified } from '../licence/modified.ts';
import type { Statement, Work } from '../lineage/types.ts';
import { licenceName, maximumRelated, sortedWorks } from './support/helpers.ts';
import { defineRule } from './types.ts';

/** An id of its own, or a card that names it and links to it: nobody takes it for the licence that it was made from. A mere link says nothing. */
const namesOwn = ({ fact }: Statement, knowledge: Knowledge): boolean => {
  if (fact === null) return false;
  if (fact.licences.length > 0) return fact.licences.some((id) => namesModified(id, knowledge));
  return fact.via === 'card' && (fact.problem === null || fact.problem.code === 'link-missing');
};

const isStatedAsOwn = (work: Work, { of }: ChangedText, knowledge: Knowledge): boolean => {
  const others = work.statements.filter((statement) => statement.fact?.via !== 'text' && statement.speaker !== 'other');
  return others.some((statement) => namesOwn(statement, knowledge)) && !others.some((statement) => statement.licences.includes(of));
};

export const modifiedLicence = defineRule({
  id: 'modified-licence',
  severity: 'warning',
  title: 'A known licence with changed conditions',
  messages: {
    changed:
      'This is the text of {of} with conditions changed or added at {lines}, so it is not {of}. Read what was changed, and state it as terms of its own ({licence}), not as {of}.',
    stated:
      'This is the text of {of} with conditions changed or added at {lines}, and is stated as terms of its own. Read what was changed, since nothing else tells it.',
    edition:
      'This is another edition of {of}: it says that it is of {edition}, and differs at {lines} from the one of {known}, which is known here. Read what is different, since these words bind where this text was given along.',
  },
  *check(context) {
    const { knowledge } = context;
    for (const work of sortedWorks(context)) {
      if (!work.local) continue;
      for (const { at, fact } of work.statements) {
        for (const text of fact?.changed ?? []) {
          if (!at) continue;
          const own = text.titled === true || isStatedAsOwn(work, text, knowledge);
          const stretches = text.stretches.map((slot) => ({ path: at.path, slot }));
          yield {
            messageId: text.edition === undefined ? (own ? 'stated' : 'changed') : 'edition',
            data: {
              of: text.of.startsWith('LicenseRef-') ? licenceName(text.of, knowledge) : text.of,
              licence: text.licence,
              edition: text.edition ?? '',
              known: knowledge.terms(text.of)?.effective ?? '',
            },
            at: { path: at.path, slot: text.first },
            severity: own || text.slip === true || text.edition !== undefined ? 'information' : 'warning',
            works: [work.id],
            evidence: 'text',
            lines: stretches,
            related: stretches.slice(1, 1 + maximumRelated).map((place) => ({ at: place, message: 'changed or added here too' })),
          };
        }
      }
    }
  },
});
