import assert from 'node:assert/strict';
import { plainWords, readLicenceXml } from '../../scripts/licences/xml.ts';
import type { LicenceXml, Segment } from '../../scripts/licences/xml.ts';

const inList = (inside: string): string => `<?xml version="1.0" encoding="UTF-8"?>
<SPDXLicenseCollection xmlns="http://www.spdx.org/license">
  ${inside}
</SPDXLicenseCollection>`;

const inLicence = (text: string): string => inList(`<license licenseId="Ours-1.0" name="Our Licence"><text>${text}</text></license>`);

const only = (xml: string): LicenceXml => {
  const [found, ...more] = readLicenceXml(xml);
  assert.ok(found);
  assert.equal(more.length, 0);
  return found;
};

const body = (text: string): readonly Segment[] => only(inLicence(text)).body;
const kinds = (segments: readonly Segment[]): readonly string[] => segments.map(({ kind, text }) => `${kind}: ${text.trim()}`);
const joined = (segments: readonly Segment[]): string => segments.map((segment) => segment.text).join('');

const alt = (match: string, usual: string): Segment => {
  const found = body(`<p>You thank <alt match="${match}" name="who">${usual}</alt> aloud.</p>`)[1];
  assert.ok(found);
  assert.equal(found.kind, 'variable');
  return found;
};

