import { asString, get } from '../../text/data.ts';
import { readJson } from '../../text/json.ts';
import { limits } from '../../text/limits.ts';
import type { Reader, Reading } from '../types.ts';
import { zipMembers } from './archive.ts';
import { readPacked, unlike, withLimits } from './facts.ts';
import { sourceOf } from './source.ts';

/** A model saved by Keras 3: an archive with metadata.json, config.json and weights. The format has no place for a licence or a base. */
export const kerasReader: Reader = {
  id: 'keras',
  version: 1,
  matches: (_path, name) => name.endsWith('.keras'),
  wants: 'bytes',
  maximum: limits.weightsHeadBytes,
  partial: true,
  tail: limits.weightsTailBytes,
  read: ({ path, bytes, tail, size }, knowledge): Reading => {
    const source = sourceOf({ bytes, size, ...(tail ? { tail } : {}) });
    const members = zipMembers(source);
    const metadata = members?.find((member) => member.name === 'metadata.json')?.content();
    const { root } = readJson(metadata ? new TextDecoder().decode(metadata) : '');
    if (asString(get(root, 'keras_version')) === undefined) return withLimits(source, unlike(bytes, 'no model of Keras'));
    return readPacked('keras', path, knowledge, 'metadata.json', {});
  },
};
