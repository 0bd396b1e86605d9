import assert from 'node:assert/strict';
import { croissantReader } from '../../../server/src/artefacts/documents/croissant.ts';
import { datasetInfosReader } from '../../../server/src/artefacts/documents/dataset-infos.ts';
import { dvcReader } from '../../../server/src/artefacts/documents/dvc.ts';
import { mlflowReader } from '../../../server/src/artefacts/documents/mlflow.ts';
import { fuzzText, matchesPath, readWith, shownBy } from '../reading.ts';

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;

const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** The head that the editor of the format writes, shortened. */
const croissant = (more: Readonly<Record<string, unknown>>): string =>
  json({
    '@context': { '@vocab': 'https://schema.org/', cr: 'http://mlcommons.org/croissant/', dct: 'http://purl.org/dc/terms/' },
    '@type': 'sc:Dataset',
    name: 'ours',
    conformsTo: 'http://mlcommons.org/croissant/1.0',
    ...more,
  });

describe('Croissant', () => {
  for (const path of ['croissant.json', 'a/metadata.json', 'ours_croissant.jsonld'])
    it(`looks into ${path}`, () => assert.ok(matchesPath(croissantReader, path)));
  for (const path of ['config.json', 'my-metadata.json', 'croissant.py']) it(`leaves ${path} alone`, () => assert.ok(!matchesPath(croissantReader, path)));

  const cases: Cases = {
    'a licence by its address': [
      croissant({ license: 'https://creativecommons.org/licenses/by/4.0/' }),
      'licence CC-BY-4.0 <- https://creativecommons.org/licenses/by/4.0/',
    ],
    'a licence by its id': [croissant({ license: 'cc-by-sa-4.0' }), 'licence CC-BY-SA-4.0 <- cc-by-sa-4.0'],
    'several licences': [croissant({ license: ['MIT', 'CC0-1.0'] }), 'licence MIT <- MIT', 'licence CC0-1.0 <- CC0-1.0'],
    'a licence as an object': [croissant({ license: { '@type': 'sc:CreativeWork', name: 'CC BY-NC 4.0' } }), 'licence CC-BY-NC-4.0 <- CC BY-NC 4.0'],
    'a prefix': [croissant({ 'sc:license': 'MIT' }), 'licence MIT <- MIT'],
    'version 1.1': [croissant({ conformsTo: 'http://mlcommons.org/croissant/1.1', license: 'MIT' }), 'licence MIT <- MIT'],
    'several standards': [
      croissant({ conformsTo: ['http://mlcommons.org/croissant/RAI/1.0', 'http://mlcommons.org/croissant/1.0'], license: 'MIT' }),
      'licence MIT <- MIT',
    ],
    'where it came from': [
      croissant({ 'prov:wasDerivedFrom': { '@id': 'https://huggingface.co/datasets/acme/raw' } }),
      'copiedFrom hub:datasets/acme/raw <- https://huggingface.co/datasets/acme/raw',
    ],
    'a source that no id tells': [croissant({ 'prov:wasDerivedFrom': { '@id': 'urn:dataset:raw' }, isBasedOn: 'https://example.org/raw' })],
    'no licence': [croissant({ license: '' })],
    'a field that says nothing': [croissant({ license: ['None', 'unknown'] })],
    "somebody else's data": [
      croissant({ url: 'https://huggingface.co/datasets/acme/data', license: 'MIT' }),
      'licence MIT <- MIT',
      'loads hub:datasets/acme/data mention <- https://huggingface.co/datasets/acme/data',
    ],
    'another vocabulary': [json({ '@type': 'sc:Dataset', conformsTo: 'https://example.org', about: 'mlcommons.org/croissant', license: 'MIT' })],
    'no data set': [croissant({ '@type': 'sc:Article', license: 'MIT' })],
    'a list': ['["mlcommons.org/croissant"]'],
    nothing: [''],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shownBy(croissantReader, 'croissant.json', text), expected));

  it('speaks for the folder that it lies in, and for nobody else', () => {
    const spoken = (path: string, text: string): readonly unknown[] =>
      readWith(croissantReader, path, text).facts.map((fact) =>
        fact.kind === 'licence' ? [fact.work, fact.scope, fact.speaker] : fact.kind === 'work' ? [fact.work, fact.workKind] : fact.kind,
      );
    assert.deepEqual(spoken('croissant.json', croissant({ license: 'MIT' })), [['here', 'data', 'licensor']]);
    assert.deepEqual(spoken('data/one/metadata.json', croissant({ license: 'MIT' })), [
      ['local:data/one', 'dataset'],
      ['local:data/one', 'data', 'licensor'],
    ]);
    const elsewhere = croissant({ license: 'MIT', distribution: [{ contentUrl: 'https://example.org/a.zip' }, { contentUrl: 'https://example.org/b.zip' }] });
    assert.deepEqual(spoken('data/one/metadata.json', elsewhere), [['local:data/one', 'data', 'other']]);
    assert.deepEqual(spoken('croissant.json', elsewhere), [['here', 'data', 'licensor']]);
    assert.deepEqual(spoken('data/one/metadata.json', croissant({ license: 'MIT', distribution: [{ contentUrl: 'data/a.csv' }] })).at(-1), [
      'local:data/one',
      'data',
      'licensor',
    ]);
    assert.deepEqual(spoken('croissant.json', croissant({ url: 'https://huggingface.co/datasets/acme/data', license: 'MIT' })), [
      ['pkg:huggingface/datasets/acme/data', 'data', 'other'],
      'relation',
    ]);
  });
  it('never throws, whatever the bytes', () =>
    fuzzText(
      croissantReader,
      'a/metadata.json',
      croissant({ license: ['MIT'], 'prov:wasDerivedFrom': [{ '@id': 'https://huggingface.co/datasets/acme/raw' }] }),
      150,
    ));
});

