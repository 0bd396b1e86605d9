import assert from 'node:assert/strict';
import { readArtefact, tailWanted } from '../../../server/src/artefacts/read.ts';
import { coreMlReader } from '../../../server/src/artefacts/weights/core-ml.ts';
import { onnxReader } from '../../../server/src/artefacts/weights/onnx.ts';
import { tfliteReader } from '../../../server/src/artefacts/weights/tflite.ts';
import type { Reader, Reading } from '../../../server/src/artefacts/types.ts';
import { testKnowledge } from '../../support/knowledge.ts';
import { field, writeCoreMl, writeOnnx, writeTflite } from '../../support/models.ts';
import { assertSound, encode, flipBits, fuzzBytes, matchesPath, readWith, shownBy } from '../reading.ts';
import { cpuTime } from '../../support/time.ts';

const bytesOf = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? encode(part) : part)));

const pointer = `version https://git-lfs.github.com/spec/v1\noid sha256:${'ab'.repeat(32)}\nsize 12345\n`;

/** What holds of every one of these readers, whatever the format. */
const anyFormat = (reader: Reader, path: string, sample: Uint8Array, wrong: string): void => {
  it('says of a model without a licence only that it is there', () => {
    const silent = readWith(reader, path, sample);
    assert.deepEqual(
      silent.facts.map((fact) => (fact.kind === 'work' ? [fact.work, fact.workKind, fact.via] : fact.kind)),
      [[`local:${path}`, 'model', 'weights']],
    );
  });
  it('is silent about a stand-in of Git LFS, and about an empty file', () => {
    for (const text of [pointer, '']) assert.deepEqual(readWith(reader, path, encode(text)), { facts: [], anchors: {}, problems: [] });
  });
  it('names what is not what its name says', () => {
    for (const bytes of [encode('<html>not found</html>'), new Uint8Array(64), new Uint8Array(64).fill(255)])
      assert.deepEqual(
        readWith(reader, path, bytes).problems.map((problem) => [problem.message, problem.limit]),
        [[wrong, false]],
      );
  });
  it('says something sound when cut at each of the first 64 bytes', () => {
    for (let end = 0; end <= 64; end += 1) assertSound('', readWith(reader, path, sample.subarray(0, end), sample.length));
  });
  it('says something sound with any bit turned over', () => flipBits(reader, path, sample));
  it('reads a view into a larger buffer', () => assert.equal(readWith(reader, path, bytesOf(new Uint8Array(5).fill(255), sample).subarray(5)).facts.length, 1));
};

/** Reads a file larger than its head, as the disk hands it on. */
const readEnds = (reader: Reader, path: string, whole: Uint8Array): Reading =>
  reader.read(
    {
      path,
      text: '',
      bytes: whole.subarray(0, reader.maximum),
      size: whole.length,
      ...(reader.tail === undefined ? {} : { tail: whole.subarray(Math.max(0, whole.length - reader.tail)) }),
    },
    testKnowledge(),
  );

