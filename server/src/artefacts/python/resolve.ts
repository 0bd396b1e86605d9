import { memoLast } from '../../knowledge/lookup.ts';
import { chain, maximumLooks, maximumSteps, mayLook, text } from './look.ts';
import type { Literal, Look } from './look.ts';
import type { Argument, Call, PythonFile, Range, Scope } from './model.ts';
import { keysOf, settingAt } from './settings.ts';

const deeper = (look: Look, scope: number, range: Range): Literal | undefined =>
  resolveRange({ file: look.file, scope, at: range.from, steps: look.steps + 1, budget: look.budget }, range);

/** The argument for a parameter at calls of that function in the same file: the first literal one. */
const fromCallers = (look: Look, scope: Scope, parameter: string): Literal | undefined => {
  const method = scope.parameters[0]?.name === 'self' || scope.parameters[0]?.name === 'cls';
  const position = scope.parameters.findIndex((entry) => entry.name === parameter) - (method ? 1 : 0);
  const called = scope.name === '__init__' ? (look.file.scopes[scope.parent]?.name ?? '') : scope.name;
  for (const call of look.file.callsOf.get(called) ?? []) {
    if (!mayLook(look, call.args.length + 1)) return undefined;
    if (call.args.length > 40) continue;
    const argument = call.args.find((entry) => entry.keyword === parameter) ?? (call.args[position]?.keyword === null ? call.args[position] : undefined);
    const found = argument ? deeper(look, call.scope, argument.value) : undefined;
    if (found) return found;
  }
  return undefined;
};

/** `field(default="x")` of a dataclass stands for its default. */
const fieldDefault = (look: Look, range: Range): Range => {
  if (text(look, range.from) !== 'field' && text(look, range.from) !== 'Field') return range;
  const call = look.file.callAt.get(look.file.partner[range.from + 1] ?? -1);
  return call?.args.find((entry) => entry.keyword === 'default')?.value ?? (call?.args[0]?.keyword === null ? call.args[0].value : range);
};

const variable = (look: Look, name: string): Literal | undefined => {
  for (const scope of chain(look)) {
    const entry = look.file.scopes[scope];
    const all = look.file.assignmentsOf.get(name) ?? [];
    if (!mayLook(look, all.length + 1)) return undefined;
    const own = all.filter((assignment) => assignment.scope === scope);
    const before = own.filter((assignment) => assignment.at < look.at).at(-1) ?? (scope === look.scope ? undefined : own.at(-1));
    if (before) return deeper(look, scope, fieldDefault(look, before.value));
    const parameter = entry?.parameters.find((candidate) => candidate.name === name);
    if (entry && parameter) return fromCallers(look, entry, name) ?? (parameter.value ? deeper(look, entry.parent, parameter.value) : undefined);
  }
  return undefined;
};

/** `--model-name` of argparse or click becomes `model_name`. */
const optionName = (flag: string): string => flag.replace(/^-+/, '').replaceAll('-', '_');

interface OptionDefault {
  readonly scope: number;
  readonly value: Range;
}

/** The first default of each option, by its attribute: a file may ask for each of many options many times. */
const defaultsOf = memoLast((file: PythonFile): ReadonlyMap<string, OptionDefault> => {
  const out = new Map<string, OptionDefault>();
  for (const call of ['add_argument', 'option', 'DEFINE_string'].flatMap((maker) => file.callsOf.get(maker) ?? [])) {
    const value = call.args.find((argument) => argument.keyword === 'default')?.value ?? (call.name === 'DEFINE_string' ? call.args[1]?.value : undefined);
    for (const argument of value ? call.args : []) {
      const token = file.tokens[argument.value.from];
      const name = (argument.keyword === null || argument.keyword === 'dest') && token?.kind === 'string' ? optionName(token.text) : undefined;
      if (value && name !== undefined && !out.has(name)) out.set(name, { scope: call.scope, value });
    }
  }
  return out;
});

const argparseDefault = (look: Look, attribute: string): Literal | undefined => {
  const found = defaultsOf(look.file).get(attribute);
  return found && mayLook(look, 1) ? deeper(look, found.scope, found.value) : undefined;
};

/** `self.x`, `args.x`, `config.x`: an assignment of that attribute, a class field, or an option's default. */
const attribute = (look: Look, owner: string, name: string): Literal | undefined => {
  const full = `${owner}.${name}`;
  const assigned = look.file.assignmentsOf.get(full) ?? [];
  if (!mayLook(look, assigned.length)) return undefined;
  for (const assignment of assigned.toReversed()) {
    const found = deeper(look, assignment.scope, assignment.value);
    if (found) return found;
  }
  const option = argparseDefault(look, name);
  if (option) return option;
  const named = look.file.assignmentsOf.get(name) ?? [];
  const fields = (mayLook(look, named.length) ? named : []).filter((assignment) => look.file.scopes[assignment.scope]?.kind === 'class');
  return fields.length === 1 && fields[0] ? deeper(look, fields[0].scope, fieldDefault(look, fields[0].value)) : undefined;
};

