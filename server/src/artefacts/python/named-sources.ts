import type { Knowledge } from '../../knowledge/types.ts';
import { datasetWork, hasDataTerms, hasModelTerms, hubReference } from '../hub-id.ts';
import type { Loaded } from './calls.ts';
import type { PythonFile } from './model.ts';
import { resolveArgument } from './resolve.ts';

/** Keywords under which builders of data sets take what they read, whatever the builder is called. */
const keywords = new Set([
  'source',
  'dataset',
  'dataset_name',
  'dataset_id',
  'dataset_path',
  'dataset_repo',
  'hf_dataset',
  'dataset_name_or_path',
  'train_dataset_name',
]);

/** The same with a word of somebody's own in front: only data whose terms are recorded, or what wrote them. What is measured on, and where to something goes, is no source. */
const ownKeyword = /^(?!eval|val|valid|test|bench|push|target|upload|output|dest|save).*_(?:dataset|repo)$/;

/** Ids of one file that are looked at: a longer list is a catalogue, and nobody chose all of it. */
const longestList = 12;

/**
 * `Builder(source="org/data")` and defaults that reach such a keyword. What the builder does is not seen, so the id has to be one that is
 * known as a data set, with its organisation.
 */
export const findNamedSources = (file: PythonFile, knowledge: Knowledge): readonly Loaded[] => {
  const out = new Map<string, Loaded>();
  for (const call of file.calls) {
    for (const argument of call.args) {
      const isOwn = argument.keyword !== null && ownKeyword.test(argument.keyword);
      if (argument.keyword === null || !(isOwn || keywords.has(argument.keyword))) continue;
      const literal = resolveArgument(file, call, argument);
      const reference = literal?.whole ? hubReference(literal.value) : undefined;
      if (!literal || !reference?.id.includes('/') || !knowledge.dataset(reference.id)) continue;
      if (isOwn && !keywords.has(argument.keyword) && (!hasDataTerms(reference.id, knowledge) || hasModelTerms(reference.id, knowledge))) continue;
      out.set(`${reference.id} ${literal.span.start}`, {
        to: datasetWork(reference.id),
        type: 'loads',
        via: argument.keyword,
        span: literal.span,
        revision: reference.revision,
        pinnable: false,
        remoteCode: false,
        insertAt: null,
        call,
      });
    }
  }
  return out.size > longestList ? [] : [...out.values()];
};
