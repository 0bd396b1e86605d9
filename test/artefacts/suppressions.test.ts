import assert from 'node:assert/strict';
import { suppressionReader } from '../../server/src/artefacts/suppressions.ts';
import { anchored, fuzzText, matchesPath, readWith, shownBy } from './reading.ts';
import { cpuTime } from '../support/time.ts';

type Cases = Readonly<Record<string, readonly [path: string, text: string, ...shown: readonly string[]]>>;

const ignore = 'pedigree-' + 'ignore';

const cases: Cases = {
  'behind a line': ['a.py', `x = 1  # ${ignore} some-rule: why\ny = 2\n`, `line some-rule: why <- # ${ignore} some-rule: why`],
  'above a line': ['a.py', `# ${ignore} some-rule: why\nx = 1\ny = 2\n`, `line some-rule: why <- # ${ignore} some-rule: why\nx = 1`],
  'above a command over lines': [
    'run.sh',
    `# ${ignore} some-rule: why\nrun \\\n  --a b \\\n  --c d\nother\n`,
    `line some-rule: why <- # ${ignore} some-rule: why\nrun \\\n  --a b \\\n  --c d`,
  ],
  'above a line, behind other comments': [
    'a.py',
    `# ${ignore} some-rule: why\n# more\n\nx = 1\ny = 2\n`,
    `line some-rule: why <- # ${ignore} some-rule: why\n# more\n\nx = 1`,
  ],
  indented: ['a.py', `if x:\n    # ${ignore} some-rule: why\n    y = 1\n`, `line some-rule: why <- # ${ignore} some-rule: why\n    y = 1`],
  'for the whole file': ['a.py', `# ${ignore}-file some-rule: why\nx = 1\n`, `file some-rule: why <- # ${ignore}-file some-rule: why\nx = 1`],
  'of two rules': ['a.py', `x = 1 # ${ignore} one-rule, two-rule: why\n`, `line one-rule+two-rule: why <- # ${ignore} one-rule, two-rule: why`],
  'without a reason': ['a.py', `x = 1 # ${ignore} some-rule\n`, `line some-rule:  <- # ${ignore} some-rule`],
  'with an empty reason': ['a.py', `x = 1 # ${ignore} some-rule:\n`, `line some-rule:  <- # ${ignore} some-rule:`],
  'without a rule': ['a.py', `x = 1 # ${ignore}\n`],
  'with a reason for no rule': ['a.py', `x = 1 # ${ignore}: why\n`, `line : why <- # ${ignore}: why`],
  'behind a fence that follows a blank line': [
    'a.md',
    `# x\n\n\`\`\`\ny\n\`\`\`\n\n<!-- ${ignore}-file some-rule: why -->\n`,
    `file some-rule: why <- <!-- ${ignore}-file some-rule: why -->\n`,
  ],
  'inside a fence that follows a blank line': ['a.md', `# x\n\n\`\`\`html\n<!-- ${ignore}-file some-rule: why -->\n\`\`\`\n`],
  'with colons in the reason': ['a.py', `x = 1 # ${ignore} some-rule: see: there\n`, `line some-rule: see: there <- # ${ignore} some-rule: see: there`],
  'in slashes': ['a.ts', `x(); // ${ignore} some-rule: why\n`, `line some-rule: why <- // ${ignore} some-rule: why`],
  'in stars': ['a.c', `x(); /* ${ignore} some-rule: why */\n`, `line some-rule: why <- /* ${ignore} some-rule: why */`],
  'in dashes': ['a.txt', `-- ${ignore} some-rule: why\n`],
  'in Markdown, hidden': ['a.md', `<!-- ${ignore} some-rule: why -->\ntext\n`, `line some-rule: why <- <!-- ${ignore} some-rule: why -->\ntext`],
  'in Markdown, behind a line': ['a.md', `text <!-- ${ignore} some-rule: why -->\n`, `line some-rule: why <- <!-- ${ignore} some-rule: why -->`],
  'in Markdown, in view': ['a.md', `# ${ignore} some-rule: why\n`],
  'in Markdown, in a fence': ['a.md', `\`\`\`md\n<!-- ${ignore} some-rule: why -->\n\`\`\`\n`],
  'in Markdown, behind a fence': [
    'a.md',
    `\`\`\`md\nx\n\`\`\`\n<!-- ${ignore} some-rule: why -->\n`,
    `line some-rule: why <- <!-- ${ignore} some-rule: why -->\n`,
  ],
  'in the front matter of a card': ['README.md', `---\nlicense: mit # ${ignore} some-rule: why\n---\n`, `line some-rule: why <- # ${ignore} some-rule: why`],
  'in its front matter, above a line': [
    'README.md',
    `---\n# ${ignore} some-rule: why\nlicense: mit\n---\n`,
    `line some-rule: why <- # ${ignore} some-rule: why\nlicense: mit`,
  ],
  'in its front matter, as HTML': ['README.md', `---\nx: <!-- ${ignore} some-rule: why -->\nlicense: mit\n---\n`],
  'as YAML behind the front matter': ['README.md', `---\nlicense: mit\n---\n# ${ignore} some-rule: why\n`],
  'with other words behind the rule': ['a.py', `x = 1 # ${ignore} some-rule because\n`],
  'behind a line that is too long': [
    'a.py',
    `${'x'.repeat(30_000)} # ${ignore} some-rule: why\ny = 1 # ${ignore} other-rule: why\n`,
    `line other-rule: why <- # ${ignore} other-rule: why`,
  ],
  'in YAML': ['a.yaml', `a: b # ${ignore} some-rule: why\n`, `line some-rule: why <- # ${ignore} some-rule: why`],
  'in a string': ['a.py', `x = "${ignore} some-rule: why"\n`],
  'in words': ['a.py', `# write ${ignore} some-rule: why\n`],
  'with CRLF': ['a.py', `# ${ignore} some-rule: why\r\nx = 1\r\ny = 2\r\n`, `line some-rule: why <- # ${ignore} some-rule: why\r\nx = 1`],
  'with CR alone': ['a.py', `# ${ignore} some-rule: why\rx = 1\ry = 2\r`, `line some-rule: why <- # ${ignore} some-rule: why\rx = 1`],
  'behind other letters': ['a.py', `x = "é😀"  # ${ignore} some-rule: é😀\n`, `line some-rule: é😀 <- # ${ignore} some-rule: é😀`],
  'at the end of a file': ['a.py', `x = 1\n# ${ignore} some-rule: why`, `line some-rule: why <- # ${ignore} some-rule: why`],
  twice: [
    'a.py',
    `x = 1 # ${ignore} a-rule: why\ny = 1 # ${ignore} b-rule: why\n`,
    `line a-rule: why <- # ${ignore} a-rule: why`,
    `line b-rule: why <- # ${ignore} b-rule: why`,
  ],
  'twice the same': [
    'a.py',
    `x = 1 # ${ignore} a-rule: why\ny = 1 # ${ignore} a-rule: why\n`,
    `line a-rule: why <- # ${ignore} a-rule: why`,
    `line a-rule: why <- # ${ignore} a-rule: why`,
  ],
  'in a very long line': ['a.py', `${'x'.repeat(30_000)} # ${ignore} some-rule: why\n`],
  nowhere: ['a.py', 'x = 1\n'],
};

