import { limits } from '../../text/limits.ts';
import { spanOf } from '../../text/span.ts';
import { factIds } from '../hub-id.ts';
import { here } from '../types.ts';
import type { Anchor, Fact, Reader, Reading } from '../types.ts';
import { licenceFact, licenceStatements } from './statements.ts';
import { unitsOf } from './units.ts';

/** A page that a program shows is a text in three quotes. */
const quoted = /"""([^]{1,20000}?)"""|'''([^]{1,20000}?)'''/g;

/** What plainly speaks of the code: a page tells as well what may be done with the pictures that it makes, or with the model. */
const ofCode =
  /(?:^|[.!?>\n]\s{0,40})(?:the|this|our|all)\s+(?:source\s+)?codes?\s+(?:is|are)\s+(?:(?:licen[cs]ed|released|distributed|provided|available)\s+)?under\b/i;

/** Line by line: one pattern over all of them could split a row of marks in many ways. */
const isOnlyComments = (text: string): boolean => text.split('\n').every((line) => /^\s*(?:#|$)/.test(line));

/** What the page of a demo at the root says of the code: whoever opens it reads that and no README. */
export const shownReader: Reader = {
  id: 'shown',
  version: 2,
  matches: (path, name) => !path.includes('/') && /^(?:app|web[-_]?ui|.*(?:demo|gradio|streamlit)).{0,60}\.py$/.test(name),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ text }, knowledge): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('shown');
    for (const match of text.matchAll(quoted)) {
      const page = match[1] ?? match[2] ?? '';
      // The first text of a file is its own head.
      if (!ofCode.test(page) || facts.length >= limits.proseFacts || isOnlyComments(text.slice(0, match.index))) continue;
      const start = match.index + 3;
      for (const unit of unitsOf(page, 0)) {
        if (!ofCode.test(unit.text)) continue;
        for (const statement of licenceStatements(unit, knowledge)) {
          const { span, stated, licences, scopes } = statement;
          if (scopes.join() !== 'code' || licences.length === 0) continue;
          const id = idOf('licence', stated);
          facts.push(licenceFact(statement, { id, work: here, scope: 'code' }));
          anchors[id] = { span: spanOf(start + span.start, start + span.end) };
        }
      }
    }
    return { facts, anchors, problems: [] };
  },
};
