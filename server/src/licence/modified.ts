import type { Knowledge } from '../knowledge/types.ts';

const prefix = 'LicenseRef-modified-';

/** True for the id that a known text with changed conditions is given: it names no terms, only what the text was made from. */
export const isModified = (id: string): boolean => id.startsWith(prefix);

/** The licence that such a text was made from; undefined for any other id. */
export const modifiedOf = (id: string, knowledge: Knowledge): string | undefined => {
  if (!isModified(id)) return undefined;
  const base = id.slice(prefix.length);
  return knowledge.terms(base) === undefined && knowledge.terms(`LicenseRef-${base}`) !== undefined ? `LicenseRef-${base}` : base;
};

/**
 * Can the id be the name that a publisher gave such a text? One that nothing else is known of, or that says so itself; an id of the list and
 * terms that are known for other things are not.
 */
export const namesModified = (id: string, knowledge: Knowledge): boolean =>
  id.startsWith('LicenseRef-') && (knowledge.terms(id) === undefined || /-modified(?:-|$)/.test(id));

/** What a licence is called, for messages: its title, else its id. */
export const titleOfLicence = (id: string, knowledge: Knowledge): string => {
  const base = knowledge.terms(id) === undefined ? modifiedOf(id, knowledge) : undefined;
  return base === undefined ? (knowledge.terms(id)?.name ?? id) : `${knowledge.terms(base)?.name ?? base} with changes`;
};