describe('suppressions', () => {
  for (const path of ['a.py', 'README.md', 'a.yaml', 'Dockerfile', 'LICENSE', 'NOTICE.txt', 'requirements-dev.txt', 'Cargo.toml'])
    it(`are read in ${path}`, () => assert.ok(matchesPath(suppressionReader, path)));
  for (const path of ['a.safetensors', 'a.png', 'a.ipynb', 'a.csv']) it(`are not read in ${path}`, () => assert.ok(!matchesPath(suppressionReader, path)));
  for (const [name, [path, text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shownBy(suppressionReader, path, text), expected));

  it('know their own text, and what a fix takes away', () => {
    const parts = (text: string): readonly string[] => {
      const reading = readWith(suppressionReader, 'a.py', text);
      const id = reading.facts[0]?.id ?? '';
      return [anchored(text, reading, reading.anchors[`${id}#text`]), anchored(text, reading, reading.anchors[`${id}#comment`])];
    };
    assert.deepEqual(parts(`  # ${ignore} some-rule: why  \nx = 1\n`), [`# ${ignore} some-rule: why`, `  # ${ignore} some-rule: why  \n`]);
    assert.deepEqual(parts(`x = 1  # ${ignore} some-rule: why\ny = 1\n`), [`# ${ignore} some-rule: why`, `# ${ignore} some-rule: why`]);
  });

  it('end soon on hostile text', () => {
    const started = cpuTime();
    for (const part of [
      `# ${ignore} a-rule: x\n`,
      `# ${ignore} `,
      ignore,
      `# ${ignore} a-rule${' '.repeat(15_000)}x\n`,
      `# ${ignore} ${'a-rule, '.repeat(500)}`,
      `# ${ignore} a-rule: ${' x'.repeat(5000)}\n`,
    ])
      readWith(suppressionReader, 'a.py', part.repeat(Math.ceil(600_000 / part.length)));
    assert.ok(cpuTime() - started < 3000, `${cpuTime() - started} ms`);
  });

  it('never throw, whatever the bytes, and anchors lie inside the text', () => {
    fuzzText(
      suppressionReader,
      'a.py',
      `x = "é😀" # ${ignore} a-rule, b-rule: why\n  # ${ignore}-file c-rule\n\n# more\r\ny = 1 /* ${ignore} d-rule: x */\n# ${ignore} e-rule: why`,
    );
    fuzzText(
      suppressionReader,
      'a.md',
      `---\na: b # ${ignore} a-rule: why\n---\n<!-- ${ignore} a-rule: why -->\ntext\n\`\`\`\n<!-- ${ignore} a-rule: why -->\n\`\`\`\n`,
    );
  });
});
