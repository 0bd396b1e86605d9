import assert from 'node:assert/strict';
import fc from 'fast-check';
import { identifiedText, identifyFile } from '../../server/src/cli/identify.ts';
import { identify } from '../../server/src/licence/identify.ts';
import { findTags } from '../../server/src/licence/tags.ts';
import type { Knowledge, Terms } from '../../server/src/knowledge/types.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { expressionOf, shipped, textOf } from '../support/licences.ts';
import { cpuTime } from '../support/time.ts';

const family = (id: string): string => id.replace(/-(?:only|or-later)$|\+$/, '');

/** Ids of the list whose text is another's word for word, or that stand for a licence with an exception: id -> what the text says. */
const sameText: Readonly<Record<string, string | null>> = {
  'BSD-2-Clause-FreeBSD': 'BSD-2-Clause-Views',
  'BSD-2-Clause-NetBSD': 'BSD-2-Clause',
  'bzip2-1.0.5': 'bzip2-1.0.6',
  'CAL-1.0-Combined-Work-Exception': 'CAL-1.0',
  'eCos-2.0': 'GPL-2.0-or-later WITH eCos-exception-2.0',
  'GPL-2.0-with-autoconf-exception': 'GPL-2.0-only WITH Autoconf-exception-2.0',
  'GPL-2.0-with-bison-exception': null,
  'GPL-2.0-with-classpath-exception': 'GPL-2.0-only WITH Classpath-exception-2.0',
  'GPL-2.0-with-font-exception': 'GPL-2.0-only WITH Font-exception-2.0',
  'GPL-2.0-with-GCC-exception': 'GPL-2.0-only WITH GCC-exception-2.0',
  'GPL-3.0-with-autoconf-exception': 'GPL-3.0-only WITH Autoconf-exception-3.0',
  'GPL-3.0-with-GCC-exception': 'GPL-3.0-only WITH GCC-exception-3.1',
  'MPL-2.0-no-copyleft-exception': 'MPL-2.0',
  'OFL-1.0-no-RFN': 'OFL-1.0',
  'OFL-1.0-RFN': 'OFL-1.0',
  'OFL-1.1-no-RFN': 'OFL-1.1',
  'OFL-1.1-RFN': 'OFL-1.1',
  'StandardML-NJ': 'SMLNJ',
  wxWindows: null,
};
/** What the texts of the documentation licence have in common says nothing of invariant sections: the header does. */
const told = (id: string): string => family(id).replace(/-(?:no-)?invariants$/, '');

describe('identify: full texts', () => {
  for (const id of Object.keys(shipped))
    it(`recognises the text of ${id}`, () => {
      const found = expressionOf(textOf(id));
      if (id in sameText) assert.equal(found, sameText[id]);
      else assert.equal(told(found ?? ''), told(id));
    });

  it('a contract of which no text is known is known by its title', () => {
    const body =
      'Licensee shall not use the Model unless permitted by Licensor. This Agreement terminates where a condition is not met, and no fee is required.\n'.repeat(
        20,
      );
    const [match] = identify(`Mistral AI Non-Production License\n\n${body}`, testKnowledge()).matches;
    assert.equal(match?.licence, 'LicenseRef-mistral-mnpl-0.1');
    assert.equal(match?.score, 0.5);
    assert.equal(expressionOf(`A licence of ours\n\n${body}\nIt is like the Apache License, Version 2.0.\n`), null);
  });

  it('does so in comments, with other line ends, in capitals, and with its copyright lines', () => {
    const mit = textOf('MIT');
    for (const text of [
      mit.toUpperCase(),
      mit.replaceAll('\n', '\r\n'),
      mit.replaceAll('\n', '\n# '),
      `/*\n * ${mit.replaceAll('\n', '\n * ')}\n */`,
      `Copyright (c) 2024 Somebody\nCopyright (c) 2025 Somebody Else\n\n${mit}`,
      mit.replace(/\s+/g, ' '),
    ])
      assert.equal(expressionOf(text), 'MIT');
  });

  it('says where a text begins and ends', () => {
    const lines = textOf('MIT').trimEnd().split('\n').length;
    const [match] = identify(`# Notes\n\n${textOf('MIT').trimEnd()}\n\nThe end.\n`, testKnowledge()).matches;
    assert.equal(match?.kind, 'text');
    assert.ok((match?.startLine ?? 0) >= 3 && (match?.endLine ?? 0) <= lines + 2 && (match?.endLine ?? 0) > (match?.startLine ?? 0));
  });

  it('finds several texts in one file', () =>
    assert.equal(
      expressionOf(`${textOf('Apache-2.0')}\n\n-----\n\n${textOf('MIT')}\n\n-----\n\n${textOf('BSD-3-Clause')}`),
      'Apache-2.0 AND MIT AND BSD-3-Clause',
    ));

  it('finds nothing in the middle of a text, and in a text of ours', () => {
    for (const text of [textOf('Apache-2.0').slice(2000, 5000), 'Words of ours.\n'.repeat(200), '']) assert.equal(expressionOf(text), null);
  });

  it('takes no policy for the licence that it names', () => {
    const policy = `Acceptable Use Policy of Something\n\n${'You shall not use the Materials, under the Llama 3.2 Community License Agreement, for anything that this Agreement and its termination forbid to a Licensee.\n'.repeat(20)}`;
    assert.equal(expressionOf(policy), null);
  });
});