describe('licence XML', () => {
  it('reads what is said of a licence', () => {
    const found = only(
      inList(`<license isOsiApproved="true" licenseId="Ours-1.0" listVersionAdded="3.1"
      name="Our &#34;Small&#34; Licence">
      <crossRefs>
        <crossRef> https://example.org/ours </crossRef>
        <!-- <crossRef>https://example.org/gone</crossRef> -->
        <crossRef>https://example.org/ours?a=1&amp;b=2</crossRef>
      </crossRefs>
      <notes>Notes are <b>no</b> part of it.</notes>
      <text><p>Share it.</p></text>
    </license>`),
    );
    assert.deepEqual(found, {
      id: 'Ours-1.0',
      name: 'Our "Small" Licence',
      exception: false,
      deprecated: false,
      body: [{ text: 'Share it.', kind: 'literal', most: 0 }],
      header: [],
      links: ['https://example.org/ours', 'https://example.org/ours?a=1&b=2'],
    });
  });

  it('tells exceptions and deprecated ids', () => {
    const exception = only(inList('<exception licenseId="Ours-exception" name="Our exception"><text>You may link.</text></exception>'));
    assert.ok(exception.exception);
    assert.ok(!exception.deprecated);
    assert.ok(only(inList('<license licenseId="Ours" name="Ours" deprecatedVersion="2.0"><text>x</text></license>')).deprecated);
  });

  it('has nothing for what is no licence', () => {
    assert.deepEqual(readLicenceXml(''), []);
    assert.deepEqual(readLicenceXml('<html><text>x</text></html>'), []);
    assert.deepEqual(readLicenceXml(inList('<license licenseId="Ours" name="Ours"/>')), []);
  });

  it('leaves titles, holders and optional parts out, with all that stands in them', () => {
    const found = body(`
      <titleText><p>Our Licence<br/>Version 1</p></titleText>
      <copyrightText><p>Copyright (c) &lt;year&gt; <alt match=".+" name="holder">A. Holder</alt></p></copyrightText>
      <p>You may share <optional>and <optional>freely</optional> change</optional> it.</p>`);
    assert.deepEqual(kinds(found), [
      'optional: Our Licence\nVersion 1',
      'optional: Copyright (c) <year>',
      'variable: A. Holder',
      'literal: You may share',
      'optional: and freely change',
      'literal: it.',
    ]);
    assert.equal(joined(found), 'Our Licence\nVersion 1\n\nCopyright (c) <year> A. Holder\n\nYou may share and freely change it.');
  });

  it('keeps optional parts apart that may be left out each on its own', () => {
    assert.deepEqual(kinds(body('<p>a <optional>b</optional> <optional>c</optional> d</p>')), ['literal: a', 'optional: b', 'optional: c', 'literal: d']);
  });

  it('puts space where the text has it, and merges literal stretches', () => {
    const found = body(
      '<p>The\n      "<alt match="Work|Data" name="w">Work</alt>"), that\n   is all &#8220;it&#8221; &amp; more.</p><p>Next<!-- c --> one</p>',
    );
    assert.equal(joined(found), 'The "Work"), that is all “it” & more.\n\nNext one');
    assert.deepEqual(
      found.map((segment) => segment.kind),
      ['literal', 'variable', 'literal'],
    );
    assert.equal(joined(body('<p>copies<optional>s</optional>.</p>')), 'copiess.');
  });

  it('marks the numbers of lists', () => {
    const found = body('<list><item><bullet>1.</bullet><p>Share.</p></item><item><bullet>2.</bullet>Thank.</item></list><p>End</p>');
    assert.deepEqual(
      found.filter((segment) => segment.bullet).map((segment) => segment.text.trim()),
      ['1.', '2.'],
    );
    assert.ok(found.filter((segment) => segment.bullet).every((segment) => segment.kind === 'optional'));
    assert.equal(joined(found), '1. Share.\n\n2. Thank.\n\nEnd');
  });

  it('puts headers beside the text, wherever they stand', () => {
    const header = '<standardLicenseHeader><p>Under <alt match=".+" name="n">ours</alt>.</p></standardLicenseHeader>';
    for (const found of [
      only(inLicence(`<p>Share.</p><optional>${header}</optional>`)),
      only(inList(`<license licenseId="Ours-1.0" name="Ours">${header}<text><p>Share.</p></text></license>`)),
    ]) {
      assert.deepEqual(kinds(found.body), ['literal: Share.']);
      assert.deepEqual(kinds(found.header), ['literal: Under', 'variable: ours', 'literal: .']);
    }
    const two = only(inLicence(`<p>Share.</p><optional><p>Exhibits</p>${header}</optional>${header}`));
    assert.deepEqual(kinds(two.body), ['literal: Share.', 'optional: Exhibits']);
    assert.equal(joined(two.header).trim(), 'Under ours.\n\nUnder ours.');
  });

  describe('what may be replaced', () => {
    const rooms: readonly (readonly [match: string, usual: string, most: number])[] = [
      ['.+', 'the holder', 60],
      ['.*', '', 60],
      ['[^.]+', 'x', 60],
      ['.{0,50}', 'x', 10],
      ['.{54,64}', 'a street in a town', 13],
      ['.{0,5000}', 'x', 400],
      ['.{0,20}', 'more words than the pattern has room for', 8],
      ['the names being .+|no names', 'no names', 63],
      ['[0-9]+', '7', 1],
      ['version ([0-9]+)\\.([0-9]+)', 'version 1.0', 3],
    ];
    for (const [match, usual, most] of rooms)
      it(`${match} has room for ${most} words`, () => {
        const found = alt(match, usual);
        assert.equal(found.most, most);
        assert.equal(found.alternatives, undefined);
      });

    const lists: readonly (readonly [match: string, most: number, alternatives: readonly string[]])[] = [
      ['Work|Data', 1, ['Work', 'Data']],
      ['this\\s+small\\s+work|it', 3, ['this small work', 'it']],
      ['(SOFTWARE)|(THEME)', 1, ['SOFTWARE', 'THEME']],
      ['EXPRESS(ED)?', 1, ['EXPRESSED', 'EXPRESS']],
      ['name(\\(s\\))?', 2, ['name(s)', 'name']],
      ['(Conditions|Terms) [oO]f', 2, ['Conditions of', 'Conditions Of', 'Terms of', 'Terms Of']],
      ['-{1,2}', 1, ['-', '--']],
      ['THE WORK|', 2, ['THE WORK', '']],
      [' of the theme|()', 3, ['of the theme', '']],
      ['cross-[ \\t\\n]{0,10}claims', 2, ['cross- claims']],
    ];
    for (const [match, most, alternatives] of lists)
      it(`${match} is ${alternatives.length} texts`, () => {
        const found = alt(match, 'x');
        assert.equal(found.most, most);
        assert.deepEqual(found.alternatives, alternatives);
      });

    it('keeps no list of too many texts, and all of their room', () => {
      const found = alt('(a|b)(c|d)(e|f)(g|h)(i|j) tail of four words', 'x');
      assert.equal(found.alternatives, undefined);
      assert.equal(found.most, 5);
    });

    it('stands where it has no usual words', () => {
      assert.deepEqual(kinds(body('<p>in all forms<alt match=" of it|" name="f"/>, changed</p>')), [
        'literal: in all forms',
        'variable: ',
        'literal: , changed',
      ]);
    });

    it('takes what is no pattern as anything', () => {
      for (const match of ['a)b', '(a', '[a', 'a{', '*', 'a\\']) assert.ok(alt(match, 'x y').most >= 1, match);
    });
  });

  it('compares words without case and signs', () => {
    assert.deepEqual(plainWords('THE “Work”, v1.0 – 许可'), ['the', 'work', 'v1', '0', '许可']);
  });
});
