import { createHash } from 'node:crypto';
import { asString, entryOf, get } from '../text/data.ts';
import type { DataNode } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { addFact, draftOf, nothingRead, readingOf, tooLong } from './draft.ts';
import { localWork } from './hub-id.ts';
import { fitsItsKey } from './seal.ts';
import { digestAlgorithms } from './types.ts';
import type { Anchor, Reader, Reading } from './types.ts';
import { isBinaryName } from './weights-names.ts';

const payloadType = 'application/vnd.in-toto+json';
/** Signatures of models by OpenSSF: the files stand in the predicate, and the subject is one digest over theirs. */
const ofModel = 'https://model_signing/signature/v1.0';
/** Its first edition signed other bytes than the envelope says, so that its signatures cannot be looked into. */
const ofModelBefore = 'https://model_signing/Digests/v0.1';

const itemsOf = (node: DataNode | undefined): readonly DataNode[] => (node?.kind === 'sequence' ? node.items : []);

interface Row {
  readonly name: string;
  readonly algorithm: string;
  readonly digest: string;
}

const resourcesOf = (statement: DataNode): readonly Row[] =>
  itemsOf(get(statement, 'predicate', 'resources')).map((row) => ({
    name: asString(get(row, 'name')) ?? '',
    algorithm: asString(get(row, 'algorithm')) ?? '',
    digest: (asString(get(row, 'digest')) ?? '').toLowerCase(),
  }));

const subjectsOf = (statement: DataNode): readonly Row[] =>
  itemsOf(get(statement, 'subject')).flatMap((row) =>
    digestAlgorithms.flatMap((algorithm) => {
      const digest = asString(get(row, 'digest', algorithm));
      return digest === undefined ? [] : [{ name: asString(get(row, 'name')) ?? '', algorithm, digest: digest.toLowerCase() }];
    }),
  );

const isHex = (text: string): boolean => /^(?:[0-9a-f]{2})+$/.test(text);

/** The digest over all files is the one that the subject has; undefined where that cannot be told. */
const addsUp = (statement: DataNode, rows: readonly Row[]): boolean | undefined => {
  const [subject, more] = subjectsOf(statement).filter(({ algorithm }) => algorithm === 'sha256');
  if (!subject || more || rows.length === 0 || !rows.every(({ digest }) => isHex(digest))) return undefined;
  const hash = createHash('sha256');
  for (const { digest } of rows) hash.update(Buffer.from(digest, 'hex'));
  return hash.digest('hex') === subject.digest;
};

const signed = (payload: string): DataNode | undefined => {
  if (!/^[\w+/-]+={0,2}$/.test(payload)) return undefined;
  const statement = readJson(Buffer.from(payload, 'base64').toString('utf8')).root;
  return asString(get(statement, '_type'))?.startsWith('https://in-toto.io/Statement/') === true ? statement : undefined;
};

/**
 * Signatures beside weights: bundles of Sigstore with a statement of in-toto, as OpenSSF's model signing and other signers write them. What they
 * say of files is compared with the files. Who signed is nothing that can be told offline; that the bundle fits together is.
 */
export const modelSignatureReader: Reader = {
  id: 'model-signature',
  version: 1,
  matches: (_path, name) => /\.(?:sig|sigstore(?:\.json)?|intoto\.jsonl?)$/.test(name),
  wants: 'text',
  maximum: limits.descriptionBytes,
  partial: true,
  read: ({ path, text, size }, knowledge): Reading => {
    if (!text.includes('"dsseEnvelope"')) return nothingRead;
    if (size > limits.descriptionBytes) return tooLong(limits.descriptionBytes);
    const { root } = readJson(text);
    const envelope = get(root, 'dsseEnvelope');
    const entry = entryOf(envelope, 'payload');
    const payload = asString(entry?.value);
    if (!root || !entry || payload === undefined || asString(get(envelope, 'payloadType')) !== payloadType) return nothingRead;
    const statement = signed(payload);
    if (!statement) return nothingRead;
    const draft = draftOf('model-signature', path, knowledge);
    const anchor: Anchor = { span: entry.keySpan };
    const type = asString(get(statement, 'predicateType'));
    const rows = type === ofModel ? resourcesOf(statement) : subjectsOf(statement);
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    for (const { name, algorithm, digest } of rows) {
      const known = digestAlgorithms.find((each) => each === algorithm);
      const files = [`${folder}${name}`, name].flatMap((each) => localWork(each)?.slice('local:'.length) ?? []);
      const [file] = files;
      if (!known || file === undefined || !isBinaryName(file) || !isHex(digest)) continue;
      addFact(
        draft,
        { kind: 'digest', id: draft.idOf('digest', `${file} ${digest}`), files: [...new Set(files)], algorithm: known, digest, via: 'signature' },
        anchor,
      );
    }
    const broken = [
      ...(type === ofModel && addsUp(statement, rows) === false ? (['sum'] as const) : []),
      ...(type !== ofModelBefore && fitsItsKey(root, Buffer.from(payload, 'base64')) === false ? (['signature'] as const) : []),
    ];
    for (const what of broken) addFact(draft, { kind: 'seal', id: draft.idOf('seal', what), broken: what }, anchor);
    return readingOf(draft);
  },
};
