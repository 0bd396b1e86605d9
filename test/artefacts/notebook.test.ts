import assert from 'node:assert/strict';
import { notebookReader } from '../../server/src/artefacts/notebook.ts';
import { notebookSuppressionReader } from '../../server/src/artefacts/notebook-suppressions.ts';
import { readArtefact } from '../../server/src/artefacts/read.ts';
import { limits } from '../../server/src/text/limits.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { encode, fuzzText, matchesPath, readWith, shownBy } from './reading.ts';
import { analyseFiles, parseRepo } from '../support/repo.ts';
import { cpuTime } from '../support/time.ts';

const code = (source: unknown, more: Readonly<Record<string, unknown>> = {}): unknown => ({
  cell_type: 'code',
  metadata: {},
  outputs: [],
  execution_count: null,
  source,
  ...more,
});
const prose = (source: unknown): unknown => ({ cell_type: 'markdown', metadata: {}, source });
const book = (...cells: readonly unknown[]): string => JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells }, null, 1);
const load = 'AutoModel.from_pretrained';

const comment = '# pedigree-ignore unknown-terms: ours';

const ignoring: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
  'a comment above a line': [
    book(code('x = 1'), code(`${comment}\n${load}("acme/base-7b")\ny = 2`)),
    `line unknown-terms: ours <- [1]${comment}\n${load}("acme/base-7b")`,
  ],
  'a comment behind it, in lines': [book(code([`x = "acme/base-7b"  ${comment}\n`, 'y = 2'])), `line unknown-terms: ours <- [0]${comment}`],
  'a comment of the whole': [
    book(prose('# x'), code('# pedigree-ignore-file unknown-terms: ours')),
    'file unknown-terms: ours <- [1]# pedigree-ignore-file unknown-terms: ours',
  ],
  'a comment of HTML in prose': [
    book(prose('<!-- pedigree-ignore open-source-claim: quoted -->\nopen')),
    'line open-source-claim: quoted <- [0]<!-- pedigree-ignore open-source-claim: quoted -->\nopen',
  ],
  'a comment of code in prose': [book(prose(comment))],
  'a comment behind a command': [book(code(`!hf download acme/base-7b ${comment}`)), `line unknown-terms: ours <- [0]${comment}`],
  'a comment at the end of a cell': [book(code(comment), code(`${load}("acme/base-7b")`)), `line unknown-terms: ours <- [0]${comment}`],
  'what a cell printed': [book(code('x', { outputs: [{ output_type: 'stream', text: [comment] }] }))],
  'a word in a string': [book(code('x = "pedigree-ignore unknown-terms: ours"'))],
};

describe('comments in notebooks that hold something back', () => {
  for (const [name, [text, ...expected]] of Object.entries(ignoring))
    it(name, () => assert.deepEqual(shownBy(notebookSuppressionReader, 'a.ipynb', text), expected));
  it('hold in their own cell', () => {
    const cells = ['# x', comment].map((above) => code(`${above}\n${load}("acme/unheard-of")`));
    for (const [at, text] of [book(...cells), book(...cells.toReversed())].entries()) {
      const { report } = analyseFiles(parseRepo(`--- a.ipynb\n${text}\n`).files);
      assert.deepEqual(
        report.findings.filter((finding) => finding.ruleId === 'unknown-terms').map((finding) => finding.cell),
        [at],
      );
    }
    const { report } = analyseFiles(parseRepo(`--- a.ipynb\n${book(cells[1])}\n`).files);
    assert.deepEqual(
      report.suppressed.map(({ ruleId, by }) => `${ruleId} ${by}`),
      ['unknown-terms comment'],
    );
    assert.ok(!report.findings.some((finding) => finding.ruleId === 'unknown-terms' || finding.ruleId === 'invalid-suppression'));
  });
  it('are reported where they hold nothing back', () => {
    const { report } = analyseFiles(parseRepo(`--- a.ipynb\n${book(code('x = 1'), code(`y = 2  ${comment}`))}\n`).files);
    const found = report.findings.find((finding) => finding.ruleId === 'invalid-suppression');
    assert.deepEqual([found?.cell, found?.line, found?.column, found?.fixes.length], [1, 1, 8, 1]);
  });
  it('survive any notebook', () => fuzzText(notebookSuppressionReader, 'a.ipynb', book(code(`${comment}\nx`), prose('<!-- pedigree-ignore a: b -->'))));
});