describe('descriptions of saved data sets', () => {
  for (const path of ['dataset_infos.json', 'data/dataset_info.json']) it(`looks into ${path}`, () => assert.ok(matchesPath(datasetInfosReader, path)));
  it('leaves others alone', () => assert.ok(!matchesPath(datasetInfosReader, 'infos.json')));

  const info = (more: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
    description: '',
    citation: '',
    homepage: '',
    features: { text: { dtype: 'string' } },
    splits: {},
    ...more,
  });
  const commit = '09be8c5bbc57cb3887f3a9732ad6aa7ec602a1fa';
  const cases: Cases = {
    'a configuration': [json({ default: info({ license: 'CC BY-NC 4.0' }) }), 'licence CC-BY-NC-4.0 <- CC BY-NC 4.0'],
    'two configurations that say the same': [json({ a: info({ license: 'MIT' }), b: info({ license: 'MIT' }) }), 'licence MIT <- MIT'],
    'an empty licence': [json({ default: info({ license: '' }) })],
    'a licence in sentences': [json({ default: info({ license: 'word '.repeat(200) }) })],
    'a saved copy': [
      json(
        info({
          license: '',
          download_checksums: { [`hf://datasets/acme/data@${commit}/a.jsonl.gz`]: { num_bytes: 1 }, [`hf://datasets/acme/data@${commit}/b.jsonl.gz`]: {} },
        }),
      ),
      `copiedFrom hub:datasets/acme/data @${commit} <- "hf://datasets/acme/data@${commit}/a.jsonl.gz"`,
    ],
    'a saved copy from before organisations': [
      json(info({ download_checksums: { [`hf://datasets/imdb@${commit}/plain_text/a.parquet`]: {} } })),
      `copiedFrom hub:datasets/imdb @${commit} <- "hf://datasets/imdb@${commit}/plain_text/a.parquet"`,
    ],
    'a saved copy from elsewhere': [json(info({ download_checksums: { 'https://example.org/a.zip': {}, 'hf://datasets/your-org/data@main/a': {} } }))],
    'files of its own configurations': [
      json({ default: info({ license: 'MIT', download_checksums: { 'hf://datasets/acme/ours@abcdef0/a': {} } }) }),
      'licence MIT <- MIT',
    ],
    'the other file of that name': [json({ one: { hf_hub_url: 'acme/data', license: 'MIT' } })],
    'a list': ['[{"features": 1, "license": "MIT"}]'],
    nothing: [''],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases))
    it(name, () => assert.deepEqual(shownBy(datasetInfosReader, 'data/dataset_info.json', text), expected));
  it('never throws, whatever the bytes', () =>
    fuzzText(
      datasetInfosReader,
      'data/dataset_info.json',
      json(info({ license: 'MIT', download_checksums: { [`hf://datasets/acme/data@${commit}/a`]: {} } })),
      150,
    ));
});

