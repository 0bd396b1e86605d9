import assert from 'node:assert/strict';
import { identify } from '../../server/src/licence/identify.ts';
import { testKnowledge } from '../support/knowledge.ts';

/** What a notice claims, by its words; null where it claims nothing. */
const cases: Readonly<Record<string, string | null>> = {
  'This program is free software; you can redistribute it under the terms of the GNU General Public License version 2 as published by the Free Software Foundation.':
    'GPL-2.0-only',
  'under the terms of the GNU General Public License as published by the Free Software Foundation; either version 2 of the License, or (at your option) any later version.':
    'GPL-2.0-or-later',
  '; This is free software under the GNU General Public License as published by\n;; the Free Software Foundation, either version 3 of the License, or\n;; (at your option) any later version.':
    'GPL-3.0-or-later',
  'Licensed under the GPLv2+.': 'GPL-2.0-or-later',
  'Licensed under GPLv2': 'GPL-2.0-only',
  'released under the GPL': 'GPL-1.0-or-later',
  'distributed under version 2.1 or later of the GNU Lesser General Public License': 'LGPL-2.1-or-later',
  'This library is covered by the GNU LGPL, version 3 or later.': 'LGPL-3.0-or-later',
  'available under GPL version 2 or version 3': 'GPL-2.0-only AND GPL-3.0-only',
  'MODULE_LICENSE("GPL v2");': 'GPL-2.0-only',
  'GNU Affero General Public License, version 3\nor later, as published by the Free Software Foundation, under which this is licensed': 'AGPL-3.0-or-later',
  'This is licensed under the GPL version 2, with the Classpath exception.': 'GPL-2.0-only WITH Classpath-exception-2.0',
  'You may use it under the same terms as Perl itself.': 'Artistic-1.0-Perl OR GPL-1.0-or-later',
  'Use of this source code is governed by a BSD-style\n// license that can be found in the LICENSE file.': 'BSD-3-Clause',
  'Released under the MIT license.': 'MIT',
  'License :: OSI Approved :: MIT License': 'MIT',
  '{"name": "thing", "license": "Apache-2.0"}': 'Apache-2.0',
  'Licensed under the Apache License, Version 2.0 (the "License"); you may not use this file except in compliance with the License.': 'Apache-2.0',
  'This work is licensed under the Creative Commons Attribution-NonCommercial-ShareAlike 3.0 License.': 'CC-BY-NC-SA-3.0',
  'Licensed under CC BY-SA 4.0': 'CC-BY-SA-4.0',
  'The contents of this file are subject to the Mozilla Public License Version 1.1 (the "License").': 'MPL-1.1',
  'BEGIN LICENSE BLOCK Version: MPL 1.1/GPL 2.0/LGPL 2.1\nThis may be used under the terms of either the GNU General Public License Version 2 or later (the "GPL"), or the GNU Lesser General Public License Version 2.1 or later (the "LGPL").':
    'MPL-1.1 AND GPL-2.0-or-later AND LGPL-2.1-or-later',
  'Distributed under the Boost Software License, Version 1.0.': 'BSL-1.0',
  'Licensed under the Llama 3.1 Community License.': 'LicenseRef-llama-3.1-community',
  '本项目采用 MIT 许可证': 'MIT',
  '本项目遵循 Apache 2.0 协议': 'Apache-2.0',
  'It is not licensed under the GPL.': null,
  'License: BSD-2-Clause\n  For details, see doc/sphinxext/LICENSE.txt': 'BSD-2-Clause',
  'License: Fair': 'Fair',
  'This is a GPL-compatible library.': null,
  'Modified MIT License': null,
  'Modified BSD License': 'BSD-3-Clause',
  'We like the MIT people, and python.': null,
  'SHELL_CMD_ARG_REGISTER(mpl, &mpl_cmds, " ", cmd_mpl, 1, 1);': null,
  '{"rows": [{"data": [{"License": "CC BY-NC 4.0"}]}]}': null,
  'isc = [0] * 10  # license to nothing': null,
};

describe('identify: the grammar of notices', () => {
  for (const [text, expression] of Object.entries(cases))
    it(JSON.stringify(text).slice(0, 110), () => assert.equal(identify(text, testKnowledge()).expression, expression));

  it('a name beside a grant is a reference where it grants nothing', () =>
    assert.deepEqual(
      identify('Its terms are unlike the MIT License.\n', testKnowledge()).matches.map((match) => match.kind),
      ['reference'],
    ));

  it('tells the lines of a notice', () => {
    const [match] = identify('# a thing\n#\n# Licensed under the GNU General Public License,\n# version 2 or later\n', testKnowledge()).matches;
    assert.deepEqual([match?.startLine, match?.endLine], [3, 4]);
  });
});
