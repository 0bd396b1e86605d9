import { fieldsOfUse, relationTypes } from '../knowledge/types.ts';
import type { RelationType } from '../knowledge/types.ts';
import type { Severity } from '../protocol/report.ts';
import { asString, entryOf, get, stringScalars } from '../text/data.ts';
import type { DataMap, DataNode } from '../text/data.ts';
import { compileGlob } from '../text/glob.ts';
import type { PathTest } from '../text/glob.ts';
import { limits } from '../text/limits.ts';
import { indexLines, positionAt } from '../text/lines.ts';
import type { Span } from '../text/span.ts';
import { readYaml } from '../text/yaml.ts';
import type {
  Acceptance,
  Grant,
  NamedRule,
  Override,
  Policy,
  PolicyLicences,
  PolicyPlace,
  PolicyProblem,
  PolicyWork,
  ProvenanceNote,
  PublishTarget,
  RuleLevel,
  UseProfile,
  WantedDisclosure,
} from './types.ts';

export const policyFileName = 'pedigree.yaml';

const firstLine: PolicyPlace = { line: 1, column: 1, endLine: 1, endColumn: 1 };

/** A policy in which nothing is stated. */
export const noPolicy: Policy = {
  path: null,
  hash: '',
  use: null,
  publish: null,
  licences: { allow: null, deny: [], places: new Map() },
  works: [],
  grants: [],
  provenance: [],
  rules: {},
  overrides: [],
  named: [],
  accept: [],
  disclose: [],
  extends: null,
  extendsPlace: firstLine,
  problems: [],
};

const topKeys = ['use', 'publish', 'licences', 'works', 'grants', 'provenance', 'rules', 'overrides', 'accept', 'disclose', 'extends'];
const useKeys = ['commercial', 'distribute', 'train-other-models', 'territories', 'established-in', 'users-at', 'monthly-active-users', 'fields'];
const publishKeys = ['weights', 'code', 'data', 'name'];
const distributions = ['weights', 'code', 'service', 'data'] as const;
const levels: readonly string[] = ['error', 'warning', 'information', 'off'];

interface Reading {
  readonly problem: (message: string, at: Span) => void;
  readonly place: (span: Span) => PolicyPlace;
  readonly named: NamedRule[];
  globs: number;
}

const stringsOf = (reading: Reading, node: DataNode | undefined, what: string): readonly string[] => {
  if (node === undefined) return [];
  if (node.kind !== 'sequence') {
    reading.problem(`${what} should be a list`, node.span);
    return [];
  }
  return node.items.flatMap((item) => (item.kind === 'scalar' && typeof item.value === 'string' ? [item.value] : []));
};

const mapsOf = (reading: Reading, node: DataNode | undefined, what: string): readonly DataMap[] => {
  if (node === undefined) return [];
  if (node.kind !== 'sequence') {
    reading.problem(`${what} should be a list`, node.span);
    return [];
  }
  return node.items.flatMap((item) => {
    if (item.kind === 'map') return [item];
    reading.problem(`an entry of ${what} should be a mapping`, item.span);
    return [];
  });
};

const needed = (reading: Reading, map: DataMap, key: string, what: string): string | undefined => {
  const value = asString(get(map, key));
  if (value === undefined) reading.problem(`${what} needs \`${key}\``, map.span);
  return value;
};

/** A day that the calendar has. */
const isDate = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && Number.isFinite(Date.parse(text)) && new Date(Date.parse(text)).toISOString().startsWith(text);

/** YAML has no dates of its own here: `2026-10-01` arrives as a string. */
const dateOf = (reading: Reading, map: DataMap, key: string): string | null => {
  const node = get(map, key);
  if (node === undefined) return null;
  const value = asString(node);
  if (value !== undefined && isDate(value)) return value;
  reading.problem(`\`${key}\` should be a date such as 2027-01-31`, node.span);
  return null;
};

const booleanOf = (reading: Reading, map: DataNode, key: string): boolean | null => {
  const node = get(map, key);
  if (node === undefined) return null;
  if (node.kind === 'scalar' && typeof node.value === 'boolean') return node.value;
  reading.problem(`\`${key}\` should be true or false`, node.span);
  return null;
};

const unknownKeys = (reading: Reading, map: DataNode, known: readonly string[], where: string): void => {
  if (map.kind !== 'map') return;
  for (const entry of map.entries) if (!known.includes(entry.key)) reading.problem(`unknown key \`${entry.key}\` ${where}`, entry.keySpan);
};

/** A field that no clause can name would be weighed against nothing. */
const fieldsOf = (reading: Reading, node: DataNode | undefined): UseProfile['fields'] =>
  stringsOf(reading, node, '`fields`').flatMap((word) => {
    const field = fieldsOfUse.find((known) => known === word);
    if (field === undefined && node) reading.problem(`\`${word.slice(0, 40)}\` is no field of use: ${fieldsOfUse.join(', ')}`, node.span);
    return field ?? [];
  });

