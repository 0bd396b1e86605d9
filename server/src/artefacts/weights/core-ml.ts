import { limits } from '../../text/limits.ts';
import type { Reader, Reading } from '../types.ts';
import { readPacked, unlike, withLimits } from './facts.ts';
import { fieldAt, fieldsOf } from './protobuf.ts';
import { sourceOf, textOf } from './source.ts';

/** Fields of Model, ModelDescription and Metadata. The description stands at the head of the file. */
const specificationVersion = 1;
const description = 2;
const metadata = 100;
const license = 4;

/** A Core ML model, alone or in a package: the licence that its description states. */
export const coreMlReader: Reader = {
  id: 'core-ml',
  version: 1,
  matches: (_path, name) => name.endsWith('.mlmodel'),
  wants: 'bytes',
  maximum: limits.weightsHeadBytes,
  partial: true,
  read: ({ path, bytes, size }, knowledge): Reading => {
    const source = sourceOf({ bytes, size });
    const [first] = fieldsOf(source, 0, size);
    const described = first?.number === specificationVersion && !first.lengthy ? fieldAt(source, { from: 0, to: size }, description) : undefined;
    if (!described) return withLimits(source, unlike(bytes, 'no Core ML model'));
    const found = fieldAt(source, fieldAt(source, described, metadata), license);
    const value = found && textOf(source.slice(found.from, found.to));
    return withLimits(
      source,
      readPacked('core-ml', path, knowledge, 'description', value === undefined ? {} : { licences: [{ key: 'description.metadata.license', value }] }),
    );
  },
};
