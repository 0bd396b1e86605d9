import assert from 'node:assert/strict';
import { commentBefore, fewLinesOf, headOf } from '../../server/src/artefacts/origins/comments.ts';
import { findCopies } from '../../server/src/artefacts/origins/copies.ts';
import { textOf } from '../support/licences.ts';
import { holdersOf, sameHolderAs } from '../../server/src/artefacts/origins/holders.ts';
import { findNamed } from '../../server/src/artefacts/origins/named.ts';
import { noticesReader } from '../../server/src/artefacts/origins/notices.ts';
import { originsReader } from '../../server/src/artefacts/origins/reader.ts';
import { dep5Reader, reuseReader } from '../../server/src/artefacts/origins/reuse.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { cpuTime } from '../support/time.ts';

const url = 'https://github.com/acme-lab/river';
const file = `${url}/blob/main/src/flow.py`;

/** What a text says: `taken` or `built`, and from where. */
const copies = (text: string): readonly string[] =>
  findCopies(text).map(({ repository, revision, taken }) => `${taken ? 'taken' : 'built'} ${repository}${revision === null ? '' : `@${revision}`}`);

const taken = ['taken acme-lab/river'];
const takenMain = ['taken acme-lab/river@main'];
const built = ['built acme-lab/river'];

const said: Readonly<Record<string, readonly [text: string, expected: readonly string[]]>> = {
  'adapted from': [`# Adapted from ${url}`, taken],
  'adapted from two': [
    `# Adapted from ${url}/blob/main/${'flow/'.repeat(20)}a.py\n# and https://github.com/acme/pond/blob/main/b.py\nimport os\n`,
    [...takenMain, 'taken acme/pond@main'],
  ],
  'two of which neither is told': [`# ${url}/blob/main/a.py\n# and https://github.com/acme/pond/blob/main/b.py\nx = 1\n`, []],
  'adapted from, in C': [`// Adapted from River: ${url}.git\n`, taken],
  'in a block': [`/*\n * Modified from ${file}#L12\n */`, takenMain],
  'in a docstring': [`"""\nSome flow.\n\nborrowed from ${url} in general.\n"""`, taken],
  'in one line of a docstring': [`"""Implementation derived from ${url}"""`, taken],
  'with a slip of the pen': [`# modifed from ${url}`, taken],
  'without an ending': [`# This script is largely borrow from ${url}`, taken],
  'an original file': [`# original file: ${file}`, takenMain],
  'a subset': [`# This file is a subset of: ${file}`, takenMain],
  'over a continued line': [`# Loads it. Modified from \\\n# ${url}`, taken],
  'a snippet that stands by itself': [`# Source: https://gist.github.com/acme-lab/0123456789abcdef0123`, ['taken acme-lab/0123456789abcdef0123']],
  'behind code': [`x = flow(1)  # copied from ${url}`, taken],
  'on the line before': [`# Parts of this file were taken from the code of\n# ${file}`, takenMain],
  'a link with a name': [`# Modified from River (${url}), licensed under the MIT License`, taken],
  'by somebody': [`# Modified by A. Person from ${url}`, taken],
  'a modified version of': [`# A modified version of ${url}`, taken],
  'from a file': [`# from ${file}`, takenMain],
  'code is from': [`# The code is from ${file}`, takenMain],
  'a raw file': [`# copied from https://raw.githubusercontent.com/acme-lab/river/v1/flow.py`, ['taken acme-lab/river@v1']],
  'a name with dots': [`# Adapted from https://github.com/acme-lab/river.torch.`, ['taken acme-lab/river.torch']],
  'based on': [`# Based on ${url}`, built],
  'original implementation in': [`# Original implementation in ${url}`, built],
  'data is no code': [`# Data taken from ${url}`, built],
  'prompts are no code': [`# The prompt template was copied from ${file}`, ['built acme-lab/river@main']],
  'a list of references': [`# References:\n# 1) the implementation of River:\n# ${file}`, ['built acme-lab/river@main']],
  'from, and no more': [`""" from ${url} """`, taken],
  'a sentence that ends in from': [`# The idea of flows comes\n# from ${url}`, []],
  'a file that a line above does not speak of': [`# Computes the score\n# from ${file}`, takenMain],
  'we modify': [`# We slightly modify the loader of River (${url})`, taken],
  'we modify a value that is seen elsewhere': [`# We modify the learning rate, see ${url}`, []],
  'we modify for a reason': [`# We modify the environment because of a bug in ${url}`, []],
  'we modify for another reason': [`# We modify the environment because of a change in ${url}`, []],
  'we copy something else': [`# We copy the tensor to the CPU as in ${url}`, []],
  'we copy from': [`# We copy utils.py from River (${url})`, taken],
  'what to refer to': [`# Please refer to the official implementation of River: ${url}`, []],
  'a page to refer to': [`# For details refer to the README of ${url}`, []],
  'what to adopt later': [`# adopt the new version of ${url} once it is out`, []],
  'a layer that is called adaptive': [`# uses adaptive pooling from ${url}`, []],
  'where to get it, behind an empty line': [`# Install torch first.\n#\n# from ${url}`, []],
  'where it came from, behind an empty line': [`# Computes the score.\n#\n# from ${file}`, takenMain],
  'from, and no more, in a block': [`/*\n * from ${url}\n */`, taken],
  'a picture': [`# Source: ${url}/blob/main/img/diagram.png`, []],
  'part of a project': [`# This file is part of river.\n# ${url}`, built],
  'part of a project, in brackets': [`# This file is part of River (${url}).`, built],
  'part of something else': [`# This file is part of Pond.\n# ${url}`, []],
  'a copy of': [`"""This is a copy of \`flow <${url}>\`__."""`, taken],
  'copied and pasted': [`# Copy/pasted from ${url}`, taken],
  'other slips of the pen': [`# This code is drived from ${url}`, taken],
  'code that refers': [`# This code is refer from:\n# ${file}`, takenMain],
  'a sentence before': [`# Copy from River to allow more.\n# ${url}`, taken],
  'credit for a file': [`# Credit: ${file}`, takenMain],
  'credit for a project': [`# Credit: ${url}`, taken],
  'credit for a project, among other words': [`# Credit for the idea: ${url}`, []],
  'credit to a name, and a file below': [`// Credit to River\n// ${file}`, takenMain],
  'credit that goes in part to a name': [`    Credit partly goes to \`river <${file}>\`__.`, takenMain],
  'a link as documentation writes it': [`    Method originally from \`acme-lab/river <${url}>\`_\n`, taken],
  'such a link on the next line': [`    Adapted from \`river/flow.py\n    <${file}>\`_.\n`, takenMain],
  'an address behind a backtick': [`Parts of it are modified from \` ${url}\`\n`, taken],
  'a string in backticks': ['const home = `' + url + '`;\n', []],
  'a string in backticks, handed on': ['take(`from ' + file + '`);\n', []],
  'src, and a file': [`// src: ${file}`, takenMain],
  'a source behind a dash': [`    """Source - https://gist.github.com/acme-lab/7853144\n`, ['taken acme-lab/7853144']],
  'imported from': [`    """Keeps a mean.\n         Imported from ${file}#L2-L6\n    """`, takenMain],
  'originally from': [`# Held by Acme. Originally from ${url}`, taken],
  'data that is originally from somewhere': [`# The data is originally from ${url}`, built],
  'referenced from': [`# This code is referenced from River: Flows for All\n# GitHub: ${url}`, taken],
  'reference from': [`    The code is reference from ${file}`, takenMain],
  'a modification of': [`# This file is a modification of the loader:\n# ${file}`, takenMain],
  'a file that was downloaded': [`# This file is downloaded from\n# ${url}`, taken],
  'a file that can be downloaded': [`# This file can be downloaded from ${url}`, []],
  'weights that were downloaded': [`# The weights are downloaded from ${url}`, []],
  'operations from': [`# the following are flow operations from\n# ${file}`, takenMain],
  'a helper from': [`        This util is from ${file}#L80,`, takenMain],
  'in Chinese': [`    # 本文件来源于${file}`, takenMain],
  'in Chinese, with a verb': [`# 修改自：${url}`, taken],
  'data, in Chinese': [`# 数据和代码来自 ${url}`, built],
  'read, in Chinese': [`# 请参考 ${url}`, []],
  'an address alone above a function': [`x = 1\n\n# ${file}#L81\ndef flow(x):\n`, takenMain],
  'an address alone above a kernel': [`int a;\n// ${url}/blob/main/flow.cu\n__global__ void flow() {\n`, takenMain],
  'an address alone above a value': [`x = 1\n\n# ${file}\nflow = 2\n`, []],
  'a page alone above a function': [`x = 1\n\n# ${url}/blob/main/GUIDE.md\ndef flow(x):\n`, []],
  'a repository alone above a function': [`x = 1\n\n# ${url}\ndef flow(x):\n`, []],
  'an address below other words, above a function': [`x = 1\n# The flow has a bug:\n# ${file}\ndef flow(x):\n`, []],
  'a source with its address': [`# Source - River\n# URL: ${file}`, takenMain],
  'a list': [
    `"""\nThis logic is copied from the authors' release (flow), and borrowed from:\n- ${url}\n- ${url}2/tree/main/x\n- ${url}3\n\n- ${url}4\n"""`,
    [...taken, 'taken acme-lab/river2@main', 'taken acme-lab/river3'],
  ],
  'a list of what is built on': [`# Based on River and Lake\n# ${url}\n# ${url}2`, [...built, 'built acme-lab/river2']],
  'a list to read': [`# See also:\n# ${url}\n# ${url}2`, []],
  'an implementation elsewhere': [`# Implementation: ${file}`, []],
  see: [`# See ${url} for details`, []],
  'a bug': [`# Workaround taken from ${url}/issues/12`, []],
  'a pull request': [`# adapted from ${url}/pull/12/files`, taken],
  'a pull request on the next line': [`This file was 100% copied from this PR to the River library:\n${url}/pull/275\n`, taken],
  'a pull request that it is based on': [`# Based on ${url}/pull/12`, []],
  'a pull request as source': [`# Source: ${url}/pull/12`, []],
  'a download': [`# Please download the weights from ${url}`, []],
  'an installation': [`# install it from ${url}`, []],
  'inspired by': [`# Inspired by ${url}`, []],
  'partly inspired from a file': [`# This file is partly inspired from River (${file}); author: A. Person`, ['built acme-lab/river@main']],
  'partly inspired by a project': [`# Partly inspired by ${url}`, []],
  'tables from a file of code': [`\t// edge tables from ${url}/blob/main/src/edges.cpp which in turn seem to be older`, takenMain],
  'tables from a page': [`# The tables from ${url}/blob/main/TABLES.md`, []],
  'tables of a project': [`# Joins the tables from ${url}`, []],
  'a denial': [`# This is not copied from ${url}`, []],
  'another sentence': [`# Adapted from a book. See ${url}`, []],
  'a string': [`url = "copied from ${url}"`, []],
  'an argument': [`print(f"adapted from ${url}")`, []],
  'a string with a mark': [`x = "# adapted from ${url}"`, []],
  'no address': ['# Adapted from the paper', []],
  'an owner alone': [`# Adapted from https://github.com/acme-lab/`, ['taken acme-lab']],
  'an owner alone, as who wrote it': [`# Adapted by A. Person (https://github.com/acme-lab) from a book`, []],
  'code that somebody wrote below an issue': [`# Code adapted from:\n# ${url}/issues/12#issuecomment-3`, ['taken acme-lab/river/issues/12']],
  'a recipe': ['    Adapted from http://code.activestate.com/recipes/123456-wide-flows/.', ['taken 123456-wide-flows']],
  'a port of': [`# A port of ${url} to Rust`, taken],
  'a translation of': [`// translation of\n// ${file}`, takenMain],
  'modified based on': [`# The flows are modified based on ${url}`, taken],
  'data and what reads it, from a file of code': [`# Prompts and utils of the game, edited from:\n# ${file}`, takenMain],
  'prompts from a file of code': [`# Prompts of the game, edited from:\n# ${file}`, ['built acme-lab/river@main']],
  'a script that is based on a folder': [`# This code is based on ${url}/tree/main/flows/wide`, takenMain],
  'what is taken from the above': [`// Reference: ${url}\n// NOTE: Parts of it are adapted from\n// src/flow.hpp in the above repository.\n`, taken],
  'what is not taken from the above': [`// Reference: ${url}\n// It is not taken from the above repository.\n`, []],
  'where the original lies': [`# Changed a little. The original file can be\n# found at: ${file}.`, takenMain],
  'based on an example that is code': [`# I wrote this based on the example of:\n# ${file}`, takenMain],
  'moved over': [`# Migrated from: ${url}`, taken],
  doubled: [`# This function was duplicated verbatim from:\n# ${file}`, takenMain],
  'what is a double of something': [`# TODO: Duplicated of WIDE, clean that.\n# git clone ${url}`, []],
  'took it': [`# Took from ${file}`, takenMain],
  'a slip of the pen': [`/* This code is copied fron River:\n *   ${url}\n */`, taken],
  codes: [`# The codes are from ${url}`, taken],
  'a part of it': [`# Partially from ${url}`, taken],
  'some lines by what they do': [`# width of rays from: ${file}`, takenMain],
  'what lines take to somewhere': [`# import the width of rays from ${file}`, []],
  'lines that are told apart': [`# the width of rays is different from ${file}`, []],
  'a person to whom thanks go, for a file': [`# Courtesy of A. Person\n# [${file}]`, takenMain],
  'thanks for a repository': [`# Thanks to ${url}`, []],
  'a shout-out': [`"""shout-out to ${url}/tree/main/river"""`, takenMain],
  'a mixture of files': [
    `"""\nwild mixture of\n${file}\nhttps://github.com/acme-lab/otter/blob/main/flow.py\n"""`,
    ['taken acme-lab/river@main', 'taken acme-lab/otter@main'],
  ],
  'a mixture of what else': [`# a mixture of experts as seen in ${file}`, []],
  'an "and" on a line of its own': [
    `# adopted from\n# ${file}\n# and\n# https://github.com/acme-lab/otter/blob/main/flow.py`,
    ['taken acme-lab/river@main', 'taken acme-lab/otter@main'],
  ],
  'a list with labels': [
    `# Modified from the repos of A. Person\n#   River: ${file}\n#   Otter: https://github.com/acme-lab/otter`,
    ['taken acme-lab/river@main', 'taken acme-lab/otter'],
  ],
  references: [`# References:\n# River: ${url}\n# Otter: https://github.com/acme-lab/otter`, ['built acme-lab/river', 'built acme-lab/otter']],
  'a reference to lines': [`    # ref: ${file}#L10-L20`, ['built acme-lab/river@main']],
  'a reference to an answer': ['# Ref: https://stackoverflow.com/a/40301488/8001386', []],
  'a reference to documents': [`# Reference: ${url}/blob/main/docs/flows.md`, []],
  'a reference to an issue': [`# Reference: ${url}/issues/12`, []],
  'a strong influence': [
    `# DISCLAIMER: This code is strongly influenced by ${url}\n# and https://github.com/acme-lab/otter`,
    ['built acme-lab/river', 'built acme-lab/otter'],
  ],
  'who implemented it': [`# Equivalent to the original implementation by Doe et al. at\n# ${file}`, ['built acme-lab/river@main']],
  'an official loader that was changed': [`"""We modify the official loader (${file})"""`, takenMain],
  'what a class is based on': [`import os\n\nclass River:\n    """Block of rivers.\n    Based on: ${url}\n    """`, taken],
  'what a sentence in a class is based on': [`import os\n\nclass River:\n    """Block of rivers, with the idea based on ${url}\n    """`, []],
  'based on an example that is none': [`# I wrote this based on the example of ${url}`, []],
};

