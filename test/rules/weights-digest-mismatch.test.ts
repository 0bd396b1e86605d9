import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWorkspace } from '../../server/src/host/workspace.ts';
import { testKnowledge } from '../support/knowledge.ts';
import { bundleOf, modelStatement } from '../support/signature.ts';
import { analyseFiles, check, parseRepo, shown, today } from '../support/repo.ts';

const ours = 'a'.repeat(64);
const other = 'b'.repeat(64);
const carets = '^'.repeat(64);
const pointer = (digest: string): string => `version https://git-lfs.github.com/spec/v1\noid sha256:${digest}\nsize 4096\n`;
const weights = `gguf {"general.name":"River","general.description":"${'x'.repeat(1200)}"}`;
const bytes = parseRepo(`--- m.gguf ${weights}\n`).files.get('m.gguf') ?? new Uint8Array();
const real = (algorithm: string): string => createHash(algorithm).update(bytes).digest('hex');

/** Under the key of the envelope that holds what is signed. */
const payloadMark = `${' '.repeat(bundleOf({}).indexOf('"payload"'))}${'^'.repeat('"payload"'.length)}`;

const cases: readonly (readonly [string, string])[] = [
  [
    'a list and a stand-in disagree',
    `--- model.safetensors\n${pointer(ours)}--- SHA256SUMS\n${other}  model.safetensors\n${carets} error weights-digest-mismatch\n`,
  ],
  ['a list and a stand-in agree', `--- model.safetensors\n${pointer(ours)}--- SHA256SUMS\n${ours.toUpperCase()} *model.safetensors\n`],
  ['a list of another algorithm', `--- model.safetensors\n${pointer(ours)}--- model.md5\n${'c'.repeat(32)}  model.safetensors\n`],
  ['a list and the file disagree', `--- m.gguf ${weights}\n--- m.gguf.sha256\n${other}\n${carets} error weights-digest-mismatch\n`],
  ['a list and the file agree', `--- m.gguf ${weights}\n--- m.gguf.sha256\n${real('sha256')}\n--- md5sums.txt\n${real('md5')}  ./m.gguf\n`],
  ['a list with the name first', `--- m.gguf ${weights}\n--- checksums.txt\nm.gguf: ${other}\n${' '.repeat(8)}${carets} error weights-digest-mismatch\n`],
  ['a list of BSD', `--- m.gguf ${weights}\n--- sha256.txt\nSHA256 (m.gguf) = ${other}\n${' '.repeat(18)}${carets} error weights-digest-mismatch\n`],
  [
    'from the folder of the list before the root',
    `--- a/model.bin\n${pointer(ours)}--- model.bin\n${pointer(other)}--- a/SHA256SUMS\n${ours}  model.bin\n--- b/SHA256SUMS\n${other}  model.bin\n`,
  ],
  [
    'two lists of a file that is not here',
    `--- SHA256SUMS\n${ours}  big.ckpt\n--- sha256.txt\n${other}  big.ckpt\n${carets} information weights-digest-mismatch\n`,
  ],
  ['lists of two folders', `--- v1/SHA256SUMS\n${ours}  big.ckpt\n--- v2/SHA256SUMS\n${other}  big.ckpt\n`],
  ['a text, whose line ends may differ', `--- config.json\n{}\n--- SHA256SUMS\n${ours}  config.json\n`],
  [
    'a stand-in of another kind is no file of weights',
    `--- model.safetensors\n/annex/objects/SHA256E-s1--${'d'.repeat(64)}\n--- SHA256SUMS\n${ours}  model.safetensors\n`,
  ],
  [
    'a signature and the file disagree',
    `--- m.gguf ${weights}\n--- model.sig\n${bundleOf(modelStatement([{ name: 'm.gguf', digest: other }]))}\n${payloadMark} error weights-digest-mismatch\n`,
  ],
  ['a signature and the file agree', `--- m.gguf ${weights}\n--- model.sig\n${bundleOf(modelStatement([{ name: 'm.gguf', digest: real('sha256') }]))}\n`],
  [
    'a signature that does not fit',
    `--- model.sig\n${bundleOf(modelStatement([{ name: 'm.gguf', digest: ours }]), {})}\n${payloadMark} error weights-digest-mismatch\n`,
  ],
  ['a file outside', `--- a.sha256\n${ours}  ../../model.bin\n${ours}  /elsewhere/model.bin\n`],
];

describe('weights-digest-mismatch', () => {
  for (const [title, repo] of cases) it(title, () => void check(repo, 'weights-digest-mismatch'));

  it('says at the stand-in what it says, and which digest the file has', () => {
    const [finding] = analyseFiles(
      parseRepo(`--- model.safetensors\n${pointer(ours)}--- SHA256SUMS\n${other}  model.safetensors\n`).files,
    ).report.findings.filter((entry) => entry.ruleId === 'weights-digest-mismatch');
    assert.deepEqual(
      finding?.related.map((entry) => entry.path),
      ['model.safetensors'],
    );
    assert.match(finding?.message ?? '', /is b{12}….*names a{12}…/);
  });

  it('takes the digest of the file on disk, and again when the file or the list changes', async () => {
    const root = mkdtempSync(join(tmpdir(), 'pedigree-digest-'));
    try {
      const workspace = createWorkspace({ root, knowledge: testKnowledge(), version: '0.0.0', today: () => today });
      const found = (): readonly string[] =>
        workspace
          .analysis()
          .report.findings.filter((entry) => entry.ruleId === 'weights-digest-mismatch')
          .map(shown);
      writeFileSync(join(root, 'm.gguf'), bytes);
      writeFileSync(join(root, 'm.gguf.sha256'), `${real('sha256')}\n`);
      await workspace.scan();
      assert.deepEqual(found(), []);
      writeFileSync(join(root, 'm.gguf'), Buffer.concat([bytes, Buffer.from([1])]));
      await workspace.fileChanged('m.gguf');
      assert.equal(found().length, 1);
      writeFileSync(join(root, 'm.gguf'), bytes);
      await workspace.scan();
      assert.deepEqual(found(), []);
      writeFileSync(join(root, 'm.gguf.sha256'), `${other}\n`);
      assert.ok(await workspace.fileChanged('m.gguf.sha256'));
      assert.equal(found().length, 1);
    } finally {
      rmSync(root, { recursive: true, force: true });
    }
  });
});
