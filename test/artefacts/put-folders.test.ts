import assert from 'node:assert/strict';
import { putFoldersReader } from '../../server/src/artefacts/put-folders.ts';
import { fuzzText, matchesPath, shownBy } from './reading.ts';

const cases: Readonly<Record<string, string | null>> = {
  'huggingface-cli download acme/otter --local-dir otter-7b': 'otter-7b',
  'hf download acme/otter --local_dir="./otter-7b/"': 'otter-7b',
  'snapshot_download("acme/otter", local_dir="weights")': 'weights',
  'ln -s /mnt/models/otter otter-7b': 'otter-7b',
  'ln -sfn /mnt/models/otter otter-7b\n': 'otter-7b',
  'huggingface-cli download acme/otter --local-dir acme/otter': null,
  'huggingface-cli download acme/otter --local-dir $HOME/otter': null,
  'aln -s a b': null,
};

describe('folders that scripts and documents put somewhere', () => {
  for (const [text, expected] of Object.entries(cases))
    it(`${expected === null ? 'are none' : `are ${expected}`} in ${JSON.stringify(text)}`, () =>
      assert.deepEqual(
        shownBy(putFoldersReader, 'get.sh', text).map((line) => line.split(' <- ')[0]),
        expected === null ? [] : [`puts ${expected}`],
      ));
  it('are read in documents, shells and Python', () => {
    for (const path of ['README.md', 'a/get.sh', 'a/get.py']) assert.ok(matchesPath(putFoldersReader, path));
    assert.ok(!matchesPath(putFoldersReader, 'a/get.json'));
  });
  it('never throw', () => fuzzText(putFoldersReader, 'get.sh', 'ln -s /mnt/otter otter\nhf download acme/river --local-dir river\n'));
});
