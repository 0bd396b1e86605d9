import assert from 'node:assert/strict';
import fc from 'fast-check';
import { expressionOf, shipped, textOf } from '../support/licences.ts';

const common =
  'MIT MIT-0 Apache-2.0 BSD-1-Clause BSD-2-Clause BSD-3-Clause BSD-4-Clause 0BSD ISC X11 Zlib BSL-1.0 Unlicense WTFPL OFL-1.1 Artistic-2.0 GPL-1.0-only GPL-2.0-only GPL-3.0-only LGPL-2.0-only LGPL-2.1-only LGPL-3.0-only AGPL-3.0-only GFDL-1.3-only MPL-1.1 MPL-2.0 EPL-1.0 EPL-2.0 EUPL-1.2 CDDL-1.0 CC0-1.0 CC-BY-3.0 CC-BY-4.0 CC-BY-SA-3.0 CC-BY-SA-4.0 CC-BY-NC-4.0 CC-BY-ND-4.0 CC-BY-NC-SA-4.0 CC-BY-NC-ND-4.0 AFL-3.0 OSL-3.0 MS-PL NCSA PostgreSQL UPL-1.0 BlueOak-1.0.0 PSF-2.0 ODbL-1.0 CECILL-2.1 BUSL-1.1 Elastic-2.0';
/** UTF-16 units of a text that is read in no time. */
const short = 1_000;
const sample = [...new Set([...common.split(' '), ...Object.keys(shipped).filter((id) => textOf(id).length < short)])].filter((id) => expressionOf(textOf(id)));

const seed = 20_260_101;
const paragraphsOf = (text: string): readonly string[] => text.split(/\n[ \t]*\n/);
const wrapped =
  (width: number) =>
  (text: string): string =>
    paragraphsOf(text)
      .map((paragraph) => {
        const lines: string[] = [''];
        for (const word of paragraph.split(/\s+/).filter((each) => each !== '')) {
          const line = lines.at(-1) ?? '';
          if (line === '') lines[lines.length - 1] = word;
          else if (line.length + 1 + word.length > width) lines.push(word);
          else lines[lines.length - 1] = `${line} ${word}`;
        }
        return lines.join('\n');
      })
      .join('\n\n');
const eachLine =
  (change: (line: string) => string) =>
  (text: string): string =>
    text.split('\n').map(change).join('\n');
const prefixed = (prefix: string): ((text: string) => string) => eachLine((line) => `${prefix}${line}`.trimEnd());
const replaced =
  (pattern: RegExp, by: string) =>
  (text: string): string =>
    text.replace(pattern, by);

const spellings =
  'license licence,licensed licenced,licensee licencee,authorized authorised,authorization authorisation,unauthorized unauthorised,organization organisation,organizations organisations,recognize recognise,recognized recognised,utilize utilise,favor favour,judgment judgement,acknowledgment acknowledgement,acknowledgments acknowledgements,analyze analyse,center centre,color colour,behavior behaviour,honor honour,labor labour,defense defence,offense offence,fulfill fulfil,catalog catalogue,artifact artefact,while whilst,among amongst'
    .split(',')
    .map((pair) => pair.split(' '));
const respelt =
  (from: 0 | 1) =>
  (text: string): string =>
    spellings.reduce((all, pair) => all.replace(new RegExp(`\\b${pair[from] ?? ''}\\b`, 'g'), pair[1 - from] ?? ''), text);

const filledIn =
  (year: string, name: string) =>
  (text: string): string =>
    text
      .replace(/<(?:year|yyyy)>|\[(?:year|yyyy)\]/gi, year)
      .replace(
        /<(?:name of author|copyright holders?|owner|organization|author)>|\[(?:name of copyright owner|name of copyright holder|copyright holders)\]/gi,
        name,
      );

