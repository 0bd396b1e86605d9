import type { PythonFile, Range } from './model.ts';
import type { Token } from './tokens.ts';

/** One simple statement, as far as values move by it. */
export interface Statement {
  readonly kind: 'assign' | 'for' | 'with' | 'return' | 'expression';
  readonly scope: number;
  /** What the value goes into: names, attributes, subscripts. */
  readonly targets: readonly Range[];
  readonly value: Range;
  /** Behind the last token of the block below a `for` or `with`. */
  readonly end: number;
}

const isOp = (token: Token | undefined, text: string): boolean => token?.kind === 'operator' && token.text === text;
const isWord = (token: Token | undefined, text: string): boolean => token?.kind === 'name' && token.text === text;

const compound = new Set(['if', 'elif', 'else', 'try', 'except', 'finally', 'while', 'for', 'with', 'def', 'class', 'match', 'case']);
const compoundAssignment = new Set(['+', '-', '*', '/', '|', '&', '^', '%', '@', '//', '**', '>', '<']);

/** The first token of a range outside its brackets that `found` accepts; -1 where there is none. */
export const outside = (file: PythonFile, range: Range, found: (token: Token, index: number) => boolean): number => {
  for (let i = range.from; i < range.to; i += 1) {
    const token = file.tokens[i];
    if (token && found(token, i)) return i;
    const jump = file.partner[i] ?? -1;
    if (jump > i) i = jump;
  }
  return -1;
};

/** Splits at commas outside brackets; brackets around the whole are taken off first. */
export const parts = (file: PythonFile, whole: Range): readonly Range[] => {
  let range = whole;
  while (file.partner[range.from] === range.to - 1 && (isOp(file.tokens[range.from], '(') || isOp(file.tokens[range.from], '[')))
    range = { from: range.from + 1, to: range.to - 1 };
  const out: Range[] = [];
  for (let from = range.from; from < range.to;) {
    const comma = outside(file, { from, to: range.to }, (token) => isOp(token, ','));
    const to = comma < 0 ? range.to : comma;
    if (to > from) out.push({ from, to });
    from = to + 1;
  }
  return out;
};

interface Line {
  readonly range: Range;
  readonly column: number;
}

/** Logical lines, also those that follow a colon or a semicolon on the same line. */
const linesOf = (file: PythonFile): readonly Line[] => {
  const out: Line[] = [];
  let from = 0;
  let column = 0;
  for (let i = 0; i <= file.tokens.length; i += 1) {
    const token = file.tokens[i];
    if (token && token.kind !== 'newline' && !isOp(token, ';')) {
      if (token.column >= 0) column = token.column;
      const jump = file.partner[i] ?? -1;
      if (jump > i) i = jump;
      continue;
    }
    if (i > from) out.push({ range: { from, to: i }, column });
    from = i + 1;
  }
  return out;
};

const assignmentOf = (file: PythonFile, range: Range): { readonly targets: readonly Range[]; readonly value: Range } | undefined => {
  const targets: Range[] = [];
  let { from } = range;
  for (;;) {
    const at = outside(file, { from, to: range.to }, (token) => isOp(token, '=') || isOp(token, '+='));
    if (at < 0) break;
    const before = file.tokens[at - 1];
    const end = before?.kind === 'operator' && compoundAssignment.has(before.text) ? at - 1 : at;
    const colon = outside(file, { from, to: end }, (token) => isOp(token, ':'));
    targets.push(...parts(file, { from, to: colon < 0 ? end : colon }));
    from = at + 1;
  }
  return targets.length > 0 && from < range.to ? { targets, value: { from, to: range.to } } : undefined;
};

const withItems = (file: PythonFile, range: Range): readonly { readonly targets: readonly Range[]; readonly value: Range }[] =>
  parts(file, range).map((item) => {
    const as = outside(file, item, (token) => isWord(token, 'as'));
    return as < 0 ? { targets: [], value: item } : { targets: parts(file, { from: as + 1, to: item.to }), value: { from: item.from, to: as } };
  });

