import assert from 'node:assert/strict';
import { codeAddressesIn } from '../../server/src/artefacts/origins/addresses.ts';
import { notebookOriginsReader } from '../../server/src/artefacts/origins/notebook.ts';
import { originsReader } from '../../server/src/artefacts/origins/reader.ts';
import { fuzzText, readWith } from './reading.ts';

const shown = (text: string): readonly string[] =>
  codeAddressesIn(text).map(({ host, repository, isTalk, leadsToFile }) =>
    [host, repository, isTalk ? 'talk' : '', leadsToFile ? 'file' : ''].filter(Boolean).join(' '),
  );

describe('addresses of code', () => {
  const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
    'a repository': ['https://github.com/acme-lab/river.git', 'github.com acme-lab/river'],
    'a snippet': ['https://gist.github.com/acme-lab/0123456789abcdef0123', 'gist.github.com acme-lab/0123456789abcdef0123 file'],
    'an answer': ['https://stackoverflow.com/a/123/456.', 'stackoverflow.com file'],
    'a question of a site below': ['http://blender.stackexchange.com/questions/18530/how-to', 'stackexchange.com file'],
    'a page of that site': ['https://stackoverflow.com/help/licensing'],
    'a space of the hub': ['https://huggingface.co/spaces/acme/river/blob/main/utils.py', 'huggingface.co/spaces acme/river file'],
    'a space of the hub, alone': ['https://huggingface.co/spaces/acme/river', 'huggingface.co/spaces acme/river'],
    'a repository elsewhere': ['https://gitlab.com/acme/river/-/blob/main/a.py', 'gitlab.com acme/river file'],
    'talk elsewhere': ['https://gitlab.com/acme/river/-/issues/3', 'gitlab.com acme/river talk'],
    'an archive': ['https://code.google.com/archive/p/river/source', 'code.google.com/archive/p river'],
    'several, in order': ['https://stackoverflow.com/a/1 https://github.com/acme/a', 'stackoverflow.com file', 'github.com acme/a'],
    'a site of another name': ['https://notstackoverflow.com/a/1'],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(text), expected));

  it('are where comments say that code is from', () => {
    const to = (text: string): readonly string[] =>
      readWith(originsReader, 'a.py', text).facts.flatMap((fact) => (fact.kind === 'relation' ? [`${fact.via}: ${fact.to}`] : []));
    assert.deepEqual(to('x = 1  # from https://stackoverflow.com/a/1\n'), ['copied code: url:stackoverflow.com']);
    assert.deepEqual(to('# see https://stackoverflow.com/a/1\n'), []);
    assert.deepEqual(to('# https://stackoverflow.com/a/1\nimport os\n'), []);
    assert.deepEqual(to('# Borrowed from: https://huggingface.co/spaces/acme/river/blob/main/utils.py\n'), [
      'copied code: url:huggingface.co/spaces/acme/river',
    ]);
  });

  const notebook = (...cells: readonly (readonly [type: string, source: string])[]): string =>
    JSON.stringify({ nbformat: 4, cells: cells.map(([type, source]) => ({ cell_type: type, metadata: {}, outputs: [], source })) });
  const river = 'https://github.com/acme-lab/river';

  it('are told once a notebook, in text and in code, at their cell', () => {
    const text = notebook(
      ['markdown', `## A layer\n\nImplementation taken from ${river}\n\n(${river}/blob/main/a.py, ${river}/tree/main/b)`],
      ['markdown', `modified from [ForTokens](${river}2/blob/v1/c.py#L3)`],
      ['markdown', `The image was taken from ${river}3`],
      ['code', `x = 1  # copied from ${river}4`],
      ['code', `url = "${river}5"  # see ${river}6`],
    );
    const { facts, anchors } = readWith(notebookOriginsReader, 'a.ipynb', text);
    assert.deepEqual(
      facts.map((fact) => (fact.kind === 'relation' ? `${fact.to.replace('pkg:github/acme-lab/', '')} ${fact.via} ${anchors[fact.id]?.cell}` : '')),
      ['river copied code 0', 'river2 copied code 1', 'river4 copied code 3'],
    );
  });
  it('are told in notebooks wherever code can lie and however it is said, but not of pictures and pages', () => {
    const to = (source: string): readonly string[] =>
      readWith(notebookOriginsReader, 'a.ipynb', notebook(['markdown', source])).facts.flatMap((fact) => (fact.kind === 'relation' ? [fact.to] : []));
    assert.deepEqual(to('Adapted from https://gitlab.com/acme/river'), ['url:gitlab.com/acme/river']);
    assert.deepEqual(to(`This is stolen from ${river}`), ['pkg:github/acme-lab/river']);
    assert.deepEqual(to(`Source: ${river}/blob/main/a.py`), ['pkg:github/acme-lab/river']);
    for (const page of ['img/diagram.png', 'README.md', 'docs/index.html#top']) assert.deepEqual(to(`Source: ${river}/blob/main/${page}`), [], page);
  });
  it('never throw in notebooks', () => fuzzText(notebookOriginsReader, 'a.ipynb', notebook(['code', `# copied from ${river}`])));
});
