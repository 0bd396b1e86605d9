import assert from 'node:assert/strict';
import fc from 'fast-check';
import { localLoad, rewritten, savedIn } from '../../server/src/artefacts/via.ts';
import type { Anchor, Fact, ReadInput, Reader, Reading } from '../../server/src/artefacts/types.ts';
import { wordedIn } from '../../server/src/artefacts/worded.ts';
import { decode } from '../../server/src/text/decode.ts';
import { testKnowledge } from '../support/knowledge.ts';

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Runs one reader as `readArtefact` does, on text or bytes. */
export const readWith = (reader: Reader, path: string, content: string | Uint8Array, size?: number): Reading => {
  const bytes = typeof content === 'string' ? encode(content) : content;
  const text = reader.wants === 'bytes' ? '' : typeof content === 'string' ? content : (decode(content)?.text ?? '');
  const input: ReadInput = { path, text, bytes, size: size ?? bytes.length };
  const reading = reader.read(input, testKnowledge());
  // Whoever looked for its words before and found none gets the same.
  if (reader.words && text.length < 5000 && wordedIn([reader], encode(text), testKnowledge())(reader) === false)
    assert.deepEqual(reader.read({ ...input, worded: false }, testKnowledge()), reading, `${reader.id} says something of ${path} without its words`);
  return reading;
};

export const matchesPath = (reader: Reader, path: string): boolean => reader.matches(path, path.slice(path.lastIndexOf('/') + 1).toLowerCase());

const short = (work: string): string => work.replace('pkg:huggingface/', 'hub:');

const said = (fact: Fact): string => {
  if (fact.kind === 'licence')
    return ['licence', fact.licences.join(fact.choice ? '|' : '+') || 'none', fact.problem?.code, fact.problem?.suggestion].filter(Boolean).join(' ');
  if (fact.kind === 'relation')
    return [fact.type, short(fact.to), fact.revision === null ? '' : `@${fact.revision}`, fact.role === 'decision' ? '' : fact.role].filter(Boolean).join(' ');
  if (fact.kind === 'work') return `work ${fact.workKind}`;
  if (fact.kind === 'name') return `name ${fact.name}`;
  if (fact.kind === 'call') return `call ${fact.service}${fact.model === null ? '' : `/${fact.model}`} ${fact.role}`;
  if (fact.kind === 'suppression') return `${fact.whole ? 'file' : 'line'} ${fact.rules.join('+')}: ${fact.reason}`;
  if (fact.kind === 'header')
    return ['header', fact.holders.join(' & '), fact.licences.join(fact.choice ? '|' : '+'), fact.whole ? 'whole' : '', fact.reserved ? 'reserved' : '']
      .filter(Boolean)
      .join(' ');
  if (fact.kind === 'notice') return ['notice', fact.holders.join(' & '), fact.repositories.join(' '), fact.licences.join('+')].filter(Boolean).join(' ');
  if (fact.kind === 'put-folders') return `puts ${fact.names.join(' ')}`;
  if (fact.kind === 'named-files') return `names ${fact.files.join(' ')}`;
  if (fact.kind === 'cover') return `cover ${fact.globs.join(' ')}: ${fact.licences.join('+')}`;
  if (fact.kind === 'seal') return `broken ${fact.broken}`;
  if (fact.kind === 'digest') return `${fact.algorithm} of ${fact.files.join(' or ')} by ${fact.via}`;
  if (fact.kind === 'reference') {
    const to = [fact.to.repository, fact.to.path].filter((part) => part !== null).join(' ');
    return [fact.ours ? 'our' : '', fact.via, to, fact.licences.join('+'), fact.credited ? 'credited' : ''].filter(Boolean).join(' ');
  }
  if (fact.kind === 'home') return `home ${fact.via} ${fact.repository}`;
  if (fact.kind === 'stray') return `${fact.original} from ${fact.place}`;
  if (fact.kind === 'taken') return `${fact.what} ${fact.stated}`;
  if (fact.kind === 'claim') return ['claim', fact.claim, fact.scope, fact.licences.join('+')].filter(Boolean).join(' ');
  if (fact.kind === 'disclosure') return ['disclosure', fact.of.join('+'), fact.works.map(short).join(' ')].filter(Boolean).join(' ');
  if (fact.kind === 'setting') return `setting ${fact.key}: ${fact.value}`;
  if (fact.kind === 'told') return `told ${fact.service}${fact.terms ? ' and its terms' : ''}`;
  if (fact.kind === 'cells') return 'cells';
  if (fact.kind === 'code-flag') return 'code of any repository';
  if (fact.kind === 'redirect') return `redirect ${fact.service}`;
  return `display ${fact.text}`;
};

/** The text that an anchor stands on, or its metadata key. */
export const anchored = (text: string, reading: Reading, anchor: Anchor | undefined): string => {
  if (!anchor) return 'NO ANCHOR';
  if (anchor.key !== undefined) return anchor.key;
  const source = anchor.cell === undefined ? text : (reading.cells?.[anchor.cell] ?? '');
  return `${anchor.cell === undefined ? '' : `[${anchor.cell}]`}${source.slice(anchor.span.start, anchor.span.end)}`;
};

/** What nearly every file has, so that it is shown only where it is asked for. */
const everywhere = new Set(['work', 'home', 'reference']);

/** What counts only where some other file of the tree makes it. */
const conditional = new Set([localLoad, savedIn, rewritten]);

