import type { Call, PythonFile } from './model.ts';

/** Names through which one call is followed upwards. */
const maximumNames = 40;

/** Functions of the file, open to other files, through which a call is reached: those it stands in, and those that call them by name. */
export const reachedThrough = (file: PythonFile, call: Call): readonly string[] => {
  const names = new Set<string>();
  const around = (scope: number): void => {
    for (let at = scope; at > 0; at = file.scopes[at]?.parent ?? -1) if (file.scopes[at]?.kind === 'def') names.add(file.scopes[at]?.name ?? '');
  };
  around(call.scope);
  for (const name of names) {
    if (names.size > maximumNames) break;
    for (const caller of file.callsOf.get(name) ?? []) around(caller.scope);
  }
  const importable = new Set(file.scopes.filter((scope) => scope.kind === 'def' && scope.parent === 0).map((scope) => scope.name));
  return [...names].filter((name) => importable.has(name));
};

/** A function of another module that is called, the module as a path. */
export interface ImportedCall {
  readonly module: string;
  readonly name: string;
  readonly call: Call;
}

/** Words of functions that ask a model for something. */
const asks = /llm|chat|complet|generat|ask|quer|prompt|respon|infer|api|answer/i;

/** Each function of another module that the file calls and that sounds like asking a model, once. Whether the module lies in the tree, the lineage finds out. */
export const importedCalls = (file: PythonFile): readonly ImportedCall[] => {
  const out = new Map<string, ImportedCall>();
  for (const call of file.calls) {
    const [head = '', ...rest] = call.callee.split('.');
    const origin = file.imports.get(head);
    if (origin === undefined || call.callee.includes('()')) continue;
    const parts = [...origin.replace(/^\.+/, '').split('.'), ...rest];
    const name = parts.pop() ?? '';
    const module = parts.join('/');
    if (module === '' || !asks.test(`${module.split('/').at(-1) ?? ''} ${name}`)) continue;
    if (!out.has(`${module} ${name}`)) out.set(`${module} ${name}`, { module, name, call });
  }
  return [...out.values()].slice(0, 20);
};
