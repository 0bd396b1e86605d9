import assert from 'node:assert/strict';
import fc from 'fast-check';
import { createKnowledge } from '../../server/src/knowledge/catalogue.ts';
import { workOfFile } from '../../server/src/knowledge/file-names.ts';
import { noHub } from '../../server/src/knowledge/tables.ts';
import type { AliasRecord, DatasetRecord } from '../../server/src/knowledge/types.ts';
import { testKnowledge } from '../support/knowledge.ts';

const from = { source: 'test', asOf: null, confidence: 'table' };
const data = (id: string, licence: string | null, more: Partial<DatasetRecord> = {}): DatasetRecord => ({
  id,
  name: null,
  licences: licence === null ? [] : [{ from: null, licences: [licence], stated: null, ...from }],
  generatedBy: [],
  derivedFrom: [],
  licenceStatus: licence === null ? 'unknown' : 'stated',
  status: null,
  note: null,
  match: 'record',
  ...from,
  ...more,
});
const renamed: AliasRecord = { from: 'old/WeatherTalk-9k', to: 'acme/WeatherTalk-9k', type: 'dataset', same: true, relation: 'renamed', ...from };

const knowledge = createKnowledge(
  {
    version: '2026-01-01',
    terms: [],
    services: [],
    hubLicences: [],
    licenceNames: {},
    models: [],
    modelPatterns: [],
    shortNames: {},
    aliases: [renamed],
    disputes: [],
    packages: [],
    licenceIndex: new Uint8Array(),
    datasets: [
      data('acme/WeatherTalk-9k', 'CC-BY-NC-4.0'),
      data('acme/chat-data-v2', 'MIT'),
      data('acme/Weather', 'MIT'),
      data('acme/says-nothing-9', null),
      data('acme/river_levels_2', 'MIT'),
      data('brook/River-Levels-2', 'CC-BY-NC-4.0'),
      data('brook/tidal_charts_3', 'MIT', { derivedFrom: ['acme/tidal_charts_3'] }),
      data('acme/tidal_charts_3', 'CC-BY-4.0'),
      data('acme/hail-reports-4', null, { generatedBy: [{ name: 'm', service: 'acme-api' }] }),
      data('brook/hail_reports_4', 'MIT', { generatedBy: [{ name: 'n', service: 'acme-api' }] }),
    ],
  },
  noHub,
);

const cases: Readonly<Record<string, string | undefined>> = {
  'someone/WeatherTalk-9k': 'acme/WeatherTalk-9k',
  'someone/weathertalk_9K': 'acme/WeatherTalk-9k',
  // Its own record, under each of its names.
  'acme/WeatherTalk-9k': undefined,
  'ACME/weathertalk-9k': undefined,
  'old/WeatherTalk-9k': undefined,
  // Words that many names are made of, a single word, a short one.
  'someone/chat-data-v2': undefined,
  'someone/Weather': undefined,
  'someone/other-name-12': undefined,
  // A record that says nothing is nobody's origin.
  'someone/says-nothing-9': undefined,
  // Two works of one name under different terms.
  'someone/river-levels-2': undefined,
  // The one that the other was copied from, whatever the copy says.
  'someone/tidal_charts_3': 'acme/tidal_charts_3',
  // They agree on what both say.
  'someone/hail_reports_4': 'brook/hail_reports_4',
  WeatherTalk: undefined,
  'name:WeatherTalk-9k': undefined,
};

describe('copies told by their names', () => {
  for (const [id, expected] of Object.entries(cases)) it(`${id}: ${expected ?? 'none'}`, () => assert.equal(knowledge.namesakeOf('dataset', id), expected));

  it('keeps models and data apart', () => assert.equal(knowledge.namesakeOf('model', 'someone/WeatherTalk-9k'), undefined));

  it('finds known re-uploads in the tables of the project, and guesses at no common name', () => {
    const known = testKnowledge();
    assert.equal(known.namesakeOf('dataset', 'someone/openhermes-2.5'), 'teknium/OpenHermes-2.5');
    assert.equal(known.namesakeOf('dataset', 'someone/LLaVA-Instruct-150K'), 'liuhaotian/LLaVA-Instruct-150K');
    assert.equal(known.namesakeOf('model', 'someone/vicuna-7b-v1.5'), 'lmsys/vicuna-7b-v1.5');
    for (const id of [
      'someone/alpaca',
      'someone/dataset',
      'someone/instruct-data',
      'someone/medical-qa',
      'someone/chat-data',
      'georgesung/wizard_vicuna_70k_unfiltered',
    ])
      assert.equal(known.namesakeOf('dataset', id), undefined, id);
    for (const id of ['someone/my-model', 'someone/llama-7b', 'someone/base-model-v2']) assert.equal(known.namesakeOf('model', id), undefined, id);
  });

  it('answers for any text, and soon', () => {
    const known = testKnowledge();
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), (id) => {
        const found = known.namesakeOf('dataset', id);
        assert.ok(found === undefined || known.dataset(found)?.match === 'record');
      }),
      { numRuns: 500 },
    );
    const start = performance.now();
    known.namesakeOf('dataset', `a/${'Ab-'.repeat(60)}`);
    assert.ok(performance.now() - start < 20);
  });
});

describe('files known by their names', () => {
  it('tells the work whatever the folder', () => {
    assert.deepEqual(workOfFile('playground/data/llava_v1_5_mix665k.json'), { type: 'dataset', id: 'liuhaotian/LLaVA-Instruct-150K' });
    assert.deepEqual(workOfFile('alpaca_chat_data.json'), { type: 'dataset', id: 'pkg:github/project-baize/baize-chatbot' });
    assert.deepEqual(workOfFile('weights/yolov8n.pt'), { type: 'model', id: 'Ultralytics/YOLOv8' });
    for (const path of ['train.json', 'data/train.jsonl', 'model.safetensors', 'constructor', '__proto__', 'x/toString'])
      assert.equal(workOfFile(path), undefined, path);
  });
});