const apache = `# Copyright 2023 Acme Lab. All rights reserved.
#
# Licensed under the Apache License, Version 2.0 (the "License");
# you may not use this file except in compliance with the License.
# You may obtain a copy of the License at
#
#     http://www.apache.org/licenses/LICENSE-2.0
#
# Unless required by applicable law or agreed to in writing, software
# distributed under the License is distributed on an "AS IS" BASIS,
# WITHOUT WARRANTIES OR CONDITIONS OF ANY KIND, either express or implied.
# See the License for the specific language governing permissions and
# limitations under the License.
`;
const reserved = `# Copyright (c) 2021, Acme Corporation and affiliates.  All rights reserved.
#
# Acme Corporation and its licensors keep all rights in this software. Any use, reproduction or
# distribution without an express license agreement from Acme Corporation is
# strictly prohibited.
`;

describe('comments that say where code came from', () => {
  for (const [name, [text, expected]] of Object.entries(said)) it(name, () => assert.deepEqual(copies(text), expected));
  it('say its licence', () => {
    assert.match(findCopies(`# Modified from River (${url}), licensed\n# under the MIT License.`)[0]?.terms ?? '', /MIT/);
    assert.equal(findCopies(`# Modified from ${url}\n\nimport os\n`)[0]?.terms, null);
  });
  it('end soon, whatever the text', () => {
    for (const part of [`# adapted from ${url} `, 'from from from ', `copied ${url}`, '# a. ', '"""']) {
      const started = cpuTime();
      findCopies(part.repeat(20_000));
      assert.ok(cpuTime() - started < 2000, part);
    }
  });
});

