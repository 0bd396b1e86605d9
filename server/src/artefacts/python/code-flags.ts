import type { Span } from '../../text/span.ts';
import { hubReference } from '../hub-id.ts';
import type { Literal } from './look.ts';
import type { Call, PythonFile, Range } from './model.ts';
import { enclosing, symbolsAt } from './outputs.ts';
import { flagAt, flagName } from './remote-code.ts';
import { argumentOf, resolveArgument } from './resolve.ts';

/** Arguments by which calls take what they load, whatever they are called. */
export const idKeywords = [
  'pretrained_model_name_or_path',
  'model_name_or_path',
  'model_name',
  'model_path',
  'model',
  'model_id',
  'name',
  'repo_id',
  'tokenizer',
];

/** What speaks of the flag without loading anything, and data sets, most of which hold no program. */
const other = /^(?:load_dataset\w*|get_dataset\w*|add_argument|option|Option|field|Field|dict|update|print|replace|get|pop|setdefault|assert\w*|parametrize)$/;
export const isNoLoad = ({ name }: Call): boolean => other.test(name);

/** Functions that try out the program itself. */
const isTrial = (symbols: string): boolean => /(?:^|[_ ])(?:tests?|mocks?)(?:$|[_ ])/i.test(symbols);

const spanOf = ({ tokens }: PythonFile, { from, to }: Range): Span | undefined => {
  const [first, last] = [tokens[from], tokens[to - 1]];
  return first && last ? { start: first.start, end: last.end } : undefined;
};

const isWord = ({ tokens }: PythonFile, range: Range | undefined, word: string): boolean => range !== undefined && tokens[range.from]?.text === word;

/** A folder, or a name of something else, that holds only as long as nobody says otherwise, or that a trial gives: others give an id. */
const isForNow = (file: PythonFile, { value, span }: Literal, presets: readonly Span[]): boolean => {
  if (hubReference(value)) return false;
  if (presets.some(({ start, end }) => start <= span.start && span.end <= end)) return true;
  const at = file.tokens.findIndex(({ innerStart }) => innerStart === span.start);
  return at >= 0 && isTrial(symbolsAt(file, at));
};

/** Which repository it is nobody can tell: neither an id nor a folder stands there. */
const isOpen = (file: PythonFile, call: Call, presets: readonly Span[]): boolean => {
  const given = argumentOf(call, call.name === 'pipeline' ? 1 : 0, ...idKeywords);
  if (!given) return false;
  const literal = resolveArgument(file, call, given);
  if (literal === undefined) return true;
  return literal.whole ? isForNow(file, literal, presets) : !/^[./~]/.test(literal.value);
};

/** Branches that follow whatever is pushed. */
const moving = /^(?:main|master|HEAD)$/;

const isPinned = (file: PythonFile, call: Call): boolean => {
  const given = argumentOf(call, -1, 'revision', 'code_revision', 'commit_hash');
  if (given === undefined || isWord(file, given.value, 'None')) return false;
  const token = given.value.to - given.value.from === 1 ? file.tokens[given.value.from] : undefined;
  return token?.kind !== 'string' || !moving.test(token.text);
};

const isOp = ({ tokens }: PythonFile, at: number, text: string): boolean => tokens[at]?.kind === 'operator' && tokens[at].text === text;
const isKey = ({ tokens }: PythonFile, at: number, key: string): boolean => tokens[at]?.kind === 'string' && tokens[at].text === key;

/** Flags of one file that are looked at as keys. */
const mostKeys = 200;

const flagKeys = ({ tokens, strings }: PythonFile): readonly number[] => strings.filter((at) => tokens[at]?.text === flagName).slice(0, mostKeys);

/** `trust_remote_code=trust_remote_code`: some call is given what stands in a name. */
const isHandedOn = (file: PythonFile, value: Range): boolean => !isWord(file, value, 'True') && !isWord(file, value, 'False');

/** `{"trust_remote_code": args.trust_remote_code}`: the same by options that are collected for a call. */
const isCollected = (file: PythonFile): boolean =>
  flagKeys(file).some((at) => {
    const given = file.tokens[at + 2];
    return isOp(file, at + 1, ':') && given?.kind === 'name' && given.text !== 'None' && isHandedOn(file, { from: at + 2, to: at + 3 });
  });

/** `trust_remote_code: bool = True` of functions and classes, where a call of the file is given it. */
const defaultsOf = (file: PythonFile): readonly Span[] => {
  const isGiven = file.calls.some((call) => call.args.some((argument) => argument.keyword === flagName && isHandedOn(file, argument.value)));
  if (!isGiven && !isCollected(file)) return [];
  const parameters = file.scopes.flatMap((scope) =>
    isTrial(scope.name) ? [] : scope.parameters.flatMap(({ name, value }) => (name === flagName && value ? [value] : [])),
  );
  // A field that a call makes is told at its name: what holds for it may stand lines below.
  const fields = (file.assignmentsOf.get(flagName) ?? []).flatMap(({ scope, at, value }): Range[] => {
    if (file.scopes[scope]?.kind !== 'class') return [];
    const made = /^[Ff]ield$/.test(file.tokens[value.from]?.text ?? '') ? file.callAt.get(file.partner[value.from + 1] ?? -1) : undefined;
    if (!isWord(file, made ? (argumentOf(made, -1, 'default')?.value ?? value) : value, 'True')) return [];
    return [made ? { from: at, to: at + 1 } : value];
  });
  return [...parameters.filter((value) => isWord(file, value, 'True')), ...fields].flatMap(({ from }) => spanOf(file, { from, to: from + 1 }) ?? []);
};

