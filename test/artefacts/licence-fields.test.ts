import assert from 'node:assert/strict';
import { repositoryOf, repositoryOfRemote, treePath } from '../../server/src/artefacts/references.ts';
import { manifestReader } from '../../server/src/artefacts/manifest.ts';
import { pythonReader } from '../../server/src/artefacts/python/reader.ts';
import { cardReader } from '../../server/src/artefacts/card/reader.ts';
import type { Reader } from '../../server/src/artefacts/types.ts';
import { shownBy } from './reading.ts';

const fields = (reader: Reader, path: string, text: string): readonly string[] =>
  shownBy(reader, path, text, true).filter((line) => /^(?:our|home|link) /.test(line));

const manifests: Readonly<Record<string, readonly [path: string, text: string, ...shown: readonly string[]]>> = {
  'a file': ['a/pyproject.toml', '[project]\nlicense = {file = "LICENSE"}', 'our manifest a/LICENSE <- LICENSE'],
  'files by globs': ['pyproject.toml', '[project]\nlicense-files = ["L*", "b/c.txt"]', 'our manifest L* <- L*', 'our manifest b/c.txt <- b/c.txt'],
  'globs as an older draft has them': ['pyproject.toml', '[project]\nlicense-files = {globs = ["L*"]}', 'our manifest L* <- L*'],
  'a file outside': ['pyproject.toml', '[project]\nlicense = {file = "../LICENSE"}'],
  'a glob that climbs': ['a/pyproject.toml', '[project]\nlicense-files = ["../L*"]'],
  'files of setuptools': ['pyproject.toml', '[tool.setuptools]\nlicense-files = ["A"]', 'our manifest A <- A'],
  'addresses by their keys': [
    'pyproject.toml',
    '[project.urls]\nDocs = "https://github.com/lab/docs"\n"Source Code" = "https://github.com/Lab/X/tree/main"',
    'home manifest github.com/lab/x <- https://github.com/Lab/X/tree/main',
  ],
  poetry: ['pyproject.toml', '[tool.poetry]\nrepository = "https://gitlab.com/lab/x"', 'home manifest gitlab.com/lab/x <- https://gitlab.com/lab/x'],
  'words of npm': ['package.json', '{"license": "SEE LICENSE IN <terms.txt>"}'],
  'words of npm with a name': ['package.json', '{"license": "SEE LICENSE IN terms.txt"}', 'our manifest terms.txt <- terms.txt'],
  'the repository of npm': [
    'package.json',
    '{"repository": {"url": "git+https://github.com/lab/x.git"}}',
    'home manifest github.com/lab/x <- git+https://github.com/lab/x.git',
  ],
  'the short repository of npm': ['package.json', '{"repository": "github:lab/x"}', 'home manifest github.com/lab/x <- github:lab/x'],
  cargo: ['Cargo.toml', '[package]\nlicense-file = "L"', 'our manifest L <- L'],
  citation: ['CITATION.cff', 'repository-code: https://github.com/lab/x', 'home manifest github.com/lab/x <- https://github.com/lab/x'],
  'setup.cfg on one line': ['setup.cfg', '[metadata]\nlicense_files = A, B\nname = x\n[other]\nlicense_file = C', 'our manifest A <- A', 'our manifest B <- B'],
  'setup.cfg over lines': [
    'setup.cfg',
    '[metadata]\nlicense_files =\n    A\n    B\nurl = https://github.com/lab/x',
    'our manifest A <- A',
    'our manifest B <- B',
    'home manifest github.com/lab/x <- https://github.com/lab/x',
  ],
};

