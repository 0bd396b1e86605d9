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

const apache = 'https://github.com/huggingface/transformers';
const affero = 'https://github.com/AUTOMATIC1111/stable-diffusion-webui';
const grant = '# Licensed under the Apache License, Version 2.0 (the "License");\n';
const owned = '--- NOTICE\nPond\nCopyright 2023 Pond Lab\n';
const mitOf = (holders: string): string => `--- LICENSE\n[text of MIT]\n\n${holders}\n`;
const pointingHead = (holder: string): string =>
  `# Copyright (c) ${holder}\n#\n# This source code is licensed under the MIT license found in the\n# LICENSE file in the root directory of this source tree.\n`;
const pointed = (holder: string, severity: string): string =>
  pointingHead(holder).replace(/^(.*)\n/, (line) => `${line}${'^'.repeat(line.length - 1)} ${severity} copied-code\n`);

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
  [
    'under the terms of the whole, below a head of its own',
    `${setup('Apache-2.0')}${owned}--- a.py\n# Copyright 2023 Pond Lab\n${grant}import os\n${marked('# Copied from ', apache, 'information')}${body}`,
  ],
  [
    'under the terms of the whole, below a head that names its holder too',
    `${setup('Apache-2.0')}${owned}--- a.py\n# Copyright 2023 Pond Lab and The HuggingFace Team\n${grant}import os\n# Copied from ${apache}\n${body}`,
  ],
  [
    'under the terms of the whole, below a tag',
    `${setup('Apache-2.0')}${owned}--- a.py\n# SPDX-License-${'Identifier'}: Apache-2.0\nimport os\n# Copied from ${apache}\n${body}`,
  ],
  [
    'under the terms of the whole, below a tag beside its own holder',
    `${setup('Apache-2.0')}${owned}--- a.py\n# Copyright 2023 Pond Lab\n# SPDX-License-${'Identifier'}: Apache-2.0\nimport os\n${marked('# Copied from ', apache, 'information')}${body}`,
  ],
  [
    'whose licence the comment names, below a head of its own',
    `${setup('MIT')}${owned}--- a.py\n# Copyright 2023 Pond Lab\n\n${marked('# This code is based on ', apache + '/blob/main/src/a.py', 'information')}# which is distributed under the Apache License 2.0.\n\nimport os\n${body}`,
  ],
  [
    'of terms that nobody knows, below a head of its own in a part',
    `${mitOf('Copyright 2023 Pond Lab')}--- app/package.json\n{"name": "app", "license": "ISC"}\n--- app/a.js\n// Copyright 2023 Pond Lab\n// Licensed under the MIT license.\n\n${body.replaceAll('\n', ';\n')}${marked('// credit: ', 'https://gist.github.com/otter/0e8f10d9a233127c5e33b09ca6883ff4', 'information')}`,
  ],
  ['under the copyleft of the whole', `${setup('AGPL-3.0-only')}--- a.py\nimport os\n${marked('# Copied from ', affero, 'information')}${body}`],
  [
    'with its licence but without its holder',
    `${mitOf('Copyright (c) 2024 Pond Lab')}--- a.py\n${marked('# Adapted from ', 'https://github.com/acme-lab/river', 'information')}# MIT License\n${body}`,
  ],
  [
    'with its licence, where the text of the whole names two',
    `${mitOf('Copyright (c) 2024 Pond Lab\nCopyright (c) 2022 Jo Doe')}--- a.py\n# Adapted from https://github.com/acme-lab/river\n# MIT License\n${body}`,
  ],
  [
    'with its licence, where another text lies in the tree',
    `${mitOf('Copyright (c) 2024 Pond Lab')}--- THIRD_PARTY_NOTICES\nCopyright (c) 2022 Jo Doe\n\n[text of MIT]\n--- a.py\n# Adapted from https://github.com/acme-lab/river\n# MIT License\n${body}`,
  ],
  ['in a module of CMake', `${setup('Apache-2.0')}--- cmake/FindRiver.cmake\n${marked('# Copied from ', mit, 'information')}${'set(X 1)\n'.repeat(20)}`],
  ['by a name alone', `${setup('Apache-2.0')}--- a.py\n# Adapted from riverflow library\n               ^^^^^^^^^ information copied-code\nimport os\n${body}`],
  ['by the name of what lies in the tree', `${setup('Apache-2.0')}--- riverflow/x.py\nx = 1\n--- a.py\n# Adapted from riverflow library\nimport os\n${body}`],
  [
    'by a name that a notice has',
    `${setup('Apache-2.0')}--- NOTICE\nhttps://github.com/acme/riverflow\n--- a.py\n# Adapted from riverflow library\nimport os\n${body}`,
  ],
  [
    'heads that point at the text of somebody else under the same terms',
    `${mitOf('Copyright (c) 2024 Pond Lab')}--- a.py\n${pointed('Acme, Inc', 'information')}import os\n${body}`,
  ],
  [
    'heads that point at such a text, where a notice names their holder',
    `${mitOf('Copyright (c) 2024 Pond Lab')}--- NOTICE\nCopyright (c) 2020 Acme, Inc\n--- a.py\n${pointingHead('Acme, Inc')}import os\n${body}`,
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