const useOf = (reading: Reading, node: DataNode | undefined): UseProfile | null => {
  if (node === undefined) return null;
  if (node.kind !== 'map') {
    reading.problem('`use` should be a mapping', node.span);
    return null;
  }
  unknownKeys(reading, node, useKeys, 'in `use`');
  const users: Record<string, number> = {};
  const at = get(node, 'users-at');
  if (at?.kind === 'map')
    for (const entry of at.entries) if (entry.value.kind === 'scalar' && typeof entry.value.value === 'number') users[entry.key] = entry.value.value;
  const monthly = get(node, 'monthly-active-users');
  return {
    commercial: booleanOf(reading, node, 'commercial'),
    distribute: stringsOf(reading, get(node, 'distribute'), '`distribute`').flatMap((word) => distributions.filter((known) => known === word)),
    trainOtherModels: booleanOf(reading, node, 'train-other-models'),
    territories: stringsOf(reading, get(node, 'territories'), '`territories`'),
    establishedIn: asString(get(node, 'established-in')) ?? null,
    usersAt: users,
    monthlyActiveUsers: monthly?.kind === 'scalar' && typeof monthly.value === 'number' ? monthly.value : null,
    fields: fieldsOf(reading, get(node, 'fields')),
  };
};

const publishOf = (reading: Reading, node: DataNode | undefined): PublishTarget | null => {
  if (node === undefined) return null;
  unknownKeys(reading, node, publishKeys, 'in `publish`');
  const value = (key: string): string | null => asString(get(node, key)) ?? null;
  const places: Record<string, PolicyPlace> = {};
  for (const key of publishKeys) {
    const stated = get(node, key);
    if (stated) places[key] = reading.place(stated.span);
  }
  return {
    weights: value('weights'),
    code: value('code'),
    data: value('data'),
    name: value('name'),
    places,
  };
};

const rulesOf = (reading: Reading, node: DataNode | undefined): Readonly<Record<string, RuleLevel>> => {
  const out: Record<string, RuleLevel> = {};
  if (node === undefined) return out;
  if (node.kind !== 'map') {
    reading.problem('`rules` should be a mapping of rule ids to levels', node.span);
    return out;
  }
  for (const entry of node.entries) {
    reading.named.push({ rule: entry.key, from: null, place: reading.place(entry.keySpan) });
    const level = entry.value.kind === 'scalar' ? (entry.value.value === false ? 'off' : entry.value.value) : undefined;
    if (typeof level === 'string' && levels.includes(level)) out[entry.key] = level as Severity | 'off';
    else reading.problem(`the level of \`${entry.key}\` should be error, warning, information or off`, entry.value.span);
  }
  return out;
};

const globOf = (reading: Reading, globs: readonly string[], span: Span): PathTest => {
  const tests: PathTest[] = [];
  for (const glob of globs) {
    reading.globs += 1;
    const test = reading.globs > limits.policyGlobs ? undefined : compileGlob(glob);
    if (test) tests.push(test);
    else reading.problem(`the glob \`${glob.slice(0, 60)}\` cannot be used`, span);
  }
  return (path) => tests.some((test) => test(path));
};

const provenanceOf = (reading: Reading, map: DataMap): ProvenanceNote[] => {
  const path = needed(reading, map, 'path', 'a provenance note');
  const relation = needed(reading, map, 'relation', 'a provenance note');
  const from = needed(reading, map, 'from', 'a provenance note');
  if (path === undefined || relation === undefined || from === undefined) return [];
  if (!(relationTypes as readonly string[]).includes(relation)) {
    reading.problem(`\`${relation}\` is no relation: ${relationTypes.join(', ')}`, entryOf(map, 'relation')?.value.span ?? map.span);
    return [];
  }
  const at = from.startsWith('pkg:') ? from.lastIndexOf('@') : -1;
  return [
    {
      path,
      relation: relation as RelationType,
      from: at > 0 ? from.slice(0, at) : from,
      revision: at > 0 ? from.slice(at + 1) : null,
      is: asString(get(map, 'is')) ?? null,
      date: dateOf(reading, map, 'date'),
      note: asString(get(map, 'note')) ?? null,
      place: reading.place(map.span),
    },
  ];
};

const acceptOf = (reading: Reading, map: DataMap): Acceptance[] => {
  const rule = needed(reading, map, 'rule', 'an accept entry');
  if (rule === undefined) return [];
  const paths = get(map, 'paths');
  return [
    {
      rule,
      work: asString(get(map, 'work')) ?? null,
      matches: paths === undefined ? null : globOf(reading, stringsOf(reading, paths, '`paths`'), map.span),
      reason: asString(get(map, 'reason'))?.trim() || null,
      until: dateOf(reading, map, 'until'),
      from: null,
      place: reading.place(map.span),
    },
  ];
};

/** An override of no paths changes nothing, which nobody means. */
const overrideOf = (reading: Reading, map: DataMap): Override => {
  if (get(map, 'paths') === undefined) reading.problem('an entry of `overrides` needs `paths`', map.span);
  return { matches: globOf(reading, stringsOf(reading, get(map, 'paths'), '`paths`'), map.span), rules: rulesOf(reading, get(map, 'rules')) };
};

