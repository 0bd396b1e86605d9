import type { Knowledge } from '../knowledge/types.ts';
import { rules } from '../rules/index.ts';

/** Ids longer than this are no typing mistake of a known one; comparing them costs the product of both lengths. */
export const longestGuess = 120;
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
