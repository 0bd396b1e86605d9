import assert from 'node:assert/strict';
import fc from 'fast-check';
import { displayLines, displayReader } from '../../server/src/artefacts/display.ts';
import { decode } from '../../server/src/text/decode.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { cpuTime } from '../support/time.ts';

const matches = (path: string): boolean => displayReader.matches(path, path.slice(path.lastIndexOf('/') + 1).toLowerCase());
const read = (text: string, path = 'README.md'): ReturnType<typeof displayReader.read> =>
  displayReader.read({ path, text, bytes: new TextEncoder().encode(text), size: text.length }, testKnowledge());
const shown = (text: string, path?: string): readonly string[] => {
  const { facts, anchors } = read(text, path);
  return facts.map((fact) => `${fact.kind === 'display' ? fact.text : '?'} @ ${text.slice(anchors[fact.id]?.span.start, anchors[fact.id]?.span.end)}`);
};

const notice = 'Llama 3.1 is licensed under the Llama 3.1 Community License, Copyright © Meta Platforms, Inc. All Rights Reserved.';

describe('lines that terms require to be shown', () => {
  for (const path of ['README.md', 'docs/a.markdown', 'NOTICE', 'Notice.txt', 'index.html', 'a.rst', 'LICENSE'])
    it(`looks into ${path}`, () => assert.ok(matches(path)));
  for (const path of ['a.py', 'config.json', 'weights.safetensors']) it(`leaves ${path} alone`, () => assert.ok(!matches(path)));

  const cases: Readonly<Record<string, readonly [text: string, shown: readonly string[], path?: string]>> = {
    'as the clause spells it': ['# Model\n\nBuilt with Llama\n', ['Built with Llama @ Built with Llama']],
    'in other letters and layout': ['**BUILT   with\n> LLAMA**.', ['Built with Llama @ BUILT   with\n> LLAMA']],
    'in quotes, as a display': ['“Built with Llama”', ['Built with Llama @ Built with Llama']],
    'before a version': ['Built with Llama 3.1', ['Built with Llama @ Built with Llama']],
    'inside another name': ['Built with LlamaIndex, built with llama.cpp, Built with Llama-Factory, Rebuilt with Llama', []],
    'an alternative': ['Improved using Qwen', ['Improved using Qwen @ Improved using Qwen']],
    'a notice with (c)': [notice.replace('©', '(C)'), [`${notice} @ ${notice.replace('©', '(C)').replace(/\.$/, '')}`], 'NOTICE'],
    'a notice with another end': [notice.replace(/\.$/, ''), [`${notice} @ ${notice.replace(/\.$/, '')}`], 'NOTICE'],
    'a notice over two lines': [
      notice.replace(', Copyright', ',\nCopyright'),
      [`${notice} @ ${notice.replace(', Copyright', ',\nCopyright').replace(/\.$/, '')}`],
      'NOTICE',
    ],
    'the order of a licence to show it': ['You shall prominently display “Built with Llama” on a website.', [], 'LICENSE'],
    'a licence that quotes it': ['(“Built with Llama”)', [], 'models/LICENSE.txt'],
    'a page that explains the order': ['Derivatives must show "Built with Llama".', []],
    'the order, then the line': ['Derivatives must show "Built with Llama".\n\nBuilt with Llama\n', ['Built with Llama @ Built with Llama']],
    nothing: ['Made with care.', []],
  };
  for (const [name, [text, expected, path]] of Object.entries(cases)) it(`${name}`, () => assert.deepEqual(shown(text, path), expected));

  it('finds every line that the terms of the catalogue require', () => {
    const lines = displayLines(testKnowledge());
    assert.ok(lines.length > 20);
    for (const { line } of lines)
      assert.ok(
        read(`${line}\n`, 'NOTICE').facts.some((fact) => fact.kind === 'display' && fact.text === line),
        line,
      );
    assert.equal(displayLines(testKnowledge()), lines);
  });

  it('never throws, whatever the bytes, and anchors lie inside the text', () => {
    const parts = fc.constantFrom('Built with Llama', 'built', ' with ', 'Llama', '"', '“', '\n', '*', '©', 'İ', '😀', '\ud800', '\u0000', 'must ', notice);
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.array(parts, { maxLength: 14 }).map((list) => new TextEncoder().encode(list.join(''))),
    );
    fc.assert(
      fc.property(bytes, fc.constantFrom('README.md', 'LICENSE'), (content, path) => {
        const text = decode(content)?.text ?? '';
        const { facts, anchors } = displayReader.read({ path, text, bytes: content, size: content.length }, testKnowledge());
        for (const fact of facts) {
          const span = anchors[fact.id]?.span;
          assert.ok(span && span.start < span.end && span.end <= text.length);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('stays linear on hostile text', () => {
    const started = cpuTime();
    for (const part of ['Built with Llama', '"Built with Llama', ' ', '"', 'must "']) read(part.repeat(Math.ceil(300_000 / part.length)));
    assert.ok(cpuTime() - started < 4000);
  });
});
