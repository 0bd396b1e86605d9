import { limits } from '../../text/limits.ts';
import type { Reader, Reading } from '../types.ts';
import { readPacked, unlike, withLimits } from './facts.ts';
import { sourceOf, textOf } from './source.ts';
import type { Source } from './source.ts';

/** Fields of the tables Model, Metadata, Buffer and ModelMetadata, in the order of their schemas. */
const model = { buffers: 4, metadata: 6 } as const;
const entry = { name: 0, buffer: 1 } as const;
const bufferData = 0;
const license = 5;

const u32 = (source: Source, at: number): number | undefined => {
  const bytes = source.slice(at, at + 4);
  return bytes && new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
};

const u16 = (source: Source, at: number): number | undefined => {
  const bytes = source.slice(at, at + 2);
  return bytes && new DataView(bytes.buffer, bytes.byteOffset, 2).getUint16(0, true);
};

/** Offset of a field's value in a table; undefined where the table leaves it out. */
const fieldOf = (source: Source, table: number, index: number): number | undefined => {
  const bytes = source.slice(table, table + 4);
  if (!bytes) return undefined;
  const layout = table - new DataView(bytes.buffer, bytes.byteOffset, 4).getInt32(0, true);
  const length = u16(source, layout);
  const slot = 4 + index * 2;
  if (length === undefined || slot + 2 > length) return undefined;
  const offset = u16(source, layout + slot);
  return offset === undefined || offset === 0 ? undefined : table + offset;
};

/** Follows the offset that a field holds. */
const follow = (source: Source, at: number | undefined): number | undefined => {
  const offset = at === undefined ? undefined : u32(source, at);
  return at === undefined || offset === undefined || offset === 0 ? undefined : at + offset;
};

/** A vector's elements: bytes, the units of a string, or the offsets of tables. */
const vector = (source: Source, table: number, index: number): { readonly at: number; readonly length: number } | undefined => {
  const at = follow(source, fieldOf(source, table, index));
  const length = at === undefined ? undefined : u32(source, at);
  return at === undefined || length === undefined ? undefined : { at: at + 4, length };
};

const string = (source: Source, table: number, index: number): string | undefined => {
  const found = vector(source, table, index);
  return found && textOf(source.slice(found.at, found.at + found.length));
};

const tableOf = (source: Source, root: number, list: number, index: number): number | undefined => {
  const tables = vector(source, root, list);
  return tables && index < tables.length ? follow(source, tables.at + index * 4) : undefined;
};

const hasIdentifier = (source: Source, at: number, identifier: string): boolean => textOf(source.slice(at + 4, at + 8)) === identifier;

/** The licence in the metadata that are kept in a buffer of their own, a flatbuffer within the flatbuffer. */
const statedIn = (source: Source, root: number): string | undefined => {
  const entries = vector(source, root, model.metadata);
  if ((entries?.length ?? 0) > limits.flatbufferEntries) source.hit.add(`more than ${limits.flatbufferEntries} entries of metadata`);
  for (let index = 0; index < Math.min(entries?.length ?? 0, limits.flatbufferEntries); index += 1) {
    const at = tableOf(source, root, model.metadata, index);
    if (at === undefined || string(source, at, entry.name) !== 'TFLITE_METADATA') continue;
    const number = fieldOf(source, at, entry.buffer);
    const buffer = tableOf(source, root, model.buffers, number === undefined ? 0 : (u32(source, number) ?? 0));
    const data = buffer === undefined ? undefined : vector(source, buffer, bufferData);
    const inner = data && hasIdentifier(source, data.at, 'M001') ? follow(source, data.at) : undefined;
    if (inner !== undefined) return string(source, inner, license);
  }
  return undefined;
};

/** A TensorFlow Lite model: the licence in its metadata. */
export const tfliteReader: Reader = {
  id: 'tflite',
  version: 1,
  matches: (_path, name) => name.endsWith('.tflite'),
  wants: 'bytes',
  maximum: limits.weightsHeadBytes,
  partial: true,
  tail: limits.weightsTailBytes,
  read: ({ path, bytes, tail, size }, knowledge): Reading => {
    const source = sourceOf({ bytes, size, ...(tail ? { tail } : {}) });
    const root = hasIdentifier(source, 0, 'TFL3') ? follow(source, 0) : undefined;
    if (root === undefined) return unlike(bytes, 'no TensorFlow Lite model');
    const value = statedIn(source, root);
    return withLimits(
      source,
      readPacked('tflite', path, knowledge, 'TFL3', value === undefined ? {} : { licences: [{ key: 'TFLITE_METADATA.license', value }] }),
    );
  },
};
