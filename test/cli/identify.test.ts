import assert from 'node:assert/strict';
import { identifyFiles } from '../../server/src/cli/identify.ts';
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
      identifyFiles(files, 'text', testKnowledge()),
      'LICENSE: LicenseRef-modified-MIT\n  text      LicenseRef-modified-MIT  lines 1-18, changed at 20, 22-23\n',
    ));

  it('gives them as data, with what the text was made from', () => {
    const [row] = JSON.parse(identifyFiles(files, 'json', testKnowledge())) as readonly { readonly matches: readonly Readonly<Record<string, unknown>>[] }[];
    assert.equal(row?.matches[0]?.['of'], 'MIT');
    assert.deepEqual(row.matches[0]['changes'], [
      { startLine: 20, endLine: 20 },
      { startLine: 22, endLine: 23 },
    ]);
  });
});
