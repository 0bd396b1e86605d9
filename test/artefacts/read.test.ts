import assert from 'node:assert/strict';
import fc from 'fast-check';
import { readers, readersFor, readersVersion } from '../../server/src/artefacts/index.ts';
import { bytesWanted, readArtefact } from '../../server/src/artefacts/read.ts';
import type { Knowledge } from '../../server/src/knowledge/types.ts';
import { limits } from '../../server/src/text/limits.ts';
import { packageFiles } from '../hostile/worst.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { encode } from './reading.ts';

const read = (path: string, content: string | Uint8Array, size?: number): ReturnType<typeof readArtefact> => {
  const bytes = typeof content === 'string' ? encode(content) : content;
  return readArtefact({ path, bytes, size: size ?? bytes.length }, testKnowledge());
};

describe('reading a file', () => {
  it('gives lines and columns from 1, in UTF-16 units, without the byte order mark', () => {
    const { facts, places } = read('README.md', '\ufeff---\r\ntags: [x]\r\nlicense: "mit" # é😀\r\n---\r\n');
    const place = places.get(facts.find((fact) => fact.kind === 'licence')?.id ?? '');
    assert.deepEqual(place && [place.line, place.column, place.endLine, place.endColumn, place.cell, place.key], [3, 11, 3, 14, null, null]);
  });
  it('reads UTF-16 too', () =>
    assert.equal(read('README.md', Buffer.from('\ufeff---\nlicense: mit\n---\n', 'utf16le')).facts.filter((fact) => fact.kind === 'licence').length, 1));
  it('says nothing of pictures with the name of a card', () =>
    assert.deepEqual(read('README.md', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13)).facts, []));
  it('is not touched by a file that no reader knows', () => {
    assert.equal(bytesWanted('a.png'), 0);
    assert.equal(read('a.png', 'x').read, false);
  });
  it('joins what several readers say of one file', () => assert.ok(new Set(readersFor('README.md').map((reader) => reader.id)).size >= 3));
  it('says aloud that a file is too large to be read whole', () => {
    const { problems, facts } = read('config.json', '{"model_type": "x"}', limits.structuredBytes + 1);
    assert.equal(facts.length, 0);
    assert.ok(problems.some((problem) => problem.limit && problem.message === 'larger than 1000 kB (model-config)'));
  });
  it('keeps no more facts of a reader than the limit, and says so', () => {
    const { facts, problems } = read(
      'README.md',
      `---\nlicense: mit\ndatasets:\n${Array.from({ length: limits.factsPerFile + 10 }, (_, at) => `- acme/d${at}\n`).join('')}---\n`,
    );
    assert.equal(facts.length, limits.factsPerFile);
    assert.ok(problems.some((problem) => problem.limit && problem.message === `more than ${limits.factsPerFile} facts (card)`));
  });
  it('turns a mistake of ours into a problem of the file', () => {
    const broken = new Proxy({} as Knowledge, {
      get: () => () => {
        throw new Error('no table');
      },
    });
    const { problems } = readArtefact({ path: 'README.md', bytes: encode('---\nlicense: mit\n---\n'), size: 21 }, broken);
    assert.ok(problems.some((problem) => problem.limit && problem.message.startsWith('card failed: Error: no table')));
  });
  it('has an equal digest of facts while the text only moves, and another when it says something else', () => {
    const card = (more: string): string => `---\n${more}license: mit\n---\n`;
    assert.equal(read('README.md', card('')).factsDigest, read('README.md', card('# moved\n')).factsDigest);
    assert.notEqual(read('README.md', card('')).hash, read('README.md', card('# moved\n')).hash);
    assert.notEqual(read('README.md', card('')).factsDigest, read('README.md', card('base_model: acme/b\n')).factsDigest);
  });
  it('has a digest for the line of a fact that white space does not change', () => {
    const digest = (text: string): string | undefined => {
      const { facts, places } = read('README.md', text);
      return places.get(facts.find((fact) => fact.kind === 'licence')?.id ?? '')?.lineDigest;
    };
    assert.equal(digest('---\nlicense: mit\n---\n'), digest('---\ntags: [x]\nlicense:   mit  \n---\n'));
    assert.notEqual(digest('---\nlicense: mit\n---\n'), digest('---\nlicense: mit # x\n---\n'));
  });

  it('has a reader of each id once, and all in the version', () => {
    assert.equal(new Set(readers.map((reader) => reader.id)).size, readers.length);
    for (const { id, version } of readers) assert.ok(readersVersion.includes(`${id}@${version}`));
  });

  it('never throws and has a place for each fact, whatever the path and the bytes', () => {
    const paths = fc.constantFrom(
      'README.md',
      'a/LICENSE',
      'NOTICE',
      'a.py',
      'setup.py',
      'a.ipynb',
      'config.json',
      'adapter_config.json',
      'dataset_info.json',
      'a.yaml',
      'pyproject.toml',
      'setup.cfg',
      'package.json',
      'Cargo.toml',
      ...packageFiles,
      'CITATION.cff',
      'm.safetensors',
      'm.gguf',
    );
    const bytes = fc.oneof(fc.uint8Array({ maxLength: 200 }), fc.string({ unit: 'binary', maxLength: 120 }).map(encode));
    fc.assert(
      fc.property(paths, bytes, fc.nat({ max: 2_000_000 }), (path, content, beyond) => {
        const { facts, places, problems } = read(path, content, content.length + beyond);
        for (const fact of facts) assert.ok(places.has(fact.id));
        assert.deepEqual(
          problems.filter((problem) => problem.message.includes(' failed: ')),
          [],
        );
      }),
      { numRuns: 400 },
    );
  });
});