describe('identify: changed texts', () => {
  const changed: Readonly<Record<string, readonly [string, string]>> = {
    'a condition behind it': ['MIT', '\nOur only modification is this: products with many monthly active users say our name.\n'],
    'a commercial limit behind it': ['Apache-2.0', '\nOur weights are for non-commercial use, whatever stands above.\n'],
    'a clause that sells it': ['BSD-3-Clause', '\nThe Commons Clause applies as well.\n'],
  };
  for (const [name, [id, addition]] of Object.entries(changed)) {
    it(`${name} makes it another licence`, () => {
      const text = textOf(id).trimEnd();
      const { expression, matches } = identify(`${text}\n${addition}`, testKnowledge());
      assert.equal(expression, `LicenseRef-modified-${id}`);
      assert.deepEqual(matches[0]?.changes, [{ startLine: text.split('\n').length + 2, endLine: text.split('\n').length + 2 }]);
    });
  }

  it('a condition in front, or inside, does too', () => {
    assert.equal(expressionOf(`For research purposes only.\n\n${textOf('MIT')}`), 'LicenseRef-modified-MIT');
    assert.equal(expressionOf(textOf('MIT').replace('without restriction', 'without restriction, for non-commercial ends,')), 'LicenseRef-modified-MIT');
  });

  it('is never the plain licence when the grant itself was changed', () =>
    assert.notEqual(expressionOf(textOf('MIT').replace('without restriction', 'with restrictions')), 'MIT'));

  const swapped: readonly (readonly [string, string, string])[] = [
    ['BSD-3-Clause', 'are permitted provided', 'are not permitted provided'],
    ['BSD-2-Clause', 'with or without', 'without'],
    ['ISC', 'with or without fee', 'without fee'],
    ['Unlicense', 'Anyone is free to copy', 'Nobody is free to copy'],
    ['MIT', 'publish, distribute, sublicense, and/or sell', 'publish, distribute, and/or sell'],
    ['MIT', 'sell copies', 'copies'],
    ['Apache-2.0', 'You must give any other recipients', 'You may give any other recipients'],
    ['Zlib', 'must not be misrepresented', 'may be misrepresented'],
    ['BSL-1.0', 'free of charge', 'for a charge'],
  ];
  for (const [id, words, others] of swapped)
    it(`"${others}" is not ${id}`, () => {
      const text = textOf(id).replace(/\s+/g, ' ');
      assert.ok(text.includes(words), 'the words stand in the text');
      assert.notEqual(expressionOf(text.replace(words, others)), id);
    });

  it('nor with a condition on the line of its holder', () => {
    const lines = textOf('MIT').split('\n');
    const at = lines.findIndex((line) => line.startsWith('Copyright'));
    assert.ok(at >= 0);
    const held = (line: string): string => lines.with(at, line).join('\n');
    assert.equal(expressionOf(held('Copyright (c) 2024 Somebody. All rights reserved.')), 'MIT');
    assert.notEqual(expressionOf(held('Copyright (c) 2024 Somebody. For non-commercial use only.')), 'MIT');
  });

  for (const addition of [
    'The following additional restriction applies: no part of it is for sale.',
    'This software may only be used for research purposes.',
    'The Software must not be used commercially without permission of the authors.',
    'If the Software runs in a product with more than one million monthly users, that product shall show our name.',
  ])
    it(`not with "${addition}" behind it`, () => assert.equal(expressionOf(`${textOf('MIT').trimEnd()}\n\n${addition}\n`), 'LicenseRef-modified-MIT'));

  it('a long text that nobody changes is another edition of it: what differs is told', () => {
    const lines = textOf('LPPL-1.3c').split('\n');
    const at = lines.findIndex((line) => line.includes('You may distribute'));
    assert.ok(at > 0);
    const { expression, matches } = identify(lines.with(at, `Commercially, ${lines[at] ?? ''}`).join('\n'), testKnowledge());
    assert.equal(expression, 'LPPL-1.3c');
    assert.deepEqual(matches[0]?.changes, [{ startLine: at + 1, endLine: at + 1 }]);
  });

  it('a text that says of which day it is, and that an edition of that day is recorded of, is that one', () => {
    const known = testKnowledge();
    const edition = (id: string, effective: string): Terms => ({ ...(known.terms('MIT') as Terms), id, name: 'Project Licence', effective });
    const editions = [edition('LPPL-1.3c', '2008-05-04'), edition('LicenseRef-of-2001', '2001-05-01')];
    const knowledge: Knowledge = Object.create(known, {
      terms: { value: (id: string) => editions.find((each) => each.id === id) ?? known.terms(id) },
      allTerms: { value: () => editions },
    });
    const lines = textOf('LPPL-1.3c').split('\n');
    const at = lines.findIndex((line) => line.includes('You may distribute'));
    const changed = lines.with(at, `Commercially, ${lines[at] ?? ''}`).join('\n');
    const of = (date: string): string | null => identify(`Last modified: ${date}\n\n${changed}`, knowledge).expression;
    assert.equal(of('May 1, 2001'), 'LicenseRef-of-2001');
    assert.equal(of('May 4, 2008'), 'LPPL-1.3c');
    assert.equal(of('May 2, 2001'), 'LPPL-1.3c');
  });

  it('a holder whose name has a word of conditions is no condition', () => {
    const text = textOf('BSD-3-Clause').replace(/\s+/g, ' ');
    const held = (name: string): string | null => expressionOf(text.replace('name of the copyright holder', `names of ${name}`));
    assert.equal(held('River Labs, Otter AI Research, NEC Laboratories and Badger Research Institute'), 'BSD-3-Clause');
    assert.notEqual(held('River Labs, For Research Use Only'), 'BSD-3-Clause');
    assert.notEqual(held('River Labs, for research'), 'BSD-3-Clause');
  });

  it('a text without its appendix, and the pointer to it, is the same', () => {
    const text = textOf('Apache-2.0').replace(/\s+/g, ' ');
    const cut = text.replace(' (an example is provided in the Appendix below)', '').replace(/ APPENDIX: .*/, '');
    assert.ok(cut.length < text.length - 60);
    assert.equal(expressionOf(cut), 'Apache-2.0');
  });

  it('a known text with a condition more and the title of a licence of its own is that one', () => {
    const text = textOf('BSD-3-Clause').replace(/\s+/g, ' ').replace('Redistribution and use in', 'Redistribution and use for non-commercial purpose in');
    assert.equal(expressionOf(text), 'LicenseRef-modified-BSD-3-Clause');
    assert.equal(expressionOf(`S-Lab License 1.0\n\n${text}`), 'LicenseRef-s-lab-1.0');
  });

  it('a short text without its last condition is another', () => {
    const text = textOf('BSD-3-Clause-No-Nuclear-Warranty').trimEnd();
    const last = text.lastIndexOf('You acknowledge');
    assert.ok(last > 0);
    assert.notEqual(expressionOf(text.slice(0, last)), 'BSD-3-Clause-No-Nuclear-Warranty');
  });

  it('the old name of a licence is no change', () =>
    assert.equal(
      expressionOf(`Otter may be used under the licence that is known as the "modified" BSD license, or 3-clause:\n\n${textOf('BSD-3-Clause')}`),
      'BSD-3-Clause',
    ));

  it('nor is advice', () => assert.equal(expressionOf(`${textOf('MIT')}\n\nYou should look at the pages of the authors for news of this work.\n`), 'MIT'));

  it('nor a word that is broken at the end of a line', () => {
    const text = textOf('BSD-2-Clause').replace(/\s+/g, ' ');
    const broken = text.replace('without modification', 'without modifica-\n * tion');
    assert.notEqual(broken, text);
    assert.equal(expressionOf(broken), 'BSD-2-Clause');
  });

  it('a statement of scope is no change', () =>
    assert.equal(expressionOf(`The following applies to the directory src/.\n\n${textOf('MIT')}\n\nThe images in art/ were drawn by us.\n`), 'MIT'));
});

