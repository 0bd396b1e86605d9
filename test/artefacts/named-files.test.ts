import assert from 'node:assert/strict';
import { namedFilesReader } from '../../server/src/artefacts/named-files.ts';
import { fuzzText, matchesPath, shownBy } from './reading.ts';
import { cpuTime } from '../support/time.ts';

const text = '# Models\n\nDownload [face](https://example.org/v1/Face_v2.onnx?x=1) and `model.safetensors`, then run `a.py`.\n';

describe('documents that name files of weights', () => {
  it('names them once each', () =>
    assert.deepEqual(shownBy(namedFilesReader, 'README.md', `${text}face_v2.onnx`), ['names face_v2.onnx model.safetensors <- ']));
  it('says nothing else', () => assert.deepEqual(shownBy(namedFilesReader, 'README.md', 'data.bin, a.py, v1.2, model.'), []));
  it('goes by their names', () => {
    for (const path of ['README.md', 'docs/a.rst', 'README', 'readme.txt']) assert.ok(matchesPath(namedFilesReader, path), path);
    for (const path of ['a.py', 'notes.txt', 'a.json']) assert.ok(!matchesPath(namedFilesReader, path), path);
  });
  it('ends soon', () => {
    for (const part of ['a', 'a.', 'model.', '-.-']) {
      const started = cpuTime();
      shownBy(namedFilesReader, 'README.md', part.repeat(200_000));
      assert.ok(cpuTime() - started < 2000, part);
    }
  });
  it('never throws', () => fuzzText(namedFilesReader, 'README.md', text));
});
