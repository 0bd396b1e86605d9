import type { Span } from '../../text/span.ts';
import type { Argument, Call, PythonFile, Range } from './model.ts';
import { enclosing, isEvaluating } from './outputs.ts';
import { flagAt, flagName } from './remote-code.ts';
import { argumentOf, resolveArgument } from './resolve.ts';

/** Arguments by which calls take what they load, whatever they are called. */
const idKeywords = ['pretrained_model_name_or_path', 'model_name_or_path', 'model_name', 'model_path', 'model', 'model_id', 'name', 'repo_id', 'tokenizer'];

/** What speaks of the flag without loading anything, and data sets, most of which hold no program. */
const other = /^(?:load_dataset\w*|get_dataset\w*|add_argument|option|Option|field|Field|dict|update|print|replace|get|pop|setdefault|assert\w*|parametrize)$/;

const spanOf = ({ tokens }: PythonFile, { from, to }: Range): Span | undefined => {
  const [first, last] = [tokens[from], tokens[to - 1]];
  return first && last ? { start: first.start, end: last.end } : undefined;
};

const isWord = ({ tokens }: PythonFile, range: Range | undefined, word: string): boolean => range !== undefined && tokens[range.from]?.text === word;

/** Which repository it is nobody can tell: neither an id nor a folder stands there. */
const isOpen = (file: PythonFile, call: Call): boolean => {
  const given = argumentOf(call, call.name === 'pipeline' ? 1 : 0, ...idKeywords);
  if (!given) return false;
  const literal = resolveArgument(file, call, given);
  return literal === undefined || (!literal.whole && !/^[./~]/.test(literal.value));
};

const isPinned = (file: PythonFile, call: Call): boolean => {
  const given = argumentOf(call, -1, 'revision', 'code_revision', 'commit_hash');
  return given !== undefined && !isWord(file, given.value, 'None');
};

/** `trust_remote_code=trust_remote_code`: some call is given what stands in a name. */
const isHandedOn = (file: PythonFile, { value }: Argument): boolean => !isWord(file, value, 'True') && !isWord(file, value, 'False');

/** `trust_remote_code: bool = True` of functions and classes, where a call of the file is given it. */
const defaultsOf = (file: PythonFile): readonly Span[] => {
  if (!file.calls.some((call) => call.args.some((argument) => argument.keyword === flagName && isHandedOn(file, argument)))) return [];
  const parameters = file.scopes.flatMap((scope) =>
    isEvaluating('', scope.name) ? [] : scope.parameters.flatMap(({ name, value }) => (name === flagName && value ? [value] : [])),
  );
  const fields = (file.assignmentsOf.get(flagName) ?? []).flatMap(({ scope, value }): Range[] => {
    if (file.scopes[scope]?.kind !== 'class') return [];
    const made = /^[Ff]ield$/.test(file.tokens[value.from]?.text ?? '') ? file.callAt.get(file.partner[value.from + 1] ?? -1) : undefined;
    return [made ? (argumentOf(made, -1, 'default')?.value ?? value) : value];
  });
  return [...parameters, ...fields].flatMap((value) => (isWord(file, value, 'True') ? (spanOf(file, { from: value.from, to: value.from + 1 }) ?? []) : []));
};

/** Places that let code of whichever repository is given run, at no fixed revision. `told`: calls whose repository is known. */
export const findCodeFlags = (file: PythonFile, told: ReadonlySet<Call>): readonly Span[] => {
  const calls = file.calls.flatMap((call) => {
    if (told.has(call) || other.test(call.name)) return [];
    const at = flagAt(file, call);
    return at && isOpen(file, call) && !isPinned(file, call) && !isEvaluating('', enclosing(file, call)) ? [at] : [];
  });
  // One flag in a dictionary is that of each call around it.
  const spans = new Map([...defaultsOf(file), ...calls].map((span) => [span.start, span]));
  return [...spans.values()].toSorted((a, b) => a.start - b.start);
};
