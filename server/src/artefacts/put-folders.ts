import { limits } from '../text/limits.ts';
import { moreThan, nothingRead } from './draft.ts';
import { factIds } from './hub-id.ts';
import type { Reader, Reading } from './types.ts';

/** A folder that a download or a link puts beside what runs. One that is named like the repository itself, `owner/name`, tells nothing. */
const put = /(?:--local[-_]dir[= ]|\blocal_dir ?= ?|\bln -s[fn]{0,2} [^\s]{1,200} )["'\\]{0,2}(?:\.\/)?([A-Za-z0-9][\w.-]{1,94})\/?["'\\]{0,2}(?=[\s,)]|$)/g;

/** Folders that scripts and documents put somewhere: an id that begins with the name of one is a path. */
export const putFoldersReader: Reader = {
  id: 'put-folders',
  version: 1,
  matches: (_path, name) => /\.(?:md|markdown|sh|bash|py)$/.test(name),
  wants: 'text',
  words: () => ({ needles: ['local_dir', 'local-dir', 'ln -s'] }),
  maximum: limits.textBytes,
  partial: true,
  read: ({ text, worded }): Reading => {
    if (worded === false) return nothingRead;
    const names = new Set<string>();
    for (const match of text.matchAll(put)) if (match[1] !== undefined && names.size <= limits.namedFiles) names.add(match[1]);
    if (names.size === 0) return nothingRead;
    const id = factIds('put-folders')('put-folders', 'file');
    return {
      facts: [{ kind: 'put-folders', id, names: [...names].slice(0, limits.namedFiles) }],
      anchors: { [id]: { span: { start: 0, end: 0 } } },
      problems: names.size > limits.namedFiles ? [moreThan(limits.namedFiles, 'folders')] : [],
    };
  },
};