/** `cfg.model.name`: set there, in the dictionary that `cfg` was made of, or the one field of that name. */
const setting = (look: Look, name: string, range: Range): Literal | undefined => {
  const keys = keysOf(look, range);
  if (!keys || keys.length === 0) return undefined;
  const dotted = text(look, range.from + 1) === '.';
  const [last = ''] = keys.slice(-1);
  return (
    (dotted && keys.length === 1 ? attribute(look, name, last) : undefined) ??
    settingAt(look, deeper, name, keys) ??
    (dotted && keys.length > 1 ? attribute(look, [name, ...keys.slice(0, -1)].join('.'), last) : undefined)
  );
};

/** A placeholder that is one name, or an attribute of one. */
const hole = /^\{\s*(?:([A-Za-z_]\w*)\.)?([A-Za-z_]\w*)\s*\}$/;

/** An f-string from its first placeholder on, as far as each is a name that stands for one text. */
const filledHoles = (look: Look, holes: string): { readonly value: string; readonly whole: boolean } => {
  let value = '';
  if (holes.length > 400) return { value, whole: false };
  for (const part of holes.split(/(\{[^{}]*\})/)) {
    const name = hole.exec(part);
    if (!name && /[{}\\]/.test(part)) return { value, whole: false };
    const next = { ...look, steps: look.steps + 1 };
    const found = name ? (name[1] === undefined ? variable(next, name[2] ?? '') : attribute(next, name[1], name[2] ?? '')) : undefined;
    value += name ? (found?.value ?? '') : part;
    if (name && !found?.whole) return { value, whole: false };
  }
  return { value, whole: true };
};

/** `f"{args.model}"` is what `args.model` is, and decided where that is. */
const onlyHole = (look: Look, range: Range): Literal | undefined => {
  const token = look.file.tokens[range.from];
  const written = token?.kind === 'string' && token.text === '' && range.to - range.from === 1 ? token.holes : null;
  const name = written === null ? null : hole.exec(written);
  if (!name) return undefined;
  const next = { ...look, steps: look.steps + 1 };
  return name[1] === undefined ? variable(next, name[2] ?? '') : attribute(next, name[1], name[2] ?? '');
};

const strings = (look: Look, range: Range): Literal | undefined => {
  const first = look.file.tokens[range.from];
  const last = look.file.tokens[range.to - 1];
  if (!first || !last) return undefined;
  let value = '';
  let whole = true;
  for (let i = range.from; i < range.to; i += 1) {
    const token = look.file.tokens[i];
    if (!mayLook(look, 1)) return undefined;
    if (token?.kind === 'newline') continue;
    if (token?.kind !== 'string') return undefined;
    if (!whole) continue;
    const filled = token.holes === null ? { value: '', whole: true } : filledHoles(look, token.holes);
    value += token.text + filled.value;
    whole &&= filled.whole;
  }
  return { value, span: { start: first.innerStart, end: range.to - range.from === 1 ? first.innerEnd : last.innerEnd }, whole };
};

/** `os.environ.get("X", "id")`, `os.getenv("X", "id")`, `kwargs.get("x", "id")`: the default. */
const defaultOfGet = (look: Look, range: Range): Literal | undefined => {
  const call = look.file.callAt.get(range.to - 1);
  if (!call || call.open <= range.from || !['get', 'getenv', 'pop'].includes(call.name)) return undefined;
  const value = call.args[1]?.value ?? call.args.find((argument) => argument.keyword === 'default')?.value;
  return value ? deeper(look, look.scope, value) : undefined;
};

/** `"id" if c else x`, and `x if x else "id"`: the first of both that can be told. */
const choice = (look: Look, range: Range, ifAt: number): Literal | undefined => {
  const next = { ...look, steps: look.steps + 1 };
  const first = resolveRange(next, { from: range.from, to: ifAt });
  if (first) return first;
  for (let i = ifAt + 1; i < range.to; i += 1) {
    const jump = look.file.partner[i] ?? -1;
    if (!mayLook(look, 1)) return undefined;
    if (jump > i) i = jump;
    else if (look.file.tokens[i]?.kind === 'name' && text(look, i) === 'else') return resolveRange(next, { from: i + 1, to: range.to });
  }
  return undefined;
};