/** The bracket around a token that opens last. */
const openBefore = (file: PythonFile, at: number): number => {
  for (let i = at - 1; i >= 0; i -= 1) {
    const to = file.partner[i] ?? -1;
    if (to > at) return i;
    if (to >= 0 && to < i) i = to;
  }
  return -1;
};

/** Options that are collected for a call elsewhere, and what is only said or compared. */
const collecting = /^(?:dict|update|setdefault)$/;

/** `{"trust_remote_code": True}` that no call is known to take its repository beside. `told`: calls whose repository is known. */
const inDictionaries = (file: PythonFile, keys: readonly number[], told: ReadonlySet<Call>): readonly Span[] => {
  const callAround = (at: number): Call | undefined => {
    for (let open = openBefore(file, at); open >= 0; open = openBefore(file, open)) {
      const call = file.callAt.get(file.partner[open] ?? -1);
      if (call) return call;
    }
    return undefined;
  };
  return keys.flatMap((at) => {
    if (!isOp(file, at + 1, ':') || !isWord(file, { from: at + 2, to: at + 3 }, 'True')) return [];
    const open = openBefore(file, at);
    const close = file.partner[open] ?? -1;
    if (!isOp(file, open, '{') || isTrial(symbolsAt(file, at))) return [];
    for (let i = open + 1; i < close; i += 1) if (isKey(file, i, 'revision') && !isWord(file, { from: i + 2, to: i + 3 }, 'None')) return [];
    const call = callAround(open);
    if (call && !collecting.test(call.name) && (told.has(call) || other.test(call.name) || isPinned(file, call))) return [];
    return spanOf(file, { from: at, to: at + 3 }) ?? [];
  });
};

/** `dict(model=name, trust_remote_code=True)`: the same without a brace. */
const inCollections = (file: PythonFile): readonly Span[] =>
  ['dict', 'update'].flatMap((name) =>
    (file.callsOf.get(name) ?? []).flatMap((call) => {
      const argument = call.args.find(({ keyword }) => keyword === flagName);
      if (!argument || !isWord(file, argument.value, 'True') || isPinned(file, call) || isTrial(enclosing(file, call))) return [];
      return spanOf(file, { from: argument.value.from - 2, to: argument.value.to }) ?? [];
    }),
  );

/** `options["trust_remote_code"] = True`, unless the same options are given a revision. */
const inAssignments = (file: PythonFile, keys: readonly number[]): readonly Span[] => {
  if (keys.length === 0) return [];
  const isSet = (at: number, key: string): boolean => isKey(file, at, key) && isOp(file, at - 1, '[') && isOp(file, at + 1, ']') && isOp(file, at + 2, '=');
  const pinned = new Set(file.strings.flatMap((at) => (isSet(at, 'revision') ? [file.tokens[at - 2]?.text] : [])));
  return keys.flatMap((at) => {
    if (!isSet(at, flagName) || !isWord(file, { from: at + 3, to: at + 4 }, 'True')) return [];
    return pinned.has(file.tokens[at - 2]?.text) || isTrial(symbolsAt(file, at)) ? [] : (spanOf(file, { from: at, to: at + 4 }) ?? []);
  });
};

/** `LoaderFlags(trust_remote_code=True)`: what is made to be handed on names no repository. */
const holder = /^[A-Z]\w*(?:Flags|Options|Config|Configuration|Args|Arguments|Settings|Params|Parameters|Kwargs|Properties)$/;

const isHolder = (call: Call): boolean =>
  holder.test(call.name) && argumentOf(call, -1, ...idKeywords) === undefined && call.args.every(({ keyword }) => keyword !== null);

/** Places that let code of whichever repository is given run, at no fixed revision. `told`: calls whose repository is known; `presets`: what holds until somebody says otherwise. */
export const findCodeFlags = (file: PythonFile, told: ReadonlySet<Call>, presets: readonly Span[]): readonly Span[] => {
  const calls = file.calls.flatMap((call) => {
    if (told.has(call) || isNoLoad(call)) return [];
    const at = flagAt(file, call);
    return at && (isOpen(file, call, presets) || isHolder(call)) && !isPinned(file, call) && !isTrial(enclosing(file, call)) ? [at] : [];
  });
  const keys = flagKeys(file);
  // One flag in a dictionary is that of each call around it.
  const spans = new Map(
    [...defaultsOf(file), ...calls, ...inDictionaries(file, keys, told), ...inCollections(file), ...inAssignments(file, keys)].map((span) => [
      span.start,
      span,
    ]),
  );
  return [...spans.values()].toSorted((a, b) => a.start - b.start);
};