const tag = 'SPDX-License-' + 'Identifier:';

describe('identify: notices and tags', () => {
  const cases: Readonly<Record<string, readonly [string | null, readonly string[]]>> = {
    'Licensed under the Apache License, Version 2.0 (the "License")': ['Apache-2.0', ['notice']],
    '# This program is free software: you can redistribute it under the terms of the GNU General Public License as published by\n# the Free Software Foundation, either version 3 of the License, or\n# (at your option) any later version.':
      ['GPL-3.0-or-later', ['notice']],
    'License: MIT': ['MIT', ['notice']],
    'We like Apache 2.0 best.': [null, ['reference']],
    'Distribution of Creative Commons public licenses makes nobody a client.': [null, []],
    'It may be used by the terms of the Llama Otter License Agreement.': [null, []],
    'Change License: MIT License': [null, []],
    [`# ${tag} MIT OR Apache-2.0`]: ['MIT OR Apache-2.0', ['tag']],
    [`# ${tag} MIT OR Apache-2.0\n# ${tag} BSD-3-Clause`]: ['(MIT OR Apache-2.0) AND BSD-3-Clause', ['tag', 'tag']],
    [`# ${tag} No Such Thing`]: [null, []],
  };
  for (const [text, [expression, kinds]] of Object.entries(cases)) {
    it(JSON.stringify(text).slice(0, 90), () => {
      const found = identify(text, testKnowledge());
      assert.equal(found.expression, expression);
      assert.deepEqual(
        found.matches.map((match) => match.kind),
        kinds,
      );
    });
  }

  it('a list of licences grants none', () =>
    assert.equal(
      expressionOf(
        ['MIT License', 'Apache 2.0', 'BSD 3-Clause', 'GPL 3.0', 'MPL 2.0', 'CC BY 4.0', 'CC BY-SA 4.0', 'EPL 2.0']
          .map((name) => `available under ${name}\n`)
          .join(''),
      ),
      null,
    ));

  it('reads tags in comments only', () => {
    const stated = (text: string): readonly string[] => findTags(text).map((entry) => entry.stated);
    assert.deepEqual(stated(`// ${tag} MIT\n/* ${tag} ISC */\n<!-- ${tag} CC0-1.0 -->\n"""${tag} 0BSD"""\n -- ${tag}  Zlib \n`), [
      'MIT',
      'ISC',
      'CC0-1.0',
      '0BSD',
      'Zlib',
    ]);
    assert.deepEqual(stated(`const header = "${tag} MIT";\nprint("# ${tag} MIT")\nsee ${tag} MIT\n${tag}\n`), []);
  });
});

