import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { byText, readJson } from './common.mjs';
import { hubStatement } from './hub.mjs';

/** Tables of further facts, one a subject: `sources` by a short key, and rows that name one, the page of their own id, or give it in full. */
const folder = join(dirname(fileURLToPath(import.meta.url)), 'more');

const tablesOf = (kind) =>
  readdirSync(folder)
    .filter((name) => name.startsWith(`${kind}-`) && name.endsWith('.json'))
    .sort(byText)
    .map((name) => readJson(join(folder, name)));

const provenanceOf = (row, sources, page) => {
  if (typeof row.source === 'object') return row.source;
  if (row.source === 'page') return { source: `${page}${row.id}`, asOf: null, confidence: 'general-knowledge' };
  const found = sources[row.source];
  if (found === undefined) throw new Error(`${row.id}: no source called ${row.source}`);
  return found;
};

/** `openai/gpt-4`: a service and its model; `hub:org/name`: open weights; `name:...`: what is neither. */
const generatorOf = (text) => {
  if (text.startsWith('name:')) return { name: text.slice('name:'.length), service: null };
  if (text.startsWith('hub:')) return { name: text.slice(text.indexOf('/') + 1), service: null, model: text.slice('hub:'.length) };
  const slash = text.indexOf('/');
  return { name: text.slice(slash + 1), service: text.slice(0, slash) };
};

const joined = (...notes) => [...new Set(notes.filter((note) => note))].join('; ') || null;

/** What a list or general knowledge says of a licence gives way to the hub's own tag. */
const givesWay = ['table', 'general-knowledge'];

const statedIn = (row, from) => {
  if (row.licences === undefined && row.stated === undefined) return [];
  return [{ from: null, licences: row.licences ?? [], stated: row.stated ?? null, ...from }];
};

const says = (dated) => (dated.licences.length > 0 ? dated.licences.join(', ') : dated.stated);

/** The licence of the row, or the hub's tag; where they differ, the note tells the other. */
const licencesOf = (own, tagged) => {
  if (tagged === null || (own.length > 0 && !givesWay.includes(own[0].confidence))) return { licences: own, note: null };
  const differs = own.length > 0 && says(own[0]) !== says(tagged);
  return { licences: [{ from: null, ...tagged }], note: differs ? `another source says ${says(own[0])}` : null };
};

const datasetOf = (row, sources, hubRow, resolve) => {
  const from = provenanceOf(row, sources, 'https://huggingface.co/datasets/');
  const said = licencesOf(statedIn(row, from), hubRow?.license ? hubStatement(hubRow, resolve) : null);
  return {
    id: row.id,
    name: null,
    licences: said.licences,
    generatedBy: (row.by ?? []).map(generatorOf),
    derivedFrom: (row.from ?? []).toSorted(byText),
    licenceStatus: said.licences.length > 0 ? 'stated' : row.statesNone ? 'stated-none' : 'unknown',
    status: null,
    note: joined(row.note, said.note),
    match: 'record',
    ...from,
  };
};

const sameGenerator = (a, b) => a.service === b.service && a.name.toLowerCase().replace(/\W/gu, '') === b.name.toLowerCase().replace(/\W/gu, '');

/** A record that is there already keeps its licence; the row adds origins, and a licence where there was none. */
const joinedRecord = (known, row) => {
  const takesLicence = known.licences.length === 0 && row.licences.length > 0;
  const other = !takesLicence && known.licences.length > 0 && row.licences.length > 0 ? says(row.licences.at(-1)) : null;
  return {
    ...known,
    licences: takesLicence ? row.licences : known.licences,
    licenceStatus: takesLicence || known.licences.length > 0 ? 'stated' : known.licenceStatus === 'stated-none' ? 'stated-none' : row.licenceStatus,
    generatedBy: [...known.generatedBy, ...row.generatedBy.filter((by) => !known.generatedBy.some((other_) => sameGenerator(by, other_)))],
    derivedFrom: [...new Set([...known.derivedFrom, ...row.derivedFrom])].filter((id) => id !== known.id).sort(byText),
    note: joined(known.note, row.note, other !== null && other !== says(known.licences.at(-1)) ? `another source says ${other}` : null),
  };
};

