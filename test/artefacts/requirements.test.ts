import assert from 'node:assert/strict';
import { manifestReader } from '../../server/src/artefacts/manifest.ts';
import { directReference, requirementsReader } from '../../server/src/artefacts/requirements.ts';
import { fuzzText, matchesPath, shownBy } from './reading.ts';

const references: readonly (readonly [string, string | undefined])[] = [
  ['torch>=2.1', undefined],
  ['transformers==4.44.0', undefined],
  ['git+https://github.com/acme-lab/river.git', 'pkg:github/acme-lab/river'],
  ['git+https://github.com/acme-lab/river.git@v1.2#egg=river', 'pkg:github/acme-lab/river@v1.2'],
  ['git+https://github.com/acme-lab/river/', 'pkg:github/acme-lab/river'],
  ['river @ git+https://github.com/acme-lab/river@0a1b2c3d', 'pkg:github/acme-lab/river@0a1b2c3d'],
  ['river[gpu] @ git+ssh://git@github.com/acme-lab/river.git@main', 'pkg:github/acme-lab/river@main'],
  ['-e git+https://github.com/acme-lab/river.git#egg=river', 'pkg:github/acme-lab/river'],
  ['https://github.com/acme-lab/river/archive/refs/tags/v2.zip', 'pkg:github/acme-lab/river@v2'],
  ['https://huggingface.co/acme-lab/tagger/resolve/main/tagger-1.0-py3-none-any.whl', 'pkg:huggingface/acme-lab/tagger@main'],
  ['github:acme-lab/river#v3', 'pkg:github/acme-lab/river@v3'],
  ['acme-lab/river', undefined],
  ['https://example.org/river.whl', undefined],
  ['./river', undefined],
  ['-r base.txt', undefined],
  ['', undefined],
];

describe('requirements', () => {
  for (const [text, expected] of references) {
    it(`${text || 'nothing'}: ${expected ?? 'no address'}`, () => {
      const found = directReference(text);
      assert.equal(found && `${found.to}${found.revision === null ? '' : `@${found.revision}`}`, expected);
    });
  }
  it('stand at the address', () =>
    assert.deepEqual(
      shownBy(
        requirementsReader,
        'requirements.txt',
        '# git+https://github.com/a-lab/none\r\ntorch\r\n  river @ git+https://github.com/acme-lab/river@v1 ; python_version > "3.9"\r\n',
      ),
      ['loads pkg:github/acme-lab/river @v1 <- git+https://github.com/acme-lab/river@v1'],
    ));
  it('in pyproject.toml and package.json too', () => {
    assert.deepEqual(
      shownBy(
        manifestReader,
        'pyproject.toml',
        '[project]\nname = "x"\ndependencies = ["torch", "river @ git+https://github.com/acme-lab/river"]\n[project.optional-dependencies]\ndev = ["brook @ git+https://github.com/acme-lab/brook@v1"]\n',
      ),
      [
        'loads pkg:github/acme-lab/river <- git+https://github.com/acme-lab/river',
        'loads pkg:github/acme-lab/brook @v1 evaluation <- git+https://github.com/acme-lab/brook@v1',
      ],
    );
    assert.deepEqual(shownBy(manifestReader, 'package.json', '{ "name": "x", "dependencies": { "river": "github:acme-lab/river", "left": "^1.0.0" } }'), [
      'loads pkg:github/acme-lab/river <- github:acme-lab/river',
    ]);
  });
  it('name packages of the index only where more is known of them', () => {
    assert.deepEqual(
      shownBy(
        requirementsReader,
        'requirements.txt',
        'torch>=2\nUltralytics[export]==8.3.0  # detector\n  PyMuPDF ; python_version > "3.9"\n# ultralytics\nultralytics-x\n',
      ),
      ['loads pkg:pypi/ultralytics <- Ultralytics', 'loads pkg:pypi/pymupdf <- PyMuPDF'],
    );
    assert.deepEqual(shownBy(requirementsReader, 'requirements-dev.txt', 'html2text\n'), ['loads pkg:pypi/html2text evaluation <- html2text']);
    assert.deepEqual(
      shownBy(requirementsReader, 'environment.yml', 'dependencies:\n  - python=3.10\n  - unidecode=1.3\n  - pip:\n      - "surya-ocr>=0.6"\n'),
      ['loads pkg:pypi/unidecode <- unidecode', 'loads pkg:pypi/surya-ocr <- surya-ocr'],
    );
    assert.deepEqual(
      shownBy(
        manifestReader,
        'pyproject.toml',
        '[project]\nname = "x"\ndependencies = ["torch", "ultralytics>=8"]\n[dependency-groups]\ndev = ["html2text"]\n[tool.poetry.dependencies]\nPyMuPDF = "^1.23"\n',
      ),
      ['loads pkg:pypi/ultralytics <- ultralytics', 'loads pkg:pypi/html2text evaluation <- html2text', 'loads pkg:pypi/pymupdf <- PyMuPDF'],
    );
    assert.deepEqual(shownBy(manifestReader, 'package.json', '{ "name": "x", "dependencies": { "ultralytics": "ultralytics" } }'), []);
  });
  it('go by their names', () => {
    for (const path of [
      'requirements.txt',
      'requirements-dev.txt',
      'dev-requirements.txt',
      'requirements/base.txt',
      'requirements.in',
      'environment.yml',
      'environment-gpu.yaml',
      'conda_env.yml',
    ])
      assert.ok(matchesPath(requirementsReader, path), path);
    for (const path of ['notes.txt', 'requirements.md', 'docs/requirement.txt', 'envoy.yaml']) assert.ok(!matchesPath(requirementsReader, path), path);
  });
  it('never throw', () =>
    fuzzText(
      requirementsReader,
      'requirements.txt',
      'torch\nriver @ git+https://github.com/acme-lab/river.git@v1\n-e git+https://github.com/acme-lab/brook\n',
    ));
});
