import assert from 'node:assert/strict';
import fc from 'fast-check';
import { insertAppended, insertEntry } from '../../server/src/policy/insert.ts';
import type { Insertion } from '../../server/src/policy/insert.ts';
import { readPolicy } from '../../server/src/policy/read.ts';

const rows = [
  ['rule', 'output-terms'],
  ['paths', '["run.py"]'],
  ['reason', ''],
] as const;
const put = (text: string, { start, end, text: added }: Insertion): string => text.slice(0, start) + added + text.slice(end);
const gap = (text: string, insertion: Insertion): string => {
  const whole = put(text, insertion);
  const at = insertion.start + (insertion.gap ?? 0);
  return `${whole.slice(0, at)}|${whole.slice(at)}`;
};

const item = '  - rule: output-terms\n    paths: ["run.py"]\n    reason: |';
const cases: readonly (readonly [string, string, string | null])[] = [
  ['an empty file', '', `accept:\n${item}\n`],
  ['a file with other keys', 'use: { commercial: true }\n', `use: { commercial: true }\naccept:\n${item}\n`],
  ['a file without an end of line', 'rules: {}', `rules: {}\naccept:\n${item}\n`],
  ['comments alone', '# ours\n', `# ours\naccept:\n${item}\n`],
  ['a key with nothing', 'accept:\nrules: {}\n', `accept:\n${item}\nrules: {}\n`],
  [
    'a list in a block',
    'accept:\n  - rule: a\n    reason: b # why\n# end\nrules: {}\n',
    `accept:\n  - rule: a\n    reason: b # why\n${item}\n# end\nrules: {}\n`,
  ],
  [
    'a list that is not indented',
    'accept:\n- { rule: a, reason: b }\nrules: {}',
    'accept:\n- { rule: a, reason: b }\n- rule: output-terms\n  paths: ["run.py"]\n  reason: |\nrules: {}',
  ],
  ['an empty list in brackets', 'accept: []\n', 'accept: [ { rule: output-terms, paths: ["run.py"], reason: "|" } ]\n'],
  [
    'a list in brackets',
    'accept: [ { rule: a, reason: b } ]\n',
    'accept: [ { rule: a, reason: b }, { rule: output-terms, paths: ["run.py"], reason: "|" } ]\n',
  ],
  [
    'a list in brackets over lines',
    'accept: [\n  { rule: a, reason: b },\n]\n',
    'accept: [\n  { rule: a, reason: b }, { rule: output-terms, paths: ["run.py"], reason: "|" } ]\n',
  ],
  ['line ends of Windows', 'use: {}\r\n', `use: {}\r\naccept:\r\n${item.replaceAll('\n', '\r\n')}\r\n`],
  ['a key that is a mapping', 'accept: { a: b }\n', null],
  ['a key that is a word', 'accept: none\n', null],
  ['a broken file', 'use: [\n', null],
  ['a file in braces', '{ use: { commercial: true } }\n', null],
  ['a list', '- a\n', null],
  ['a comment before the bracket', 'accept: [ { rule: a, reason: b } # last\n]\n', null],
  ['keys that are indented', '  use: {}\n', null],
  ['a document that was ended', 'use: {}\n...\n', null],
];

describe('an entry put into a policy', () => {
  for (const [title, text, expected] of cases)
    it(`in ${title}`, () => {
      const insertion = insertEntry(text, 'accept', rows);
      assert.equal(insertion ? gap(text, insertion) : null, expected);
      if (insertion) assert.equal(readPolicy(put(text, insertion), 'pedigree.yaml', '').problems.length, 0);
    });
  it('never breaks what is there, whatever it is', () => {
    const line = fc.constantFrom(
      'accept:',
      'accept: []',
      '  - rule: a',
      '- rule: b',
      '    reason: c',
      '# x',
      '',
      'use:',
      '  commercial: true',
      ']',
      '[',
      '...',
      '---',
      '  ',
      'rules: {',
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.constantFrom('\n', '\r\n'), (lines, newLine) => {
        const text = lines.join(newLine);
        const insertion = insertEntry(text, 'accept', rows);
        if (!insertion) return;
        const [before, after] = [readPolicy(text, 'p', ''), readPolicy(put(text, insertion), 'p', '')];
        assert.ok(after.problems.length <= before.problems.length + 1);
        assert.deepEqual(after.accept.at(-1)?.rule, 'output-terms');
        assert.equal(after.accept.length, before.accept.length + 1);
        assert.ok(put(text, insertion).startsWith(text.slice(0, insertion.start)));
      }),
    );
  });
  it('takes what a fix appends', () => {
    const added = 'works:\n  - { id: "pkg:huggingface/a, b/c", licence: LicenseRef-x }\n';
    const insertion = insertAppended('works:\n  - { id: "local:a", licence: MIT }\n', added);
    assert.ok(insertion);
    const { works } = readPolicy(put('works:\n  - { id: "local:a", licence: MIT }\n', insertion), 'p', '');
    assert.deepEqual(
      works.map(({ id, licence }) => [id, licence]),
      [
        ['local:a', 'MIT'],
        ['pkg:huggingface/a, b/c', 'LicenseRef-x'],
      ],
    );
    assert.equal(insertAppended('', 'anything else'), undefined);
  });
});
