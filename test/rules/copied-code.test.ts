import assert from 'node:assert/strict';
import { check, fixed } from '../support/repo.ts';

const licence = (id: string): string => `--- LICENSE\n[text of ${id}]\n`;
const setup = (id: string): string => `--- setup.py\nsetup(name="pond", license="${id}")\n`;
const from = (repository: string): string => `https://github.com/${repository}`;
const marked = (before: string, repository: string, severity: string): string =>
  `${before}${from(repository)}\n${' '.repeat(before.length)}${'^'.repeat(from(repository).length)} ${severity} copied-code\n`;
const carets = (line: string, severity: string): string => `${line}\n${'^'.repeat(line.length)} ${severity} copied-code\n`;

const mit = 'openai/guided-diffusion';
const unknown = 'acme-lab/river';
const grant = '# Licensed under the Apache License, Version 2.0 (the "License");\n# you may not use this file except in compliance with the License.\n';
const head = (holder: string): string => `# Copyright 2023 ${holder}. All rights reserved.`;
const owned = (holder: string): string => `--- NOTICE\nPond\nCopyright 2023 ${holder}\n`;
/** More than a snippet. */
const body = Array.from({ length: 15 }, (_, at) => `x${at} = ${at}\n`).join('');
const mitOf = (holder: string): string => `${licence('MIT').replace('[text of MIT]', `[text of MIT]\n\nCopyright (c) 2024 ${holder}`)}`;
const pointing = '#\n# This source code is licensed under the license found in the\n# LICENSE file in the root directory of this source tree.\n';
const ownFiles = ['u', 'v', 'w', 'x', 'y'].map((name) => `--- own/${name}.py\n${name} = 1\n`).join('');
const home = '--- README.md\n[![x](https://img.shields.io/github/stars/pond-org/pond)](https://github.com/pond-org/pond)\n';
const reserved = '# Any use, reproduction or distribution without an express license agreement\n# from Acme Corporation is strictly prohibited.\n';

