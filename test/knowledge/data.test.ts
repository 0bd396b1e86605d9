import assert from 'node:assert/strict';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { Ajv } from 'ajv';
import { knowledgeDirectory } from '../../server/src/host/knowledge.ts';
import type { HubHeader, ModelPattern } from '../../server/src/knowledge/tables.ts';
import { clauseKinds, modifications } from '../../server/src/knowledge/types.ts';
import type {
  AliasRecord,
  DatasetRecord,
  DatedLicences,
  DisputeRecord,
  HubLicence,
  ModelRecord,
  PackageRecord,
  Provenance,
  ServiceTerms,
  Terms,
} from '../../server/src/knowledge/types.ts';
import { cpuTime } from '../support/time.ts';

const directory = knowledgeDirectory();
const read = <T>(name: string): T => JSON.parse(readFileSync(join(directory, `${name}.json`), 'utf8')) as T;
const schema = JSON.parse(readFileSync('server/src/knowledge/schema.json', 'utf8')) as {
  readonly properties: Readonly<Record<string, object>>;
  readonly definitions: object;
};
const spdx = new Set(Object.keys(JSON.parse(readFileSync('node_modules/spdx-license-list/spdx.json', 'utf8')) as object));

const terms = read<Terms[]>('terms');
const services = read<ServiceTerms[]>('services');
const tags = read<HubLicence[]>('hub-licences');
const names = read<Record<string, string[]>>('licence-names');
const models = read<ModelRecord[]>('models');
const patterns = read<ModelPattern[]>('model-patterns');
const datasets = read<DatasetRecord[]>('datasets');
const aliases = read<AliasRecord[]>('aliases');
const disputes = read<DisputeRecord[]>('disputes');
const packages = read<PackageRecord[]>('packages');
const headers = (['models', 'datasets'] as const).map((name) => read<HubHeader>(`hub/${name}`));
const hubText = (name: string): string => readFileSync(join(directory, 'hub', `${name}.txt`), 'utf8');

const termIds = new Set(terms.map((row) => row.id));
const known = (id: string): boolean => termIds.has(id) || spdx.has(id);
const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

