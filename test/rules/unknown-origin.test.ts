import assert from 'node:assert/strict';
import { check, fixed } from '../support/repo.ts';

const big = 'x'.repeat(120_000);
const weights = (path: string, metadata = ''): string => `--- ${path} gguf {"general.description":"${big}"${metadata}}\n`;
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'a'.repeat(64)}\nsize 4096\n`;
const file = (path: string, mark = ''): string => `--- ${path}\n${mark}${pointer}`;
const here = '! information unknown-origin\n';
const config = (base: string, marked = true): string =>
  `--- train.yaml\nbase_model: ${base}\n${marked ? `${' '.repeat(12)}${'^'.repeat(base.length)} information unknown-origin\n` : ''}learning_rate: 0.0001\nnum_epochs: 1\n`;
const script = (base: string): string => `--- train.sh\ndeepspeed train.py --model_name_or_path ${base} --learning_rate 1e-5 --num_train_epochs 1\n`;

const cases: readonly (readonly [string, string])[] = [
  ['a base outside the repository', config('/data/models/river-7b')],
  ['a base on a disk that is named for what is put there for now', config('/root/pond-tmp/river-7b')],
  ['what lies in a folder for now', config('/tmp/river-7b', false)],
  ['a base at home, in a script', `${script('~/model_weights/river-7b')}${' '.repeat(40)}${'^'.repeat(24)} information unknown-origin\n`],
  ['a base that nothing fetches', config('models/river-7b')],
  ['one finding a base', `${config('/data/models/river-7b')}--- z/train.yaml\nbase_model: /data/models/river-7b\nlearning_rate: 0.0001\n`],
  ['a base of the hub', config('acme-lab/river-7b', false)],
  ['what another step made', config('./output/sft', false)],
  ['a bare name', config('tiny-river-1.1b', false)],
  ['a checkpoint', config('./ckpts/checkpoint-500', false)],
  ['a place to be filled in', config('/path/to/river-7b', false)],
  ['a variable', config('${MODEL_PATH}', false)],
  [
    'a base that a note explains',
    `${config('/data/models/river-7b', false)}--- pedigree.yaml\nprovenance:\n  - { path: "/data/models/river-7b", relation: copiedFrom, from: "pkg:huggingface/acme-lab/river-7b" }\n`,
  ],
  ['a base that lies in the tree', `${config('models/river-7b', false)}--- models/river-7b/config.json\n{ "model_type": "river" }\n`],
  ['a test', `--- tests/train.yaml\nbase_model: /data/models/river-7b\nlearning_rate: 0.0001\n`],
  ['weights that nothing names', file('weights/face.onnx', here)],
  ['weights of many folders', `${file('models/a/a.pth', here)}${file('models/b/b.pth')}`],
  ['data of tests', file('lib/testdata/a.onnx')],
  ['weights of one folder', `${file('weights/a.pth', here)}${file('weights/b.pth')}`],
  ['weights of two folders', `${file('a/face.onnx', here)}${file('b/face.pt', here)}`],
  ['weights that a document names', `${file('weights/face.onnx')}--- docs/models.md\nface.onnx was trained on our own pictures.\n`],
  ['weights beside a page of their own', `${file('weights/face.onnx')}--- weights/README.md\n# Weights\n`],
  ['weights of a card', `${file('model.safetensors')}--- README.md\n---\nlicense: mit\npipeline_tag: text-generation\n---\n`],
  [
    'weights whose configuration names a base',
    `${file('model.safetensors')}--- config.json\n{ "model_type": "river", "_name_or_path": "acme-lab/river-7b" }\n`,
  ],
  ['weights that name their licence', weights('weights/river.gguf', ',"general.license":"mit"')],
  [
    'weights that a note explains',
    `${file('weights/face.onnx')}--- pedigree.yaml\nprovenance:\n  - { path: "weights/face.onnx", relation: finetune, from: "pkg:huggingface/acme-lab/river-7b" }\n`,
  ],
  ['what a trainer keeps beside them', file('run/optimizer.pt')],
  ['small files', '--- a/mean.pt\n1\n'],
  ['vendored weights', file('third_party/pond/face.onnx')],
  ['fixtures of tests', file('tests/fixtures/face.onnx')],
];

describe('unknown-origin', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'unknown-origin'));

  it('begins a note', () =>
    assert.equal(
      fixed(file('weights/face.onnx'), 'unknown-origin', /Note/, 'pedigree.yaml'),
      'works:\n  - { id: "local:weights/face.onnx", licence: LicenseRef-to-be-checked }\n',
    ));
});
