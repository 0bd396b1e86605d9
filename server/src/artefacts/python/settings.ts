import { chain, maximumSteps, mayLook, text } from './look.ts';
import type { Literal, Look } from './look.ts';
import { splitList } from './model.ts';
import type { Range } from './model.ts';

/** How an expression at a scope is resolved. */
export type Follow = (look: Look, scope: number, range: Range) => Literal | undefined;

/** What a range holds under keys: in a dictionary, in the keywords of a call such as `dict(a=...)`, or in what a call wraps. */
const valueAt = (look: Look, follow: Follow, scope: number, range: Range, keys: readonly string[]): Literal | undefined => {
  const [key, ...rest] = keys;
  if (key === undefined) return follow(look, scope, range);
  if (look.steps > maximumSteps || range.to <= range.from) return undefined;
  const next = { ...look, steps: look.steps + 1 };
  if (text(look, range.from) === '{') {
    const close = look.file.partner[range.from] ?? -1;
    if (!mayLook(look, Math.max(0, close - range.from))) return undefined;
    for (const item of splitList(look.file.tokens, look.file.partner, range.from, close)) {
      const token = look.file.tokens[item.from];
      if (token?.kind === 'string' && token.text === key && text(look, item.from + 1) === ':')
        return valueAt(next, follow, scope, { from: item.from + 2, to: item.to }, rest);
    }
    return undefined;
  }
  const call = look.file.callAt.get(range.to - 1);
  if (!call || call.args.length > 40 || !mayLook(look, call.args.length)) return undefined;
  const named = call.args.find((argument) => argument.keyword === key);
  if (named) return valueAt(next, follow, scope, named.value, rest);
  const wrapped = call.args.length === 1 && call.args[0]?.keyword === null ? call.args[0].value : undefined;
  return wrapped ? valueAt(next, follow, scope, wrapped, keys) : undefined;
};

/** `settings["a"]["b"]`, `settings.a.b`: what stands at those keys in what the name was given. */
export const settingAt = (look: Look, follow: Follow, name: string, keys: readonly string[]): Literal | undefined => {
  for (const scope of chain(look)) {
    const all = look.file.assignmentsOf.get(name) ?? [];
    const found = mayLook(look, all.length) ? all.findLast((assignment) => assignment.scope === scope) : undefined;
    const value = found ? valueAt(look, follow, scope, found.value, keys) : undefined;
    if (value) return value;
  }
  return undefined;
};

/** The name and the keys behind it, where a range is nothing else. */
export const keysOf = (look: Look, range: Range): readonly string[] | undefined => {
  const out: string[] = [];
  for (let at = range.from + 1; at < range.to;) {
    if (text(look, at) === '.' && look.file.tokens[at + 1]?.kind === 'name') {
      out.push(text(look, at + 1));
      at += 2;
    } else if (text(look, at) === '[' && look.file.tokens[at + 1]?.kind === 'string' && text(look, at + 2) === ']') {
      out.push(text(look, at + 1));
      at += 3;
    } else return undefined;
    if (out.length > 5) return undefined;
  }
  return out;
};