describe('comments that name a source without an address', () => {
  const cases: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    'by owner and name': ['x = 1  # stolen from huggingface/datasets\n', ['huggingface/datasets']],
    'by a path': ['# Derived from acme-lab/river/tree/main/x/\n', ['acme-lab/river']],
    'by what stands for a name': ['# Derived from your-org/your-model/tree/main/x.py\n', []],
    'by owner and name that nothing knows': ['# taken from acme-lab/river\n', []],
    'by a name of the catalogue': ['# The code is revised from DiT\n', ['facebookresearch/DiT']],
    'in a sentence': ["'''Modified from the implementation of DiT (with fixes).'''\n", ['facebookresearch/DiT']],
    'by such a name further down': ['import os\n# The code is revised from DiT\n', []],
    'by a longer name': ['# Modified from DiT-XL\n', []],
    'by a word': ['# Modified from marker\n', []],
    'of something else': ['# Modified from DiT paper\n# Adapted from DiT weights\n', []],
    'by an owner and a name': ['import os\n"""\nThis logic is largely copied from the Hendrycks\' MATH release (loader).\n"""\n', ['hendrycks/math']],
    'by an owner as people call it': [
      "import os\n# Adapted from Hugging Face's trl, with changes\n# taken from OpenAI's CLIP\n",
      ['huggingface/trl', 'openai/CLIP'],
    ],
    'by an owner and a name that is not theirs': ["# Adapted from OpenAI's trl\n# copied from the users' math\n", []],
    'by an owner, of other things': ["# Copied from OpenAI's CLIP paper\n# not copied from Karpathy's nanoGPT\n", []],
    'in a denial': ['# Not copied from DiT\n', []],
    'by the path of a module, further down': ['import os\n# Modified from transformers.models.t5.modeling_t5\n', ['huggingface/transformers']],
    'by the path of a module that nobody knows': ['# Modified from river.models.flow.wide\n', []],
    'by the path of a module in a folder of anybody': ['# Adapted from datasets.flow.loader\n', []],
    'by the path of a class that one inherits from': ['# Derived from diffusers.models.ModelMixin\n', []],
    'by the path of a module, in code': ['call("copied from transformers.models.t5")\n', []],
    'in an address of another kind': ['# copied from https://acme.org/huggingface/datasets\n', []],
    'in code': ['call("copied from huggingface/datasets")\n', []],
    'by a name with a space': ['class Tree:\n    """A tree.\n\n    Code taken from Llama Index, with changes.\n    """\n', ['run-llama/llama_index']],
    'by a name in small letters, as code': ['# Based on the revised code from fastchat.\n', ['lm-sys/FastChat']],
    'by a name in small letters, as a library': ['# Adapted from the transformers library\n', ['huggingface/transformers']],
  };
  for (const [name, [text, expected]] of Object.entries(cases))
    it(name, () =>
      assert.deepEqual(
        findNamed(text, headOf(text, 2000).length, testKnowledge()).map(({ repository, start, end }) => {
          const bare = (name = ''): string => name.replace(/[ _-]/g, '').toLowerCase();
          assert.ok(bare(repository).endsWith(bare(text.slice(start, end).split('/').at(-1))), text.slice(start, end));
          return repository;
        }),
        expected,
      ),
    );
  const unknown: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    'a library, at the head': ['# Adapted from riverflow library\nimport os\n', ['riverflow']],
    'a package of which it is a version': ['# This is a modified version of rvf package.\n', ['rvf']],
    'a branch': ['// FIXME: this file is copied from river-dev-utils master branch.\n', ['river-dev-utils']],
    'a module of a work': ["# Adapted from River's loader module.\n", ['River']],
    'a name that is all there is': ['# Copied from River\n\nset(X 1)\n', ['River']],
    'a name that may be a person': ['# Adapted from Rivers\n\nset(X 1)\n', []],
    'a person and a year': ['# Adapted from Rivers, 2019\n', []],
    'in a class': ['import os\nclass River:\n    # Adapted from riverflow library\n    def flow(self): pass\n', ['riverflow']],
    'above a class': ['import os\n\n# These are modified based on rvf lib\n@wide\nclass River:\n    pass\n', ['rvf']],
    'in a function': ['import os\ndef flow():\n    """Adapted from riverflow library"""\n', []],
    'in a method': ['class River:\n    def flow(self):\n        # Adapted from riverflow library\n        return 1\n', []],
    'with an address below': ['# Adapted from riverflow library\n# https://acme.org/riverflow\n', []],
    'no name': ['# Adapted from the standard library\n# copied from the other project\n# taken from open source project\n', []],
    data: ['# The data is copied from riverflow package\n', []],
    'a string': ['call("adapted from riverflow library")\n', []],
  };
  for (const [name, [text, expected]] of Object.entries(unknown))
    it(`as ${name}`, () =>
      assert.deepEqual(
        findNamed(text, headOf(text, 2000).length, testKnowledge()).map(({ start, end, repository }) => {
          assert.equal(repository, undefined);
          return text.slice(start, end);
        }),
        expected,
      ));
  for (const verb of 'adapted copied copy borrowed modified ported taken derived forked stolen reused revised extracted edited'.split(' '))
    it(`by "${verb} from"`, () => assert.ok(readWith(originsReader, 'a.py', `# ${verb} from DiT\n`).facts.length > 0));
  it('once beside their address', () => {
    const text = `# Modified from DiT\n# Modified from https://github.com/facebookresearch/DiT\n`;
    assert.deepEqual(
      readWith(originsReader, 'a.py', text).facts.map((fact) => (fact.kind === 'relation' ? fact.to : fact.kind)),
      ['pkg:github/facebookresearch/DiT'],
    );
  });
  it('end soon, whatever the text', () => {
    for (const part of ['# copied from ', 'copied from a/', '# taken from DiT ', 'from '.repeat(9)]) {
      const started = cpuTime();
      findNamed(part.repeat(20_000), 10_000, testKnowledge());
      assert.ok(cpuTime() - started < 2000, part);
    }
  });
});

