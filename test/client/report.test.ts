import assert from 'node:assert/strict';
import { pageHtml } from '../../client/src/pages/html.ts';
import { readMessage } from '../../client/src/pages/messages.ts';
import { reportView } from '../../client/src/report/model.ts';
import { createPlaces, placeOf } from '../../client/src/report/places.ts';
import { plain } from '../../client/src/report/plain.ts';
import type { Obligation, Report } from '../../server/src/protocol/report.ts';
import { summaryOf } from '../../server/src/report/summary.ts';
import { finding, report, work } from './data.ts';

const obligation = (part: Partial<Obligation>): Obligation => ({
  work: 'local:.',
  source: 'pkg:huggingface/org/base',
  licence: 'L',
  clause: 's. 1',
  duty: 'say so',
  met: false,
  at: null,
  ...part,
});

const view = (part: Partial<Report>, places = createPlaces(1), disclose: readonly string[] = []) => {
  const content = { report: report(part), summary: summaryOf(report(part), disclose) };
  const made = reportView([{ uri: 'file:///w', name: 'w', content }], places, new Date('2026-01-02T03:04:00'));
  const [folder] = made.folders;
  assert.ok(folder);
  return { ...made, folder };
};

describe('the report as the page shows it', () => {
  it('puts the worst file first, and the worst finding of a file', () => {
    const { folder } = view({
      findings: [
        finding({ path: 'a.py', severity: 'warning' }),
        finding({ path: 'b.py', severity: 'information', line: 1 }),
        finding({ path: 'b.py', line: 9 }),
        finding({ path: 'c.py', severity: 'warning' }),
        finding({ path: 'c.py', severity: 'warning', line: 3 }),
      ],
    });
    assert.deepEqual(
      folder.files.map((file) => file.path),
      ['b.py', 'c.py', 'a.py'],
    );
    assert.deepEqual(
      folder.files[0]?.findings.map((item) => item.where.text),
      ['b.py:9', 'b.py:1'],
    );
  });

  it('issues an id for each place, and keeps the exact range behind it', () => {
    const places = createPlaces(7);
    const { folder } = view({ findings: [finding({ path: 'dir/train.py', line: 4, column: 3, endLine: 5, endColumn: 8 })] }, places);
    const id = folder.files[0]?.findings[0]?.where.id ?? '';
    assert.match(id, /^7\.\d+$/);
    assert.deepEqual(places.find(id), { folder: 'file:///w', path: 'dir/train.py', line: 4, column: 3, endLine: 5, endColumn: 8, cell: null, binary: false });
    assert.equal(places.find('6.0'), undefined);
  });

  it('writes a place in a binary file by its key and in a notebook by its cell', () => {
    const { folder } = view({ findings: [finding({ path: 'm.gguf', key: 'general.license', line: 1 }), finding({ path: 'n.ipynb', cell: 2, line: 5 })] });
    assert.deepEqual(
      folder.files.map((file) => file.findings[0]?.where.text),
      ['m.gguf, general.license', 'n.ipynb, cell 3:5'],
    );
  });

  it('tells a duty of several works once, what is open first', () => {
    const { folder } = view({
      obligations: [
        obligation({ met: true, duty: 'done' }),
        obligation({ met: null, duty: 'behave' }),
        obligation({}),
        obligation({ work: 'local:m.gguf', at: { path: 'README.md', line: 3 } }),
      ],
    });
    assert.deepEqual(
      folder.obligations.map(({ state, duty, owedBy }) => [state, duty, owedBy]),
      [
        ['open', 'say so', 'this repository, m.gguf'],
        ['unseen', 'behave', 'this repository'],
        ['met', 'done', 'this repository'],
      ],
    );
    assert.equal(folder.obligations[0]?.where?.text, 'README.md:3');
  });

  it('puts works of unknown terms first, and knows which are own', () => {
    const { folder } = view({
      works: [
        work({ id: 'local:.' }),
        work({ id: 'pkg:huggingface/me/ours' }),
        work({ id: 'pkg:huggingface/a/known', licence: 'MIT', evidence: 'catalogue', binds: ['MIT', 'X'] }),
        work({ id: 'service:p/m', kind: 'service', evidence: 'catalogue' }),
        work({ id: 'pkg:huggingface/b/unknown' }),
      ],
      relations: [
        { from: 'local:.', to: 'pkg:huggingface/me/ours', type: 'publishes', path: null, line: null },
        { from: 'local:.', to: 'pkg:huggingface/a/known', type: 'finetune', path: null, line: null },
      ],
    });
    assert.deepEqual(
      folder.works.map(({ name, state, licence }) => [name, state, licence]),
      [
        ['b/unknown', 'unknown', 'unknown'],
        ['a/known', 'known', 'MIT'],
        ['p/m', 'known', 'terms of the provider'],
        ['this repository', 'own', 'not stated'],
        ['me/ours', 'own', 'not stated'],
      ],
    );
    assert.equal(folder.works[1]?.reachedBy, 'X');
    assert.equal(folder.works[3]?.origin, 'fine-tune of a/known');
  });

  it('says in a few sentences what there is', () => {
    const summary = { files: 9, read: 4, works: { known: 2, unknown: 1 }, findings: { error: 1, warning: 2, information: 0 }, suppressed: 1, complete: false };
    const { folder } = view({ summary, publishable: [{ work: 'local:.', as: ['L'], why: '' }], skipped: [{ path: 'big.json', reason: 'larger than 1 MB' }] });
    assert.equal(
      folder.sentences.join(' '),
      '1 contradiction to settle (errors) and 2 points to decide (warnings). It takes from 3 works of others; for 1 of them nothing says what is allowed. The known terms alone would let it be published under L; the unknown ones may not. ' +
        'The audit is incomplete: 1 file was not read, and what it says is missing here. 1 finding is held back by a policy or a comment here; the reasons are below.',
    );
    assert.ok(folder.incomplete);
  });

  it('shows what makes it say less', () => {
    const { folder } = view({ narrowed: [{ path: 'pedigree.yaml', reason: 'states the use, which is believed' }] });
    assert.deepEqual(
      folder.narrowed.map(({ where, text }) => `${where.text}: ${text}`),
      ['pedigree.yaml: states the use, which is believed'],
    );
  });

  it('says it in one number and in many', () => {
    const sentences = (files: number, read: number, known: number, unknown: number): string =>
      view({ summary: { files, read, works: { known, unknown }, findings: { error: 0, warning: 0, information: 0 }, suppressed: 0, complete: true } })
        .folder.sentences.slice(1)
        .join(' ');
    assert.equal(sentences(1, 1, 1, 0), 'It takes from 1 work of others; the terms of it are known. 1 file was read.');
    assert.equal(
      sentences(9, 1, 0, 1),
      'It takes from 1 work of others; nothing says what is allowed for it. Of 9 files, the one that can say something was read.',
    );
    assert.equal(
      sentences(1200, 4, 0, 2),
      'It takes from 2 works of others; nothing says what is allowed for any of them. Of 1,200 files, the 4 that can say something were read.',
    );
    assert.equal(sentences(2, 2, 0, 0), 'No models, data sets or services of others were found in it. 2 files were read.');
  });

  it('lists what is left to do, each with the part that has the rest', () => {
    const summary = { files: 9, read: 9, works: { known: 2, unknown: 1 }, findings: { error: 1, warning: 2, information: 0 }, suppressed: 0, complete: true };
    const { folder } = view({
      summary,
      works: [work({ id: 'local:.', licence: 'MIT' })],
      publishable: [{ work: 'local:.', as: ['L'], why: 'L of a/b reaches it.' }],
      obligations: [obligation({}), obligation({ work: 'local:x' }), obligation({ met: null, duty: 'behave' })],
    });
    assert.deepEqual(
      folder.steps.map(({ state, about, text }) => `${state} ${about}: ${text}`),
      [
        'open findings: Settle 1 contradiction',
        'open publishing: Publish it under L, not under MIT alone',
        'open works: Find out the terms of 1 work of others',
        'open obligations: Do what is owed: 1 duty is not seen here',
        'open findings: Decide 2 points: mend it, or accept it with a reason',
        'unseen obligations: 1 duty that no repository can show',
      ],
    );
  });

  it('ticks off what is done', () => {
    const summary = { files: 2, read: 2, works: { known: 1, unknown: 0 }, findings: { error: 0, warning: 0, information: 0 }, suppressed: 0, complete: true };
    const { folder } = view({
      summary,
      works: [work({ id: 'local:.', licence: 'L' })],
      publishable: [{ work: 'local:.', as: ['L'], why: 'L of a/b reaches it.' }],
      obligations: [obligation({ met: true })],
    });
    assert.deepEqual(
      folder.steps.map(({ state }) => state),
      ['met', 'met', 'met', 'met'],
    );
  });

  it('does not say that nothing permits what merely has no licence yet', () => {
    const { folder } = view({ publishable: [{ work: 'local:.', as: [], why: 'Nothing known that reaches it limits the choice of licence.' }] });
    assert.match(folder.sentences.join(' '), /It states no licence; nothing known limits which one it may have\./);
    assert.match(folder.steps.map(({ text }) => text).join(' '), /State a licence/);
  });

  it('names what a work was made from where origins are disclosed, and what a model wrote', () => {
    const { folder } = view(
      {
        works: [work({ id: 'pkg:huggingface/datasets/d/set', licence: 'CC-BY-4.0', source: 'a table', asOf: '2026-01-01' })],
        relations: [
          { from: 'local:.', to: 'pkg:huggingface/org/base', type: 'finetune', path: 'README.md', line: 3 },
          { from: 'local:.', to: 'pkg:huggingface/datasets/d/set', type: 'trainedOn', path: 'train.yaml', line: 6 },
          { from: 'local:.', to: 'pkg:huggingface/datasets/d/set', type: 'trainedOn', path: 'README.md', line: 9 },
          { from: 'pkg:huggingface/datasets/d/set', to: 'service:p/m', type: 'generatedBy', path: null, line: null },
          { from: 'local:.', to: 'pkg:huggingface/org/judge', type: 'testedOn', path: 'eval.py', line: 1 },
        ],
      },
      createPlaces(1),
      ['training-summary'],
    );
    assert.deepEqual(
      folder.disclosures.map(({ part, name, licence, isKnown, where }) => [part, name, licence, isKnown, where?.text ?? null]),
      [
        ['Made from', 'org/base', 'unknown', false, 'README.md:3'],
        ['Trained on', 'd/set', 'CC-BY-4.0', true, 'train.yaml:6'],
        ['Written by a model', 'p/m', 'unknown', false, null],
      ],
    );
    assert.deepEqual(folder.disclose, ['training-summary']);
  });

  it('survives works whose names every object has', () => {
    const { folder } = view({
      works: [work({ id: '__proto__' }), work({ id: 'constructor' })],
      relations: [{ from: '__proto__', to: 'toString', type: 'finetune', path: null, line: null }],
    });
    assert.deepEqual(folder.works.map(({ name }) => name).toSorted(), ['__proto__', 'constructor']);
  });

  it('does not call silence a clean bill', () => {
    const { folder } = view({
      summary: { files: 1, read: 1, works: { known: 0, unknown: 2 }, findings: { error: 0, warning: 0, information: 0 }, suppressed: 0, complete: true },
    });
    assert.match(folder.sentences.join(' '), /nothing says what is allowed for any of them/);
  });

  it('shows hostile names as what they are', () => {
    const long = 'x'.repeat(1_000_000);
    const { folder } = view({
      works: [work({ id: `pkg:huggingface/a/\u202egnp.exe` }), work({ id: long })],
      findings: [finding({ ruleId: 'javascript:alert(1)', path: '../../etc/passwd' })],
    });
    assert.equal(folder.works[0]?.name, 'a/⟨U+202E⟩gnp.exe');
    assert.ok((folder.works[1]?.name.length ?? 0) < 300);
    assert.equal(folder.files[0]?.findings[0]?.page, null);
    assert.equal(folder.files[0]?.findings[0]?.where.id, null);
  });

  it('is plain data of a size that thousands of findings allow', () => {
    const findings = Array.from({ length: 5_000 }, (_, at) => finding({ path: `f${at % 500}.py`, line: at + 1 }));
    const started = performance.now();
    const { folder } = view({ findings });
    assert.ok(performance.now() - started < 1_000);
    assert.equal(folder.files.length, 500);
    assert.ok(JSON.stringify(folder).length < 5_000_000);
  });
});

