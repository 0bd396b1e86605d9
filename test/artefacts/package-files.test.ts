import assert from 'node:assert/strict';
import { packageFileReader } from '../../server/src/artefacts/package-files.ts';
import { fuzzText, matchesPath, readWith, shownBy } from './reading.ts';

type Cases = Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>>;

const table = (path: string, cases: Cases): void => {
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shownBy(packageFileReader, path, text), expected));
};

const r = (licence: string): string => `Package: otter\nTitle: Ponds\n  and rivers\nLicense: ${licence}\nImports: methods\n`;
const ros = (inner: string): string =>
  `<?xml version="1.0"?>\n<package format="3">\n<name>otter</name>\n<maintainer email="a@b.example">A</maintainer>\n${inner}\n</package>\n`;
const pom = (inner: string): string => `<project xmlns="http://maven.apache.org/POM/4.0.0">\n<artifactId>otter</artifactId>\n${inner}\n</project>\n`;
const oneLicence = (name: string, url = ''): string => `<license><name>${name}</name>${url === '' ? '' : `<url>${url}</url>`}</license>`;
const gem = (line: string): string => `Gem::Specification.new do |spec|\n  spec.name = "otter"\n  ${line}\nend\n`;
const plugin = (head: string): string => `=== Otter ===\nContributors: someone\n${head}\n\nA pond.\n\n== Description ==\n\nLicense: MIT\n`;

