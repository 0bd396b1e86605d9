import { limits } from '../text/limits.ts';
import { endingFinder } from '../text/near-signs.ts';
import { moreThan } from './draft.ts';
import { factIds } from './hub-id.ts';
import { isWeightsName, weightsEndings } from './weights-names.ts';
import type { Reader, Reading } from './types.ts';

const documents = /\.(?:md|markdown|mdx|rst)$|^readme(?:\.txt)?$/;
/** Most documents speak of no weights: a cheap search before names are. */
const mayName = endingFinder(weightsEndings);
/** Linear whatever the text: an ending is looked for only behind a dot. */
const name = /[\w+-][\w.+-]{0,119}\.[A-Za-z]\w{1,11}\b/g;

/** Documents that speak of files of weights: whoever finds such a file can read there what it is. */
export const namedFilesReader: Reader = {
  id: 'named-files',
  version: 1,
  matches: (_path, file) => documents.test(file),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ text }): Reading => {
    const files = new Set<string>();
    let more = false;
    if (!mayName(text)) return { facts: [], anchors: {}, problems: [] };
    for (const [word] of text.matchAll(name)) {
      if (!isWeightsName(word) || files.has(word.toLowerCase())) continue;
      more = files.size >= limits.namedFiles;
      if (more) break;
      files.add(word.toLowerCase());
    }
    if (files.size === 0) return { facts: [], anchors: {}, problems: [] };
    const id = factIds('named-files')('named-files', 'document');
    return {
      facts: [{ kind: 'named-files', id, files: [...files] }],
      anchors: { [id]: { span: { start: 0, end: 0 } } },
      problems: more ? [moreThan(limits.namedFiles, 'names of files')] : [],
    };
  },
};
