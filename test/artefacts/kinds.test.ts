import assert from 'node:assert/strict';
import { readers } from '../../server/src/artefacts/index.ts';
import type { Fact } from '../../server/src/artefacts/types.ts';
import { gzipped, writeTar, writeZip } from '../support/archives.ts';
import { writeCoreMl, writeOnnx, writeTflite } from '../support/models.ts';
import { bundleOf, modelStatement } from '../support/signature.ts';
import { writeGguf, writeSafetensors } from '../support/weights.ts';
import { matchesPath, readWith } from './reading.ts';

type Content = string | Uint8Array;

/** A file of a kind that states something, with what; and one that looks the same from outside and states nothing of the sort. */
interface Kind {
  readonly path: string;
  readonly states: Fact['kind'];
  readonly fires: Content;
  readonly silent: Content;
  /** Of the silent one, where it has another name. */
  readonly beside?: string;
}

const json = (value: unknown): string => JSON.stringify(value);
const cell = (source: string): string => json({ nbformat: 4, cells: [{ cell_type: 'code', metadata: {}, outputs: [], source }] });
const load = (id: string): string => `from transformers import AutoModel\nmodel = AutoModel.from_pretrained(${id})\n`;
const card = (line: string): string => `---\n${line}\n---\n# Model\n`;
const digest = 'a'.repeat(64);

