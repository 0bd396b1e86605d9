import assert from 'node:assert/strict';
import fc from 'fast-check';
import { limits } from '../../server/src/text/limits.ts';
import { readXml } from '../../server/src/text/xml.ts';
import type { XmlElement } from '../../server/src/text/xml.ts';
import { hostileText } from '../artefacts/reading.ts';

/** An element as `name(attribute=value)[children]"text"`, with every text as it stands in the source. */
const shown = (text: string, element: XmlElement | undefined): string => {
  if (!element) return '';
  const attributes = [...element.attributes].map(([name, { value }]) => `${name}=${value}`).join(' ');
  const children = element.children.map((child) => shown(text, child)).join(' ');
  const { span, value } = element.text;
  const source = text.slice(span.start, span.end);
  const own = value === '' ? '' : source === value ? `"${value}"` : `"${value}" from "${source}"`;
  return `${element.name}${attributes === '' ? '' : `(${attributes})`}${children === '' ? '' : `[${children}]`}${own}`;
};

const sample = '<?xml version="1.0"?>\n<!-- x --><a:b c="1" d=\'2\'><e>t</e><f/> <g>&lt;&#65;&#x42;</g></a:b>\n';

describe('XML', () => {
  const cases: Readonly<Record<string, readonly [string, string]>> = {
    'elements, attributes and texts': [sample, 'b(c=1 d=2)[e"t" f g"<AB" from "&lt;&#65;&#x42;"]'],
    'white space around a text': ['<a>\n  t u\n</a>', 'a"t u"'],
    'a text between children': ['<a>x<b/>y</a>', 'a[b]"x y" from "x<b/>y"'],
    CDATA: ['<a><![CDATA[<b>&lt;</b>]]></a>', 'a"<b>&lt;</b>"'],
    'CDATA that is not closed': ['<a><![CDATA[x', 'a"x"'],
    'a type of the document with entities': ['<!DOCTYPE a [ <!ENTITY x "&y;&y;"> ]><a>&x;</a>', 'a"&x;"'],
    'a type of the document without': ['<!DOCTYPE a SYSTEM "a.dtd"><a>x</a>', 'a"x"'],
    'an entity out of range': ['<a>&#9999999;&#0;</a>', 'a"&#9999999;&#0;"'],
    'tags that do not match': ['<a><b>x</a><c/>', 'a[b"x"]'],
    'a tag that closes nothing': ['<a></b>x</a>', 'a"x"'],
    'what is not closed': ['<a><b>x', 'a[b"x"]'],
    'a quote that is not closed': ['<a b="c>x</a>', 'a(b=c>x</a>)'],
    'an attribute without a value': ['<a b c="d">x</a>', 'a(c=d)"x"'],
    'a sign that opens nothing': ['<a>1 < 2</a>', 'a"1 2" from "1 < 2"'],
    'names of ours': ['<a __proto__="x"><constructor/></a>', 'a(__proto__=x)[constructor]'],
    'no element': ['text', ''],
    nothing: ['', ''],
  };
  for (const [name, [text, expected]] of Object.entries(cases)) it(name, () => assert.equal(shown(text, readXml(text).root), expected));

  it('says which of its limits it met', () => {
    assert.match(readXml('<a>'.repeat(limits.nesting + 1)).problems[0]?.message ?? '', /deeply/);
    assert.match(readXml(`<a>${'<b/>'.repeat(limits.xmlElements)}</a>`).problems[0]?.message ?? '', /elements/);
    assert.match(readXml('<a>'.padEnd(50), 40).problems[0]?.message ?? '', /larger/);
  });

  for (const piece of ['<a ', '<', '<a b="', '</a', '&#', '<!', '<![CDATA[', '<!DOCTYPE [', '<a b=', 'x&lt;'])
    it(`takes its time in proportion to ${JSON.stringify(piece)} over and over`, function () {
      this.retries(2);
      const text = piece.repeat(Math.floor(900_000 / piece.length));
      const start = performance.now();
      readXml(text);
      assert.ok(performance.now() - start < 1_500);
    });

  const inside = (element: XmlElement, length: number): void => {
    for (const { start, end } of [element.span, element.text.span, ...[...element.attributes.values()].map((text) => text.span)])
      assert.ok(start >= 0 && start <= end && end <= length);
    for (const child of element.children) inside(child, length);
  };
  it('never throws, and stays in its text', () =>
    fc.assert(
      fc.property(hostileText(sample), (text) => {
        const { root } = readXml(text);
        if (root) inside(root, text.length);
      }),
      { numRuns: 1_000 },
    ));
});
