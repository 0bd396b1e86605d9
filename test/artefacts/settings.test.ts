import assert from 'node:assert/strict';
import { settingsReader } from '../../server/src/artefacts/settings.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';

const lines = (...all: readonly string[]): string => `${all.join('\n')}\n`;

const shown = (text: string, path = 'conf/run.yaml'): readonly string[] => shownBy(settingsReader, path, text).map((line) => line.replace(/^setting /, ''));

describe('settings', () => {
  for (const path of ['conf/model/small.yaml', 'config.yaml', 'src/settings.toml', 'train_config.json', 'a/configs/b/c.yml'])
    it(`looks into ${path}`, () => assert.ok(matchesPath(settingsReader, path)));
  for (const path of ['config.json', 'data/rows.yaml', '.github/config.yaml', 'tokenizer_config.json', 'tsconfig.json', 'pedigree.yaml', 'configs/ds.json'])
    it(`leaves ${path} alone`, () => assert.ok(!matchesPath(settingsReader, path)));

  it('tells ids and names under keys that ask for one', () =>
    assert.deepEqual(shown(lines('model:', '  name: acme/base-7b', '  dtype: bf16', 'teacher: {engine: "big-1"}', 'lr: 1', 'note: some words')), [
      'model.name: acme/base-7b <- acme/base-7b',
      'model.dtype: bf16 <- bf16',
      'teacher.engine: big-1 <- big-1',
    ]));
  it('tells values that stand elsewhere', () => assert.deepEqual(shown(lines('tokenizer: ${model.name}')), ['tokenizer: ${model.name} <- ${model.name}']));
  it('tells which files it takes in', () =>
    assert.deepEqual(shown(lines('defaults:', '  - model: small', '  - override /data/set@train: rows', '  - base', '  - _self_')), [
      '@model@model: small <- small',
      '@data/set@train: rows <- rows',
      '@: base <- base',
    ]));
  it('reads the other formats', () => {
    assert.deepEqual(shown(lines('[llm]', 'model = "big-1"'), 'settings.toml'), ['llm.model: big-1 <- big-1']);
    assert.deepEqual(shown('{"llm": {"model": "big-1"}}', 'settings.json'), ['llm.model: big-1 <- big-1']);
  });
  it('takes all of a file, and a long one for data', () => {
    assert.equal(readWith(settingsReader, 'conf/a.yaml', lines(...Array.from({ length: 500 }, (_, at) => `model_${at}: a-${at}`))).facts.length, 500);
    assert.deepEqual(shown(`model: a-1\n${'#'.repeat(60_000)}\n`), []);
  });

  it('never throws, whatever the bytes, and anchors lie inside the text', function () {
    this.timeout(20_000);
    fuzzText(
      settingsReader,
      'conf/a.yaml',
      lines('# é😀', 'defaults:', '  - model@a.b: small', '  - /base', 'model: {name: "acme/base-7b"}', 'data: ${model.name}'),
    );
    fuzzText(settingsReader, 'settings.json', '{"llm": {"model": "big-1", "path": "a/b"}}\n');
  });
});
