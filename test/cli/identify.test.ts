import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { identifiedText, identifyFile } from '../../server/src/cli/identify.ts';
import { identify } from '../../server/src/licence/identify.ts';
import { layOut, pedigree } from '../support/cli.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { parseRepo } from '../support/repo.ts';

const repo = parseRepo(`--- LICENSE
[text of MIT]

You may not use the Software for a commercial purpose.

You may not use the Software for military purposes,
and you may not use it for a research purpose.
`);
const files = [...repo.files].map(([path, bytes]) => ({ path, bytes }));

describe('pedigree identify', () => {
  it('shows the lines that were changed', () =>
    assert.equal(
      identifiedText(
        files.map(({ path, bytes }) => identifyFile(path, bytes, testKnowledge())),
        'text',
      ),
      'LICENSE: LicenseRef-modified-MIT\n  text      LicenseRef-modified-MIT  lines 1-18, changed at 20, 22-23\n',
    ));

  it('gives them as data, with what the text was made from', () => {
    const [row] = JSON.parse(
      identifiedText(
        files.map(({ path, bytes }) => identifyFile(path, bytes, testKnowledge())),
        'json',
      ),
    ) as readonly { readonly matches: readonly Readonly<Record<string, unknown>>[] }[];
    assert.equal(row?.matches[0]?.['of'], 'MIT');
    assert.deepEqual(row.matches[0]['changes'], [
      { startLine: 20, endLine: 20 },
      { startLine: 22, endLine: 23 },
    ]);
  });

  const sentence = 'Licensed under the MIT License. Copyright Zoë 许可';
  const utf16 = (text: string, swap: boolean): Uint8Array => {
    const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
    return swap ? bytes.swap16() : bytes;
  };
  const encodings: readonly (readonly [string, Uint8Array])[] = [
    ['UTF-8', Buffer.from(sentence)],
    ['UTF-8 with a mark', Buffer.from(`\ufeff${sentence}`)],
    ['UTF-16', utf16(sentence, false)],
    ['UTF-16 with the other order', utf16(sentence, true)],
    ['Latin-1', Buffer.from('Licensed under the MIT License. Copyright Zo\u00eb', 'latin1')],
  ];
  for (const [name, bytes] of encodings) {
    it(`reads ${name} as an editor does`, () => {
      const { path, ...found } = identifyFile('LICENSE', bytes, testKnowledge());
      assert.deepEqual(found, identify(sentence, testKnowledge()));
      assert.deepEqual([path, found.expression], ['LICENSE', 'MIT']);
    });
  }

  it('says of many files, which several threads read, the same as of each', () => {
    const ids = ['MIT', 'Apache-2.0', 'BSD-3-Clause', 'ISC'];
    const names = Array.from({ length: 260 }, (_, number) => `${number}.txt`);
    const root = layOut(names.map((name, number) => `--- ${name}\n[text of ${ids[number % ids.length]}]\n`).join(''));
    const rows = JSON.parse(pedigree('identify', '--format', 'json', ...names.map((name) => join(root, name))).out) as readonly Readonly<
      Record<string, unknown>
    >[];
    assert.deepEqual(
      rows.map((row) => [row['path'], row['expression']]),
      names.map((name, number) => [join(root, name), ids[number % ids.length]]),
    );
    const absent = pedigree('identify', ...names.map((name) => join(root, name)), join(root, 'absent'));
    rmSync(root, { recursive: true });
    assert.deepEqual([absent.code, absent.out, / is not there/.test(absent.err)], [2, '', true]);
  }).timeout(30_000);
});
