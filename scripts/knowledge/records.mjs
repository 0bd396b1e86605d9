import { byText, cleanSource, dateIn, dateOfSource, ownTable } from './common.mjs';

/** A rename keeps one repository under two ids; a move that may be a copy, a re-upload or a successor does not. */
const isSame = (row) => {
  if (/copy|content removed|successor|re-upload|duplicate|not settled/u.test(row.relation)) return false;
  if (/spelling|letter case/u.test(row.relation)) return row.legacy.toLowerCase() === row.current.toLowerCase();
  return /renamed|redirects|organisation moved/u.test(row.relation);
};

/** The research's words for a relation without its remarks. */
const relationText = (relation) =>
  relation.replace(/\s*\((?!not the same)[^)]*\)/gu, (found) => (/move or copy/u.test(found) ? ' (a move or a copy)' : '')).trim();

const aliasOf = (row) => ({
  from: row.legacy,
  to: row.current,
  type: row.type,
  same: isSame(row),
  relation: relationText(row.relation),
  source: cleanSource(row.evidence),
  asOf: dateOfSource(row.evidence),
  confidence: row.confidence,
});

const added = (row, read) => ({
  from: row.legacy,
  to: row.current,
  type: 'model',
  same: true,
  relation: 'renamed',
  source: 'the hub redirects the older id',
  asOf: read,
  confidence: 'general-knowledge',
});

/** Chains of renames lead straight to the present id. */
const flattened = (rows) => {
  const next = new Map(rows.filter((row) => row.same).map((row) => [`${row.type} ${row.from}`, row.to]));
  const end = (type, id, hops = 0) =>
    hops < 8 && next.has(`${type} ${id}`) && next.get(`${type} ${id}`) !== id ? end(type, next.get(`${type} ${id}`), hops + 1) : id;
  return rows.map((row) => (row.same ? { ...row, to: end(row.type, row.to) } : row));
};

export const aliasesTable = (facts) =>
  flattened([...facts.aliases.map(aliasOf), ...ownTable('alias-additions.json').map((row) => added(row, facts.read))]).sort(
    (a, b) => byText(a.type, b.type) || byText(a.from, b.from) || Number(b.same) - Number(a.same) || byText(a.to, b.to),
  );

/** `name (remark)` -> the name; a row that names a family or several things in words has no id to look up. */
const disputeIds = (ids) =>
  ids.map((id) => id.replace(/\s*\(.*$/u, '').trim()).filter((id) => id !== '' && id !== 'meta-llama' && id !== 'Stable Diffusion' && !id.includes(', '));

/** A row of ours, with the copies that others put up. */
const withCopies = (row, overrides, facts) => {
  const further = row.ids.flatMap((id) => overrides.also[id] ?? []);
  return {
    ...row,
    ids: [...row.ids, ...further],
    partly: [...row.partly, ...further.filter((id) => overrides.partly.includes(id))],
    asOf: row.asOf ?? facts.read,
  };
};

export const disputesTable = (facts, aliases) => {
  const present = new Map(aliases.filter((row) => row.same).map((row) => [row.from, row.to]));
  const overrides = ownTable('dispute-overrides.json');
  return facts.disputes
    .map((row) => {
      const own = disputeIds(row.ids);
      const ids = [...own, ...own.flatMap((id) => overrides.also[id] ?? [])];
      const all = [...new Set([...ids, ...ids.flatMap((id) => present.get(id) ?? [])])];
      return {
        ids: all.length > 0 ? all : row.ids,
        partly: all.filter((id) => overrides.partly.includes(id)),
        type: row.type,
        kind: overrides.kinds[row.ids[0]] ?? row.kind,
        date: dateIn(row.date),
        statement: row.statement.replace(/’/gu, "'"),
        source:
          row.source
            .map(cleanSource)
            .filter((source) => !/redlib|find_string/u.test(source))
            .join('; ') || 'second-hand: published articles',
        asOf: facts.read,
        confidence: 'pages-read',
      };
    })
    .concat(ownTable('more/disputes.json').map((row) => withCopies(row, overrides, facts)))
    .sort((a, b) => byText(a.ids[0] ?? '', b.ids[0] ?? '') || byText(a.date ?? '', b.date ?? ''));
};

/** Packages and repositories of code whose users have to heed more than a notice: written by hand, each with where its licence was read. */
export const packagesTable = () =>
  [
    ...ownTable('packages.json'),
    ...ownTable('more/packages.json'),
    ...ownTable('more/packages-code.json'),
    ...ownTable('more/packages-copied.json'),
    ...ownTable('more/packages-credited.json'),
    ...ownTable('more/packages-npm.json'),
    ...ownTable('more/packages-sources.json'),
  ]
    .map(({ id, repository = null, imports = [], licences, earlier, since, stated = null, note = null, source, asOf = null, confidence }) => ({
      id,
      repository,
      imports,
      licences,
      ...(earlier ? { earlier } : {}),
      ...(since === undefined ? {} : { since }),
      stated,
      note,
      source,
      asOf,
      confidence,
    }))
    .sort((a, b) => byText(a.id, b.id));
