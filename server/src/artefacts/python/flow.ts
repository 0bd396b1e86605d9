import { limits } from '../../text/limits.ts';
import { attributeLink, fill, hit, importedLabel, nameLink, none, nothing, put } from './flow-state.ts';
import type { FlowInput, FlowState, ImportedLabel, Labels, Link } from './flow-state.ts';
import type { Call, PythonFile, Range } from './model.ts';
import { boundArguments, namesOf } from './names.ts';
import type { Names } from './names.ts';
import { holding, outside, statementsOf } from './statements.ts';
import type { Statement } from './statements.ts';
import type { Token } from './tokens.ts';

/** Values of one file followed from where they are made, whatever the order of its lines, without running anything. */
export interface Flow {
  readonly file: PythonFile;
  readonly names: Names;
  /** What an expression at a place may hold. */
  readonly valueOf: (range: Range, scope: number) => Labels;
  /** What a function or method of the file gives back, or puts into what it is given. */
  readonly returned: (scope: number) => Labels;
  /** What the attributes of a class and its relatives may hold. */
  readonly held: (family: number) => Labels;
  /** What is written by way of something that carries a label, such as an open file. */
  readonly written: (label: Labels) => Labels;
  readonly imported: readonly ImportedLabel[];
}

/** Rounds over all statements: each carries a value one function further, and real scripts need three. */
const maximumRounds = 8;

const keywords = new Set([
  'if',
  'else',
  'for',
  'in',
  'not',
  'and',
  'or',
  'is',
  'lambda',
  'await',
  'async',
  'None',
  'True',
  'False',
  'yield',
  'from',
  'del',
  'assert',
  'raise',
  'return',
]);
/** Functions whose results tell of their arguments without holding them. */
const telling =
  /^(?:len|isinstance|issubclass|hasattr|callable|range|type|id|hash|bool|any|all|print|exists|isfile|isdir|makedirs|sleep|time|\w*(?:num|count|len)\w*_?tokens?\w*)$/;
/** Methods that put their arguments into what they are called on. */
const mutators = /^(?:append|extend|add|update|insert|put|push|setdefault|enqueue|save|store|record|set)(?:_\w+|left)?$/;
/** Functions that give back what they are given, a piece at a time. */
const passing = new Set(['enumerate', 'zip', 'tqdm', 'list', 'reversed', 'sorted', 'iter', 'track']);

const isOp = (token: Token | undefined, text: string): boolean => token?.kind === 'operator' && token.text === text;

interface Given {
  readonly value: Range;
  readonly labels: Labels;
  /** What an argument is that is a name or an attribute. */
  readonly link: Link;
}

/** Gives a function of the file what a call hands to it, and back what it puts into that. */
const handOver = (state: FlowState, call: Call, given: readonly Given[], target: number): void => {
  for (const { parameter, value } of boundArguments(state.file, call, target)) {
    const argument = given.find((entry) => entry.value === value);
    if (!argument) continue;
    const variable = state.names.variable(parameter, target);
    put(state, variable, argument.labels);
    if (argument.link.family >= 0 && !state.families.has(variable)) state.families.set(variable, argument.link.family);
    if (state.filled.has(variable) && argument.link.variable >= 0) fill(state, argument.link.variable, (state.values[variable] ?? none) & ~state.input.handles);
  }
};

const called = (state: FlowState, link: Link, call: Call, scope: number, depth: number): Link => {
  const { file, input, names } = state;
  const source = input.sources.get(call.nameToken) ?? none;
  // An object that is called: its class says what that does.
  const target = link.scope < 0 && link.family >= 0 ? (names.methods(link.family, '__call__')[0] ?? -1) : link.scope;
  const kind = target < 0 ? undefined : file.scopes[target]?.kind;
  const given = call.args.map(({ value }): Given => {
    const { link, labels } = evaluated(state, value, scope, depth + 1);
    return { value, labels, link: value.to - value.from <= 5 ? link : nothing };
  });
  const labels = given.reduce((all, entry) => all | entry.labels, source | link.labels);
  if (kind === 'def') {
    handOver(state, call, given, target);
    return { ...nothing, labels: source | link.labels | (state.returns[target] ?? none), family: state.returnFamilies.get(target) ?? -1 };
  }
  if (kind === 'class') {
    const family = names.familyOf(target);
    for (const made of names.methods(family, '__init__')) handOver(state, call, given, made);
    return { ...nothing, labels, family };
  }
  // A function that is handed on will be called with what is handed on beside it.
  for (const { link: handed } of given)
    if (handed.scope >= 0 && file.scopes[handed.scope]?.kind === 'def')
      for (const { name } of file.scopes[handed.scope]?.parameters ?? []) put(state, names.variable(name, handed.scope), labels);
  hit(state, labels);
  if (telling.test(call.name)) return { ...nothing, labels: source };
  if (mutators.test(call.name) && link.variable >= 0) fill(state, link.variable, labels & ~(state.values[link.variable] ?? none));
  return { ...nothing, labels: labels | importedLabel(state, link.words, call) };
};

