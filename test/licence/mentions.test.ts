import assert from 'node:assert/strict';
import fc from 'fast-check';
import { findLicenceMentions } from '../../server/src/licence/mentions.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { cpuTime } from '../support/time.ts';

/** Each mention as `text = ids` or `text = category`. */
const shown = (text: string): readonly string[] =>
  findLicenceMentions(text, testKnowledge()).map(
    (mention) => `${mention.text} = ${mention.licences.length > 0 ? mention.licences.join('+') : mention.category}`,
  );

const cases: Readonly<Record<string, readonly string[]>> = {
  'This project is licensed under the MIT license.': ['MIT = MIT'],
  'Released under MIT.': ['MIT = MIT'],
  '- License: MIT': ['MIT = MIT'],
  '**Licence**: `MIT`': ['MIT = MIT'],
  '[MIT](LICENSE)': ['MIT = MIT'],
  'The license of this repository is MIT.': ['MIT = MIT'],
  'Dual licensed under MIT and Apache 2.0': ['MIT = MIT', 'Apache 2.0 = Apache-2.0'],
  'MIT, BSD and Apache 2.0 licences': ['MIT = MIT', 'Apache 2.0 = Apache-2.0'],
  'We thank researchers at MIT under the supervision of A.': [],
  'Students at the MIT Media Lab collected it.': [],
  'MIT students licensed the work': [],
  'released by MIT under the Apache 2.0 license': ['Apache 2.0 = Apache-2.0'],
  'Copyright MIT 2020': [],
  'the Apache License, Version 2.0': ['Apache License, Version 2.0 = Apache-2.0'],
  'the Apache\nLicense v. 2.0': ['Apache\nLicense v. 2.0 = Apache-2.0'],
  'Apache\n\n2.0 is the version': [],
  'It ran on Apache. 2.0 seconds later': [],
  'CC BY-NC 4.0': ['CC BY-NC 4.0 = CC-BY-NC-4.0'],
  'the CC-BY-NC-SA-4.0 licence': ['CC-BY-NC-SA-4.0 = CC-BY-NC-SA-4.0'],
  'Creative Commons Attribution-NonCommercial 4.0 International License': ['Creative Commons Attribution-NonCommercial 4.0 International = CC-BY-NC-4.0'],
  'Licensed under CC BY-NC.': ['CC BY-NC = non-commercial'],
  'Licensed under CC BY-SA.': [],
  'under GPL': [],
  'GPLv3 or later': ['GPLv3 or later = GPL-3.0-or-later'],
  'GNU General Public License as published by the Free Software Foundation; either version 2 of the License, or\n# (at your option) any later version.': [
    'GNU General Public License as published by the Free Software Foundation; either version 2 of the License, or\n# (at your option) any later = GPL-2.0-or-later',
  ],
  'BSD 3-Clause': ['BSD 3-Clause = BSD-3-Clause'],
  'runs under FreeBSD': [],
  'requires Python 2.0': [],
  'an open database of images': [],
  'Llama 3.1 8B is a base model.': [],
  'subject to the Llama 3.1 Community License': ['Llama 3.1 Community = LicenseRef-llama-3.1-community'],
  'See the Llama 2 license.': ['Llama 2 = LicenseRef-llama-2-community'],
  'We compare with Gemma. The license differs.': [],
  'the Gemma Terms of Use': ['Gemma Terms of Use = LicenseRef-gemma-terms-2025-03-24'],
  'under the [FLUX.1 [dev] Non-Commercial License](x)': ['FLUX.1 [dev] Non-Commercial = LicenseRef-flux-1-dev-nc'],
  'the NVIDIA license': [],
  'under the Modified MIT License': [],
  'under a modified Apache 2.0 license': [],
  'the modified BSD license': ['modified BSD = BSD-3-Clause'],
  'for what was modified. MIT License': ['MIT = MIT'],
  'https://creativecommons.org/licenses/by-nc/4.0/.': ['https://creativecommons.org/licenses/by-nc/4.0/ = CC-BY-NC-4.0'],
  '[text](https://opensource.org/licenses/MIT)': ['https://opensource.org/licenses/MIT = MIT'],
  'https://www.apache.org/licenses/LICENSE-2.0': ['https://www.apache.org/licenses/LICENSE-2.0 = Apache-2.0'],
  'https://huggingface.co/a/b/blob/main/LICENSE': [],
  'for research use only': ['for research use only = research-only'],
  'for research purposes only': ['for research purposes only = research-only'],
  'academic research only': ['academic research only = research-only'],
  'intended only for research': ['only for research = research-only'],
  'non-commercial use only': ['non-commercial use only = non-commercial'],
  'This is for non commercial purposes.': ['non commercial purposes = non-commercial'],
  'strictly noncommercial': ['noncommercial = non-commercial'],
  'not for commercial use': ['not for commercial use = non-commercial'],
  'It cannot be used for commercial purposes.': ['cannot be used for commercial purposes = non-commercial'],
  'Commercial use is not permitted.': ['Commercial use is not permitted = non-commercial'],
  'free for commercial and non-commercial use': [],
  'non-commercial and commercial use are fine': [],
  'a mixture of non-commercial and permissive commercial licences': [],
  'not limited to non-commercial use': [],
  'with no NonCommercial and no ShareAlike clause': [],
  'for personal, educational and research purposes only': ['for personal, educational and research purposes only = research-only'],
  'may only be used for research': ['only be used for research = research-only'],
  'solely for personal and educational use': ['solely for personal and educational use = research-only'],
  'for non-profit use only': ['for non-profit use only = research-only'],
  'only for learning rates below one': [],
  'only for study and for teaching the others': [],
  'Do not use this model for commercial purposes': ['not use this model for commercial purposes = non-commercial'],
  'please do not use it commercially': ['not use it commercially = non-commercial'],
  仅供学习交流使用: ['仅供学习 = research-only'],
  仅用于深度学习训练: [],
  仅用于学习率: [],
  'research and commercial use': [],
  '': [],
};

