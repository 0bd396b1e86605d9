import { memoLast } from '../../knowledge/lookup.ts';
import type { SettingPlace } from '../types.ts';
import type { Argument, Assignment, Call, PythonFile, Range } from './model.ts';
import { argumentOf, resolveArgument } from './resolve.ts';

/** Where a value lies: a file of settings, and the keys on the way to it. */
interface Place {
  readonly file: string;
  readonly keys: readonly string[];
}

interface Look {
  readonly file: PythonFile;
  readonly scope: number;
  readonly at: number;
  readonly steps: number;
  /** Shared by all looks of one argument: each name may have many callers, and those many again. */
  readonly budget: { left: number };
}

const maximumSteps = 10;
const maximumKeys = 8;
const maximumLooks = 100;

const isFile = /\.(?:ya?ml|json|toml)$/;
/** Functions that are given the file itself, of whatever library or module. */
const byPath =
  /^(?:OmegaConf\.load|(?:[\w.]*\.)?(?:load|read|get|parse|from|open)_?(?:\w*_)?(?:config|cfg|conf|yaml|yml|settings|params|hparams|file)\w*|Config\.fromfile)$/i;
/** Functions that are given an open file or its text. */
const byHandle = /^(?:[\w.]*\.)?(?:safe_load|full_load|unsafe_load|load|loads)$/;
const parsers = /^(?:yaml|ruamel|json|toml|tomllib|tomli|YAML|pyyaml|safe_load|full_load)/;
/** What settings are wrapped in. */
const wrapping =
  /^(?:[\w.]*\.)?(?:EasyDict|edict|Munch|munchify|AttrDict|DotMap|Box|DictConfig|Namespace|SimpleNamespace|dict|create|merge|to_container|structured|deepcopy|resolve)$/;

const text = ({ file }: Pick<Look, 'file'>, at: number): string => file.tokens[at]?.text ?? '';

const isOp = ({ file }: Look, at: number, operator: string): boolean => file.tokens[at]?.kind === 'operator' && file.tokens[at].text === operator;

/** The assignment that a place sees: the last before it in its own function, else one of those around it. */
const visible = ({ file, scope, at }: Look, name: string): Assignment | undefined => {
  const all = file.assignmentsOf.get(name) ?? [];
  if (all.length === 0 || all.length > 200) return undefined;
  if (name.includes('.')) return all.at(-1);
  for (let inner = scope; inner >= 0; inner = file.scopes[inner]?.parent ?? -1) {
    const own = all.filter((entry) => entry.scope === inner);
    const before = own.findLast((entry) => entry.at < at) ?? (inner === scope ? undefined : own.at(-1));
    if (before) return before;
  }
  return undefined;
};

const pathAt = ({ file }: Look, call: Call, argument: Argument | undefined): string | undefined => {
  const literal = resolveArgument(file, call, argument);
  return literal?.whole && isFile.test(literal.value) ? literal.value : undefined;
};

/** `open(path)`, `Path(path).open()`, `Path(path).read_text()`, within a range or behind `with ... as name`. */
const opened = (look: Look, range: Range): string | undefined => {
  const { file } = look;
  for (const name of ['open', 'Path']) {
    const calls = file.callsOf.get(name) ?? [];
    const within = calls.find((call) => call.nameToken >= range.from && call.close < range.to);
    const handle = range.to - range.from < 6 ? text(look, range.from) : '';
    const behind =
      handle === ''
        ? undefined
        : calls.findLast((call) => call.close < range.from && text(look, call.close + 1) === 'as' && text(look, call.close + 2) === handle);
    const call = within ?? behind;
    const path = call ? pathAt(look, call, call.args[0]) : undefined;
    if (path !== undefined) return path;
  }
  return undefined;
};