/** Reads a chain that begins with a name, up to its end or `to`. */
const chainAt = (state: FlowState, from: number, to: number, scope: number, depth: number): { readonly link: Link; readonly next: number } => {
  const { file } = state;
  let link = nameLink(state, file.tokens[from]?.text ?? '', scope);
  let at = from + 1;
  for (; at < to; state.steps += 1) {
    const token = file.tokens[at];
    if (isOp(token, '.') && file.tokens[at + 1]?.kind === 'name') {
      link = attributeLink(state, link, file.tokens[at + 1]?.text ?? '');
      at += 2;
    } else if (isOp(token, '(') || isOp(token, '[')) {
      const close = file.partner[at] ?? -1;
      if (close < at || close >= to) break;
      const call = isOp(token, '(') ? state.openAt.get(at) : undefined;
      if (call && depth >= limits.nesting) file.hit.add('nested too deeply');
      link = call && depth < limits.nesting ? called(state, link, call, scope, depth) : { ...link, scope: -1, words: null };
      at = close + 1;
    } else break;
  }
  return { link, next: at };
};

/** Names in the placeholders of an f-string. */
const inHoles = (state: FlowState, holes: string, scope: number): Labels => {
  let out = none;
  for (const match of holes.matchAll(/\{\s*([A-Za-z_]\w*)(?:\.([A-Za-z_]\w*))?(?:\.([A-Za-z_]\w*))?/g)) {
    let link = nameLink(state, match[1] ?? '', scope);
    for (const name of [match[2], match[3]]) if (name !== undefined) link = attributeLink(state, link, name);
    out |= link.labels;
    state.steps += 1;
  }
  return out;
};

const isKeyword = (file: PythonFile, at: number): boolean =>
  isOp(file.tokens[at + 1], '=') && (isOp(file.tokens[at - 1], '(') || isOp(file.tokens[at - 1], ','));

const valueOf = (state: FlowState, whole: Range, scope: number, depth: number): Labels => {
  const { file } = state;
  if (depth > limits.nesting || state.steps > limits.pythonSteps) {
    file.hit.add(depth > limits.nesting ? 'nested too deeply' : 'more values of Python than are followed');
    return none;
  }
  let out = none;
  for (const range of holding(file, whole)) {
    for (let i = range.from; i < range.to;) {
      const token = file.tokens[i];
      const close = file.partner[i] ?? -1;
      state.steps += 1;
      if (token?.kind === 'name' && isOp(file.tokens[i + 1], ':=')) {
        const value = valueOf(state, { from: i + 2, to: range.to }, scope, depth + 1);
        put(state, state.names.variable(token.text, scope), value);
        return out | value;
      }
      if (token?.kind === 'name' && isKeyword(file, i)) i += 2;
      else if (token?.kind === 'name' && !keywords.has(token.text)) {
        const { link, next } = chainAt(state, i, range.to, scope, depth);
        out |= link.labels;
        i = next;
      } else if (close > i) {
        out |= valueOf(state, { from: i + 1, to: Math.min(close, range.to) }, scope, depth + 1);
        i = close + 1;
      } else {
        if (token?.kind === 'string' && token.holes !== null) out |= inHoles(state, token.holes, scope);
        i += 1;
      }
    }
  }
  return out;
};

/** What an expression may hold, and what it is where it is one chain of names: that is read once for both. */
const evaluated = (state: FlowState, value: Range, scope: number, depth: number): { readonly labels: Labels; readonly link: Link; readonly whole: boolean } => {
  const { file } = state;
  const name = file.tokens[value.from];
  if (depth > limits.nesting || state.steps > limits.pythonSteps || name?.kind !== 'name' || keywords.has(name.text) || isOp(file.tokens[value.from + 1], ':='))
    return { labels: valueOf(state, value, scope, depth), link: nothing, whole: false };
  const { link, next } = chainAt(state, value.from, value.to, scope, depth);
  if (next >= value.to) return { labels: link.labels, link, whole: true };
  return { labels: valueOf(state, value, scope, depth), link, whole: false };
};

/** Puts a value into a target: all of a name, or a part of what an attribute or subscript belongs to. */
const assign = (state: FlowState, target: Range, labels: Labels, family: number, scope: number): void => {
  const { file } = state;
  const from = isOp(file.tokens[target.from], '*') ? target.from + 1 : target.from;
  if (file.tokens[from]?.kind !== 'name') return;
  const { link } = chainAt(state, from, target.to, scope, 1);
  if (link.variable < 0) return;
  const own = target.to - from === 1 || (link.words === null && isOp(file.tokens[target.to - 2], '.') && file.tokens[target.to - 1]?.kind === 'name');
  if (!own) return fill(state, link.variable, labels);
  put(state, link.variable, labels);
  if (family >= 0) state.families.set(link.variable, family);
};

/** Variables whose parts a value is: `rows` of `rows[0]`, of `enumerate(rows)`. */
const sharedWith = (
  state: FlowState,
  value: Range,
  scope: number,
  depth: number,
  known?: { readonly link: Link; readonly whole: boolean },
): readonly number[] => {
  const { file } = state;
  const name = file.tokens[value.from];
  if (name?.kind !== 'name' || keywords.has(name.text) || depth > 3) return [];
  const call = state.openAt.get(value.from + 1);
  if (call && passing.has(name.text))
    return call.args.slice(0, 4).flatMap((entry) => (entry.keyword === null ? sharedWith(state, entry.value, scope, depth + 1) : []));
  if (outside(file, value, (token) => isOp(token, '(')) >= 0) return [];
  const { link, whole } = known ?? evaluated(state, value, scope, 1);
  return link.variable >= 0 && whole ? [link.variable] : [];
};

/** A call that nobody takes the result of is made for what it does to its arguments: a function of another module, or one that was handed in. */
const effectsOf = (state: FlowState, { value, scope }: Statement): void => {
  const { file } = state;
  const call = file.callAt.get(value.to - 1);
  const name = file.tokens[value.from];
  if (!call || name?.kind !== 'name' || telling.test(call.name) || call.args.length > 30) return;
  const plain = call.nameToken === value.from && state.names.definition(call.name, scope) === undefined && !file.imports.has(call.name);
  const known = state.labelOfWords.get(call.callee) ?? none;
  if (!plain && known === none) return;
  const given = call.args.map((argument) => ({ labels: valueOf(state, argument.value, scope, 1), value: argument.value }));
  const labels = plain ? given.reduce((all, entry) => all | entry.labels, none) & ~state.input.handles : known;
  if (labels === none) return;
  for (const entry of given) {
    if (entry.value.to - entry.value.from > 3 || file.tokens[entry.value.from]?.kind !== 'name') continue;
    const { variable } = chainAt(state, entry.value.from, entry.value.to, scope, 1).link;
    if (variable >= 0 && (labels & ~entry.labels) !== none) fill(state, variable, labels);
  }
};

const step = (state: FlowState, statement: Statement): void => {
  const { file } = state;
  const { kind, scope, targets, value } = statement;
  const found = evaluated(state, value, scope, 0);
  const { labels } = found;
  if (kind === 'expression') effectsOf(state, statement);
  if (kind === 'return') {
    const { family } = found.link;
    if (family >= 0 && !state.returnFamilies.has(scope)) {
      state.returnFamilies.set(scope, family);
      state.changed = true;
    }
    const before = state.returns[scope] ?? none;
    if ((before | labels) === before) return;
    state.returns[scope] = before | labels;
    state.changed = true;
    return;
  }
  if (targets.length === 0) return;
  const made = targets.length === 1 ? found.link.family : -1;
  const wholes = kind === 'with' ? [] : sharedWith(state, value, scope, 0, found);
  for (const target of targets) {
    assign(state, target, labels, made, scope);
    if (wholes.length === 0 || target.to - target.from !== 1) continue;
    const variable = state.names.variable(file.tokens[target.from]?.text ?? '', scope);
    const known = state.wholes.get(variable) ?? new Set<number>();
    for (const whole of wholes) if (whole !== variable && known.size < 20) known.add(whole);
    state.wholes.set(variable, known);
  }
};

/** Follows the values of a file until nothing new turns up. */
export const flowOf = (file: PythonFile, input: FlowInput): Flow => {
  const statements = statementsOf(file);
  const state: FlowState = {
    file,
    input,
    names: namesOf(file, statements),
    openAt: new Map(file.calls.map((call) => [call.open, call])),
    values: [],
    returns: [],
    returnFamilies: new Map(),
    hits: new Map(),
    wholes: new Map(),
    families: new Map(),
    filled: new Set(),
    imported: new Map(),
    labelOfWords: new Map(),
    changed: true,
    steps: 0,
  };
  for (let round = 0; round < maximumRounds && state.changed && state.steps <= limits.pythonSteps; round += 1) {
    state.changed = false;
    for (const statement of statements) step(state, statement);
  }
  if (state.steps > limits.pythonSteps) file.hit.add('more values of Python than are followed');
  return {
    file,
    names: state.names,
    valueOf: (range, scope) => valueOf(state, range, scope, 0),
    returned: (scope) =>
      (file.scopes[scope]?.parameters ?? []).reduce((all, { name }) => {
        const variable = state.names.variable(name, scope);
        return state.filled.has(variable) ? all | (state.values[variable] ?? none) : all;
      }, state.returns[scope] ?? none),
    held: (family) => state.names.attributesOf(family).reduce((all, variable) => all | (state.values[variable] ?? none), none),
    written: (label) => {
      let out = none;
      for (const [bit, labels] of state.hits) if ((label & (1n << BigInt(bit))) !== none) out |= labels;
      return out;
    },
    imported: [...state.imported.values()],
  };
};
