import { relationTypes } from '../../knowledge/types.ts';
import type { RelationType } from '../../knowledge/types.ts';
import { localWork } from '../hub-id.ts';
import { here } from '../types.ts';
import type { WorkId } from '../types.ts';

/**
 * What Pedigree writes into a bill of materials where the format has no place for it, so that a bill that is committed says the same as the
 * files that it was made from, and no more.
 */
export const workProperty = 'pedigree:work';
export const relationProperty = 'pedigree:relation';

/** A work that needs no address: one of this repository, or a service. Those with an address are read by it. */
export const workOfWords = (words: string): WorkId | undefined => {
  if (words.length > 400) return undefined;
  if (words === 'local:.') return here;
  if (words.startsWith('local:')) return localWork(words.slice('local:'.length));
  return /^service:[\w.-]+(?:\/[\w.:/@-]+)?$/.test(words) ? words : undefined;
};

const isType = (word: string): word is RelationType => (relationTypes as readonly string[]).includes(word);

/** `finetune pkg:huggingface/org/name`, or the type alone. */
export const relationOfWords = (words: string): { readonly type: RelationType; readonly to: string } | undefined => {
  const [type = '', ...to] = words.split(' ');
  return isType(type) ? { type, to: to.join(' ') } : undefined;
};

/** What is merely used, handed on or published is listed, not chosen, whoever lists it. */
export const isListed = (type: RelationType): boolean => type === 'loads' || type === 'bundles' || type === 'publishes';
