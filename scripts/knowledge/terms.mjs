import { clausesOf } from './clauses.mjs';
import { byText, cleanSource, dateOfSource, ownTable } from './common.mjs';

/** Ours, by exact slug, where the category of the facts is coarser than ours. */
const categories = {
  'cc0-1.0': 'public-domain',
  'pddl-1.0': 'public-domain',
  unlicense: 'public-domain',
  'mpl-2.0': 'weak-copyleft',
  'lgpl-2.1': 'weak-copyleft',
  'lgpl-3.0': 'weak-copyleft',
  'epl-2.0': 'weak-copyleft',
  'eupl-1.2': 'copyleft',
};
const categoryOf = (terms) => categories[terms.slug] ?? (terms.category === 'proprietary-terms' ? 'proprietary' : terms.category);

/** Two records under one SPDX id: the plain licence keeps the id, the one with terms beside it gets its own. */
const addsTerms = new Set(['gpt-oss-apache-usage', 'cc-by-nc-4.0-cohere']);
const idOf = (terms) => (terms.spdx_id && !addsTerms.has(terms.slug) ? terms.spdx_id : `LicenseRef-${terms.slug}`);

const isoDate = (text) => (/^20\d\d(?:-\d\d(?:-\d\d)?)?$/u.test(text ?? '') ? text : null);

const linkOf = (terms) => /https?:\/\/[^\s;)]+/u.exec(terms.source)?.[0] ?? null;

/** The flags of general licences rest on common knowledge, as their description says; `from-summary` would sound like a licence that nobody can find. */
const confidenceOf = (terms) => (terms.confidence === 'from-summary' && terms.spdx_id ? 'general-knowledge' : terms.confidence);

const recordOf = (terms, hub) => {
  const id = idOf(terms);
  return {
    id,
    name: terms.title.replace(/^CC (?=Att)/u, 'Creative Commons ').replace(' (not Boost!)', ''),
    version: terms.version,
    publisher: terms.publisher,
    category: categoryOf(terms),
    hubTags: hub.tags.filter((row) => row.terms.includes(id) || hub.versions.get(row.tag)?.includes(id)).map((row) => row.tag),
    licenceNames: Object.keys(hub.names).filter((name) => hub.names[name].includes(id)),
    osi: terms.flags.osi,
    effective: isoDate(terms.effective_date),
    link: hub.tags.find((row) => row.terms.length === 1 && row.terms[0] === id)?.link ?? linkOf(terms),
    clauses: clausesOf({ ...terms, category: categoryOf(terms) }),
    source: cleanSource(terms.source),
    asOf: isoDate(terms.effective_date) ?? dateOfSource(terms.source),
    confidence: confidenceOf(terms),
  };
};

/** A general licence of the hand-written list, or one of code that the facts lack, in the shape of the facts. */
const general = (row) => ({
  slug: row.id.replace('LicenseRef-', '').toLowerCase(),
  spdx_id: row.id.startsWith('LicenseRef-') ? null : row.id,
  title: row.name,
  version: row.version ?? null,
  publisher: row.publisher ?? null,
  category: row.category,
  effective_date: null,
  clause_refs: row.clauses ?? {},
  clause_overrides: row.clauseOverrides,
  extra_clauses: row.extra,
  licence_copy_required: row.copy === 'link' ? 'text or URI' : null,
  attribution_requirements: row.attribution === false ? [] : ['retain notices'],
  commercial_text: row.commercialText,
  flags: {
    commercial: row.commercial ?? 'yes',
    research_only: row.research === true,
    redistribute_weights: row.commercial === 'no' ? 'conditional' : 'yes',
    share_derivatives: row.derivatives ?? (row.commercial === 'no' ? 'conditional' : 'yes'),
    outputs_train_other_models: 'silent',
    outputs_make_derivative: false,
    output_commercial: 'silent',
    licence_copy: row.copy !== false,
    state_changes: row.changes === true,
    same_licence_for_derivatives: row.same === true,
    use_policy: false,
    flow_down_use_restrictions: false,
    excluded_territories: [],
    osi: row.osi ?? false,
  },
  source: row.source ?? 'SPDX License List',
  confidence: row.confidence ?? 'general-knowledge',
});

/** Ids of the terms by slug, before the hub tables are read. */
export const slugIds = (facts) => new Map(facts.terms.map((terms) => [terms.slug, idOf(terms)]));

export const termsTable = (facts, hub) => {
  const overrides = ownTable('terms-overrides.json');
  const fields = ownTable('terms-fields.json');
  const records = facts.terms.map((terms) => recordOf({ ...terms, ...overrides[terms.slug], fields: fields[terms.slug] }, hub));
  const known = new Set(records.map((row) => row.id));
  const extra = ownTable('general-licences.json')
    .filter((row) => !known.has(row.id))
    .map((row) => recordOf(general(row), hub));
  return [...records, ...extra].sort((a, b) => byText(a.id, b.id));
};