describe('heads of source files', () => {
  it('are the comment at the beginning', () => {
    assert.equal(headOf('#!/bin/sh\n# a\n\n# b\necho\n# c\n', 1000), '#!/bin/sh\n# a\n\n# b\n');
    assert.equal(headOf('/* a\n b\n */\nint c;\n', 1000), '/* a\n b\n */\n');
    assert.equal(headOf('"""a\nb"""\nimport c\n', 1000), '"""a\nb"""\n');
    assert.equal(headOf('import a\n', 1000), '');
  });
  it('know a comment from code', () => {
    assert.equal(commentBefore('  # a b', 7)?.text, 'a b');
    assert.equal(commentBefore('x = 1 # a', 9)?.text, 'a');
    assert.equal(commentBefore('x = "# a', 8), undefined);
    assert.equal(commentBefore('call(a, b', 9), undefined);
    assert.equal(commentBefore('words in a docstring', 20)?.text, 'words in a docstring');
  });
  it('name holders', () => {
    assert.deepEqual(holdersOf('Copyright (c) 2019-2023, Acme Lab. All rights reserved.').holders, ['Acme Lab']);
    assert.deepEqual(holdersOf('Copyright 2018 Tom Person\nCopyright 2018 to 2020 [An Other]').holders, ['Tom Person', 'An Other']);
    assert.deepEqual(
      holdersOf('Copyright      2020  Acme  Inc.        (authors: Jo Doe)\nCopyright 2020 Jo Roe. For licensing see the file beside it').holders,
      ['Acme Inc', 'Jo Roe'],
    );
    assert.deepEqual(holdersOf('Changes are Copyright (2023) R-\n# iver Inc.\nThe copyright of river/otter is a style, as found in a file.').holders, []);
    assert.deepEqual(holdersOf('Copyright (2021) River Works.').holders, ['River Works']);
    const agreed = '# Licensed to the River Foundation (RF) under one or more contributor\n# license agreements. See NOTICE for copyright\n# ownership.';
    assert.deepEqual(holdersOf(agreed).holders, ['River Foundation']);
    assert.deepEqual(holdersOf('Copyright 2022 A. Person <a@example.org>\n(c) 2020 Other').holders, ['A. Person', 'Other']);
    assert.deepEqual(holdersOf('the above copyright notice and this permission notice\nCopyright [yyyy] [name of copyright owner]').holders, []);
    assert.ok(sameHolderAs(['Acme Lab, Inc. and affiliates'])('Acme'));
    assert.ok(sameHolderAs(['Hugging Nose'])('The HuggingNose Inc. team'));
    assert.ok(!sameHolderAs(['Acme Research Lab'])('River Research Lab'));
  });
  it('name licences', () => {
    assert.deepEqual(shownBy(originsReader, 'a.py', `${apache}import os\n`), ['header Acme Lab Apache-2.0 <- # Copyright 2023 Acme Lab. All rights reserved.']);
    assert.deepEqual(shownBy(originsReader, 'a.py', `# This was MIT-licensed by Pond; now it is not.\n${apache}import os\n`), [
      'header Acme Lab Apache-2.0 <- # Copyright 2023 Acme Lab. All rights reserved.',
    ]);
    assert.deepEqual(shownBy(originsReader, 'a.py', `${apache}\n# includes code from Pond -- under MIT license\nimport os\n`), [
      'header Acme Lab Apache-2.0 <- # Copyright 2023 Acme Lab. All rights reserved.',
    ]);
    assert.deepEqual(shownBy(originsReader, 'a.py', '# Copyright 2023 Acme Lab\n\n# Original license: Apache 2.0\nimport os\n'), [
      'header Acme Lab <- # Copyright 2023 Acme Lab',
    ]);
    assert.deepEqual(shownBy(originsReader, 'a.py', '# Copyright 2023 Acme Lab\nimport os\n'), ['header Acme Lab <- # Copyright 2023 Acme Lab']);
    assert.deepEqual(shownBy(originsReader, 'a.py', '# Licensed under the MIT License\nimport os\n'), []);
  });
  it('have terms of their own where there are several', () => {
    const acme = 'header Acme Lab';
    const river = 'header River Lab MIT <- # Copyright 2021 River Lab';
    const mit = '# Copyright 2021 River Lab\n# Licensed under the MIT License\n';
    const cases: (readonly [string, readonly string[]])[] = [
      [`# Copyright 2022 Acme Lab\n# Changes: a layer\n# ----------------\n${mit}`, [`${acme} <- # Copyright 2022 Acme Lab`, river]],
      [`${apache}\n${mit}`, [`${acme} Apache-2.0 <- # Copyright 2023 Acme Lab. All rights reserved.`, river]],
      [
        `# Copyright 2022 Acme Lab MIT License\n# Copyright 2021 River Lab\n# Licensed under the Apache License, Version 2.0\n`,
        [`${acme} MIT <- # Copyright 2022 Acme Lab MIT License`, 'header River Lab Apache-2.0 <- # Copyright 2021 River Lab'],
      ],
      // Whose terms these are is not told: they hold for both.
      [`# Copyright 2022 Acme Lab\n\n${mit}`, ['header Acme Lab & River Lab MIT <- # Copyright 2022 Acme Lab']],
      ['# Copyright 2022 Acme Lab\n# ----------------\n# Licensed under the MIT License\n', [`${acme} MIT <- # Copyright 2022 Acme Lab`]],
    ];
    const forbidding =
      '# Copyright 2019 Acme Lab. All rights reserved.\n#\n# NOTICE TO LICENSEE:\n#\n# This code is subject to rights under international Copyright laws and licences. Disclosure\n# without the express written consent of Acme Lab is prohibited.\n';
    cases.push([forbidding, [`${acme} reserved <- # Copyright 2019 Acme Lab. All rights reserved.`]]);
    cases.push([
      `${mit}\n# Copyright 2022 Acme Lab\n# Licensed under CC BY-NC 4.0; no code of it is here.\n`,
      [river, 'header Acme Lab CC-BY-NC-4.0 <- # Copyright 2022 Acme Lab'],
    ]);
    cases.push([`# Copyright 2022 Acme Lab\n# Licensed under CC BY-NC 4.0\n\n${mit}`, ['header Acme Lab CC-BY-NC-4.0 <- # Copyright 2022 Acme Lab', river]]);
    for (const [head, expected] of cases) assert.deepEqual(shownBy(originsReader, 'a.py', `${head}import os\n`), expected, head);
  });
  it('are taken apart soon, whatever they are', () => {
    for (const part of [
      '# (c) 2020 a\n\n',
      '# Copyright 2020 a, licence b\n\n',
      '# --------\n# (c) 2020 a\n',
      `# (c) 2020 ${'a.'.repeat(3000)} licence x\n`,
      '# licence\n#\n',
    ]) {
      const started = cpuTime();
      shownBy(originsReader, 'a.py', `# Copyright 2020 b\n${part.repeat(Math.ceil(20_000 / part.length))}`);
      assert.ok(cpuTime() - started < 2000, part.slice(0, 40));
    }
  });
  it('may be a text that names nobody', () => {
    const text = textOf('MIT').replace(/^[\s\S]*?(?=Permission is)/, '');
    assert.deepEqual(shownBy(originsReader, 'a.py', `"""\nWhat lies here is under the terms below.\n\n${text}"""\nimport os\n`), ['header MIT whole <- ']);
  });
  it('may grant nothing', () =>
    assert.deepEqual(shownBy(originsReader, 'a.cu', reserved.replaceAll('#', '//')), [
      'header Acme Corporation and affiliates reserved <- // Copyright (c) 2021, Acme Corporation and affiliates.  All rights reserved.',
    ]));
  it('are statements where they ask for more than a notice', () => {
    const gpl = '# Copyright 2023 A. Person\n# SPDX-License-Identifier: GPL-3.0-only\n';
    assert.deepEqual(shownBy(originsReader, 'a.py', gpl), ['header A. Person GPL-3.0-only <- # Copyright 2023 A. Person']);
    assert.deepEqual(shownBy(originsReader, 'a.py', '# Copyright 2023 A. Person\n# Licensed under the GNU General Public License v3.0\n'), [
      'header A. Person GPL-3.0-only <- # Copyright 2023 A. Person',
      'licence GPL-3.0-only <- # Copyright 2023 A. Person',
    ]);
    assert.deepEqual(shownBy(originsReader, 'a.py', '# Copyright 2023 A. Person\n# For non-commercial use only.\n'), [
      'header A. Person <- # Copyright 2023 A. Person',
      'licence none <- # Copyright 2023 A. Person',
    ]);
    // Limits of something else, and sentences on copyright that name nobody.
    for (const words of ['The otter set (non-commercial) only scores, and Jo trains.', 'What trains is research-only.'])
      assert.deepEqual(shownBy(originsReader, 'a.py', `# Copyright 2023 A. Person\n# ${words}\n`), ['header A. Person <- # Copyright 2023 A. Person'], words);
    for (const words of ['The Copyright Act 1957 keeps judgments free.', "The otters' copyright policy permits it, non-commercial use too."])
      assert.deepEqual(shownBy(originsReader, 'a.py', `"""${words}"""\n`), [], words);
  });
  it('speak of few lines where little code follows, lines for a preprocessor included', () => {
    const isOfFew = (text: string, head: string): boolean => fewLinesOf(text, head.length)(0, 3);
    assert.ok(isOfFew('/* From x */\n#if A\n#endif\n', '/* From x */\n'));
    assert.ok(isOfFew('#ifndef A\n/* From x */\n# if B\n', '#ifndef A\n/* From x */\n'));
    for (const words of ['if it is so', 'error in x', 'import it', 'include that', 'define it'])
      assert.ok(!isOfFew(`# From x\n# ${words}\n`, '# From x\n'), words);
  });
  it('go by their endings', () => {
    for (const path of ['a.py', 'a.cu', 'a.h', 'a.ts']) assert.ok(matchesPath(originsReader, path), path);
    for (const path of ['a.min.js', 'a.md', 'a.json', 'a.txt']) assert.ok(!matchesPath(originsReader, path), path);
  });
  it('and comments never throw', () =>
    fuzzText(originsReader, 'a.py', `${apache}\n# Adapted from ${file}, under the MIT license\nx = 1  # copied from ${url}\n`));
});

