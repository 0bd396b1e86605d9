import assert from 'node:assert/strict';
import { findNotices } from '../../server/src/licence/recognise/grammar.ts';
import { readNoticeIndex } from '../../server/src/licence/recognise/grammar-names.ts';
import { readStore, writeStore } from '../../server/src/licence/recognise/store.ts';
import { tokenise } from '../../server/src/licence/recognise/tokens.ts';
import { newVocabulary } from '../../server/src/licence/recognise/vocabulary.ts';
import lexicon from '../../scripts/licences/lexicon.json' with { type: 'json' };
import { nameSections } from '../../scripts/licences/lexicon.ts';
import { newWordList } from '../../scripts/licences/vocabulary.ts';
import words from '../../scripts/licences/words.json' with { type: 'json' };

const list = newWordList(words.same, { ...words.split, ...lexicon.spellings });
const sections = nameSections(list, []);
const { pairs, parts } = list.finish();
const vocabulary = newVocabulary(
  pairs.map(([hash]) => hash),
  pairs.map(([, id]) => id),
  list.size(),
  parts.flat(),
);
const store = readStore(writeStore({ ...sections, weights: new Uint8Array(list.size()) }));
assert.ok(store);
const index = readNoticeIndex(store, vocabulary);

const noticesOf = (text: string): ReturnType<typeof findNotices> => {
  const tokens = tokenise(new TextEncoder().encode(text), vocabulary);
  return findNotices(tokens, new Uint8Array(tokens.count), index);
};
const claimsOf = (text: string): string =>
  [...new Set(noticesOf(text).flatMap(({ kind, licence }) => (kind === 'notice' ? [licence] : [])))].toSorted().join(', ');

