import { byText, cleanSource, dateIn, dateOfSource, ownNote, ownTable } from './common.mjs';
import { hubStatement } from './hub.mjs';
import { resolveTags } from './hub-licences.mjs';

const overrides = () => ownTable('model-overrides.json');

/** Words of tables that name no licence but say what kind it is; readers of rows know these two. */
const statedCategory = (stated) => (/^non-?commercial$/iu.test(stated ?? '') ? 'category:non-commercial' : stated);

const provenance = (source, asOf, confidence) => ({ source, asOf, confidence });

/** Apache-2.0 with a usage policy beside it is Apache-2.0: the policy is no part of the licence, and the note says so. */
const plainLicence = { 'LicenseRef-gpt-oss-apache-usage': 'Apache-2.0' };
const usagePolicyNote = 'the repository adds a usage policy (LicenseRef-gpt-oss-apache-usage)';

const licencesOf = (slugs, slugIds) => {
  const ids = slugs.map((slug) => slugIds.get(slug)).filter((id) => id !== undefined);
  return ids.map((id) => plainLicence[id] ?? id);
};

const trainingNote = (text) => (text ? `training data as recorded: ${text}` : null);
const joinNotes = (...notes) => notes.filter((note) => note).join('; ') || null;

const multimodal = 'multimodal: no rights for those domiciled in the EU (acceptable use policy)';
const researchNote = (note) => (note === 'EU-domiciled licensees excluded (AUP)' ? multimodal : ownNote(note));

/** One of the researched models. */
const researched = (row, slugIds) => {
  const slugs = [row.licence_slug, row.also_binds].flat().filter((slug) => slug);
  const asOf = dateOfSource(row.source);
  const from = provenance(cleanSource(row.source), asOf, row.confidence);
  const licences = licencesOf(slugs, slugIds);
  return {
    id: row.hf_id,
    licences: [{ from: null, licences, stated: licences.length > 0 ? null : statedCategory(row.licence_as_stated), ...from }],
    bases: [row.base_model].flat().filter((base) => base),
    relation: row.base_model ? (row.base_relation ?? 'finetune') : null,
    datasets: [],
    note: joinNotes(slugs.includes('gpt-oss-apache-usage') ? usagePolicyNote : null, researchNote(row.notes), trainingNote(row.training_data_issues)),
    conflicting: (row.conflicting_evidence ?? []).map((slug) => slugIds.get(slug) ?? slug),
    match: 'record',
    ...from,
  };
};

/** A conversion to another file format carries the same weights: what reaches a quantised copy reaches it. */
const relationOf = (relation) => (relation === 'conversion' ? 'quantized' : (relation ?? null));
const isHubId = (text) => /^[\w.-]+\/[\w.-]+$/u.test(text);

const conversionNote = (relation) => (relation === 'conversion' ? 'a conversion to another file format' : null);

/** The licence that a base, guessed from the id, would pass on; the guess is no lineage, so the base stands in the note alone. */
const guessed = (row, resolve, from) => {
  const tag = row.licence_of_base ? resolve(row.licence_of_base) : { licences: [], stated: null };
  return {
    id: row.hf_id,
    licences: tag.licences.length > 0 ? [{ from: null, ...tag, ...from }] : [],
    bases: [],
    relation: null,
    datasets: [],
    note: `guessed from the id alone: made from ${row.base_model_guess}`,
    conflicting: [],
    match: 'name',
    ...from,
  };
};

/** One of the most downloaded ids. */
const popular = (row, hub, slugIds, resolve) => {
  const from = provenance(cleanSource(row.source), dateIn(row.as_of), row.confidence);
  if (row.confidence === 'name') return guessed(row, resolve, provenance('the id itself', dateIn(row.as_of), 'name'));
  const named = row.license_name ? (hub.names[row.license_name.toLowerCase()] ?? []) : [];
  const bySlug = row.licence_slug ? licencesOf([row.licence_slug], slugIds) : named.length === 1 ? named : [];
  const tag = row.licence === null ? { licences: [], stated: null } : resolveTags(resolve, [row.licence].flat());
  const licences = bySlug.length > 0 ? bySlug : tag.licences;
  const stated = licences.length > 0 ? (tag.stated && bySlug.length === 0 ? tag.stated : null) : (row.license_name ?? tag.stated);
  const bases = (row.base_model ?? []).filter(isHubId);
  return {
    id: row.hf_id,
    licences: licences.length > 0 || stated !== null ? [{ from: null, licences, stated, ...from }] : [],
    bases,
    relation: bases.length > 0 ? relationOf(row.relation) : null,
    datasets: row.datasets.filter(isHubId),
    note: joinNotes(conversionNote(row.relation), tellingNote(row.note)),
    conflicting: [row.conflict ?? []].flat().map(String),
    match: 'record',
    ...from,
  };
};