const cases: readonly (readonly [string, string])[] = [
  ['under other terms than the whole', `${setup('Apache-2.0')}--- a.py\n${marked('# Adapted from ', mit, 'warning')}${body}`],
  [
    'of a file that was taken as a whole from elsewhere, where that began',
    `${setup('Apache-2.0')}--- a.py\n${marked('# Copied from ', mit, 'warning')}#\n${marked('# Adapted from ', 'openai/CLIP', 'information')}${body}`,
  ],
  ['under the same terms', `${setup('MIT')}--- a.py\n${marked('# Adapted from ', mit, 'information')}`],
  ['under the terms of a text, whatever a manifest says', `${licence('MIT')}${setup('Apache-2.0')}--- a.py\n${marked('# Adapted from ', mit, 'information')}`],
  ['under terms that nothing knows', `${setup('MIT')}--- a.py\n${marked('# Adapted from ', unknown, 'information')}`],
  ['in a whole that declares nothing', `--- a.py\n${marked('# Adapted from ', mit, 'information')}`],
  [
    'credited in a README, however many sources',
    `${setup('Apache-2.0')}--- README.md\n${marked('We borrowed some code from ', mit, 'information')}The code is also taken from ${from(unknown)}.\n`,
  ],
  ['credited as what this is built on', `${setup('Apache-2.0')}--- README.md\nOur code is built on ${from(mit)}.\n`],
  [
    'credited in a README and told at the code',
    `${setup('Apache-2.0')}--- README.md\nThe code is taken from ${from(mit)}.\n--- a.py\n${marked('# Adapted from ', mit, 'warning')}${body}`,
  ],
  ['credited in a README, and noticed', `${setup('Apache-2.0')}--- NOTICE\n${from(mit)}\n--- README.md\nThe code is taken from ${from(mit)}.\n`],
  ['credited to a repository of the same owner', `${setup('Apache-2.0')}${home}The code is taken from ${from('pond-org/lake')}.\n`],
  ['for some lines further down', `${setup('Apache-2.0')}--- a.py\nimport os\n${marked('# Adapted from ', mit, 'information')}`],
  ['in C', `${setup('Apache-2.0')}--- a.cu\n${marked('// Modified from ', mit, 'warning')}`],
  [
    'from whoever had copied it',
    `${setup('Apache-2.0')}${owned('Pond')}--- a.py\n${head('Acme Lab')}\n${grant}${marked('# Modified from ', mit, 'information')}`,
  ],
  [
    'under two tags, which are how a choice is written too',
    `${setup('GPL-3.0-only')}${owned('Pond')}--- a.py\n${head('Acme Lab')}\n# SPDX-License-${'Identifier'}: Apache-2.0\n# SPDX-License-${'Identifier'}: MIT\n`,
  ],
  ['for a snippet', `${setup('Apache-2.0')}--- a.py\n${marked('# Adapted from ', mit, 'information')}x = 1\n`],
  [
    'for a few lines for the preprocessor',
    `${setup('Apache-2.0')}--- a.h\n${marked('// Modified from ', mit, 'information')}\n#ifndef POND_CHECK\n#define POND_CHECK OLD_CHECK\n#endif\n`,
  ],
  ['for imports alone', `${setup('Apache-2.0')}--- a.py\n${marked('# Adapted from ', mit, 'information')}from .x import a\nfrom .y import b\n`],
  [
    'for a short module',
    `${setup('Apache-2.0')}--- a.py\n${marked('# Adapted from ', mit, 'information')}import os\n${body.split('\n').slice(0, 14).join('\n')}\n`,
  ],
  [
    'for the first statement of a file that speaks of itself before',
    `${setup('Apache-2.0')}--- a.py\n"""Names."""\n\n${marked('# Copied from ', mit, 'information')}${body}`,
  ],
  [
    'for a file that speaks of itself before',
    `${setup('Apache-2.0')}--- a.py\n"""Names."""\n\n${marked('# Copied from ', mit, 'warning')}\nimport os\n${body}`,
  ],
  [
    'of a university that a licence is named for too',
    `${setup('Apache-2.0')}${owned('Pond')}--- a.py\n${head('AllenAI Authors, University of Illinois Urbana-Champaign,')}\n${grant}`,
  ],
  [
    'from whoever had copied it, though many files are theirs',
    `${setup('Apache-2.0')}${owned('Pond')}--- a.py\n${head('Acme Lab')}\n${grant}${marked('# Modified from ', mit, 'information')}${body}${['b', 'c', 'd'].map((name) => `--- ${name}.py\n${head('Acme Lab')}\n${grant}`).join('')}`,
  ],
  [
    'of somebody with whom the tree has an agreement',
    `${setup('Apache-2.0')}--- LICENSE-OPENAI\nAgreement between the parties named below.\n--- a.py\n${marked('# Adapted from ', mit, 'information')}${body}`,
  ],
  [
    'where the text lies below a list of what the whole is made with',
    `--- LICENSE\n[text of Apache-2.0]\n\nOther dependencies and licenses:\n\n[text of MIT]\n--- a.py\n${marked('# Adapted from ', mit, 'information')}${body}`,
  ],
  [
    'in a package that is named for a known project',
    `${mitOf('Pond')}--- detectron2/__init__.py\nx = 1\n--- detectron2/utils/a.py\n${marked('# Adapted from ', 'pytorch/vision', 'information')}${body}`,
  ],
  [
    'in the package of such a name that is packed here',
    `${setup('MIT')}--- detectron2/__init__.py\nx = 1\n--- detectron2/utils/a.py\n${marked('# Adapted from ', 'pytorch/vision', 'warning')}${body}`,
  ],
  [
    'in one that is called for what it holds',
    `${mitOf('Pond')}--- datasets/__init__.py\nx = 1\n--- datasets/a.py\n${marked('# Adapted from ', 'pytorch/vision', 'warning')}${body}`,
  ],
  ['in a folder of such a name', `${mitOf('Pond')}--- detectron2/utils/a.py\n${marked('# Adapted from ', 'pytorch/vision', 'warning')}${body}`],
  [
    'in a package of its own of such a name',
    `${mitOf('Pond')}--- README.md\n[![x](https://img.shields.io/github/stars/facebookresearch/detectron2)](https://github.com/facebookresearch/detectron2)\n--- detectron2/__init__.py\nx = 1\n--- detectron2/utils/a.py\n${marked('# Adapted from ', 'pytorch/vision', 'warning')}${body}`,
  ],
  ['in a test', `${setup('Apache-2.0')}--- tests/a.py\n${marked('# Adapted from ', mit, 'information')}`],
  ['based on', `${setup('Apache-2.0')}--- a.py\n${marked('# Based on ', mit, 'information')}${body}`],
  ['based on what is under the same terms', `${setup('MIT')}--- a.py\n# Based on ${from(mit)}\n${body}`],
  ['based on, in a whole that declares nothing', `--- a.py\n# Based on ${from(mit)}\n${body}`],
  ['based on, further down', `${setup('Apache-2.0')}--- a.py\nimport os\n${body}# Based on ${from(mit)}\n`],
  ['based on a file', `${setup('Apache-2.0')}--- a.py\n${marked('# Based on ', `${mit}/blob/main/x.py`, 'information')}${body}`],
  ['based on a file as a whole', `${setup('Apache-2.0')}--- a.py\n${marked('# This script is based on ', `${mit}/blob/main/x.py`, 'warning')}${body}`],
  ['a file of the same name above all code', `${setup('Apache-2.0')}--- a.py\n${marked('# ', `${mit}/blob/main/x/a.py`, 'warning')}\nimport os\n${body}`],
  [
    'named without an address',
    `${setup('Apache-2.0')}--- a.py\nimport os\n${body}# stolen from ${mit}\n${' '.repeat(14)}${'^'.repeat(mit.length)} information copied-code\n`,
  ],
  ['based on what restricts use', `${setup('Apache-2.0')}--- a.py\n${marked('# Based on ', 'CompVis/stable-diffusion', 'information')}`],
  ['one finding a source', `${setup('Apache-2.0')}--- a.py\n${marked('# Adapted from ', mit, 'warning')}--- b.py\n# Copied from ${from(mit)}\n`],
  [
    'a place that is accepted hides no other',
    `${setup('Apache-2.0')}--- a.py\n# pedigree-ignore copied-code: ours\n# Adapted from ${from(mit)}\n--- b.py\n${marked('# Copied from ', mit, 'warning')}`,
  ],
  ['where a notice names it', `${setup('Apache-2.0')}--- THIRD_PARTY_NOTICES.md\n${from(mit)} under the MIT License\n--- a.py\n# Adapted from ${from(mit)}\n`],
  [
    'where the head keeps its licence',
    `${setup('Apache-2.0')}--- a.py\n# Copyright (c) 2021 Somebody\n# Licensed under the MIT License\n# Adapted from ${from(mit)}\nx = 1\n--- LICENSES/MIT.txt\n[text of MIT]\n`,
  ],
  [
    'from a source of unknown terms, under a tag with those of the whole',
    `${setup('Apache-2.0')}--- a.py\n# SPDX-License-${'Identifier'}: Apache-2.0\n${marked('# Adapted from ', unknown, 'information')}`,
  ],
  ['from one under a tag with other terms', `${setup('Apache-2.0')}--- a.py\n# SPDX-License-${'Identifier'}: MIT\n# Adapted from ${from(unknown)}\n`],
  ['below a line that speaks of data', `${setup('MIT')}--- a.py\n# Data of varying length\n${marked('# Copied from ', unknown, 'information')}`],
  [
    'from a snippet that stands by itself',
    `${setup('MIT')}--- a.py\n# Copied from https://gist.github.com/acme/0123456789abcdef0123456789abcdef\n${' '.repeat(14)}${'^'.repeat(61)} information copied-code\n${body}`,
  ],
  [
    'from one that a notice names',
    `${setup('MIT')}--- NOTICE\nhttps://gist.github.com/acme/0123456789abcdef0123456789abcdef\n--- a.py\n# Copied from https://gist.github.com/acme/0123456789abcdef0123456789abcdef\n${body}`,
  ],
  ['where a tag says so', `${setup('Apache-2.0')}--- a.py\n# SPDX-License-Identifier: MIT\n# Adapted from ${from(mit)}\n`],
  ['where a text lies beside it', `${setup('Apache-2.0')}--- lib/flow/LICENSE\n[text of MIT]\n--- lib/flow/a.py\n# Adapted from ${from(mit)}\n`],
  [
    'where REUSE.toml says so',
    `${setup('Apache-2.0')}--- REUSE.toml\nversion = 1\n[[annotations]]\npath = "lib/**"\nSPDX-License-Identifier = "MIT"\n--- lib/a.py\n# Adapted from ${from(mit)}\n`,
  ],
  [
    'where the comment names the licence and its text is here',
    `${setup('Apache-2.0')}--- LICENSES/MIT.txt\n[text of MIT]\n--- a.py\n# Adapted from ${from(mit)}, under the MIT License\n`,
  ],
  [
    'where the comment names the licence alone',
    `${setup('Apache-2.0')}--- a.py\n${marked('# Adapted from ', mit, 'information').replace('\n', ', under the MIT License\n')}`,
  ],
  [
    'from this repository',
    `${setup('Apache-2.0')}--- README.md\n# River\n\n\`\`\`sh\ngit clone ${from(unknown)}\n\`\`\`\n--- a.py\n# Adapted from ${from(unknown)}\n`,
  ],
  [
    'where the same terms stand at a head of others',
    `${setup('MIT')}${owned('Pond')}--- a.py\n${marked('# Adapted from ', 'FunAudioLLM/CosyVoice', 'information')}x = 1\n--- b.py\n${carets('# Copyright 2023 Acme Lab.', 'warning')}${grant}x = 1\n`,
  ],
  [
    'where a link to the terms will do',
    `${setup('Apache-2.0')}${owned('Pond')}--- b.py\n${carets('# Copyright 2023 Acme Lab.', 'information')}# This file is licensed under CC BY 4.0.\nx = 1\n`,
  ],
  [
    'at a head whose terms lie in the tree it was written for',
    `${setup('Apache-2.0')}${owned('Pond')}--- a.py\n# Copyright (c) 2022 Acme Lab\n# This source code is licensed under the license found in the\n# LICENSE file in the root directory of this source tree.\n${marked('# Adapted from ', mit, 'information')}${body}`,
  ],
  [
    'at a head that points at a file with the texts of components too',
    `${mitOf('Pond')}\nOther dependencies and licenses:\n\n[text of Apache-2.0]\n${ownFiles}--- a.py\n${carets('# Copyright (c) 2022 Acme Lab', 'information')}${pointing}${body}`,
  ],
  [
    'at a head that bars commerce, which is told so',
    `${mitOf('Pond')}--- a.py\n# Copyright (c) 2022 Acme Lab\n# This source code is licensed under the CC-by-NC license found in the\n# LICENSE file in the root directory of this source tree.\n${body}`,
  ],
  [
    'at a head without terms',
    `${setup('Apache-2.0')}${owned('Pond')}--- a.py\n# Copyright (c) 2022 Acme Lab\n${marked('# Adapted from ', mit, 'warning')}${body}`,
  ],
  ['from a branch of its own', `${setup('Apache-2.0')}--- a.py\n${marked('# Adapted from ', `${mit}/blob/pondering/x.py`, 'information')}${body}`],
  ['in a vendored project', `${setup('Apache-2.0')}--- third_party/pond/a.py\n# Adapted from ${from(mit)}\n`],
  ['no code at all', `${setup('Apache-2.0')}--- a.py\n# See ${from(mit)}\nurl = "adapted from ${from(mit)}"\n`],
  ['what bars commerce has a rule of its own', `${setup('Apache-2.0')}--- a.py\n# Adapted from ${from('facebookresearch/mae')}\n`],
  ['copyleft has a rule of its own', `${setup('Apache-2.0')}--- a.py\n# Adapted from ${from('lllyasviel/Fooocus')}\n`],
  ['a foreign head whose text is absent', `${setup('MIT')}${owned('Pond')}--- a.py\n${carets(head('Acme Lab'), 'warning')}${grant}import os\n`],
  [
    'foreign heads are one finding',
    `${setup('MIT')}${owned('Pond')}--- a.py\n${carets(head('Acme Lab'), 'warning')}${grant}--- b.py\n${head('River Lab')}\n${grant}`,
  ],
  ['a foreign head whose text is here', `${setup('MIT')}${owned('Pond')}--- LICENSES/Apache-2.0.txt\ntext\n--- a.py\n${head('Acme Lab')}\n${grant}`],
  ['a foreign head of the same licence', `${setup('Apache-2.0')}${owned('Pond')}--- a.py\n${head('Acme Lab')}\n${grant}`],
  ['our own head', `${setup('MIT')}${owned('Acme Lab')}--- a.py\n${head('The Acme Lab Authors')}\n${grant}`],
  [
    'the holder of most heads is ours',
    `${setup('MIT')}--- README.md\n[![x](https://img.shields.io/badge/x-y)](https://github.com/pond-org/pond)\n--- a.py\n${head('Acme Lab')}\n${grant}--- b.py\n${head('Acme Lab')}\n${grant}--- c.py\n${head('Acme Lab')}\n${grant}`,
  ],
  [
    'the holder of most heads, where the licence names somebody else',
    `${setup('MIT')}${owned('Pond')}--- a.py\n${carets(head('Acme Lab'), 'information')}${grant}--- b.py\n${head('Acme Lab')}\n${grant}--- c.py\n${head('Acme Lab')}\n${grant}`,
  ],
  ['a head, where the whole names no holder', `${setup('MIT')}--- a.py\n${carets(head('Acme Lab'), 'information')}${grant}`],
  [
    'a foreign head whose text stands further down in a source file',
    `${setup('MIT')}${owned('Pond')}--- a.py\n${head('Acme Lab')}\n${grant}--- b.py\nx = 1\n'''\n[text of Apache-2.0]\n'''\n`,
  ],
  [
    'a head that speaks of something else as well',
    `${setup('MIT')}${owned('Pond')}--- a.py\n${carets(head('Acme Lab'), 'warning')}${grant}#\n# Otter 2 is licensed under the Mozilla Public License 2.0.\nimport os\n`,
  ],
  ['a script that keeps the repository in order', `${setup('MIT')}${owned('Pond')}--- scripts/stale.py\n${carets(head('Acme Lab'), 'information')}${grant}`],
  [
    'a head of those whom the project is named for',
    `${setup('MIT')}${owned('Pond')}--- README.md\n[![x](https://img.shields.io/github/stars/acme/river)](https://github.com/acme/river)\n--- a.py\n${head('The River Team')}\n${grant}`,
  ],
  ['a head that has the text', `${setup('Apache-2.0')}${owned('Pond')}--- a.c\n/*\n[text of MIT]\n*/\n`],
  [
    'a head that has a grant which its author shortened',
    `${setup('Apache-2.0')}${owned('Pond')}--- a.py\n# MIT License\n#\n# Copyright (c) 2018 Acme Lab\n#\n# Permission is hereby granted, free of charge, to any person obtaining a copy\n# of this software, subject to conditions.\n`,
  ],
  ['a head that points at a licence of somebody else', `${mitOf('Pond')}--- a.py\n${carets(head('Acme Lab'), 'warning')}${pointing}import os\n${ownFiles}`],
  [
    'a head that points there, with an address in the next sentence',
    `${mitOf('Pond')}--- a.py\n${carets(head('Acme Lab'), 'warning')}${pointing}# References:\n# https://acme.example/paper\nimport os\n${ownFiles}`,
  ],
  ['one finding a holder', `${mitOf('Pond')}--- a.py\n${carets(head('Acme Lab'), 'warning')}${pointing}--- b.py\n${head('Acme Lab')}\n${pointing}${ownFiles}`],
  ['a head that points at our own licence', `${mitOf('Acme Lab')}--- a.py\n${head('The Acme Lab Authors')}\n${pointing}${ownFiles}`],
  [
    'a head that points there, where a text of its holder lies somewhere',
    `${mitOf('Pond')}--- third/LICENSE\nMIT License\n\nCopyright (c) 2020 Acme Lab\n--- a.py\n${head('Acme Lab')}\n${pointing}${ownFiles}`,
  ],
  [
    'a head that points there, where a notice names its holder',
    `${mitOf('Pond')}--- NOTICE\nCopyright 2020 Acme Lab\n--- a.py\n${head('Acme Lab')}\n${pointing}${ownFiles}`,
  ],
  [
    'a head that points there, where a comment says where the file is from',
    `${mitOf('Pond')}--- a.py\n${marked('# Copied from ', unknown, 'information')}${carets(head('Acme Lab'), 'information')}${pointing}import os\n${ownFiles}`,
  ],
  [
    'a head that points at a text whose words somebody holds',
    `--- LICENSE\n[text of GPL-3.0-only]\n--- a.py\n${carets(head('Acme Lab'), 'information')}${pointing}import os\n${ownFiles}`,
  ],
  [
    'a head that points there from a test, and one that does from what is handed on',
    `${mitOf('Pond')}--- a/tests/a.py\n${head('Acme Lab')}\n${pointing}import os\n--- lib/b.py\n${carets(head('Acme Lab'), 'warning')}${pointing}import os\n${ownFiles}`,
  ],
  [
    'a head that points at several texts in one file',
    `--- LICENSE\n[text of MIT]\n\nCopyright (c) 2024 Pond\n\n[text of Apache-2.0]\n--- a.py\n${carets(head('Acme Lab'), 'information')}${pointing}import os\n${ownFiles}`,
  ],
  [
    'from many places, in one part of the tree',
    `${setup('Apache-2.0')}${['openai/guided-diffusion', 'openai/improved-diffusion', 'lucidrains/flamingo-pytorch', 'openai/CLIP'].map((source, at) => `--- pond/${at}.py\n${marked('# Adapted from ', source, at === 1 ? 'information' : 'warning')}${body}`).join('')}`,
  ],
  ['a head that points there from a test', `${mitOf('Pond')}--- tests/a.py\n${carets(head('Acme Lab'), 'information')}${pointing}${ownFiles}`],
  [
    'a head that points there from a folder with a text',
    `${mitOf('Pond')}--- lib/LICENSE\n[text of MIT]\n--- lib/a.py\n${head('Acme Lab')}\n${pointing}${ownFiles}`,
  ],
  ['a head that points there from most files', `${mitOf('Pond')}--- a.py\n${carets(head('Acme Lab'), 'information')}${pointing}`],
  [
    'a head that points at a text which names nobody',
    `${licence('Apache-2.0')}${home}--- a.py\n${carets(head('Acme Lab'), 'information')}${pointing}${ownFiles}`,
  ],
  [
    'a head without a holder that finds another licence there',
    `${licence('Apache-2.0')}--- a.py\n${carets('# This source code is licensed under the MIT license found in the', 'warning')}# LICENSE file in the root directory of this source tree.\n`,
  ],
  [
    'a head without a holder that finds its licence there',
    `${licence('MIT')}--- a.py\n# This source code is licensed under the MIT license found in the\n# LICENSE file in the root directory of this source tree.\n`,
  ],
  ['noted in short', `${setup('Apache-2.0')}--- a.py\n${marked('# Copy from the Guide. ', mit, 'warning')}${body}`],
  ['with a name before', `${setup('Apache-2.0')}--- a.py\n${marked('# copy from guide: ', mit, 'warning')}${body}`],
  ['code from a repository', `${setup('Apache-2.0')}--- a.py\n${marked('# Sampling code from Guide: ', mit, 'warning')}${body}`],
  ['code that people are told to fetch', `${setup('Apache-2.0')}--- a.py\n# Download the code from ${from(mit)}\n# Please copy it from ${from(mit)}\n${body}`],
  [
    'a head that keeps all rights in other words',
    `${setup('MIT')}${owned('Pond')}--- a.py\n# Acme is holder of all rights on this computer program.\n# You can only use this computer program if you have closed\n# a license agreement with Acme.\n#\n${carets('# Copyright 2020 Acme Corporation', 'warning')}\nimport os\n`,
  ],
  [
    'a head of a well-known publisher without terms',
    `${setup('MIT')}${owned('Pond')}--- a.py\n${carets('# Copyright (c) OpenMMLab. All rights reserved.', 'information')}import os\n${ownFiles}`,
  ],
  ['a head of anybody without terms', `${setup('MIT')}${owned('Pond')}--- a.py\n# Copyright (c) 2024 Jo Doe. All rights reserved.\nimport os\n${ownFiles}`],
  [
    'a head of a well-known publisher whom a notice names',
    `${setup('MIT')}${owned('Pond')}--- third_party/NOTICE\nCopyright (c) OpenMMLab\n--- a.py\n# Copyright (c) OpenMMLab. All rights reserved.\nimport os\n${ownFiles}`,
  ],
  [
    'a head that keeps all rights',
    `${setup('MIT')}${owned('Pond')}--- a.cu\n${carets('// Copyright (c) 2021, Acme Corporation', 'warning')}${reserved.replaceAll('#', '//')}`,
  ],
  [
    'a head that keeps all rights, though most heads are theirs, and one with terms that are called so',
    `${setup('MIT')}${owned('Pond')}--- a.cu\n${carets('// Copyright (c) 2021, Acme Corporation', 'warning')}${reserved.replaceAll('#', '//')}${['b', 'c', 'd'].map((name) => `--- ${name}.py\n# Copyright (c) 2021, Acme Corporation\n# SPDX-License-${'Identifier'}: LicenseRef-AcmeProprietary\n`).join('')}${ownFiles}`,
  ],
  [
    'heads with other terms, which are most of the heads but few of the files',
    `${setup('MIT')}${owned('Pond')}${['a', 'b', 'c'].map((name, at) => `--- ${name}.py\n${at === 0 ? carets(head('Acme Lab'), 'warning') : `${head('Acme Lab')}\n`}${grant}`).join('')}${Array.from({ length: 10 }, (_, at) => `--- own/f${at}.py\nx = 1\n`).join('')}`,
  ],
  [
    'heads that keep all rights, of whoever wrote most of the files',
    `${setup('MIT')}${owned('Pond')}${['a', 'b', 'c'].map((name, at) => `--- ${name}.py\n${at === 0 ? carets('# Copyright (c) 2021, Acme Corporation', 'information') : '# Copyright (c) 2021, Acme Corporation\n'}${reserved}`).join('')}`,
  ],
  [
    'a head that keeps all rights, of whom the whole names',
    `${setup('MIT')}${owned('Acme Corporation')}--- a.py\n# Copyright (c) 2021, Acme Corporation\n${reserved}`,
  ],
  [
    'a head that keeps all rights, in a whole as narrow',
    `${licence('CC-BY-NC-4.0')}${owned('Pond')}--- a.py\n# Copyright (c) 2021, Acme Corporation\n${reserved}`,
  ],
];