/** The table with the rows of `more/datasets-*.json`. */
export const withMoreDatasets = (table, facts, resolve, aliases) => {
  const present = new Map(aliases.filter((row) => row.same && row.type === 'dataset').map((row) => [row.from, row.to]));
  const hubRows = new Map(facts.hubDatasets.map((row) => [row.id.toLowerCase(), row]));
  const records = new Map(table.map((row) => [row.id, row]));
  for (const { sources, rows } of tablesOf('datasets')) {
    for (const row of rows) {
      const id = present.get(row.id) ?? row.id;
      const made = { ...datasetOf(row, sources, hubRows.get(row.id.toLowerCase()), resolve), id };
      const known = records.get(id);
      records.set(id, known ? joinedRecord(known, made) : made);
    }
  }
  return [...records.values()].sort((a, b) => byText(a.id, b.id));
};

const modelOf = (row, sources, hubRow, resolve) => {
  const from = provenanceOf(row, sources, 'https://huggingface.co/');
  const own = row.dated ?? statedIn(row, from);
  return {
    id: row.id,
    licences: own.length === 0 && hubRow?.license ? [{ from: null, ...hubStatement(hubRow, resolve) }] : own,
    bases: row.bases ?? [],
    relation: row.bases === undefined ? null : row.relation,
    datasets: row.datasets ?? [],
    note: row.note ?? null,
    conflicting: [],
    match: 'record',
    ...from,
  };
};

const joinedModel = (known, row) => {
  // A guess from the name gives way to a record.
  if (known.match === 'name') return row;
  const takesLicence = known.licences.length === 0 || (known.licences.at(-1).licences.length === 0 && row.licences.length > 0);
  const takesBase = known.bases.length === 0;
  return {
    ...known,
    licences: takesLicence ? row.licences : known.licences,
    bases: takesBase ? row.bases : known.bases,
    relation: takesBase ? row.relation : known.relation,
    datasets: [...new Set([...known.datasets, ...row.datasets])],
    note: joined(known.note, row.note),
    ...(takesLicence && row.licences.length > 0 ? { source: row.source, asOf: row.asOf, confidence: row.confidence } : {}),
  };
};

/** It tells by which files and addresses a model is known and nothing else: a record of its own would hide what others say of it. */
const hasFilesOnly = (row) => Object.keys(row).every((key) => ['id', 'files', 'addresses', 'source'].includes(key));

/** The table with the rows of `more/models-*.json`. */
export const withMoreModels = (table, facts, resolve, aliases) => {
  const present = new Map(aliases.filter((row) => row.same && row.type === 'model').map((row) => [row.from, row.to]));
  const hubRows = new Map(facts.hubModels.map((row) => [row.id.toLowerCase(), row]));
  const records = new Map(table.map((row) => [row.id, row]));
  for (const { sources, rows } of tablesOf('models')) {
    for (const row of rows) {
      if (hasFilesOnly(row)) continue;
      const known = records.get(row.id) ?? records.get(present.get(row.id));
      const made = modelOf(row, sources, hubRows.get(row.id.toLowerCase()), resolve);
      if (known) records.set(known.id, joinedModel(known, { ...made, id: known.id }));
      else records.set(row.id, made);
    }
  }
  return [...records.values()].sort((a, b) => byText(a.id, b.id));
};

/** Names of files by which works are known. A name that two works claim tells nothing. */
export const fileNamesTable = () => {
  const rows = ['dataset', 'model'].flatMap((type) =>
    tablesOf(`${type}s`).flatMap((table) => table.rows.flatMap((row) => (row.files ?? []).map((name) => ({ name, type, id: row.id })))),
  );
  const works = new Map();
  for (const { name, id } of rows) works.set(name, (works.get(name) ?? new Set()).add(id));
  return rows.filter(({ name }) => works.get(name).size === 1).sort((a, b) => byText(a.name, b.name));
};

/** Addresses under which publishers hand out the files of a work, without the scheme; the longest stands first, since it tells most. */
export const addressesTable = () =>
  tablesOf('models')
    .flatMap((table) => table.rows.flatMap((row) => (row.addresses ?? []).map((begins) => ({ begins, id: row.id }))))
    .sort((a, b) => b.begins.length - a.begins.length || byText(a.begins, b.begins));
