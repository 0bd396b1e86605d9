import { resolveStated } from '../licence/resolve.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import { datasetWork, factIds, hubReference, isHubId, modelWork } from './hub-id.ts';
import { here } from './types.ts';
import type { Anchor, Fact, Reader, Reading, WorkId } from './types.ts';

/** Bytes of each fixed-size value type of the format; 8 is a string, 9 an array. */
const sizes: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8 };
const stringType = 8;
const arrayType = 9;

type Value = string | number | readonly string[];

interface Cursor {
  readonly view: DataView;
  readonly bytes: Uint8Array;
  at: number;
}

/** A number read from the file as a length: undefined when the bytes at hand cannot hold it. */
const length64 = (cursor: Cursor): number | undefined => {
  if (cursor.at + 8 > cursor.bytes.length) return undefined;
  const value = cursor.view.getBigUint64(cursor.at, true);
  cursor.at += 8;
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? undefined : Number(value);
};

const string = (cursor: Cursor): string | undefined => {
  const length = length64(cursor);
  if (length === undefined || cursor.at + length > cursor.bytes.length) return undefined;
  const text = length > limits.ggufStringBytes ? '' : new TextDecoder().decode(cursor.bytes.subarray(cursor.at, cursor.at + length));
  cursor.at += length;
  return text;
};

const type32 = (cursor: Cursor): number | undefined => {
  if (cursor.at + 4 > cursor.bytes.length) return undefined;
  const type = cursor.view.getUint32(cursor.at, true);
  cursor.at += 4;
  return type;
};

const array = (cursor: Cursor): readonly string[] | undefined => {
  const type = type32(cursor);
  const count = length64(cursor);
  if (type === undefined || count === undefined) return undefined;
  const size = sizes[type];
  if (size !== undefined) {
    cursor.at += size * count;
    return cursor.at > cursor.bytes.length ? undefined : [];
  }
  if (type !== stringType) return undefined;
  const out: string[] = [];
  // A vocabulary has hundreds of thousands of strings: they are stepped over, only short lists are kept.
  for (let i = 0; i < count; i += 1) {
    if (count <= 64) {
      const text = string(cursor);
      if (text === undefined) return undefined;
      out.push(text);
      continue;
    }
    const length = length64(cursor);
    if (length === undefined || cursor.at + length > cursor.bytes.length) return undefined;
    cursor.at += length;
  }
  return out;
};

const value = (cursor: Cursor, type: number): Value | undefined => {
  if (type === stringType) return string(cursor);
  if (type === arrayType) return array(cursor);
  const size = sizes[type];
  if (size === undefined || cursor.at + size > cursor.bytes.length) return undefined;
  const number = type === 4 ? cursor.view.getUint32(cursor.at, true) : type === 10 ? Number(cursor.view.getBigUint64(cursor.at, true)) : 0;
  cursor.at += size;
  return number;
};

export interface GgufMetadata {
  readonly pairs: ReadonlyMap<string, Value>;
  /** Null when all pairs were read. */
  readonly problem: string | null;
}

/** The key-value pairs of a GGUF head, version 2 or 3; stops at the first thing that is not as the format says. */
export const readGguf = (bytes: Uint8Array): GgufMetadata => {
  const pairs = new Map<string, Value>();
  if (bytes.length < 24 || bytes[0] !== 0x47 || bytes[1] !== 0x47 || bytes[2] !== 0x55 || bytes[3] !== 0x46) return { pairs, problem: 'no GGUF header' };
  const cursor: Cursor = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength), bytes, at: 4 };
  const version = type32(cursor) ?? 0;
  if (version < 2 || version > 3) return { pairs, problem: `GGUF version ${version} is not read` };
  cursor.at += 8;
  const count = length64(cursor);
  if (count === undefined || count > limits.ggufPairs) return { pairs, problem: 'more key-value pairs than are read' };
  for (let i = 0; i < count; i += 1) {
    const key = string(cursor);
    const type = key === undefined ? undefined : type32(cursor);
    const read = type === undefined ? undefined : value(cursor, type);
    // The keys that matter stand before the vocabulary, so an end of the bytes at hand is no loss.
    if (key === undefined || read === undefined) return { pairs, problem: bytes.length >= limits.ggufHeadBytes ? null : 'cut short' };
    pairs.set(key, read);
  }
  return { pairs, problem: null };
};

interface Packed {
  readonly pairs: ReadonlyMap<string, Value>;
  readonly work: WorkId;
  readonly facts: Fact[];
  readonly anchors: Record<string, Anchor>;
  readonly idOf: (kind: string, content: string) => string;
}

const text = (packed: Packed, key: string): string | undefined => {
  const found = packed.pairs.get(key);
  return typeof found === 'string' && found.trim() !== '' ? found.trim() : undefined;
};

