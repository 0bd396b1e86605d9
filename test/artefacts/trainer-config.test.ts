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
  for (const path of ['train.yaml', 'a/qlora.yml', 'ds/run.json', 'lora.toml'])
    it(`looks into ${path}`, () => assert.ok(matchesPath(trainerConfigReader, path)));
  for (const path of [
    'package.json',
    'tsconfig.json',
    'tokenizer_config.json',
    'dataset_info.json',
    'pedigree.yaml',
    '.github/workflows/ci.yml',
    'adapter_config.json',
    'pyproject.toml',
    'a/Cargo.toml',
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
      'a template that leaves the adapter empty': [lines('base_model: acme/base-7b', 'adapter:', 'lora_r:', 'lora_model_dir:', 'num_epochs: 1'), base],
      'data for pretraining': [
        lines('base_model: acme/base-7b', 'pretraining_dataset: acme/data', 'max_steps: 1'),
        base,
        'trainedOn hub:datasets/acme/data <- acme/data',
      ],
      'one set twice': [
        lines('base_model: acme/base-7b', 'datasets:', '  - path: acme/data', '    name: a', '  - path: acme/data', '    name: b'),
        base,
        'trainedOn hub:datasets/acme/data <- acme/data',
      ],
      'prepared data on the hub': [
        lines('base_model: acme/base-7b', 'push_dataset_to_hub: acme/prepared', 'num_epochs: 1'),
        base,
        'publishes hub:datasets/acme/prepared <- acme/prepared',
      ],
      'a quote that never ends': [lines('base_model: "acme/base-7b', 'num_epochs: 1')],
      'a local base': [lines('base_model: ./out', 'num_epochs: 1'), 'finetune local:out <- ./out'],
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
      'ranks under full training': [lines('model_name_or_path: acme/base-7b', 'finetuning_type: full', 'lora_rank: 8'), base],
      'no training, only answers': [lines('model_name_or_path: acme/base-7b', 'template: x', 'infer_backend: vllm'), 'loads hub:acme/base-7b <- acme/base-7b'],
      'a merge with an adapter': [
        lines('model_name_or_path: acme/base-7b', 'adapter_name_or_path: acme/lora', 'template: x', 'export_dir: out', 'export_hub_model_id: acme/mine'),
        base,
        'adapter hub:acme/lora <- acme/lora',
        'name mine <- acme/mine',
        'publishes hub:acme/mine <- acme/mine',
      ],
      'a copy with fewer bits': [
        lines('model_name_or_path: acme/base-7b', 'template: x', 'export_dir: out', 'export_quantization_bit: 4'),
        'quantized hub:acme/base-7b <- acme/base-7b',
      ],
      'a list of data of its own': [
        lines('one:', '  path: acme/data', '  converter: alpaca', 'two:', '  path: data/two.json', '  source: local'),
        'copiedFrom hub:datasets/acme/data <- acme/data',
        'copiedFrom local:data/two.json <- data/two.json',
      ],
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
      'a judge of rewards': [
        lines('model_name_or_path: acme/base-7b', 'reward_model_path: acme/judge', 'learning_rate: 1'),
        base,
        'loads hub:acme/judge <- acme/judge',
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
      experts: [
        lines('base_model: acme/base-7b', 'gate_mode: hidden', 'experts:', '  - source_model: acme/a', '  - source_model: acme/b'),
        'merge hub:acme/a <- acme/a',
        'merge hub:acme/b <- acme/b',
        'merge hub:acme/base-7b <- acme/base-7b',
      ],
      'a local model': [lines('merge_method: ties', 'models:', '  - model: ./a', '  - model: acme/b'), 'merge local:a <- ./a', 'merge hub:acme/b <- acme/b'],
    });
  });

  describe('ms-swift', () => {
    table({
      'a base and samples of data': [
        lines(
          'model: acme/base-7b',
          'tuner_type: lora',
          'model_name: our-bot',
          'dataset:',
          "  - 'squad#500'",
          "  - 'acme/unknown#500'",
          '  - acme/data',
          'output_dir: out',
        ),
        'adapter hub:acme/base-7b <- acme/base-7b',
        'trainedOn hub:datasets/squad <- squad',
        'trainedOn hub:datasets/acme/data <- acme/data',
      ],
      'a teacher': [
        lines('rlhf_type: gkd', 'model: acme/base-7b', 'teacher_model: acme/big', 'num_train_epochs: 1', 'lr: 1'),
        base,
        'distilledFrom hub:acme/big <- acme/big',
      ],
    });
  });

  describe('DistillKit', () => {
    const kit = (...teacher: readonly string[]): string =>
      lines(
        'model: acme/base-7b',
        'dataset:',
        '  train_dataset:',
        '    repo_id: acme/data',
        '    revision: abc',
        'teacher:',
        ...teacher,
        'loss_functions:',
        '  - function: kl',
      );
    table({
      'a teacher': [
        kit('  kind: hf', '  path: acme/big'),
        base,
        'distilledFrom hub:acme/big <- acme/big',
        'trainedOn hub:datasets/acme/data @abc <- acme/data',
      ],
      'recorded outputs': [kit('  kind: dataset'), base, 'trainedOn hub:datasets/acme/data @abc <- acme/data'],
    });
  });

  describe('verl', () => {
    table({
      'an actor, a judge and data': [
        lines(
          'actor_rollout_ref:',
          '  model: {path: acme/base-7b}',
          'reward_model:',
          '  model: {path: acme/judge}',
          'data:',
          '  train_files: [data/train.parquet]',
          '  val_files: data/test.parquet',
        ),
        base,
        'loads hub:acme/judge <- acme/judge',
        'trainedOn local:data/train.parquet <- data/train.parquet',
        'testedOn local:data/test.parquet <- data/test.parquet',
      ],
      'an adapter': [lines('actor_rollout_ref:', '  model: {path: acme/base-7b, lora_rank: 8}'), 'adapter hub:acme/base-7b <- acme/base-7b'],
    });
  });

  describe('trainers of image models', () => {
    table(
      {
        'options in tables': [
          lines(
            '[model_arguments]',
            'pretrained_model_name_or_path = "acme/image-xl"',
            'vae = "acme/vae"',
            '[additional_network_arguments]',
            'network_module = "networks.lora"',
            'network_dim = 32',
            '[saving_arguments]',
            'output_dir = "out"',
            'huggingface_repo_id = "acme/style"',
          ),
          'adapter hub:acme/image-xl <- acme/image-xl',
          'loads hub:acme/vae <- acme/vae',
          'name style <- acme/style',
          'publishes hub:acme/style <- acme/style',
        ],
        'options at the top': [
          lines('pretrained_model_name_or_path = "acme/image-xl"', 'learning_rate = 1e-5', 'max_train_steps = 100', 'train_data_dir = "./data/img"'),
          'finetune hub:acme/image-xl <- acme/image-xl',
          'trainedOn local:data/img <- ./data/img',
        ],
        'a checkpoint file': [
          lines('pretrained_model_name_or_path = "/models/sd.safetensors"', 'network_module = "x"', 'learning_rate = 1'),
          'adapter local:/models/sd.safetensors <- /models/sd.safetensors',
        ],
        'a table for each concern': [
          lines('max_steps = 100', '[model]', 'name = "acme/base-7b"', '[model.lora]', 'rank = 8', '[data]', 'name = "acme/data"', '[optim]', 'lr = 1e-5'),
          'adapter hub:acme/base-7b <- acme/base-7b',
          'trainedOn hub:datasets/acme/data <- acme/data',
        ],
        'a table for each concern, of a server': [lines('[model]', 'name = "acme/base-7b"', '[server]', 'port = 80')],
        "somebody else's TOML": [lines('model_name = "acme/base-7b"', '[server]', 'port = 80')],
      },
      'train.toml',
    );
    table({
      'a job of processes': [
        lines(
          'job: extension',
          'config:',
          '  name: mine',
          '  process:',
          '    - type: sd_trainer',
          '      network: {type: lora, linear: 16}',
          '      save: {push_to_hub: true, hf_repo_id: acme/style}',
          '      datasets: [{folder_path: data/img}]',
          '      train: {steps: 100, lr: 1e-4}',
          '      model: {name_or_path: "acme/image", assistant_lora_path: "acme/help"}',
        ),
        'adapter hub:acme/image <- acme/image',
        'loads hub:acme/help <- acme/help',
        'trainedOn local:data/img <- data/img',
        'name style <- acme/style',
        'publishes hub:acme/style <- acme/style',
      ],
    });
  });

  it('reads config.json of a trainer, and leaves that of a model alone', () => {
    const trainer = '{"pretrained_model_name_or_path": "acme/image", "model_type": "lora", "lora_rank": 8, "learning_rate": 1e-4}';
    assert.deepEqual(shown(trainer, 'config/config.json'), ['adapter hub:acme/image <- acme/image']);
    assert.deepEqual(shown('{"_name_or_path": "acme/base", "model_type": "x", "architectures": ["X"], "dtype": "float16"}', 'config.json'), []);
  });

  describe('litgpt', () => {
    table({
      'a base by its folder': [
        lines('checkpoint_dir: checkpoints/acme/base-7b', 'data:', '  class_path: litgpt.data.LIMA', 'lora_r: 8'),
        'adapter hub:acme/base-7b <- acme/base-7b',
        'trainedOn hub:datasets/GAIR/lima <- litgpt.data.LIMA',
      ],
      'a folder of its own': [lines('checkpoint_dir: out/mine', 'data:', '  class_path: litgpt.data.JSON')],
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
      'a teacher by its folder': [
        lines(
          '# tune download acme/base-7b --output-dir /tmp/base',
          '#   tune download acme/big --hf-token <HF_TOKEN>',
          'model: {_component_: torchtune.models.x.lora_x}',
          'optimizer: {a: b}',
          'checkpointer: {checkpoint_dir: /tmp/base/}',
          'teacher_checkpointer: {checkpoint_dir: /tmp/big}',
          'dataset: {_component_: torchtune.datasets.alpaca_cleaned_dataset}',
        ),
        'adapter hub:acme/base-7b <- acme/base-7b',
        'distilledFrom hub:acme/big <- acme/big',
        'trainedOn hub:datasets/yahma/alpaca-cleaned <- torchtune.datasets.alpaca_cleaned_dataset',
      ],
      'a builder with another set': [
        lines('tokenizer: x', 'checkpointer: {a: b}', 'dataset: {_component_: torchtune.datasets.alpaca_dataset, source: acme/data}'),
        'trainedOn hub:datasets/acme/data <- acme/data',
      ],
      'nothing that trains': [
        lines('# tune download acme/base-7b', 'model: {_component_: x}', 'checkpointer: {checkpoint_dir: /tmp/base-7b}'),
        'loads hub:acme/base-7b <- acme/base-7b',
      ],
      'no comment': [lines('tokenizer: x', 'checkpointer: {a: b}', 'dataset: {source: acme/data}'), 'trainedOn hub:datasets/acme/data <- acme/data'],
    });
  });

  describe('what is none', () => {
    table({
      'another service': [lines('model_name: acme/base-7b', 'port: 80')],
      compose: [lines('services:', '  web:', '    image: acme/model')],
      'a list': [lines('- model', '- dataset')],
      'a request to a server': ['{"model": "acme/base-7b", "max_steps": 5}'],
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

  describe('recipes of Composer', () => {
    const recipe = (...model: readonly string[]): string =>
      lines('model:', ...model.map((line) => `  ${line}`), 'train_loader:', '  dataset: {hf_name: acme/talk}');
    const data = 'trainedOn hub:datasets/acme/talk <- acme/talk';
    table({
      'a base and data': [recipe('name: hf_causal_lm', 'pretrained_model_name_or_path: acme/base-7b', 'pretrained: true'), base, data],
      'an adapter': [recipe('pretrained_model_name_or_path: acme/base-7b', 'peft_config: {r: 8}'), 'adapter hub:acme/base-7b <- acme/base-7b', data],
      'an architecture alone': [recipe('pretrained_model_name_or_path: acme/base-7b', 'pretrained: false'), 'loads hub:acme/base-7b <- acme/base-7b', data],
      'a variable, at its place': [`variables: {base: acme/base-7b}\n${recipe('pretrained_model_name_or_path: ${variables.base}')}`, base, data],
      'a variable that leads to itself': [`variables: {base: "\${variables.base}"}\n${recipe('pretrained_model_name_or_path: ${variables.base}')}`, data],
      'a job with its parameters': [lines('command: x', 'parameters:', '  model: {pretrained_model_name_or_path: acme/base-7b}', '  train_loader: {}'), base],
      'an evaluation': [
        lines('models:', '- model: {pretrained_model_name_or_path: acme/base-7b}', 'icl_tasks: tasks.yaml'),
        'loads hub:acme/base-7b evaluation <- acme/base-7b',
      ],
    });
  });

  describe('configurations of programs', () => {
    table({
      'a known model under a key of its own': [
        lines(
          'model:',
          '  arch: otter',
          '  llama_model: lmsys/vicuna-7b-v1.5',
          'system:',
          '  guidance:',
          '    pretrained_model_name_or_path: runwayml/stable-diffusion-v1-5',
        ),
        'loads hub:lmsys/vicuna-7b-v1.5 <- lmsys/vicuna-7b-v1.5',
        'loads hub:runwayml/stable-diffusion-v1-5 <- runwayml/stable-diffusion-v1-5',
      ],
      'a model by the name that its library has for it': [
        lines('speech:', '  tts_model: tts_models/multilingual/multi-dataset/xtts_v2'),
        'loads hub:coqui/XTTS-v2 <- tts_models/multilingual/multi-dataset/xtts_v2',
      ],
      'another name of that library': [lines('speech:', '  tts_model: tts_models/en/ljspeech/glow-tts')],
      'a table of models, by its key': [
        lines('models:', '  small:', '    path: runwayml/stable-diffusion-v1-5', '    use_safetensors: true', '  big: { path: acme/base-7b }'),
        'loads hub:runwayml/stable-diffusion-v1-5 <- runwayml/stable-diffusion-v1-5',
      ],
      'a place that nothing says is a model': [lines('rows:', '  small:', '    path: runwayml/stable-diffusion-v1-5')],
      'a table of models, in lists to choose from': [lines('models:', '  - path: runwayml/stable-diffusion-v1-5')],
      'what nobody knows': [lines('system:', '  pretrained_model_name_or_path: acme/base-7b')],
      'a list to choose from': [lines('system:', '  - pretrained_model_name_or_path: runwayml/stable-diffusion-v1-5')],
      'what a server is asked for': [lines('llm:', '  base_url: https://a.example', '  pretrained_model_name_or_path: runwayml/stable-diffusion-v1-5')],
      'what a server serves': [lines('model_name: runwayml/stable-diffusion-v1-5', 'port: 8000')],
      'known data under a key of their own': [lines('system:', '  dataset_name: tatsu-lab/alpaca'), 'loads hub:datasets/tatsu-lab/alpaca <- tatsu-lab/alpaca'],
      'data that nobody knows, and what is measured with': [
        lines('system:', '  dataset_name: acme/banks', 'eval:', '  dataset: tatsu-lab/alpaca', 'other:', '  set: tatsu-lab/alpaca'),
      ],
      'a call that loads data': [
        lines('rows:', '  _target_: datasets.load_dataset', '  path: tatsu-lab/alpaca', '  revision: v1'),
        'loads hub:datasets/tatsu-lab/alpaca @v1 <- tatsu-lab/alpaca',
      ],
      'a call that loads data by its arguments': [
        lines('rows:', '  - _target_: datasets.load_dataset', '    _args_: [tatsu-lab/alpaca, small]'),
        'loads hub:datasets/tatsu-lab/alpaca <- tatsu-lab/alpaca',
      ],
      'a call that loads a known model by its arguments': [
        lines('model:', '  _target_: transformers.AutoModel.from_pretrained', '  _args_: [runwayml/stable-diffusion-v1-5]'),
        'loads hub:runwayml/stable-diffusion-v1-5 <- runwayml/stable-diffusion-v1-5',
      ],
      'a call of something else, of data that nobody knows, and of a format': [
        lines(
          'rows:',
          '  _target_: river.read',
          '  path: tatsu-lab/alpaca',
          'b:',
          '  _target_: datasets.load_dataset',
          '  path: acme/banks',
          'more:',
          '  _target_: datasets.load_dataset',
          '  path: json',
        ),
      ],
      'a cluster': [lines('apiVersion: v1', 'spec:', '  pretrained_model_name_or_path: runwayml/stable-diffusion-v1-5')],
    });
  });

  describe('tables of models', () => {
    table(
      {
        'by the name of the file': [
          lines('small:', '  path: "runwayml/stable-diffusion-v1-5"', 'big:', '  url: https://huggingface.co/lmsys/vicuna-7b-v1.5/blob/main/a.safetensors'),
          'loads hub:runwayml/stable-diffusion-v1-5 <- runwayml/stable-diffusion-v1-5',
          'loads hub:lmsys/vicuna-7b-v1.5 @main <- https://huggingface.co/lmsys/vicuna-7b-v1.5/blob/main/a.safetensors',
        ],
        'what a server is asked for': [lines('small:', '  path: runwayml/stable-diffusion-v1-5', '  api_key: x')],
      },
      'config/models.yaml',
    );
  });

  describe('settings that give training a part of its own', () => {
    table({
      'a base by its id': [
        lines('training_parameters:', '  learning_rate: 0.1', '  max_steps: 5', '  warmup_steps: 1', 'model:', '  base_model_name: acme/base-7b'),
        base,
      ],
      'a base by its id, where little is said of training': [lines('run:', '  max_steps: 5', 'model:', '  base_model_name: acme/own-otter')],
      'bases outside the tree': [
        lines('model:', '  llm_model: /export/models/river-7b', '  cache_dir: /export/cache', 'run:', '  init_lr: 0.1'),
        'finetune local:/export/models/river-7b <- /export/models/river-7b',
      ],
      'the same of a program that trains nothing': [lines('model:', '  llm_model: /export/models/river-7b', 'run:', '  port: 80')],
    });
  });

  describe('keys of somebody’s own', () => {
    table({
      'of the model that is trained, and names of data': [
        lines('epochs: 5', 'optimizer: { name: x }', 'datasets:', '  - mine: data/mine.jsonl', '  - weights: 3', 'model:', '  hf_model: lmsys/vicuna-7b-v1.5'),
        'finetune hub:lmsys/vicuna-7b-v1.5 <- lmsys/vicuna-7b-v1.5',
        'trainedOn local:data/mine.jsonl <- data/mine.jsonl',
      ],
      'with an adapter': [
        lines('epochs: 5', 'lr: 1', 'model:', '  hf_model: lmsys/vicuna-7b-v1.5', '  lora: { r: 8 }'),
        'adapter hub:lmsys/vicuna-7b-v1.5 <- lmsys/vicuna-7b-v1.5',
      ],
      'that nobody knows': [lines('epochs: 5', 'lr: 1', 'model:', '  hf_model: acme/base-7b')],
    });
  });

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
    fuzzText(
      trainerConfigReader,
      'c.yaml',
      lines('# tune download acme/base-7b --output-dir /tmp/x', 'checkpointer: {checkpoint_dir: /tmp/x}', 'tokenizer: y', 'dataset: [{source: acme/data}]'),
      100,
    );
    fuzzText(
      trainerConfigReader,
      'd.yaml',
      lines(
        'job: x',
        'config:',
        '  process:',
        '  - model: {name_or_path: acme/a}',
        '    train: {lr: 1}',
        '    save: {hf_repo_id: acme/b}',
        '    datasets: [{folder_path: a/b}]',
      ),
      100,
    );
    fuzzText(
      trainerConfigReader,
      'e.toml',
      lines('[a]', 'pretrained_model_name_or_path = "acme/a"', 'learning_rate = 1', '[b]', 'network_module = "x"', "vae = 'acme/vae'"),
      100,
    );
    fuzzText(
      trainerConfigReader,
      'g.yaml',
      lines('variables: {a: acme/a}', 'model: {pretrained_model_name_or_path: "${variables.a}"}', 'train_loader: {dataset: {hf_name: acme/b}}', 'icl_tasks: x'),
      100,
    );
    fuzzText(
      trainerConfigReader,
      'f.yaml',
      lines('model: acme/a', 'loss_functions: [x]', 'teacher: {path: acme/b}', 'dataset: {train_dataset: {repo_id: acme/c}}'),
      100,
    );
  });
});