const licencesOf = (reading: Reading, node: DataNode | undefined): PolicyLicences => {
  if (node !== undefined && node.kind !== 'map') reading.problem('`licences` should be a mapping', node.span);
  if (node) unknownKeys(reading, node, ['allow', 'deny'], 'in `licences`');
  const [allow, deny] = [get(node, 'allow'), get(node, 'deny')];
  const places = new Map<string, PolicyPlace>();
  for (const word of [...stringScalars(allow), ...stringScalars(deny)]) places.set(word.value, reading.place(word.span));
  return { allow: allow === undefined ? null : stringsOf(reading, allow, '`allow`'), deny: stringsOf(reading, deny, '`deny`'), places };
};

const worksOf = (reading: Reading, node: DataNode | undefined): PolicyWork[] =>
  mapsOf(reading, node, '`works`').flatMap((map) => {
    const id = needed(reading, map, 'id', 'an entry of `works`');
    const licence = needed(reading, map, 'licence', 'an entry of `works`');
    return id !== undefined && licence !== undefined ? [{ id, licence, from: null, place: reading.place(map.span) }] : [];
  });

const grantsOf = (reading: Reading, node: DataNode | undefined): Grant[] =>
  mapsOf(reading, node, '`grants`').flatMap((map) => {
    const work = needed(reading, map, 'work', 'a grant');
    const licence = needed(reading, map, 'licence', 'a grant');
    if (work === undefined || licence === undefined) return [];
    return [
      { work, licence, reference: asString(get(map, 'reference')) ?? null, until: dateOf(reading, map, 'until'), from: null, place: reading.place(map.span) },
    ];
  });

/** A name, or a name with the path of its document. */
const discloseOf = (reading: Reading, node: DataNode | undefined): WantedDisclosure[] => {
  if (node !== undefined && node.kind !== 'sequence') {
    reading.problem('`disclose` should be a list', node.span);
    return [];
  }
  return (node?.items ?? []).flatMap((item) => {
    const place = reading.place(item.span);
    if (item.kind !== 'map') {
      const name = asString(item);
      if (name === undefined) reading.problem('an entry of `disclose` should be a name, or a mapping with `name` and `path`', item.span);
      return name === undefined ? [] : [{ name, path: null, place }];
    }
    unknownKeys(reading, item, ['name', 'path'], 'in `disclose`');
    const name = needed(reading, item, 'name', 'an entry of `disclose`');
    return name === undefined ? [] : [{ name, path: asString(get(item, 'path'))?.replace(/^(?:\.\/)+/, '') ?? null, place }];
  });
};

/** Reads `pedigree.yaml`. Never throws; what is wrong is in `problems`, and what could be read is used. */
export const readPolicy = (text: string, path: string, hash: string): Policy => {
  const problems: PolicyProblem[] = [];
  const index = indexLines(text);
  const reading: Reading = {
    globs: 0,
    named: [],
    place: (span) => {
      const start = positionAt(index, span.start);
      const end = positionAt(index, Math.max(span.start, text.slice(0, span.end).trimEnd().length));
      return { line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
    },
    problem: (message, at) => {
      const position = positionAt(index, at.start);
      problems.push({ message, line: position.line + 1, column: position.character + 1 });
    },
  };
  const { root, problems: syntax } = readYaml(text);
  for (const problem of syntax) reading.problem(problem.message, problem.span);
  if (root === undefined || (root.kind === 'scalar' && root.value === null)) return { ...noPolicy, path, hash, problems };
  if (root.kind !== 'map') {
    reading.problem('the file should be a mapping', root.span);
    return { ...noPolicy, path, hash, problems };
  }
  unknownKeys(reading, root, topKeys, 'at the top');
  const overrides: Override[] = mapsOf(reading, get(root, 'overrides'), '`overrides`').map((map) => overrideOf(reading, map));
  const extendsAt = entryOf(root, 'extends');
  const policy: Policy = {
    path,
    hash,
    use: useOf(reading, get(root, 'use')),
    publish: publishOf(reading, get(root, 'publish')),
    licences: licencesOf(reading, get(root, 'licences')),
    works: worksOf(reading, get(root, 'works')),
    grants: grantsOf(reading, get(root, 'grants')),
    provenance: mapsOf(reading, get(root, 'provenance'), '`provenance`').flatMap((map) => provenanceOf(reading, map)),
    rules: rulesOf(reading, get(root, 'rules')),
    overrides,
    named: reading.named,
    accept: mapsOf(reading, get(root, 'accept'), '`accept`').flatMap((map) => acceptOf(reading, map)),
    disclose: discloseOf(reading, get(root, 'disclose')),
    extends: asString(get(root, 'extends')) ?? null,
    extendsPlace: extendsAt === undefined ? firstLine : reading.place(extendsAt.value.span),
    problems,
  };
  return { ...policy, problems };
};
