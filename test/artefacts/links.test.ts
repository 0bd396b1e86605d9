import assert from 'node:assert/strict';
import { linksReader } from '../../server/src/artefacts/prose/links.ts';
import { linksIn, withoutCode } from '../../server/src/artefacts/prose/link-scan.ts';
import { fuzzText, matchesPath, shownBy } from './reading.ts';
import { cpuTime } from '../support/time.ts';

const shown = (text: string, path = 'README.md'): readonly string[] => shownBy(linksReader, path, text, true);

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;

const table = (cases: Cases, path?: string): void => {
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(text, path), expected));
};

describe('links of READMEs', () => {
  for (const path of ['README.md', 'a/readme_zh.md', 'README.rst', 'MODEL_CARD.md']) it(`are read in ${path}`, () => assert.ok(matchesPath(linksReader, path)));
  for (const path of ['README', 'docs/guide.md', 'LICENSE.md']) it(`are left alone in ${path}`, () => assert.ok(!matchesPath(linksReader, path)));

  table({
    'a link': ['[MIT](LICENSE)', 'link LICENSE <- LICENSE'],
    'a link by its label': ['[licence](docs/terms.md)', 'link docs/terms.md <- docs/terms.md'],
    'a label in another language': ['[开源协议](docs/terms.md)', 'link docs/terms.md <- docs/terms.md'],
    'neither label nor file': ['[guide](docs/guide.md)'],
    'an anchor': ['[License](#license)'],
    'a mail address': ['[License](mailto:licence@example.org)'],
    'a page that is no licence of a known kind': ['[License](https://example.org/licence)'],
    'an address that is a licence': ['[MIT](https://opensource.org/licenses/MIT)', 'link MIT <- https://opensource.org/licenses/MIT'],
    'a file of a repository': [
      '[licence](https://github.com/Lab/X/blob/main/LICENSE)',
      'link github.com/lab/x LICENSE <- https://github.com/Lab/X/blob/main/LICENSE',
    ],
    'a file at a commit': [
      '[licence](https://github.com/lab/x/blob/0a1b2c3/LICENSE)',
      'link github.com/lab/x <- https://github.com/lab/x/blob/0a1b2c3/LICENSE',
    ],
    'a file of the hub': [
      '[licence](https://huggingface.co/lab/x/blob/main/LICENSE)',
      'link huggingface.co/lab/x LICENSE <- https://huggingface.co/lab/x/blob/main/LICENSE',
    ],
    'a repository, and no file of it': ['[licence](https://github.com/lab/x)'],
    'a label over two lines': ['[the\nlicence](LICENSE)', 'link LICENSE <- LICENSE'],
    'a label in brackets': ['[`A [dev]` licence](LICENSE)', 'link LICENSE <- LICENSE'],
    'an address in brackets, with a title': ['[x](<LICENSE> "t")', 'link LICENSE <- LICENSE'],
    'an address with brackets': ['[x](LICENSE(1).md)', 'link LICENSE(1).md <- LICENSE(1).md'],
    'no link': ['[x] (LICENSE) and ](LICENSE)'],
    'an image alone': ['![licence](licence.svg)'],
    'a badge': ['[![Licence](https://x.org/a.svg)](LICENSE)', 'our badge LICENSE <- LICENSE'],
    'a badge of HTML over lines': ['<a href="LICENSE">\n  <img alt="Licence" src="a.svg">\n</a>', 'our badge LICENSE <- LICENSE'],
    'a badge by its image': ['[![](https://img.shields.io/badge/License-MIT-blue)](LICENSE)', 'our badge LICENSE <- LICENSE'],
    'an image of a service': [
      '![x](https://img.shields.io/github/license/Lab/X.svg?style=flat)',
      'our shield github.com/lab/x <- https://img.shields.io/github/license/Lab/X.svg?style=flat',
    ],
    definitions: ['[![Licence][i]][l]\n\n[l]: LICENSE\n[i]: a.svg', 'our badge LICENSE <- LICENSE'],
    code: ['`[x](LICENSE)`\n\n```\n[x](LICENSE)\n```\n'],
    'behind code': ['```\nx\n```\n[x](LICENSE)', 'link LICENSE <- LICENSE'],
    'a comment': ['<!-- [x](LICENSE)\n[x](LICENSE) --> [y](COPYING)', 'link COPYING <- COPYING'],
    'front matter': ['---\nlicense: "[x](LICENSE)"\n---\n'],
    'a sentence about what is here': [
      'This repository is released under the [MIT license](https://github.com/lab/x/blob/main/LICENSE).',
      'our link github.com/lab/x LICENSE <- https://github.com/lab/x/blob/main/LICENSE',
    ],
  });

  describe('home', () => {
    table({
      'what is cloned first': [
        '    git clone --depth 1 git@github.com:Lab/X.git\n    git clone https://github.com/lab/y',
        'home clone github.com/lab/x <- git clone --depth 1 git@github.com:Lab/X.git',
      ],
      stars: ['![s](https://img.shields.io/github/stars/lab/x?style=social)', 'home badge github.com/lab/x <- img.shields.io/github/stars/lab/x'],
      builds: ['[![b](https://github.com/lab/x/actions/workflows/t.yml/badge.svg)](y)', 'home badge github.com/lab/x <- github.com/lab/x/actions/workflows/'],
      'stars of many': [['a', 'b', 'c'].map((name) => `![s](https://img.shields.io/github/stars/lab/${name})`).join('\n')],
      'the name of the title': [
        '# Code Otter: a model\n\nhttps://github.com/lab/code-otter.',
        'home title github.com/lab/code-otter <- github.com/lab/code-otter',
      ],
      'a name that begins like the title': ['# Otter-Med: a model\n\nhttps://github.com/lab/otter.'],
      'a title of HTML': [
        '<h1 align="center">\n  <img src="x"> Otter 2\n</h1>\nhttps://github.com/lab/Otter2',
        'home title github.com/lab/otter2 <- github.com/lab/Otter2',
      ],
    });
    table({ 'the name of the folder': ['https://github.com/lab/otter', 'home title github.com/lab/otter <- github.com/lab/otter'] }, 'x/otter/README.md');
  });

  describe('of reStructuredText', () => {
    table(
      {
        'a link': ['Under `the licence <LICENSE>`_.', 'link LICENSE <- LICENSE'],
        'an image with a target': ['.. image:: a.svg\n   :alt: License\n   :target: LICENSE\n', 'our badge LICENSE <- LICENSE'],
      },
      'README.rst',
    );
  });

  it('keep their offsets when code is taken out', () => {
    const text = 'a `[x](y)` <!-- b\n c --> d\r\n```\n[x](y)\n```\n[x](y)';
    assert.equal(withoutCode(text).length, text.length);
    assert.deepEqual(
      linksIn(withoutCode(text), false).map((link) => [link.label, text.slice(link.targetSpan.start, link.targetSpan.end)]),
      [['x', 'y']],
    );
  });

  it('are read in little time, whatever stands there', () => {
    const started = cpuTime();
    for (const piece of ['[', '](', '![](', '<a ', '<a href="', '<!--', '`](', '[![', '[x]: ', '.. image:: x\n', '`x <'])
      for (const path of ['README.md', 'README.rst']) shown(piece.repeat(200_000 / piece.length), path);
    assert.ok(cpuTime() - started < 15_000);
  });

  it('never throw', () => {
    const sample =
      '# Otter\n\n[![Licence](https://img.shields.io/github/license/lab/x)](LICENSE) <a href="COPYING"><img src="x" alt="licence"></a>\n\n[l]: LICENSE\n\ngit clone https://github.com/lab/otter\n';
    fuzzText(linksReader, 'README.md', sample);
    fuzzText(linksReader, 'README.rst', 'Otter\n=====\n\n.. image:: a.svg\n   :alt: License\n   :target: LICENSE\n\n`licence <LICENSE>`_\n');
  });
});
