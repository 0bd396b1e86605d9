import { limits } from '../../text/limits.ts';
import type { Reader, Reading } from '../types.ts';
import { readPacked, unlike, withLimits } from './facts.ts';
import type { Said } from './facts.ts';
import { fieldAt, fieldsOf } from './protobuf.ts';
import { sourceOf, textOf } from './source.ts';

/** Fields of ModelProto. The graph stands before the metadata, so these are mostly at the end of the file. */
const irVersion = 1;
const graph = 7;
const metadataProps = 14;

const licenceKey = /^(?:model[ _.-]?)?licen[cs]e$/i;
const baseKey = /^(?:base[ _.-]?model|source[ _.-]?model|hf[ _.-]?model[ _.-]?id)$/i;

/** Metadata of an ONNX model: what exporters write of its licence and of what it was exported from. */
export const onnxReader: Reader = {
  id: 'onnx',
  version: 1,
  matches: (_path, name) => name.endsWith('.onnx'),
  wants: 'bytes',
  maximum: limits.weightsHeadBytes,
  partial: true,
  tail: limits.weightsTailBytes,
  read: ({ path, bytes, tail, size }, knowledge): Reading => {
    const source = sourceOf({ bytes, size, ...(tail ? { tail } : {}) });
    const licences: Said[] = [];
    const bases: Said[] = [];
    let model = false;
    let first = true;
    for (const field of fieldsOf(source, 0, size)) {
      if (first && (field.number !== irVersion || field.lengthy)) break;
      first = false;
      if (field.number === graph && field.lengthy) model = true;
      if (field.number !== metadataProps || !field.lengthy) continue;
      const [key, value] = [1, 2].map((number) => {
        const part = fieldAt(source, field, number);
        return part && textOf(source.slice(part.from, part.to));
      });
      if (key === undefined || value === undefined) continue;
      if (licenceKey.test(key)) licences.push({ key, value });
      else if (baseKey.test(key)) bases.push({ key, value });
    }
    return withLimits(source, model ? readPacked('onnx', path, knowledge, 'graph', { licences, bases }) : unlike(bytes, 'no ONNX model'));
  },
};
