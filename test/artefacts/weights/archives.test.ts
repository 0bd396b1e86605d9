import assert from 'node:assert/strict';
import { gunzippedHead, tarMembers, zipMembers } from '../../../server/src/artefacts/weights/archive.ts';
import { checkpointReader } from '../../../server/src/artefacts/weights/checkpoint.ts';
import { kerasReader } from '../../../server/src/artefacts/weights/keras.ts';
import { nemoReader } from '../../../server/src/artefacts/weights/nemo.ts';
import { sourceOf } from '../../../server/src/artefacts/weights/source.ts';
import { limits } from '../../../server/src/text/limits.ts';
import { testKnowledge } from '../../support/knowledge.ts';
import { gzipped, writeTar, writeZip } from '../../support/archives.ts';
import { assertSound, encode, flipBits, fuzzBytes, matchesPath, readWith, shownBy } from '../reading.ts';

const whole = (bytes: Uint8Array): ReturnType<typeof sourceOf> => sourceOf({ bytes, size: bytes.length });
const contents = (members: ReturnType<typeof zipMembers>): unknown =>
  members?.map(({ name, content }) => {
    const bytes = content();
    return [name, bytes && new TextDecoder().decode(bytes)];
  });

describe('archives', () => {
  it('zip, by its list', () => {
    assert.deepEqual(contents(zipMembers(whole(writeZip({ 'a.txt': 'one', 'b/c.txt': 'two' })))), [
      ['a.txt', 'one'],
      ['b/c.txt', 'two'],
    ]);
    assert.deepEqual(contents(zipMembers(whole(writeZip({ 'a.txt': 'one '.repeat(100) }, { deflate: true, comment: 'made by us' })))), [
      ['a.txt', 'one '.repeat(100)],
    ]);
  });
  it('zip, names alone where the contents are not at hand', () => {
    const zip = writeZip({ 'a.txt': 'x'.repeat(50_000) });
    const ends = sourceOf({ bytes: zip.subarray(0, 100), tail: zip.subarray(-1_000), size: zip.length });
    assert.deepEqual(contents(zipMembers(ends)), [['a.txt', undefined]]);
  });
  it('zip, nothing that unpacks to more than is read', () =>
    assert.deepEqual(contents(zipMembers(whole(writeZip({ a: new Uint8Array(limits.archiveMemberBytes + 1) }, { deflate: true })))), [['a', undefined]]));
  it('zip, none', () => {
    for (const bytes of [new Uint8Array(), new Uint8Array(100), encode('PK\u0005\u0006'), writeZip({ a: 'b' }).subarray(0, 40)])
      assert.equal(zipMembers(whole(bytes)), undefined);
  });
  it('zip, whose list lies beyond the file', () => {
    const zip = Buffer.from(writeZip({ a: 'b' }));
    zip.writeUInt32LE(0xffff_fff0, zip.length - 6);
    assert.equal(zipMembers(whole(zip)), undefined);
    zip.writeUInt32LE(0xffff_ffff, zip.length - 6);
    assert.equal(zipMembers(whole(zip)), undefined);
  });
  it('tar', () => {
    assert.deepEqual(contents(tarMembers(whole(writeTar({ './': '', './a.txt': 'one', './b.txt': 'x'.repeat(600) })))), [
      ['./a.txt', 'one'],
      ['./b.txt', 'x'.repeat(600)],
    ]);
    for (const bytes of [new Uint8Array(), new Uint8Array(2_048), encode('x'.repeat(2_048))]) assert.equal(tarMembers(whole(bytes)), undefined);
  });
  it('gzip, cut anywhere', () => {
    const packed = gzipped(writeTar({ a: 'one' }));
    assert.ok(gunzippedHead(packed));
    for (let end = 0; end < packed.length; end += 7) assert.doesNotThrow(() => gunzippedHead(packed.subarray(0, end)));
  });
  it('gzip that unpacks to a thousand times its size', () => {
    const bomb = gzipped(new Uint8Array(200_000_000));
    const head = gunzippedHead(bomb);
    assert.ok(head && head.length <= limits.gunzippedBytes);
  }).timeout(10_000);
});

const checkpoint = (name = 'archive'): Uint8Array =>
  writeZip({
    [`${name}/data.pkl`]: "cos\nsystem\n(S'touch /tmp/owned'\ntR.",
    [`${name}/byteorder`]: 'little',
    [`${name}/data/0`]: new Uint8Array(64),
    [`${name}/version`]: '3\n',
  });

