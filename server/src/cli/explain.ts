import type { Knowledge } from '../knowledge/types.ts';
import type { Resolutions } from '../lineage/resolutions.ts';
import { describe } from '../report/describe.ts';
import { stateSentence, withAnswers } from '../report/describe-answers.ts';
import { describeText } from '../report/describe-text.ts';
import type { Description } from '../report/description.ts';
import { longestGuess, nearest } from '../report/nearest.ts';
import { plain } from '../report/plain.ts';

export interface Explanation {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const unknown = (id: string, knowledge: Knowledge, answers: Resolutions): Explanation => {
  const guesses = nearest(id, knowledge);
  const shown = plain(id.length > longestGuess ? `${id.slice(0, longestGuess)}...` : id).replace(/\s+/g, ' ');
  const hint = guesses.length > 0 ? ` Did you mean ${guesses.join(', ')}?` : '';
  const said = answers.map((answer) => ` ${stateSentence(answer)}`).join('');
  return { code: 2, out: '', err: `pedigree explain: nothing is known here of "${shown}".${said}${hint}\n` };
};

/** What is known of an id, with what the cache and the hub answered of it, as text or as the description's JSON; near ids and code 2 where nothing is. `rules` answers for rule ids. */
export const explain = (
  id: string,
  format: 'text' | 'json',
  knowledge: Knowledge,
  rules?: (id: string) => Description | undefined,
  answers: Resolutions = [],
): Explanation => {
  const known = describe(id, knowledge);
  const description = rules?.(id) ?? (known || answers.some((answer) => answer.state === 'found') ? withAnswers(known, answers, knowledge) : undefined);
  if (!description) return unknown(id, knowledge, answers);
  return { code: 0, out: format === 'json' ? `${JSON.stringify(description, null, 2)}\n` : describeText(description), err: '' };
};
