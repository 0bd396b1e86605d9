import { hubReference, modelWork } from '../hub-id.ts';
import type { Loaded } from './calls.ts';
import type { Call, PythonFile } from './model.ts';
import { resolveArgument } from './resolve.ts';

/** Keywords under which a record of a table keeps the repository that is to be fetched. */
const recordKeywords = new Set(['repo_id', 'hf_repo', 'hf_repo_id', 'hub_id', 'hf_id', 'model_id', 'hf_model_id', 'pretrained_model_name_or_path']);

/** Entries of one table that are looked at: a longer one is a catalogue, and nobody chose all of it. */
const longestTable = 24;

const isFetch = (call: Call): boolean => call.name === 'hf_hub_download' || call.name === 'snapshot_download' || call.name === 'from_pretrained';

/** `x.repo_id` or `table[name].repo_id` given to some call of the file: the field reaches what fetches. */
const givenOn = (file: PythonFile, keyword: string): boolean =>
  file.calls.some((call) =>
    call.args.some(({ value }) => value.to - value.from >= 3 && file.tokens[value.to - 1]?.text === keyword && file.tokens[value.to - 2]?.text === '.'),
  );

/**
 * A table of records, `Spec(repo_id="org/name", ...)`, of a class of the same file, whose field the file hands to a call that fetches:
 * each entry is a load that the user picks by a name.
 */
export const findRegistered = (file: PythonFile): readonly Loaded[] => {
  if (!file.calls.some(isFetch)) return [];
  const classes = new Set(file.scopes.filter((scope) => scope.kind === 'class').map((scope) => scope.name));
  const reaching = new Set([...recordKeywords].filter((keyword) => givenOn(file, keyword)));
  const out: Loaded[] = [];
  for (const call of file.calls) {
    if (!classes.has(call.callee) || call.args.length > 60) continue;
    for (const argument of call.args) {
      if (argument.keyword === null || !reaching.has(argument.keyword)) continue;
      const literal = resolveArgument(file, call, argument);
      const reference = literal?.whole ? hubReference(literal.value) : undefined;
      if (!literal || !reference || reference.type === 'dataset') continue;
      out.push({
        to: modelWork(reference.id),
        type: 'loads',
        via: argument.keyword,
        span: literal.span,
        revision: reference.revision,
        pinnable: false,
        remoteCode: false,
        insertAt: 0,
        call,
      });
    }
  }
  return out.length > longestTable ? [] : out;
};