describe('notices', () => {
  it('name holders, repositories and licences', () =>
    assert.deepEqual(
      shownBy(noticesReader, 'THIRD_PARTY_NOTICES.md', `# River\n\n${url}\n\nCopyright (c) 2020 Acme Lab\n\nLicensed under the MIT License.\n`),
      ['notice Acme Lab github.com/acme-lab/river MIT <- '],
    ));
  it('of one licence each in a folder', () => assert.deepEqual(shownBy(noticesReader, 'LICENSES/Apache-2.0.txt', 'some text'), ['notice Apache-2.0 <- ']));
  it('leave terms of the whole to its own text', () =>
    assert.deepEqual(shownBy(noticesReader, 'LICENSE', 'MIT License\n\nCopyright (c) 2020 Acme Lab\n'), ['notice Acme Lab <- ']));
  it('go by their names', () => {
    for (const path of [
      'NOTICE',
      'NOTICE.txt',
      'third_party_notices.md',
      'ThirdPartyNotices.txt',
      'CREDITS.md',
      'docs/licenses/x.txt',
      'LICENSE-MIT',
      'COPYING',
    ])
      assert.ok(matchesPath(noticesReader, path), path);
    for (const path of ['notice.py', 'README.md', 'license.json', 'licenses/a.py', 'noticeboard.md']) assert.ok(!matchesPath(noticesReader, path), path);
  });
  it('never throw', () => fuzzText(noticesReader, 'NOTICE', `River ${url}\nCopyright (c) 2020 Acme Lab\nLicensed under the MIT License.\n`));
});