/** What a text claims; nothing where it claims nothing. */
const cases: readonly (readonly [text: string, claims: string])[] = [
  // Versions.
  ['Licensed under the GPL.', 'GPL-1.0-or-later'],
  ['Licensed under the LGPL.', 'LGPL-2.0-or-later'],
  ['Licensed under the GNU General Public License version 2.', 'GPL-2.0-only'],
  ['Licensed under the GNU GPL, version 2 or later.', 'GPL-2.0-or-later'],
  ['License: GPLv2+', 'GPL-2.0-or-later'],
  ['License: GPL-3+', 'GPL-3.0-or-later'],
  ['License: GPL (>= 2)', 'GPL-2.0-or-later'],
  ['Distributed under GPL version 2 or version 3.', 'GPL-2.0-only, GPL-3.0-only'],
  ['Made available under the terms of the Lesser GNU Public License v2.1', 'LGPL-2.1-only'],
  [
    'redistribute it under the terms of the GNU Lesser General Public License; either version 2.1 of the License, or (at your option) version 3, or any later version accepted by the board',
    'LGPL-2.1-only, LGPL-3.0-only',
  ],
  // Grants before, behind and around a name.
  ['// This file is entirely BSD licensed.', 'BSD-3-Clause'],
  ['/* Gnu GPL is what governs this work */', 'GPL-1.0-or-later'],
  ['// Copyright 2006 Somebody\n//\n// GPL v2, can be found in COPYING.', 'GPL-2.0-only'],
  ['It is released under MIT.', 'MIT'],
  ['Dual licensed MIT/GPL2', 'GPL-2.0-only, MIT'],
  ['Dual licensed under GPLv2 or MIT', 'GPL-2.0-only, MIT'],
  ['Released under the MIT, BSD, and GPL Licenses.', 'BSD-3-Clause, GPL-1.0-or-later, MIT'],
  ['/*! thing v3.6 | @somebody | MIT/GPL2 Licensed\n  source: elsewhere */', 'GPL-2.0-only, MIT'],
  ['/* thing 2.6.2 (Custom Build) | MIT & BSD\n * Build: elsewhere\n */', 'BSD-3-Clause, MIT'],
  [
    'The programs are licensed under the GNU GPL 2 (see COPYING) and the libraries are licensed under the GNU Lesser General Public License 2.1',
    'GPL-2.0-only, LGPL-2.1-only',
  ],
  ['## License\n\nMIT, see the file.\n', 'MIT'],
  ['Use is governed by a BSD-style license that can be found in the LICENSE file.', 'BSD-3-Clause'],
  ['MODULE_LICENSE("GPL v2");', 'GPL-2.0-only'],
  ['License :: OSI Approved :: MIT License', 'MIT'],
  ['<license><name>Apache 2</name></license>', 'Apache-2.0'],
  ['This is licensed under the wxWindows license.', 'LGPL-2.0-or-later WITH WxWindows-exception-3.1'],
  ['This is under the GPL version 2, with the Classpath exception.', 'GPL-2.0-only WITH Classpath-exception-2.0'],
  ['You may use it under the same terms as Perl itself.', 'Artistic-1.0-Perl OR GPL-1.0-or-later'],
  ['Licensed under CC BY-SA 4.0', 'CC-BY-SA-4.0'],
  ['https://opensource.org/licenses/artistic-license-2.0', 'Artistic-2.0'],
  ['Licensed under the Llama 3.1 Community License.', 'LicenseRef-llama-3.1-community'],
  ['Licensed under the GNU Lesser General Public License.', 'LGPL-2.1-or-later'],
  ['under the terms of the GNU General Public License, version 2.1 or any later version', 'LGPL-2.1-or-later'],
  [
    'Licensed under the Apache License, Version 2.0 (the "Apache License") or the GNU General Public License version 2 (the "GPL License").',
    'Apache-2.0, GPL-2.0-only',
  ],
  ['Licensed under the GPL. You may obtain a copy of the GPL version 2 or later at this place.', 'GPL-2.0-or-later'],
  ['Licensed under the GPL, http://www.gnu.org/licenses/gpl-3.0.html', 'GPL-3.0-only'],
  ['under the GNU Free Documentation License, Version 1.2 or any later version; with the Invariant Sections being these', 'GFDL-1.2-invariants-or-later'],
  ['// As a part of the kernel, this file is GPL.', 'GPL-1.0-or-later'],
  ['"THE BEER-WARE LICENSE" (Revision 42):', 'Beerware'],
  ['* Version: MPL 1.1/GPL 2.0/LGPL 2.1\n', 'GPL-2.0-or-later, LGPL-2.1-or-later, MPL-1.1'],
  ['## License\n\nMIT © [Somebody](https://example.org)\n', 'MIT'],
  ['Copyright 2024 Somebody under MIT.', 'MIT'],
  ['// colours - by Somebody - MIT & GPL', 'GPL-1.0-or-later, MIT'],
  // Languages that are read by the character.
  ['本项目采用 MIT 许可证', 'MIT'],
  ['遵循 Apache 2.0 协议', 'Apache-2.0'],
  // The one with a version stands for the one without.
  ['Licensed under the GPL version 2 or later. You should have received a copy of the GNU General Public License.', 'GPL-2.0-or-later'],
  ['On such systems the complete text of the GNU General Public License version 2 can be found in a file. License: GPL-2+', 'GPL-2.0-or-later'],
  // Names that grant nothing.
  ['It is not licensed under the GPL.', ''],
  ['This is a GPL-compatible library.', ''],
  ['As a special exception under section 7 of GPL version 3, you are granted additional permissions.', ''],
  ['Copyright 2007 Intel Corporation. All rights reserved. Released in May.', ''],
  ['It may be linked against the OpenSSL library as published by its project.', ''],
  ['It may be used under any GPL-compatible license.', ''],
  ['permission to link this program with modified versions of OpenSSL that use the same license as OpenSSL', ''],
  ['Please refer to doc/LICENSE and doc/README for further details.', ''],
  ['/**\n * \\file shown-license.php\n * \\brief functions\n */', ''],
  ["assert.equal(correct('mit'), 'MIT')", ''],
  ['We like the MIT people, and python runs under BSD.', ''],
  ['| Project | Licence |\n| --- | --- |\n| thing | MIT |\n| other | BSD |\n', ''],
  ['case *:FreeBSD | *:NetBSD) echo yes ;;\n', ''],
  ['SHELL_CMD_ARG_REGISTER(mpl, &mpl_cmds, " ", cmd_mpl, 1, 1);', ''],
];

describe('notices: what is claimed without quoting a text', () => {
  for (const [text, claims] of cases) it(JSON.stringify(text).slice(0, 110), () => assert.equal(claimsOf(text), claims));

  it('passes over the words of a text that was recognised', () => {
    const tokens = tokenise(new TextEncoder().encode('Released under the MIT license.'), vocabulary);
    assert.deepEqual(findNotices(tokens, new Uint8Array(tokens.count).fill(1), index), []);
  });

  it('is empty without an index', () => {
    const nothing = readStore(writeStore({}));
    assert.ok(nothing);
    const tokens = tokenise(new TextEncoder().encode('Released under the MIT license.'), vocabulary);
    assert.deepEqual(findNotices(tokens, new Uint8Array(tokens.count), readNoticeIndex(nothing, vocabulary)), []);
  });
});
