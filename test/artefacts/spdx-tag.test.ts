import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spdxTagReader } from '../../server/src/artefacts/spdx-tag.ts';
import { decode } from '../../server/src/text/decode.ts';
import { testKnowledge } from '../support/knowledge.ts';

const tag = 'SPDX-License-' + 'Identifier:';
const matches = (path: string): boolean => spdxTagReader.matches(path, path.slice(path.lastIndexOf('/') + 1).toLowerCase());
const readOf = (path: string, text: string): ReturnType<typeof spdxTagReader.read> =>
  spdxTagReader.read({ path, text, bytes: new TextEncoder().encode(text), size: text.length }, testKnowledge());

/** `anchored text = licences problem suggestion` of each fact. */
const shown = (text: string, path = 'src/a.py'): readonly string[] => {
  const { facts, anchors } = readOf(path, text);
  return facts.map((fact) => {
    const span = anchors[fact.id]?.span;
    if (fact.kind !== 'licence' || !span) return 'no licence';
    return `${text.slice(span.start, span.end)} = ${[fact.licences.join(fact.choice ? '|' : '+'), fact.problem?.code, fact.problem?.suggestion].filter(Boolean).join(' ')}`;
  });
};

describe('SPDX tags', () => {
  for (const path of [
    'a.py',
    'b.sh',
    'c.js',
    'd.ts',
    'e.c',
    'f.cc',
    'g.cpp',
    'h.h',
    'i.cu',
    'j.rs',
    'k.go',
    'l.java',
    'm.yaml',
    'n.yml',
    'o.toml',
    'p.md',
    'Dockerfile',
    'docker/Dockerfile.gpu',
    'Makefile',
    'CMakeLists.txt',
  ])
    it(`reads ${path}`, () => assert.ok(matches(path)));
  for (const path of ['a.json', 'b.txt', 'LICENSE', 'c.png', 'd.ipynb', 'x/dockerfiles']) it(`leaves ${path} alone`, () => assert.ok(!matches(path)));

  const cases: Readonly<Record<string, readonly [text: string, facts: readonly string[], path?: string]>> = {
    'a line of a script': [`#!/bin/sh\n# ${tag} MIT\n`, ['MIT = MIT']],
    'a line of C': [`/* ${tag} GPL-2.0-only */\n`, ['GPL-2.0-only = GPL-2.0-only']],
    'a line inside a block': [`/*\r\n * ${tag} MIT OR Apache-2.0\r\n */\r\n`, ['MIT OR Apache-2.0 = MIT|Apache-2.0']],
    'a remark behind it': [`# ${tag} Apache-2.0 # for the lines below too\n`, ['Apache-2.0 = Apache-2.0']],
    'two tags': [`# ${tag} MIT\n# ${tag} Apache-2.0\n`, ['MIT = MIT', 'Apache-2.0 = Apache-2.0']],
    'a deprecated id': [`// ${tag} GPL-3.0\n`, ['GPL-3.0 = GPL-3.0-only deprecated GPL-3.0-only']],
    'a name': [`# ${tag} GNU Affero General Public License v3.0\n`, ['GNU Affero General Public License v3.0 = AGPL-3.0-only invalid-id AGPL-3.0-only']],
    'a word of nobody': [`# ${tag} Our Own\n`, ['Our Own = invalid-id']],
    'a hidden comment of Markdown': [`<!-- ${tag} CC-BY-4.0 -->\n# Title\n`, ['CC-BY-4.0 = CC-BY-4.0'], 'docs/a.md'],
    'a hidden block of Markdown': [`<!--\nAbout this file\n\n${tag} CC0-1.0\n-->\n`, ['CC0-1.0 = CC0-1.0'], 'README.md'],
    'an example in Markdown': [`Put this on top:\n\n\`\`\`\n# ${tag} MIT\n\`\`\`\n`, [], 'docs/a.md'],
    'a text of many lines inside another': [`set(TEXT "\\\n# ${tag} MIT\\\\n\\\n")\n`, [], 'CMakeLists.txt'],
    'a string in code': [`HEADER = "# ${tag} MIT"\nheader = '''\n    ${'x'}'''\nprint("${tag} MIT")\n`, []],
    'a setting that is commented out': [`[package]\n# license = "${tag} AGPLv3"\n`, [], 'Move.toml'],
    'a sentence that shows it': [`# Files begin with "${tag} MIT".\n`, []],
    'a string that opens a module': [`"""${tag} MIT"""\n`, ['MIT = MIT']],
    'a template': [`# ${tag} {{ license }}\n# ${tag} <id>\n# ${tag} \${LICENCE}\n`, []],
    'nothing said': [`# ${tag} NOASSERTION\n# ${tag} NONE\n# ${tag}\n`, []],
    'a list of examples': [Array.from({ length: 9 }, (_, at) => `# ${tag} LicenseRef-${at}\n`).join(''), []],
    'a tag below the head': [`${'x = 1\n'.repeat(2000)}# ${tag} MIT\n`, []],
  };
  for (const [name, [text, expected, path]] of Object.entries(cases)) it(`${name}`, () => assert.deepEqual(shown(text, path), expected));

  it('speaks of that one file, as its author', () => {
    assert.deepEqual(readOf('src/a.py', `# ${tag} MIT\n`).facts, [
      {
        kind: 'licence',
        id: 'spdx-tag:licence:MIT',
        work: 'local:src/a.py',
        scope: 'code',
        speaker: 'licensor',
        evidence: 'notice',
        stated: 'MIT',
        licences: ['MIT'],
        choice: false,
        via: 'tag',
        problem: null,
      },
    ]);
  });

  it('never throws, whatever the bytes, and anchors hold what is stated', () => {
    const parts = fc.constantFrom(
      `# ${tag} MIT`,
      tag,
      ' MIT OR ',
      '\n',
      '\r',
      '*/',
      '-->',
      '<!--',
      '"',
      '\u0000',
      '😀',
      '\ud800',
      '('.repeat(200),
      'LicenseRef-x',
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(parts, { maxLength: 14 }).map((list) => new TextEncoder().encode(list.join(''))),
    );
    fc.assert(
      fc.property(bytes, fc.constantFrom('a.py', 'a.md'), (content, path) => {
        const text = decode(content)?.text ?? '';
        const { facts, anchors } = spdxTagReader.read({ path, text, bytes: content, size: content.length }, testKnowledge());
        for (const fact of facts) {
          const span = anchors[fact.id]?.span;
          assert.ok(fact.kind === 'licence' && span);
          assert.equal(text.slice(span.start, span.end), fact.stated);
        }
      }),
      { numRuns: 300 },
    );
  });
});
