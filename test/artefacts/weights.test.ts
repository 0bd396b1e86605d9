import assert from 'node:assert/strict';
import { ggufReader, readGguf } from '../../server/src/artefacts/gguf.ts';
import { readArtefact } from '../../server/src/artefacts/read.ts';
import { safetensorsReader } from '../../server/src/artefacts/safetensors.ts';
import { limits } from '../../server/src/text/limits.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { writeGguf, writeSafetensors } from '../support/weights.ts';
import { assertSound, encode, fuzzBytes, matchesPath, readWith, shownBy } from './reading.ts';

const u32 = (value: number): Uint8Array => new Uint8Array(Uint32Array.of(value).buffer);
const u64 = (value: bigint): Uint8Array => new Uint8Array(BigUint64Array.of(value).buffer);
const bytesOf = (...parts: readonly (string | Uint8Array)[]): Uint8Array =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? encode(part) : part)));

const problems = (reader: typeof ggufReader, bytes: Uint8Array, size?: number): readonly unknown[] =>
  readWith(reader, reader === ggufReader ? 'm.gguf' : 'm.safetensors', bytes, size).problems.map((problem) => [problem.message, problem.limit]);

describe('safetensors', () => {
  it('is known by its name', () =>
    assert.ok(matchesPath(safetensorsReader, 'a/Model-00001-of-00002.safetensors') && !matchesPath(safetensorsReader, 'model.safetensors.index.json')));

  const metadata: Readonly<Record<string, readonly [metadata: Readonly<Record<string, string>>, ...shown: readonly string[]]>> = {
    'nothing of ours': [{ format: 'pt' }, 'work model'],
    'a licence': [{ license: 'apache-2.0' }, 'work model', 'licence Apache-2.0 <- license'],
    'a licence of the model specification': [
      { 'modelspec.license': 'CreativeML Open RAIL++-M' },
      'work model',
      'licence LicenseRef-creativeml-openrail-plus-plus-m <- modelspec.license',
    ],
    'a licence that nobody knows': [{ license: 'house terms' }, 'work model', 'licence none <- license'],
    'an empty licence': [{ license: ' ' }, 'work model'],
    'a title that is a name': [{ 'modelspec.title': 'My-Model-7B' }, 'work model', 'name My-Model-7B <- modelspec.title'],
    'a title of words': [{ 'modelspec.title': 'My new model' }, 'work model'],
    'a base': [{ base_model: 'acme/base' }, 'work model', 'finetune hub:acme/base <- base_model'],
    'a base by a trainer': [{ ss_base_model: 'acme/base', ss_sd_model_name: 'model.ckpt' }, 'work model', 'finetune hub:acme/base <- ss_base_model'],
    'a long value': [{ license: 'x'.repeat(3000), base_model: 'acme/base' }, 'work model', 'finetune hub:acme/base <- base_model'],
  };
  for (const [name, [pairs, ...expected]] of Object.entries(metadata))
    it(`with ${name}`, () => assert.deepEqual(shownBy(safetensorsReader, 'm.safetensors', writeSafetensors(pairs), true), expected));

  it('keeps what it finds in half a header, and says that it is one', () => {
    const half = bytesOf(u64(36n), '{"__metadata__":{"license":"mit"},"a');
    assert.deepEqual(shownBy(safetensorsReader, 'm.safetensors', half), ['licence MIT <- license']);
    assert.deepEqual(problems(safetensorsReader, half), [['the header is broken JSON', false]]);
  });

  it('finds the metadata behind 20,000 tensors', () => {
    const header = encode(`{${Array.from({ length: 20_000 }, (_, at) => `"t${at}":{}`).join(',')},"__metadata__":{"license":"mit"}}`);
    assert.deepEqual(shownBy(safetensorsReader, 'm.safetensors', bytesOf(u64(BigInt(header.length)), header)), ['licence MIT <- license']);
  });

  const broken: Readonly<Record<string, readonly [bytes: Uint8Array, message: string, limit: boolean, size?: number]>> = {
    nothing: [bytesOf(), 'shorter than a header', false],
    'seven bytes': [new Uint8Array(7), 'shorter than a header', false],
    'a header of no length': [new Uint8Array(8), 'the header is no JSON object', false],
    'a header of 2^63 bytes': [bytesOf(u64(2n ** 63n), '{}'), 'the header is longer than the file', false],
    'a header of 2^64 - 1 bytes': [bytesOf(u64(2n ** 64n - 1n), '{}'), 'the header is longer than the file', false],
    'a header one byte longer than the file': [bytesOf(u64(3n), '{}'), 'the header is longer than the file', false],
    'a header that was not read whole': [bytesOf(u64(10_000_000n), '{}'), 'the header is longer than 8 MB', true, 20_000_000],
    'a list': [bytesOf(u64(2n), '[]'), 'the header is no JSON object', false],
    'a number': [bytesOf(u64(2n), '12'), 'the header is no JSON object', false],
    words: [bytesOf(u64(4n), 'abcd'), 'the header is no JSON object', false],
    zeroes: [bytesOf(u64(16n), new Uint8Array(16)), 'the header is no JSON object', false],
    'deep brackets': [bytesOf(u64(2000n), '{"a":'.repeat(400)), 'the header is no JSON object', true],
  };
  for (const [name, [bytes, message, limit, size]] of Object.entries(broken)) {
    it(`with ${name}: ${message}`, () => {
      assert.deepEqual(problems(safetensorsReader, bytes, size), [[message, limit]]);
      assert.deepEqual(shownBy(safetensorsReader, 'm.safetensors', bytes, true), []);
    });
  }

  for (const pairs of [
    '{"__metadata__": []}',
    '{"__metadata__": "x"}',
    '{"__metadata__": {"license": 7}}',
    '{"__metadata__": {"license": {"a": "mit"}}}',
    '{"__proto__": {"license": "mit"}}',
  ]) {
    it(`has no licence in ${pairs}`, () =>
      assert.deepEqual(shownBy(safetensorsReader, 'm.safetensors', bytesOf(u64(BigInt(pairs.length)), pairs), true), ['work model']));
  }

  it('says something sound when cut at each of the first 64 bytes', () => {
    const whole = writeSafetensors({ license: 'mit', base_model: 'acme/base' });
    for (let end = 0; end <= 64; end += 1) {
      const reading = readWith(safetensorsReader, 'm.safetensors', whole.subarray(0, end));
      assertSound('', reading);
      assert.deepEqual([reading.facts.length, reading.problems.length], [0, 1], `cut at ${end}`);
    }
  });

  it('reads a view into a larger buffer', () => {
    const whole = writeSafetensors({ license: 'mit' });
    assert.deepEqual(shownBy(safetensorsReader, 'm.safetensors', bytesOf(new Uint8Array(5).fill(255), whole).subarray(5)), ['licence MIT <- license']);
  });

  it('never throws, whatever the bytes', () =>
    fuzzBytes(safetensorsReader, 'm.safetensors', writeSafetensors({ license: 'mit', base_model: 'acme/base', 'modelspec.title': 'My-7B' })));
});