/** All statements by which values move, in their order. */
export const statementsOf = (file: PythonFile): readonly Statement[] => {
  const { inner } = file;
  const lines = linesOf(file);
  const ends = new Int32Array(lines.length).fill(file.tokens.length);
  const open: number[] = [];
  for (const [index, line] of lines.entries()) {
    while (open.length > 0 && (lines[open.at(-1) ?? 0]?.column ?? 0) >= line.column) ends[open.pop() ?? 0] = line.range.from;
    open.push(index);
  }
  const out: Statement[] = [];
  const add = (range: Range, end: number, depth: number): void => {
    let { from } = range;
    const scope = inner[from] ?? 0;
    if (isWord(file.tokens[from], 'async')) from += 1;
    const word = file.tokens[from]?.kind === 'name' ? (file.tokens[from]?.text ?? '') : '';
    if (compound.has(word)) {
      const colon = outside(file, { from, to: range.to }, (token) => isOp(token, ':'));
      const head = { from: from + 1, to: colon < 0 ? range.to : colon };
      if (word === 'for') {
        const at = outside(file, head, (token) => isWord(token, 'in'));
        if (at > 0) out.push({ kind: 'for', scope, targets: parts(file, { from: head.from, to: at }), value: { from: at + 1, to: head.to }, end });
      } else if (word === 'with') for (const item of withItems(file, head)) out.push({ kind: 'with', scope, ...item, end });
      else if ((word === 'if' || word === 'while' || word === 'elif') && head.to > head.from)
        out.push({ kind: 'expression', scope, targets: [], value: head, end });
      if (colon >= 0 && colon + 1 < range.to && depth < 3) add({ from: colon + 1, to: range.to }, end, depth + 1);
      return;
    }
    if (word === 'return' || word === 'yield') {
      const value = { from: from + (isWord(file.tokens[from + 1], 'from') ? 2 : 1), to: range.to };
      if (value.to > value.from) out.push({ kind: 'return', scope, targets: [], value, end });
      return;
    }
    if (word === 'import' || word === 'from' || word === 'global' || word === 'nonlocal' || word === 'pass' || isOp(file.tokens[from], '@')) return;
    const assigned = assignmentOf(file, { from, to: range.to });
    out.push(assigned ? { kind: 'assign', scope, ...assigned, end } : { kind: 'expression', scope, targets: [], value: { from, to: range.to }, end });
  };
  for (const [index, line] of lines.entries()) add(line.range, ends[index] ?? file.tokens.length, 0);
  return out;
};

const comparing = new Set(['==', '!=', '<', '>', '<=', '>=']);

const dividing = new Set(['for', 'if', 'in', 'not']);
const isDividing = (token: Token): boolean =>
  token.kind === 'name' ? dividing.has(token.text) : token.kind === 'operator' && (token.text === ',' || comparing.has(token.text));

/** `a if b else c` holds a or c, what is compared is true or false, and a comprehension holds what stands before its conditions. */
export const holding = (file: PythonFile, range: Range): readonly Range[] => {
  if (outside(file, range, isDividing) < 0) return [range];
  const loop = outside(file, range, (token) => isWord(token, 'for'));
  if (loop >= 0) {
    const condition = outside(file, { from: loop, to: range.to }, (token) => isWord(token, 'if'));
    return [...(loop > range.from ? holding(file, { from: range.from, to: loop }) : []), { from: loop, to: condition < 0 ? range.to : condition }];
  }
  const comma = outside(file, range, (token) => isOp(token, ','));
  if (comma >= 0) {
    const out: Range[] = [];
    for (let from = range.from, to = comma; from < range.to; from = to + 1, to = outside(file, { from, to: range.to }, (token) => isOp(token, ','))) {
      if (to < 0) to = range.to;
      if (to > from) out.push(...holding(file, { from, to }));
    }
    return out;
  }
  const condition = outside(file, range, (token) => isWord(token, 'if'));
  const other = condition < 0 ? -1 : outside(file, { from: condition, to: range.to }, (token) => isWord(token, 'else'));
  if (condition > range.from && other > 0) return [...holding(file, { from: range.from, to: condition }), { from: other + 1, to: range.to }];
  const compared = outside(file, range, (token, index) => {
    if (isWord(token, 'in') || isWord(token, 'not')) return true;
    if (token.kind !== 'operator' || !comparing.has(token.text)) return false;
    // `a >> b` is no comparison.
    return !(token.text.length === 1 && (isOp(file.tokens[index - 1], token.text) || isOp(file.tokens[index + 1], token.text)));
  });
  return compared >= 0 ? [] : [range];
};
