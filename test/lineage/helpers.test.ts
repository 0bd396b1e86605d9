import assert from 'node:assert/strict';
import type { Artefact } from '../../server/src/artefacts/artefact.ts';
import type { Fact, WorkId } from '../../server/src/artefacts/types.ts';
import { helperAsks, helperUse } from '../../server/src/artefacts/via.ts';
import { helperLinks } from '../../server/src/lineage/helpers.ts';

const relation = (from: WorkId, to: WorkId, via: string): Fact => ({
  kind: 'relation',
  id: `${from} ${to}`,
  from,
  to,
  type: 'generatedBy',
  role: 'decision',
  revision: null,
  via,
  pinnable: false,
  remoteCode: false,
});

const artefact = (path: string, facts: readonly Fact[]): readonly [string, Artefact] => [
  path,
  { path, hash: path, size: 1, facts, factsDigest: path, places: new Map(), problems: [], read: true },
];

/** Data of one file that go through so many functions of others, each in a file of its own, the last of which asks a service. */
const throughFiles = (count: number, ...beside: readonly Fact[]): readonly string[] => {
  const files = new Map([
    artefact('make.py', [relation('local:make.py#files', 'local:f1.py#ask', helperUse)]),
    ...Array.from({ length: count }, (_, at) =>
      artefact(`f${at + 1}.py`, [
        ...(at === 0 ? beside : []),
        relation(`local:f${at + 1}.py#ask`, at + 1 === count ? 'service:acme' : `local:f${at + 2}.py#ask`, helperAsks),
      ]),
    ),
  ]);
  return helperLinks(files, (path, fact) => ({ to: fact.to, at: { path, fact: fact.id } })).map(({ service }) => service);
};

describe('functions of other files that ask a service', () => {
  it('are followed from file to file', () => assert.deepEqual(throughFiles(7), ['service:acme']));
  it('are not known where they lead further', () => assert.deepEqual(throughFiles(8), []));
  const other = relation('local:f1.py#ask', 'service:brook', helperAsks);
  it('may ask two', () => assert.deepEqual(throughFiles(7, other), ['service:brook', 'service:acme']));
  it('choose nothing for sure where one of the ways leads further', () => assert.deepEqual(throughFiles(8, other), []));
});
