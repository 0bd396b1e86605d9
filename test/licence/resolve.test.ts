import assert from 'node:assert/strict';
import fc from 'fast-check';
import { recognition } from '../../server/src/licence/recognition.ts';
import { categoryOfName, resolveStated } from '../../server/src/licence/resolve.ts';
import type { FieldKind } from '../../server/src/licence/resolve.ts';
import { nameKey } from '../../server/src/licence/words.ts';
import { testKnowledge } from '../support/knowledge.ts';

/** `id+id` = both bind, `id|id` = a choice, then the problem's code and its suggestion. */
const shown = (stated: string, field: FieldKind): string => {
  const { licences, choice, problem } = resolveStated(stated, field, testKnowledge());
  return [licences.join(choice ? '|' : '+'), problem?.code ?? '', problem?.suggestion ?? ''].join(' ').trimEnd();
};

const free: Readonly<Record<string, string>> = {
  MIT: 'MIT',
  'MIT License': 'MIT',
  'The MIT License': 'MIT',
  'The MIT License (MIT)': 'MIT',
  'MIT-LICENSE': 'MIT',
  Expat: 'MIT',
  'Apache 2.0': 'Apache-2.0',
  'Apache-2.0': 'Apache-2.0',
  'Apache License, Version 2.0': 'Apache-2.0',
  'Apache License 2.0': 'Apache-2.0',
  'Apache Licence v2': 'Apache-2.0',
  'Apache_2.0': 'Apache-2.0',
  'ASL 2.0': 'Apache-2.0',
  apache2: 'Apache-2.0',
  'BSD 3-Clause': 'BSD-3-Clause',
  '3-Clause BSD License': 'BSD-3-Clause',
  'New BSD': 'BSD-3-Clause',
  'BSD-2': 'BSD-2-Clause',
  'Simplified BSD': 'BSD-2-Clause',
  'CC BY 4.0': 'CC-BY-4.0',
  'CC BY-NC 4.0': 'CC-BY-NC-4.0',
  'CC-BY-NC-SA-4.0': 'CC-BY-NC-SA-4.0',
  'cc by nc nd 4': 'CC-BY-NC-ND-4.0',
  'CC By NC 4.0': 'CC-BY-NC-4.0',
  'CC-BY-SA-NC-4.0': 'CC-BY-NC-SA-4.0',
  'Creative Commons Attribution-NonCommercial 4.0': 'CC-BY-NC-4.0',
  'Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International': 'CC-BY-NC-SA-4.0',
  'Attribution-NonCommercial 4.0 International': 'CC-BY-NC-4.0',
  'Creative Commons Attribution 4.0 International (CC BY 4.0)': 'CC-BY-4.0',
  CC0: 'CC0-1.0',
  'CC0 1.0 Universal': 'CC0-1.0',
  'CC-0': 'CC0-1.0',
  GPLv3: 'GPL-3.0-only',
  'GPL-3.0': 'GPL-3.0-only',
  'GPLv3+': 'GPL-3.0-or-later',
  'GNU GPL v3 or later': 'GPL-3.0-or-later',
  'GNU General Public License version 2': 'GPL-2.0-only',
  'GNU Affero General Public License v3.0': 'AGPL-3.0-only',
  'LGPL 2.1': 'LGPL-2.1-only',
  AGPLv3: 'AGPL-3.0-only',
  'Llama 3.1 Community License': 'LicenseRef-llama-3.1-community',
  'Llama 2 Community License Agreement': 'LicenseRef-llama-2-community',
  LLaMA2: 'LicenseRef-llama-2-community',
  'llama3.3': 'LicenseRef-llama-3.3-community',
  'Meta Llama 3 Community License': 'LicenseRef-llama-3-community',
  'Gemma Terms of Use': 'LicenseRef-gemma-terms-2025-03-24',
  'CreativeML OpenRAIL-M': 'LicenseRef-creativeml-openrail-m',
  'OpenRAIL++-M': 'LicenseRef-creativeml-openrail-plus-plus-m',
  'BigScience OpenRAIL-M': 'LicenseRef-bigscience-openrail-m',
  'License :: OSI Approved :: MIT License': 'MIT',
  'License :: OSI Approved :: Apache Software License': 'Apache-2.0',
  'License :: OSI Approved :: BSD License': ' ambiguous',
  'License :: OSI Approved :: GNU General Public License v3 or later (GPLv3+)': 'GPL-3.0-or-later',
  'License :: Creative Commons Attribution-NonCommercial-ShareAlike 4.0 International': 'CC-BY-NC-SA-4.0',
  'License :: Other/Proprietary License': '',
  'License :: No Such Thing': ' ambiguous',
  'https://opensource.org/licenses/MIT': 'MIT',
  'http://www.apache.org/licenses/LICENSE-2.0.txt': 'Apache-2.0',
  'https://creativecommons.org/licenses/by-nc/4.0/deed.en': 'CC-BY-NC-4.0',
  'https://spdx.org/licenses/BSD-3-Clause.html': 'BSD-3-Clause',
  'https://www.gnu.org/licenses/gpl-3.0.en.html': 'GPL-3.0-only',
  'https://choosealicense.com/licenses/gpl-3.0/': 'GPL-3.0-only',
  'https://huggingface.co/meta-llama/Meta-Llama-3-8B/blob/main/LICENSE': 'LicenseRef-llama-3-community',
  'https://example.org/LICENSE': ' invalid-id',
  'MIT OR Apache-2.0': 'MIT|Apache-2.0',
  'MIT/Apache-2.0': 'MIT|Apache-2.0',
  'Apache 2.0 or MIT': 'Apache-2.0|MIT',
  'MIT and CC BY 4.0': 'MIT+CC-BY-4.0',
  'Apache-2.0 WITH LLVM-exception': 'Apache-2.0',
  'MIT, and more': ' invalid-id',
  Apache: ' ambiguous',
  'Apache License': ' ambiguous',
  BSD: ' ambiguous',
  'Creative Commons': ' ambiguous',
  GPL: ' ambiguous',
  cc: ' ambiguous',
  'CC BY-NC': ' ambiguous',
  'CC-BY-NC license': ' ambiguous',
  LGPL: ' ambiguous',
  'Public Domain': ' ambiguous',
  proprietary: '',
  Proprietary: '',
  UNLICENSED: '',
  'All rights reserved': '',
  'SEE LICENSE IN LICENSE.txt': '',
  LICENSE: '',
  'LICENSE.md': '',
  None: '',
  '': '',
  '  ': '',
  'our own words': ' invalid-id',
  'sai-nc-community': ' invalid-id',
  toString: ' invalid-id',
};

