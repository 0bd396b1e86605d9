import type { Knowledge } from '../knowledge/types.ts';
import { readExpression } from '../licence/expression.ts';
import { identify } from '../licence/identify.ts';
import type { Lines, Match } from '../licence/identify.ts';
import { titleOfLicence } from '../licence/modified.ts';
import { describe } from '../report/describe.ts';
import { describeMarkdown, escaped } from '../report/describe-text.ts';
import { linesText, rangeText } from '../text/lines.ts';

const holds = ({ startLine, endLine }: Lines, line: number): boolean => line >= startLine && line <= endLine;

/** What was added to a text may stand outside it. */
const reaches = (match: Match, line: number): boolean => holds(match, line) || (match.changes ?? []).some((change) => holds(change, line));

const kinds = ['text', 'notice', 'tag', 'reference'] as const;
const kindWords = {
  text: 'This text is',
  notice: 'This notice names',
  tag: 'This tag says',
  reference: 'This names',
} as const;

/** At most this: a text that is known by its title, or a name alone, whose words were compared with nothing. */
const byTitle = 0.5;

const agreement = ({ kind, score }: Match): string => {
  if (kind !== 'text' || score >= 1) return '';
  return score <= byTitle ? ', known by its title' : `, ${Math.round(score * 100)} % of its words agree`;
};

const changesText = ({ licence, of, changes = [] }: Match, line: number, knowledge: Knowledge): string => {
  if (of === undefined || changes.length === 0) return '';
  const name = escaped(titleOfLicence(of, knowledge));
  const outcome = licence === of ? `it is another edition of ${name}` : `it is not ${name}`;
  const here = changes.some((change) => holds(change, line)) ? '\n\n**This line was changed or added.**' : '';
  return `With changes at ${linesText(changes)}, so ${outcome}.${here}`;
};

const matchText = (match: Match, line: number, knowledge: Knowledge): string => {
  const { licence, kind, of } = match;
  const id = of ?? licence;
  const title = titleOfLicence(id, knowledge);
  const name = `**${escaped(title)}**${title === id ? '' : ` (${escaped(id)})`}`;
  const where = `${match.endLine > match.startLine ? 'lines' : 'line'} ${rangeText(match)}`;
  const what = of === undefined || of === licence ? kindWords[kind] : 'This text was made from';
  return [`${what} ${name}: ${where}${agreement(match)}`, changesText(match, line, knowledge)].filter((part) => part !== '').join('\n\n');
};

/** Licences of one expression that are described. */
const shownLicences = 3;

/** What a line of a licence file belongs to: a known text, what was changed in it, a notice. Empty where nothing is recognised at the line. */
export const recognisedAt = (source: string, line: number, knowledge: Knowledge): string => {
  const found = identify(source, knowledge).matches.filter((match) => reaches(match, line));
  const first = kinds.map((kind) => found.find((match) => match.kind === kind)).find((match) => match !== undefined);
  if (!first) return '';
  const licences = readExpression(first.licence)?.licences ?? [first.licence];
  const described = licences.slice(0, shownLicences).flatMap((id) => describe(id, knowledge) ?? []);
  return [matchText(first, line, knowledge), ...described.map(describeMarkdown)].join('\n\n---\n\n');
};
