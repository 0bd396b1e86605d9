import assert from 'node:assert/strict';
import fc from 'fast-check';
import { identifyBytes } from '../../server/src/licence/identify.ts';
import { readLicenceIndex } from '../../server/src/licence/recognise/index-file.ts';
import type { Knowledge } from '../../server/src/knowledge/types.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { shipped, textOf } from '../support/licences.ts';
import { cpuTime } from '../support/time.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const seed = 20_260_102;

const linesIn = (bytes: Uint8Array): number => {
  let lines = 1;
  bytes.forEach((byte, at) => {
    if (byte === 10 || (byte === 13 && bytes[at + 1] !== 10)) lines += 1;
  });
  return lines;
};

const check = (bytes: Uint8Array, knowledge: Knowledge = testKnowledge()): void => {
  const { expression, matches } = identifyBytes(bytes, knowledge);
  const lines = linesIn(bytes);
  assert.ok(expression === null || expression !== '');
  let before = 1;
  for (const match of matches) {
    const said = JSON.stringify(match);
    assert.ok(match.startLine >= before && match.startLine <= match.endLine && match.endLine <= lines, `${said} of ${lines}`);
    assert.ok(match.score > 0 && match.score <= 1, said);
    assert.equal(match.of === undefined, match.changes === undefined, said);
    for (const change of match.changes ?? []) assert.ok(change.startLine >= 1 && change.startLine <= change.endLine && change.endLine <= lines, said);
    before = match.startLine;
  }
};

const ids = ['MIT', 'ISC', 'BSD-3-Clause', 'Zlib', 'Apache-2.0', 'MPL-2.0', 'GPL-2.0-only', 'CC-BY-4.0', 'OFL-1.1'];
const tag = 'SPDX-License-' + 'Identifier:';
const oddities = [
  '\u0000',
  '\r',
  '\r\n',
  '\n\n\n',
  '\t',
  '<',
  '>',
  '<a href="https://opensource.org/licenses/MIT">',
  '<!--',
  '&copy;',
  '&',
  '\\n',
  '\\',
  '(c)',
  '\u00a9 2024',
  '%%',
  '"',
  '\u201c',
  '\u8bb8\u53ef\u8bc1',
  '\u30e9\u30a4\u30bb\u30f3\u30b9',
  '\ud83d\ude00',
  '\ud800',
  '\u0130',
  '\ufb00',
  '2.0+',
  'GPLv3',
  'or later',
  'MIT OR Apache-2.0',
  `# ${tag} MIT`,
  `// ${tag} (`,
  'https://www.apache.org/licenses/LICENSE-2.0',
  'http://',
  'www.',
  'mailto:a@b.c',
  'Licensed under the ',
  'not ',
  'dnl ',
  'REM ',
  '0.0.0.0.0',
  '1.',
  'a)',
  "'",
  "it's",
];
const fragment = fc
  .tuple(fc.constantFrom(...ids), fc.double({ min: 0, max: 1, noNaN: true }), fc.nat({ max: 900 }))
  .map(([id, share, length]) => textOf(id).slice(Math.floor(share * textOf(id).length), Math.floor(share * textOf(id).length) + length));
const mix = fc.array(fc.oneof(fragment, fc.constantFrom(...oddities), fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 14 });
const options = { seed, numRuns: 300 };

describe(`identify: any bytes (seed ${seed})`, () => {
  it('random ones', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => check(bytes)),
      options,
    ));

  it('random mixes of fragments', () =>
    fc.assert(
      fc.property(mix, fc.constantFrom('', ' ', '\n', '\n\n'), (parts, between) => check(bytesOf(parts.join(between)))),
      options,
    ));

  it('fragments with bytes that were overwritten, and cut anywhere, in the middle of a letter too', () =>
    fc.assert(
      fc.property(mix, fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { maxLength: 20 }), fc.nat(), (parts, writes, end) => {
        const bytes = bytesOf(parts.join('\u00e9 \u8bb8 '));
        for (const [at, value] of writes) if (bytes.length > 0) bytes[at % bytes.length] = value;
        check(bytes.subarray(0, end % (bytes.length + 1)));
      }),
      options,
    ));

  it('a view into a longer buffer is the same as a copy of it', () => {
    const bytes = bytesOf(`\u00e9${textOf('MIT')}${textOf('ISC')}`);
    assert.deepEqual(identifyBytes(bytes.subarray(1, 1_000), testKnowledge()), identifyBytes(bytes.slice(1, 1_000), testKnowledge()));
  });

  const odd: Readonly<Record<string, Uint8Array>> = {
    nothing: new Uint8Array(0),
    'one byte': new Uint8Array([255]),
    'zeros alone': new Uint8Array(50_000),
    'the highest byte alone': new Uint8Array(50_000).fill(255),
    'continuation bytes alone': new Uint8Array(50_000).fill(0x80),
    'the first bytes of letters alone': new Uint8Array(50_000).fill(0xf0),
    'UTF-16': Uint8Array.from([...textOf('MIT')].flatMap((char) => [char.charCodeAt(0) & 255, 0])),
    'Latin-1': Uint8Array.from([...`Copyright (c) 2024 Jos\u00e9 Garc\u00eda\n\n${textOf('MIT')}`].map((char) => char.charCodeAt(0) & 255)),
    'zeros between the words': bytesOf(textOf('MIT').replaceAll(' ', '\u0000')),
    'lone surrogates': bytesOf('\ud800 license \udc00'.repeat(1_000)),
    'longer than what is read': bytesOf(`${'word '.repeat(120_000)}${textOf('MIT')}`),
  };
  for (const [name, bytes] of Object.entries(odd)) it(name, () => check(bytes));
});

