import assert from 'node:assert/strict';
import { straysReader } from '../../server/src/artefacts/prose/strays.ts';
import { fuzzText, shownBy } from './reading.ts';

const shown = (text: string, path = 'README.md'): readonly string[] => shownBy(straysReader, path, text);
const drive = 'https://pan.xunlei.com/s/abc';

describe('copies that are handed on from elsewhere', () => {
  const cases: Readonly<Record<string, readonly [text: string, ...shown: readonly string[]]>> = {
    'the label of a link': [`| [Llama-2-13B-chat](${drive}) |`, `Llama 2 of Meta from pan.xunlei.com <- ${drive}`],
    'what a conversion is called': [`- LLaMA-7B Hugging Face版本：${drive}`, `the first LLaMA of Meta from pan.xunlei.com <- ${drive}`],
    'a name within a sentence': [`We trained LLaMA-7B, see ${drive}`],
    'the hub': ['- LLaMA-7B: https://huggingface.co/somebody/llama'],
    'a torrent of another name': ['magnet:?xt=urn:btih:ABCDEFGHIJ&dn=otters'],
    'a pack that is only named': ['We use antelopev2, see https://huggingface.co/somebody/tools'],
  };
  for (const [name, [text, ...expected]] of Object.entries(cases)) it(name, () => assert.deepEqual(shown(text), expected));
  it('never throws', () =>
    fuzzText(
      straysReader,
      'README.md',
      `- LLaMA-7B: ${drive}\nmagnet:?xt=urn:btih:ABCDEFGHIJ&dn=LLaMA\nDownload antelopev2 from https://huggingface.co/a/b\n`,
    ));
});