/** Long notes of the research retell what somebody else wrote. */
export const shortNote = (note) => {
  const own = ownNote(note);
  return own !== null && own.length <= 120 && !/[“”"]/u.test(own) ? own : null;
};

/** Of the notes on downloaded ids, those that tell a user something; the others say how the fact was looked up. */
const tellingNote = (note) => {
  const short = shortNote(note);
  if (short === null || /sibling|own (?:card|tag|page)|verify|README:|header|weak|diff adds/iu.test(short)) return null;
  return /appl(?:y|ies)|reach|conflict|distilled|excluded|covers|bind|ChatGPT|free for|random weights|mapping table|retag|licence only/iu.test(short)
    ? short
    : null;
};

/** Base models that the hub itself lists, for records that lack one; guesses of scrapers stay out. */
const withHubBase = (row, hubRow) => {
  if (row.bases.length > 0 || row.match === 'name' || !hubRow?.base_model || hubRow.base_via === 'scraper-edge') return row;
  const bases = [hubRow.base_model].flat().filter((base) => isHubId(base) && base !== row.id);
  if (bases.length === 0) return row;
  return { ...row, bases, relation: hubRow.relation ?? null, note: joinNotes(row.note, `base model as of ${hubRow.base_as_of}: github:${hubRow.base_source}`) };
};

/** The tag in a dated listing, for records that found no licence elsewhere. */
const withHubLicence = (row, hubRow, resolve) => {
  if (row.licences.length > 0 || row.match === 'name' || !hubRow?.license) return row;
  return { ...row, licences: [{ from: null, ...hubStatement(hubRow, resolve) }] };
};

/** What a dated listing of the hub's own tags says, where it differs from the record. */
const withHubTag = (row, hubRow, resolve) => {
  if (row.match === 'name' || !hubRow?.license || !['api', 'hub-col'].includes(hubRow.via) || hubRow.as_of < '2024') return row;
  const said = resolveTags(resolve, [hubRow.license].flat());
  const own = row.licences[0]?.licences ?? [];
  if (said.licences.length === 0 || said.licences.every((id) => own.includes(id))) return row;
  return {
    ...row,
    conflicting: [
      ...new Set([...row.conflicting, ...own.map((id) => `${id} (${row.confidence})`), ...said.licences.map((id) => `${id} (hub tag, ${hubRow.as_of})`)]),
    ],
  };
};

const dated = (row, table) => {
  const rows = table[row.id];
  return rows ? { ...row, licences: rows } : row;
};

export const modelsTable = (facts, hub, slugIds, resolve) => {
  const { dated: datedRows, extra } = overrides();
  const rows = [...facts.models.map((row) => researched(row, slugIds)), ...facts.popularModels.map((row) => popular(row, hub, slugIds, resolve))];
  const ids = new Set(rows.map((row) => row.id));
  for (const row of extra) if (!ids.has(row.id)) rows.push(row);
  const hubRows = new Map(facts.hubModels.map((row) => [row.id, row]));
  return rows
    .map((row) => {
      const hubRow = hubRows.get(row.id);
      return dated(withHubTag(withHubLicence(withHubBase(row, hubRow), hubRow, resolve), hubRow, resolve), datedRows);
    })
    .sort((a, b) => byText(a.id, b.id));
};

export const patternsTable = (facts, slugIds) => {
  const { patterns } = overrides();
  const rows = facts.modelPatterns.flatMap(
    (row) => patterns[row.pattern] ?? [{ pattern: row.pattern, slugs: [row.licence_slug], note: row.note, source: row.source }],
  );
  const published = rows.map((row) => {
    const gated = row.slugs.includes('gpt-oss-apache-usage');
    return {
      pattern: row.pattern,
      licences: licencesOf(row.slugs, slugIds),
      stated: row.stated ?? null,
      note: gated ? usagePolicyNote : shortNote(row.note),
      source: cleanSource(row.source),
      asOf: dateOfSource(row.source),
      confidence: 'publisher-rule',
    };
  });
  // Families of which the researched rules know no member or only some.
  return [
    ...published,
    ...ownTable('more/patterns.json').map((row) => ({
      pattern: row.pattern,
      licences: row.licences,
      stated: row.stated ?? null,
      note: row.note ?? null,
      source: row.source,
      asOf: row.asOf,
      confidence: row.confidence,
    })),
  ];
};
