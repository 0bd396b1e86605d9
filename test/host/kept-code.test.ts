import assert from 'node:assert/strict';
import { chownSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { version } from '../../package.json';
import { requireKept } from '../../server/src/host/kept-code.ts';

interface Bundle {
  readonly sum: (numbers: readonly number[]) => number;
  readonly where: readonly string[];
}

const bundleText = `'use strict';
const path = require('node:path');
exports.sum = (numbers) => numbers.reduce((a, b) => a + b, 0);
exports.where = [path.basename(__filename), __dirname];
`;

const layOut = () => {
  const root = mkdtempSync(join(tmpdir(), 'pedigree-code-'));
  const [file, folder] = [join(root, 'bundle.js'), join(root, 'code')];
  writeFileSync(file, bundleText);
  /** Loads it, and says whether the engine had to compile it. */
  const load = (): boolean => {
    let isNew = false;
    const bundle = requireKept<Bundle>(file, folder, (keep) => {
      isNew = true;
      keep();
    });
    assert.deepEqual([bundle.sum([1, 2, 3]), bundle.where], [6, ['bundle.js', root]]);
    return isNew;
  };
  return { root, file, folder, load, kept: () => readdirSync(join(folder, version)) };
};

describe('code that is kept compiled', () => {
  // As if each time were another process: the engine remembers what it compiled in this one.
  before(() => setFlagsFromString('--no-compilation-cache'));
  after(() => setFlagsFromString('--compilation-cache'));
  it('is compiled once', () => {
    const { load, kept } = layOut();
    assert.equal(load(), true);
    assert.equal(kept().length, 1);
    assert.equal(load(), false);
  });
  it('is compiled anew where the text is another one', () => {
    const { file, load, kept } = layOut();
    load();
    // The engine itself compares nothing but the length.
    writeFileSync(file, bundleText.replace('a + b', 'b + a'));
    assert.equal(load(), true);
    assert.equal(kept().length, 1);
  });
  for (const [what, damage] of [
    ['cut off', (bytes: Buffer) => bytes.subarray(0, 100)],
    ['empty', () => Buffer.alloc(0)],
    ['something else', () => Buffer.from('no code at all, though it is long enough to be some')],
    ['damaged within', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, 200), Buffer.alloc(40, 7), bytes.subarray(240)])],
    ['of another engine', (bytes: Buffer) => Buffer.concat([Buffer.alloc(16, 1), bytes.subarray(16)])],
  ] as const)
    it(`is compiled anew where what is kept is ${what}`, () => {
      const { folder, load, kept } = layOut();
      load();
      const path = join(folder, version, kept()[0] ?? '');
      writeFileSync(path, damage(readFileSync(path)));
      assert.equal(load(), true);
      assert.equal(load(), false);
    });
  it('lies in a folder of this version that is the user’s own, and what other versions kept goes', () => {
    const { folder, load } = layOut();
    mkdirSync(join(folder, '0.0.0'), { recursive: true });
    writeFileSync(join(folder, '0.0.0', 'old'), '');
    load();
    assert.deepEqual(readdirSync(folder), [version]);
    if (process.platform !== 'win32') assert.equal(statSync(join(folder, version)).mode & 0o077, 0);
  });
  it('is not taken from another user', function () {
    const { folder, load, kept } = layOut();
    load();
    try {
      chownSync(join(folder, version, kept()[0] ?? ''), 12345, 12345);
    } catch {
      // Nobody but root gives files away.
      this.skip();
    }
    assert.equal(load(), true);
  });
  it('is none where nothing can be written, and nobody is told', () => {
    const { folder, load } = layOut();
    writeFileSync(folder, 'a file in its place');
    assert.equal(load(), true);
    assert.equal(load(), true);
  });
});
