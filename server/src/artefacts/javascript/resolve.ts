import type { Span } from '../../text/span.ts';
import { splitList } from './model.ts';
import type { Call, JavaScriptFile, Range } from './model.ts';

/** A string that an expression may have, and where its literal stands. */
export interface Literal {
  readonly value: string;
  readonly span: Span;
  /** False for the literal head of a template. */
  readonly whole: boolean;
  /** It stands behind `??` or `||`, for where nobody gives something else. */
  readonly preset?: true;
}

/** Names followed one behind the other. */
const maximumSteps = 8;

const text = (file: JavaScriptFile, at: number): string => file.tokens[at]?.text ?? '';
const isOp = (file: JavaScriptFile, at: number, value: string): boolean => file.tokens[at]?.kind === 'operator' && file.tokens[at].text === value;

/** The value of a key in an object; quoted keys count. */
export const propertyOf = (file: JavaScriptFile, range: Range | undefined, ...keys: readonly string[]): Range | undefined => {
  if (!range || !isOp(file, range.from, '{')) return undefined;
  const close = file.partner[range.from] ?? -1;
  if (close < 0) return undefined;
  for (const item of splitList(file.tokens, file.partner, range.from, close)) {
    const key = file.tokens[item.from];
    if (!key || (key.kind !== 'name' && key.kind !== 'string') || !keys.includes(key.text)) continue;
    if (isOp(file, item.from + 1, ':')) return { from: item.from + 2, to: item.to };
    // `{ model }`: the name is the value.
    if (item.to - item.from === 1 && key.kind === 'name') return item;
  }
  return undefined;
};

/** What a name was last given before a place, else the one thing that it is given anywhere. */
export const definitionOf = (file: JavaScriptFile, name: string, before: number): Range | undefined => {
  const all = file.definitions.get(name) ?? [];
  file.looks.left -= all.length + 1;
  if (file.looks.left < 0) return undefined;
  return all.findLast((range) => range.from < before) ?? (all.length === 1 ? all[0] : undefined);
};

/** The top-level operator of an expression that offers a choice: `a ?? b`, `a || b`, `c ? a : b`. */
const choiceIn = (file: JavaScriptFile, range: Range): { readonly at: number; readonly kind: 'either' | 'ternary' } | undefined => {
  for (let i = range.from; i < range.to; i += 1) {
    file.looks.left -= 1;
    const jump = file.partner[i] ?? -1;
    if (jump > i) i = jump;
    else if (isOp(file, i, '??') || isOp(file, i, '||')) return { at: i, kind: 'either' };
    else if (isOp(file, i, '?')) return { at: i, kind: 'ternary' };
  }
  return undefined;
};

/** An object that stands here or behind a name: what a call is given as its options. */
export const objectOf = (file: JavaScriptFile, range: Range | undefined, before: number): Range | undefined => {
  if (!range) return undefined;
  if (isOp(file, range.from, '{')) return range;
  const found = range.to - range.from === 1 && file.tokens[range.from]?.kind === 'name' ? definitionOf(file, text(file, range.from), before) : undefined;
  return found && isOp(file, found.from, '{') ? found : undefined;
};

const resolveAt = (file: JavaScriptFile, whole: Range, before: number, steps: number): readonly Literal[] => {
  file.looks.left -= 1;
  if (steps > maximumSteps || file.looks.left < 0 || whole.to <= whole.from) return [];
  let range = whole;
  // `x as const`, `x!` and `(x)` are x.
  for (let i = range.from; i < range.to; i += 1)
    if (file.tokens[i]?.kind === 'name' && (text(file, i) === 'as' || text(file, i) === 'satisfies')) range = { from: range.from, to: i };
  if (isOp(file, range.to - 1, '!')) range = { from: range.from, to: range.to - 1 };
  if (isOp(file, range.from, '(') && file.partner[range.from] === range.to - 1)
    return resolveAt(file, { from: range.from + 1, to: range.to - 1 }, before, steps + 1);
  const first = file.tokens[range.from];
  if (!first) return [];
  const length = range.to - range.from;
  if (first.kind === 'string' && (length === 1 || !first.whole))
    return [{ value: first.text, span: { start: first.innerStart, end: first.innerEnd }, whole: first.whole }];
  const choice = choiceIn(file, range);
  if (choice?.kind === 'either') {
    const given = resolveAt(file, { from: range.from, to: choice.at }, before, steps + 1);
    const others = resolveAt(file, { from: choice.at + 1, to: range.to }, before, steps + 1);
    return [...given, ...(given.length > 0 ? others : others.map((literal): Literal => ({ ...literal, preset: true })))].slice(0, 8);
  }
  if (choice) {
    for (let i = choice.at + 1; i < range.to; i += 1) {
      const jump = file.partner[i] ?? -1;
      if (jump > i) i = jump;
      else if (isOp(file, i, ':'))
        return [
          ...resolveAt(file, { from: choice.at + 1, to: i }, before, steps + 1),
          ...resolveAt(file, { from: i + 1, to: range.to }, before, steps + 1),
        ].slice(0, 8);
    }
    return [];
  }
  if (first.kind !== 'name') return [];
  const owner = text(file, range.from);
  if (length === 1 || (length === 3 && isOp(file, range.from + 1, '.') && owner === 'this')) {
    const found = definitionOf(file, text(file, range.to - 1), before);
    return found ? resolveAt(file, found, found.from, steps + 1) : [];
  }
  // `config.model`, `MODELS["small"]`, `Pipeline.model`
  const key =
    isOp(file, range.from + 1, '.') || isOp(file, range.from + 1, '?.')
      ? text(file, range.from + 2)
      : file.tokens[range.from + 2]?.kind === 'string'
        ? text(file, range.from + 2)
        : undefined;
  if (key === undefined || length > 4 || (length === 4 && !isOp(file, range.from + 3, ']'))) return [];
  const object = definitionOf(file, owner, before);
  const property = object && isOp(file, object.from, '{') ? propertyOf(file, object, key) : undefined;
  if (property) return resolveAt(file, property, property.from, steps + 1);
  const field = object ? undefined : definitionOf(file, key, before);
  return field ? resolveAt(file, field, field.from, steps + 1) : [];
};

/** The strings that an expression may have: one, but for a choice. */
export const resolveRange = (file: JavaScriptFile, range: Range | undefined, before: number): readonly Literal[] =>
  range === undefined ? [] : resolveAt(file, range, before, 0);

/** A property of any object among the arguments of a call. */
export const optionOf = (file: JavaScriptFile, call: Call, ...keys: readonly string[]): Range | undefined => {
  for (const argument of call.args) {
    const found = propertyOf(file, objectOf(file, argument, call.nameToken), ...keys);
    if (found) return found;
  }
  return undefined;
};
