import { createHash, generateKeyPairSync, sign } from 'node:crypto';

const der = (tag: number, ...parts: readonly Uint8Array[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const size = length < 128 ? [length] : length < 256 ? [0x81, length] : [0x82, length >> 8, length & 255];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
};

const time = (text: string): Buffer => der(0x17, Buffer.from(text));
const ecdsaWithSha256 = der(0x30, der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));

const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const spki = publicKey.export({ type: 'spki', format: 'der' });

/** The least that is a certificate of that key, signed by itself. */
const body = der(
  0x30,
  der(0xa0, der(0x02, Buffer.from([2]))),
  der(0x02, Buffer.from([1])),
  ecdsaWithSha256,
  der(0x30),
  der(0x30, time('250101000000Z'), time('350101000000Z')),
  der(0x30),
  spki,
);
const certificate = der(0x30, body, ecdsaWithSha256, der(0x03, Buffer.from([0]), sign('sha256', body, privateKey)));

const payloadType = 'application/vnd.in-toto+json';

export interface Resource {
  readonly name: string;
  readonly digest: string;
  readonly algorithm?: string;
}

/** A statement as OpenSSF's model signing makes it. */
export const modelStatement = (resources: readonly Resource[], root?: string): object => {
  const hash = createHash('sha256');
  for (const { digest } of resources) hash.update(Buffer.from(digest, 'hex'));
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'model', digest: { sha256: root ?? hash.digest('hex') } }],
    predicateType: 'https://model_signing/signature/v1.0',
    predicate: {
      serialization: { method: 'files', hash_type: 'sha256', allow_symlinks: false, ignore_paths: ['model.sig'] },
      resources: resources.map((row) => ({ algorithm: 'sha256', ...row })),
    },
  };
};

/** The same in an envelope with its signature, as a file. `other` is signed in its place. */
export const bundleOf = (
  statement: object,
  other: object = statement,
  material: object = { certificate: { rawBytes: certificate.toString('base64') } },
): string => {
  const payload = Buffer.from(JSON.stringify(statement));
  const made = Buffer.from(JSON.stringify(other));
  const sig = sign('sha256', Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${made.length} `), made]), privateKey);
  return JSON.stringify({
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: material,
    dsseEnvelope: { payload: payload.toString('base64'), payloadType, signatures: [{ sig: sig.toString('base64'), keyid: '' }] },
  });
};

/** The same key, told as chains of certificates have it. */
export const chain = { x509CertificateChain: { certificates: [{ rawBytes: certificate.toString('base64') }] } };
