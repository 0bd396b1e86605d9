// Writes server/src/knowledge/data from the researched facts: node scripts/build-knowledge.mjs [FACTS] [--require]
// The tables are committed, so that a build needs no facts; without them this says so and leaves the tables alone.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { readJson, readJsonLines, writeTable } from './knowledge/common.mjs';
import { datasetsTable } from './knowledge/datasets.mjs';
import { hubTables } from './knowledge/hub.mjs';
import { hubLicences, tagResolver, tagTable } from './knowledge/hub-licences.mjs';
import { modelsTable, patternsTable } from './knowledge/models.mjs';
import { addressesTable, fileNamesTable, withMoreDatasets, withMoreModels } from './knowledge/more.mjs';
import { aliasesTable, disputesTable, packagesTable } from './knowledge/records.mjs';
import { servicesTable } from './knowledge/services.mjs';
import { slugIds, termsTable } from './knowledge/terms.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** The day on which the facts were read, as their own description says: the date of tables that carry no other. */
const readOn = '2026-11-23';

const readFacts = (folder) => {
  const json = (name) => readJson(join(folder, name));
  return {
    read: readOn,
    terms: json('terms.json'),
    services: json('api_terms.json'),
    hubLicences: json('hf_licenses.json').licences,
    licenceNames: json('hf_license_names.json'),
    models: json('models.json'),
    modelPatterns: json('model_patterns.json'),
    datasets: json('datasets.json'),
    shortNames: json('dataset_aliases_llamafactory.json'),
    popularModels: json('popular/models.json'),
    popularDatasets: json('popular/datasets.json'),
    aliases: json('popular/aliases.json'),
    disputes: json('popular/disputed.json'),
    hubModels: readJsonLines(join(folder, 'hub/models.jsonl')),
    hubDatasets: readJsonLines(join(folder, 'hub/datasets.jsonl')),
  };
};

/** Newest full date that any record carries. */
const newestDate = (tables) =>
  [...JSON.stringify(tables).matchAll(/"asOf":"(20\d\d-\d\d-\d\d)"/gu)]
    .map((match) => match[1])
    .concat(readOn)
    .sort()
    .at(-1);

const build = (facts) => {
  const slugs = slugIds(facts);
  const hub = hubLicences(facts, slugs);
  const resolveTag = tagResolver(hub);
  const aliases = aliasesTable(facts);
  const models = withMoreModels(modelsTable(facts, hub, slugs, resolveTag), facts, resolveTag, aliases);
  const datasets = withMoreDatasets(datasetsTable(facts, resolveTag, aliases), facts, resolveTag, aliases);
  return {
    tables: {
      terms: termsTable(facts, hub),
      services: servicesTable(facts),
      'hub-licences': tagTable(hub),
      'licence-names': hub.names,
      models,
      'model-patterns': patternsTable(facts, slugs),
      datasets,
      'short-names': facts.shortNames.aliases,
      aliases,
      disputes: disputesTable(facts, aliases),
      packages: packagesTable(),
      'file-names': fileNamesTable(),
      'stored-addresses': addressesTable(),
    },
    hub: hubTables(facts, resolveTag, models, datasets),
  };
};

const write = (target, { tables, hub }) => {
  for (const [name, table] of Object.entries(tables)) writeTable(join(target, `${name}.json`), table);
  mkdirSync(join(target, 'hub'), { recursive: true });
  for (const [name, { header, text }] of Object.entries(hub)) {
    writeFileSync(join(target, 'hub', `${name}.json`), `${JSON.stringify(header, null, 1)}\n`);
    writeFileSync(join(target, 'hub', `${name}.txt`), text);
  }
  writeTable(join(target, 'index.json'), { version: newestDate(tables), hub: { models: ['models'], datasets: ['datasets'] } });
};

const main = () => {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { require: { type: 'boolean', default: false }, output: { type: 'string' } } });
  const folder = resolve(positionals[0] ?? join(root, '..', 'shared', 'facts'));
  if (!existsSync(join(folder, 'terms.json'))) {
    console.log(`build-knowledge: no facts at ${folder}: the committed tables stay as they are`);
    process.exitCode = values.require ? 1 : 0;
    return;
  }
  const made = build(readFacts(folder));
  write(resolve(values.output ?? join(root, 'server', 'src', 'knowledge', 'data')), made);
  for (const [name, table] of Object.entries(made.tables)) console.log(`${name}: ${Array.isArray(table) ? table.length : Object.keys(table).length}`);
  for (const [name, { text }] of Object.entries(made.hub)) console.log(`hub ${name}: ${text.split('\n').length - 1} rows, ${text.length} characters`);
};

main();
