// The measure of the labelled set: exact sets of ids by kind, precision and recall over ids, files with a wrong one.
// GNU ids are compared as -only and -or-later; full texts by family, since the text of GPL-2.0-only and GPL-2.0-or-later is one.

const canonical = (id) => {
  const gnu = /^(A?GPL|LGPL|GFDL)-(\d\.\d)(\+)?$/i.exec(id);
  return gnu ? `${gnu[1].toUpperCase()}-${gnu[2]}-${gnu[3] ? 'or-later' : 'only'}` : id;
};
const family = (id) => id.replace(/-(only|or-later)$/, '');
const idsOf = (expression) =>
  (expression ?? '')
    .split(/\s+(?:AND|OR|WITH)\s+|[()]/i)
    .map((id) => id.trim())
    .filter((id) => id !== '')
    .map(canonical);

/** An expected id of an AI licence is met by each of the names that are listed for it. */
const named = (id, expected, aliases) => {
  if (expected.has(id)) return id;
  const plain = id.replace(/^LicenseRef-/, '');
  const listed = Object.keys(aliases).filter((key) => aliases[key].includes(plain) && id !== plain);
  const names = listed.length > 0 ? listed : [`LicenseRef-ai-${plain}`, `LicenseRef-scancode-${plain}`];
  return names.find((name) => expected.has(name)) ?? id;
};

/** Undefined where nothing is expected that can be compared. */
export const score = (entry, expression, aliases) => {
  const generic = new Set(entry.generic ?? []);
  const expected = new Set(entry.expected.filter((id) => !generic.has(id)).map(canonical));
  if (expected.size === 0 && (entry.kind === 'notice' || entry.kind === 'fulltext')) return undefined;
  const fold = entry.kind === 'notice' || entry.kind === 'negative' ? (id) => id : family;
  const want = new Set([...expected].map(fold));
  const got = new Set(idsOf(expression).map((id) => fold(named(id, expected, aliases))));
  const hit = [...got].filter((id) => want.has(id)).length;
  return { hit, got: got.size, want: want.size, exact: hit === want.size && hit === got.size };
};

const groupOf = ({ kind, source }) =>
  kind === 'notice' || kind === 'fulltext' ? `${kind} (${source.startsWith('scancode') ? 'ScanCode labels' : 'independent labels'})` : kind;

export const byGroup = (entries, scoreOf) => {
  const groups = new Map();
  entries.forEach((entry, at) => {
    const one = scoreOf(entry, at);
    if (!one) return;
    const tally = groups.get(groupOf(entry)) ?? { files: 0, exact: 0, hit: 0, got: 0, want: 0, wrong: 0 };
    tally.files += 1;
    tally.exact += one.exact ? 1 : 0;
    tally.hit += one.hit;
    tally.got += one.got;
    tally.want += one.want;
    tally.wrong += one.got > one.hit ? 1 : 0;
    groups.set(groupOf(entry), tally);
  });
  return groups;
};

const percent = (part, whole) => (whole === 0 ? '-' : ((100 * part) / whole).toFixed(1));

export const printTable = (groups) => {
  console.log('group                                files  exact%  precision%  recall%  files with a wrong id');
  for (const [name, t] of [...groups].sort())
    console.log(
      `${name.padEnd(36)} ${String(t.files).padStart(5)}  ${percent(t.exact, t.files).padStart(6)}  ${percent(t.hit, t.got).padStart(10)}  ${percent(t.hit, t.want).padStart(7)}  ${t.wrong}`,
    );
};
