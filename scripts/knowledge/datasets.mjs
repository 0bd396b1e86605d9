import { byText, cleanSource, dateIn, dateOfSource, ownTable } from './common.mjs';
import { resolveTags } from './hub-licences.mjs';
import { shortNote } from './models.mjs';

const licenceNames = () => ownTable('dataset-licence-names.json');

/** What the audit wrote where it found no licence text, and what that says of the kind of terms. */
const categories = { 'Non Commercial': 'category:non-commercial', 'Academic Research Purposes Only': 'category:research-only' };
const saysNothing = new Set(['Unspecified', 'No License']);

/** Terms of a service in the list of licences: they bind who called it, and show that its outputs are in the data. */
const serviceTerms = {
  'openai-terms (see api_terms.json)': { name: 'model not named', service: 'openai' },
  'anthropic-terms (see api_terms.json)': { name: 'model not named', service: 'anthropic' },
};

/** Open models that the audit names in a way that leaves no doubt which is meant. */
const openModels = ownTable('generator-models.json');

/** Entries of the audit that name no model. */
const nobody = new Set(['Other', 'NBC', 'SVM', 'wmt', 'wikisql', 'SBERT']);

const generatorsOf = (names, slugs, table) => {
  const named = names
    .filter((name) => !nobody.has(name))
    .map((name) =>
      table[name] ? { name: table[name][1], service: table[name][0] } : { name, service: null, ...(openModels[name] ? { model: openModels[name] } : {}) },
    );
  const implied = slugs.flatMap((slug) => serviceTerms[slug] ?? []).filter((entry) => !named.some((other) => other.service === entry.service));
  const all = [...named, ...implied];
  return all.filter((entry, index) => all.findIndex((other) => other.name === entry.name && other.service === entry.service) === index);
};

