import { X509Certificate, verify } from 'node:crypto';
import { asString, get } from '../text/data.ts';
import type { DataNode } from '../text/data.ts';

/** A signature that does not fit what it lies around. `sum`: the digests that it lists are not those of the whole that it names. */
export interface SealFact {
  readonly kind: 'seal';
  readonly id: string;
  readonly echo?: true;
  readonly broken: 'sum' | 'signature';
}

/** The hash that goes with a curve, by those who sign so. */
const hashes: Readonly<Record<string, string>> = { prime256v1: 'sha256', secp384r1: 'sha384', secp521r1: 'sha512' };

const first = (node: DataNode | undefined): DataNode | undefined => (node?.kind === 'sequence' ? node.items[0] : undefined);

/** What an envelope's signature is made over: its type and its content, each with its length. */
const encoded = (type: string, payload: Uint8Array): Buffer =>
  Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${payload.length} `), payload]);

/**
 * Whether the signature of a bundle was made for what it holds, by the key of the certificate in it; undefined where it has none, or one of
 * another kind. That says nothing of who holds the key: anybody can make a certificate.
 */
export const fitsItsKey = (bundle: DataNode, payload: Uint8Array): boolean | undefined => {
  const material = get(bundle, 'verificationMaterial');
  const der = asString(get(material, 'certificate', 'rawBytes')) ?? asString(get(first(get(material, 'x509CertificateChain', 'certificates')), 'rawBytes'));
  const signatures = get(bundle, 'dsseEnvelope', 'signatures');
  const signature = asString(get(first(signatures), 'sig'));
  const type = asString(get(bundle, 'dsseEnvelope', 'payloadType'));
  if (der === undefined || signature === undefined || type === undefined || signatures?.kind !== 'sequence' || signatures.items.length !== 1) return undefined;
  try {
    const { publicKey } = new X509Certificate(Buffer.from(der, 'base64'));
    const hash = hashes[publicKey.asymmetricKeyDetails?.namedCurve ?? ''];
    if (hash === undefined) return undefined;
    return verify(hash, encoded(type, payload), publicKey, Buffer.from(signature, 'base64'));
  } catch {
    return undefined;
  }
};
