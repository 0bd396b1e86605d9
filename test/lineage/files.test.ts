import assert from 'node:assert/strict';
import type { Artefact } from '../../server/src/artefacts/artefact.ts';
import { readArtefact } from '../../server/src/artefacts/read.ts';
import { factsOf, pathsOf, statingPaths, withFiles } from '../../server/src/lineage/files.ts';
import { testKnowledge } from '../support/knowledge.ts';

const read = (path: string, text: string): readonly [string, Artefact] => {
  const bytes = new TextEncoder().encode(text);
  return [path, readArtefact({ path, bytes, size: bytes.length }, testKnowledge())];
};
const card = (licence: string): string => `---\nlicense: ${licence}\nbase_model: acme/base\n---\n# x\n`;

describe('files of a tree', () => {
  const files = new Map([read('b/README.md', card('mit')), read('a/README.md', card('mit')), read('c.txt', '')]);

  it('are told in order, with what they state', () => {
    assert.deepEqual(pathsOf(files), ['a/README.md', 'b/README.md', 'c.txt']);
    assert.deepEqual(statingPaths(files), ['a/README.md', 'b/README.md']);
    assert.deepEqual(
      factsOf(files, 'licence').map(({ path, fact }) => [path, fact.stated]),
      [
        ['a/README.md', 'mit'],
        ['b/README.md', 'mit'],
      ],
    );
  });
  it('keep the lists that a change leaves alone', () => {
    const before = { relations: factsOf(files, 'relation'), licences: factsOf(files, 'licence'), paths: pathsOf(files), stating: statingPaths(files) };
    const next = withFiles(files, new Map([read('b/README.md', card('apache-2.0'))]));
    assert.equal(factsOf(next, 'relation'), before.relations);
    assert.equal(pathsOf(next), before.paths);
    assert.equal(statingPaths(next), before.stating);
    assert.deepEqual(
      factsOf(next, 'licence').map(({ fact }) => fact.stated),
      ['mit', 'apache-2.0'],
    );
    assert.deepEqual(
      before.licences.map(({ fact }) => fact.stated),
      ['mit', 'mit'],
    );
  });
  it('are what they would be, were they made anew', () => {
    const again = new Map([read('a/README.md', 'no facts'), read('b/README.md', card('mit').replace('base\n', 'base\ndatasets: [acme/data]\n'))]);
    const next = withFiles(files, again);
    const fresh = new Map(next);
    for (const kind of ['licence', 'relation', 'work', 'name'] as const) assert.deepEqual(factsOf(next, kind), factsOf(fresh, kind), kind);
    assert.deepEqual(statingPaths(next), statingPaths(fresh));
    const more = withFiles(next, new Map([read('0/README.md', card('mit'))]));
    assert.equal(pathsOf(more)[0], '0/README.md');
    assert.equal(factsOf(more, 'licence')[0]?.path, '0/README.md');
  });
});
