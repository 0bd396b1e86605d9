import assert from 'node:assert/strict';
import { disclosureReader } from '../../server/src/artefacts/disclosure.ts';
import { cpuTime } from '../support/time.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';

const text = `# Training data

<!-- pedigree: disclosure eu-gpai-summary -->
<!-- https://huggingface.co/datasets/otter/hidden -->

- [Chats](https://huggingface.co/datasets/otter/river-chats), \`pkg:huggingface/datasets/otter/fish@abc\`.
- \`local:data/train.jsonl\`, \`local:data/a b.jsonl\`, written by service:otter-api/swim-2.
- https://huggingface.co/otter/model, a microservice:other, service: none
`;

describe('disclosures of training data', () => {
  it('tells what it is and which works it names, each at its place', () => {
    const reading = readWith(disclosureReader, 'TRAINING_DATA.md', text);
    const [fact] = reading.facts;
    assert.ok(fact?.kind === 'disclosure');
    assert.deepEqual(fact.of, ['eu-gpai-summary']);
    assert.deepEqual(fact.works, [
      'pkg:huggingface/datasets/otter/river-chats',
      'pkg:huggingface/datasets/otter/fish',
      'local:data/train.jsonl',
      'local:data/a b.jsonl',
      'service:otter-api/swim-2',
    ]);
    const placed = fact.works.map((work) => {
      const span = reading.anchors[`${fact.id}#${work}`]?.span;
      return span && text.slice(span.start, span.end);
    });
    assert.deepEqual(placed, [
      'https://huggingface.co/datasets/otter/river-chats',
      'pkg:huggingface/datasets/otter/fish@abc',
      'local:data/train.jsonl',
      'local:data/a b.jsonl',
      'service:otter-api/swim-2',
    ]);
    assert.ok(fact.words.includes(' river chats ') && !fact.words.includes('hidden'));
  });

  it('goes by the name or by the mark', () => {
    assert.deepEqual(shownBy(disclosureReader, 'docs/TRAINING_DATA_SUMMARY.md', 'Nothing.'), ['disclosure <- Nothing.']);
    assert.deepEqual(shownBy(disclosureReader, 'docs/a.md', 'Nothing of pkg:huggingface/datasets/a/b.'), []);
    assert.ok(matchesPath(disclosureReader, 'docs/a.md') && !matchesPath(disclosureReader, 'a.py'));
  });

  it('takes a comment that does not end for the rest', () =>
    assert.deepEqual(shownBy(disclosureReader, 'TRAINING_DATA.md', 'a\n<!-- service:a/b'), ['disclosure <- a']));

  it('ends soon', () => {
    for (const part of ['<!--', '-->', '<!-- pedigree: disclosure ', 'pkg:a/', 'service:a', 'local:', '- ', '\t']) {
      const started = cpuTime();
      shownBy(disclosureReader, 'TRAINING_DATA.md', part.repeat(60_000));
      assert.ok(cpuTime() - started < 2000, part);
    }
  });

  it('never throws', () => fuzzText(disclosureReader, 'TRAINING_DATA.md', text));
});
