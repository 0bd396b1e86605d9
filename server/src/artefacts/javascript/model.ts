import { limits } from '../../text/limits.ts';
import { tokenise } from './tokens.ts';
import type { Token } from './tokens.ts';

/** Tokens from `from` up to but without `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Call {
  /** Dotted, with `()` behind what is called on the way: `client().chat.create`. */
  readonly callee: string;
  /** Last name of the callee. */
  readonly name: string;
  readonly nameToken: number;
  readonly open: number;
  readonly close: number;
  readonly args: readonly Range[];
  readonly made: boolean;
}

/** Where a local name comes from: `default`, `*`, or the name in the module. */
export interface Import {
  readonly module: string;
  readonly name: string;
}

export interface JavaScriptFile {
  readonly tokens: readonly Token[];
  readonly partner: Int32Array;
  readonly calls: readonly Call[];
  /** Expressions that a name is given, by the name, in their order: constants, defaults of parameters, fields. */
  readonly definitions: ReadonlyMap<string, readonly Range[]>;
  readonly imports: ReadonlyMap<string, Import>;
  /** Looks that are left for following names. */
  readonly looks: { left: number };
}

const isOp = (token: Token | undefined, text: string): boolean => token?.kind === 'operator' && token.text === text;

const openers = new Set(['(', '[', '{', '${']);
const closers = new Set([')', ']', '}']);

const matchBrackets = (tokens: readonly Token[]): Int32Array => {
  const partner = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'operator') continue;
    if (openers.has(token.text)) open.push(index);
    else if (closers.has(token.text)) {
      const from = open.pop();
      if (from === undefined) continue;
      partner[from] = index;
      partner[index] = from;
    }
  }
  return partner;
};

/** Splits what stands between two brackets at its own commas. */
export const splitList = (tokens: readonly Token[], partner: Int32Array, open: number, close: number): readonly Range[] => {
  const out: Range[] = [];
  let from = open + 1;
  for (let i = open + 1; i < close; i += 1) {
    const jump = partner[i] ?? -1;
    if (jump > i) i = jump;
    else if (isOp(tokens[i], ',')) {
      out.push({ from, to: i });
      from = i + 1;
    }
  }
  if (from < close) out.push({ from, to: close });
  return out;
};

/** Walks back over `a.b().c`, `a?.b` and `a!.b` to the head of the chain. */
const calleeOf = (tokens: readonly Token[], partner: Int32Array, nameAt: number): { readonly callee: string; readonly head: number } => {
  let callee = tokens[nameAt]?.text ?? '';
  let at = nameAt;
  for (let steps = 0; steps < 20 && (isOp(tokens[at - 1], '.') || isOp(tokens[at - 1], '?.')); steps += 1) {
    let head = at - 2;
    let mark = '';
    if (isOp(tokens[head], '!')) head -= 1;
    while (isOp(tokens[head], ')') || isOp(tokens[head], ']')) {
      const open = partner[head] ?? -1;
      if (open <= 0) return { callee, head: at };
      mark = isOp(tokens[head], ')') ? `()${mark}` : mark;
      head = open - 1;
    }
    const token = tokens[head];
    if (token?.kind !== 'name') return { callee: `${mark}.${callee}`, head: at };
    callee = `${token.text}${mark}.${callee}`;
    at = head;
  }
  return { callee, head: at };
};

/** Words in front of brackets that call nothing. */
const noCalls = new Set(['if', 'for', 'while', 'switch', 'catch', 'function', 'return', 'typeof', 'await', 'super', 'import', 'with', 'of', 'in']);

/** `name<Type>(`: the bracket behind what stands between the angles, which a few tokens hold. */
const behindTypes = (tokens: readonly Token[], at: number): number => {
  if (!isOp(tokens[at], '<')) return at;
  for (let i = at + 1, depth = 1; i < Math.min(tokens.length, at + 24); i += 1) {
    const token = tokens[i];
    if (isOp(token, '<')) depth += 1;
    else if (isOp(token, '>')) depth -= 1;
    else if (token?.kind === 'operator' && !['.', ',', '|', '[', ']'].includes(token.text)) return at;
    if (depth === 0) return i + 1;
  }
  return at;
};

const findCalls = (tokens: readonly Token[], partner: Int32Array): readonly Call[] => {
  const out: Call[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'name' || noCalls.has(token.text)) continue;
    let open = behindTypes(tokens, index + 1);
    if (isOp(tokens[open], '?.') && isOp(tokens[open + 1], '(')) open += 1;
    const close = isOp(tokens[open], '(') ? (partner[open] ?? -1) : -1;
    if (close < 0) continue;
    const { callee, head } = calleeOf(tokens, partner, index);
    const before = tokens[head - 1];
    // `function name(...)`: a definition.
    if (before?.kind === 'name' && before.text === 'function') continue;
    const made = before?.kind === 'name' && before.text === 'new';
    out.push({ callee, name: token.text, nameToken: index, open, close, args: splitList(tokens, partner, open, close), made });
  }
  return out;
};

