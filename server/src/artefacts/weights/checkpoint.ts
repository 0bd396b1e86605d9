import { limits } from '../../text/limits.ts';
import { nothingRead } from '../draft.ts';
import type { Reader, Reading } from '../types.ts';
import { isWeightsName } from '../weights-names.ts';
import { zipMembers } from './archive.ts';
import { readPacked, withLimits } from './facts.ts';
import { sourceOf } from './source.ts';

/** How a pickle of the second protocol begins, and the number that older checkpoints begin with. */
const legacy = [0x80, 0x02, 0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

/**
 * A PyTorch checkpoint: that it is one, by the names in its archive or its first bytes. What is in it is a program for a stack machine:
 * it is never run, and not looked at.
 */
export const checkpointReader: Reader = {
  id: 'checkpoint',
  version: 1,
  matches: (path, name) => /\.(?:pt|pth|ckpt|bin)$/.test(name) && isWeightsName(path),
  wants: 'bytes',
  maximum: limits.checkpointHeadBytes,
  partial: true,
  tail: limits.weightsTailBytes,
  read: ({ path, bytes, tail, size }, knowledge): Reading => {
    if (legacy.every((byte, at) => bytes[at] === byte)) return readPacked('checkpoint', path, knowledge, 'pickle', {});
    if (bytes[0] !== 0x50 || bytes[1] !== 0x4b) return nothingRead;
    const source = sourceOf({ bytes, size, ...(tail ? { tail } : {}) });
    const names = (zipMembers(source) ?? []).map((member) => member.name);
    const pickled = names.find((name) => /^[^/]+\/data\.pkl$/.test(name));
    return pickled === undefined ? withLimits(source, nothingRead) : readPacked('checkpoint', path, knowledge, pickled, {});
  },
};
