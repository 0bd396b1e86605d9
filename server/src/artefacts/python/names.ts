import type { Call, PythonFile, Range } from './model.ts';
import type { Statement } from './statements.ts';

/** Who binds which name, and where functions, classes and methods of one file are. */
export interface Names {
  /** The variable that a name is at a scope, as a number. */
  readonly variable: (name: string, scope: number) => number;
  /** An attribute of objects of a class, which its relatives in the file share. */
  readonly attribute: (family: number, name: string) => number;
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

/** Names that a function says are not its own, by its scope. */
const elsewhere = (file: PythonFile): ReadonlyMap<number, ReadonlySet<string>> => {
  const out = new Map<number, Set<string>>();
  for (const index of file.heads) {
    const token = file.tokens[index];
    if (token?.kind !== 'name' || (token.text !== 'global' && token.text !== 'nonlocal')) continue;
    const names = out.get(file.inner[index] ?? 0) ?? new Set();
    for (let at = index + 1; at < file.tokens.length && file.tokens[at]?.kind !== 'newline'; at += 1)
      if (file.tokens[at]?.kind === 'name') names.add(file.tokens[at]?.text ?? '');
    out.set(file.inner[index] ?? 0, names);
  }
  return out;
};

const inMap = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

export const namesOf = (file: PythonFile, statements: readonly Statement[]): Names => {
  let count = 0;
  const next = (): number => {
    count += 1;
    return count - 1;
  };
  // A scope has a table of its own only once it binds something.
  const variables: (Map<string, number> | undefined)[] = file.scopes.map(() => undefined);
  const definitions: (Map<string, number> | undefined)[] = file.scopes.map(() => undefined);
  const foreign = elsewhere(file);
  const module = new Map<string, number>();
  variables[0] = module;
  const bind = (scope: number, name: string): void => {
    if (foreign.get(scope)?.has(name)) return;
    const table = variables[scope] ?? new Map<string, number>();
    variables[scope] = table;
    inMap(table, name, next);
  };
  for (const { scope, targets } of statements)
    for (const { from, to } of targets) if (to - from === 1 && file.tokens[from]?.kind === 'name') bind(scope, file.tokens[from]?.text ?? '');
  for (const [index, token] of file.tokens.entries())
    if (token.text === ':=' && token.kind === 'operator') bind(file.inner[index] ?? 0, file.tokens[index - 1]?.text ?? '');
  const methods = new Map<number, Map<string, number[]>>();
  const anywhere = new Map<string, number[]>();
  const families = familiesOf(file);
  for (const [index, scope] of file.scopes.entries()) {
    for (const parameter of scope.parameters) bind(index, parameter.name);
    if (index === 0) continue;
    if (file.scopes[scope.parent]?.kind === 'class') {
      inMap(
        inMap(methods, families[scope.parent] ?? scope.parent, () => new Map<string, number[]>()),
        scope.name,
        () => [] as number[],
      ).push(index);
      inMap(anywhere, scope.name, () => [] as number[]).push(index);
    } else {
      const table = definitions[scope.parent] ?? new Map<string, number>();
      definitions[scope.parent] = table.set(scope.name, index);
    }
  }
  const attributes = new Map<number, Map<string, number>>();
  const parentOf = Int32Array.from(file.scopes, (scope) => scope.parent);
  const familyOfScope = Int32Array.from(file.scopes, () => -1);
  for (const [index, scope] of file.scopes.entries())
    familyOfScope[index] = scope.kind === 'class' ? (families[index] ?? index) : index === 0 ? -1 : (familyOfScope[scope.parent] ?? -1);
  return {
    variable: (name, scope) => {
      for (let at = scope; at > 0; at = parentOf[at] ?? -1) {
        const found = variables[at]?.get(name);
        if (found !== undefined) return found;
      }
      return inMap(module, name, next);
    },
    attribute: (family, name) =>
      inMap(
        inMap(attributes, family, () => new Map<string, number>()),
        name,
        next,
      ),
    definition: (name, scope) => {
      for (let at = scope; at >= 0; at = parentOf[at] ?? -1) {
        const found = definitions[at]?.get(name);
        if (found !== undefined) return found;
      }
      return undefined;
    },
    methods: (family, name) => methods.get(family)?.get(name) ?? [],
    methodsAnywhere: (name) => anywhere.get(name) ?? [],
    familyAt: (scope) => familyOfScope[scope] ?? -1,
    familyOf: (scope) => families[scope] ?? scope,
    attributesOf: (family) => [...(attributes.get(family)?.values() ?? [])],
  };
};

/** A name of another module. */
export interface ImportedName {
  /** `a/b`. */
  readonly module: string;
  readonly name: string;
  readonly relative: boolean;
}

/** The module and the name in it that a callee of imported names is; undefined for what is made or called on the way. */
export const importedName = (file: PythonFile, words: string): ImportedName | undefined => {
  const [head = '', ...rest] = words.split('.');
  const origin = file.imports.get(head);
  if (origin === undefined) return undefined;
  const all = [...origin.replace(/^\.+/, '').split('.'), ...rest];
  const name = all.pop() ?? '';
  return all.length === 0 || all[0] === '' ? undefined : { module: all.join('/'), name, relative: origin.startsWith('.') };
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
