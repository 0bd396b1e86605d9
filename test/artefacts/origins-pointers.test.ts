import assert from 'node:assert/strict';
import { findCopies } from '../../server/src/artefacts/origins/copies.ts';

const url = 'https://github.com/acme-lab/river';
const file = `${url}/blob/main/src/flow.py`;

describe('comments that lead to a file of the same name', () => {
  const at = (text: string): readonly string[] => findCopies(text, { file: 'flow.py', head: 200 }).map(({ repository }) => repository);
  const cases: Readonly<Record<string, readonly [string, readonly string[]]>> = {
    'above all code': [`# ${file}\nimport os\n`, ['acme-lab/river']],
    'with a place in it': [`# ${file}#L10-L20\nimport os\n`, ['acme-lab/river']],
    'of another name, alone above all code': [`# ${url}/blob/main/src/otter.py\nimport os\n`, ['acme-lab/river']],
    'a page, alone above all code': [`# ${url}/blob/main/GUIDE.md\nimport os\n`, []],
    'of another name, below other words': [`# Flows.\n# ${url}/blob/main/src/otter.py\nimport os\n`, []],
    'of another name, with more to say': [`# ${url}/blob/main/src/otter.py\n# has the details.\nimport os\n`, []],
    'of whom the line above names as author': [`# Author: acme-lab\n# Brief: ${url}\n\nimport os\n`, ['acme-lab/river']],
    'of somebody else than the author': [`# Author: A. Person\n# Brief: ${url}\n\nimport os\n`, []],
    'behind the name of an author': [`# Authors:\n#   2019.5 A. Person (${url}.git)\n\nimport os\n`, ['acme-lab/river']],
    'further down': [`${'x = 1\n'.repeat(60)}# ${file}\n`, []],
    'that are read': [`# See also\n# ${file}\nimport os\n`, []],
    'that are documentation': [`# Documentation:\n# ${file}\nimport os\n`, []],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(at(text), expected));

  const told = (text: string, name = 'flow.py'): readonly string[] =>
    findCopies(text, { file: name, head: 200 }).map(({ taken: isTaken, loose }) => `${isTaken ? 'taken' : 'built'}${loose ? ' in part' : ''}`);
  const pointers: Readonly<Record<string, readonly [text: string, name: string, ...expected: readonly string[]]>> = {
    'a file, alone above all code': [`# ${url}/blob/main/src/otter.py\nimport os\n`, 'flow.py', 'taken in part'],
    'a repository, alone above all code': [`# ${url}\nimport os\n`, 'flow.py', 'built'],
    'the tool that settings are for': [`// ${url}\n\nmodule.exports = {\n`, 'postcss.config.js'],
    'the tool that hidden settings are for': [`// ${file}\n\nmodule.exports = {\n`, '.river.js'],
    'what an author has made': [`# Authors: Jo Doe (${url})\nimport os\n`, 'flow.py', 'built in part'],
  };
  for (const [name, [text, own, ...expected]] of Object.entries(pointers))
    it(`says how much is meant by ${name}`, () => assert.deepEqual(told(text, own), expected));
});
