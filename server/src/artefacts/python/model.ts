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
  /** Which tokens are strings, and which begin a logical line, in their order: a reader that wants one of these need not pass all others. */
  readonly strings: readonly number[];
  readonly heads: readonly number[];
  /** For each of `heads` the token behind the last of the block that it is the head of. */
  readonly ends: Int32Array;
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

/** The brackets that are open at a token, the last one last. Places have to be asked for in order: tokens are passed once. */
export const openBrackets = ({ tokens }: PythonFile): ((at: number) => readonly number[]) => {
  const open: number[] = [];
  let next = 0;
  return (at) => {
    for (; next < at; next += 1) {
      const { kind, text } = tokens[next] as Token;
      if (kind !== 'operator') continue;
      if (text === '(' || text === '[' || text === '{') open.push(next);
      else if (text === ')' || text === ']' || text === '}') open.pop();
    }
    return open;
  };
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
  const valueIn = ({ from, to }: Range): Range | null => {
    for (let i = from + 1; i < to; i += 1) {
      const jump = partner[i] ?? -1;
      if (jump > i) i = jump;
      else if (isOp(tokens[i], '=')) return { from: i + 1, to };
    }
    return null;
  };
  const out: Parameter[] = [];
  for (const range of splitList(tokens, partner, open, close)) {
    const name = tokens[range.from];
    if (name?.kind === 'name') out.push({ name: name.text, value: valueIn(range) });
  }
  return out;
};

/** Where the `def` or `class` stands that begins a logical line, behind `async` or not; -1 where none does. */
const definedAt = (tokens: readonly Token[], head: number): number => {
  const first = tokens[head];
  if (first?.kind !== 'name') return -1;
  const at = first.text === 'async' ? head + 1 : head;
  const token = tokens[at];
  return token?.kind === 'name' && (token.text === 'def' || token.text === 'class') && tokens[at + 1]?.kind === 'name' ? at : -1;
};

/** A block ends at the first line that stands no deeper than its head. One pass: a line closes all blocks that are open at its column or deeper. */
const endsOf = (tokens: readonly Token[], heads: readonly number[]): Int32Array => {
  const ends = new Int32Array(heads.length).fill(tokens.length);
  const open: number[] = [];
  const columnOf = (head: number): number => tokens[heads[head] ?? 0]?.column ?? 0;
  for (let head = 0; head < heads.length; head += 1) {
    const column = columnOf(head);
    for (let last = open.at(-1); last !== undefined && columnOf(last) >= column; last = open.at(-1)) {
      ends[last] = heads[head] ?? 0;
      open.pop();
    }
    open.push(head);
  }
  return ends;
};

const scopesOf = (tokens: readonly Token[], partner: Int32Array, heads: readonly number[], ends: Int32Array): readonly Scope[] => {
  const scopes: Scope[] = [{ kind: 'module', name: '', parent: -1, from: 0, to: tokens.length, parameters: [] }];
  // In order of their start, so that those that are still open lie around the next.
  const open: number[] = [];
  for (let head = 0; head < heads.length; head += 1) {
    const from = heads[head] ?? 0;
    while (open.length > 0 && (scopes[open.at(-1) ?? 0]?.to ?? 0) <= from) open.pop();
    const index = definedAt(tokens, from);
    if (index < 0) continue;
    const isFunction = tokens[index]?.text === 'def';
    scopes.push({
      kind: isFunction ? 'def' : 'class',
      name: tokens[index + 1]?.text ?? '',
      parent: open.at(-1) ?? 0,
      from: index,
      to: ends[head] ?? tokens.length,
      parameters: isFunction && isOp(tokens[index + 2], '(') ? parametersOf(tokens, partner, index + 2) : [],
    });
    open.push(scopes.length - 1);
  }
  return scopes;
};

const lineEnd = (tokens: readonly Token[], from: number): number => {
  let at = from;
  while (at < tokens.length && tokens[at]?.kind !== 'newline' && !isOp(tokens[at], ';')) at += 1;
  return at;
};

const importsOf = (tokens: readonly Token[], heads: readonly number[]): ReadonlyMap<string, string> => {
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
  for (const index of heads) {
    const token = tokens[index];
    if (token?.kind !== 'name') continue;
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

const findAssignments = (tokens: readonly Token[], partner: Int32Array, heads: readonly number[], inner: Int32Array): readonly Assignment[] => {
  const out: Assignment[] = [];
  for (const index of heads) {
    const token = tokens[index];
    if (token?.kind !== 'name') continue;
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
    if (isOp(tokens[at], '=')) out.push({ name, scope: inner[index] ?? 0, at: index, value: { from: at + 1, to: lineEnd(tokens, at + 1) } });
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

/** Calls, definitions, constants and imports of a text, which may have parts that end at `partEnds`. */
export const readPython = (text: string, partEnds?: readonly number[]): PythonFile => {
  const tokens = tokenise(text, partEnds);
  const partner = matchBrackets(tokens);
  const strings: number[] = [];
  const heads: number[] = [];
  /** Names before a bracket. */
  const called: number[] = [];
  for (let index = 0; index < tokens.length; index += 1) {
    const { kind, column } = tokens[index] as Token;
    if (column >= 0) heads.push(index);
    if (kind === 'string') strings.push(index);
    else if (kind === 'name' && isOp(tokens[index + 1], '(')) called.push(index);
  }
  const ends = endsOf(tokens, heads);
  const scopes = scopesOf(tokens, partner, heads, ends);
  // Scopes are in order of their start, so later ones overwrite.
  const inner = new Int32Array(tokens.length);
  for (const [index, scope] of scopes.entries()) inner.fill(index, scope.from, scope.to);
  const assignments = findAssignments(tokens, partner, heads, inner);
  const targets = new Map(assignments.map((assignment) => [assignment.value.from, assignment.name]));
  const calls: Call[] = [];
  for (const index of called) {
    const before = tokens[index - 1];
    if (before?.kind === 'name' && (before.text === 'def' || before.text === 'class')) continue;
    const open = index + 1;
    const close = partner[open] ?? -1;
    if (close < 0) continue;
    let head = index;
    while (isOp(tokens[head - 1], '.') && tokens[head - 2]?.kind === 'name') head -= 2;
    calls.push({
      callee: calleeOf(tokens, partner, index),
      name: tokens[index]?.text ?? '',
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
    strings,
    heads,
    ends,
    scopes,
    inner,
    calls,
    assignments,
    callsOf: byName(calls),
    assignmentsOf: byName(assignments),
    callAt: new Map(calls.map((call) => [call.close, call])),
    budget: { left: limits.pythonLooks },
    hit: new Set(),
    imports: importsOf(tokens, heads),
  };
};