describe('MLmodel', () => {
  it('is known by its name', () => assert.ok(matchesPath(mlflowReader, 'mlruns/0/abc/artifacts/model/MLmodel') && !matchesPath(mlflowReader, 'model.yaml')));

  const model = (...lines: readonly string[]): string =>
    [
      'artifact_path: model',
      'flavors:',
      '  python_function:',
      '    env: conda.yaml',
      '  transformers:',
      ...lines.map((line) => `    ${line}`),
      'run_id: abc',
      '',
    ].join('\n');
  const cases: Cases = {
    'weights beside it': [model('model_binary: model', 'source_model_name: acme/base'), 'work model', 'finetune hub:acme/base <- acme/base'],
    'weights of the hub': [model('source_model_name: acme/base', 'source_model_revision: 0123abc'), 'loads hub:acme/base @0123abc <- acme/base'],
    'a model from a path': [model('model_binary: model', 'source_model_name: ./out/checkpoint-10')],
    'another flavour': [model('task: x')],
    'another file of that name': ['flavors are many\n'],
    nothing: [''],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases))
    it(name, () => assert.deepEqual(shownBy(mlflowReader, 'model/MLmodel', text, true), expected));
  it('never throws, whatever the bytes', () =>
    fuzzText(mlflowReader, 'model/MLmodel', model('model_binary: model', 'source_model_name: "acme/base"', 'source_model_revision: abc'), 150));
});