const spdx: Readonly<Record<string, string>> = {
  MIT: 'MIT',
  mit: 'MIT',
  'MIT OR Apache-2.0': 'MIT|Apache-2.0',
  'LicenseRef-ours': 'LicenseRef-ours',
  'Apache 2.0': 'Apache-2.0 invalid-id Apache-2.0',
  'MIT License': 'MIT invalid-id MIT',
  'GPL-3.0': 'GPL-3.0-only deprecated GPL-3.0-only',
  'GPL-2.0+ OR MIT': 'GPL-2.0-or-later|MIT deprecated GPL-2.0-or-later OR MIT',
  'GPL-2.0-with-classpath-exception': 'GPL-2.0-only deprecated GPL-2.0-only WITH Classpath-exception-2.0',
  'Appache-2.0': ' invalid-id Apache-2.0',
  'GNU Affero General Public License v3.0': 'AGPL-3.0-only invalid-id AGPL-3.0-only',
  'MIT/Apache-2.0': 'MIT|Apache-2.0 invalid-id MIT OR Apache-2.0',
  Apache: ' invalid-id',
  BSD: ' invalid-id',
  Proprietary: ' invalid-id',
  'llama3.1': 'LicenseRef-llama-3.1-community invalid-id',
  '': '',
};

const hub: Readonly<Record<string, string>> = {
  mit: 'MIT',
  'apache-2.0': 'Apache-2.0',
  'gpl-3.0': 'GPL-3.0-only',
  'cc-by-nc-4.0': 'CC-BY-NC-4.0',
  'llama3.1': 'LicenseRef-llama-3.1-community',
  gemma: 'LicenseRef-gemma-terms-2025-03-24',
  'bsl-1.0': 'BSL-1.0',
  'creativeml-openrail-m': 'LicenseRef-creativeml-openrail-m',
  MIT: 'MIT invalid-id mit',
  'Apache-2.0': 'Apache-2.0 invalid-id apache-2.0',
  'GPL-3.0': 'GPL-3.0-only invalid-id gpl-3.0',
  'gpl-3.0-only': 'GPL-3.0-only invalid-id gpl-3.0',
  'apache 2.0': 'Apache-2.0 invalid-id apache-2.0',
  'llama-3.1': 'LicenseRef-llama-3.1-community invalid-id llama3.1',
  mti: ' invalid-id mit',
  'cc-by-nc-40': ' invalid-id cc-by-nc-4.0',
  'qwen-research': 'LicenseRef-qwen-research-2024 invalid-id other',
  cc: ' ambiguous',
  bsd: ' ambiguous',
  gpl: ' ambiguous',
  unknown: ' ambiguous',
  openrail: 'LicenseRef-openrail-generic ambiguous',
  other: ' not-a-licence',
  'cc-by-nc': ' invalid-id',
  'Creative Commons': ' invalid-id',
  apache: ' invalid-id',
  '': '',
};

