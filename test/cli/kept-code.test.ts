import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { version } from '../../package.json';
import { keepCode } from '../../server/src/cli/kept-code.ts';

const folder = (): string => join(mkdtempSync(join(tmpdir(), 'pedigree-code-')), 'code');

describe('code that is kept compiled', () => {
  it('lies in a folder of this version, and what other versions kept goes', async () => {
    const kept = folder();
    mkdirSync(join(kept, '0.0.0'), { recursive: true });
    writeFileSync(join(kept, '0.0.0', 'old'), '');
    const told: string[] = [];
    keepCode({ enableCompileCache: (at) => told.push(at), flushCompileCache: () => told.push('flushed') }, kept, 1);
    assert.deepEqual(told, [join(kept, version)]);
    await pause(100);
    assert.deepEqual(told, [join(kept, version), 'flushed']);
    assert.deepEqual(readdirSync(kept), [version]);
  });
  it('is none where Node keeps none', () => {
    const kept = folder();
    keepCode({}, kept, 1);
    assert.ok(!existsSync(kept));
  });
  it('is none where nothing can be written, and nobody is told', async () => {
    const kept = folder();
    writeFileSync(kept, 'a file in its place');
    keepCode({ enableCompileCache: () => assert.fail(), flushCompileCache: () => assert.fail() }, kept, 1);
    await pause(50);
  });
});
