import assert from 'node:assert/strict';
import { shownCodeReader } from '../../server/src/artefacts/shown-code.ts';
import { fuzzText, matchesPath, readWith } from './reading.ts';

const count = (text: string): number => readWith(shownCodeReader, 'docs/serve.md', text).facts.length;

describe('flags that documents show', () => {
  for (const path of ['docs/serve.md', 'GUIDE.mdx', 'more/docs-guides/convert.md'])
    it(`are read in ${path}`, () => assert.ok(matchesPath(shownCodeReader, path)));
  for (const path of ['README.md', 'CHANGELOG.md', 'docs/ROADMAP.md', 'tests/serve.md', '.claude/skills/serve.md', 'docs/serve.py'])
    it(`are left alone in ${path}`, () => assert.ok(!matchesPath(shownCodeReader, path)));
  it('are told once a document', () => assert.equal(count('```sh\nvllm serve $A --trust-remote-code\nvllm serve $B --trust_remote_code\n```\n'), 1));
  it('are those of blocks', () => assert.equal(count('`--trust-remote-code` runs what is there.\n\n```json\n{ "x": "--trust-remote-code" }\n```\n'), 0));
  it('are those that are on', () => assert.equal(count('```python\nload(a, trust_remote_code=False)\n```\n```sh\nserve --trust-remote-code=false\n```\n'), 0));
  it('never throw', () => fuzzText(shownCodeReader, 'docs/serve.md', '```python\nload(a, trust_remote_code=True)\n```\n'));
});