const hubIds = (list) => {
  const ids = list
    .flatMap((text) => /^(?:huggingface\.co\/datasets\/)?([\w.-]+\/[\w.-]+)(?:$|[?#/])/u.exec(text)?.[1] ?? [])
    .filter((id) => !/^(?:github\.com|huggingface\.co|arxiv\.org)\//u.test(id));
  return [...new Set(ids)].sort(byText);
};

/**
 * The set's own licence: its card's, where the audit saw one. Licences of parts bind the parts: they stand in the note. Without a card,
 * up to two licences are taken to bind together; more are a collection, of which no one licence can be said.
 */
const ownLicence = (row, names) => {
  const resolved = (list) => [...new Set(list.flatMap((name) => names[name] ?? []))].sort(byText);
  const card = resolved(row.hf_card_licence ?? []);
  const listed = row.licences.filter((entry) => serviceTerms[entry.slug] === undefined).map((entry) => entry.name);
  const parts = resolved(listed);
  const unresolved = [...new Set(listed.filter((name) => !saysNothing.has(name) && !names[name]))].sort(byText);
  if (card.length > 0) {
    const others = parts.filter((id) => !card.includes(id));
    return {
      licences: card,
      stated: null,
      note: [...others, ...unresolved].length > 0 ? `an audit also found, for it or for parts of it: ${[...others, ...unresolved].join(', ')}` : null,
    };
  }
  if (parts.length > 2) return { licences: [], stated: `several, by part: ${parts.join(', ')}`, note: null };
  if (parts.length > 0) return { licences: parts, stated: unresolved.length > 0 ? [...parts, ...unresolved].join(', ') : null, note: null };
  const category = unresolved.map((name) => categories[name]).find((found) => found !== undefined);
  return { licences: [], stated: category ?? (unresolved.length > 0 ? unresolved.join(', ') : null), note: null };
};

const hasNoLicence = (row, own) =>
  own.licences.length === 0 &&
  own.stated === null &&
  (row.hf_card_licence?.includes('Unspecified') === true || row.licences.some((entry) => entry.name === 'No License'));

const joined = (...notes) => notes.filter((note) => note).join('; ') || null;

const audited = (row, context) => {
  const { names, generators, overrides } = context;
  const plain = row.name?.replace(/\s*\(nvidia\/.*$/u, '') ?? null;
  const id = row.hf_id ?? `name:${plain}`;
  // Names of collections and of their parts are the audit's own keys.
  const name = row.hf_id && /^fc-|collection/iu.test(plain ?? '') ? null : plain;
  const own = ownLicence(row, names);
  const fixed = overrides.licences[id];
  const from = { source: cleanSource(row.source), asOf: dateOfSource(row.source), confidence: row.confidence };
  const licences = fixed ?? own.licences;
  const status = overrides.status[id] ?? (row.status ? row.status.replace(/’/gu, "'").replace(/"/gu, '') : null);
  return {
    id,
    name,
    licences: licences.length > 0 || own.stated !== null ? [{ from: null, licences, stated: fixed ? null : own.stated, ...from }] : [],
    generatedBy: generatorsOf(
      row.model_generated,
      row.licences.map((entry) => entry.slug),
      generators,
    ),
    derivedFrom: hubIds(row.derived_from).filter((each) => each !== id),
    licenceStatus: licences.length > 0 || own.stated !== null ? 'stated' : hasNoLicence(row, own) ? 'stated-none' : 'unknown',
    status,
    note: own.note,
    match: 'record',
    ...from,
    cardSeen: (row.hf_card_licence ?? []).some((each) => names[each]),
  };
};

/** `cc-by-4.0 (TextVQA)`, `other: non-commercial research only (RACE)`: a tag with a remark. */
const popularLicences = (list, resolve) => {
  const tags = list.map((text) =>
    text
      .replace(/\s*\((?:metadata|card text|of the original card|[A-Z][^)]*)\)$/u, '')
      .replace(/ per source$/u, '')
      .replace(/^odl-by$/u, 'other: ODL-BY, as written'),
  );
  if (tags.some((tag) => /^other: non-commercial research only|^other: ImageNet terms/u.test(tag))) return { licences: [], stated: 'category:research-only' };
  const wrapped = tags.flatMap((tag) =>
    /^other: apple-amlr$/u.test(tag) ? ['apple-amlr'] : tag === 'other: NVIDIA data agreement' ? ['nvidia-data-agreement-model-training'] : [tag],
  );
  const parts = /\(Emilia/u.test(list.join(' ')) ? ['cc-by-nc-4.0'] : wrapped;
  const said = resolveTags(
    resolve,
    parts.filter((tag) => tag !== 'unknown'),
  );
  return { licences: said.licences, stated: said.stated === null ? null : said.stated.replace(/other: /gu, '') };
};

/** Notes on how a card was looked up, or that it names no licence, which `licenceStatus` says. */
const aboutReading = /card (?:header|named)|header shows|no licence field|duplicates show|was not read|own card|older commit|read on a|no single licence tag/iu;

const popularStatus = (status) =>
  status ? (status.detail === 'gated: auto' ? status.kind : `${status.kind}: ${status.detail.replace(/ \(see disputed\.json: [^)]*\)/u, '')}`) : null;

const downloaded = (row, context) => {
  const { resolve, generators, overrides } = context;
  const from = { source: cleanSource(row.source), asOf: dateIn(row.as_of), confidence: row.confidence };
  const fixed = overrides.licences[row.hf_id];
  const said = fixed ? { licences: fixed, stated: null } : popularLicences(row.licences, resolve);
  const has = said.licences.length > 0 || said.stated !== null;
  const saysNone =
    /card (?:named no licence|header shows? no licence|header showed no licence|header shows no licence)|^header shows no licence|no licence field/u.test(
      row.note ?? '',
    );
  const retold = /AIGCDataHub/u.test(row.source);
  const parts = row.second_licence.filter((text) => !/openai-terms/u.test(text) && text.length <= 80);
  return {
    id: row.hf_id,
    name: null,
    licences: has ? [{ from: null, ...said, ...from }] : [],
    generatedBy: generatorsOf(
      row.generated_by,
      row.second_licence.map((text) => text.replace(/ by the GPT-4 tag$/u, '')),
      generators,
    ),
    derivedFrom: hubIds(row.derived_from),
    licenceStatus: has ? 'stated' : saysNone ? 'stated-none' : 'unknown',
    status: popularStatus(row.status),
    note: joined(
      overrides.notes[row.hf_id] ?? (retold || aboutReading.test(row.note ?? '') ? null : shortNote(row.note)),
      !retold && parts.length > 0 ? `also named beside it: ${parts.join(', ')}` : null,
    ),
    match: 'record',
    ...from,
    cardSeen: has && row.confidence === 'card-copy',
  };
};

/** One record for one repository: the licence of the surer row, and of the others what they add. */
const merged = (rows, id) => {
  const ranked = rows.toSorted(
    (a, b) => Number(b.licences.length > 0) - Number(a.licences.length > 0) || Number(b.cardSeen) - Number(a.cardSeen) || byText(b.asOf ?? '', a.asOf ?? ''),
  );
  const best = ranked[0];
  const seen = new Set(best.licences.flatMap((row) => row.licences));
  const differing = [
    ...new Set(
      ranked
        .slice(1)
        .flatMap((row) => row.licences.flatMap((entry) => entry.licences))
        .filter((each) => !seen.has(each)),
    ),
  ];
  const unique = (key) => [...new Map(ranked.flatMap((row) => row[key]).map((each) => [JSON.stringify(each), each])).values()];
  return {
    ...best,
    id,
    name: ranked.map((row) => row.name).find((name) => name !== null) ?? null,
    generatedBy: unique('generatedBy'),
    derivedFrom: unique('derivedFrom').filter((each) => each !== id),
    status: ranked.map((row) => row.status).find((status) => status !== null) ?? null,
    note: joined(...new Set(ranked.map((row) => row.note)), differing.length > 0 ? `another source says ${differing.join(', ')}` : null),
  };
};

export const datasetsTable = (facts, resolve, aliases) => {
  const context = { names: licenceNames(), generators: ownTable('generators.json'), overrides: ownTable('dataset-overrides.json'), resolve };
  const present = new Map(aliases.filter((row) => row.same && row.type === 'dataset').map((row) => [row.from, row.to]));
  const rows = [...facts.datasets.map((row) => audited(row, context)), ...facts.popularDatasets.map((row) => downloaded(row, context))];
  const groups = new Map();
  for (const row of rows) {
    const id = present.get(row.id) ?? row.id;
    groups.set(id, [...(groups.get(id) ?? []), row]);
  }
  const extra = context.overrides.extra.filter((row) => !groups.has(row.id));
  return [...groups]
    .map(([id, group]) => {
      const { cardSeen: _, ...row } = merged(group, id);
      const own = context.overrides.notes[id];
      const noted = own && !row.note?.includes(own) ? { ...row, note: joined(own, row.note) } : row;
      if (context.overrides.dated[id]) return { ...noted, licences: context.overrides.dated[id], licenceStatus: 'stated' };
      const stated = context.overrides.stated[id];
      return stated
        ? {
            ...noted,
            licences: [{ from: null, licences: [], stated, source: noted.source, asOf: noted.asOf, confidence: noted.confidence }],
            licenceStatus: 'stated',
          }
        : noted;
    })
    .concat(extra)
    .sort((a, b) => byText(a.id, b.id));
};
