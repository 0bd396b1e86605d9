import type { Call, PythonFile, Range } from './model.ts';
import type { Statement } from './statements.ts';

/** Who binds which name, and where functions, classes and methods of one file are. */
export interface Names {
  /** The variable that a name is at a scope, as a number. */
  readonly variable: (name: string, scope: number) => number;
  /** An attribute of objects of a class, which its relatives in the file share. */
  readonly attribute: (family: number, name: string) => number;
  readonly count: () => number;
  /** A function or class of the file that a name is at a scope. */
  readonly definition: (name: string, scope: number) => number | undefined;
  /** Methods of that name in a class and its relatives. */
  readonly methods: (family: number, name: string) => readonly number[];
  /** Classes of the file that have a method of that name. */
  readonly methodsAnywhere: (name: string) => readonly number[];
  /** The class that a scope stands in, by its family; -1 outside classes. */
  readonly familyAt: (scope: number) => number;
  readonly familyOf: (scope: number) => number;
  /** Attributes of a family that were asked for. */
  readonly attributesOf: (family: number) => readonly number[];
}

const key = (scope: number, name: string): string => `${scope} ${name}`;

/** Bases of a class that are classes of the same file. */
const basesOf = (file: PythonFile, scope: number, classes: ReadonlyMap<string, number>): readonly number[] => {
  const open = (file.scopes[scope]?.from ?? 0) + 2;
  const close = file.tokens[open]?.text === '(' ? (file.partner[open] ?? -1) : -1;
  const out: number[] = [];
  for (let i = open + 1; i < close && i < open + 40; i += 1) {
    const base = file.tokens[i]?.kind === 'name' ? classes.get(file.tokens[i]?.text ?? '') : undefined;
    if (base !== undefined && base !== scope) out.push(base);
  }
  return out;
};

/** Each class with the first of its line of bases: relatives share attributes and methods, in whichever of them they are written. */
const familiesOf = (file: PythonFile): Int32Array => {
  const classes = new Map<string, number>();
  for (const [index, scope] of file.scopes.entries()) if (scope.kind === 'class') classes.set(scope.name, index);
  const families = Int32Array.from(file.scopes, (_, index) => index);
  for (const [index, scope] of file.scopes.entries()) {
    if (scope.kind !== 'class') continue;
    // A base stands above its class, so its own family is known by now.
    const [base] = basesOf(file, index, classes).filter((entry) => entry < index);
    if (base !== undefined) families[index] = families[base] ?? base;
  }
  return families;
};

const listed = (map: Map<string, number[]>, at: string, value: number): void => {
  const known = map.get(at);
  if (known) known.push(value);
  else map.set(at, [value]);
};

/** Names that a function says are not its own. */
const elsewhere = (file: PythonFile): ReadonlySet<string> => {
  const out = new Set<string>();
  for (const [index, token] of file.tokens.entries()) {
    if (token.kind !== 'name' || token.column < 0 || (token.text !== 'global' && token.text !== 'nonlocal')) continue;
    for (let at = index + 1; at < file.tokens.length && file.tokens[at]?.kind !== 'newline'; at += 1)
      if (file.tokens[at]?.kind === 'name') out.add(key(file.inner[index] ?? 0, file.tokens[at]?.text ?? ''));
  }
  return out;
};

export const namesOf = (file: PythonFile, statements: readonly Statement[]): Names => {
  const bound = new Set<string>();
  const foreign = elsewhere(file);
  const bind = (scope: number, name: string): void => {
    if (!foreign.has(key(scope, name))) bound.add(key(scope, name));
  };
  for (const { scope, targets } of statements)
    for (const { from, to } of targets) if (to - from === 1 && file.tokens[from]?.kind === 'name') bind(scope, file.tokens[from]?.text ?? '');
  for (const [index, token] of file.tokens.entries())
    if (token.text === ':=' && token.kind === 'operator') bind(file.inner[index] ?? 0, file.tokens[index - 1]?.text ?? '');
  const definitions = new Map<string, number>();
  const methods = new Map<string, number[]>();
  const anywhere = new Map<string, number[]>();
  const families = familiesOf(file);
  for (const [index, scope] of file.scopes.entries()) {
    for (const parameter of scope.parameters) bind(index, parameter.name);
    if (index === 0) continue;
    if (file.scopes[scope.parent]?.kind === 'class') {
      listed(methods, key(families[scope.parent] ?? scope.parent, scope.name), index);
      listed(anywhere, scope.name, index);
    } else definitions.set(key(scope.parent, scope.name), index);
  }
  const ids = new Map<string, number>();
  const attributes = new Map<number, number[]>();
  const idOf = (name: string): number => {
    const known = ids.get(name);
    if (known !== undefined) return known;
    ids.set(name, ids.size);
    return ids.size - 1;
  };
  const familyAt = (scope: number): number => {
    for (let at = scope; at >= 0; at = file.scopes[at]?.parent ?? -1) if (file.scopes[at]?.kind === 'class') return families[at] ?? at;
    return -1;
  };
  return {
    variable: (name, scope) => {
      for (let at = scope; at > 0; at = file.scopes[at]?.parent ?? -1) if (bound.has(key(at, name))) return idOf(key(at, name));
      return idOf(key(0, name));
    },
    attribute: (family, name) => {
      const before = ids.size;
      const id = idOf(`${family}.${name}`);
      if (ids.size > before) {
        const known = attributes.get(family);
        if (known) known.push(id);
        else attributes.set(family, [id]);
      }
      return id;
    },
    count: () => ids.size,
    definition: (name, scope) => {
      for (let at = scope; at >= 0; at = file.scopes[at]?.parent ?? -1) {
        const found = definitions.get(key(at, name));
        if (found !== undefined) return found;
      }
      return undefined;
    },
    methods: (family, name) => methods.get(key(family, name)) ?? [],
    methodsAnywhere: (name) => anywhere.get(name) ?? [],
    familyAt,
    familyOf: (scope) => families[scope] ?? scope,
    attributesOf: (family) => attributes.get(family) ?? [],
  };
};

/** The module and the name in it that a callee of imported names is; undefined for what is made or called on the way. */
export const importedName = (file: PythonFile, words: readonly string[]): { readonly module: string; readonly name: string } | undefined => {
  const [head = '', ...rest] = words;
  const origin = file.imports.get(head);
  if (origin === undefined) return undefined;
  const all = [...origin.replace(/^\.+/, '').split('.'), ...rest];
  const name = all.pop() ?? '';
  return all.length === 0 || all[0] === '' ? undefined : { module: all.join('/'), name };
};

/** Where each argument of a call goes among the parameters of a function of the file. */
export const boundArguments = (file: PythonFile, call: Call, scope: number): readonly { readonly parameter: string; readonly value: Range }[] => {
  const parameters = file.scopes[scope]?.parameters ?? [];
  const skip = parameters[0]?.name === 'self' || parameters[0]?.name === 'cls' ? 1 : 0;
  const out: { parameter: string; value: Range }[] = [];
  // Calls with more arguments than that are tables.
  for (const [index, argument] of call.args.slice(0, 60).entries()) {
    const named = argument.keyword ?? parameters[index + skip]?.name;
    if (named !== undefined && parameters.some((entry) => entry.name === named)) out.push({ parameter: named, value: argument.value });
  }
  return out;
};