describe('GGUF', () => {
  it('is known by its name', () => assert.ok(matchesPath(ggufReader, 'a/M.Q4_K_M.GGUF') && !matchesPath(ggufReader, 'gguf.py')));

  const path = 'm.gguf';
  const bundled = ['work model', 'bundles local:m.gguf <- general.name'];
  const metadata: Readonly<Record<string, readonly [metadata: Parameters<typeof writeGguf>[0], ...shown: readonly string[]]>> = {
    'nothing of ours': [{}, ...bundled],
    'a licence': [{ 'general.license': 'mit' }, ...bundled, 'licence MIT <- general.license'],
    'a licence by its name': [
      { 'general.license': 'other', 'general.license.name': 'tongyi-qianwen' },
      ...bundled,
      'licence LicenseRef-tongyi-qianwen-license <- general.license',
    ],
    'a licence that nobody knows': [{ 'general.license': 'other' }, ...bundled, 'licence none <- general.license'],
    'a name': [{ 'general.name': 'My Model' }, ...bundled, 'name My Model <- general.name'],
    'an empty name': [{ 'general.name': ' ' }, ...bundled],
    'a base by its address': [
      { 'general.base_model.count': 1, 'general.base_model.0.repo_url': 'https://huggingface.co/acme/base' },
      ...bundled,
      'quantized hub:acme/base <- general.base_model.0.repo_url',
    ],
    'a base by organisation and name': [
      { 'general.base_model.count': 1, 'general.base_model.0.organization': 'acme', 'general.base_model.0.name': 'My Base' },
      ...bundled,
      'quantized hub:acme/My-Base <- general.base_model.0.name',
    ],
    'two bases': [
      {
        'general.base_model.count': 2,
        'general.base_model.0.repo_url': 'https://huggingface.co/acme/a',
        'general.base_model.1.repo_url': 'https://huggingface.co/acme/b',
      },
      ...bundled,
      'quantized hub:acme/a <- general.base_model.0.repo_url',
      'quantized hub:acme/b <- general.base_model.1.repo_url',
    ],
    'fewer bases than it counts': [{ 'general.base_model.count': 4_000_000_000, 'general.base_model.0.name': 'x' }, ...bundled],
    'a count that is a word': [{ 'general.base_model.count': 'many', 'general.base_model.0.repo_url': 'https://huggingface.co/acme/a' }, ...bundled],
    'data sets': [
      { 'general.dataset.count': 1, 'general.dataset.0.repo_url': 'https://huggingface.co/datasets/acme/data', 'general.datasets': ['acme/more', 'no id'] },
      ...bundled,
      'trainedOn hub:datasets/acme/data <- general.dataset.0.repo_url',
      'trainedOn hub:datasets/acme/more <- general.datasets',
    ],
    'a base elsewhere': [{ 'general.base_model.count': 1, 'general.base_model.0.repo_url': 'https://example.org/acme/base' }, ...bundled],
  };
  for (const [name, [pairs, ...expected]] of Object.entries(metadata))
    it(`with ${name}`, () => assert.deepEqual(shownBy(ggufReader, path, writeGguf(pairs), true), expected));

  const head = (pairs: bigint, version = 3): Uint8Array => bytesOf('GGUF', u32(version), u64(1n), u64(pairs));
  const text = (value: string): Uint8Array => bytesOf(u64(BigInt(value.length)), value);
  const broken: Readonly<Record<string, readonly [bytes: Uint8Array, message: string, limit?: boolean]>> = {
    nothing: [bytesOf(), 'no GGUF header'],
    'another magic': [bytesOf('GGML', new Uint8Array(40)), 'no GGUF header'],
    'version 1': [head(1n, 1), 'GGUF version 1 is not read'],
    'version 4': [head(1n, 4), 'GGUF version 4 is not read'],
    'the other byte order': [bytesOf('GGUF', Uint8Array.of(0, 0, 0, 3), new Uint8Array(20)), 'GGUF version 50331648 is not read'],
    '2^64 - 1 pairs': [head(2n ** 64n - 1n), 'more key-value pairs than are read', true],
    'more pairs than the limit': [head(BigInt(limits.ggufPairs) + 1n), 'more key-value pairs than are read', true],
    'a key of 2^40 bytes': [bytesOf(head(1n), u64(2n ** 40n), 'x'), 'cut short'],
    'a key of 2^63 bytes': [bytesOf(head(1n), u64(2n ** 63n), 'x'), 'cut short'],
    'a value of 2^40 bytes': [bytesOf(head(1n), text('general.name'), u32(8), u64(2n ** 40n), 'x'), 'cut short'],
    'a list of 2^40 strings': [bytesOf(head(1n), text('a'), u32(9), u32(8), u64(2n ** 40n)), 'cut short'],
    'a list of 2^53 numbers': [bytesOf(head(1n), text('a'), u32(9), u32(10), u64(2n ** 53n - 1n)), 'cut short'],
    'a list of lists': [bytesOf(head(1n), text('a'), u32(9), u32(9), u64(1n)), 'cut short'],
    'a type that is none': [bytesOf(head(1n), text('a'), u32(99), u64(1n)), 'cut short'],
    'no pair': [head(0n), 'no metadata'],
  };
  for (const [name, [bytes, message, limit = false]] of Object.entries(broken)) {
    it(`with ${name}: ${message}`, () => {
      assert.deepEqual(problems(ggufReader, bytes), [[message, limit]]);
      assert.deepEqual(shownBy(ggufReader, path, bytes, true), []);
    });
  }

  it('keeps what stands before the mistake', () => {
    const bytes = bytesOf(head(2n), text('general.license'), u32(8), text('mit'), text('x'), u32(8), u64(2n ** 40n));
    assert.deepEqual(shownBy(ggufReader, path, bytes), ['bundles local:m.gguf <- general.name', 'licence MIT <- general.license']);
    assert.deepEqual(problems(ggufReader, bytes), [['cut short', false]]);
  });

  it('steps over values of every type', () => {
    const sized: readonly (readonly [type: number, bytes: number])[] = [
      [0, 1],
      [1, 1],
      [2, 2],
      [3, 2],
      [4, 4],
      [5, 4],
      [6, 4],
      [7, 1],
      [10, 8],
      [11, 8],
      [12, 8],
    ];
    const pairs = sized.flatMap(([type, size]) => [
      bytesOf(text(`k${type}`), u32(type), new Uint8Array(size)),
      bytesOf(text(`l${type}`), u32(9), u32(type), u64(3n), new Uint8Array(size * 3)),
    ]);
    const { pairs: read, problem } = readGguf(bytesOf(head(BigInt(pairs.length) + 1n), ...pairs, text('general.name'), u32(8), text('Last')));
    assert.deepEqual([read.size, read.get('general.name'), problem], [pairs.length + 1, 'Last', null]);
  });

  it('steps over a vocabulary, and over a string that is too long to keep', () => {
    const words = Array.from({ length: 1000 }, (_, at) => text(`w${at}`));
    const bytes = bytesOf(
      head(3n),
      text('tokenizer.ggml.tokens'),
      u32(9),
      u32(8),
      u64(1000n),
      ...words,
      text('template'),
      u32(8),
      text('x'.repeat(limits.ggufStringBytes + 1)),
      text('general.license'),
      u32(8),
      text('mit'),
    );
    assert.deepEqual(shownBy(ggufReader, path, bytes), ['bundles local:m.gguf <- general.name', 'licence MIT <- general.license']);
  });

  it('says something sound when cut at each of the first 64 bytes', () => {
    const whole = writeGguf({ 'general.license': 'mit' });
    for (let end = 0; end <= 64; end += 1) {
      const reading = readWith(ggufReader, path, whole.subarray(0, end));
      assertSound('', reading);
      assert.equal(reading.problems.length, 1, `cut at ${end}`);
    }
  });

  it('never throws, whatever the bytes', () =>
    fuzzBytes(
      ggufReader,
      path,
      writeGguf({
        'general.name': 'My Model',
        'general.license': 'mit',
        'general.base_model.count': 1,
        'general.base_model.0.repo_url': 'https://huggingface.co/acme/base',
        'general.datasets': ['acme/data'],
      }),
    ));

  it('is one file of the tree, at its keys', () => {
    const bytes = writeGguf({ 'general.license': 'mit' });
    const artefact = readArtefact({ path: 'a/m.gguf', bytes, size: bytes.length }, testKnowledge());
    assert.deepEqual(
      [...artefact.places.values()].map((place) => place.key),
      ['general.name', 'general.name', 'general.license'],
    );
    assert.deepEqual(
      artefact.facts.map((fact) => 'work' in fact && fact.work),
      ['local:a/m.gguf', false, 'local:a/m.gguf'],
    );
  });
});