/** `@hydra.main(config_path="conf", config_name="run")`, or `compose(config_name="run")` below `initialize(config_path="conf")`. */
const composed = ({ file }: Pick<Look, 'file'>, call: Call, folders: Call | undefined): string | undefined => {
  const name = resolveArgument(file, call, argumentOf(call, call.name === 'main' ? 1 : 0, 'config_name'));
  const folder = folders ? resolveArgument(file, folders, argumentOf(folders, 0, 'config_path', 'config_dir')) : undefined;
  if (!name?.whole || (folder && !folder.whole)) return undefined;
  const ending = isFile.test(name.value) ? '' : '.yaml';
  return `${folder ? `${folder.value.replace(/\/+$/, '')}/` : ''}${name.value}${ending}`;
};

const decorated = (look: Look, from: number): string | undefined => {
  for (const call of (look.file.callsOf.get('main') ?? []).slice(0, 10)) {
    if (!/hydra/.test(call.callee) && look.file.imports.get('main') !== 'hydra.main') continue;
    let next = call.close + 1;
    while (look.file.tokens[next]?.kind === 'newline') next += 1;
    if (next === from || (text(look, next) === 'async' && next + 1 === from)) return composed(look, call, call);
  }
  return undefined;
};

/** The file that a call reads, with the keys that lead into it. */
const ofCall = (look: Look, call: Call): Place | undefined => {
  const { file } = look;
  if (call.args.length > 20) return undefined;
  const place = (path: string | undefined): Place | undefined => (path === undefined ? undefined : { file: path, keys: [] });
  if (call.name === 'compose' && argumentOf(call, 0, 'config_name'))
    return place(
      composed(
        look,
        call,
        file.calls.find(({ name }) => name.startsWith('initialize')),
      ),
    );
  const spread = call.args.filter(({ value }) => isOp(look, value.from, '**'));
  if (wrapping.test(call.callee) || spread.length > 0) {
    for (const { value } of spread.length > 0 ? spread : call.args) {
      const from = isOp(look, value.from, '**') ? value.from + 1 : value.from;
      const found = placeOf({ ...look, steps: look.steps + 1 }, { from, to: value.to });
      if (found) return found;
    }
    return undefined;
  }
  if (byHandle.test(call.callee) && parsers.test(call.callee)) {
    const first = call.args[0]?.value;
    return first ? place(opened(look, first) ?? pathAt(look, call, call.args[0])) : undefined;
  }
  const direct = byPath.test(call.callee) ? pathAt(look, call, call.args[0]) : undefined;
  if (direct !== undefined) return place(direct);
  // A function of this file that reads settings: where it does, its own call tells.
  const made = call.callee === call.name ? file.scopes.findIndex((scope) => scope.kind === 'def' && scope.name === call.name) : -1;
  if (made < 0) return undefined;
  for (const inside of file.calls) {
    if (inside.scope !== made || inside.name === call.name) continue;
    const found =
      byPath.test(inside.callee) || (byHandle.test(inside.callee) && parsers.test(inside.callee))
        ? ofCall({ ...look, scope: made, at: inside.nameToken, steps: maximumSteps }, inside)
        : undefined;
    if (found) return found;
  }
  return undefined;
};

/** What the callers of a function give it, and what hydra does. */
const ofParameter = (look: Look, name: string): Place | undefined => {
  const { file } = look;
  for (let scope = look.scope; scope > 0; scope = file.scopes[scope]?.parent ?? -1) {
    const entry = file.scopes[scope];
    const position = entry?.parameters.findIndex((parameter) => parameter.name === name) ?? -1;
    if (!entry || position < 0) continue;
    const path = decorated(look, entry.from);
    if (path !== undefined) return { file: path, keys: [] };
    const method = ['self', 'cls'].includes(entry.parameters[0]?.name ?? '') ? 1 : 0;
    const called = entry.name === '__init__' ? (file.scopes[entry.parent]?.name ?? '') : entry.name;
    for (const call of (file.callsOf.get(called) ?? []).slice(0, 10)) {
      const given = argumentOf(call, position - method, name);
      const found = given ? placeOf({ ...look, scope: call.scope, at: call.nameToken, steps: look.steps + 1 }, given.value) : undefined;
      if (found) return found;
    }
    return undefined;
  }
  return undefined;
};