describe('identify: contract and robustness', () => {
  const lines = (text: string): number => text.split(/\r\n|\r|\n/).length;

  it('never throws; lines are in the file, scores in range', () => {
    const parts = fc.constantFrom(
      textOf('MIT'),
      textOf('BSD-3-Clause').slice(0, 900),
      'Apache License\n',
      'Version 2.0',
      `# ${tag} `,
      'MIT',
      '\n',
      '\r',
      '\r\n',
      '\u0000',
      '😀',
      '\ud800',
      'İ',
      'ﬀ',
      'Licensed under ',
      'GPLv3',
      ' '.repeat(50),
      'permission is hereby granted free of charge',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 500, unit: 'binary' }),
          fc.array(parts, { maxLength: 12 }).map((list) => list.join('')),
        ),
        (text) => {
          for (const match of identify(text, testKnowledge()).matches) {
            assert.ok(match.startLine >= 1 && match.startLine <= match.endLine && match.endLine <= lines(text), JSON.stringify(match));
            assert.ok(match.score > 0 && match.score <= 1);
          }
        },
      ),
      { numRuns: 250 },
    );
  });

  it('stays linear on hostile text', () => {
    const started = cpuTime();
    for (const part of [tag, `# ${tag} MIT\n`, 'permission is hereby granted free of charge ', 'Apache License\n', '\n', ' ', 'MIT ', '許'])
      identify(part.repeat(Math.ceil(200_000 / part.length)), testKnowledge());
    assert.ok(cpuTime() - started < 4000);
  });

  it('prints one array of JSON, or a line a file and a line a match', () => {
    const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
    const files = [
      { path: 'LICENSE', bytes: bytes(textOf('MIT')) },
      { path: 'a\u001b[31m.txt', bytes: bytes('nothing') },
      { path: 'b.bin', bytes: new Uint8Array([0, 1, 2]) },
    ];
    const rows = JSON.parse(
      identifiedText(
        files.map(({ path, bytes }) => identifyFile(path, bytes, testKnowledge())),
        'json',
      ),
    ) as readonly {
      readonly path: string;
      readonly expression: string | null;
      readonly matches: readonly object[];
    }[];
    assert.deepEqual(
      rows.map((row) => [row.path, row.expression, row.matches.length]),
      [
        ['LICENSE', 'MIT', 1],
        ['a\u001b[31m.txt', null, 0],
        ['b.bin', null, 0],
      ],
    );
    assert.deepEqual(Object.keys(rows[0]?.matches[0] ?? {}), ['licence', 'kind', 'startLine', 'endLine', 'score']);
    const text = identifiedText(
      files.map(({ path, bytes }) => identifyFile(path, bytes, testKnowledge())),
      'text',
    );
    assert.match(text, /^LICENSE: MIT\n {2}text {6}MIT {2}lines \d+-\d+\n/);
    assert.match(text, /b\.bin: no licence recognised\n$/);
    assert.ok(!text.includes('\u001b'));
  });
});