describe('text from files', () => {
  it('never ends in half a character, and shows what is invisible', () => {
    assert.equal(plain('ab\u{1f600}', 3), 'ab…');
    assert.equal(plain('a\u200bb\u0007\n'), 'a⟨U+200B⟩b⟨U+0007⟩ ');
  });
});

describe('places', () => {
  it('never leave the folder', () => {
    for (const path of ['', '/etc/passwd', '../x', 'a/../../x', 'a/..', 'c:/x', 'C:x', 'a\\..\\b', '\\\\host\\share', 'a\0b'])
      assert.equal(placeOf('file:///w', { path, line: 1 }), undefined, path);
    for (const path of ['a', 'a/b.md', '..a', 'a..b/c', 'a b/%2e%2e/ü']) assert.ok(placeOf('file:///w', { path, line: 1 }), path);
  });
});

describe('messages of a page', () => {
  it('are read in three shapes', () => {
    assert.deepEqual(readMessage({ type: 'ready' }), { type: 'ready' });
    assert.deepEqual(readMessage({ type: 'open', id: '1.22' }), { type: 'open', id: '1.22' });
    assert.deepEqual(readMessage({ type: 'command', name: 'export' }), { type: 'command', name: 'export' });
  });

  it('are nothing in any other', () => {
    for (const message of [
      null,
      undefined,
      1,
      'open',
      [],
      {},
      { type: 'open' },
      { type: 'open', id: 1 },
      { type: 'open', id: '__proto__' },
      { type: 'open', id: '1.1', path: '/etc' },
      { type: 'open', id: '1.1', name: 'audit' },
      { type: 'ready', id: '1.1' },
      { type: 'ready', name: 'audit' },
      { type: 'command', id: '1.1' },
      { type: 'command', name: 'workbench.action.quit' },
      { type: 'command', name: 'constructor' },
      { type: 'command', name: 'audit', id: '1.1' },
      { type: 'open', id: '1.1\n' },
      { type: 'open', id: ['1.1'] },
    ]) {
      assert.equal(readMessage(message), undefined, JSON.stringify(message));
    }
  });
});

describe('the page', () => {
  it('allows its own script and style, and nothing else', () => {
    const html = pageHtml({
      cspSource: 'https://source.test',
      nonce: 'n0',
      script: 'https://source.test/a.js',
      style: 'https://source.test/a.css',
      title: '<Report>',
    });
    assert.match(html, /content="default-src 'none'; style-src https:\/\/source\.test; script-src 'nonce-n0'"/);
    assert.doesNotMatch(html, /unsafe|\bon\w+=|style=|<style|<Report/);
  });
});