interface Parsed {
  /** `self`, `cfg`; empty behind a call. */
  readonly names: readonly string[];
  readonly call: Call | undefined;
  readonly keys: readonly string[];
}

/** `name.a["b"].get("c", ...)` or `load(...)["a"]`: the head and the keys behind it, where a range is nothing else. */
const parse = (look: Look, range: Range): Parsed | undefined => {
  const { file } = look;
  if (file.tokens[range.from]?.kind !== 'name') return undefined;
  const names = [text(look, range.from)];
  const keys: string[] = [];
  let call: Call | undefined;
  for (let at = range.from + 1; at < range.to;) {
    if (names.length + keys.length > maximumKeys) return undefined;
    if (isOp(look, at, '.') && file.tokens[at + 1]?.kind === 'name') {
      (call || keys.length > 0 ? keys : names).push(text(look, at + 1));
      at += 2;
    } else if (isOp(look, at, '[') && file.tokens[at + 1]?.kind === 'string' && isOp(look, at + 2, ']')) {
      keys.push(text(look, at + 1));
      at += 3;
    } else if (isOp(look, at, '(')) {
      const close = file.partner[at] ?? -1;
      const found = close > at ? file.callAt.get(close) : undefined;
      const path = keys.length > 0 || call ? keys : names;
      const asked = found?.name === 'get' && path.at(-1) === 'get' ? file.tokens[found.args[0]?.value.from ?? -1] : undefined;
      if (asked?.kind === 'string') {
        path.pop();
        keys.push(asked.text);
      } else if (found && !call && keys.length === 0) call = found;
      else return undefined;
      at = close + 1;
    } else return undefined;
  }
  return { names, call, keys };
};

const placeOf = (look: Look, range: Range): Place | undefined => {
  if (look.steps > maximumSteps || range.to <= range.from || --look.budget.left < 0) return undefined;
  const parsed = parse(look, range);
  if (!parsed) return undefined;
  const { names, call, keys } = parsed;
  const under = (place: Place | undefined, more: readonly string[]): Place | undefined =>
    place ? { file: place.file, keys: [...place.keys, ...more] } : undefined;
  if (call) return under(ofCall(look, call), keys);
  for (let length = Math.min(3, names.length); length > 0; length -= 1) {
    const made = visible(look, names.slice(0, length).join('.'));
    const next = made ? placeOf({ ...look, scope: made.scope, at: made.at, steps: look.steps + 1 }, made.value) : undefined;
    if (next) return under(next, [...names.slice(length), ...keys]);
  }
  return under(ofParameter(look, names[0] ?? ''), [...names.slice(1), ...keys]);
};

/** The file names a file of settings, or leaves it to a decorator. */
const speaksOfSettings = memoLast(
  (file: PythonFile): boolean => file.imports.has('hydra') || file.strings.some((at) => isFile.test(file.tokens[at]?.text ?? '')),
);

/** The key of a file of settings that an argument takes, where a literal does not tell. */
export const settingPlace = (file: PythonFile, call: Call, argument: Argument | undefined): SettingPlace | undefined => {
  if (!argument || file.tokens[argument.value.from]?.kind !== 'name' || !speaksOfSettings(file)) return undefined;
  const { from, to } = argument.value;
  let end = to;
  while (end > from && file.tokens[end - 1]?.kind === 'newline') end -= 1;
  const found = placeOf({ file, scope: call.scope, at: call.nameToken, steps: 0, budget: { left: maximumLooks } }, { from, to: end });
  return found && found.keys.length > 0 ? { file: found.file, key: found.keys.join('.') } : undefined;
};