describe('copied-code', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'copied-code'));

  it('relates the line that states the terms of a head, and the line on which a comment begins', () => {
    const [found] = check(`${setup('MIT')}${owned('Pond')}--- a.py\n${carets(head('Acme Lab'), 'warning')}${grant}import os\n`, 'copied-code');
    assert.deepEqual(
      found?.related.map(({ line }) => line),
      [2],
    );
    const [comment] = check(`${setup('MIT')}--- a.py\n# Adapted from the river\n${marked('# ', unknown, 'information')}x = 1\n`, 'copied-code');
    assert.deepEqual(
      comment?.related.map(({ line }) => line),
      [1],
    );
  });

  for (const path of ['.mvn/wrapper/Downloader.java', 'gradle/wrapper/Main.java', 'mvnw.py', '.github/scripts/stale.py'])
    it(`is information in ${path}, which only starts the build or keeps the repository in order`, () =>
      void check(`${setup('MIT')}${owned('Pond')}--- ${path}\n${carets(head('Acme Lab'), 'information')}${grant}import os\n`, 'copied-code'));

  it('names all holders, each as far as it is a name', () => {
    const of = (name: string, line: string): string => `--- ${name}.py\n${line}\n${grant}`;
    const [found] = check(
      `${setup('MIT')}${owned('Pond')}--- a.py\n${carets(head('Acme Lab'), 'warning')}${grant}${of('b', head('River Lab'))}${of('c', '# Copyright 2023 Jo Doe MIT License')}`,
      'copied-code',
    );
    assert.match(found?.message ?? '', /names Acme Lab as holder .* \(and 2 more files, also of River Lab, Jo Doe\), but/);
  });

  it('names all holders where a head has several, and several licences', () => {
    const [found] = check(
      `${setup('GPL-3.0-only')}${owned('Pond')}--- LICENSES/Apache-2.0.txt\n[text of Apache-2.0]\n--- a.py\n${carets(head('Acme Lab'), 'warning')}${grant}# Copyright 2022 River Lab\n# Licensed under the BSD 3-Clause License\n`,
      'copied-code',
    );
    assert.match(found?.message ?? '', /names Acme Lab and River Lab as holder and BSD 3-Clause as licence/);
  });

  const taken = `${setup('Apache-2.0')}--- a.py\n#!/usr/bin/env python\n# Adapted from ${from(mit)}\n${body}`;
  it('adds a notice', () =>
    assert.equal(fixed(taken, 'copied-code', /notice/, 'THIRD_PARTY_NOTICES.md'), `\n## ${mit}\n\n${from(mit)}, taken over in a.py\nLicence: MIT\n`));
  it('adds a row to REUSE.toml', () =>
    assert.equal(
      fixed(taken, 'copied-code', /REUSE/, 'REUSE.toml'),
      `version = 1\n\n[[annotations]]\npath = ["a.py"]\nSPDX-FileCopyrightText = "authors of ${from(mit)}"\nSPDX-License-Identifier = "MIT"\n`,
    ));
  it('says it at the head of the file', () =>
    assert.equal(
      fixed(taken, 'copied-code', /head/, 'a.py'),
      `#!/usr/bin/env python\n# SPDX-License-${'Identifier'}: MIT\n# Adapted from ${from(mit)}\n${body}`,
    ));
  it('is content with each of them', () => {
    const rest = taken.slice(setup('Apache-2.0').length);
    for (const file of [
      `--- THIRD_PARTY_NOTICES.md\n${from(mit)}\nLicence: MIT\n`,
      '--- REUSE.toml\nversion = 1\n[[annotations]]\npath = ["a.py"]\nSPDX-License-Identifier = "MIT"\n',
    ])
      assert.deepEqual(check(`${setup('Apache-2.0')}${file}${rest}`, 'copied-code'), []);
  });

  it('says how many files have such a head', () => {
    const said = (...names: readonly string[]): string =>
      check(
        `${mitOf('Pond')}${names.map((name, at) => `--- ${name}.py\n${at === 0 ? carets(head('Acme Lab'), 'warning') : `${head('Acme Lab')}\n`}${pointing}import os\n`).join('')}${ownFiles}`,
        'copied-code',
      )[0]?.message ?? '';
    assert.match(said('a'), /^This head points /);
    assert.match(said('a', 'b'), /^This head \(and 1 more file\) points /);
    assert.match(said('a', 'b', 'c'), /^This head \(and 2 more files\) points /);
  });
});
