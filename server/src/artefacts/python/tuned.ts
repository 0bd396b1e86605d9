import type { Loaded } from './calls.ts';
import type { Call, PythonFile, Range } from './model.ts';
import { argumentOf } from './resolve.ts';

/** A loaded model that a trainer of the same file is given: what comes out is made from it. */
export interface Tuned {
  readonly loaded: Loaded;
  /** Only an adapter is trained, beside the model. */
  readonly adapter: boolean;
}

/** Names followed from the trainer back to the load: real scripts wrap a model once or twice. */
const maximumHops = 5;
const adapting = /peft|lora/i;

const isOp = (file: PythonFile, at: number, text: string): boolean => file.tokens[at]?.kind === 'operator' && file.tokens[at].text === text;

interface Definition {
  /** Token at which the line begins. */
  readonly at: number;
  readonly value: Range;
}

/** Where `a, b = value` gives a name its value: the plain form is among the assignments already. */
const tupleValue = (file: PythonFile, name: string, before: number): Definition | undefined => {
  let found: Definition | undefined;
  for (let at = 0; at < before; at += 1) {
    const token = file.tokens[at];
    if (token?.kind !== 'name' || token.column < 0 || !isOp(file, at + 1, ',')) continue;
    let end = at;
    let named = token.text === name;
    while (isOp(file, end + 1, ',') && file.tokens[end + 2]?.kind === 'name') {
      end += 2;
      named ||= file.tokens[end]?.text === name;
    }
    if (!named || !isOp(file, end + 1, '=')) continue;
    let to = end + 2;
    while (to < file.tokens.length && file.tokens[to]?.kind !== 'newline') to += 1;
    found = { at, value: { from: end + 2, to } };
  }
  return found;
};

/** The last definition of a name in front of a token. */
const definitionOf = (file: PythonFile, name: string, before: number): Definition | undefined => {
  const plain = file.assignmentsOf.get(name)?.findLast((assignment) => assignment.at < before);
  const tuple = tupleValue(file, name, before);
  return plain && tuple ? (plain.at > tuple.at ? plain : tuple) : (plain ?? tuple);
};

/** A single name, or `self.x`. */
const nameIn = (file: PythonFile, range: Range): string | undefined => {
  const words = file.tokens.slice(range.from, range.to).filter((token) => token.kind !== 'newline');
  if (words.length === 0 || words.length > 3 || words[0]?.kind !== 'name') return undefined;
  return words.map((token) => token.text).join('');
};

const follow = (file: PythonFile, { at, value: range }: Definition, models: ReadonlyMap<number, Loaded>, adapter: boolean, hops: number): Tuned | undefined => {
  if (hops > maximumHops) return undefined;
  const calls = file.calls.filter((call) => call.nameToken >= range.from && call.close < range.to);
  const wraps = adapter || calls.some((call) => adapting.test(call.callee));
  for (const call of calls) {
    const loaded = models.get(call.nameToken);
    if (loaded) return { loaded, adapter: wraps };
  }
  // A wrapper's first argument is the model; a bare name is the model itself.
  const next = calls.length === 0 ? range : argumentOf(calls[0] as Call, 0, 'model')?.value;
  const name = next ? nameIn(file, next) : undefined;
  const definition = name === undefined ? undefined : definitionOf(file, name, at);
  return definition ? follow(file, definition, models, wraps, hops + 1) : undefined;
};

export const findTuned = (file: PythonFile, loads: readonly Loaded[]): readonly Tuned[] => {
  const models = new Map(
    loads.flatMap((loaded) => (loaded.type === 'loads' && !loaded.to.includes('/datasets/') ? [[loaded.call.nameToken, loaded] as const] : [])),
  );
  const out = new Map<string, Tuned>();
  if (models.size === 0) return [];
  for (const call of file.calls) {
    if (!/^(?:[A-Z]\w*)?Trainer$/.test(call.name)) continue;
    const adapter = argumentOf(call, -1, 'peft_config') !== undefined;
    const direct = models.get(call.nameToken);
    const argument = argumentOf(call, 0, 'model');
    const tuned = direct ? { loaded: direct, adapter } : argument ? follow(file, { at: call.nameToken, value: argument.value }, models, adapter, 0) : undefined;
    if (tuned) out.set(tuned.loaded.to, tuned);
  }
  return [...out.values()];
};
