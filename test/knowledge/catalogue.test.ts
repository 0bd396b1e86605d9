import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { knowledgeDirectory, openKnowledge } from '../../server/src/host/knowledge.ts';
import { createKnowledge } from '../../server/src/knowledge/catalogue.ts';
import { noHub } from '../../server/src/knowledge/tables.ts';
import type { HubSource, KnowledgeTables } from '../../server/src/knowledge/tables.ts';
import type { AliasRecord, ModelRecord } from '../../server/src/knowledge/types.ts';
import { testKnowledge } from '../support/knowledge.ts';

const from = { source: 'test', asOf: null, confidence: 'table' };
const alias = (a: string, b: string, same: boolean, type: AliasRecord['type'] = 'model'): AliasRecord => ({
  from: a,
  to: b,
  type,
  same,
  relation: 'renamed',
  ...from,
});
const model = (id: string, licence: string, more: Partial<ModelRecord> = {}): ModelRecord => ({
  id,
  licences: [{ from: null, licences: [licence], stated: null, ...from }],
  bases: [],
  relation: null,
  datasets: [],
  note: null,
  conflicting: [],
  match: 'record',
  ...from,
  ...more,
});

const empty: KnowledgeTables = {
  version: '2026-01-01',
  terms: [],
  services: [],
  hubLicences: [],
  licenceNames: {},
  models: [],
  modelPatterns: [],
  datasets: [],
  shortNames: {},
  aliases: [],
  disputes: [],
  packages: [],
  licenceIndex: new Uint8Array(),
};
const licence = (record: ModelRecord | undefined): string | undefined => record?.licences[0]?.licences[0];

describe('the catalogue', () => {
  it('reads a table only when something in it is asked', () => {
    const read: string[] = [];
    const tables = new Proxy(empty, { get: (target, name: keyof KnowledgeTables) => (read.push(name), target[name]) });
    const knowledge = createKnowledge(tables, noHub);
    assert.deepEqual(read, []);
    knowledge.terms('MIT');
    knowledge.terms('ISC');
    assert.deepEqual(read, ['terms']);
    knowledge.service('openai');
    assert.deepEqual(read, ['terms', 'services']);
  });

  it('asks the hub tables only for ids that the records lack', () => {
    const asked: string[] = [];
    const hub: HubSource = { model: (id) => (asked.push(id), undefined), dataset: (id) => (asked.push(`d:${id}`), undefined) };
    const knowledge = createKnowledge({ ...empty, models: [model('a/known', 'MIT')] }, hub);
    assert.equal(licence(knowledge.model('a/known')), 'MIT');
    assert.deepEqual(asked, []);
    assert.equal(knowledge.model('a/other'), undefined);
    assert.equal(knowledge.dataset('a/other'), undefined);
    assert.deepEqual(asked, ['a/other', 'd:a/other']);
  });

  describe('of several answers for a model takes the surest', () => {
    const pattern = { pattern: '^a/fam-', licences: ['Apache-2.0'], stated: null, note: null, ...from };
    const hub: HubSource = {
      ...noHub,
      model: (id) => (id === 'a/fam-listed' || id === 'b/listed' ? model(id, 'ISC', { match: 'hub', bases: ['a/base'], relation: 'adapter' }) : undefined),
    };
    const knowledge = createKnowledge(
      {
        ...empty,
        models: [model('a/fam-record', 'MIT'), model('a/fam-guess', 'GPL-3.0-only', { match: 'name' }), model('b/guess', 'GPL-3.0-only', { match: 'name' })],
        modelPatterns: [pattern],
      },
      hub,
    );
    const cases: Readonly<Record<string, readonly [string | undefined, ModelRecord['match'] | undefined]>> = {
      'a/fam-record': ['MIT', 'record'],
      'a/fam-new': ['Apache-2.0', 'pattern'],
      'A/FAM-New': ['Apache-2.0', 'pattern'],
      'a/fam-guess': ['Apache-2.0', 'pattern'],
      'b/listed': ['ISC', 'hub'],
      'b/guess': ['GPL-3.0-only', 'name'],
      'c/fam-new': [undefined, undefined],
      'x/a/fam-new': [undefined, undefined],
    };
    for (const [id, [expected, match]] of Object.entries(cases))
      it(`${id}: ${match ?? 'nothing'}`, () => assert.deepEqual([licence(knowledge.model(id)), knowledge.model(id)?.match], [expected, match]));
    it('keeps the base that the hub lists beside the licence of a rule', () => assert.deepEqual(knowledge.model('a/fam-listed')?.bases, ['a/base']));
  });

  it('finds a renamed repository under each of its ids, and follows no copy', () => {
    const knowledge = createKnowledge(
      {
        ...empty,
        models: [model('new/one', 'MIT'), model('old/two', 'ISC'), model('x/copy', 'MIT')],
        aliases: [alias('old', 'new/one', true), alias('old/two', 'new/two', true), alias('x/gone', 'x/copy', false)],
      },
      noHub,
    );
    assert.equal(licence(knowledge.model('old')), 'MIT');
    assert.equal(licence(knowledge.model('new/two')), 'ISC');
    assert.equal(knowledge.model('x/gone'), undefined);
  });

  it('prefers a record of the very id to one under an older id', () => {
    const knowledge = createKnowledge({ ...empty, models: [model('a/old', 'MIT'), model('b/new', 'ISC')], aliases: [alias('a/old', 'b/new', true)] }, noHub);
    assert.equal(licence(knowledge.model('b/new')), 'ISC');
    assert.equal(licence(knowledge.model('a/old')), 'MIT');
  });

  it('survives renames in a circle', () => {
    const knowledge = createKnowledge({ ...empty, aliases: [alias('a', 'b', true), alias('b', 'a', true)] }, noHub);
    assert.equal(knowledge.model('a'), undefined);
    assert.equal(knowledge.disputes('a').length, 0);
  });

  it('keeps kinds of aliases apart', () => {
    const knowledge = createKnowledge({ ...empty, aliases: [alias('a', 'b/a', true, 'dataset'), alias('s/a', 's/b', true, 'space')] }, noHub);
    assert.equal(knowledge.alias('model', 'a'), undefined);
    assert.equal(knowledge.alias('model', 's/a'), undefined);
    assert.equal(knowledge.alias('dataset', 'a')?.to, 'b/a');
  });

  for (const id of ['', 'constructor', '__proto__', 'toString', 'x'.repeat(100_000), 'a\tb', 'a\nb/c', '../..', '%']) {
    it(`knows nothing of ${JSON.stringify(id.slice(0, 20))}`, () => {
      const knowledge = testKnowledge();
      assert.deepEqual(
        [
          knowledge.terms(id),
          knowledge.model(id),
          knowledge.dataset(id),
          knowledge.service(id),
          knowledge.package(id),
          knowledge.hubLicence(id),
          knowledge.datasetByShortName(id),
          knowledge.alias('model', id),
        ],
        Array(8).fill(undefined),
      );
      assert.deepEqual([knowledge.licenceName(id), knowledge.disputes(id)], [[], []]);
    });
  }
});

