import { hubReference, modelWork } from '../hub-id.ts';
import { communityCode, setElsewhere, withoutWeights } from '../via.ts';
import type { Loaded } from './calls.ts';
import { idKeywords, isNoLoad } from './code-flags.ts';
import type { Call, PythonFile } from './model.ts';
import { flagAt } from './remote-code.ts';
import { argumentOf, resolveArgument } from './resolve.ts';

/** What describes a model, or keeps options for it: something else loads it, if anything does. */
const describing = /(?:Config|Args|Arguments|Spec|Meta|Info|Card|Settings|Params|Options|Entry|Record|Row)$|^(?:partial|dict|register\w*|namedtuple)$/;

/** What takes the words or settings of a model alone. */
const beside = /tokenizer|processor|config/i;

/** Models of one file that are told so: a longer list is a catalogue, and nobody chose all of it. */
const longestList = 6;

const isWord = (file: PythonFile, at: number, word: string): boolean => file.tokens[at]?.kind === 'name' && file.tokens[at].text === word;

/** The revision that a call is given under a keyword: null where it gives none. */
const revisionOf = (file: PythonFile, call: Call, ...keywords: readonly string[]): string | null => {
  const given = argumentOf(call, -1, ...keywords);
  if (!given || isWord(file, given.value.from, 'None')) return null;
  const literal = resolveArgument(file, call, given);
  return literal?.whole ? literal.value : setElsewhere;
};

/** `Encoder("owner/name", trust_remote_code=True)`: whatever the class is called, it loads that model, and lets its code run. `told`: calls of known loaders. */
export const findGivenCode = (file: PythonFile, told: ReadonlySet<Call>): readonly Loaded[] => {
  const out = file.calls.flatMap((call): Loaded[] => {
    if (told.has(call) || isNoLoad(call) || describing.test(call.name) || /data/i.test(call.callee) || flagAt(file, call) === undefined) return [];
    const literal = resolveArgument(file, call, argumentOf(call, 0, ...idKeywords));
    const reference = literal?.whole ? hubReference(literal.value) : undefined;
    if (!literal || !reference || reference.type === 'dataset') return [];
    const revision = revisionOf(file, call, 'revision', 'code_revision', 'commit_hash') ?? reference.revision;
    const { span } = literal;
    const via = beside.test(call.name) ? withoutWeights : call.name;
    return [{ to: modelWork(reference.id), type: 'loads', via, span, revision, pinnable: false, remoteCode: true, insertAt: null, call }];
  });
  return new Set(out.map(({ to }) => to)).size > longestList ? [] : out;
};

/** `from_pretrained("a/b", custom_pipeline="owner/name")`: the program of another repository of the hub, which runs without any flag. */
export const findCommunityCode = (file: PythonFile): readonly Loaded[] =>
  (file.callsOf.get('from_pretrained') ?? []).flatMap((call): Loaded[] => {
    const literal = resolveArgument(file, call, argumentOf(call, -1, 'custom_pipeline'));
    const reference = literal?.whole ? hubReference(literal.value) : undefined;
    if (!literal || reference?.type !== null) return [];
    const revision = revisionOf(file, call, 'custom_revision') ?? reference.revision;
    const to = modelWork(reference.id);
    return [{ to, type: 'loads', via: communityCode, span: literal.span, revision, pinnable: false, remoteCode: true, insertAt: null, call }];
  });
