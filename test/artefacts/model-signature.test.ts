import assert from 'node:assert/strict';
import { modelSignatureReader } from '../../server/src/artefacts/model-signature.ts';
import { bundleOf, chain, modelStatement } from '../support/signature.ts';
import { fuzzText, matchesPath, shownBy } from './reading.ts';

const a = 'a'.repeat(64);
const b = 'b'.repeat(64);
const weights = { name: 'model.safetensors', digest: a };
const card = { name: 'README.md', digest: b };
const statement = modelStatement([card, weights]);
const of = (more: object): object => ({ _type: 'https://in-toto.io/Statement/v1', subject: [], predicateType: 'x', predicate: {}, ...more });
const subject = (name: string, digest: object): object => of({ subject: [{ name, digest }] });
const claim = 'sha256 of model.safetensors by signature <- "payload"';

const cases: readonly (readonly [string, string, string, ...string[]])[] = [
  ['weights, and no texts', 'model.sig', bundleOf(statement), claim],
  ['a certificate in a chain', 'model.sig', bundleOf(statement, statement, chain), claim],
  ['a key that is elsewhere', 'model.sig', bundleOf(statement, {}, { publicKey: { hint: 'x' } }), claim],
  ['a certificate that is none', 'model.sig', bundleOf(statement, {}, { certificate: { rawBytes: 'AAAA' } }), claim],
  [
    'from the folder of the signature, else from the root',
    'a/skill.oms.sig',
    bundleOf(statement),
    'sha256 of a/model.safetensors or model.safetensors by signature <- "payload"',
  ],
  ['a list that does not add up', 'model.sig', bundleOf(modelStatement([weights], b)), claim, 'broken sum <- "payload"'],
  ['another statement than was signed', 'model.sig', bundleOf(statement, modelStatement([{ ...weights, digest: b }])), claim, 'broken signature <- "payload"'],
  [
    'what a signer says of one file',
    'model.gguf.sigstore.json',
    bundleOf(subject('model.gguf', { sha256: a })),
    'sha256 of model.gguf by signature <- "payload"',
  ],
  [
    'the first edition, which signed other bytes',
    'model.sig',
    bundleOf(of({ predicateType: 'https://model_signing/Digests/v0.1', subject: [{ name: 'model.safetensors', digest: { sha256: a } }] }), {}),
    claim,
  ],
  ['a hash that is not known here', 'model.sig', bundleOf(modelStatement([{ ...weights, algorithm: 'blake2b' }]))],
  ['shards of a file', 'model.sig', bundleOf(modelStatement([{ ...weights, name: 'model.safetensors:0:4096' }]))],
  ['a file outside', 'model.sig', bundleOf(modelStatement([{ ...weights, name: '../../model.safetensors' }]))],
  ['a container image', 'image.sigstore', bundleOf(subject('ghcr.io/acme/app', { sha256: a }))],
  ['another payload', 'model.sig', JSON.stringify({ dsseEnvelope: { payload: 'e30=', payloadType: 'text/plain' } })],
  ['no statement', 'model.sig', bundleOf({ x: 1 })],
  ['no bundle', 'package.sig', '-----BEGIN PGP SIGNATURE-----\n'],
];

describe('signatures of models', () => {
  for (const [title, path, text, ...expected] of cases) it(title, () => assert.deepEqual(shownBy(modelSignatureReader, path, text), expected));
  it('are told by their names', () => {
    for (const path of ['model.sig', 'a/skill.oms.sig', 'x.sigstore', 'x.sigstore.json', 'x.intoto.jsonl'])
      assert.ok(matchesPath(modelSignatureReader, path), path);
    for (const path of ['a.sigma', 'signature.py', 'x.json']) assert.ok(!matchesPath(modelSignatureReader, path), path);
  });
  it('never throw', () => fuzzText(modelSignatureReader, 'model.sig', bundleOf(statement)));
});