const add = (packed: Packed, fact: Fact, key: string): void => {
  packed.facts.push(fact);
  packed.anchors[fact.id] = { span: { start: 0, end: 0 }, key };
};

/** The repository that `general.<kind>.<n>.*` names: by address, else by organisation and name where both are ids as they stand. */
const reference = (packed: Packed, prefix: string): { readonly id: string; readonly key: string; readonly revision: string | null } | undefined => {
  for (const key of [`${prefix}.repo_url`, `${prefix}.url`]) {
    const found = hubReference(text(packed, key) ?? '');
    if (found) return { id: found.id, key, revision: found.revision };
  }
  const id = `${text(packed, `${prefix}.organization`) ?? ''}/${text(packed, `${prefix}.name`) ?? ''}`.replace(/ /g, '-');
  return isHubId(id) ? { id, key: `${prefix}.name`, revision: null } : undefined;
};

const readLicence = (packed: Packed, knowledge: Knowledge): void => {
  const stated = text(packed, 'general.license');
  if (stated === undefined) return;
  const named = text(packed, 'general.license.name');
  const tagged = resolveStated(stated, 'hub', knowledge);
  const byName = named === undefined ? [] : knowledge.licenceName(named.toLowerCase());
  const licences = tagged.licences.length > 0 ? tagged.licences : byName.length === 1 ? byName : resolveStated(named ?? stated, 'free', knowledge).licences;
  const id = packed.idOf('licence', stated);
  add(
    packed,
    {
      kind: 'licence',
      id,
      work: packed.work,
      scope: 'weights',
      speaker: 'distributor',
      evidence: 'declared',
      stated,
      licences,
      choice: tagged.choice,
      via: 'weights',
      problem: null,
    },
    'general.license',
  );
};

const relate = (packed: Packed, to: WorkId, type: 'quantized' | 'trainedOn', key: string, revision: string | null): void => {
  const id = packed.idOf(type, to);
  add(packed, { kind: 'relation', id, from: packed.work, to, type, role: 'decision', revision, via: key, pinnable: false, remoteCode: false }, key);
};

/** Packed weights of llama.cpp and its kin: name, licence, bases and data sets from the header. A file is a work of its own. */
export const ggufReader: Reader = {
  id: 'gguf',
  version: 1,
  matches: (_path, name) => name.endsWith('.gguf'),
  wants: 'bytes',
  maximum: limits.ggufHeadBytes,
  partial: true,
  read: ({ path, bytes }, knowledge): Reading => {
    const { pairs, problem } = readGguf(bytes);
    const packed: Packed = { pairs, work: `local:${path}`, facts: [], anchors: {}, idOf: factIds('gguf') };
    if (pairs.size === 0)
      return { facts: [], anchors: {}, problems: [{ message: problem ?? 'no metadata', span: null, limit: problem?.startsWith('more') ?? false }] };
    add(packed, { kind: 'work', id: packed.idOf('work', 'weights'), work: packed.work, workKind: 'model', via: 'weights' }, 'general.name');
    add(
      packed,
      {
        kind: 'relation',
        id: packed.idOf('bundles', path),
        from: here,
        to: packed.work,
        type: 'bundles',
        role: 'decision',
        revision: null,
        via: 'weights',
        pinnable: false,
        remoteCode: false,
      },
      'general.name',
    );
    readLicence(packed, knowledge);
    const name = text(packed, 'general.name');
    if (name !== undefined && name.length <= 120)
      add(packed, { kind: 'name', id: packed.idOf('name', name), work: packed.work, name, via: 'weights' }, 'general.name');
    const bases = Number(pairs.get('general.base_model.count') ?? 0);
    for (let i = 0; i < Math.min(bases, limits.ggufPairs); i += 1) {
      const base = reference(packed, `general.base_model.${i}`);
      if (base) relate(packed, modelWork(base.id), 'quantized', base.key, base.revision);
    }
    const sets = Number(pairs.get('general.dataset.count') ?? 0);
    for (let i = 0; i < Math.min(sets, limits.ggufPairs); i += 1) {
      const set = reference(packed, `general.dataset.${i}`);
      if (set) relate(packed, datasetWork(set.id), 'trainedOn', set.key, set.revision);
    }
    const listed = pairs.get('general.datasets');
    for (const set of Array.isArray(listed) ? (listed as readonly string[]) : [])
      if (isHubId(set)) relate(packed, datasetWork(set), 'trainedOn', 'general.datasets', null);
    return {
      facts: packed.facts,
      anchors: packed.anchors,
      problems: problem === null ? [] : [{ message: problem, span: null, limit: problem.startsWith('more') }],
    };
  },
};