describe('ONNX', () => {
  it('is known by its name', () => assert.ok(matchesPath(onnxReader, 'a/Model.ONNX') && !matchesPath(onnxReader, 'onnx.py')));
  const shown = (metadata: Readonly<Record<string, string>>): readonly string[] => shownBy(onnxReader, 'm.onnx', writeOnnx(metadata));
  const bundled = 'bundles local:m.onnx <- graph';

  const cases: Readonly<Record<string, readonly [metadata: Readonly<Record<string, string>>, ...shown: readonly string[]]>> = {
    'a licence with an address': [
      { description: 'x', author: 'somebody', license: 'AGPL-3.0 License (https://example.org/license)' },
      'licence AGPL-3.0-only <- license',
      bundled,
    ],
    'a licence by its customary key': [{ model_license: 'Apache-2.0' }, 'licence Apache-2.0 <- model_license', bundled],
    'a licence that nobody knows': [{ license: 'house terms' }, 'licence none <- license'],
    'an empty licence': [{ license: '' }],
    'a base': [{ base_model: 'acme/base' }, 'finetune hub:acme/base <- base_model'],
    'a base that is a path': [{ base_model: './out' }],
    'other keys': [{ names: "{0: 'license'}", licensed: 'mit' }],
    'a long value': [{ license: 'x'.repeat(3_000) }],
  };
  for (const [name, [metadata, ...expected]] of Object.entries(cases)) it(`with ${name}`, () => assert.deepEqual(shown(metadata), expected));

  it('steps over a graph that is not at hand', () => {
    const large = writeOnnx({ license: 'MIT' }, 4_000_000);
    assert.equal(readEnds(onnxReader, 'm.onnx', large).facts.length, 3);
    assert.equal(readWith(onnxReader, 'm.onnx', large.subarray(0, onnxReader.maximum), large.length).facts.length, 1, 'without its end');
  });
  it('is handed both ends of a file', () => {
    const large = writeOnnx({ license: 'MIT' }, 4_000_000);
    const file = { path: 'm.onnx', bytes: large.subarray(0, onnxReader.maximum), size: large.length };
    assert.equal(tailWanted('m.onnx'), onnxReader.tail);
    assert.equal(tailWanted('a.py'), 0);
    assert.equal(readArtefact({ ...file, tail: large.subarray(-2_000_000) }, testKnowledge()).facts.length, 3);
    assert.equal(readArtefact(file, testKnowledge()).facts.length, 1);
  });
  const broken: Readonly<Record<string, Uint8Array>> = {
    'a length of 2^63': bytesOf(field(1, 9), Uint8Array.of(0x3a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f)),
    'a number without an end': bytesOf(field(1, 9), Uint8Array.of(0x3a), new Uint8Array(20).fill(0xff)),
    'a group': bytesOf(field(1, 9), Uint8Array.of(0x3b, 1, 2, 3)),
    'field 0': bytesOf(field(1, 9), Uint8Array.of(2, 0, 0)),
    'no graph': bytesOf(field(1, 9), field(14, bytesOf(field(1, 'license'), field(2, 'MIT')))),
  };
  for (const [name, bytes] of Object.entries(broken))
    it(`with ${name} is none`, () =>
      assert.deepEqual(
        readWith(onnxReader, 'm.onnx', bytes).problems.map((problem) => problem.message),
        ['no ONNX model'],
      ));
  it('ends soon on a million fields', () => {
    const started = cpuTime();
    readWith(
      onnxReader,
      'm.onnx',
      bytesOf(
        field(1, 9),
        field(7, ''),
        new Uint8Array(1_900_000).map((_, at) => (at % 2 === 0 ? 0x08 : 0x01)),
      ),
    );
    assert.ok(cpuTime() - started < 1_000);
  });

  anyFormat(onnxReader, 'm.onnx', writeOnnx({}), 'no ONNX model');
  it('never throws, whatever the bytes', () => fuzzBytes(onnxReader, 'm.onnx', writeOnnx({ license: 'MIT', base_model: 'acme/base' })));
});

describe('Core ML', () => {
  it('is known by its name', () =>
    assert.ok(matchesPath(coreMlReader, 'A.mlpackage/Data/com.apple.CoreML/model.mlmodel') && !matchesPath(coreMlReader, 'model.ml')));
  const shown = (license: string): readonly string[] => shownBy(coreMlReader, 'm.mlmodel', writeCoreMl(license));
  const bundled = 'bundles local:m.mlmodel <- description';

  it('states a licence', () => assert.deepEqual(shown('MIT License'), ['licence MIT <- description.metadata.license', bundled]));
  it('states a licence and its address', () =>
    assert.deepEqual(shown('Apache License. Version 2.0 http://www.apache.org/licenses/LICENSE-2.0'), [
      'licence Apache-2.0 <- description.metadata.license',
      bundled,
    ]));
  it('points elsewhere', () =>
    assert.deepEqual(shown('Please see https://example.org/a for license information, and https://example.org/b for the model.'), [
      'licence none <- description.metadata.license',
    ]));
  it('needs no more than its head', () => assert.equal(readEnds(coreMlReader, 'm.mlmodel', writeCoreMl('MIT', 4_000_000)).facts.length, 3));

  anyFormat(coreMlReader, 'm.mlmodel', writeCoreMl(undefined), 'no Core ML model');
  it('never throws, whatever the bytes', () => fuzzBytes(coreMlReader, 'm.mlmodel', writeCoreMl('MIT')));
});

describe('TensorFlow Lite', () => {
  it('is known by its name', () => assert.ok(matchesPath(tfliteReader, 'a/model.tflite') && !matchesPath(tfliteReader, 'model.pb')));
  const shown = (license: string): readonly string[] => shownBy(tfliteReader, 'm.tflite', writeTflite(license));

  it('states a licence', () => assert.deepEqual(shown('Apache-2.0'), ['licence Apache-2.0 <- TFLITE_METADATA.license', 'bundles local:m.tflite <- TFL3']));
  it('states a licence as its tools write it', () =>
    assert.deepEqual(shown('Apache License. Version 2.0 http://www.apache.org/licenses/LICENSE-2.0.')[0], 'licence Apache-2.0 <- TFLITE_METADATA.license'));
  it('reads what is at hand of a large one', () => {
    assert.equal(readEnds(tfliteReader, 'm.tflite', writeTflite('MIT', 900_000)).facts.length, 3);
    assert.ok(readEnds(tfliteReader, 'm.tflite', writeTflite('MIT', 4_000_000)).facts.length >= 1);
  });

  anyFormat(tfliteReader, 'm.tflite', writeTflite(undefined), 'no TensorFlow Lite model');
  it('never throws, whatever the bytes', () => fuzzBytes(tfliteReader, 'm.tflite', writeTflite('MIT'), 600));
});
