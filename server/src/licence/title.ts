import type { Terms } from '../knowledge/types.ts';

/** Words of titles that tell no licence from another. */
export const plainWords =
  /^(?:(?:un)?licen[cs]es?|copying|copyright|ofl|agreements?|terms|of|use|and|or|the|for|full|text|notices?|code|software|source|models?|weights?|checkpoints?|parameters?|data(?:sets?)?|docs?|documentation|content|assets?|media|open|project|root|main|new|old|original|all|other|lesser|lib|dual|additional|commercial|community|enterprise|en|english|zh|cn|chinese|ja|de|fr|ko|v?\d[\d.]*|md|txt|rst|markdown|html)$/i;

const titleWords = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter(
      (word) => word !== '' && !plainWords.test(word) && !/^(?:an?|by|in|to|this|modified|version|under|with|additional|restrictions?|conditions?)$/.test(word),
    );

/** What kind of terms a publisher's title announces: it keeps its first words for all of them. */
const kinds = ['commercial', 'non', 'noncommercial', 'research', 'community', 'enterprise', 'evaluation', 'preview'];

/**
 * "The Otter2 Licence" over what was made from "The Otter Licence": its own title says that it is another. Of a publisher's own terms, also
 * "Acme Otter Non-Commercial Licence" over what was made from "Acme Otter Community Licence".
 */
export const isTitledOtherwise = (title: string, id: string, terms: Pick<Terms, 'name' | 'publisher'> | undefined): boolean => {
  if (!/\blicen[cs]e\b/i.test(title)) return false;
  // Behind a dash the line may say what it was made from.
  const head = title.split(/\s[–—-]+\s|:\s/)[0] ?? title;
  const [own, theirs] = [titleWords(/\blicen[cs]e\b/i.test(head) ? head : title), titleWords(terms?.name ?? id)];
  const [first] = theirs;
  if (first === undefined) return false;
  // "The MIT-OT Licence"; "MIT-style" and "MIT-0" are others' words for it, or known.
  if (own.includes(first) && new RegExp(`(?<![\\p{L}\\p{N}-])${first}-(?!style|like|type|licen|compatible|based)\\p{L}`, 'iu').test(head)) return true;
  if (!own.includes(first)) return own.some((word) => !theirs.includes(word));
  const isPublishers = id.startsWith('LicenseRef-') && terms !== undefined && terms.publisher !== null;
  return isPublishers && own.some((word) => kinds.includes(word) && !theirs.includes(word));
};
