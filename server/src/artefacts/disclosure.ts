import { isDisclosureName } from '../knowledge/disclosures.ts';
import { limits } from '../text/limits.ts';
import type { Span } from '../text/span.ts';
import { wordsOf } from '../text/words.ts';
import { limitHit, moreThan, nothingRead } from './draft.ts';
import { datasetWork, factIds, hubReference } from './hub-id.ts';
import type { Anchor, Reader, Reading, WorkId } from './types.ts';

const mark = /<!--[ \t]{0,9}pedigree:[ \t]{0,9}disclosure[ \t]{1,9}([\w-]{1,60})[ \t]{0,9}-->/g;
/** An id in its own form, or a link to the hub: between backticks as a whole, since names of files have blanks. */
const named =
  /(?<=`)(?:service:|local:)[^`\n]{1,300}(?=`)|(?<![\w-])(?:pkg:[a-z]+\/|service:|local:|https?:\/\/(?:huggingface\.co|hf\.co)\/datasets\/)[^\s`"'<>()[\]|,;]{1,300}/g;

/** What stands in comments is said to nobody: blanks take its place. */
const withoutComments = (text: string): string => {
  let out = '';
  let at = 0;
  for (let open = text.indexOf('<!--'); open >= 0; open = text.indexOf('<!--', at)) {
    const close = text.indexOf('-->', open);
    const end = close < 0 ? text.length : close + 3;
    out += text.slice(at, open) + ' '.repeat(end - open);
    at = end;
  }
  return out + text.slice(at);
};

/** `pkg:...@revision`: which revision it was is told elsewhere. */
const workOf = (found: string): WorkId | undefined => {
  const hub = found.startsWith('http') ? hubReference(found) : undefined;
  if (found.startsWith('http')) return hub?.type === 'dataset' ? datasetWork(hub.id) : undefined;
  return found.startsWith('pkg:') ? found.replace(/@[^@/]*$/, '') : found;
};

/** What a disclosure of training data names: by ids and links, with their places, and in words. */
export const disclosureReader: Reader = {
  id: 'disclosure',
  version: 1,
  matches: (_path, name) => /\.(?:md|markdown)$/.test(name),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }): Reading => {
    const of = [...new Set([...text.matchAll(mark)].flatMap((found) => found[1] ?? []))];
    if (of.length === 0 && !isDisclosureName(path.slice(path.lastIndexOf('/') + 1).toLowerCase())) return nothingRead;
    const id = factIds('disclosure')('disclosure', 'document');
    const end = text.search(/[\r\n]/);
    const anchors: Record<string, Anchor> = { [id]: { span: { start: 0, end: end < 0 ? text.length : end } } };
    const works = new Set<WorkId>();
    let more = false;
    const said = withoutComments(text);
    for (const found of said.matchAll(named)) {
      // A dot or a colon at the end is the sentence's.
      const written = found[0].replace(/[.:*_]+$/, '');
      const work = workOf(written);
      if (work === undefined || works.has(work) || /[:/]$/.test(work)) continue;
      more = works.size >= limits.disclosureWorks;
      if (more) break;
      works.add(work);
      const span: Span = { start: found.index, end: found.index + written.length };
      anchors[`${id}#${work}`] = { span };
    }
    const problems = [
      ...(more ? [moreThan(limits.disclosureWorks, 'works')] : []),
      ...(said.length > limits.disclosureWords ? [limitHit(`words behind the first ${limits.disclosureWords / 1000} kB were not read`)] : []),
    ];
    return { facts: [{ kind: 'disclosure', id, of, works: [...works], words: wordsOf(said.slice(0, limits.disclosureWords)) }], anchors, problems };
  },
};