describe('licences as they are stated', () => {
  for (const [field, cases] of Object.entries({ free, spdx, hub })) {
    for (const [stated, expected] of Object.entries(cases))
      it(`${field}: ${JSON.stringify(stated)} -> ${expected}`, () => assert.equal(shown(stated, field as FieldKind), expected));
  }

  it('resolves the name and every tag of the catalogue to the terms that have it', () => {
    const knowledge = testKnowledge();
    // A name that several versions share is given to one of them by hand.
    const byHand = new Set([...Object.keys(recognition.names), ...Object.keys(recognition.weakNames)].map(nameKey));
    for (const tag of knowledge.allHubLicences()) {
      if (tag.ambiguous || tag.notALicence) continue;
      assert.deepEqual(
        resolveStated(tag.tag, 'hub', knowledge),
        { licences: tag.terms.length === 1 ? tag.terms : [tag.spdx], choice: false, problem: null },
        tag.tag,
      );
    }
    for (const terms of knowledge.allTerms()) {
      if (byHand.has(nameKey(terms.name)) || knowledge.allTerms().filter((other) => other.name === terms.name).length > 1) continue;
      assert.deepEqual(resolveStated(terms.name, 'free', knowledge).licences, [terms.id], terms.name);
    }
  });

  it('suggests only what the field takes', () => {
    const knowledge = testKnowledge();
    for (const stated of [...Object.keys(free), ...Object.keys(spdx), ...Object.keys(hub)]) {
      const forSpdx = resolveStated(stated, 'spdx', knowledge).problem?.suggestion;
      if (forSpdx) assert.equal(resolveStated(forSpdx, 'spdx', knowledge).problem, null, forSpdx);
      const forHub = resolveStated(stated, 'hub', knowledge).problem?.suggestion;
      if (forHub) assert.equal(knowledge.hubLicence(forHub)?.tag, forHub);
    }
  });

  const categories: Readonly<Record<string, string | null>> = {
    'CC-BY-NC license': 'non-commercial',
    'CC BY-NC-SA': 'non-commercial',
    'CC BY-SA': 'share-alike',
    'CC BY-NC 4.0': 'non-commercial',
    'Llama 2 Community License': 'use-restricted',
    MIT: 'permissive',
    'research use only': 'research-only',
    'strictly for research purposes': 'research-only',
    'Free for non-commercial use': 'non-commercial',
    BSD: null,
    '': null,
  };
  for (const [stated, category] of Object.entries(categories))
    it(`category of "${stated}" is ${category}`, () => assert.equal(categoryOfName(stated, testKnowledge()), category));

  it('never throws, and gives ids without white space', () => {
    const word = fc.constantFrom(
      'MIT',
      'Apache',
      '2.0',
      'v2',
      'GPL',
      'or',
      'later',
      'and',
      '/',
      '(',
      ')',
      'License',
      '::',
      'CC',
      'BY-NC',
      '+',
      'https://',
      'spdx.org/licenses/',
      '\u0000',
      '😀',
      '-',
      '.',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 300 }),
          fc.array(word, { maxLength: 12 }).map((list) => list.join(' ')),
        ),
        fc.constantFrom<FieldKind>('spdx', 'hub', 'free'),
        (stated, field) => {
          for (const licence of resolveStated(stated, field, testKnowledge()).licences) assert.match(licence, /^\S+$/);
          categoryOfName(stated, testKnowledge());
        },
      ),
      { numRuns: 600 },
    );
  });
});