/** What a part is repeated to, at first: enough to be told from the start of the engine, and four times as much within what is read. */
const bytesAtFirst = 60_000;
const times = 4;
/** Four times the text takes about four times as long; what is quadratic takes sixteen. */
const most = 12;
/** Milliseconds that nobody waits for. */
const atOnce = 1000;
/** A measure below it is noise. */
const least = 10;

/** What takes so long is no noise, and is measured once. */
const patience = 300;

const timeOf = (bytes: Uint8Array): number => {
  let best = Infinity;
  const from = cpuTime();
  for (let round = 0; round < 3 && (round === 0 || cpuTime() - from < patience); round += 1) {
    const started = cpuTime();
    identifyBytes(bytes, testKnowledge());
    best = Math.min(best, cpuTime() - started);
  }
  return best;
};

describe('identify: time is linear in the text', function () {
  // A ratio of two measures: what else runs on the machine falls into one of them.
  this.retries(2);
  const parts: readonly string[] = [
    'GPL ',
    'license ',
    'licence: ',
    '<',
    '< ',
    '<a ',
    '&',
    '&amp',
    '(c) ',
    'Copyright (c) 2024 Somebody ',
    'http://',
    'http://a.b/c ',
    'www.',
    '[',
    '[x](http://',
    '"',
    '\\n',
    '\n',
    '\r',
    '\u0000',
    'a',
    'a.',
    'a@',
    '1.',
    '1',
    'MIT OR ',
    'MIT, ',
    'GPL-2.0+ or ',
    'version 2 or later ',
    'either version 2 of the License, or ',
    'GNU General Public License ',
    'as published by the Free Software Foundation ',
    'under the terms of the ',
    'Apache License Version 2.0 ',
    'may not ',
    'only for non commercial use ',
    'Permission is hereby granted, free of charge, ',
    'without limitation ',
    'Redistributions of source code must retain the above copyright notice. ',
    'not be used to endorse or promote products derived from this software ',
    '\u8bb8\u53ef',
    '\u00e9',
    '\u2019',
    '\ud83d\ude00',
    `${tag} `,
    `# ${tag} MIT\n`,
    `# ${tag} (MIT OR `,
    '{"license": "MIT"}, ',
    '[{"license": "MIT"}, \n',
    textOf('MIT'),
    textOf('ISC').toUpperCase(),
    textOf('BSD-3-Clause').replace('not be used', 'be used'),
    textOf('Apache-2.0'),
    textOf('MIT').slice(300, 700),
    Object.values(shipped)
      .map(({ licenseText }) => licenseText.slice(0, 140))
      .join('\n'),
  ];
  for (const part of parts)
    it(JSON.stringify(part).slice(0, 60), () => {
      const repeated = (size: number): Uint8Array => bytesOf(part.repeat(Math.ceil(size / bytesOf(part).length)));
      const longer = timeOf(repeated(bytesAtFirst * times));
      const ratio = longer / Math.max(least, timeOf(repeated(bytesAtFirst)));
      check(repeated(bytesAtFirst));
      // What is done at once may be done unevenly: a collection of texts has a step where all of them become candidates.
      assert.ok(ratio < most || longer < atOnce, `four times the text took ${ratio.toFixed(1)} times as long, ${longer.toFixed(0)} ms`);
    });

  it('in the number of different texts', () => {
    const all = Object.values(shipped).map(({ licenseText }) => licenseText);
    const some = (size: number): Uint8Array => bytesOf(all.join('\n\n').slice(0, size));
    const ratio = timeOf(some(bytesAtFirst * times)) / Math.max(least, timeOf(some(bytesAtFirst)));
    assert.ok(ratio < most, `${ratio.toFixed(1)}`);
  });
});

describe('identify: a damaged index', () => {
  const whole = testKnowledge().licenceIndex();
  const samples = [textOf('MIT'), textOf('Apache-2.0'), `${textOf('ISC')}\n${textOf('BSD-3-Clause')}`, 'Licensed under GPL 2 or later, or MIT.'].map(bytesOf);
  const isHarmless = (file: Uint8Array): void => {
    const index = readLicenceIndex(file);
    if (!index) return;
    const knowledge: Knowledge = { ...testKnowledge(), licenceIndex: () => file };
    for (const sample of samples) identifyBytes(sample, knowledge);
  };

  it('is none', () => {
    for (const file of [new Uint8Array(0), new Uint8Array(7), new Uint8Array(64), bytesOf('PGLX'), bytesOf(textOf('MIT'))]) isHarmless(file);
    assert.deepEqual(
      samples.map((sample) => identifyBytes(sample, { ...testKnowledge(), licenceIndex: () => new Uint8Array(0) }).expression),
      samples.map(() => null),
    );
  });

  it('is cut short', () =>
    fc.assert(
      fc.property(fc.nat({ max: whole.length - 1 }), (end) => isHarmless(new Uint8Array(whole.subarray(0, end)))),
      { seed, numRuns: 10, examples: [[15], [16], [100], [whole.length - 1]] },
    ));

  it('has other bits', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), fc.nat({ max: 7 })), { minLength: 1, maxLength: 200 }), fc.boolean(), (flips, head) => {
        // Not `slice`, which of a Buffer is a view: the other tests need the index as it is.
        const file = new Uint8Array(whole);
        // The head says where the sections are: it is hit as often as all the rest.
        for (const [at, bit] of flips.slice(0, head ? 3 : flips.length)) {
          const place = at % (head ? 1_024 : file.length);
          file[place] = (file[place] ?? 0) ^ (1 << bit);
        }
        isHarmless(file);
        assert.ok(Buffer.compare(file, whole) === 0 || readLicenceIndex(file) === undefined, 'what was damaged is not believed');
      }),
      { seed, numRuns: 12 },
    ));
});
