import type { HubLicence, Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import { readExpression } from './expression.ts';
import { licenceOfClassifier, licenceOfLink, nameOf, saysNoLicence } from './names.ts';
import { nearest } from './nearest.ts';
import { findRestrictions } from './restrictions.ts';
import { isSpdxId, nearestSpdxId, replacementOf } from './spdx.ts';

/** Which list of ids a field asks for: SPDX expressions, ids of the hub, or any text. */
export type FieldKind = 'spdx' | 'hub' | 'free';

/** The same shape as a fact's problem, which this layer may not import. */
interface StatedProblem {
  readonly code: 'invalid-id' | 'name-missing' | 'link-missing' | 'not-a-licence' | 'ambiguous' | 'deprecated' | 'broken-syntax';
  readonly suggestion: string | null;
  readonly expects: 'spdx' | 'hub' | 'text';
}

export interface Resolution {
  /** Ids, all binding unless `choice`. Empty where the text names none that can be told. */
  readonly licences: readonly string[];
  readonly choice: boolean;
  readonly problem: StatedProblem | null;
}

const resolved = (licences: readonly string[], problem: StatedProblem | null = null): Resolution => ({ licences, choice: false, problem });
const nothing = (problem: StatedProblem | null): Resolution => resolved([], problem);

/** Deprecated ids mean what their replacement means; an exception only adds permissions. */
const current = (id: string): string => replacementOf(id)?.split(' WITH ')[0] ?? id;

/** One name, link or expression; undefined where the text is none. */
const one = (stated: string, knowledge: Knowledge): Resolution | undefined => {
  const link = stated.includes('/') ? licenceOfLink(stated, knowledge) : undefined;
  if (link !== undefined) return resolved([link]);
  const name = nameOf(stated, knowledge);
  if (name && name.licences.length > 0) return resolved(name.licences);
  const expression = readExpression(stated);
  if (expression) return { licences: expression.licences.map(current), choice: expression.choice, problem: null };
  return name ? nothing({ code: 'ambiguous', suggestion: null, expects: 'text' }) : undefined;
};

/** "Apache 2.0 or MIT", "MIT/Apache-2.0": every part has to be a name, or the whole is none. */
const several = (stated: string, knowledge: Knowledge): Resolution | undefined => {
  const parts = stated.split(/\s+(?:and|or)\s+|\s*[/,&|;]\s*/i);
  if (parts.length < 2 || parts.length > 6) return undefined;
  const all = parts.map((part) => one(part, knowledge));
  if (all.some((part) => part === undefined || part.licences.length === 0)) return undefined;
  const binding = /\sand\s|[&;]/i.test(stated);
  return { licences: [...new Set(all.flatMap((part) => part?.licences ?? []))], choice: !binding, problem: null };
};

const classifier = (tail: string, knowledge: Knowledge): Resolution => {
  const listed = licenceOfClassifier(tail);
  if (listed) return resolved([listed]);
  if (listed === undefined) {
    const named = one(tail, knowledge);
    if (named) return named;
    if (saysNoLicence(tail)) return nothing(null);
  }
  return nothing({ code: 'ambiguous', suggestion: null, expects: 'text' });
};

const free = (stated: string, knowledge: Knowledge): Resolution => {
  const tail = /^\s*License :: (?:OSI Approved :: )?(.+?)\s*$/.exec(stated)?.[1];
  if (tail !== undefined) return classifier(tail, knowledge);
  const named = one(stated, knowledge) ?? several(stated, knowledge);
  return named ?? nothing(saysNoLicence(stated) ? null : { code: 'invalid-id', suggestion: null, expects: 'text' });
};

const spdx = (stated: string, knowledge: Knowledge): Resolution => {
  const value = stated.trim();
  const expression = readExpression(value);
  if (expression) {
    const old = expression.licences.find((id) => replacementOf(id) !== undefined);
    const replacement = old === undefined ? undefined : replacementOf(old);
    // Inside a longer expression the id alone is what changes, so the whole is written anew.
    const suggestion = old === undefined || replacement === undefined ? null : expression.normalised.replace(old, () => replacement);
    return {
      licences: expression.licences.map(current),
      choice: expression.choice,
      problem: suggestion === null ? null : { code: 'deprecated', suggestion, expects: 'spdx' },
    };
  }
  const meant = free(value, knowledge);
  const ids = meant.licences.filter(isSpdxId);
  const named = ids.length > 0 && ids.length === meant.licences.length ? ids.join(meant.choice ? ' OR ' : ' AND ') : undefined;
  const suggestion = named ?? (saysNoLicence(value) || meant.problem?.code === 'ambiguous' ? null : (nearestSpdxId(value) ?? null));
  return { ...meant, problem: { code: 'invalid-id', suggestion, expects: 'spdx' } };
};

const ofTag = (tag: HubLicence, knowledge: Knowledge): Resolution => {
  const [only, more] = tag.terms;
  const ids = more === undefined && only !== undefined ? [only] : tag.spdx === null ? [] : [tag.spdx];
  if (tag.notALicence) return nothing({ code: nameOf(tag.tag, knowledge) ? 'ambiguous' : 'not-a-licence', suggestion: null, expects: 'hub' });
  return resolved(ids.map(current), tag.ambiguous ? { code: 'ambiguous', suggestion: null, expects: 'hub' } : null);
};

/** The one tag that means exactly these terms. */
const tagOfTerms = (licence: string | undefined, knowledge: Knowledge): string | undefined =>
  licence === undefined
    ? undefined
    : knowledge.allHubLicences().find((tag) => !tag.ambiguous && !tag.notALicence && (tag.spdx === licence || tag.terms.includes(licence)))?.tag;

/** What a tag of the hub means. Its ids are lower case: another spelling is a problem, but means the same. */
const hub = (stated: string, knowledge: Knowledge): Resolution => {
  const value = stated.trim();
  const tag = knowledge.hubLicence(value);
  if (tag?.tag === value) return ofTag(tag, knowledge);
  if (tag) return { ...ofTag(tag, knowledge), problem: { code: 'invalid-id', suggestion: tag.tag, expects: 'hub' } };
  const meant = free(value, knowledge);
  const suggestion =
    meant.licences.length > 0
      ? (tagOfTerms(meant.licences.length === 1 ? meant.licences[0] : undefined, knowledge) ?? 'other')
      : meant.problem?.code === 'ambiguous' || saysNoLicence(value)
        ? null
        : (nearest(
            value,
            knowledge
              .allHubLicences()
              .filter((row) => !row.notALicence)
              .map((row) => row.tag),
          ) ?? null);
  return { ...meant, problem: { code: 'invalid-id', suggestion, expects: 'hub' } };
};

/** What a field's text names, and what is wrong with the way it does. Never throws. */
export const resolveStated = (stated: string, field: FieldKind, knowledge: Knowledge): Resolution => {
  const value = stated.slice(0, limits.statedLength);
  if (value.trim() === '') return nothing(null);
  if (field === 'spdx') return spdx(value, knowledge);
  return field === 'hub' ? hub(value, knowledge) : free(value, knowledge);
};

/** What a name states though it may leave the exact licence open: "CC BY-NC" is non-commercial whatever its version. */
export const categoryOfName = (stated: string, knowledge: Knowledge): string | null => {
  const name = nameOf(stated.slice(0, limits.statedLength), knowledge);
  const [only, more] = name?.licences ?? [];
  if (only !== undefined && more === undefined) return knowledge.terms(only)?.category ?? null;
  return name?.category ?? findRestrictions(stated.slice(0, limits.statedLength))[0]?.category ?? null;
};
