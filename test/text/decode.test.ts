import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decode, looksBinary } from '../../server/src/text/decode.ts';

const bytes = (...values: readonly number[]): Uint8Array => Uint8Array.from(values);
const utf16 = (text: string, big: boolean): Uint8Array => {
  const view = new DataView(new ArrayBuffer(2 + text.length * 2));
  view.setUint16(0, 0xfeff, !big);
  for (let i = 0; i < text.length; i += 1) view.setUint16(2 + i * 2, text.charCodeAt(i), !big);
  return new Uint8Array(view.buffer);
};

describe('decoding', () => {
  const cases: Readonly<Record<string, readonly [content: Uint8Array, text: string | undefined, encoding?: string, bom?: boolean]>> = {
    nothing: [bytes(), '', 'utf-8', false],
    ASCII: [bytes(0x61, 0x0a), 'a\n', 'utf-8', false],
    'UTF-8 of two and four bytes': [bytes(0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80), 'é😀', 'utf-8', false],
    'a byte order mark of UTF-8': [bytes(0xef, 0xbb, 0xbf, 0x61), 'a', 'utf-8', true],
    'a mark and nothing else': [bytes(0xef, 0xbb, 0xbf), '', 'utf-8', true],
    'two marks: the second is text': [bytes(0xef, 0xbb, 0xbf, 0xef, 0xbb, 0xbf), '\ufeff', 'utf-8', true],
    'half a mark': [bytes(0xef, 0xbb), '\ufffd', 'utf-8', false],
    'a lone continuation byte': [bytes(0x61, 0x80, 0x62), 'a\ufffdb', 'utf-8', false],
    'an overlong slash': [bytes(0xc0, 0xaf), '\ufffd\ufffd', 'utf-8', false],
    'a cut sequence': [bytes(0x61, 0xf0, 0x9f), 'a\ufffd', 'utf-8', false],
    'UTF-16 LE': [utf16('a😀\r\n', false), 'a😀\r\n', 'utf-16le', true],
    'UTF-16 BE': [utf16('a😀\r\n', true), 'a😀\r\n', 'utf-16be', true],
    'UTF-16 LE of nothing': [utf16('', false), '', 'utf-16le', true],
    'UTF-16 LE with half a unit': [bytes(0xff, 0xfe, 0x61, 0x00, 0x62), 'a\ufffd', 'utf-16le', true],
    'UTF-16 BE with half a unit': [bytes(0xfe, 0xff, 0x00, 0x61, 0x00), 'a', 'utf-16be', true],
    'a NUL': [bytes(0x61, 0x00, 0x62), undefined],
    'a NUL behind a mark of UTF-8': [bytes(0xef, 0xbb, 0xbf, 0x00), undefined],
  };
  for (const [name, [content, text, encoding, bom]] of Object.entries(cases))
    it(`of ${name}`, () => assert.deepEqual(decode(content), text === undefined ? undefined : { text, encoding, bom }));

  it('looks for NUL in the first 8 kB only', () => {
    const at = (offset: number): Uint8Array => {
      const content = new Uint8Array(9000).fill(0x61);
      content[offset] = 0;
      return content;
    };
    assert.ok(looksBinary(at(8191)));
    assert.ok(!looksBinary(at(8192)));
  });

  it('gives back what was encoded, and never throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (whole) => {
        if (!whole.includes('\u0000')) {
          assert.equal(decode(new TextEncoder().encode(`x${whole}`))?.text, `x${whole}`);
          assert.equal(decode(new TextEncoder().encode(`\ufeffx${whole}`))?.text, `x${whole}`);
        }
        assert.equal(decode(utf16(whole, false))?.text, whole);
        assert.equal(decode(utf16(whole, true))?.text, whole);
      }),
      { numRuns: 200 },
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (content) => {
        decode(content);
      }),
      { numRuns: 300 },
    );
  });
});