/** Texts put together, where each is known: `a + b`, `folder / name`. The place is that of the last literal. */
const together = (look: Look, ranges: readonly Range[], between: string): Literal | undefined => {
  const found: Literal[] = [];
  for (const range of ranges) {
    const part = resolveRange({ ...look, steps: look.steps + 1 }, range);
    if (!part) return undefined;
    found.push(part);
    // The head of what is put together is known, and no more.
    if (!part.whole) break;
  }
  const last = found.at(-1);
  if (!last) return undefined;
  const value = found.map((part) => (between === '/' ? part.value.replace(/\/+$/, '') : part.value)).join(between);
  return { value, span: last.span, whole: last.whole };
};

/** Ranges between the operators `text` outside brackets; undefined where there is none. */
const between = (look: Look, range: Range, operator: string): readonly Range[] | undefined => {
  const out: Range[] = [];
  let { from } = range;
  for (let i = range.from; i < range.to; i += 1) {
    const jump = look.file.partner[i] ?? -1;
    if (!mayLook(look, 1)) return undefined;
    if (jump > i) i = jump;
    else if (look.file.tokens[i]?.kind === 'operator' && text(look, i) === operator) {
      out.push({ from, to: i });
      from = i + 1;
    }
  }
  return out.length === 0 || out.length > 8 ? undefined : [...out, { from, to: range.to }];
};

/** `os.path.join(a, b)`, `Path(a) `, `str(a)`: a path as a text. */
const pathCall = (look: Look, range: Range): Literal | undefined => {
  const call = look.file.callAt.get(range.to - 1);
  if (!call || call.args.length === 0 || call.args.length > 8 || call.args.some((argument) => argument.keyword !== null)) return undefined;
  if (!/^(?:(?:os\.)?path\.(?:join|abspath|expanduser|normpath|realpath)|(?:pathlib\.)?(?:Pure)?(?:Posix)?Path|str)$/.test(call.callee)) return undefined;
  if (call.open - range.from > 6) return undefined;
  return together(
    look,
    call.args.map((argument) => argument.value),
    '/',
  );
};

const resolveRange = (look: Look, whole: Range): Literal | undefined => {
  let range = whole;
  while (range.to > range.from && look.file.tokens[range.to - 1]?.kind === 'newline') range = { from: range.from, to: range.to - 1 };
  look.budget.left -= 1;
  if (look.budget.left < 0 || look.steps > maximumSteps || range.to <= range.from) return undefined;
  if (text(look, range.from) === '(' && look.file.partner[range.from] === range.to - 1 && look.file.tokens[range.from]?.kind === 'operator')
    return resolveRange({ ...look, steps: look.steps + 1 }, { from: range.from + 1, to: range.to - 1 });
  const literal = onlyHole(look, range) ?? strings(look, range);
  if (literal) return literal;
  for (let i = range.from; i < range.to; i += 1) {
    const jump = look.file.partner[i] ?? -1;
    if (!mayLook(look, 1)) return undefined;
    if (jump > i) i = jump;
    // `x or "id"`: what stands when nothing is given.
    else if (look.file.tokens[i]?.kind === 'name' && text(look, i) === 'or')
      return (
        resolveRange({ ...look, steps: look.steps + 1 }, { from: range.from, to: i }) ??
        resolveRange({ ...look, steps: look.steps + 1 }, { from: i + 1, to: range.to })
      );
    else if (look.file.tokens[i]?.kind === 'name' && text(look, i) === 'if') return choice(look, range, i);
  }
  const length = range.to - range.from;
  const name = look.file.tokens[range.from];
  for (const operator of length > 2 ? ['+', '/'] : []) {
    const ranges = between(look, range, operator);
    if (ranges) return together(look, ranges, operator === '/' ? '/' : '');
  }
  if (name?.kind !== 'name') return undefined;
  if (length === 1) return variable(look, name.text);
  const set = setting(look, name.text, range);
  if (set) return set;
  if (text(look, range.to - 1) === ')') return defaultOfGet(look, range) ?? pathCall(look, range);
  return undefined;
};

/** The string that an argument has for sure, by way of constants, defaults and simple function arguments of the same file. */
export const resolveArgument = (file: PythonFile, call: Call, argument: Argument | undefined): Literal | undefined =>
  argument === undefined ? undefined : resolveRange({ file, scope: call.scope, at: call.nameToken, steps: 0, budget: { left: maximumLooks } }, argument.value);

/** By keyword, else by position. */
export const argumentOf = (call: Call, position: number, ...keywords: readonly string[]): Argument | undefined => {
  const named = call.args.find((entry) => entry.keyword !== null && keywords.includes(entry.keyword));
  if (named || position < 0) return named;
  const at = call.args[position];
  return at?.keyword === null ? at : undefined;
};

export const isTrue = (file: PythonFile, argument: Argument | undefined): boolean =>
  argument !== undefined && file.tokens[argument.value.from]?.text === 'True';
