import assert from 'node:assert/strict';
import { check } from '../support/repo.ts';

const setup = (id: string): string => `--- setup.py\nsetup(name="pond", license="${id}")\n`;
const marked = (before: string, address: string, severity: string): string =>
  `${before}${address}\n${' '.repeat(before.length)}${'^'.repeat(address.length)} ${severity} copied-code\n`;
/** More than a snippet. */
const body = Array.from({ length: 15 }, (_, at) => `x${at} = ${at}\n`).join('');
const answer = 'https://stackoverflow.com/a/40301488/8001386';
const space = 'https://huggingface.co/spaces/acme-lab/river/blob/main/utils.py';
const mit = 'https://github.com/openai/guided-diffusion';

const cases: readonly (readonly [string, string])[] = [
  ['from an answer, at the head', `${setup('Apache-2.0')}--- a.py\n${marked('# Adapted from ', answer, 'information')}${body}`],
  ['from an answer, in a whole that declares nothing', `--- a.py\n${body}${marked('# From ', answer, 'information')}`],
  ['from an answer whose terms stand there', `${setup('Apache-2.0')}--- a.py\n# Adapted from ${answer} (license: CC BY-SA 4.0)\n${body}`],
  ['from an answer, in a whole under the same terms', `${setup('CC-BY-SA-4.0')}--- a.py\n${marked('# Adapted from ', answer, 'information')}${body}`],
  ['what an answer explains', `${setup('Apache-2.0')}--- a.py\n# See ${answer}\n${body}`],
  ['from a space of the hub', `${setup('Apache-2.0')}--- a.py\n${marked('# Borrowed from: ', space, 'information')}${body}`],
  ['an address that is all of the first comment', `${setup('Apache-2.0')}--- a.py\n${marked('# ', mit, 'information')}\nimport os\n${body}`],
  ['the tool that settings are for', `${setup('Apache-2.0')}--- postcss.config.js\n// ${mit}\n\nmodule.exports = {\n${body}`],
  ['what an author has made', `${setup('Apache-2.0')}--- a.py\n# Authors: Jo Doe (${mit})\n\nimport os\n${body}`],
  ['a file of this project', `${setup('Apache-2.0')}--- a.py\n# This file is part of River (https://github.com/acme-lab/river).\n\nimport os\n${body}`],
  ['what to refer to', `${setup('Apache-2.0')}--- a.py\nimport os\n# Please refer to the official implementation of Otter: ${mit}\n${body}`],
  [
    'a file that is part of a project',
    `${setup('Apache-2.0')}--- a.py\n# This file is part of guided-diffusion.\n${marked('# ', mit, 'information')}\nimport os\n${body}`,
  ],
];

describe('copied-code of other sources', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'copied-code'));

  it('says what answers ask for, one finding a site', () => {
    const [found, more] = check(
      `${setup('Apache-2.0')}--- a.py\n${body}${marked('# From ', answer, 'information')}--- b.py\n${body}# From https://stackoverflow.com/a/2\n`,
      'copied-code',
    );
    assert.match(found?.message ?? '', /answer on stackoverflow\.com.*ShareAlike 4\.0 or an earlier version .*same licence \(s\. 3\.b\)/);
    assert.deepEqual([found?.related.length, more], [1, undefined]);
  });
});
