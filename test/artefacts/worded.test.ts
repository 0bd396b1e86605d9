import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readersFor } from '../../server/src/artefacts/index.ts';
import { wordedIn } from '../../server/src/artefacts/worded.ts';
import type { ReadInput } from '../../server/src/artefacts/types.ts';
import { decode } from '../../server/src/text/decode.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { parseRepo } from '../support/repo.ts';
import { encode } from './reading.ts';

const root = 'test/fixtures';

describe('words that readers look for', () => {
  it('stand in every file of the fixtures of which a reader says something', () => {
    const repositories = readdirSync(root).filter((name) => name.endsWith('.repo'));
    const files = repositories.flatMap((name) => [...parseRepo(readFileSync(join(root, name), 'utf8')).files]);
    let silent = 0;
    let told = 0;
    for (const [path, bytes] of files) {
      const some = readersFor(path);
      const isWorded = wordedIn(some, bytes, testKnowledge());
      for (const reader of some.filter((each) => isWorded(each) !== undefined)) {
        const input: ReadInput = { path, text: decode(bytes)?.text ?? '', bytes, size: bytes.length };
        const whole = reader.read(input, testKnowledge());
        told += Number(whole.facts.length > 0);
        if (isWorded(reader) === true) continue;
        silent += 1;
        assert.deepEqual(reader.read({ ...input, worded: false }, testKnowledge()), whole, `${reader.id} ${path}`);
      }
    }
    assert.ok(silent > 200 && told > 10, `${silent} without their words, ${told} with facts`);
  });

  it('are looked for in UTF-16 by nobody but the reader', () => {
    const some = readersFor('a.py');
    const isWorded = wordedIn(some, Buffer.from('\ufeffx = 1\n', 'utf16le'), testKnowledge());
    assert.ok(some.every((reader) => isWorded(reader) !== false));
    const plain = wordedIn(some, encode('x = 1\n'), testKnowledge());
    assert.ok(some.every((reader) => plain(reader) !== true) && some.some((reader) => plain(reader) === false));
  });
});
