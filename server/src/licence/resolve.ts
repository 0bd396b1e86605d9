import type { Knowledge } from '../knowledge/types.ts';
import { readExpression } from './expression.ts';
import { ambiguousName, idsOfClassifier, idsOfLinkOrName } from './names.ts';
import { nearest } from './nearest.ts';
import { isSpdxId, nearestSpdxId, replacementOf, spdxId } from './spdx.ts';

/** Which list of ids a field asks for: SPDX expressions, ids of the hub, or any text. */
export type FieldKind = 'spdx' | 'hub' | 'free';

export interface StatedProblem {
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

const nothing = (problem: StatedProblem | null): Resolution => ({ licences: [], choice: false, problem });

/** Deprecated ids mean what their replacement means. */
const current = (id: string): string => replacementOf(id) ?? id;

const free = (stated: string, knowledge: Knowledge): Resolution => {
  const classifier = /^License :: (?:OSI Approved :: )?(.+)$/.exec(stated.trim());
  if (classifier) {
    const ids = idsOfClassifier(classifier[1] ?? '');
    if (ids && ids.length > 0) return { licences: ids, choice: false, problem: null };
    const named = idsOfLinkOrName(classifier[1] ?? '', knowledge);
    return named.length > 0 ? { licences: named, choice: false, problem: null } : nothing({ code: 'ambiguous', suggestion: null, expects: 'text' });
  }
  const named = idsOfLinkOrName(stated, knowledge);
  if (named.length > 0) return { licences: named, choice: false, problem: null };
  if (ambiguousName(stated) !== undefined) return nothing({ code: 'ambiguous', suggestion: null, expects: 'text' });
  const expression = readExpression(stated);
  if (expression) return { licences: expression.licences.map(current), choice: expression.choice, problem: null };
  const tag = knowledge.hubLicence(stated.trim().toLowerCase());
  if (tag && !tag.notALicence && !tag.ambiguous && tag.terms.length === 1) return { licences: tag.terms, choice: false, problem: null };
  return nothing({ code: 'invalid-id', suggestion: null, expects: 'text' });
};

const spdx = (stated: string, knowledge: Knowledge): Resolution => {
  const value = stated.trim();
  const expression = readExpression(value);
  if (expression) {
    const old = expression.licences.find((id) => replacementOf(id) !== undefined);
    const suggestion = old === undefined ? null : (replacementOf(old) ?? null);
    return { licences: expression.licences.map(current), choice: expression.choice, problem: suggestion === null ? null : { code: 'deprecated', suggestion, expects: 'spdx' } };
  }
  const meant = free(value, knowledge);
  const only = meant.licences.length === 1 ? meant.licences[0] : undefined;
  const suggestion = only !== undefined && isSpdxId(only) ? only : (nearestSpdxId(value) ?? null);
  return { licences: meant.licences, choice: meant.choice, problem: { code: 'invalid-id', suggestion, expects: 'spdx' } };
};

/** What a tag of the hub means: its one set of terms, its SPDX id, or nothing that can be told. */
const hub = (stated: string, knowledge: Knowledge): Resolution => {
  const value = stated.trim();
  const tag = knowledge.hubLicence(value);
  if (tag?.tag === value) {
    if (tag.notALicence) return nothing({ code: 'not-a-licence', suggestion: null, expects: 'hub' });
    if (tag.ambiguous) return nothing({ code: 'ambiguous', suggestion: null, expects: 'hub' });
    const id = tag.terms.length === 1 ? tag.terms[0] : (tag.spdx ?? tag.terms[0]);
    return id === undefined ? nothing(null) : { licences: [current(id)], choice: false, problem: null };
  }
  const lower = value.toLowerCase();
  const meant = knowledge.hubLicence(lower) ? hub(lower, knowledge) : free(value, knowledge);
  const byTerms = meant.licences.length === 1 ? knowledge.allHubLicences().find((row) => !row.ambiguous && !row.notALicence && (row.spdx === meant.licences[0] || row.terms.includes(meant.licences[0] ?? ''))) : undefined;
  const suggestion = knowledge.hubLicence(lower)?.tag ?? byTerms?.tag ?? nearest(value, knowledge.allHubLicences().filter((row) => !row.notALicence).map((row) => row.tag)) ?? (spdxId(value) === undefined ? null : 'other');
  return { licences: meant.licences, choice: meant.choice, problem: { code: 'invalid-id', suggestion, expects: 'hub' } };
};

/** What a field's text names, and what is wrong with the way it does. Never throws. */
export const resolveStated = (stated: string, field: FieldKind, knowledge: Knowledge): Resolution => {
  const value = stated.slice(0, 1000);
  if (value.trim() === '') return nothing(null);
  if (field === 'spdx') return spdx(value, knowledge);
  return field === 'hub' ? hub(value, knowledge) : free(value, knowledge);
};

/** A restriction that a name states though it leaves the exact licence open: "CC BY-NC" is non-commercial whatever its version. */
export const categoryOfName = (stated: string): string | null => ambiguousName(stated) ?? null;
