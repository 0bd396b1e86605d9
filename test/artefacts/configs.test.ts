import assert from 'node:assert/strict';
import { adapterConfigReader } from '../../server/src/artefacts/adapter-config.ts';
import { datasetInfoReader } from '../../server/src/artefacts/dataset-info.ts';
import { modelConfigReader } from '../../server/src/artefacts/model-config.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;

describe('config.json of models', () => {
  for (const path of ['config.json', 'a/b/config.json', 'model_index.json']) it(`reads ${path}`, () => assert.ok(matchesPath(modelConfigReader, path)));
  for (const path of ['my-config.json', 'generation_config.json', 'config.yaml'])
    it(`leaves ${path} alone`, () => assert.ok(!matchesPath(modelConfigReader, path)));

  const cases: Cases = {
    'another repository': ['{"model_type": "x", "_name_or_path": "acme/base"}', 'work model', 'finetune hub:acme/base <- acme/base'],
    'with quantisation': [
      '{"model_type": "x", "_name_or_path": "acme/base", "quantization_config": {"bits": 4}}',
      'work model',
      'quantized hub:acme/base <- acme/base',
    ],
    'its own name': ['{"model_type": "x", "_name_or_path": "acme/Here"}', 'work model'],
    'a path': ['{"model_type": "x", "_name_or_path": "./output/checkpoint-100"}', 'work model'],
    'an absolute path': ['{"model_type": "x", "_name_or_path": "/data/acme/base"}', 'work model'],
    'one word': ['{"model_type": "x", "_name_or_path": "base"}', 'work model'],
    'nothing to load': ['{"architectures": ["XForCausalLM"], "_name_or_path": ""}', 'work model'],
    'a list for a name': ['{"model_type": "x", "_name_or_path": ["acme/base"]}', 'work model'],
    'a pipeline': [
      '{"_class_name": "XPipeline", "_diffusers_version": "0.1", "_name_or_path": "acme/base"}',
      'work model',
      'finetune hub:acme/base <- acme/base',
    ],
    'comments and a trailing comma': ['{"model_type": "x", // y\n "_name_or_path": "acme/base",}', 'work model', 'finetune hub:acme/base <- acme/base'],
    'the last of two': ['{"model_type": "x", "_name_or_path": "acme/a", "_name_or_path": "acme/b"}', 'work model', 'finetune hub:acme/b <- acme/b'],
    'cut off': ['{"model_type": "x", "_name_or_path": "acme/base", "a": [1', 'work model', 'finetune hub:acme/base <- acme/base'],
    'CRLF and other letters': [
      '{\r\n  "é😀": 1,\r\n  "model_type": "x",\r\n  "_name_or_path": "acme/base"\r\n}\r\n',
      'work model',
      'finetune hub:acme/base <- acme/base',
    ],
    "a trainer's config.json": ['{"model_type": "lora", "_name_or_path": "acme/base", "learning_rate": 1e-4}'],
    "somebody else's config.json": ['{"name": "x", "_name_or_path": "acme/base"}'],
    'a list': ['["model_type"]'],
    text: ['model_type'],
    nothing: [''],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases))
    it(name, () => assert.deepEqual(shownBy(modelConfigReader, 'here/config.json', text, true), expected));

  it('never takes the architecture for a licence or a base', () =>
    assert.deepEqual(shownBy(modelConfigReader, 'config.json', '{"architectures": ["LlamaForCausalLM"], "model_type": "llama"}', true), ['work model']));
  it('is an evaluation among tests', () =>
    assert.deepEqual(shownBy(modelConfigReader, 'tests/a/config.json', '{"model_type": "x", "_name_or_path": "acme/base"}'), [
      'finetune hub:acme/base evaluation <- acme/base',
    ]));
  it('names what is wrong', () => assert.ok(readWith(modelConfigReader, 'config.json', '{"model_type": "x", }}').problems.length > 0));
  it('never throws, whatever the bytes', () =>
    fuzzText(
      modelConfigReader,
      'a/config.json',
      '{"model_type": "x", "_name_or_path": "acme/base", "quantization_config": {"a": [1, 2]}, "torch_dtype": "float16"}\n',
    ));
});