/** The end of an expression: where a line or a list that it stands in goes on with something else. */
const expressionEnd = (tokens: readonly Token[], partner: Int32Array, from: number): number => {
  let i = from;
  for (; i < tokens.length && i < from + 400; i += 1) {
    const token = tokens[i];
    if (!token) break;
    if (token.kind === 'operator' && (token.text === ';' || token.text === ',' || closers.has(token.text))) break;
    const jump = partner[i] ?? -1;
    if (jump > i) i = jump;
    // Without a semicolon: two operands side by side are two statements.
    const next = tokens[i + 1];
    const ends =
      token.kind === 'string' ||
      token.kind === 'number' ||
      (jump >= 0 && i === jump) ||
      (token.kind === 'name' && token.text !== 'await' && token.text !== 'new' && token.text !== 'typeof' && token.text !== 'async');
    if (ends && next && (next.kind === 'name' || next.kind === 'string') && next.text !== 'as' && next.text !== 'satisfies' && next.text !== 'in') return i + 1;
  }
  return i;
};

const findDefinitions = (tokens: readonly Token[], partner: Int32Array): ReadonlyMap<string, readonly Range[]> => {
  const out = new Map<string, Range[]>();
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'name') continue;
    let at = index + 1;
    // `name: Type = value`, where the type is a few words.
    if (isOp(tokens[at], '?')) at += 1;
    if (isOp(tokens[at], ':') && !isOp(tokens[index - 1], '?'))
      for (let i = at + 1; i < at + 12; i += 1) {
        if (isOp(tokens[i], '=')) {
          at = i;
          break;
        }
        const type = tokens[i];
        if (
          type?.kind !== 'name' &&
          type?.kind !== 'string' &&
          !isOp(type, '|') &&
          !isOp(type, '<') &&
          !isOp(type, '>') &&
          !isOp(type, '.') &&
          !isOp(type, '[') &&
          !isOp(type, ']')
        )
          break;
      }
    const assigns = isOp(tokens[at], '=') || isOp(tokens[at], '??=');
    if (!assigns) continue;
    const range = { from: at + 1, to: expressionEnd(tokens, partner, at + 1) };
    const known = out.get(token.text);
    if (known) known.push(range);
    else out.set(token.text, [range]);
  }
  return out;
};

/** A module's name without the address of a CDN around it and the version behind it. */
export const moduleName = (written: string): string => {
  const path = /^https?:\/\/[^/]+\/(?:npm\/|v\d+\/|pin\/)?(.*)$/.exec(written)?.[1] ?? written;
  return /^(@[^/@]+\/[^/@]+|[^/@]+)/.exec(path.replace(/^npm:/, ''))?.[1] ?? path;
};

const named = (tokens: readonly Token[], partner: Int32Array, open: number, module: string, imports: Map<string, Import>): void => {
  for (const item of splitList(tokens, partner, open, partner[open] ?? -1)) {
    const first = tokens[item.from]?.text === 'type' && item.to - item.from > 1 ? item.from + 1 : item.from;
    const own = tokens[first];
    const local = tokens[item.to - 1];
    if (own?.kind === 'name' && local?.kind === 'name') imports.set(local.text, { module, name: own.text });
  }
};

const findImports = (tokens: readonly Token[], partner: Int32Array): ReadonlyMap<string, Import> => {
  const imports = new Map<string, Import>();
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'name') continue;
    if (token.text === 'from' && tokens[index + 1]?.kind === 'string') {
      const module = tokens[index + 1]?.text ?? '';
      for (let i = index - 1; i >= 0 && i > index - 400; i -= 1) {
        const before = tokens[i];
        if (before?.kind === 'name' && (before.text === 'import' || before.text === 'export')) break;
        const open = partner[i] ?? -1;
        if (isOp(before, '}') && open >= 0) {
          named(tokens, partner, open, module, imports);
          i = open;
        } else if (before?.kind === 'name' && before.text !== 'type' && before.text !== 'as')
          imports.set(before.text, { module, name: isOp(tokens[i - 2], '*') ? '*' : 'default' });
      }
    } else if ((token.text === 'require' || token.text === 'import') && isOp(tokens[index + 1], '(') && tokens[index + 2]?.kind === 'string') {
      const module = tokens[index + 2]?.text ?? '';
      let at = index - 1;
      while (isOp(tokens[at], '(') || tokens[at]?.text === 'await') at -= 1;
      if (!isOp(tokens[at], '=')) continue;
      const before = tokens[at - 1];
      const open = partner[at - 1] ?? -1;
      if (isOp(before, '}') && open >= 0) named(tokens, partner, open, module, imports);
      else if (before?.kind === 'name') imports.set(before.text, { module, name: '*' });
    }
  }
  return imports;
};

/** Reads a text, or the stretches of it that are code. */
export const readJavaScript = (
  text: string,
  parts: readonly { readonly start: number; readonly end: number }[] = [{ start: 0, end: text.length }],
): JavaScriptFile => {
  const tokens = parts.flatMap(({ start, end }) => tokenise(text, start, end));
  const partner = matchBrackets(tokens);
  return {
    tokens,
    partner,
    calls: findCalls(tokens, partner),
    definitions: findDefinitions(tokens, partner),
    imports: findImports(tokens, partner),
    looks: { left: limits.javascriptLooks },
  };
};