describe('package files with free text', () => {
  for (const path of ['DESCRIPTION', 'r/DESCRIPTION', 'package.xml', 'a/pom.xml', 'otter.gemspec', 'plugin/readme.txt'])
    it(`reads ${path}`, () => assert.ok(matchesPath(packageFileReader, path)));
  for (const path of ['DESCRIPTION.md', 'packages.xml', 'README', 'a.pom']) it(`leaves ${path} alone`, () => assert.ok(!matchesPath(packageFileReader, path)));

  describe('DESCRIPTION of R', () => {
    table('DESCRIPTION', {
      'from a version on': [r('GPL (>= 2)'), 'licence GPL-2.0-or-later <- GPL (>= 2)'],
      'from a version on, where no later one is there': [r('Apache License (>= 2)'), 'licence Apache-2.0 <- Apache License (>= 2)'],
      'one version': [r('Apache License (== 2.0)'), 'licence Apache-2.0 <- Apache License (== 2.0)'],
      'a short name': [r('GPL-3'), 'licence GPL-3.0-only <- GPL-3'],
      'with a file': [r('MIT + file LICENSE'), 'licence MIT <- MIT + file LICENSE'],
      "R's own letters": [r('BSD_3_clause + file LICENCE'), 'licence BSD-3-Clause <- BSD_3_clause + file LICENCE'],
      alternatives: [r('GPL-2 | GPL-3'), 'licence GPL-2.0-only|GPL-3.0-only <- GPL-2 | GPL-3'],
      'alternatives of which one is in a file': [r('GPL-2 | file LICENSE'), 'licence none <- GPL-2 | file LICENSE'],
      'a file alone': [r('file LICENSE')],
      'on the next line': [r('\n  MIT + file LICENSE'), 'licence MIT <- MIT + file LICENSE'],
      'a family without a version': [r('GPL'), 'licence none <- GPL'],
      'words that nobody knows': [r('Unlimited'), 'licence none <- Unlimited'],
      'what a tool writes where nobody chose': [r('`use_mit_license()`, `use_gpl3_license()` or friends to pick a license')],
      'a question of a tool': [r('What license is it under?')],
      'no package': ['A pond.\nLicense: MIT\n'],
      'a sentence': ['Package: all that is here\nLicense: MIT\n'],
      CRLF: ['Package: otter\r\nLicense: MIT + file LICENSE\r\n', 'licence MIT <- MIT + file LICENSE'],
      nothing: [''],
    });

    it('names the file that holds the terms', () => {
      const text = r('MIT + file LICENSE');
      const { facts, anchors } = readWith(packageFileReader, 'r/DESCRIPTION', text);
      const fact = facts.find(({ kind }) => kind === 'reference');
      assert.ok(fact?.kind === 'reference');
      assert.equal(fact.to.path, 'r/LICENSE');
      const span = anchors[fact.id]?.span;
      assert.equal(text.slice(span?.start, span?.end), 'LICENSE');
    });
  });

  describe('package.xml of ROS', () => {
    table('package.xml', {
      'an id': [ros('<license>Apache-2.0</license>'), 'licence Apache-2.0 <- Apache-2.0'],
      'in words': [ros('<license>Apache License 2.0</license>'), 'licence Apache-2.0 <- Apache License 2.0'],
      several: [ros('<license>MIT</license><license>BSD-3-Clause</license>'), 'licence MIT+BSD-3-Clause <- MIT</license><license>BSD-3-Clause'],
      'a family': [ros('<license>BSD</license>'), 'licence none <- BSD'],
      'nothing yet': [ros('<license>TODO: License declaration</license>')],
      'nothing yet, in short': [ros('<license>TODO</license>')],
      none: [ros('<license>None</license>')],
      'a comment': [ros('<!-- <license>MIT</license> -->')],
      "another tool's": ['<package version="2.0"><name>x</name><lead><name>A</name></lead><license uri="https://example.org">PHP License</license></package>'],
      broken: ['<package><license>MIT'],
    });
  });

  describe('pom.xml', () => {
    table('pom.xml', {
      'a name': [
        pom(`<licenses>${oneLicence('The Apache Software License, Version 2.0')}</licenses>`),
        'licence Apache-2.0 <- The Apache Software License, Version 2.0',
      ],
      'an address beside words': [
        pom(`<licenses>${oneLicence('Pond terms', 'https://www.apache.org/licenses/LICENSE-2.0.txt')}</licenses>`),
        'licence Apache-2.0 <- https://www.apache.org/licenses/LICENSE-2.0.txt',
      ],
      'several, which are a choice': [
        pom(`<licenses>${oneLicence('MIT')}${oneLicence('EPL-2.0')}</licenses>`),
        'licence MIT|EPL-2.0 <- MIT</name></license><license><name>EPL-2.0',
      ],
      'a choice of which one is unknown': [
        pom(`<licenses>${oneLicence('MIT')}${oneLicence('Pond terms')}</licenses>`),
        'licence none <- MIT</name></license><license><name>Pond terms',
      ],
      'an exception': [
        pom(`<licenses>${oneLicence('GNU General Public License, version 2 (GPL2), with the classpath exception')}</licenses>`),
        'licence none <- GNU General Public License, version 2 (GPL2), with the classpath exception',
      ],
      'of a plugin': [pom(`<build><plugins><plugin><licenses>${oneLicence('MIT')}</licenses></plugin></plugins></build>`)],
      'no list': [pom('<name>x</name>')],
      'an empty list': [pom('<licenses><license/></licenses>')],
      'of another kind': [`<settings><licenses>${oneLicence('MIT')}</licenses></settings>`],
    });
  });

  describe('a gemspec', () => {
    table('otter.gemspec', {
      'a string': [gem('spec.license = "MIT"'), 'licence MIT <- MIT'],
      'aligned and frozen': [gem("s.license     = 'Apache-2.0'.freeze"), 'licence Apache-2.0 <- Apache-2.0'],
      'a list, which is a choice': [gem('spec.licenses = ["Ruby", "BSD-2-Clause"]'), 'licence Ruby|BSD-2-Clause <- Ruby", "BSD-2-Clause'],
      'a list of words': [gem('spec.licenses = %w[MIT Ruby]'), 'licence MIT|Ruby <- MIT Ruby'],
      'a comment': [gem('# spec.license = "MIT"')],
      'put together': [gem('spec.license = "#{name}"')],
      'a constant': [gem('spec.license = LICENCE')],
      nobody: [gem('spec.license = "Nonstandard"'), 'licence none <- Nonstandard'],
      'nothing yet': [gem('spec.license = "TODO: write one"')],
    });
  });

  describe('readme.txt of a plugin', () => {
    table('plugin/readme.txt', {
      'a line of the head': [
        plugin('License: GPLv2 or later\nLicense URI: https://www.gnu.org/licenses/gpl-2.0.html'),
        'licence GPL-2.0-or-later <- GPLv2 or later',
      ],
      'an empty line below the name': [`=== Otter ===\n\nTags: pond\nLicense: MIT\n`, 'licence MIT <- MIT'],
      CRLF: ['=== Otter ===\r\nTags: pond\r\nLicense: MIT\r\n\r\n', 'licence MIT <- MIT'],
      'below the head': [plugin('Tags: pond')],
      'no plugin': ['Otter\n\nLicense: MIT\n'],
    });
  });

  describe('MANIFEST.md of a radio module', () => {
    const module = (rest: string): string => `title: Otter\nbrief: Otters on air\n${rest}---\nlicense: MIT\n`;
    table('MANIFEST.md', {
      'a line of the head': [module('tags:\n  - sdr\nlicense: GPLv3\n'), 'licence GPL-3.0-only <- GPLv3'],
      'below the head': [module('author:\n  - Jo\n')],
      'some other list': ['# Manifest\n\ntitle: Otter\nlicense: MIT\n'],
    });
  });

  it('makes a work of a folder that states something, and of no other', () => {
    assert.deepEqual(shownBy(packageFileReader, 'a/pom.xml', pom(`<licenses>${oneLicence('MIT')}</licenses>`), true), ['licence MIT <- MIT', 'work code']);
    assert.deepEqual(shownBy(packageFileReader, 'a/pom.xml', pom('<name>x</name>'), true), []);
  });

  it('never throws, whatever the bytes, and anchors lie inside the text', function () {
    this.timeout(20_000);
    fuzzText(packageFileReader, 'DESCRIPTION', 'Title: é\r\nPackage: otter\r\nLicense: GPL (>= 2) |\r\n  MIT + file LICENSE\r\n', 150);
    fuzzText(packageFileReader, 'package.xml', ros('<license file="LICENSE">MIT</license><license>BSD</license>'), 150);
    fuzzText(packageFileReader, 'pom.xml', pom(`<licenses>${oneLicence('x', 'https://opensource.org/licenses/MIT')}${oneLicence('MIT')}</licenses>`), 150);
    fuzzText(packageFileReader, 'a.gemspec', gem('s.licenses = ["MIT".freeze, \'Ruby\']\n  s.license = %w[MIT]'), 150);
    fuzzText(packageFileReader, 'MANIFEST.md', 'title: Otter\nbrief: x\nlicense: GPLv3\nrepo: x\n---\n', 150);
    fuzzText(packageFileReader, 'readme.txt', plugin('License: GPLv2 or later'), 150);
  });
});
