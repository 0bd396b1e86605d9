import assert from 'node:assert/strict';
import { trainerConfigReader } from '../../server/src/artefacts/trainer-config.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';

const shown = (text: string, path = 'train.yaml'): readonly string[] => shownBy(trainerConfigReader, path, text);
const lines = (...parts: readonly string[]): string => `${parts.join('\n')}\n`;

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;

const table = (cases: Cases, path?: string): void => {
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(text, path), expected));
};

const base = 'finetune hub:acme/base-7b <- acme/base-7b';

describe('configurations of trainers', () => {
  for (const path of ['train.yaml', 'a/qlora.yml', 'ds/run.json']) it(`looks into ${path}`, () => assert.ok(matchesPath(trainerConfigReader, path)));
  for (const path of [
    'package.json',
    'tsconfig.json',
    'config.json',
    'tokenizer_config.json',
    'dataset_info.json',
    'pedigree.yaml',
    '.github/workflows/ci.yml',
    'adapter_config.json',
    'a.toml',
  ])
    it(`leaves ${path} alone`, () => assert.ok(!matchesPath(trainerConfigReader, path)));

  describe('axolotl', () => {
    table({
      'a base and data': [
        lines('base_model: acme/base-7b', 'datasets:', '  - path: acme/data', '    type: alpaca', 'micro_batch_size: 2'),
        base,
        'trainedOn hub:datasets/acme/data <- acme/data',
      ],
      'an adapter': [lines('base_model: acme/base-7b', 'adapter: qlora', 'lora_r: 8'), 'adapter hub:acme/base-7b <- acme/base-7b'],
      'no adapter': [lines('base_model: acme/base-7b', 'adapter: none', 'num_epochs: 1'), base],
      'a revision': [lines('base_model: acme/base-7b', 'revision_of_model: 0123abc', 'num_epochs: 1'), 'finetune hub:acme/base-7b @0123abc <- acme/base-7b'],
      'a local file': [
        lines('base_model: acme/base-7b', 'datasets:', '  - path: data/train.jsonl'),
        base,
        'trainedOn local:data/train.jsonl <- data/train.jsonl',
      ],
      'a format and its files': [
        lines('base_model: acme/base-7b', 'datasets:', '  - path: json', '    data_files: [data/a.jsonl, "data/b.jsonl"]'),
        base,
        'trainedOn local:data/a.jsonl <- data/a.jsonl',
        'trainedOn local:data/b.jsonl <- data/b.jsonl',
      ],
      'data for tests': [
        lines('base_model: acme/base-7b', 'test_datasets:', '  - path: acme/data', 'num_epochs: 1'),
        base,
        'testedOn hub:datasets/acme/data <- acme/data',
      ],
      'a name on the hub': [
        lines('base_model: acme/base-7b', 'hub_model_id: acme/mine', 'num_epochs: 1'),
        base,
        'name mine <- acme/mine',
        'publishes hub:acme/mine <- acme/mine',
      ],
      'a local base': [lines('base_model: ./out', 'num_epochs: 1')],
      'quotes and comments': [
        lines('base_model: "acme/base-7b" # x', "datasets: [{path: 'acme/data'}]"),
        base,
        'trainedOn hub:datasets/acme/data <- acme/data',
      ],
      CRLF: ['base_model: acme/base-7b\r\ndatasets:\r\n- path: acme/data\r\n', base, 'trainedOn hub:datasets/acme/data <- acme/data'],
      'half broken': [lines('base_model: acme/base-7b', 'num_epochs: 1', 'x: "'), base],
    });
  });

  describe('LLaMA-Factory', () => {
    const factory = (...more: readonly string[]): string => lines('model_name_or_path: acme/base-7b', 'stage: sft', 'finetuning_type: lora', ...more);
    const adapter = 'adapter hub:acme/base-7b <- acme/base-7b';
    table({
      'a base': [factory(), adapter],
      'full training': [lines('model_name_or_path: acme/base-7b', 'stage: sft', 'finetuning_type: full'), base],
      'short names': [factory('dataset: mine,yours'), adapter, 'trainedOn local:dataset_info#mine <- mine', 'trainedOn local:dataset_info#yours <- yours'],
      'short names with spaces': [
        factory('dataset: mine, yours'),
        adapter,
        'trainedOn local:dataset_info#mine <- mine',
        'trainedOn local:dataset_info#yours <- yours',
      ],
      'short names in a list': [
        factory('dataset:', '- mine', '- yours'),
        adapter,
        'trainedOn local:dataset_info#mine <- mine',
        'trainedOn local:dataset_info#yours <- yours',
      ],
      'one name that holds another': [
        factory('dataset: a_b_c,b_c'),
        adapter,
        'trainedOn local:dataset_info#a_b_c <- a_b_c',
        'trainedOn local:dataset_info#b_c <- b_c',
      ],
      'a short name that all know': [
        factory('dataset: alpaca_en'),
        adapter,
        'trainedOn local:dataset_info#alpaca_en <- alpaca_en',
        'copiedFrom hub:datasets/llamafactory/alpaca_en <- alpaca_en',
      ],
      'a short name twice': [factory('dataset: mine,mine'), adapter, 'trainedOn local:dataset_info#mine <- mine', 'trainedOn local:dataset_info#mine <- mine'],
      'data for tests': [factory('eval_dataset: mine'), adapter, 'testedOn local:dataset_info#mine <- mine'],
      JSON: ['{"model_name_or_path": "acme/base-7b", "stage": "sft", "dataset": "mine"}', base, 'trainedOn local:dataset_info#mine <- mine'],
    });
  });

  describe('TRL and its kin', () => {
    table({
      'a base and data': [
        lines('model_name_or_path: acme/base-7b', 'model_revision: main', 'dataset_name: acme/data', 'learning_rate: 1e-5'),
        'finetune hub:acme/base-7b @main <- acme/base-7b',
        'trainedOn hub:datasets/acme/data <- acme/data',
      ],
      'a mixture': [
        lines('model_name_or_path: acme/base-7b', 'dataset_mixture:', '  datasets:', '    - id: acme/data', '      weight: 1.0'),
        base,
        'trainedOn hub:datasets/acme/data <- acme/data',
      ],
      'a mixer': [
        lines('model_name_or_path: acme/base-7b', 'dataset_mixer:', '  acme/data: 1.0', '  acme/more: 0.5'),
        base,
        'trainedOn hub:datasets/acme/data <- acme/data',
        'trainedOn hub:datasets/acme/more <- acme/more',
      ],
      'a teacher': [
        lines('model_name_or_path: acme/base-7b', 'teacher_model_name_or_path: acme/big', 'learning_rate: 1'),
        base,
        'distilledFrom hub:acme/big <- acme/big',
      ],
      'a nested base': [lines('model:', '  path: acme/base-7b', 'learning_rate: 1', 'max_steps: 5'), base],
      'a known data set of one word': [lines('model_name_or_path: acme/base-7b', 'dataset_name: squad'), base, 'trainedOn hub:datasets/squad <- squad'],
    });
  });

  describe('mergekit', () => {
    table({
      models: [
        lines('merge_method: linear', 'models:', '  - model: acme/a', '  - model: acme/b', '    parameters: {weight: 1}', 'dtype: float16'),
        'merge hub:acme/a <- acme/a',
        'merge hub:acme/b <- acme/b',
      ],
      'slices and a base': [
        lines('merge_method: slerp', 'slices:', '  - sources:', '      - model: acme/a', '        layer_range: [0, 32]', 'base_model: acme/base-7b'),
        'merge hub:acme/a <- acme/a',
        'merge hub:acme/base-7b <- acme/base-7b',
      ],
      'an adapter behind its base': [
        lines('merge_method: ties', 'models:', '  - model: acme/a+acme/lora'),
        'merge hub:acme/a <- acme/a+acme/lora',
        'merge hub:acme/lora <- acme/a+acme/lora',
      ],
      'a local model': [lines('merge_method: ties', 'models:', '  - model: ./a', '  - model: acme/b'), 'merge hub:acme/b <- acme/b'],
    });
  });

  describe('torchtune', () => {
    table({
      'the download in a comment': [
        lines(
          '# tune download acme/base-7b --output-dir /tmp/x',
          'model:',
          '  _component_: x',
          'tokenizer:',
          '  path: y',
          'checkpointer: {a: b}',
          'dataset:',
          '  source: acme/data',
        ),
        base,
        'trainedOn hub:datasets/acme/data <- acme/data',
      ],
      'no comment': [lines('tokenizer: x', 'checkpointer: {a: b}', 'dataset: {source: acme/data}'), 'trainedOn hub:datasets/acme/data <- acme/data'],
    });
  });

  describe('what is none', () => {
    table({
      'another service': [lines('model_name: acme/base-7b', 'port: 80')],
      compose: [lines('services:', '  web:', '    image: acme/model')],
      'a list': [lines('- model', '- dataset')],
      'a model without training': [lines('model:', '  name: acme/base-7b')],
      words: ['a model and a dataset'],
      nothing: [''],
    });
  });

  it('speaks of a work of its own', () => {
    const { facts } = readWith(trainerConfigReader, 'a/train.yaml', lines('base_model: acme/base-7b', 'num_epochs: 1'));
    assert.deepEqual(
      facts.map((fact) => (fact.kind === 'relation' ? fact.from : fact.kind === 'work' ? `${fact.workKind} ${fact.work}` : '')),
      ['local:a/train.yaml', 'model local:a/train.yaml'],
    );
  });
  it('knows of code that the repository brings', () =>
    assert.deepEqual(
      readWith(trainerConfigReader, 'a.yaml', lines('base_model: acme/base-7b', 'trust_remote_code: true', 'num_epochs: 1')).facts.map(
        (fact) => fact.kind === 'relation' && fact.remoteCode,
      ),
      [true, false],
    ));
  it('is an evaluation among tests', () =>
    assert.deepEqual(shown(lines('base_model: acme/base-7b', 'num_epochs: 1'), 'tests/a.yaml'), ['finetune hub:acme/base-7b evaluation <- acme/base-7b']));
  it('says that it is too deep to be read', () =>
    assert.deepEqual(
      readWith(trainerConfigReader, 'a.yaml', `model: ${'['.repeat(500)}`).problems.map((problem) => problem.limit),
      [true],
    ));

  it('never throws, whatever the bytes, and anchors lie inside the text', function () {
    this.timeout(20_000);
    fuzzText(
      trainerConfigReader,
      'a.yaml',
      lines(
        '# é😀',
        'base_model: "acme/base-7b"',
        'adapter: lora',
        'datasets:',
        '  - path: acme/data',
        '    data_files: [a.jsonl]',
        'dataset_mixer: {acme/more: 1}',
        'hub_model_id: acme/mine',
        'teacher: {path: acme/big}',
      ),
    );
    fuzzText(trainerConfigReader, 'a.json', '{"model_name_or_path": "acme/base-7b", "stage": "sft", "dataset": "mine,alpaca_en", "eval_dataset": "yours"}\n');
    fuzzText(
      trainerConfigReader,
      'b.yaml',
      lines('# tune download acme/base-7b', 'merge_method: ties', 'models:', '  - model: acme/a+acme/b', 'slices:', '  - sources: [{model: acme/c}]'),
      100,
    );
  });
});
