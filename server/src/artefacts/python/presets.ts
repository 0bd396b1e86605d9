import type { Span } from '../../text/span.ts';
import type { Call, PythonFile, Range } from './model.ts';

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
  const at = file.tokens.findIndex(
    (token, index) => token.column === 0 && token.text === 'if' && file.tokens[index + 1]?.text === '__name__' && file.tokens[index + 3]?.text === '__main__',
  );
  const [first, last] = [file.tokens[at], file.tokens.at(-1)];
  if (!first || !last) return undefined;
  return file.calls.some((call) => call.nameToken > at && isForReal.test(call.name)) ? undefined : { start: first.start, end: last.end };
};

/** Defaults of parameters, where nothing in the file calls the function: whoever does may give something else. */
const parametersOf = (file: PythonFile): readonly Range[] =>
  file.scopes.flatMap((scope) => {
    const called = scope.name === '__init__' ? (file.scopes[scope.parent]?.name ?? '') : scope.name;
    if (scope.kind !== 'def' || (file.callsOf.get(called) ?? []).length > 0) return [];
    return scope.parameters.flatMap((parameter) => parameter.value ?? []);
  });

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

/** Ways of one choice, each of which loads something, from which on it is a menu: other branches do other things. */
const menu = 3;
const loading = /^(?:from_pretrained|load_dataset\w*|snapshot_download|hf_hub_download|pipeline)$/;

/** `if name == "a": ... elif name == "b": ...`: what stands in such branches, of which whoever gives the name takes one. */
const branchesOf = (file: PythonFile): readonly Span[] => {
  const { tokens } = file;
  const loads = file.calls.filter((call) => loading.test(call.name)).map((call) => call.nameToken);
  if (loads.length < menu) return [];
  const found = new Map<string, Span[]>();
  for (const [at, token] of tokens.entries()) {
    if (token.column < 0 || token.kind !== 'name' || (token.text !== 'if' && token.text !== 'elif')) continue;
    let end = at + 1;
    while (tokens[end]?.kind === 'name' || tokens[end]?.text === '.') end += 1;
    if (tokens[end]?.text !== '==' || tokens[end + 1]?.kind !== 'string' || tokens[end + 2]?.text !== ':') continue;
    let next = end + 3;
    while (next < tokens.length && !((tokens[next]?.column ?? -1) >= 0 && (tokens[next]?.column ?? 0) <= token.column)) next += 1;
    const [first, last] = [tokens[end + 3], tokens[next - 1]];
    const words = tokens.slice(at + 1, end).map(({ text }) => text);
    // One chain: the same name, asked in the same place.
    const key = `${file.inner[at] ?? 0} ${token.column} ${words.join('')}`;
    if (first && last && words.length > 0 && loads.some((load) => load > end && load < next))
      found.set(key, [...(found.get(key) ?? []), { start: first.start, end: last.end }]);
  }
  return [...found.values()].flatMap((branches) => (branches.length < menu ? [] : branches));
};

/** Where texts stand that hold only as long as nobody says otherwise: defaults of options and parameters, ways of a menu, and what a module tries itself out with. */
export const presetsOf = (file: PythonFile): readonly Span[] => {
  const out: Span[] = [];
  const defaults = file.calls.flatMap((call) => (options.has(call.name) ? (defaultOf(call) ?? []) : []));
  const places = [...defaults, ...parametersOf(file), ...fieldsOf(file)];
  for (const { from, to } of [...places, ...constantsOf(file, places)]) {
    const [first, last] = [file.tokens[from], file.tokens[to - 1]];
    if (first && last) out.push({ start: first.start, end: last.end });
  }
  const trial = trialOf(file);
  return [...out, ...branchesOf(file), ...(trial ? [trial] : [])];
};
