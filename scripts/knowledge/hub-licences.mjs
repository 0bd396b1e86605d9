import { byText, ownTable } from './common.mjs';

/** Of several texts under one tag, those that differ in no clause are one answer: the newest. */
const newest = { gemma: 'gemma-terms-2025-03-24', 'nvidia-open-model-license': 'nvidia-open-model-2025-10' };

const idsOf = (slugs, slugIds) => slugs.map((slug) => slugIds.get(slug)).filter((id) => id !== undefined);

const tagRecord = (row, slugIds) => {
  const ambiguous = row.family_tag && row.spdx_id === null;
  const listed = newest[row.id] ? idsOf([newest[row.id]], slugIds) : idsOf(row.terms_slugs, slugIds);
  // An SPDX id says exactly what is meant; other records under the tag add terms of their own and are found by the model.
  const terms = row.spdx_id ? [row.spdx_id] : listed;
  return {
    tag: row.id,
    name: row.name.replace(/\\\*/gu, '*'),
    spdx: row.spdx_id,
    terms: row.not_a_licence ? [] : terms,
    ambiguous,
    notALicence: row.not_a_licence,
  };
};

const nameTable = (facts, slugIds) => {
  const names = {};
  for (const [name, slugs] of Object.entries(facts.licenceNames)) {
    for (const each of name.split(' / ').filter((part) => part !== 'unknown'))
      names[each.toLowerCase()] = idsOf(newest[each] ? [newest[each]] : slugs, slugIds);
  }
  for (const [name, slugs] of Object.entries(ownTable('licence-name-additions.json'))) names[name] ??= slugs.map((slug) => slugIds.get(slug) ?? slug);
  return Object.fromEntries(Object.entries(names).sort(([a], [b]) => byText(a, b)));
};

/** The hub's own list, and the customary values of `license_name`. `link` and `versions` (all texts under one tag) serve the terms' records and are not written. */
export const hubLicences = (facts, slugIds) => {
  const rows = facts.hubLicences.map((row) => ({ ...tagRecord(row, slugIds), link: row.link }));
  const versions = new Map(facts.hubLicences.filter((row) => newest[row.id]).map((row) => [row.id, idsOf(row.terms_slugs, slugIds)]));
  return { tags: rows.sort((a, b) => byText(a.tag, b.tag)), names: nameTable(facts, slugIds), versions };
};

export const tagTable = (hub) => hub.tags.map(({ tag, name, spdx, terms, ambiguous, notALicence }) => ({ tag, name, spdx, terms, ambiguous, notALicence }));

/** A tag as somebody wrote it -> licences, or what was stated where it is not exactly one licence. */
export const tagResolver = (hub) => {
  const tags = new Map(hub.tags.map((row) => [row.tag, row]));
  const spellings = ownTable('tag-spellings.json');
  return (tag) => {
    const lower = tag.trim().toLowerCase();
    const row = tags.get(lower) ?? tags.get(spellings[lower] ?? '');
    if (row) return row.terms.length === 1 && !row.ambiguous && !row.notALicence ? { licences: row.terms, stated: null } : { licences: [], stated: tag };
    const named = hub.names[lower];
    return named?.length === 1 ? { licences: named, stated: null } : { licences: [], stated: tag };
  };
};

/** Several tags in one field: those that are licences bind together; where one is not, what was stated is kept beside them. */
export const resolveTags = (resolve, list) => {
  const each = list.map((tag) => resolve(tag));
  const licences = [...new Set(each.flatMap((entry) => entry.licences))];
  return { licences, stated: each.some((entry) => entry.stated !== null) ? list.join(', ') : null };
};
