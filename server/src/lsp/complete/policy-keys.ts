import type { Source } from './candidates.ts';

export interface PolicyKey {
  /** One sentence, as the schema has it. */
  readonly what: string;
  /** What its value is chosen from; absent = the user's own words. */
  readonly values?: Source;
  /** It holds more keys, or a list: nothing stands behind it on its line. */
  readonly opens?: true;
}

const work: PolicyKey = { what: 'The id of a work: a package URL, a service or a path of this repository.', values: 'work' };
const list = (what: string): PolicyKey => ({ what, opens: true });
const levels = list('Levels of rules everywhere.');

/** The keys of pedigree.yaml by where they stand; `[]` is an item of a list. Held to the schema by a test. */
export const policyKeys: Readonly<Record<string, Readonly<Record<string, PolicyKey>>>> = {
  '': {
    use: list('What you do. Findings are weighed against it; without it the profile comes from the licence, manifest and card at the root alone.'),
    publish: list('What you mean to publish, and under which terms.'),
    licences: list('Licences that you allow or refuse, whatever the use.'),
    works: list('Licences of works that nothing else states.'),
    grants: list('Licences that you bought or agreed. They stand above the public terms.'),
    provenance: list('Notes for files that cannot carry them: weights, data.'),
    rules: levels,
    overrides: list('Levels of rules for some files.'),
    accept: list('Findings that somebody looked at and accepted. Each needs its reason; one that holds nothing back is reported.'),
    disclose: list('Disclosures that you have to make.'),
    extends: { what: 'A policy that this one stands on, as a path from this file. What this file states wins.' },
  },
  use: {
    commercial: { what: 'Whether the use serves a commercial purpose.', values: 'boolean' },
    distribute: { what: 'What you hand to others, or let them use.' },
    'train-other-models': { what: 'Whether outputs of the models here train other models.', values: 'boolean' },
    territories: { what: 'Where you offer it: ISO 3166 codes of countries, or EU.' },
    'established-in': { what: 'Where you are: the ISO 3166 code of a country.' },
    'users-at': { what: 'Monthly active users at a date, for terms that count them as of that day.' },
    'monthly-active-users': { what: 'Monthly active users at present.' },
    fields: { what: 'What it is used for, where terms speak of that: fields that a use policy bars, or permits on conditions only.' },
  },
  publish: {
    weights: { what: 'Licence of the weights: an id of the hub or of SPDX.', values: 'hub-licence' },
    code: { what: 'Licence of the code: an SPDX id.', values: 'spdx' },
    data: { what: 'Licence of the data: an id of the hub or of SPDX.', values: 'hub-licence' },
    name: { what: 'The id under which it is published.' },
  },
  licences: {
    allow: { what: 'Absent: all. An empty list: none.' },
    deny: { what: 'Refused, also where `allow` names them.' },
  },
  'works.[]': { id: work, licence: { what: 'An SPDX id or a LicenseRef.', values: 'licence' } },
  'grants.[]': {
    work,
    licence: { what: 'What it is called.' },
    reference: { what: 'Where it is written: a contract, a message.' },
    until: { what: 'The last day on which it holds.' },
  },
  'provenance.[]': {
    path: { what: 'The file or folder, from the root of the workspace folder.' },
    is: { what: 'The work that it is, where the path does not say it.' },
    relation: { what: 'How it came from the other work.', values: 'relation' },
    from: work,
    date: { what: 'When it was made.' },
    note: { what: 'Anything that somebody may ask later.' },
  },
  'disclose.[]': {
    name: { what: 'Which disclosure it is.', values: 'disclosure' },
    path: { what: 'Where its document lies, from the root; absent: under one of its usual names.' },
  },
  'overrides.[]': {
    paths: { what: 'Globs from the root of the workspace folder.' },
    rules: levels,
  },
  'accept.[]': {
    rule: { what: 'Which rule.', values: 'rule' },
    work,
    paths: { what: 'Globs of the files in which it is accepted; absent: all.' },
    reason: { what: 'Why, in a few words: an acceptance without a reason holds nothing back.' },
    until: { what: 'The last day on which it is accepted.' },
  },
};

/** What the items of plain lists are chosen from. */
const items: Readonly<Record<string, Source>> = {
  'use.distribute': 'distribution',
  'use.fields': 'field',
  'licences.allow': 'licence',
  'licences.deny': 'licence',
  disclose: 'disclosure',
};

/** Places whose keys are ids of rules, and whose values are levels. */
const ruleLevels: readonly string[] = ['rules', 'overrides.[].rules'];

/** What can be written as a key of the mapping at a path. */
export const keySource = (path: string): Source | undefined => (ruleLevels.includes(path) ? 'rule' : path in policyKeys ? `keys:${path}` : undefined);

/** What can be written as the value of a key, or as an item of its list. */
export const valueSource = (path: string, key: string): Source | undefined => {
  if (ruleLevels.includes(path)) return 'level';
  return key === '[]' ? items[path] : policyKeys[path]?.[key]?.values;
};