describe('the tables of the knowledge', () => {
  for (const [name, part] of Object.entries(schema.properties)) {
    it(`${name}.json follows the schema`, () => {
      const check = new Ajv({ allErrors: true, allowUnionTypes: true }).compile({ definitions: schema.definitions, ...part });
      assert.ok(check(read(name)), JSON.stringify(check.errors?.slice(0, 5)));
    });
  }

  it('the schema refuses a wrong record', () => {
    const check = new Ajv({ allowUnionTypes: true }).compile({ definitions: schema.definitions, ...schema.properties['terms'] });
    assert.ok(!check([{ ...terms[0], source: '' }]));
    assert.ok(!check([{ ...terms[0], category: 'free' }]));
  });

  it('names only licences that have terms or an SPDX id', () => {
    const rows: readonly (readonly [string, readonly DatedLicences[]])[] = [...models, ...datasets].map((row) => [row.id, row.licences]);
    for (const [id, dated] of rows) for (const row of dated) for (const licence of row.licences) assert.ok(known(licence), `${id}: ${licence}`);
    for (const row of packages) for (const licence of row.licences) assert.ok(termIds.has(licence), row.id);
    for (const row of patterns) for (const licence of row.licences) assert.ok(known(licence), row.pattern);
    for (const row of tags) for (const licence of [...row.terms, ...(row.spdx ? [row.spdx] : [])]) assert.ok(known(licence), row.tag);
    for (const [name, ids] of Object.entries(names)) for (const id of ids) assert.ok(termIds.has(id), name);
    for (const header of headers) for (const row of header.statements) for (const licence of row.licences) assert.ok(known(licence), licence);
  });

  it('knows the terms of every licence that its works have', () => {
    const used = new Set([...models, ...datasets].flatMap((row) => row.licences.flatMap((entry) => entry.licences)));
    assert.deepEqual(
      [...used].filter((id) => !termIds.has(id)),
      [],
    );
  });

  it('gives an SPDX id where there is one, and a LicenseRef elsewhere', () => {
    for (const row of terms) assert.ok(row.id.startsWith('LicenseRef-') || spdx.has(row.id), row.id);
  });

  it('is sorted, with one record an id', () => {
    const sorted = (list: readonly string[], label: string): void => {
      assert.deepEqual(list, list.toSorted(byText), label);
      assert.equal(new Set(list).size, list.length, label);
    };
    for (const [label, rows] of Object.entries({ terms, services, models, datasets, packages }))
      sorted(
        rows.map((row) => row.id),
        label,
      );
    sorted(
      tags.map((row) => row.tag),
      'tags',
    );
    sorted(
      aliases.map((row) => `${row.type} ${row.from} ${row.same ? 0 : 1} ${row.to}`),
      'aliases',
    );
  });

  it('cites a source for every record, and no working note of the research', () => {
    const rows: readonly Provenance[] = [
      ...terms,
      ...services,
      ...models,
      ...patterns,
      ...datasets,
      ...aliases,
      ...disputes,
      ...packages,
      ...[...models, ...datasets].flatMap((row) => row.licences),
      ...headers.flatMap((header) => [...header.statements, ...header.edges]),
    ];
    for (const row of rows) {
      assert.ok(row.source.length > 2);
      assert.doesNotMatch(row.source, /find_string|read_file|texts\/|index id|\bid \d{6}|model_patterns|this file|^\W|\/work\//);
    }
  });

  it('has clauses in the order of their kinds, with exact lines where something must be shown', () => {
    for (const row of terms) {
      const order = row.clauses.map((clause) => clauseKinds.indexOf(clause.kind));
      assert.deepEqual(
        order,
        order.toSorted((a, b) => a - b),
        row.id,
      );
      for (const clause of row.clauses) {
        if (clause.kind === 'notice-file' || clause.kind === 'name-prefix') assert.ok(clause.value, `${row.id} ${clause.kind}`);
        if (clause.kind === 'user-threshold') assert.ok(clause.threshold, row.id);
        if (clause.kind === 'territory') assert.ok((clause.territories ?? []).length > 0, row.id);
        if (clause.effect === 'permit') assert.deepEqual(clause.reaches, [], row.id);
        if (clause.effect !== 'permit' && clause.reaches.length > 0)
          for (const type of modifications) assert.ok(clause.reaches.includes(type), `${row.id} ${clause.kind}`);
      }
    }
  });

  it('follows renames to their end, without loops', () => {
    const next = new Map(aliases.filter((row) => row.same).map((row) => [`${row.type} ${row.from}`, row.to]));
    for (const row of aliases.filter((entry) => entry.same)) assert.ok(!next.has(`${row.type} ${row.to}`), `${row.from} -> ${row.to}`);
    assert.equal(new Set(aliases.filter((row) => row.same).map((row) => `${row.type} ${row.from}`)).size, next.size, 'two renames of one id');
  });

  it('calls no copy, successor or unsettled move the same repository', () => {
    for (const row of aliases) if (/copy|successor|re-upload|duplicate|removed/.test(row.relation)) assert.equal(row.same, false, row.from);
    assert.ok(aliases.some((row) => row.same) && aliases.some((row) => !row.same));
  });

  it('gives generators the id of a service that exists, and no service terms as a licence', () => {
    const ids = new Set(services.map((row) => row.id));
    for (const row of datasets) {
      for (const by of row.generatedBy) assert.ok(by.service === null || ids.has(by.service), row.id);
      for (const dated of row.licences) assert.doesNotMatch(dated.stated ?? '', /api_terms/, row.id);
    }
    assert.ok(datasets.filter((row) => row.generatedBy.some((by) => by.service !== null)).length >= 90);
  });

  it('has patterns that are anchored at one organisation, compile, and never disagree', () => {
    const compiled = patterns.map((row) => ({ row, regex: new RegExp(row.pattern, 'u') }));
    for (const { row } of compiled) assert.match(row.pattern, /^\^(?:[\w-]+|\(\?:[\w|-]+\)|\([\w|-]+\))\//, row.pattern);
    for (const id of models.map((row) => row.id)) {
      const found = new Set(compiled.filter(({ regex }) => regex.test(id)).map(({ row }) => row.licences.join(' ')));
      assert.ok(found.size <= 1, `${id}: ${[...found].join(' | ')}`);
    }
    for (const service of services) for (const pattern of service.modelPatterns) assert.ok(new RegExp(pattern, 'u'), pattern);
  });

  it('has no pattern that grows faster than its input', () => {
    for (const pattern of [...patterns.map((row) => row.pattern), ...services.flatMap((row) => row.modelPatterns)]) {
      const regex = new RegExp(pattern, 'u');
      const stem = pattern.replace(/[\\^$()?:|[\]]/g, '').slice(0, 12);
      const started = cpuTime();
      for (const filler of ['a', '-', '0', 'a-', '.']) regex.test(`${stem}${filler.repeat(50_000)}!`);
      assert.ok(cpuTime() - started < 100, pattern);
    }
  });

  it('agrees with the patterns wherever a publisher rule covers a researched id', () => {
    for (const row of models.filter((entry) => entry.match === 'record')) {
      const own = row.licences[0]?.licences ?? [];
      const rule = patterns.find((pattern) => new RegExp(pattern.pattern, 'u').test(row.id));
      if (rule && own.length > 0 && rule.licences.length > 0) assert.deepEqual([...own].sort(), [...rule.licences].sort(), row.id);
    }
  });

  it('keeps every tracked file under two megabytes and all tables small in a package', () => {
    const paths = [
      ...Object.keys(schema.properties).map((name) => join(directory, `${name}.json`)),
      ...['models', 'datasets'].map((name) => join(directory, 'hub', `${name}.txt`)),
    ];
    for (const path of paths) assert.ok(statSync(path).size < 2_000_000, path);
    // Quality 9 compresses two per cent less than what the build uses, and a test must not take seconds.
    const packed = paths.map((path) => brotliCompressSync(readFileSync(path), { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }).length);
    assert.ok(packed.reduce((sum, size) => sum + size, 0) <= 790_000, String(packed));
  });

  it('has hub rows in the order that bisection needs, each naming a statement or an edge of the head', () => {
    for (const [index, name] of ['models', 'datasets'].entries()) {
      const header = headers[index];
      const lines = hubText(name).trimEnd().split('\n');
      assert.ok(header && lines.length > 20_000, name);
      let before = '';
      for (const line of lines) {
        const [id = '', statement = '', relation = '', bases = '', edge = ''] = line.split('\t');
        assert.ok(id.toLowerCase() > before, `${name}: ${id}`);
        before = id.toLowerCase();
        assert.ok(statement !== '' || bases !== '', line);
        if (statement !== '') assert.ok(header.statements[Number(statement)], line);
        if (relation !== '') assert.ok(header.relations[Number(relation)], line);
        if (edge !== '') assert.ok(header.edges[Number(edge)], line);
      }
    }
  });
});
