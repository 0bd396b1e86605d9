import assert from 'node:assert/strict';
import { manifestReader } from '../../server/src/artefacts/manifest.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;

const table = (path: string, cases: Cases): void => {
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shownBy(manifestReader, path, text), expected));
};

describe('manifests', () => {
  for (const path of ['pyproject.toml', 'a/PyProject.toml', 'setup.cfg', 'package.json', 'composer.json', 'Cargo.toml', 'CITATION.cff'])
    it(`reads ${path}`, () => assert.ok(matchesPath(manifestReader, path)));
  for (const path of ['package-lock.json', 'poetry.lock', 'requirements.txt', 'setup.py', 'my.toml'])
    it(`leaves ${path} alone`, () => assert.ok(!matchesPath(manifestReader, path)));

  describe('pyproject.toml', () => {
    table('pyproject.toml', {
      'an expression': ['[project]\nname = "x"\nlicense = "MIT OR Apache-2.0"\n', 'licence MIT|Apache-2.0 <- MIT OR Apache-2.0'],
      'both at once': ['[project]\nlicense = "MIT AND Apache-2.0"\n', 'licence MIT+Apache-2.0 <- MIT AND Apache-2.0'],
      'in single quotes': ["[project]\nlicense = 'MIT' # x\n", 'licence MIT <- MIT'],
      'a dotted key': ['project.license = "MIT"\n', 'licence MIT <- MIT'],
      'not an SPDX id': ['[project]\nlicense = "Apache 2.0"\n', 'licence Apache-2.0 invalid-id Apache-2.0 <- Apache 2.0'],
      'an id in other letters': ['[project]\nlicense = "mit"\n', 'licence MIT <- mit'],
      'an old id': ['[project]\nlicense = "GPL-3.0"\n', 'licence GPL-3.0-only deprecated GPL-3.0-only <- GPL-3.0'],
      "a reference of one's own": ['[project]\nlicense = "LicenseRef-house"\n', 'licence LicenseRef-house <- LicenseRef-house'],
      words: ['[project]\nlicense = "our own"\n', 'licence none invalid-id <- our own'],
      'a table with a name': ['[project]\nlicense = {text = "MIT License"}\n', 'licence MIT <- MIT License'],
      'a table of its own': ['[project.license]\ntext = "Apache-2.0"\n', 'licence Apache-2.0 <- Apache-2.0'],
      'a table with a file': ['[project]\nlicense = {file = "LICENSE"}\n'],
      'a table with a whole text': [`[project]\nlicense = {text = """${'word '.repeat(40)}"""}\n`],
      classifiers: [
        '[project]\nclassifiers = [\n  "Programming Language :: Python",\n  "License :: OSI Approved :: MIT License",\n]\n',
        'licence MIT <- License :: OSI Approved :: MIT License',
      ],
      'a repository for a dependency': [
        '[tool.poetry.dependencies]\na = { git = "https://github.com/acme/a.git", tag = "v1" }\n[tool.poetry.group.test.dependencies]\nb = { git = "https://github.com/acme/b" }\n[tool.uv.sources]\nc = { git = "https://github.com/acme/c" }\n',
        'loads pkg:github/acme/a @v1 <- https://github.com/acme/a.git',
        'loads pkg:github/acme/b evaluation <- https://github.com/acme/b',
        'loads pkg:github/acme/c <- https://github.com/acme/c',
      ],
      poetry: ['[tool.poetry]\nname = "x"\nlicense = "MIT"\n', 'licence MIT <- MIT'],
      'poetry, in words': ['[tool.poetry]\nlicense = "Apache License 2.0"\n', 'licence Apache-2.0 <- Apache License 2.0'],
      'an empty string': ['[project]\nlicense = ""\n'],
      'a list': ['[project]\nlicense = ["MIT"]\n'],
      'a number': ['[project]\nlicense = 1\n'],
      'license-files alone': ['[project]\nlicense-files = ["LICENSE*"]\n'],
      "another tool's": ['[tool.x]\nlicense = "MIT"\n'],
      'CRLF and other letters': ['[project]\r\nname = "é😀"\r\nlicense = "MIT"\r\n', 'licence MIT <- MIT'],
      broken: ['[project\nlicense = "MIT"\n'],
      nothing: [''],
    });
  });

  describe('package.json', () => {
    table('package.json', {
      'packages whose terms are known': [
        '{"dependencies": {"handsontable": "^12.3.3", "@handsontable/react": "~12.1", "left-pad": "1"}, "devDependencies": {"mupdf": "*"}}',
        'loads pkg:npm/handsontable <- handsontable',
        'loads pkg:npm/%40handsontable/react <- @handsontable/react',
        'loads pkg:npm/mupdf evaluation <- mupdf',
      ],
      'a version under earlier terms, and what is no version of npm': [
        '{"dependencies": {"handsontable": "6.2.2", "tinymce": ">=6 <9", "fullpage.js": "2.x || 3.x", "mupdf": "workspace:^", "ckeditor5": "file:../x"}}',
      ],
      'the newest': ['{"dependencies": {"tinymce": "latest"}}', 'loads pkg:npm/tinymce <- tinymce'],
      'an id': ['{"name": "x", "license": "MIT"}', 'licence MIT <- MIT'],
      'an expression': ['{"license": "(MIT OR Apache-2.0)"}', 'licence MIT|Apache-2.0 <- (MIT OR Apache-2.0)'],
      'see the file': ['{"license": "SEE LICENSE IN LICENSE.md"}'],
      'nobody may': ['{"license": "UNLICENSED"}'],
      'not an SPDX id': ['{"license": "Apache 2"}', 'licence Apache-2.0 invalid-id Apache-2.0 <- Apache 2'],
      'the old form': ['{"license": {"type": "MIT", "url": "x"}}', 'licence MIT <- MIT'],
      'the old list': ['{"licenses": [{"type": "MIT"}, {"type": "Apache-2.0"}]}', 'licence MIT <- MIT', 'licence Apache-2.0 <- Apache-2.0'],
      null: ['{"license": null}'],
      'the last of two': ['{"license": "MIT", "license": "Apache-2.0"}', 'licence Apache-2.0 <- Apache-2.0'],
      'names of prototypes': ['{"__proto__": {"license": "MIT"}}'],
      'half broken': ['{"license": "MIT", "x": ', 'licence MIT <- MIT'],
      nothing: [''],
    });
  });

  describe('composer.json', () => {
    table('composer.json', {
      'an id': ['{"name": "acme/otter", "license": "MIT"}', 'licence MIT <- MIT'],
      'an old id': ['{"name": "acme/otter", "license": "GPL-3.0+"}', 'licence GPL-3.0-or-later <- GPL-3.0+'],
      'an expression': ['{"license": "(LGPL-2.1-only or GPL-3.0-or-later)"}', 'licence LGPL-2.1-only|GPL-3.0-or-later <- (LGPL-2.1-only or GPL-3.0-or-later)'],
      'a list, which is a choice': ['{"license": ["MIT", "GPL-2.0-or-later"]}', 'licence MIT|GPL-2.0-or-later <- ["MIT", "GPL-2.0-or-later"]'],
      'a list with words': ['{"license": ["MIT", "our own"]}', 'licence none <- ["MIT", "our own"]'],
      'words of nobody': ['{"license": "our own"}', 'licence none <- our own'],
      'nobody may': ['{"name": "acme/otter", "license": "proprietary"}'],
      'an empty list': ['{"license": []}'],
      'a number': ['{"license": 1}'],
      nothing: [''],
    });

    const speakers = (text: string): readonly string[] =>
      readWith(manifestReader, 'composer.json', text).facts.map((fact) => (fact.kind === 'licence' ? fact.speaker : fact.kind));
    for (const [name, text, ...expected] of [
      ['a project that kept the name of its skeleton', '{"name": "laravel/laravel", "type": "project", "license": "MIT"}', 'other'],
      ['a skeleton of somebody else', '{"name": "acme/pond-skeleton", "type": "project", "license": "MIT"}', 'other'],
      ['a project of its own name', '{"name": "acme/otter", "type": "project", "license": "MIT"}', 'work', 'licensor'],
      ['a library of that name', '{"name": "acme/skeleton", "type": "library", "license": "MIT"}', 'work', 'licensor'],
    ] as const)
      it(`${name} speaks as ${expected.join(' and ')}`, () => assert.deepEqual(speakers(text), expected));
  });

  describe('setup.cfg', () => {
    table('setup.cfg', {
      'a licence': ['[metadata]\nname = x\nlicense = MIT\n', 'licence MIT <- MIT'],
      'a licence in words': ['[metadata]\nlicense = Apache License, Version 2.0\n', 'licence Apache-2.0 <- Apache License, Version 2.0'],
      'with a colon': ['[metadata]\nlicense: MIT\n', 'licence MIT <- MIT'],
      classifiers: [
        '[metadata]\nclassifiers =\n    Programming Language :: Python\n    License :: OSI Approved :: MIT License\n',
        'licence MIT <- License :: OSI Approved :: MIT License',
      ],
      requirements: [
        '[options]\ninstall_requires =\n    a @ git+https://github.com/acme/a@v1\n    # b @ git+https://github.com/acme/b\n    numpy\nzip_safe = False\n[options.extras_require]\ntest =\n    c @ git+https://github.com/acme/c\n',
        'loads pkg:github/acme/a @v1 <- git+https://github.com/acme/a@v1',
        'loads pkg:github/acme/c evaluation <- git+https://github.com/acme/c',
      ],
      'another section': ['[options]\nlicense = MIT\n'],
      'a section behind it': ['[metadata]\nname = x\n[tool]\nlicense = MIT\n'],
      license_files: ['[metadata]\nlicense_files = LICENSE\n'],
      CRLF: ['[metadata]\r\nlicense = MIT\r\n', 'licence MIT <- MIT'],
      'CR alone': ['[metadata]\rlicense = MIT\r', 'licence MIT <- MIT'],
      'a name that is a part of its key': ['[metadata]\nlicense = license\n', 'licence none <- license'],
      'no end': ['[metadata]\nlicense = MIT', 'licence MIT <- MIT'],
      nothing: [''],
    });
  });

  describe('Cargo.toml', () => {
    table('Cargo.toml', {
      'an expression': ['[package]\nname = "x"\nlicense = "MIT OR Apache-2.0"\n', 'licence MIT|Apache-2.0 <- MIT OR Apache-2.0'],
      'the old slash': ['[package]\nlicense = "MIT/Apache-2.0"\n', 'licence MIT|Apache-2.0 <- MIT/Apache-2.0'],
      'for the members of a workspace': ['[workspace.package]\nlicense = "MIT"\n', 'licence MIT <- MIT'],
      'a repository for a dependency': [
        '[dependencies]\na = { git = "https://github.com/acme/a", rev = "abc" }\nb = "1"\n[dev-dependencies]\nc = { git = "https://github.com/acme/c.git", branch = "x" }\n',
        'loads pkg:github/acme/a @abc <- https://github.com/acme/a',
        'loads pkg:github/acme/c @x evaluation <- https://github.com/acme/c.git',
      ],
      'of the workspace': ['[package]\nlicense.workspace = true\n'],
      'a file': ['[package]\nlicense-file = "LICENSE"\n'],
    });
  });

  describe('CITATION.cff', () => {
    table('CITATION.cff', {
      'an id': ['cff-version: 1.2.0\nlicense: MIT\n', 'licence MIT <- MIT'],
      'a list, which is a choice': ['license:\n  - MIT\n  - Apache-2.0\n', 'licence MIT|Apache-2.0 <- - MIT\n  - Apache-2.0'],
      'a list with a mistake': ['license: [MIT, Apache2]\n', 'licence MIT <- MIT', 'licence Apache-2.0 invalid-id Apache-2.0 <- Apache2'],
      'an address': ['license-url: https://creativecommons.org/licenses/by/4.0/\n', 'licence CC-BY-4.0 <- https://creativecommons.org/licenses/by/4.0/'],
      'an address that says nothing': ['license-url: https://example.org/terms\n'],
      'an address beside an id': ['license: MIT\nlicense-url: https://creativecommons.org/licenses/by/4.0/\n', 'licence MIT <- MIT'],
      'licences of what is cited': ['references:\n  - license: MIT\npreferred-citation:\n  license: MIT\n'],
      nothing: ['cff-version: 1.2.0\n'],
    });
  });

  it('knows the value from a key of the same letters', () =>
    assert.deepEqual(
      Object.values(readWith(manifestReader, 'setup.cfg', '[metadata]\nlicense = license\n').anchors).map((anchor) => anchor.span.start),
      ['[metadata]\nlicense = '.length],
    ));

  it('says which projects there are', () => {
    const works = (path: string, text: string): readonly string[] => shownBy(manifestReader, path, text, true).filter((line) => line.startsWith('work'));
    assert.deepEqual(works('pyproject.toml', '[project]\nname = "x"'), ['work code']);
    assert.deepEqual(works('pyproject.toml', '[tool.poetry]\nname = "x"'), ['work code']);
    assert.deepEqual(works('pyproject.toml', '[tool.ruff]\nx = 1'), []);
    assert.deepEqual(works('package.json', '{"name": "x"}'), ['work code']);
    assert.deepEqual(works('package.json', '{"private": true}'), []);
    assert.deepEqual(works('Cargo.toml', '[package]\nname = "x"'), ['work code']);
    assert.deepEqual(works('Cargo.toml', '[workspace]\nmembers = []'), []);
    assert.deepEqual(works('CITATION.cff', 'license: MIT'), []);
  });

  it('states what is declared of the code', () => {
    const { facts } = readWith(manifestReader, 'pyproject.toml', '[project]\nlicense = "Apache 2.0"\nclassifiers = ["License :: OSI Approved"]\n');
    assert.deepEqual(
      facts.map((fact) => fact.kind === 'licence' && [fact.work, fact.scope, fact.speaker, fact.evidence, fact.via]),
      [
        ['here', 'code', 'licensor', 'declared', 'manifest'],
        ['here', 'code', 'licensor', 'declared', 'classifier'],
      ],
    );
  });

  it('names what is wrong', () => {
    for (const [path, text] of [
      ['pyproject.toml', '[project\n'],
      ['package.json', '{"a": '],
      ['CITATION.cff', 'a: b: c'],
    ] as const)
      assert.ok(
        readWith(manifestReader, path, text).problems.some((problem) => !problem.limit),
        path,
      );
    for (const [path, text] of [
      ['pyproject.toml', `a = ${'['.repeat(200)}`],
      ['package.json', '['.repeat(200)],
      ['CITATION.cff', '['.repeat(200)],
    ] as const)
      assert.deepEqual(
        readWith(manifestReader, path, text).problems.map((problem) => problem.limit),
        [true],
        path,
      );
  });

  it('never throws, whatever the bytes, and anchors lie inside the text', function () {
    this.timeout(20_000);
    fuzzText(
      manifestReader,
      'pyproject.toml',
      '[project]\r\nname = "é😀"\r\nlicense = {text = """\nMIT"""}\r\nclassifiers = ["License :: OSI Approved :: MIT License"]\r\n[tool.poetry]\nlicense = \'MIT\'\n',
      200,
    );
    fuzzText(manifestReader, 'package.json', '{"name": "x", "license": {"type": "MIT"}, "licenses": [{"type": "Apache-2.0"}]}\n', 150);
    fuzzText(manifestReader, 'composer.json', '{"name": "acme/é", "type": "project", "license": ["MIT", "GPL-2.0"]}\n', 150);
    fuzzText(manifestReader, 'setup.cfg', '[metadata]\nlicense = MIT \r\nclassifiers =\n    License :: OSI Approved :: MIT License\n', 150);
    fuzzText(manifestReader, 'Cargo.toml', '[package]\nname = "x"\nlicense = "MIT/Apache-2.0"\n', 100);
    fuzzText(
      manifestReader,
      'setup.cfg',
      '[options]\ninstall_requires =\n  a @ git+https://github.com/acme/a@v1\n[options.extras_require]\ntest = b @ git+https://github.com/acme/b\n',
      100,
    );
    fuzzText(
      manifestReader,
      'Cargo.toml',
      '[workspace.package]\nlicense = "MIT"\n[dependencies]\na = { git = "https://github.com/acme/a", rev = "abc" }\n',
      100,
    );
    fuzzText(manifestReader, 'CITATION.cff', 'cff-version: 1.2.0\nlicense:\n  - "MIT"\n  - Apache-2.0\n', 100);
  });
});
