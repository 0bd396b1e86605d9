import type { Span } from '../../text/span.ts';
import { menusOf } from './branches.ts';
import type { Branch } from './branches.ts';
import type { Call, PythonFile, Range } from './model.ts';
import type { Token } from './tokens.ts';

/** Calls that make an option of a command line, or a field that one is made of. */
const options = new Set(['add_argument', 'option', 'Option', 'DEFINE_string', 'field', 'Field']);

const defaultOf = (call: Call): Range | undefined =>
  call.args.find((argument) => argument.keyword === 'default')?.value ??
  (call.name === 'DEFINE_string' ? call.args[1]?.value : call.name === 'Option' && call.args[0]?.keyword === null ? call.args[0].value : undefined);

/** What tries a module out keeps nothing, serves nothing and asks for no options. */
const isForReal =
  /^(?:parse_\w*args\w*|ArgumentParser|Fire|App|main|run\w*|train\w*|fit|serve|launch|start\w*|save\w*|push_to_hub|upload\w*|dump\w*|write\w*|to_(?:csv|json|parquet)|export\w*)$/;

/** `if __name__ == "__main__":` at the end of a file that others take a class from: a try of it. */
const trialOf = (file: PythonFile): Span | undefined => {
  if (!file.scopes.some((scope) => scope.kind === 'class' && scope.parent === 0)) return undefined;
  const at = file.heads.find((index) => {
    const { column, text } = file.tokens[index] as Token;
    return column === 0 && text === 'if' && file.tokens[index + 1]?.text === '__name__' && file.tokens[index + 3]?.text === '__main__';
  });
  const [first, last] = [file.tokens[at ?? -1], file.tokens.at(-1)];
  if (at === undefined || !first || !last) return undefined;
  return file.calls.some((call) => call.nameToken > at && isForReal.test(call.name)) ? undefined : { start: first.start, end: last.end };
};

/** Defaults of parameters, where nothing in the file calls the function: whoever does may give something else. */
const parametersOf = (file: PythonFile): readonly Range[] => {
  const out: Range[] = [];
  for (const scope of file.scopes) {
    const called = scope.name === '__init__' ? (file.scopes[scope.parent]?.name ?? '') : scope.name;
    if (scope.kind === 'def' && !file.callsOf.has(called)) for (const { value } of scope.parameters) if (value) out.push(value);
  }
  return out;
};

/** `model: str = "..."` in a class that nothing in the file makes: a field of settings, which whoever makes them may give. */
const fieldsOf = (file: PythonFile): readonly Range[] =>
  file.assignments.flatMap(({ scope, at, value }) => {
    const owner = file.scopes[scope];
    if (owner?.kind !== 'class' || file.tokens[at + 1]?.text !== ':' || (file.callsOf.get(owner.name) ?? []).length > 0) return [];
    const annotation = file.tokens.slice(at + 2, value.from);
    return annotation.some(({ text }) => text === 'ClassVar' || text === 'Final') ? [] : [value];
  });

/** `DEFAULT = "..."` at the top of a file that reads it in such places alone. */
const constantsOf = (file: PythonFile, places: readonly Range[]): readonly Range[] => {
  const names = new Map<string, number>();
  for (const { from, to } of places) {
    const text = to === from + 1 ? file.tokens[from]?.text : undefined;
    if (text !== undefined && /^[A-Za-z_]\w*$/.test(text)) names.set(text, (names.get(text) ?? 0) + 1);
  }
  if (names.size === 0) return [];
  const used = new Map<string, number>();
  for (const { text } of file.tokens) if (names.has(text)) used.set(text, (used.get(text) ?? 0) + 1);
  return file.assignments.flatMap(({ name, scope, value }) => (scope === 0 && names.get(name) === (used.get(name) ?? 0) - 1 ? [value] : []));
};

/** A script from top to bottom that asks a model for something, shows what it says, and keeps nothing. */
const showOf = (file: PythonFile): Span | undefined => {
  if (file.scopes.length > 1 || !file.calls.some(({ name }) => name === 'generate') || !file.calls.some(({ name }) => name === 'print')) return undefined;
  if (file.calls.some(({ name }) => isForReal.test(name) || name === 'input')) return undefined;
  if (file.tokens.some(({ text }) => text === 'argv')) return undefined;
  const [first, last] = [file.tokens[0], file.tokens.at(-1)];
  return first && last ? { start: first.start, end: last.end } : undefined;
};

/** The options that calls make with a default, as attributes of what holds them: `model_name` of `--model-name`. */
const optionsWithDefault = (file: PythonFile): ReadonlySet<string> =>
  new Set(
    file.calls.flatMap((call) => {
      if (!options.has(call.name) || defaultOf(call) === undefined) return [];
      return call.args.flatMap(({ keyword, value }) => {
        const token = file.tokens[value.from];
        return (keyword === null || keyword === 'dest') && token?.kind === 'string' ? [token.text.replace(/^-+/, '').replaceAll('-', '_')] : [];
      });
    }),
  );

/** `f"acme/{args.model}"`: put together with what an option says. */
const filledByOptions = (file: PythonFile): readonly Span[] => {
  const names = optionsWithDefault(file);
  if (names.size === 0) return [];
  return file.strings.flatMap((at) => {
    const token = file.tokens[at] as Token;
    if (token.holes === null || token.holes.length > 400) return [];
    const filled = [...token.holes.matchAll(/\{[A-Za-z_]\w{0,60}\.([A-Za-z_]\w{0,60})\}/g)].some(([, name = '']) => names.has(name));
    return filled ? [{ start: token.start, end: token.end }] : [];
  });
};

/** Where texts stand that hold only as long as nobody says otherwise: defaults of options and parameters, what is put together with such, ways of a menu, and what a module tries itself out with or only shows. */
export const presetsOf = (file: PythonFile, branches: readonly Branch[]): readonly Span[] => {
  const out: Span[] = [];
  const defaults = file.calls.flatMap((call) => (options.has(call.name) ? (defaultOf(call) ?? []) : []));
  const places = [...defaults, ...parametersOf(file), ...fieldsOf(file)];
  for (const { from, to } of [...places, ...constantsOf(file, places)]) {
    const [first, last] = [file.tokens[from], file.tokens[to - 1]];
    if (first && last) out.push({ start: first.start, end: last.end });
  }
  const trial = trialOf(file) ?? showOf(file);
  return [...out, ...filledByOptions(file), ...menusOf(file, branches), ...(trial ? [trial] : [])];
};