describe('DVC', () => {
  for (const path of ['dvc.yaml', 'ml/dvc.lock', 'data/data.xml.dvc', 'model.dvc']) it(`looks into ${path}`, () => assert.ok(matchesPath(dvcReader, path)));
  for (const path of ['.dvc', 'poetry.lock', 'my.yaml', '.dvc/config']) it(`leaves ${path} alone`, () => assert.ok(!matchesPath(dvcReader, path)));

  const stage = (deps: readonly string[], outs: readonly string[], ...more: readonly string[]): string =>
    [
      'stages:',
      '  one:',
      '    cmd: python a.py',
      ...(deps.length > 0 ? ['    deps:', ...deps.map((dep) => `    - ${dep}`)] : []),
      '    outs:',
      ...outs.map((out) => `    - ${out}`),
      ...more,
      '',
    ].join('\n');
  const stages: Cases = {
    'a model from data': [stage(['data/train.csv', 'train.py'], ['model.pkl']), 'trainedOn local:data/train.csv <- data/train.csv'],
    'a model from a model': [stage(['data/train', 'base.pt'], ['tuned.pt']), 'trainedOn local:data/train <- data/train', 'finetune local:base.pt <- base.pt'],
    'data from data': [stage(['data/raw.jsonl'], ['data/clean.jsonl']), 'copiedFrom local:data/raw.jsonl <- data/raw.jsonl'],
    'options of an output': [stage(['data/raw.jsonl'], ['data/clean.jsonl: {cache: false}']), 'copiedFrom local:data/raw.jsonl <- data/raw.jsonl'],
    'data from a model': [stage(['model.pkl'], ['data/scored.csv'])],
    reports: [stage(['data/train.csv', 'model.pkl'], ['metrics.json', 'plots/roc.png'])],
    'what artifacts say': [
      stage(['stuff/a'], ['result'], 'artifacts:', '  a: {path: stuff/a, type: dataset}', '  b: {path: result, type: model}'),
      'trainedOn local:stuff/a <- stuff/a',
    ],
    'a variable': [stage(['${data}/train.csv'], ['model.pkl'])],
    'outside the tree': [stage(['../../data/train.csv'], ['model.pkl'])],
    'nothing to depend on': [stage([], ['data/a.csv'])],
    'weights of the hub, by their address': [
      stage(['https://huggingface.co/acme/base/resolve/main/model.safetensors', 'https://example.org/model.pt'], ['tuned.pt']),
      'finetune hub:acme/base @main <- https://huggingface.co/acme/base/resolve/main/model.safetensors',
    ],
    'data of the hub, by their address': [
      stage(['https://huggingface.co/datasets/acme/raw/resolve/main/a.csv'], ['data/clean.csv', 'report.md']),
      'copiedFrom hub:datasets/acme/raw @main <- https://huggingface.co/datasets/acme/raw/resolve/main/a.csv',
    ],
  };
  for (const [name, [text, ...expected]] of Object.entries(stages))
    it(`${name}, in stages`, () => assert.deepEqual(shownBy(dvcReader, 'dvc.yaml', text), expected));

  const locked = [
    "schema: '2.0'",
    'stages:',
    '  train@large:',
    '    cmd: python train.py large',
    '    deps:',
    '    - path: data/large.csv',
    '      hash: md5',
    '      md5: 153aad06d376b6595932470e459ef42a',
    '      size: 12',
    '    - path: train.py',
    '      md5: e22789fc9581cad11ef7a6fa3aa3f17b',
    '    outs:',
    '    - path: models/large.pt',
    '      md5: f35d4cc2c552ac959ae602162b8543f3',
    '',
  ].join('\n');
  it('reads what stages made as they last ran', () =>
    assert.deepEqual(shownBy(dvcReader, 'dvc.lock', locked), ['trainedOn local:data/large.csv <- data/large.csv']));
  it('survives any text as its lock', () => fuzzText(dvcReader, 'dvc.lock', locked));

  it('counts paths from the folder of the file, and of the stage', () => {
    const froms = (path: string, text: string): readonly string[] =>
      readWith(dvcReader, path, text).facts.flatMap((fact) => (fact.kind === 'relation' ? [`${fact.from} ${fact.to}`] : []));
    assert.deepEqual(froms('ml/dvc.yaml', stage(['../data/train.csv'], ['model.pkl'])), ['local:ml/model.pkl local:data/train.csv']);
    assert.deepEqual(froms('dvc.yaml', stage(['data/train.csv'], ['model.pkl'], '    wdir: ml')), ['local:ml/model.pkl local:ml/data/train.csv']);
  });

  const rev = 'f59388cd04276e75d70b2136597aaa27e7937cc3';
  const imported = [
    'md5: f5ea021eddd7b1df6de80b904cba1da6',
    'frozen: true',
    'deps:',
    '- path: get-started/data.xml',
    '  repo:',
    '    url: https://github.com/acme/registry',
    `    rev_lock: ${rev}`,
    'outs:',
    '- md5: 22a1a2931c8370d3aeedd7183606fd7f',
    '  size: 144',
    '  path: data.xml',
    '',
  ].join('\n');
  const pointers: Cases = {
    'a file of another repository': [imported, `copiedFrom pkg:github/acme/registry @${rev} <- https://github.com/acme/registry`],
    'a file of the hub': [
      'deps:\n- etag: abc\n  path: https://huggingface.co/datasets/acme/data/resolve/main/a.jsonl\nouts:\n- md5: abc\n  path: a.jsonl\n',
      'copiedFrom hub:datasets/acme/data @main <- https://huggingface.co/datasets/acme/data/resolve/main/a.jsonl',
    ],
    'a file from a bucket': ['deps:\n- path: s3://bucket/a.csv\nouts:\n- path: a.csv\n'],
    'a file of our own': ['outs:\n- md5: 22a1a2931c8370d3aeedd7183606fd7f\n  path: data.xml\n'],
    'another file': ['a: b\n'],
    nothing: [''],
  };
  for (const [name, [text, ...expected]] of Object.entries(pointers))
    it(`${name}, in a stand-in`, () => assert.deepEqual(shownBy(dvcReader, 'data/data.xml.dvc', text), expected));

  it('never throws, whatever the bytes', () => {
    fuzzText(dvcReader, 'data/data.xml.dvc', imported, 150);
    fuzzText(
      dvcReader,
      'dvc.yaml',
      stage(['data/train.csv', 'train.py', 'base.pt'], ['model.pkl', 'data/a.csv'], 'artifacts: {a: {path: b, type: model}}'),
      150,
    );
  });
});