/** One row a reader: a new one has to bring its own. */
const kinds: Readonly<Record<string, Kind>> = {
  'adapter-config': { path: 'adapter_config.json', states: 'relation', fires: json({ base_model_name_or_path: 'acme/base' }), silent: json({ r: 8 }) },
  card: { path: 'README.md', states: 'licence', fires: card('license: mit'), silent: '# A README without a card\n' },
  credits: {
    path: 'README.md',
    states: 'relation',
    fires: 'Our code is adapted from https://github.com/acme/river.\n',
    silent: 'Our code is faster than https://github.com/acme/river.\n',
  },
  installs: {
    path: 'README.md',
    states: 'relation',
    fires: '```\npip install phonemizer\n```\n',
    silent: '```\npip install numpy\n```\n',
  },
  'notebook-installs': { path: 'a.ipynb', states: 'relation', fires: cell('!pip install -q phonemizer\n'), silent: cell('!pip install -q numpy\n') },
  claims: { path: 'README.md', states: 'claim', fires: '# X\n\nOur model is fully open source.\n', silent: '# X\n\nOur model is fast.\n' },
  cells: { path: 'a.py', states: 'cells', fires: '# In[1]:\nx = 1\n', silent: '# %% one\nx = 1\n' },
  checksums: { path: 'SHA256SUMS', states: 'digest', fires: `${digest}  model.safetensors\n`, silent: `${digest}  notes.txt\n` },
  croissant: {
    path: 'croissant.json',
    states: 'licence',
    fires: json({ '@type': 'sc:Dataset', conformsTo: 'http://mlcommons.org/croissant/1.0', name: 'x', license: 'MIT' }),
    silent: json({ '@type': 'sc:Dataset', conformsTo: 'http://mlcommons.org/croissant/1.0', name: 'x' }),
  },
  cyclonedx: {
    path: 'bom.xml',
    states: 'licence',
    fires:
      '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata><component type="data"><name>x</name><licenses><license><id>MIT</id></license></licenses></component></metadata></bom>',
    silent: '<bom xmlns="http://cyclonedx.org/schema/bom/1.6"><metadata><component type="data"><name>x</name></component></metadata></bom>',
  },
  'dataset-info': {
    path: 'data/dataset_info.json',
    states: 'relation',
    fires: json({ rows: { hf_hub_url: 'acme/data' } }),
    silent: json({ features: { a: { dtype: 'string' } }, splits: {} }),
  },
  'dataset-infos': {
    path: 'dataset_infos.json',
    states: 'licence',
    fires: json({ default: { description: '', citation: '', homepage: '', license: 'MIT', features: {}, splits: {} } }),
    silent: json({ default: { description: '', citation: '', homepage: '', license: '', features: {}, splits: {} } }),
  },
  deployment: {
    path: 'compose.yaml',
    states: 'relation',
    fires: 'services:\n  llm:\n    image: vllm/vllm-openai:latest\n    command: --model acme/base-7b\n',
    silent: 'services:\n  web:\n    image: nginx:latest\n    command: --model acme/base-7b\n',
  },
  disclosure: {
    path: 'TRAINING_DATA.md',
    states: 'disclosure',
    fires: '# Training data\n\n<!-- pedigree: disclosure eu-gpai-summary -->\n',
    silent: '# Notes\n',
    beside: 'NOTES.md',
  },
  display: { path: 'README.md', states: 'display', fires: 'Built with Llama\n', silent: 'Built with llama.cpp\n' },
  docker: {
    path: 'Dockerfile',
    states: 'relation',
    fires: 'FROM python:3.12\nRUN hf download acme/base-7b\n',
    silent: 'FROM python:3.12\nRUN pip install x\n',
  },
  dvc: {
    path: 'dvc.lock',
    states: 'relation',
    fires: 'stages:\n  a:\n    cmd: x\n    deps:\n    - path: data/a.csv\n    outs:\n    - path: model.pt\n',
    silent: 'stages:\n  a:\n    cmd: x\n    deps:\n    - path: a.py\n    outs:\n    - path: report.md\n',
  },
  gguf: { path: 'm.gguf', states: 'licence', fires: writeGguf({ 'general.license': 'mit' }), silent: 'GGUX' },
  gitmodules: {
    path: '.gitmodules',
    states: 'relation',
    fires: '[submodule "a"]\n\tpath = a\n\turl = https://github.com/acme/a\n',
    silent: '[submodule "a"]\n\tpath = a\n',
  },
  imports: { path: 'a.py', states: 'relation', fires: 'import ultralytics\n', silent: 'import json\n' },
  'named-files': { path: 'README.md', states: 'named-files', fires: 'Put `face.onnx` there.\n', silent: 'Put `face.txt` there.\n' },
  notices: {
    path: 'NOTICE',
    states: 'notice',
    fires: 'This product holds code of https://github.com/acme/a, Copyright 2020 Acme, under the MIT License.\n',
    silent: '\n',
  },
  origins: {
    path: 'a.py',
    states: 'header',
    fires: '# Copyright 2021 Acme Corporation\n# Licensed under the MIT License.\nx = 1\n',
    silent: '# A module.\nx = 1\n',
  },
  dep5: {
    path: '.reuse/dep5',
    states: 'cover',
    fires: 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n\nFiles: data/*\nCopyright: Acme\nLicense: CC0-1.0\n',
    silent: 'Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/\n',
  },
  reuse: {
    path: 'REUSE.toml',
    states: 'cover',
    fires: 'version = 1\n\n[[annotations]]\npath = "data/**"\nSPDX-License-Identifier = "CC0-1.0"\n',
    silent: 'version = 1\n',
  },
  javascript: {
    path: 'a.ts',
    states: 'relation',
    fires: "import { pipeline } from '@huggingface/transformers';\nconst p = await pipeline('text-generation', 'acme/base-7b');\n",
    silent: "const p = await pipeline('text-generation', name);\n",
  },
  instructions: { path: 'README.md', states: 'relation', fires: '```bash\nhf download acme/base-7b\n```\n', silent: '```bash\nnpm ci\n```\n' },
  'lfs-pointer': {
    path: 'model.safetensors',
    states: 'digest',
    fires: `version https://git-lfs.github.com/spec/v1\noid sha256:${digest}\nsize 12\n`,
    silent: 'version https://example.org/spec/v1\n',
  },
  'licence-file': { path: 'LICENSE', states: 'licence', fires: 'MIT License\n', silent: '\n' },
  links: { path: 'README.md', states: 'reference', fires: 'See the [license](LICENSE).\n', silent: 'See the [guide](GUIDE.md).\n' },
  manifest: { path: 'package.json', states: 'licence', fires: json({ name: 'x', license: 'MIT' }), silent: json({ version: '1.0.0' }) },
  'package-file': { path: 'DESCRIPTION', states: 'licence', fires: 'Package: x\nLicense: MIT\n', silent: 'Package: x\nVersion: 1\n' },
  mlflow: {
    path: 'MLmodel',
    states: 'relation',
    fires: 'flavors:\n  transformers:\n    source_model_name: acme/base\n',
    silent: 'flavors:\n  sklearn:\n    pickled_model: model.pkl\n',
  },
  'model-config': { path: 'config.json', states: 'work', fires: json({ model_type: 'llama', architectures: ['X'] }), silent: json({ port: 80 }) },
  'model-signature': {
    path: 'model.sig',
    states: 'digest',
    fires: bundleOf(modelStatement([{ name: 'model.safetensors', digest }])),
    silent: '-----BEGIN PGP SIGNATURE-----\n',
  },
  modelfile: { path: 'Modelfile', states: 'relation', fires: 'FROM hf.co/acme/base-7b\n', silent: '# FROM hf.co/acme/base-7b\n' },
  modules: {
    path: 'modules.json',
    states: 'work',
    fires: json([{ idx: 0, name: '0', path: '', type: 'sentence_transformers.models.Transformer' }]),
    silent: json([{ name: 'core' }]),
  },
  notebook: { path: 'a.ipynb', states: 'relation', fires: cell(load('"acme/base-7b"')), silent: cell(load('name')) },
  'notebook-origins': {
    path: 'a.ipynb',
    states: 'relation',
    fires: cell('# copied from https://github.com/acme-lab/river\nx = 1\n'),
    silent: cell('# see https://github.com/acme-lab/river for the source\nx = 1\n'),
  },
  'notebook-suppressions': {
    path: 'a.ipynb',
    states: 'suppression',
    fires: cell('# pedigree-ignore unknown-terms: ours\nx = 1\n'),
    silent: cell('x = "pedigree-ignore unknown-terms: ours"\n'),
  },
  prose: { path: 'README.md', states: 'licence', fires: '## License\n\nThis project is released under the MIT License.\n', silent: '## Usage\n\nRun it.\n' },
  python: { path: 'a.py', states: 'relation', fires: load('"acme/base-7b"'), silent: load('name') },
  redirects: {
    path: 'run.sh',
    states: 'redirect',
    fires: 'export OPENAI_BASE_URL="http://localhost:8000/v1"\n',
    silent: 'export OPENAI_BASE_URL=https://api.openai.com/v1\n',
  },
  requirements: { path: 'requirements.txt', states: 'relation', fires: 'ultralytics==8.2.0\n', silent: '# ultralytics\n' },
  safetensors: { path: 'm.safetensors', states: 'licence', fires: writeSafetensors({ license: 'mit' }), silent: 'none' },
  settings: { path: 'conf/model.yaml', states: 'setting', fires: 'model:\n  name: acme/base-7b\n', silent: 'seed: 1\n' },
  'setup-requirements': {
    path: 'setup.py',
    states: 'relation',
    fires: 'from setuptools import setup\nsetup(name="x", install_requires=["ultralytics"])\n',
    silent: 'from setuptools import setup\nsetup(name="x")\n',
  },
  'put-folders': {
    path: 'get.sh',
    states: 'put-folders',
    fires: 'huggingface-cli download acme/base-7b --local-dir base-7b\n',
    silent: 'huggingface-cli download acme/base-7b --local-dir acme/base-7b\n',
  },
  shown: {
    path: 'app.py',
    states: 'licence',
    fires: 'import gradio\npage = """\n# Otter\nThe code is under the Apache License 2.0.\n"""\n',
    silent: '"""The code is under the Apache License 2.0."""\nimport gradio\npage = """The pictures that you make are under the Apache License 2.0."""\n',
  },
  shell: { path: 'run.sh', states: 'relation', fires: 'vllm serve acme/base-7b\n', silent: 'echo vllm serve acme/base-7b\n' },
  'spdx-document': {
    path: 'a.spdx.yaml',
    states: 'licence',
    fires: 'spdxVersion: SPDX-2.3\ndocumentDescribes: [SPDXRef-a]\npackages:\n- { SPDXID: SPDXRef-a, name: a, licenseDeclared: MIT }\n',
    silent: 'spdxVersion: SPDX-2.3\npackages: []\n',
  },
  'spdx-tag': { path: 'a.c', states: 'licence', fires: '// SPDX-License-Identifier: MIT\n', silent: '// No tag\n' },
  suppressions: { path: 'a.py', states: 'suppression', fires: '# pedigree-ignore unknown-terms: ours\nx = 1\n', silent: 'x = 1\n' },
  'data-documents': { path: 'DATA.md', states: 'relation', fires: 'We used GPT-4 to rephrase the questions.\n', silent: 'Use it with GPT-4.\n' },
  'data-sources': {
    path: 'README.md',
    states: 'relation',
    fires: 'Our dataset is built upon LLaVA-Instruct-150K.\n',
    silent: 'Our model is built upon LLaVA-Instruct-150K.\n',
  },
  'data-terms': {
    path: 'data/LICENSE',
    states: 'licence',
    fires: 'Otter:\nLicense: CC BY-NC 4.0\nSource: https://acme.example/otter\n',
    silent: 'Otter:\nLicense: CC BY 4.0\nSource: https://acme.example/otter\n',
  },
  'fetched-data': { path: 'README.md', states: 'relation', fires: 'Download the FFHQ dataset.\n', silent: 'Download the FFHQ model.\n' },
  training: { path: 'README.md', states: 'relation', fires: 'We train our model on WebVid-10M.\n', silent: 'We look at WebVid-10M before training.\n' },
  strays: {
    path: 'README.md',
    states: 'stray',
    fires: '- Llama2-7B: https://pan.xunlei.com/s/abc\n',
    silent: '- Otter-7B: https://pan.xunlei.com/s/abc\n',
  },
  takings: {
    path: 'README.md',
    states: 'taken',
    fires: `${card('task_categories: [text-generation]')}\nThe data were scraped from https://www.reddit.com/r/x.\n`,
    silent: `${card('task_categories: [text-generation]')}\nThe data were written by us.\n`,
  },
  'trainer-config': {
    path: 'train.yaml',
    states: 'relation',
    fires: 'base_model: acme/base-7b\nlearning_rate: 1e-5\n',
    silent: 'base_model: acme/base-7b\n',
  },
  'trainer-output': {
    path: 'trainer_state.json',
    states: 'relation',
    fires: json({ best_model_checkpoint: './out/checkpoint-5', global_step: 5 }),
    silent: json({ state: 'idle' }),
  },
  workflow: {
    path: '.github/workflows/a.yml',
    states: 'relation',
    fires: 'jobs:\n  a:\n    steps:\n      - run: hf download acme/base-7b\n',
    silent: 'jobs:\n  a:\n    steps:\n      - run: npm ci\n',
  },
  checkpoint: { path: 'best.pt', states: 'work', fires: writeZip({ 'a/data.pkl': 'x', 'a/version': '3' }), silent: writeZip({ 'a.txt': 'b' }) },
  'core-ml': { path: 'm.mlmodel', states: 'licence', fires: writeCoreMl('MIT'), silent: 'none' },
  keras: {
    path: 'm.keras',
    states: 'work',
    fires: writeZip({ 'metadata.json': json({ keras_version: '3.0.0' }), 'config.json': '{}', 'model.weights.h5': 'x' }),
    silent: writeZip({ 'a.txt': 'b' }),
  },
  nemo: {
    path: 'm.nemo',
    states: 'relation',
    fires: gzipped(writeTar({ './model_config.yaml': 'language_model:\n  pretrained_model_name: acme/base\n' })),
    silent: 'none',
  },
  onnx: { path: 'm.onnx', states: 'licence', fires: writeOnnx({ license: 'MIT' }), silent: 'none' },
  tflite: { path: 'm.tflite', states: 'licence', fires: writeTflite('MIT'), silent: 'none' },
  addresses: {
    path: 'a.json',
    states: 'relation',
    fires: json({ url: 'https://huggingface.co/meta-llama/Llama-2-7b-hf/resolve/main/model.safetensors' }),
    silent: json({ url: 'https://huggingface.co/meta-llama/Llama-2-7b-hf' }),
  },
  'code-settings': {
    path: 'a.yaml',
    states: 'code-flag',
    fires: 'path: acme/banks\ntrust_remote_code: true\n',
    silent: 'path: acme/banks\ntrust_remote_code: false\n',
  },
  'shown-code': {
    path: 'docs/serve.md',
    states: 'code-flag',
    fires: '```sh\nvllm serve $MODEL --trust-remote-code\n```\n',
    silent: 'The option `--trust-remote-code` is off.\n',
  },
  'data-file': { path: 'data/alpaca_data.json', states: 'relation', fires: '[{}]', silent: '[{}]', beside: 'data/train.json' },
  'data-settings': { path: 'a.yaml', states: 'relation', fires: 'data_path: alpaca_data.json\n', silent: 'data_path: train.json\n' },
  'weights-settings': { path: 'a.yaml', states: 'relation', fires: 'model_path: w600k_r50.onnx\n', silent: 'model_path: model.onnx\n' },
};

/** What a reader says of a file of the kind, whatever else it says. */
const stated = (id: string, path: string, content: Content, kind: Fact['kind']): readonly Fact[] => {
  const reader = readers.find((each) => each.id === id);
  assert.ok(reader, `there is no reader ${id}`);
  return matchesPath(reader, path) ? readWith(reader, path, content).facts.filter((fact) => fact.kind === kind) : [];
};

describe('every kind of artefact', () => {
  it('has a row here, and every row is of one', () => assert.deepEqual(Object.keys(kinds).toSorted(), readers.map((reader) => reader.id).toSorted()));
  it('has a limit, and a version for what is kept', () => {
    for (const { id, maximum, version } of readers) assert.ok(maximum > 0 && Number.isSafeInteger(maximum) && version > 0, id);
  });
  for (const [id, { path, states, fires, silent, beside }] of Object.entries(kinds)) {
    it(`${id} states something of ${path}`, () => assert.ok(stated(id, path, fires, states).length > 0));
    it(`${id} states nothing of another ${beside ?? path}`, () => assert.deepEqual(stated(id, beside ?? path, silent, states), []));
  }
});
