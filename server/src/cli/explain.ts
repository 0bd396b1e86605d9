import type { Knowledge } from '../knowledge/types.ts';
import type { Resolutions } from '../lineage/resolutions.ts';
import { describe } from '../report/describe.ts';
import { stateSentence, withAnswers } from '../report/describe-answers.ts';
import { describeText } from '../report/describe-text.ts';
import type { Description } from '../report/description.ts';
import { plain } from '../report/plain.ts';
import { rules } from '../rules/index.ts';

export interface Explanation {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Ids longer than this are no typing mistake of a known one; comparing them costs the product of both lengths. */
const longestGuess = 120;
const shownGuesses = 5;

/** Edits between two texts, two letters swapped being one, or `limit + 1` as soon as more are needed. */
const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let before: readonly number[] = [];
  let previous: readonly number[] = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const current = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      current.push(
        Math.min((previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1, (previous[j - 1] ?? 0) + (same ? 0 : 1), swapped ? (before[j - 2] ?? 0) + 1 : Infinity),
      );
    }
    if (Math.min(...current) > limit) return limit + 1;
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? limit + 1;
};

const candidates = (knowledge: Knowledge): readonly string[] => [
  ...knowledge.allTerms().flatMap((terms) => [terms.id.replace(/^LicenseRef-/, ''), ...terms.licenceNames]),
  ...rules.map((rule) => rule.id),
  ...knowledge.allHubLicences().map((row) => row.tag),
  ...knowledge.allServices().map((service) => service.id),
  ...knowledge.modelIds(),
  ...knowledge.datasetIds(),
];

/** A model of a service, or a service by a part of its name: nobody knows our id for it. */
const ofServices = (asked: string, knowledge: Knowledge): readonly string[] =>
  asked.length < 3
    ? []
    : knowledge.allServices().flatMap((service) => {
        if (service.modelPatterns.some((pattern) => new RegExp(pattern).test(asked))) return [`service:${service.id}/${asked}`];
        return `${service.name} ${service.provider}`.toLowerCase().includes(asked) ? [`service:${service.id}`] : [];
      });

/** The known ids nearest to what was asked; the part after the organisation counts as much as the whole. */
export const nearest = (id: string, knowledge: Knowledge): readonly string[] => {
  const asked = id
    .trim()
    .toLowerCase()
    .replace(/^(?:pkg:huggingface\/(?:datasets\/)?|service:|licenseref-)/, '');
  if (asked === '' || asked.length > longestGuess) return [];
  // A third of the letters may be wrong: `apache2` is three edits from `apache-2.0`; more would suggest anything for short ids.
  const limit = Math.max(1, Math.ceil(asked.length / 3));
  const scored = new Map<string, number>();
  for (const candidate of candidates(knowledge)) {
    const lower = candidate.toLowerCase();
    const name = lower.slice(lower.indexOf('/') + 1);
    const score = Math.min(distance(asked, lower, limit), asked.includes('/') || name === lower ? limit + 1 : distance(asked, name, limit));
    if (score <= limit) scored.set(candidate, Math.min(score, scored.get(candidate) ?? score));
  }
  const near = [...scored].sort(([a, i], [b, j]) => i - j || (a < b ? -1 : 1)).map(([candidate]) => candidate);
  return [...new Set([...ofServices(asked, knowledge), ...near])].slice(0, shownGuesses);
};

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