/** Each fact as `what it says <- text that it stands on`. */
export const shownBy = (reader: Reader, path: string, content: string | Uint8Array, works = false): readonly string[] => {
  const reading = readWith(reader, path, content);
  const text = typeof content === 'string' ? content : '';
  return reading.facts
    .filter((fact) => works || !(everywhere.has(fact.kind) || (fact.kind === 'relation' && conditional.has(fact.via))))
    .map((fact) => (fact.kind === 'work' ? said(fact) : `${said(fact)} <- ${anchored(text, reading, reading.anchors[fact.id])}`));
};

/** What holds of every reading, whatever the bytes. */
export const assertSound = (text: string, reading: Reading): void => {
  const ids = reading.facts.map((fact) => fact.id);
  assert.equal(new Set(ids).size, ids.length, 'ids are unique');
  for (const id of ids) assert.ok(reading.anchors[id], `${id} has an anchor`);
  for (const [id, { span, cell, key }] of Object.entries(reading.anchors)) {
    if (key !== undefined) continue;
    const length = cell === undefined ? text.length : (reading.cells?.[cell]?.length ?? -1);
    assert.ok(Number.isInteger(span.start) && span.start >= 0 && span.start <= span.end && span.end <= length, `${id}: ${span.start}-${span.end} of ${length}`);
  }
  for (const { span } of reading.problems)
    if (span) assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `problem ${span.start}-${span.end} of ${text.length}`);
};

const hostile = [
  '\u0000',
  '\n',
  '\r',
  '\r\n',
  '"',
  "'",
  '`',
  '\\',
  '😀',
  '\ud800',
  '\u2028',
  '\ufeff',
  '---\n',
  ': ',
  '- ',
  '[',
  '{',
  ')',
  '](',
  '#',
  '\t',
  '${',
  '{{',
  '(',
  ',',
  '=',
  '__proto__',
  'constructor',
  ' '.repeat(80),
  'x'.repeat(300),
];

/** Random strings, and a sample with pieces cut out, doubled, or replaced by hostile ones. fast-check prints the seed of a failure. */
export const hostileText = (sample: string): fc.Arbitrary<string> => {
  const at = fc.nat({ max: sample.length });
  const edit = fc.record({
    from: at,
    length: fc.nat({ max: 24 }),
    put: fc.oneof(fc.constantFrom('', ...hostile), fc.string({ unit: 'binary', maxLength: 6 })),
  });
  const mutated = fc
    .array(edit, { minLength: 1, maxLength: 6 })
    .map((edits) => edits.reduce((text, { from, length, put }) => text.slice(0, from) + put + text.slice(from + length), sample));
  return fc.oneof(
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
    { weight: 1, arbitrary: fc.array(fc.constantFrom(...hostile), { maxLength: 20 }).map((parts) => parts.join('')) },
    { weight: 4, arbitrary: mutated },
    { weight: 1, arbitrary: at.map((end) => sample.slice(0, end)) },
  );
};

/** More runs than a test has time for: `PEDIGREE_FUZZ=50 npx mocha ...`. */
const more = Number(process.env['PEDIGREE_FUZZ'] ?? 1);

export const fuzzText = (reader: Reader, path: string, sample: string, numRuns = 250): void => {
  // The sample itself must say something, or its mutations would test nothing.
  assert.ok(readWith(reader, path, sample).facts.length > 0);
  fc.assert(
    fc.property(hostileText(sample), (text) => assertSound(text, readWith(reader, path, text))),
    { numRuns: numRuns * more },
  );
};

/** Random bytes, and a sample with bytes changed, cut out, put in, and its end cut off; the file may be said to be larger than its head. */
export const fuzzBytes = (reader: Reader, path: string, sample: Uint8Array, numRuns = 300): void => {
  assert.ok(readWith(reader, path, sample).facts.length > 0);
  const put = fc.oneof(
    fc.constantFrom(
      [],
      [0],
      [0xff],
      Array.from({ length: 8 }, () => 0xff),
      [0, 0, 0, 0, 0, 1, 0, 0],
      [0, 0, 0, 0, 0, 0, 0, 0x80],
    ),
    fc.array(fc.nat({ max: 255 }), { maxLength: 9 }),
  );
  // Lengths and types stand at the head, so that is where most of the harm is done.
  const at = fc.oneof(fc.nat({ max: 64 }), fc.nat({ max: sample.length }));
  const mutated = fc
    .array(fc.record({ from: at, drop: fc.nat({ max: 9 }), put }), { minLength: 1, maxLength: 4 })
    .map((edits) =>
      edits.reduce<Uint8Array>(
        (bytes, edit) => Buffer.concat([bytes.subarray(0, edit.from), Buffer.from(edit.put), bytes.subarray(edit.from + edit.drop)]),
        sample,
      ),
    );
  const bytes = fc.oneof(
    { weight: 1, arbitrary: fc.uint8Array({ maxLength: 200 }) },
    { weight: 1, arbitrary: at.map((end) => sample.subarray(0, end)) },
    { weight: 5, arbitrary: mutated },
  );
  fc.assert(
    fc.property(bytes, fc.constantFrom(0, 0, 1_000_000_000), (content, beyond) => assertSound('', readWith(reader, path, content, content.length + beyond))),
    { numRuns: numRuns * more },
  );
};

/** Every bit of a sample's first bytes, turned over one at a time: lengths, types and offsets are off by a power of two. */
export const flipBits = (reader: Reader, path: string, sample: Uint8Array, bytes = 400): void => {
  for (let bit = 0; bit < Math.min(bytes, sample.length) * 8; bit += 1) {
    const changed = Uint8Array.from(sample);
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    assertSound('', readWith(reader, path, changed));
  }
};