const toml = `version = 1

[[annotations]]
path = "src/flow/**"
SPDX-FileCopyrightText = "2020 Acme Lab"
SPDX-License-Identifier = "MIT"

[[annotations]]
path = ["**"]
SPDX-License-Identifier = "Apache-2.0"
`;
const dep5 = `Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: pond

Files: *
Copyright: 2023 Pond
License: Apache-2.0

Files: src/flow/*
 *.png
Copyright: 2020 Acme Lab
License: MIT or BSD-3-Clause
`;

describe('tables of licences', () => {
  it('REUSE.toml', () =>
    assert.deepEqual(shownBy(reuseReader, 'a/REUSE.toml', toml), [
      'cover a/src/flow/**: MIT <- MIT',
      'cover a/**: Apache-2.0 <- Apache-2.0',
      'licence Apache-2.0 <- Apache-2.0',
    ]));
  it('dep5', () =>
    assert.deepEqual(shownBy(dep5Reader, '.reuse/dep5', dep5), [
      'cover **: Apache-2.0 <- Apache-2.0',
      'licence Apache-2.0 <- Apache-2.0',
      'cover src/flow/** **/*.png: MIT+BSD-3-Clause <- MIT or BSD-3-Clause',
    ]));
  it('say nothing with what is no expression', () =>
    assert.equal(readWith(reuseReader, 'REUSE.toml', toml.replaceAll(/"(?:MIT|Apache-2.0)"/g, '"(((" ')).facts.length, 0));
  it('go by their names', () => {
    assert.ok(matchesPath(reuseReader, 'REUSE.toml') && matchesPath(dep5Reader, '.reuse/dep5'));
    assert.ok(!matchesPath(reuseReader, 'pyproject.toml') && !matchesPath(dep5Reader, 'debian/dep5'));
  });
  it('never throw', () => {
    fuzzText(reuseReader, 'REUSE.toml', toml);
    fuzzText(dep5Reader, '.reuse/dep5', dep5);
  });
});