describe('the tables of the project', () => {
  const knowledge = testKnowledge();

  it('carry the date of the newest one', () => assert.match(knowledge.version, /^20\d\d-\d\d-\d\d$/));

  it('hold what was researched', () => {
    assert.ok(knowledge.allTerms().length >= 147 && knowledge.allServices().length === 31 && knowledge.allHubLicences().length === 83);
    assert.ok(knowledge.modelIds().length >= 1046 && knowledge.datasetIds().length >= 700);
    assert.ok(knowledge.datasetIds().every((id) => !id.includes(':')));
  });

  const legacy: Readonly<Record<string, string>> = {
    gpt2: 'MIT',
    'bert-base-uncased': 'Apache-2.0',
    distilgpt2: 'Apache-2.0',
    'roberta-base': 'MIT',
    'openai-community/gpt2': 'MIT',
    'google-bert/bert-base-uncased': 'Apache-2.0',
  };
  for (const [id, expected] of Object.entries(legacy)) it(`${id}: ${expected}`, () => assert.equal(licence(knowledge.model(id)), expected));

  it('answer for another spelling in capitals, as the hub does', () => assert.equal(knowledge.model('META-LLAMA/llama-3.1-8b')?.id, 'meta-llama/Llama-3.1-8B'));

  it('lead from the older id of a renamed model to its record', () => {
    assert.equal(knowledge.model('meta-llama/Meta-Llama-3.1-8B')?.id, 'meta-llama/Llama-3.1-8B');
    assert.equal(knowledge.alias('model', 'meta-llama/Meta-Llama-3.1-8B')?.same, true);
    assert.equal(knowledge.alias('model', 'runwayml/stable-diffusion-v1-5')?.same, false);
    assert.equal(knowledge.alias('dataset', 'cnn_dailymail')?.to, 'abisee/cnn_dailymail');
    assert.equal(knowledge.alias('model', 'CohereForAI/aya-101')?.same, true);
    assert.equal(knowledge.alias('dataset', 'princeton-nlp/SWE-bench')?.same, true);
    assert.equal(knowledge.alias('dataset', 'lmms-lab/MMMU')?.same, false);
    assert.equal(knowledge.alias('dataset', 'laion/laion2B-en')?.same, false);
  });

  it('find hub rows of models and data sets, and say so', () => {
    const listed = knowledge.model('NousResearch/Hermes-3-Llama-3.1-8B');
    assert.deepEqual([listed?.match, licence(listed), listed?.confidence], ['hub', 'LicenseRef-llama-3-community', 'hub-column']);
    const set = knowledge.dataset('google-research-datasets/mbpp');
    assert.deepEqual([set?.match, set?.licences[0]?.licences], ['hub', ['CC-BY-4.0']]);
  });

  it('take a family pattern no further than its organisation', () => {
    assert.equal(knowledge.model('Qwen/Qwen2.5-7B-Some-New-Variant')?.match, 'pattern');
    assert.equal(knowledge.model('someone/Qwen2.5-7B-Some-New-Variant'), undefined);
    assert.equal(knowledge.model('meta-llama/Llama-2'), undefined);
  });

  it('resolve short names, disputes under each id, and licence names in any case', () => {
    assert.equal(knowledge.datasetByShortName('openorca'), 'Open-Orca/OpenOrca');
    assert.ok(knowledge.disputes('the_pile').some((row) => row.kind === 'withdrawn'));
    assert.ok(knowledge.disputes('cifar10').length > 0 && knowledge.disputes('uoft-cs/cifar10').length > 0);
    assert.ok(knowledge.disputes('eleutherai/pile').length > 0);
    assert.deepEqual(knowledge.licenceName(' Qwen-Research '), ['LicenseRef-qwen-research-2024']);
  });

  it('do not call a guess from a name a record', () => {
    const guess = knowledge.model('cyankiwi/gemma-4-31B-it-AWQ-4bit');
    assert.deepEqual([guess?.match, guess?.confidence, guess?.bases], ['name', 'name', []]);
    assert.match(guess?.note ?? '', /guessed from the id alone/);
  });

  it('read compressed rows where the build put them', () => {
    const target = mkdtempSync(join(tmpdir(), 'pedigree-knowledge-'));
    try {
      cpSync(knowledgeDirectory(), target, { recursive: true });
      for (const name of ['models', 'datasets']) {
        const plain = join(target, 'hub', `${name}.txt`);
        writeFileSync(`${plain}.br`, brotliCompressSync(readFileSync(plain).subarray(0, 4096)));
        rmSync(plain);
      }
      const first = readFileSync(join(knowledgeDirectory(), 'hub', 'datasets.txt'), 'utf8').split('\t')[0] ?? '';
      assert.equal(openKnowledge(target).dataset(first)?.id, first);
      assert.equal(openKnowledge(target).dataset('zzz/zzz'), undefined);
    } finally {
      rmSync(target, { recursive: true });
    }
  });

  it('answer a first question fast: core tables under 15 ms, hub tables under 30 ms', function () {
    this.retries(3);
    const timed = (ask: () => unknown): number => {
      const start = performance.now();
      ask();
      return performance.now() - start;
    };
    const fresh = openKnowledge(knowledgeDirectory());
    assert.ok(timed(() => fresh.terms('MIT')) < 15);
    assert.ok(timed(() => fresh.model('meta-llama/Llama-3.1-8B')) < 30);
    assert.ok(timed(() => fresh.model('nobody/nothing')) < 30);
    assert.ok(timed(() => fresh.dataset('nobody/nothing')) < 45);
  });
});

describe('scripts/build-knowledge.mjs', () => {
  it('says so when the facts are absent, and fails only when they are required', () => {
    const run = (...words: readonly string[]): string =>
      execFileSync(process.execPath, ['scripts/build-knowledge.mjs', '/nowhere', ...words], { encoding: 'utf8', stdio: 'pipe' });
    assert.match(run(), /no facts at .*: the committed tables stay/);
    assert.throws(() => run('--require'));
  });
});
