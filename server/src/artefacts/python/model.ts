import { limits } from '../../text/limits.ts';
import { matchBrackets, tokenise } from './tokens.ts';
import type { Token } from './tokens.ts';

/** Tokens from `from` up to but without `to`. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

export interface Argument {
  readonly keyword: string | null;
  readonly value: Range;
}

export interface Call {
  /** Dotted, with `()` behind what is called on the way: `Client().chat.create`. */
  readonly callee: string;
  /** Last name of the callee. */
  readonly name: string;
  readonly nameToken: number;
  readonly open: number;
  readonly close: number;
  readonly args: readonly Argument[];
  readonly scope: number;
  /** The name that the result is put into on the same line, if any. */
  readonly assigned: string | null;
}

export interface Parameter {
  readonly name: string;
  readonly value: Range | null;
}

/** A function or class; index 0 is the module. */
export interface Scope {
  readonly kind: 'module' | 'def' | 'class';
  readonly name: string;
  readonly parent: number;
  readonly from: number;
  readonly to: number;
  readonly parameters: readonly Parameter[];
}

export interface Assignment {
  /** `x`, or `self.x`. */
  readonly name: string;
  readonly scope: number;
  readonly at: number;
  readonly value: Range;
}

export interface PythonFile {
  readonly tokens: readonly Token[];
  readonly partner: Int32Array;
  readonly scopes: readonly Scope[];
  /** The innermost scope of each token. */
  readonly inner: Int32Array;
  readonly calls: readonly Call[];
  readonly assignments: readonly Assignment[];
  /** The same calls and assignments by name, in their order: a resolution asks for one name many times. */
  readonly callsOf: ReadonlyMap<string, readonly Call[]>;
  readonly assignmentsOf: ReadonlyMap<string, readonly Assignment[]>;
  /** Calls by the token that closes them. */
  readonly callAt: ReadonlyMap<number, Call>;
  /** Looks that are left for following names: all questions to one file share them. */
  readonly budget: { left: number };
  /** Limits that were hit, as they are told. */
  readonly hit: Set<string>;
  /** Local name to dotted origin: `OpenAI` -> `openai.OpenAI`, `np` -> `numpy`. */
  readonly imports: ReadonlyMap<string, string>;
}

const isOp = (token: Token | undefined, text: string): boolean => token?.kind === 'operator' && token.text === text;

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

const argumentOf = (tokens: readonly Token[], range: Range): Argument => {
  const keyword = tokens[range.from];
  if (keyword?.kind === 'name' && isOp(tokens[range.from + 1], '=') && range.to - range.from > 2)
    return { keyword: keyword.text, value: { from: range.from + 2, to: range.to } };
  return { keyword: null, value: range };
};

/** Walks back over `a.b().c` to the head of the chain. */
const calleeOf = (tokens: readonly Token[], partner: Int32Array, nameAt: number): string => {
  let text = tokens[nameAt]?.text ?? '';
  let at = nameAt;
  for (let steps = 0; steps < 20 && isOp(tokens[at - 1], '.'); steps += 1) {
    let head = at - 2;
    let mark = '';
    while (isOp(tokens[head], ')') || isOp(tokens[head], ']')) {
      const open = partner[head] ?? -1;
      if (open <= 0) return text;
      mark = isOp(tokens[head], ')') ? `()${mark}` : mark;
      head = open - 1;
    }
    const token = tokens[head];
    if (token?.kind !== 'name') return `${mark}.${text}`;
    text = `${token.text}${mark}.${text}`;
    at = head;
  }
  return text;
};

const parametersOf = (tokens: readonly Token[], partner: Int32Array, open: number): readonly Parameter[] => {
  const close = partner[open] ?? -1;
  if (close < 0) return [];
  return splitList(tokens, partner, open, close).flatMap((range): Parameter[] => {
    const name = tokens[range.from];
    if (name?.kind !== 'name') return [];
    for (let i = range.from + 1; i < range.to; i += 1) {
      const jump = partner[i] ?? -1;
      if (jump > i) i = jump;
      else if (isOp(tokens[i], '=')) return [{ name: name.text, value: { from: i + 1, to: range.to } }];
    }
    return [{ name: name.text, value: null }];
  });
};

/** A `def` or `class` begins a logical line, behind `async` or not: inside brackets there is none. */
const headColumn = (tokens: readonly Token[], index: number): number => {
  const token = tokens[index];
  if (token?.kind !== 'name' || (token.text !== 'def' && token.text !== 'class') || tokens[index + 1]?.kind !== 'name') return -1;
  if (token.column >= 0) return token.column;
  const before = tokens[index - 1];
  return before?.text === 'async' && before.kind === 'name' ? before.column : -1;
};

/** A block ends at the first line that stands no deeper than its head. One pass: a line closes all blocks that are open at its column or deeper. */
const scopesOf = (tokens: readonly Token[], partner: Int32Array): readonly Scope[] => {
  const scopes: Scope[] = [{ kind: 'module', name: '', parent: -1, from: 0, to: tokens.length, parameters: [] }];
  const open: { readonly scope: number; readonly column: number }[] = [];
  const close = (at: number, column: number): void => {
    while (open.length > 0 && (open.at(-1)?.column ?? -1) >= column) {
      const scope = open.pop()?.scope ?? 0;
      const ended = scopes[scope];
      if (ended) scopes[scope] = { ...ended, to: at };
    }
  };
  for (const [index, token] of tokens.entries()) {
    if (token.column >= 0) close(index, token.column);
    const column = headColumn(tokens, index);
    if (column < 0) continue;
    const brackets = isOp(tokens[index + 2], '(') ? index + 2 : -1;
    scopes.push({
      kind: token.text === 'def' ? 'def' : 'class',
      name: tokens[index + 1]?.text ?? '',
      parent: open.at(-1)?.scope ?? 0,
      from: index,
      to: tokens.length,
      parameters: token.text === 'def' && brackets > 0 ? parametersOf(tokens, partner, brackets) : [],
    });
    open.push({ scope: scopes.length - 1, column });
  }
  return scopes;
};