describe('PyTorch checkpoints', () => {
  for (const path of ['best.pt', 'a/model.pth', 'sd.ckpt', 'pytorch_model.bin', 'adapter_model.bin'])
    it(`looks into ${path}`, () => assert.ok(matchesPath(checkpointReader, path)));
  for (const path of ['firmware.bin', 'data.pkl', 'model.py']) it(`leaves ${path} alone`, () => assert.ok(!matchesPath(checkpointReader, path)));

  const works = (bytes: Uint8Array): readonly string[] => shownBy(checkpointReader, 'best.pt', bytes, true);
  it('are known by the names in their archive', () => assert.deepEqual(works(checkpoint()), ['work model']));
  it('of before archives are known by their first bytes', () =>
    assert.deepEqual(works(Uint8Array.of(0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e)), ['work model']));
  for (const [name, bytes] of Object.entries({
    'another archive': writeZip({ 'a.txt': 'b' }),
    'another pickle': Uint8Array.of(0x80, 0x04, 0x95, 0),
    'a pickle deeper in an archive': writeZip({ 'a/b/data.pkl': 'x' }),
    'a stand-in of Git LFS': encode('version https://git-lfs.github.com/spec/v1\n'),
    nothing: new Uint8Array(),
  }))
    it(`${name} is none, and no mistake either`, () =>
      assert.deepEqual(readWith(checkpointReader, 'best.pt', bytes), { facts: [], anchors: {}, problems: [] }));
  it('are known by the ends of the file alone', () => {
    const large = writeZip({ 'archive/data.pkl': new Uint8Array(3_000_000), 'archive/version': '3\n' });
    const reading = checkpointReader.read(
      { path: 'best.pt', text: '', bytes: large.subarray(0, checkpointReader.maximum), tail: large.subarray(-limits.weightsTailBytes), size: large.length },
      testKnowledge(),
    );
    assert.equal(reading.facts.length, 1);
  });
  it('never throws, whatever the bytes', () => fuzzBytes(checkpointReader, 'best.pt', checkpoint()));
});

const keras = (): Uint8Array =>
  writeZip({ 'metadata.json': '{"keras_version": "3.5.0", "date_saved": "2026-01-01@00:00:00"}', 'config.json': '{}', 'model.weights.h5': new Uint8Array(64) });

describe('archives of weights with any bit turned over', () => {
  it('checkpoints', () => flipBits(checkpointReader, 'best.pt', checkpoint(), 2_000));
  it('models of Keras', () => flipBits(kerasReader, 'm.keras', keras(), 2_000));
  it('models of NeMo', () => flipBits(nemoReader, 'm.nemo', nemo('a: b\n'), 700));
  it('models of NeMo, packed', () => flipBits(nemoReader, 'm.nemo', gzipped(nemo('a: b\n'))));
});

describe('models of Keras', () => {
  it('are known by their name', () => assert.ok(matchesPath(kerasReader, 'a/model.keras') && !matchesPath(kerasReader, 'keras.py')));
  it('are works', () => {
    assert.deepEqual(shownBy(kerasReader, 'm.keras', keras(), true), ['work model']);
    assert.deepEqual(
      readWith(kerasReader, 'm.keras', keras()).facts.map((fact) => fact.kind === 'work' && fact.work),
      ['local:m.keras'],
    );
  });
  for (const [name, bytes] of Object.entries({
    'another archive': writeZip({ 'a.txt': 'b' }),
    'metadata of something else': writeZip({ 'metadata.json': '{"name": "x"}' }),
    'metadata that are broken': writeZip({ 'metadata.json': '{"keras' }),
  }))
    it(`${name} is none`, () =>
      assert.deepEqual(
        readWith(kerasReader, 'm.keras', bytes).problems.map((problem) => problem.message),
        ['no model of Keras'],
      ));
  it('never throws, whatever the bytes', () => fuzzBytes(kerasReader, 'm.keras', keras()));
});

const nemo = (config: string): Uint8Array =>
  writeTar({ './': '', './0a1b_tokenizer.model': new Uint8Array(700), './model_config.yaml': config, './model_weights.ckpt': new Uint8Array(64) });

describe('models of NeMo', () => {
  it('are known by their name', () => assert.ok(matchesPath(nemoReader, 'a/model.nemo') && !matchesPath(nemoReader, 'nemo.yaml')));
  const cases: Readonly<Record<string, readonly [config: string, ...shown: readonly string[]]>> = {
    'a base': ['language_model:\n  pretrained_model_name: acme/base\n', 'finetune hub:acme/base <- language_model.pretrained_model_name'],
    'a tokenizer of another model': ['tokenizer:\n  library: huggingface\n  type: acme/base\n', 'loads hub:acme/base <- tokenizer.type'],
    'a base that is a path': ['restore_from_path: /models/a.nemo\n'],
    'a broken configuration': ['a: "'],
  };
  for (const [name, [config, ...expected]] of Object.entries(cases)) {
    it(`with ${name}`, () => assert.deepEqual(shownBy(nemoReader, 'm.nemo', nemo(config)), expected));
    it(`with ${name}, packed`, () => assert.deepEqual(shownBy(nemoReader, 'm.nemo', gzipped(nemo(config))), expected));
  }
  it('without a configuration are works all the same', () => assert.deepEqual(shownBy(nemoReader, 'm.nemo', writeTar({ a: 'b' }), true), ['work model']));
  it('names what is none', () =>
    assert.deepEqual(
      readWith(nemoReader, 'm.nemo', encode('x'.repeat(1_000))).problems.map((problem) => problem.message),
      ['no archive of NeMo'],
    ));
  it('says something sound when cut at each of the first 64 bytes', () => {
    const sample = nemo('a: b\n');
    for (let end = 0; end <= 64; end += 1) assertSound('', readWith(nemoReader, 'm.nemo', sample.subarray(0, end), sample.length));
  });
  it('never throws, whatever the bytes', () => {
    fuzzBytes(nemoReader, 'm.nemo', nemo('language_model: {pretrained_model_name: acme/base}\n'), 200);
    fuzzBytes(nemoReader, 'm.nemo', gzipped(nemo('tokenizer: {library: huggingface, type: acme/base}\n')), 200);
  });
});