describe('adapter_config.json', () => {
  for (const path of ['adapter_config.json', 'out/adapter_config.json']) it(`reads ${path}`, () => assert.ok(matchesPath(adapterConfigReader, path)));
  it('leaves others alone', () => assert.ok(!matchesPath(adapterConfigReader, 'config.json')));

  const cases: Cases = {
    'a base': ['{"base_model_name_or_path": "acme/base", "peft_type": "LORA"}', 'adapter hub:acme/base <- acme/base'],
    'at a revision': ['{"base_model_name_or_path": "acme/base", "revision": "0123abc"}', 'adapter hub:acme/base @0123abc <- acme/base'],
    'at no revision': ['{"base_model_name_or_path": "acme/base", "revision": null}', 'adapter hub:acme/base <- acme/base'],
    'at a revision behind the name': ['{"base_model_name_or_path": "acme/base@abc"}', 'adapter hub:acme/base @abc <- acme/base@abc'],
    'a path': ['{"base_model_name_or_path": "/models/base"}'],
    null: ['{"base_model_name_or_path": null}'],
    'a number': ['{"base_model_name_or_path": 7}'],
    'cut off': ['{"base_model_name_or_path": "acme/base", "r": ', 'adapter hub:acme/base <- acme/base'],
    nothing: [''],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases))
    it(name, () => assert.deepEqual(shownBy(adapterConfigReader, 'adapter_config.json', text), expected));

  it('knows where the revision stands', () => {
    const text = '{"base_model_name_or_path": "acme/base", "revision": "abc"}';
    const { facts, anchors } = readWith(adapterConfigReader, 'adapter_config.json', text);
    const span = anchors[`${facts[0]?.id}#revision`]?.span;
    assert.equal(text.slice(span?.start, span?.end), '"abc"');
  });
  it('never throws, whatever the bytes', () =>
    fuzzText(
      adapterConfigReader,
      'adapter_config.json',
      '{"base_model_name_or_path": "acme/base", "revision": "main", "r": 8, "target_modules": ["q", "v"]}\n',
    ));
});

describe('dataset_info.json', () => {
  it('is known by its name', () => assert.ok(matchesPath(datasetInfoReader, 'data/dataset_info.json') && !matchesPath(datasetInfoReader, 'data/info.json')));

  const cases: Cases = {
    'a set of the hub': ['{"one": {"hf_hub_url": "acme/data"}}', 'copiedFrom hub:datasets/acme/data <- acme/data'],
    'a file beside it': ['{"one": {"file_name": "one.json"}}', 'copiedFrom local:data/one.json <- one.json'],
    'the hub before the file': ['{"one": {"file_name": "one.json", "hf_hub_url": "acme/data"}}', 'copiedFrom hub:datasets/acme/data <- acme/data'],
    'a file of another folder': ['{"one": {"file_name": "../raw/one.json"}}', 'copiedFrom local:raw/one.json <- ../raw/one.json'],
    'a file outside': ['{"one": {"file_name": "../../one.json"}}'],
    'two entries': [
      '{"one": {"hf_hub_url": "acme/a"}, "two": {"hf_hub_url": "acme/a"}}',
      'copiedFrom hub:datasets/acme/a <- acme/a',
      'copiedFrom hub:datasets/acme/a <- acme/a',
    ],
    'the other file of that name': ['{"features": {}, "license": "mit", "one": {"hf_hub_url": "acme/a"}}'],
    'a list': ['[{"hf_hub_url": "acme/a"}]'],
    'names of prototypes': [
      '{"__proto__": {"hf_hub_url": "acme/a"}, "constructor": {"file_name": "b.json"}}',
      'copiedFrom hub:datasets/acme/a <- acme/a',
      'copiedFrom local:data/b.json <- b.json',
    ],
    nothing: [''],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases))
    it(name, () => assert.deepEqual(shownBy(datasetInfoReader, 'data/dataset_info.json', text), expected));

  it('lies at the root', () =>
    assert.deepEqual(shownBy(datasetInfoReader, 'dataset_info.json', '{"one": {"file_name": "one.json"}}'), ['copiedFrom local:one.json <- one.json']));
  it('names the entry as the work', () =>
    assert.deepEqual(
      readWith(datasetInfoReader, 'dataset_info.json', '{"one": {"hf_hub_url": "acme/a"}}').facts.map((fact) => fact.kind === 'relation' && fact.from),
      ['local:dataset_info#one'],
    ));
  it('says that it cannot be read', () => assert.ok(readWith(datasetInfoReader, 'dataset_info.json', '{"one": {"hf_hub_url": ').problems.length > 0));
  it('never throws, whatever the bytes', () =>
    fuzzText(
      datasetInfoReader,
      'data/dataset_info.json',
      '{\n  "one": {"hf_hub_url": "acme/data", "columns": {"prompt": "q"}},\n  "two": {"file_name": "two.json", "formatting": "sharegpt"}\n}\n',
    ));
});