describe('licences named in prose', () => {
  for (const [text, expected] of Object.entries(cases)) it(JSON.stringify(text).slice(0, 100), () => assert.deepEqual(shown(text), expected));

  it('gives the exact span', () => {
    const text = 'x\r\n😀 licensed under Apache 2.0!';
    const [mention] = findLicenceMentions(text, testKnowledge());
    assert.equal(text.slice(mention?.span.start, mention?.span.end), 'Apache 2.0');
  });

  const word = fc.constantFrom(
    'MIT',
    'license',
    'licensed under',
    'Apache',
    '2.0',
    'CC',
    'BY-NC',
    '4.0',
    'GPL',
    'v3',
    'or later',
    '.',
    '\n',
    '\n\n',
    'https://opensource.org/licenses/MIT',
    'non-commercial',
    'use only',
    'research',
    '😀',
    'Llama 3',
    '(',
    ']',
    'the',
    'ﬁ',
    '\u0130',
  );

  it('never throws; spans are ordered, apart and inside the text', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ maxLength: 400, unit: 'binary' }),
          fc.array(word, { maxLength: 40 }).map((list) => list.join(' ')),
        ),
        (text) => {
          let end = 0;
          for (const mention of findLicenceMentions(text, testKnowledge())) {
            assert.ok(mention.span.start >= end && mention.span.end > mention.span.start && mention.span.end <= text.length);
            assert.equal(mention.text, text.slice(mention.span.start, mention.span.end));
            assert.ok(mention.licences.length > 0 || mention.category !== null);
            end = mention.span.end;
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('stays linear on hostile text', () => {
    const started = cpuTime();
    for (const part of [
      ' ',
      '*',
      'MIT ',
      'CC BY-NC ',
      'licence ',
      'under ',
      'GNU General Public License as published by the Free Software Foundation ',
      'non-',
      'only for ',
      'https://',
      '(',
      '1.0',
      '. ',
    ])
      findLicenceMentions(part.repeat(Math.ceil(200_000 / part.length)), testKnowledge());
    assert.ok(cpuTime() - started < 4000);
  });
});
