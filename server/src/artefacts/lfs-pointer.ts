import { limits } from '../text/limits.ts';
import { factIds } from './hub-id.ts';
import { isBinaryName } from './weights-names.ts';
import type { Reader, Reading } from './types.ts';

const head = 'version https://git-lfs.github.com/spec/';
const nothing: Reading = { facts: [], anchors: {}, problems: [] };

/** The stand-in that Git LFS keeps for a large file: lines `version`, `oid sha256:...`, `size`. It says which content belongs there. */
export const lfsPointerReader: Reader = {
  id: 'lfs-pointer',
  version: 1,
  matches: (_path, name) => isBinaryName(name),
  wants: 'bytes',
  maximum: limits.pointerBytes,
  partial: true,
  read: ({ path, bytes, size }): Reading => {
    if (size > limits.pointerBytes || bytes.length < head.length || bytes[0] !== head.charCodeAt(0)) return nothing;
    const text = new TextDecoder().decode(bytes);
    if (!text.startsWith(head)) return nothing;
    const digest = /^oid sha256:([0-9a-f]{64})\r?$/m.exec(text)?.[1];
    if (digest === undefined) return { ...nothing, problems: [{ message: 'a stand-in of Git LFS without an id', span: null, limit: false }] };
    const id = factIds('lfs-pointer')('digest', digest);
    return {
      facts: [{ kind: 'digest', id, files: [path], algorithm: 'sha256', digest, via: 'pointer' }],
      anchors: { [id]: { span: { start: 0, end: 0 }, key: 'oid' } },
      problems: [],
    };
  },
};