const lineEnd = (tokens: readonly Token[], from: number): number => {
  let at = from;
  while (at < tokens.length && tokens[at]?.kind !== 'newline' && !isOp(tokens[at], ';')) at += 1;
  return at;
};

const importsOf = (tokens: readonly Token[]): ReadonlyMap<string, string> => {
  const imports = new Map<string, string>();
  const dotted = (from: number): { readonly name: string; readonly next: number } => {
    let name = '';
    let at = from;
    while (tokens[at]?.kind === 'name' || isOp(tokens[at], '.')) {
      if (tokens[at]?.kind === 'name' && tokens[at - 1]?.kind === 'name' && at > from) break;
      name += tokens[at]?.text ?? '';
      at += 1;
    }
    return { name, next: at };
  };
  for (const [index, token] of tokens.entries()) {
    if (token.column < 0 || token.kind !== 'name') continue;
    if (token.text === 'import') {
      for (let at = index + 1, end = lineEnd(tokens, index); at < end;) {
        const { name, next } = dotted(at);
        if (name === '') break;
        const alias = tokens[next]?.text === 'as' ? tokens[next + 1]?.text : undefined;
        imports.set(alias ?? name.split('.')[0] ?? name, alias === undefined ? (name.split('.')[0] ?? name) : name);
        if (alias === undefined && name.includes('.')) imports.set(name, name);
        at = next + (alias === undefined ? 0 : 2) + 1;
      }
    } else if (token.text === 'from') {
      const { name: origin, next } = dotted(index + 1);
      if (tokens[next]?.text !== 'import') continue;
      for (let at = next + 1, end = lineEnd(tokens, next); at < end; at += 1) {
        const name = tokens[at];
        if (name?.kind !== 'name') continue;
        const alias = tokens[at + 1]?.text === 'as' ? tokens[at + 2]?.text : undefined;
        imports.set(alias ?? name.text, `${origin}.${name.text}`);
        if (alias !== undefined) at += 2;
      }
    }
  }
  return imports;
};

const findAssignments = (tokens: readonly Token[], partner: Int32Array, scopeAt: (token: number) => number): readonly Assignment[] => {
  const out: Assignment[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.column < 0 || token.kind !== 'name') continue;
    let name = token.text;
    let at = index + 1;
    while (isOp(tokens[at], '.') && tokens[at + 1]?.kind === 'name') {
      name += `.${tokens[at + 1]?.text ?? ''}`;
      at += 2;
    }
    if (isOp(tokens[at], ':')) {
      // An annotation: skip it to the `=` of the same line.
      for (at += 1; at < tokens.length && tokens[at]?.kind !== 'newline' && !isOp(tokens[at], '='); at += 1) {
        const jump = partner[at] ?? -1;
        if (jump > at) at = jump;
      }
    }
    if (isOp(tokens[at], '=')) out.push({ name, scope: scopeAt(index), at: index, value: { from: at + 1, to: lineEnd(tokens, at + 1) } });
  }
  return out;
};

const byName = <T extends { readonly name: string }>(rows: readonly T[]): ReadonlyMap<string, readonly T[]> => {
  const out = new Map<string, T[]>();
  for (const row of rows) {
    const known = out.get(row.name);
    if (known) known.push(row);
    else out.set(row.name, [row]);
  }
  return out;
};

/** Calls, definitions, constants and imports of a text, which may have parts that end at `ends`. */
export const readPython = (text: string, ends?: readonly number[]): PythonFile => {
  const tokens = tokenise(text, ends);
  const partner = matchBrackets(tokens);
  const scopes = scopesOf(tokens, partner);
  // Scopes are in order of their start, so later ones overwrite.
  const inner = new Int32Array(tokens.length);
  for (const [index, scope] of scopes.entries()) inner.fill(index, scope.from, scope.to);
  const assignments = findAssignments(tokens, partner, (token) => inner[token] ?? 0);
  const targets = new Map(assignments.map((assignment) => [assignment.value.from, assignment.name]));
  const calls: Call[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'name' || !isOp(tokens[index + 1], '(')) continue;
    const before = tokens[index - 1];
    if (before?.kind === 'name' && (before.text === 'def' || before.text === 'class')) continue;
    const open = index + 1;
    const close = partner[open] ?? -1;
    if (close < 0) continue;
    let head = index;
    while (isOp(tokens[head - 1], '.') && tokens[head - 2]?.kind === 'name') head -= 2;
    calls.push({
      callee: calleeOf(tokens, partner, index),
      name: token.text,
      nameToken: index,
      open,
      close,
      scope: inner[index] ?? 0,
      assigned: targets.get(head) ?? null,
      args: splitList(tokens, partner, open, close).map((range) => argumentOf(tokens, range)),
    });
  }
  return {
    tokens,
    partner,
    scopes,
    inner,
    calls,
    assignments,
    callsOf: byName(calls),
    assignmentsOf: byName(assignments),
    callAt: new Map(calls.map((call) => [call.close, call])),
    budget: { left: limits.pythonLooks },
    hit: new Set(),
    imports: importsOf(tokens),
  };
};