describe('fields that name licence files', () => {
  for (const [name, [path, text, ...shown]] of Object.entries(manifests)) it(name, () => assert.deepEqual(fields(manifestReader, path, text), shown));

  it('of setup.py', () =>
    assert.deepEqual(
      fields(pythonReader, 'a/setup.py', 'from setuptools import setup\nsetup(license_files=["A", B, "C"], license_file="D", url="https://github.com/lab/x")'),
      ['our manifest a/A <- A', 'our manifest a/C <- C', 'our manifest a/D <- D', 'home manifest github.com/lab/x <- https://github.com/lab/x'],
    ));

  const cards: Readonly<Record<string, readonly [link: string, ...shown: readonly string[]]>> = {
    'a file': ['LICENSE', 'our card LICENSE <- LICENSE'],
    'a file with an ending': ['terms.md', 'our card terms.md <- terms.md'],
    'no file': ['the terms'],
    'an address that is a licence': ['https://opensource.org/licenses/MIT', 'our card MIT <- https://opensource.org/licenses/MIT'],
    'a file of another repository': [
      'https://huggingface.co/lab/x/blob/main/LICENSE',
      'our card huggingface.co/lab/x LICENSE <- https://huggingface.co/lab/x/blob/main/LICENSE',
    ],
    'any address': ['https://example.org/terms', 'our card <- https://example.org/terms'],
  };
  for (const [name, [link, ...shown]] of Object.entries(cards))
    it(`of cards: ${name}`, () => assert.deepEqual(fields(cardReader, 'README.md', `---\nlicense: other\nlicense_link: ${link}\n---\n`), shown));
});

describe('paths and addresses', () => {
  const paths: readonly (readonly [file: string, target: string, path: string | undefined])[] = [
    ['README.md', 'LICENSE', 'LICENSE'],
    ['README.md', './a/../LICENSE', 'LICENSE'],
    ['a/README.md', 'LICENSE', 'a/LICENSE'],
    ['a/README.md', '../LICENSE', 'LICENSE'],
    ['a/README.md', '/LICENSE', 'LICENSE'],
    ['a/README.md', 'b%20c/LICENSE#x', 'a/b c/LICENSE'],
    ['README.md', '../LICENSE', undefined],
    ['README.md', '../../blob/main/LICENSE', 'LICENSE'],
    ['README.md', '../../issues', undefined],
    ['README.md', '%zz', undefined],
    ['README.md', 'https://example.org/LICENSE', undefined],
    ['README.md', '//example.org/LICENSE', undefined],
    ['README.md', 'mailto:x', undefined],
    ['README.md', '{{ url }}', undefined],
    ['README.md', '#x', undefined],
  ];
  for (const [file, target, path] of paths) it(`${target} in ${file}`, () => assert.equal(treePath(file, target), path));

  it('of repositories', () => {
    assert.deepEqual(repositoryOf('https://github.com/Lab/X.git'), { repository: 'github.com/lab/x', revision: null, path: null });
    assert.deepEqual(repositoryOf('https://gitlab.com/lab/x/-/blob/main/LICENSE'), { repository: 'gitlab.com/lab/x', revision: 'main', path: 'LICENSE' });
    assert.deepEqual(repositoryOf('https://raw.githubusercontent.com/lab/x/refs/heads/main/a/B?x'), {
      repository: 'github.com/lab/x',
      revision: 'main',
      path: 'a/B',
    });
    assert.deepEqual(repositoryOf('https://huggingface.co/datasets/lab/x'), { repository: 'huggingface.co/datasets/lab/x', revision: null, path: null });
    assert.equal(repositoryOf('https://example.org/lab/x'), undefined);
    assert.equal(repositoryOf('https://github.com/lab'), undefined);
  });

  it('of remotes, without what is secret', () => {
    assert.equal(repositoryOfRemote('https://user:token@github.com/Lab/X.git'), 'github.com/lab/x');
    assert.equal(repositoryOfRemote('git@github.com:lab/x.git'), 'github.com/lab/x');
    assert.equal(repositoryOfRemote('ssh://git@gitlab.com/lab/x'), 'gitlab.com/lab/x');
    assert.equal(repositoryOfRemote('/home/someone/x'), undefined);
  });
});
