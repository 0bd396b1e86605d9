import assert from 'node:assert/strict';
import { checksumsReader } from '../../server/src/artefacts/checksums.ts';
import { lfsPointerReader } from '../../server/src/artefacts/lfs-pointer.ts';
import { isBinaryName, isWeightsName } from '../../server/src/artefacts/weights-names.ts';
import { encode, fuzzBytes, fuzzText, matchesPath, readWith, shownBy } from './reading.ts';

const sha = '0123456789abcdef'.repeat(4);
const md5 = '0123456789abcdef'.repeat(2);
const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${sha}\nsize 123456\n`;

const lists: readonly (readonly [name: string, path: string, text: string, ...expected: readonly string[]])[] = [
  [
    'as sha256sum writes them',
    'SHA256SUMS',
    `${sha}  model.bin\n${sha} *other.pth\n`,
    `sha256 of model.bin by list <- ${sha}`,
    `sha256 of other.pth by list <- ${sha}`,
  ],
  ['in a folder', 'weights/md5sums', `${md5}  ./a/model.pt\n`, `md5 of weights/a/model.pt or a/model.pt by list <- ${md5}`],
  ['as BSD writes them', 'sha256.txt', `SHA256 (model.gguf) = ${sha}\n`, `sha256 of model.gguf by list <- ${sha}`],
  [
    'with the name first',
    'checksums.txt',
    `model.gguf: ${sha}\nmodel.onnx ${md5}`,
    `sha256 of model.gguf by list <- ${sha}`,
    `md5 of model.onnx by list <- ${md5}`,
  ],
  ['for one file', 'a/model.safetensors.sha256', `${sha}\n`, `sha256 of a/model.safetensors by list <- ${sha}`],
  [
    'for one file, with its name',
    'a/model.safetensors.sha256sum',
    `${sha}  model.safetensors\r\n`,
    `sha256 of a/model.safetensors or model.safetensors by list <- ${sha}`,
  ],
  ['with a prefix', 'model.pt.sha256', `sha256:${sha}`, `sha256 of model.pt by list <- ${sha}`],
  [
    'the list that some weights came with',
    'checklist.chk',
    `${md5}  consolidated.00.pth\n${md5}  params.json\n`,
    `md5 of consolidated.00.pth by list <- ${md5}`,
  ],
  ['comments', 'SHA256SUMS', `# ${sha}  model.bin\n; ${sha}  model.bin\n`],
  ['texts', 'SHA256SUMS', `${sha}  README.md\n${sha}  config.json\n`],
  ['what leaves the root', 'SHA256SUMS', `${sha}  ../model.bin\n${sha}  /model.bin\n${sha}  ~/model.bin\n`],
  ['no digest', 'SHA256SUMS', `${sha}0  model.bin\nnothing  model.bin\n${sha.slice(1)}  model.bin\n`],
  ['a list without a name', 'SHA256SUMS', `${sha}\n`],
];

describe('lists of digests', () => {
  for (const [name, path, text, ...expected] of lists) it(name, () => assert.deepEqual(shownBy(checksumsReader, path, text), expected));
  it('go by their names', () => {
    for (const path of [
      'SHA256SUMS',
      'sha256sums.txt',
      'MD5SUMS',
      'md5.txt',
      'checksums',
      'v1_checksums.txt',
      'a.sha256',
      'a.bin.md5',
      'x.sha512sum',
      'checklist.chk',
    ])
      assert.ok(matchesPath(checksumsReader, path), path);
    for (const path of ['sha256.py', 'hash.txt', 'md5.c', 'checksum.go', 'README.md']) assert.ok(!matchesPath(checksumsReader, path), path);
  });
  it('never throw', () => fuzzText(checksumsReader, 'SHA256SUMS', `${sha}  model.bin\nSHA256 (model.gguf) = ${sha}\nmodel.onnx: ${md5}\n`));
});

describe('stand-ins of Git LFS', () => {
  it('say what belongs there', () =>
    assert.deepEqual(shownBy(lfsPointerReader, 'a/m.safetensors', encode(pointer)), ['sha256 of a/m.safetensors by pointer <- oid']));
  it('with CRLF', () => assert.equal(readWith(lfsPointerReader, 'm.bin', encode(pointer.replaceAll('\n', '\r\n'))).facts.length, 1));
  it('are small', () => assert.equal(readWith(lfsPointerReader, 'm.bin', encode(pointer), 5000).facts.length, 0));
  it('without an id say nothing', () =>
    assert.deepEqual(shownBy(lfsPointerReader, 'm.bin', encode('version https://git-lfs.github.com/spec/v1\nsize 1\n')), []));
  it('are looked for where large files are', () => {
    for (const path of ['m.safetensors', 'a/model.BIN', 'data.parquet', 'w.tar.gz']) assert.ok(matchesPath(lfsPointerReader, path), path);
    for (const path of ['README.md', 'a.py', 'logo.png']) assert.ok(!matchesPath(lfsPointerReader, path), path);
  });
  it('never throw', () => fuzzBytes(lfsPointerReader, 'm.bin', encode(pointer)));
});

describe('names of weights', () => {
  it('tell weights from what is packed', () => {
    for (const path of [
      'm.safetensors',
      'a/pytorch_model.bin',
      'pytorch_model-00001-of-00002.bin',
      'ggml-base.en.bin',
      'face_model.bin',
      'model.onnx',
      'x.ckpt',
    ])
      assert.ok(isWeightsName(path) && isBinaryName(path), path);
    for (const path of ['data.bin', 'training_args.bin', 'tokenizer.model', 'x.pkl', 'x.npz', 'x.zip'])
      assert.ok(!isWeightsName(path) && isBinaryName(path), path);
    for (const path of ['x.py', 'model', 'x.json']) assert.ok(!isBinaryName(path), path);
  });
});
