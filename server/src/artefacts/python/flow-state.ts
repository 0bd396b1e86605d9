import { limits } from '../../text/limits.ts';
import type { Call, PythonFile } from './model.ts';
import { importedName } from './names.ts';
import type { ImportedName, Names } from './names.ts';

/** A set of labels, a bit each: where a value may have come from. */
export type Labels = bigint;
export const none: Labels = 0n;

/** A function of another module whose result turned up, with its label. */
export interface ImportedLabel {
  readonly module: string;
  readonly name: string;
  readonly label: Labels;
  readonly call: Call;
}

export interface FlowInput {
  /** By the token of a call's name: what its result is labelled with. */
  readonly sources: ReadonlyMap<number, Labels>;
  /** Labels of things that are written into, such as open files. */
  readonly handles: Labels;
  /** Bits from here on are free for functions of other modules. */
  readonly firstFree: number;
  /** Whether the function of another module that a chain of names is may be one of the tree that asks. */
  readonly mayAsk: (name: ImportedName) => boolean;
}

/** Variables that hold a thing together with what it is a part of. */
const maximumWholes = 50;

export interface FlowState {
  readonly file: PythonFile;
  readonly input: FlowInput;
  readonly names: Names;
  readonly openAt: ReadonlyMap<number, Call>;
  readonly values: Labels[];
  readonly returns: Labels[];
  /** The class of what a function gives back, by its family. */
  readonly returnFamilies: Map<number, number>;
  /** By the bit of a handle: what was written into it. */
  readonly hits: Map<number, Labels>;
  /** Variables of which another one is a part: `for row in rows`. */
  readonly wholes: Map<number, Set<number>>;
  /** Variables that hold an object of a class of the file. */
  readonly families: Map<number, number>;
  /** Variables that something was put into: what a parameter was given holds it too. */
  readonly filled: Set<number>;
  readonly imported: Map<string, ImportedLabel>;
  /** Chains that were asked for already. */
  readonly labelOfWords: Map<string, Labels>;
  changed: boolean;
  steps: number;
}

export const put = (state: FlowState, variable: number, labels: Labels): void => {
  const before = state.values[variable] ?? none;
  if ((before | labels) === before) return;
  state.values[variable] = before | labels;
  state.changed = true;
};

/** Something was put into a variable: what it is a part of holds it as well. */
export const fill = (state: FlowState, variable: number, labels: Labels): void => {
  if (labels === none) return;
  const reached = new Set([variable]);
  for (const at of reached) {
    put(state, at, labels);
    if (!state.filled.has(at)) {
      state.filled.add(at);
      state.changed = true;
    }
    if (reached.size < maximumWholes) for (const whole of state.wholes.get(at) ?? []) reached.add(whole);
  }
};

/** Something was written by way of a handle. */
export const hit = (state: FlowState, labels: Labels): void => {
  const data = labels & ~state.input.handles;
  let rest = labels & state.input.handles;
  for (let bit = 0; rest !== none && data !== none; bit += 1, rest >>= 1n) if ((rest & 1n) !== none) state.hits.set(bit, (state.hits.get(bit) ?? none) | data);
};

/** A place in a chain `a.b(c)[d].e`: what it holds, and what it is where that can be told. */
export interface Link {
  readonly labels: Labels;
  /** -1 where it is no variable. */
  readonly variable: number;
  /** The class of the object, by its family; -1 where it is not known. */
  readonly family: number;
  /** A function or class of the file; -1 else. */
  readonly scope: number;
  /** The chain as written, as long as it is made of names alone. */
  readonly words: string | null;
}

export const nothing: Link = { labels: none, variable: -1, family: -1, scope: -1, words: null };

/** What a service says of a call beside its output. */
const beside = new Set([
  'usage',
  'total_tokens',
  'prompt_tokens',
  'completion_tokens',
  'input_tokens',
  'output_tokens',
  'status_code',
  'finish_reason',
  'stop_reason',
  'headers',
  'elapsed',
  'system_fingerprint',
]);

/** Methods of files, lists and texts, which a class of the file may have as well. */
const common = new Set([
  'write',
  'writelines',
  'read',
  'close',
  'get',
  'items',
  'keys',
  'values',
  'format',
  'strip',
  'split',
  'join',
  'map',
  'filter',
  'append',
  'add',
  'update',
  'copy',
  'pop',
]);

const joined = (state: FlowState, scopes: readonly number[]): Labels => scopes.reduce((all, scope) => all | (state.returns[scope] ?? none), none);

export const nameLink = (state: FlowState, name: string, scope: number): Link => {
  const { names, values } = state;
  if (name === 'self' || name === 'cls') {
    const family = names.familyAt(scope);
    if (family >= 0) return { ...nothing, family };
  }
  const definition = names.definition(name, scope);
  if (definition !== undefined) {
    const isClass = state.file.scopes[definition]?.kind === 'class';
    return { ...nothing, scope: definition, labels: isClass ? none : (state.returns[definition] ?? none), words: name };
  }
  const variable = names.variable(name, scope);
  return { labels: values[variable] ?? none, variable, family: state.families.get(variable) ?? -1, scope: -1, words: name };
};

export const attributeLink = (state: FlowState, owner: Link, name: string): Link => {
  if (beside.has(name)) return nothing;
  const { names, values, families } = state;
  const words = owner.words === null ? null : `${owner.words}.${name}`;
  if (owner.family >= 0) {
    const methods = names.methods(owner.family, name);
    const own = owner.variable >= 0 ? owner.labels : none;
    if (methods.length > 0) return { ...nothing, scope: methods[0] ?? -1, labels: joined(state, methods) | own, family: owner.family };
    const variable = names.attribute(owner.family, name);
    return { labels: (values[variable] ?? none) | owner.labels, variable, family: families.get(variable) ?? -1, scope: -1, words: null };
  }
  const anywhere = names.methodsAnywhere(name);

  // An object of which nothing is known: the only class of the file with such a method will be its class.
  if (anywhere.length === 1 && !common.has(name) && !(owner.words !== null && state.file.imports.has(owner.words.split('.')[0] ?? '')))
    return { ...owner, scope: anywhere[0] ?? -1, labels: owner.labels | joined(state, anywhere), words };
  return { labels: owner.labels, variable: owner.variable, family: -1, scope: -1, words };
};

/** The label of a function of another module that a chain of names is, where that may ask. */
export const importedLabel = (state: FlowState, words: string | null, call: Call): Labels => {
  if (words === null || words.length > 100) return none;
  const known = state.labelOfWords.get(words);
  if (known !== undefined) return known;
  const made = newLabel(state, words, call);
  state.labelOfWords.set(words, made);
  return made;
};

const newLabel = (state: FlowState, words: string, call: Call): Labels => {
  const found = importedName(state.file, words);
  if (!found || !state.input.mayAsk(found)) return none;
  const key = `${found.module} ${found.name}`;
  const known = state.imported.get(key);
  if (known) return known.label;
  if (state.imported.size >= limits.pythonImported) {
    state.file.hit.add(`more than ${limits.pythonImported} functions of other files`);
    return none;
  }
  const label = 1n << BigInt(state.input.firstFree + state.imported.size);
  state.imported.set(key, { module: found.module, name: found.name, label, call });
  return label;
};