const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
  'a source that is one string': [book(code(`x = 1\n${load}("acme/base-7b")`)), 'loads hub:acme/base-7b <- [0]acme/base-7b'],
  'a source that is a list of lines': [book(code(['x = 1\n', `${load}("acme/base-7b")\n`])), 'loads hub:acme/base-7b <- [0]acme/base-7b'],
  'lines without line ends': [book(code(['x = (', `${load}("acme/base-7b"))`])), 'loads hub:acme/base-7b <- [0]acme/base-7b'],
  'CRLF inside': [book(code(`x = 1\r\n${load}("acme/base-7b")\r\n`)), 'loads hub:acme/base-7b <- [0]acme/base-7b'],
  'other letters before it': [book(code(`é😀 = "é😀"; ${load}("acme/base-7b")`)), 'loads hub:acme/base-7b <- [0]acme/base-7b'],
  'a name of an earlier cell': [book(prose('# Title'), code('M = "acme/base-7b"'), code(`${load}(M)`)), 'loads hub:acme/base-7b <- [1]acme/base-7b'],
  'text between': [book(prose(`${load}("acme/other")`), code(`${load}("acme/base-7b")`)), 'loads hub:acme/base-7b <- [1]acme/base-7b'],
  'a quote that text leaves open': [book(prose('it\'s "'), code(`${load}("acme/base-7b")`)), 'loads hub:acme/base-7b <- [1]acme/base-7b'],
  'a quote that a cell leaves open': [book(code('x = "'), code(`${load}("acme/base-7b")`)), 'loads hub:acme/base-7b <- [1]acme/base-7b'],
  'a bracket that a cell leaves open': [book(code('x = f('), code('M = "acme/base-7b"'), code(`${load}(M)`)), 'loads hub:acme/base-7b <- [1]acme/base-7b'],
  'three quotes that a cell leaves open': [book(code('x = """'), code('M = "acme/base-7b"'), code(`${load}(M)`)), 'loads hub:acme/base-7b <- [1]acme/base-7b'],
  'a backslash at the end of a cell': [book(code('x = 1 \\'), code('M = "acme/base-7b"'), code(`${load}(M)`)), 'loads hub:acme/base-7b <- [1]acme/base-7b'],
  magics: [
    book(code(`%pip install x\n!huggingface-cli download "acme/base-7b\n${load}("acme/base-7b")`)),
    'loads hub:acme/base-7b <- [0]acme/base-7b',
    'loads hub:acme/base-7b <- [0]acme/base-7b',
  ],
  'an indented magic': [book(code(`if x:\n    !echo '''\n    ${load}("acme/base-7b")`)), 'loads hub:acme/base-7b <- [0]acme/base-7b'],
  'a cell of another language': [book(code(`%%writefile run.py\n${load}("acme/base-7b")`))],
  'a magic that times a cell': [book(code(`%%time\n${load}("acme/base-7b")`)), 'loads hub:acme/base-7b <- [0]acme/base-7b'],
  'a command': [book(code('!hf download acme/base-7b')), 'loads hub:acme/base-7b <- [0]acme/base-7b'],
  'a command of a later cell, over lines': [
    book(code('x = 1'), code(['import os\n', '!python train.py \\\n', '    --model_name_or_path acme/base-7b\n', 'y = 2'])),
    'finetune hub:acme/base-7b <- [1]acme/base-7b',
  ],
  'a cell of the shell': [book(code('%%bash\nM=acme/base-7b\nhf download $M')), 'loads hub:acme/base-7b <- [0]acme/base-7b'],
  'a command with a name of Python': [book(code('M = "acme/base-7b"\n!hf download {M}'))],
  'a command in a text': [book(prose('!hf download acme/base-7b'))],
  'a question mark': [book(code(`x?\n${load}("acme/base-7b")`)), 'loads hub:acme/base-7b <- [0]acme/base-7b'],
  'what a cell printed': [book(code('x', { outputs: [{ output_type: 'stream', text: [`${load}("acme/base-7b")`] }] }))],
  'a raw cell': [book({ cell_type: 'raw', source: `${load}("acme/base-7b")` })],
  'a cell without a type': [book({ source: `${load}("acme/base-7b")` }, code(`${load}("acme/base-7b")`)), 'loads hub:acme/base-7b <- [1]acme/base-7b'],
  'a cell without a source': [book({ cell_type: 'code' }, code(`${load}("acme/base-7b")`)), 'loads hub:acme/base-7b <- [1]acme/base-7b'],
  'a source that is a number': [book(code(7), code(`${load}("acme/base-7b")`)), 'loads hub:acme/base-7b <- [1]acme/base-7b'],
  'lines that are numbers': [book(code([7, null, `${load}("acme/base-7b")`])), 'loads hub:acme/base-7b <- [0]acme/base-7b'],
  'cells that are words': [book('x', null, 7, code(`${load}("acme/base-7b")`)), 'loads hub:acme/base-7b <- [3]acme/base-7b'],
  'cells that are no list': [JSON.stringify({ cells: { source: `${load}("acme/base-7b")` } })],
  'format 3': [
    JSON.stringify({ nbformat: 3, worksheets: [{ cells: [{ cell_type: 'code', language: 'python', input: [`${load}("acme/base-7b")`] }] }] }),
    'loads hub:acme/base-7b <- [0]acme/base-7b',
  ],
  'format 3 of several sheets': [
    JSON.stringify({
      nbformat: 3,
      worksheets: [{ cells: [{ cell_type: 'markdown', source: 'x' }] }, {}, { cells: [{ cell_type: 'code', input: `${load}("acme/base-7b")` }] }],
    }),
    'loads hub:acme/base-7b <- [1]acme/base-7b',
  ],
  'cut off': [book(code(`${load}("acme/base-7b")`), code('y')).slice(0, -20), 'loads hub:acme/base-7b <- [0]acme/base-7b'],
  'no JSON': [`${load}("acme/base-7b")`],
  nothing: [''],
  'an empty book': [book()],
  'data that a service wrote': [
    book(
      code('from openai import OpenAI\nclient = OpenAI()'),
      code('def generate_data():\n    r = client.chat.completions.create(model="gpt-4o")\n    with open("data/train.jsonl", "w") as f:\n        f.write(r)'),
    ),
    'call openai/gpt-4o decision <- [1]gpt-4o',
    'generatedBy service:openai/gpt-4o <- [1]gpt-4o',
  ],
};