/** Nothing of this is a change of terms. */
const layouts: Readonly<Record<string, (text: string) => string>> = {
  'wrapped at 40': wrapped(40),
  'wrapped at 66': wrapped(66),
  'wrapped at 80': wrapped(80),
  'wrapped at 120': wrapped(120),
  'a line a paragraph': wrapped(Infinity),
  'an empty line after each line': replaced(/\n+/g, '\n\n'),
  'indented by four': eachLine((line) => `    ${line}`),
  'indented by tabs': eachLine((line) => `\t\t${line.trim()}`),
  'not indented': eachLine((line) => line.trim()),
  centred: eachLine((line) => `${' '.repeat(Math.max(0, Math.floor((90 - line.trim().length) / 2)))}${line.trim()}`),
  'with blanks behind': eachLine((line) => `${line}   \t`),
  'two blanks after a full stop': replaced(/\. /g, '.  '),
  'behind " * "': (text) => `/*\n${prefixed(' * ')(text)}\n */\n`,
  'behind "# "': prefixed('# '),
  'behind "## "': prefixed('## '),
  'behind "// "': prefixed('// '),
  'behind "/// "': prefixed('/// '),
  'behind ";; "': prefixed(';; '),
  'behind "-- "': prefixed('-- '),
  'behind "% "': prefixed('% '),
  'behind "dnl "': prefixed('dnl '),
  'behind "REM "': prefixed('REM '),
  'behind "> "': prefixed('> '),
  'behind "| "': prefixed('| '),
  'behind "! "': prefixed('! '),
  'behind "\' "': prefixed("' "),
  'behind ".\\" "': prefixed('.\\" '),
  'between <!-- and -->': (text) => `<!--\n${text}\n-->\n`,
  'between <!-- and --> on each line': eachLine((line) => `<!-- ${line} -->`),
  'between """': (text) => `"""\n${text}\n"""\n`,
  'between ```': (text) => `\`\`\`\n${text}\n\`\`\`\n`,
  'in a box of stars': eachLine((line) => `* ${line.padEnd(90)} *`),
  'with CRLF': replaced(/\n/g, '\r\n'),
  'with CR': replaced(/\n/g, '\r'),
  'with a byte order mark': (text) => `\ufeff${text}`,
  'curly quotation marks': (text) =>
    text
      .replace(/(^|[\s(])"/g, '$1\u201c')
      .replaceAll('"', '\u201d')
      .replaceAll("'", '\u2019'),
  'quotation marks of TeX': (text) => text.replace(/(^|[\s(])"/g, '$1``').replaceAll('"', "''"),
  guillemets: (text) => text.replace(/(^|[\s(])"/g, '$1\u00ab').replaceAll('"', '\u00bb'),
  'dashes between words': (text) => text.replace(/ --? /g, ' \u2014 ').replace(/--/g, '\u2013'),
  'hyphens of a typesetter': replaced(/(?<=[a-z])-(?=[a-z])/g, '\u2010'),
  'blanks that do not break': replaced(/ /g, '\u00a0'),
  'the sign of copyright': replaced(/\(c\)/gi, '\u00a9'),
  'capitals alone': (text) => text.toUpperCase(),
  'small letters alone': (text) => text.toLowerCase(),
  'British spelling': respelt(0),
  'American spelling': respelt(1),
  // Holes that are to be filled in would be tags.
  'in HTML': (text) =>
    `<html><body>\n${paragraphsOf(
      text
        .replaceAll('&', '&amp;')
        .replace(/<insert[^>]*>/g, '')
        .replace(/</g, '&lt;')
        .replace(/>/g, '&gt;'),
    )
      .map((paragraph) => `<p>${paragraph}</p>`)
      .join('\n')}\n</body></html>\n`,
  'filled in': filledIn('2019-2024', 'Somebody'),
  'filled in with many': filledIn('2019, 2021', 'Jos\u00e9 Garc\u00eda-N\u00fa\u00f1ez, O\u2019Brien & S\u00f8n A/S <post@example.org>'),
  'filled in with letters of elsewhere': filledIn('2024\u5e74', '\u682a\u5f0f\u4f1a\u793e\u30b5\u30f3\u30d7\u30eb'),
  'filled in with Cyrillic ones': filledIn('2024', '\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432 \u0438 \u0434\u0440\u0443\u0433\u0438\u0435'),
  'under what its scope is': (text) => `The following applies to the files in the directory foo:\n\n${text}`,
  'under another statement of scope': (text) => `Files under third_party/zip are bundled under these terms:\n\n----------\n\n${text}\n\n----------\n`,
  'over a note': (text) => `${text.trimEnd()}\n\nThe logo in the folder art was drawn by our neighbours.\n`,
  'under copyright lines': (text) => `Copyright (c) 2019 Somebody\nCopyright \u00a9 2021-2024 Zo\u00eb and others. All rights reserved.\n\n${text}`,
};

describe('identify: what is no change', () => {
  const before = new Map(sample.map((id) => [id, expressionOf(textOf(id))]));

  it('knows what it is about', () => assert.ok(sample.length > 150, `${sample.length}`));

  for (const [name, change] of Object.entries(layouts)) {
    it(name, () =>
      assert.deepEqual(
        sample.flatMap((id) => {
          const now = expressionOf(change(textOf(id)));
          return now === before.get(id) ? [] : [`${id}: ${before.get(id)} -> ${now}`];
        }),
        [],
      ),
    );
  }
});

/** One word, or two, at a place that matters: taken out, put in, or another in its place. */
const edits: readonly (readonly [id: string, from: string, to: string])[] = [
  ['MIT', 'Permission is hereby granted', 'Permission is not hereby granted'],
  ['MIT', 'Permission is hereby granted', 'Permission is hereby requested'],
  ['MIT', 'free of charge', 'for a charge'],
  ['MIT', 'free of charge, ', ''],
  ['MIT', 'without restriction', 'with restrictions'],
  ['MIT', 'without restriction', 'without commercial restriction'],
  ['MIT', 'without limitation the rights', 'without limitation the non-commercial rights'],
  ['MIT', 'to use, copy, modify', 'to use, copy, not modify'],
  ['MIT', 'to use, copy, modify', 'to use, copy'],
  ['MIT', 'publish, distribute', 'publish, only privately distribute'],
  ['MIT', 'sublicense, and/or sell copies', 'sublicense copies'],
  ['MIT', 'and/or sell copies', 'and/or never sell copies'],
  ['MIT', 'subject to the following conditions', 'subject to the following commercial conditions'],
  ['MIT', 'subject to the following conditions', 'subject to the payment of a fee and the following conditions'],
  ['MIT', 'shall be included in all copies', 'shall not be included in all copies'],
  ['MIT', 'WITHOUT WARRANTY OF ANY KIND', 'WITH WARRANTY OF ANY KIND'],
  ['MIT', 'WITHOUT WARRANTY OF ANY KIND', 'WARRANTY OF ANY KIND'],
  ['MIT', 'IN NO EVENT', 'IN ANY EVENT'],
  ['ISC', 'for any purpose', 'for any non-commercial purpose'],
  ['ISC', 'for any purpose', 'for any research purpose'],
  ['ISC', 'for any purpose', 'for no purpose'],
  ['ISC', 'with or without fee', 'with a fee'],
  ['ISC', 'is hereby granted', 'is hereby not granted'],
  ['ISC', 'use, copy, modify, and/or distribute', 'use, copy, and/or distribute'],
  ['ISC', 'provided that', 'provided that no fee is charged and that'],
  ['BSD-2-Clause', 'are permitted', 'are not permitted'],
  ['BSD-2-Clause', 'are permitted', 'are permitted for research'],
  ['BSD-2-Clause', 'Redistribution and use', 'Private use'],
  ['BSD-2-Clause', 'Redistribution and use', 'Use'],
  ['BSD-2-Clause', 'in source and binary forms', 'in source forms'],
  ['BSD-2-Clause', 'must retain the above', 'need not retain the above'],
  ['BSD-2-Clause', 'must reproduce the above', 'must prominently reproduce the above'],
  ['BSD-3-Clause', 'are permitted provided', 'are permitted without fee provided'],
  ['BSD-3-Clause', 'without specific prior written permission', 'with specific prior written permission'],
  ['BSD-3-Clause', 'without specific prior written permission', 'specific prior written permission'],
  ['BSD-3-Clause', 'without specific prior written permission', 'without specific permission'],
  ['BSD-3-Clause', 'in source and binary forms', 'in non-commercial source and binary forms'],
  [
    'Apache-2.0',
    'perpetual, worldwide, non-exclusive, no-charge, royalty-free, irrevocable',
    'perpetual, worldwide, non-exclusive, no-charge, royalty-free, revocable',
  ],
  ['Apache-2.0', 'no-charge, royalty-free, irrevocable copyright', 'royalty-free, irrevocable copyright'],
  ['Apache-2.0', 'You must give any other recipients', 'You need not give any other recipients'],
  ['Apache-2.0', 'You must cause any modified files', 'You must not cause any modified files'],
  ['Apache-2.0', 'You may reproduce and distribute copies', 'You may not reproduce and distribute copies'],
  ['Apache-2.0', 'You may reproduce and distribute copies', 'You may reproduce copies'],
  ['Apache-2.0', 'You must retain, in the Source form', 'You may retain, in the Source form'],
  ['Apache-2.0', 'do not modify the License', 'modify the License'],
  ['Apache-2.0', 'This License does not grant permission', 'This License does grant permission'],
  ['Apache-2.0', 'patent license to make', 'license to make'],
  ['Apache-2.0', 'shall terminate as of the date', 'shall not terminate as of the date'],
  ['Zlib', 'anyone to use this software for any purpose', 'anyone to use this software for any research purpose'],
  ['Zlib', 'including commercial applications', 'excluding commercial applications'],
  ['Zlib', 'including commercial applications', 'including applications'],
  ['Zlib', 'redistribute it freely', 'redistribute it'],
  ['Zlib', 'must not be misrepresented', 'must be misrepresented'],
  ['Zlib', 'must not claim that you wrote', 'must claim that you wrote'],
  ['Zlib', 'would be appreciated but is not required', 'would be appreciated and is required'],
  ['Zlib', 'must be plainly marked', 'must not be plainly marked'],
  ['Zlib', 'may not be removed or altered', 'may be removed or altered'],
  ['BSL-1.0', 'free of charge', 'for research, free of charge'],
  ['BSL-1.0', 'is hereby granted', 'is not granted'],
  ['BSL-1.0', 'must be included in all copies', 'must not be included in all copies'],
  ['BSL-1.0', 'unless such copies', 'even if such copies'],
  ['BSL-1.0', 'to use, reproduce, display, distribute', 'to use, reproduce, display'],
  ['Unlicense', 'commercial or non-commercial', 'non-commercial'],
  ['Unlicense', 'Anyone is free to copy', 'Anyone is free not to copy'],
  ['0BSD', 'for any purpose', 'for any academic purpose'],
  ['MIT-0', 'without restriction', 'with restrictions'],
  ['OFL-1.1', 'may be sold by itself', 'must be sold by itself'],
  ['MPL-2.0', 'must be under the terms of this License', 'must not be under the terms of this License'],
  ['GPL-2.0-only', 'You may copy and distribute verbatim copies', 'You may not copy and distribute verbatim copies'],
  ['GPL-2.0-only', 'at no charge to all third parties', 'at a charge to all third parties'],
  ['GPL-3.0-only', 'You may not impose any further restrictions', 'You may impose any further restrictions'],
  ['AGPL-3.0-only', 'interacting with it remotely through a computer network', 'interacting with it through a computer'],
  ['CC-BY-4.0', 'non-exclusive, irrevocable license', 'non-exclusive, revocable license'],
  ['CC-BY-4.0', 'reproduce and Share the Licensed Material', 'reproduce and Share the Licensed Material for non-commercial purposes'],
  ['CC-BY-NC-4.0', 'for NonCommercial purposes only', 'for any purposes'],
];

const conditions = [
  'The Software may not be used for commercial purposes.',
  'You must not sell the Software.',
  'Commercial use requires written permission of the author.',
  'Commercial use is prohibited.',
  'Users shall not use the software for military purposes.',
  'You must prominently display the name of the product.',
  'Companies must obtain a commercial license.',
  'You shall not use the Software to train any other model.',
  'For non-commercial use only.',
  'The Commons Clause applies.',
  'Products with more than 100 million monthly active users have to ask us first.',
];

const scopes = [
  'The following applies to the files in the directory foo:',
  'This license applies to all parts of the library that are not in the folder vendored.',
  'The files under third_party are bundled with this product and available under the following terms:',
  'Portions of this software come from Example, whose license follows.',
];

describe('identify: what is a change', () => {
  const changedTo = (id: string, text: string): string | null => {
    const now = expressionOf(text);
    assert.notEqual(now, expressionOf(textOf(id)));
    return now;
  };

  for (const [id, from, to] of edits)
    it(`${id}: "${from}" to "${to}"`, () => {
      const place = new RegExp(from.replace(/[.*+?()[\]/]/g, '\\$&').replaceAll(' ', '\\s+'));
      assert.match(textOf(id), place);
      changedTo(id, textOf(id).replace(place, to));
    });

  for (const sentence of conditions)
    it(`behind a text: ${sentence}`, () => {
      for (const id of ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Zlib'])
        assert.equal(changedTo(id, `${textOf(id).trimEnd()}\n\n${sentence}\n`), `LicenseRef-modified-${id}`, id);
    });

  for (const sentence of scopes)
    it(`no condition, in front: ${sentence}`, () => {
      for (const id of ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'Zlib']) assert.equal(expressionOf(`${sentence}\n\n${textOf(id)}`), id);
    });
});

/** Texts with few words that may vary, from the first to the last sentence in which none does. */
const bodies: readonly (readonly [id: string, first: string, last: string])[] = [
  ['Apache-2.0', '"License" shall mean', 'END OF TERMS'],
  ['Zlib', 'Permission is granted', 'source distribution.'],
  ['ISC', 'Permission to use', 'THE SOFTWARE IS'],
  ['MPL-2.0', '"Contributor"', 'Exhibit A - '],
  ['GPL-3.0-only', 'TERMS AND CONDITIONS', 'END OF TERMS'],
];

interface Place {
  readonly id: string;
  readonly at: number;
  readonly length: number;
}

const placesOf = (pattern: RegExp): readonly Place[] =>
  bodies.flatMap(([id, first, last]) => {
    const text = textOf(id);
    const from = text.indexOf(first);
    const to = text.indexOf(last, from);
    assert.ok(from > 0 && to > from, id);
    return [...text.matchAll(pattern)].map((found) => ({ id, at: found.index, length: found[0].length })).filter(({ at }) => at > from && at < to);
  });

const random = { seed, numRuns: 150 };

describe('identify: at any place', () => {
  const layout = fc.array(fc.constantFrom(...Object.keys(layouts).filter((name) => !/capitals|scope|note|HTML/.test(name))), { maxLength: 3 });
  const laidOut = (text: string, names: readonly string[]): string => names.reduce((all, name) => layouts[name]?.(all) ?? all, text);
  const isOther = (id: string, text: string): void => assert.notEqual(expressionOf(text), id, 'it is taken for the text that it is not any more');
  const pick = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
  const placeAt = (places: readonly Place[], share: number): Place => places[Math.floor(share * places.length)] ?? { id: '', at: 0, length: 0 };

  it('layouts add up to no change', () =>
    fc.assert(
      fc.property(fc.constantFrom(...bodies.map(([id]) => id), 'MIT', 'BSD-3-Clause'), layout, (id, names) =>
        assert.equal(expressionOf(laidOut(textOf(id), names)), expressionOf(textOf(id))),
      ),
      random,
    ));

  const words =
    'not no never none unless except must shall only commercial commercially free freely permission permitted provided required prohibited grant grants granted rights conditions prior written fee charge royalty irrevocable modify modified distribute redistribute source patent altered misrepresented'.split(
      ' ',
    );
  it('a word that matters, taken out, is a change', () => {
    const places = placesOf(new RegExp(`(?<![\\w-])(?:${words.join('|')})(?![\\w-])`, 'gi'));
    assert.ok(places.length > 300);
    fc.assert(
      fc.property(pick, layout, (share, names) => {
        const { id, at, length } = placeAt(places, share);
        isOther(id, laidOut(`${textOf(id).slice(0, at)}${textOf(id).slice(at + length)}`, names));
      }),
      random,
    );
  });

  it('a word that matters, put in, is a change', () => {
    const places = placesOf(/\b(?:use|copy|modify|distribute|redistribute|sell|reproduce|prepare|provide|convey|offer|include|claim|alter)\b/g);
    assert.ok(places.length > 100);
    fc.assert(
      fc.property(pick, fc.constantFrom('not', 'only', 'non-commercial', 'never', 'free'), layout, (share, word, names) => {
        const { id, at } = placeAt(places, share);
        isOther(id, laidOut(`${textOf(id).slice(0, at)}${word} ${textOf(id).slice(at)}`, names));
      }),
      random,
    );
  });
});
