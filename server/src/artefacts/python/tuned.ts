import { limits } from '../../text/limits.ts';
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

interface Definition {
  readonly scope: number;
  /** Token at which the line begins. */
  readonly at: number;
  readonly value: Range;
}

interface Search {
  readonly file: PythonFile;
  /** By the token of the call's name. */
  readonly models: ReadonlyMap<number, Loaded>;
  readonly tuples: ReadonlyMap<string, readonly Definition[]>;
}

const isOp = (file: PythonFile, at: number, text: string): boolean => file.tokens[at]?.kind === 'operator' && file.tokens[at].text === text;

/** Names that `a, b = value` gives their values: the plain form is among the assignments already. */
const tuplesOf = (file: PythonFile): ReadonlyMap<string, readonly Definition[]> => {
  const out = new Map<string, Definition[]>();
  for (const at of file.heads) {
    const token = file.tokens[at];
    if (token?.kind !== 'name' || !isOp(file, at + 1, ',')) continue;
    const names = [token.text];
    let end = at;
    while (isOp(file, end + 1, ',') && file.tokens[end + 2]?.kind === 'name') {
      end += 2;
      names.push(file.tokens[end]?.text ?? '');
    }
    if (!isOp(file, end + 1, '=')) continue;
    let to = end + 2;
    while (to < file.tokens.length && file.tokens[to]?.kind !== 'newline') to += 1;
    const definition = { scope: file.inner[at] ?? 0, at, value: { from: end + 2, to } };
    for (const name of names) {
      const known = out.get(name);
      if (known) known.push(definition);
      else out.set(name, [definition]);
    }
  }
  return out;
};

/** The last definition of a name that a place sees: in its own function before it, else around it. A parameter may be anything. */
const definitionOf = ({ file, tuples }: Search, name: string, scope: number, before: number): Definition | undefined => {
  const all: readonly Definition[] = [...(file.assignmentsOf.get(name) ?? []), ...(tuples.get(name) ?? [])];
  if (name.includes('.')) return all.filter((entry) => entry.at < before).at(-1);
  for (let at = scope; at >= 0; at = file.scopes[at]?.parent ?? -1) {
    const own = all
      .filter((entry) => entry.scope === at && entry.at < before)
      .toSorted((a, b) => a.at - b.at)
      .at(-1);
    if (own) return own;
    if (file.scopes[at]?.parameters.some((parameter) => parameter.name === name)) return undefined;
  }
  return undefined;
};

/** A single name, or `self.x`. */
const nameIn = (file: PythonFile, range: Range): string | undefined => {
  const words = file.tokens.slice(range.from, Math.min(range.to, range.from + 8)).filter((token) => token.kind !== 'newline');
  if (words.length === 0 || words.length > 3 || words[0]?.kind !== 'name') return undefined;
  return words.map((token) => token.text).join('');
};

const follow = (search: Search, { scope, at, value: range }: Definition, adapter: boolean, hops: number): Tuned | undefined => {
  if (hops > maximumHops) return undefined;
  const { file, models } = search;
  const first = file.calls.find((call) => call.nameToken >= range.from && call.close < range.to);
  const wraps = adapter || (first !== undefined && adapting.test(first.callee));
  const loaded = first ? models.get(first.nameToken) : undefined;
  if (loaded) return { loaded, adapter: wraps };
  // A wrapper's first argument is the model; a bare name is the model itself.
  if (first) {
    const inner = argumentOf(first, 0, 'model')?.value;
    return inner ? follow(search, { scope, at, value: inner }, wraps, hops + 1) : undefined;
  }
  const name = nameIn(file, range);
  const definition = name === undefined ? undefined : definitionOf(search, name, scope, at);
  return definition ? follow(search, definition, wraps, hops + 1) : undefined;
};

/** A trainer may only evaluate: it tunes where it is asked to. */
const isAskedToTrain = (file: PythonFile, trainer: Call): boolean => {
  const trained = file.callsOf.get('train') ?? [];
  return trained.some(({ callee }) => callee === `${trainer.assigned ?? trainer.callee}.train` || callee === `${trainer.callee}().train`);
};

export const findTuned = (file: PythonFile, loads: readonly Loaded[]): readonly Tuned[] => {
  const models = new Map(
    loads.flatMap((loaded) => (loaded.type === 'loads' && !loaded.to.includes('/datasets/') ? [[loaded.call.nameToken, loaded] as const] : [])),
  );
  const all = models.size === 0 ? [] : file.calls.filter((call) => /^(?:[A-Z]\w*)?Trainer$/.test(call.name));
  if (all.length === 0) return [];
  if (all.length > limits.pythonTrainers) file.hit.add(`more than ${limits.pythonTrainers} trainers`);
  const trainers = all.slice(0, limits.pythonTrainers);
  const search: Search = { file, models, tuples: tuplesOf(file) };
  const out = new Map<string, Tuned>();
  for (const call of trainers) {
    if (!isAskedToTrain(file, call)) continue;
    const adapter = argumentOf(call, -1, 'peft_config') !== undefined;
    const direct = models.get(call.nameToken);
    const argument = argumentOf(call, 0, 'model');
    const tuned = direct
      ? { loaded: direct, adapter }
      : argument
        ? follow(search, { scope: call.scope, at: call.nameToken, value: argument.value }, adapter, 0)
        : undefined;
    if (tuned) out.set(tuned.loaded.to, tuned);
  }
  return [...out.values()];
};