describe('notebooks', () => {
  it('are known by their ending', () => assert.ok(matchesPath(notebookReader, 'a/B.IPYNB') && !matchesPath(notebookReader, 'a.py')));
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shownBy(notebookReader, 'run.ipynb', text), expected));

  it('places a fact in the lines of its cell', () => {
    const text = book(prose('# Title\n\nmore'), code(`\n\nx = 1\n  ${load}("acme/base-7b")\n`));
    const artefact = readArtefact({ path: 'a.ipynb', bytes: encode(text), size: text.length }, testKnowledge());
    const place = artefact.places.get(artefact.facts[0]?.id ?? '');
    assert.deepEqual(place && [place.cell, place.line, place.column, place.endLine, place.endColumn], [1, 4, 30, 4, 42]);
  });

  it('keeps where a revision goes inside the cell', () => {
    const reading = readWith(notebookReader, 'a.ipynb', book(code('y = 2'), code(`${load}("acme/base-7b")`)));
    const anchor = reading.anchors[`${reading.facts[0]?.id}#revision`];
    assert.deepEqual([anchor?.cell, anchor?.span.start], [1, `${load}("acme/base-7b"`.length]);
  });

  it('says what cannot be read', () => {
    const messages = (text: string): readonly unknown[] =>
      readWith(notebookReader, 'a.ipynb', text).problems.map((problem) => [problem.message, problem.limit]);
    assert.deepEqual(messages(`{"cells": [from_pretrained${'['.repeat(200)}`), [['nested too deeply', true]]);
    assert.deepEqual(messages(`"from_pretrained${' '.repeat(limits.notebookBytes)}"`), [['larger than 10 MB', true]]);
    assert.ok(messages('{"from_pretrained": ').length > 0);
    assert.deepEqual(messages(book(code('from_pretrained'))), []);
  });

  it('reads 500 cells with pictures soon', () => {
    const text = book(
      ...Array.from({ length: 500 }, (_, at) =>
        code(`x${at} = ${load}("acme/base-7b")`, { outputs: [{ output_type: 'display_data', data: { 'image/png': 'A'.repeat(19_000) } }] }),
      ),
    );
    const started = cpuTime();
    assert.equal(readWith(notebookReader, 'a.ipynb', text).facts.length, 500);
    assert.ok(cpuTime() - started < 2500, `${cpuTime() - started} ms`);
  });

  it('never throws, whatever the bytes, and anchors lie inside their cells', function () {
    this.timeout(20_000);
    fuzzText(
      notebookReader,
      'src/generate_train.ipynb',
      book(
        prose('# é😀'),
        code(['%pip x\n', 'M = "acme/base-7b"\n', `${load}(M)\n`]),
        code('from openai import OpenAI\r\nr = OpenAI().chat.completions.create(model="gpt-4o")\r\nopen("data/a.jsonl", "w").write(r)'),
      ),
    );
    fuzzText(notebookReader, 'a.ipynb', cases['format 3']?.[0] ?? '', 100);
  });
});
