import assert from 'node:assert/strict';
import { formatOf } from '../../client/src/export-formats.ts';
import type { Report } from '../../server/src/protocol/report.ts';
import { documentOf } from '../../server/src/report/document.ts';
import { htmlOf } from '../../server/src/report/html.ts';
import { markdownOf } from '../../server/src/report/markdown.ts';
import { summaryOf } from '../../server/src/report/summary.ts';
import { finding, report, work } from '../client/data.ts';

const blocks = (made: Report, name = 'w', disclose: readonly string[] = []) =>
  documentOf([{ name, report: made, summary: summaryOf(made, disclose) }], '2026-01-02');

const full = report({
  findings: [
    finding({ line: 9 }),
    finding({ severity: 'warning', path: 'n.ipynb', cell: 0 }),
    finding({ severity: 'information', path: 'm.gguf', key: 'general.license' }),
  ],
  works: [
    work({ id: 'local:.', licence: 'MIT' }),
    work({ id: 'pkg:huggingface/a/known', licence: 'L', evidence: 'catalogue', asOf: '2026-01-01' }),
    work({ id: 'pkg:huggingface/a/unknown' }),
  ],
  relations: [{ from: 'local:.', to: 'pkg:huggingface/a/known', type: 'finetune', path: 'README.md', line: 3 }],
  publishable: [{ work: 'local:.', as: ['L'], why: 'L of a/known reaches it.' }],
  obligations: [
    { work: 'local:.', source: 'pkg:huggingface/a/known', licence: 'L', clause: 's. 1', duty: 'say so', met: false, at: null },
    { work: 'local:x', source: 'pkg:huggingface/a/known', licence: 'L', clause: 's. 1', duty: 'say so', met: false, at: null },
    { work: 'local:.', source: 'pkg:huggingface/a/known', licence: 'L', clause: null, duty: 'hand on a copy', met: true, at: null },
  ],
  suppressed: [{ ruleId: 'r', path: 'a.py', line: 2, by: 'pedigree.yaml', reason: 'seen', message: 'm', fingerprint: 'f' }],
  skipped: [{ path: 'big.json', reason: 'larger than 1 MB' }],
});

const hostile = [
  '"><script>x</script>',
  '<img src=x onerror=x>',
  '![x](https://evil.test/p.png)',
  '[x](javascript:x)',
  '| a | b |',
  '\n# heading',
  '- [x] done',
  '`x`',
  '\u202eevil',
  '&lt;',
  '<!-- -->',
  'https://evil.test',
  '@everyone #1',
];

const hostileReport = (text: string): Report =>
  report({
    inputs: { knowledge: text, cache: false, hub: false, policy: text },
    findings: [finding({ ruleId: text, message: text, path: text, clause: text, evidence: text })],
    works: [work({ id: text, kind: text, licence: text, binds: [text, 'x'], evidence: text, source: text, asOf: text, confidence: text, path: text })],
    relations: [{ from: 'local:.', to: text, type: 'finetune', path: text, line: 1 }],
    publishable: [{ work: text, as: [text], why: text }],
    obligations: [{ work: text, source: text, licence: text, clause: text, duty: text, met: false, at: null }],
    suppressed: [{ ruleId: text, path: text, line: 1, by: text, reason: text, message: text, fingerprint: 'f' }],
    skipped: [{ path: text, reason: text }],
  });

describe('the report as a document', () => {
  it('says in Markdown what is to be done, may be published, is owed, was found and has to be disclosed', () => {
    const text = markdownOf(blocks(full, 'w', ['training-summary']));
    for (const line of [
      '# Licences and provenance of w',
      '- [ ] Settle 1 contradiction',
      '## What it may be published as',
      // One line for two works that owe the same.
      '- [ ] say so (s. 1, L, by a/known); owed by this repository, x',
      '- [x] hand on a copy (L, by a/known); owed by this repository',
      '### Contradictions to settle',
      '- **Error** README.md:9 (licence-laundering)',
      '- **Warning** n.ipynb, cell 1:2 (licence-laundering)',
      '- Note m.gguf, general.license (licence-laundering)',
      '### Of others, terms unknown',
      'The policy names these disclosures: training-summary.',
      '| this repository | made from | fine-tune of a/known | L | 2026-01-01 | README.md:3 |',
      '| r | a.py:2 | pedigree.yaml | seen |',
      '2026-01-02. This informs; it is not legal advice.',
    ])
      assert.ok(text.includes(line), `${line}\n${text}`);
  });

  it('is whole in HTML, with everything in the one file', () => {
    const html = htmlOf(blocks(full));
    for (const part of [
      '<title>Licences and provenance of w</title>',
      '<th scope="col">Licence</th>',
      '<th scope="row">a/unknown</th>',
      'class="tone error">Error</span>',
      'not legal advice',
    ])
      assert.ok(html.includes(part), part);
    assert.doesNotMatch(html, /<script|\ssrc=|\shref=|@import|url\(/);
    // Every element that is opened is closed: it is parsed by whatever somebody files it in.
    for (const tag of ['h1', 'h2', 'h3', 'ul', 'li', 'p', 'table', 'tr', 'td', 'th', 'div', 'span', 'main', 'body', 'html'])
      assert.equal(html.match(new RegExp(`<${tag}[ >]`, 'g'))?.length, html.match(new RegExp(`</${tag}>`, 'g'))?.length, tag);
  });

  it('takes texts of files as texts', () => {
    const usual = htmlOf(blocks(hostileReport('x'), 'x')).replace(/>[^<]*</g, '><');
    for (const text of hostile) {
      const made = blocks(hostileReport(text), text, [text]);
      const html = htmlOf(blocks(hostileReport(text), text));
      // The elements are the same, whatever is written in them.
      assert.equal(html.replace(/>[^<]*</g, '><'), usual, text);
      const markdown = markdownOf(made);
      assert.doesNotMatch(markdown, /(?<!\\)<(?!br>)|(?<!\\)!\[|(?<!\\)\]\(|\u202e/, text);
      assert.equal(markdown.match(/^#+ /gm)?.length, markdownOf(blocks(hostileReport('x'), 'x', ['x'])).match(/^#+ /gm)?.length, text);
      assert.equal(markdown.split('\n').length, markdownOf(blocks(hostileReport('x'), 'x', ['x'])).split('\n').length, text);
    }
  });

  it('says that nothing was found, and that what was not read is missing', () => {
    const text = markdownOf(blocks(report({ summary: { ...report({}).summary, complete: false } })));
    assert.match(text, /Incomplete: what was not read may change these answers\./);
    assert.match(text, /None\. Works of unknown terms/);
  });
});

describe('the format of a file', () => {
  it('is told by the ending of its name', () => {
    assert.deepEqual(['/a/r.html', '/a/r.HTM', '/a/r.md', '/a/r.markdown', '/a/r.json', '/a/r', '/a/r.exe', '/a.md/r'].map(formatOf), [
      'html',
      'html',
      'markdown',
      'markdown',
      'json',
      undefined,
      undefined,
      undefined,
    ]);
  });
});
