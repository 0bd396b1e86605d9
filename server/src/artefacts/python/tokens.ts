import { limits } from '../../text/limits.ts';

/** What our own scanner keeps of Python source: no tree, only what calls, constants and definitions are made of. */
export type TokenKind = 'name' | 'number' | 'string' | 'operator' | 'newline';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** A name or operator as written; a string's value, up to its first placeholder in an f-string. */
  readonly text: string;
  /** Of what stands between the quotes. */
  readonly innerStart: number;
  readonly innerEnd: number;
  /** False for f-strings that hold a placeholder. */
  readonly literal: boolean;
  /** Of an f-string what is written from its first placeholder on: the names in it are used here. */
  readonly holes: string | null;
  /** Column of the first token of a logical line, else -1. */
  readonly column: number;
}

const isDigit = (unit: number): boolean => unit >= 48 && unit <= 57;
const isNameStart = (unit: number): boolean => (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit === 95 || unit > 127;
const isName = (unit: number): boolean => isNameStart(unit) || isDigit(unit);

/** Each of the operators as one text that all tokens share. */
const operators: readonly string[] = Array.from({ length: 128 }, (_, unit) => String.fromCharCode(unit));
/** Second units of operators of two, by their first. */
const wide = new Map([
  [42, '*'],
  [45, '>'],
  [58, '='],
  [61, '='],
  [33, '='],
  [60, '='],
  [62, '='],
  [43, '='],
  [47, '/'],
]);

const simpleEscapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\', "'": "'", '"': '"', '\n': '' };

const unescape = (raw: string): string => (raw.includes('\\') ? raw.replace(/\\([\s\S])/g, (whole, unit: string) => simpleEscapes[unit] ?? whole) : raw);

interface Scanned {
  readonly end: number;
  readonly innerStart: number;
  readonly innerEnd: number;
  readonly closed: boolean;
}

/** From the first quote to behind the last; a single-quoted string ends with its line. */
const scanString = (text: string, quoteAt: number, until: number): Scanned => {
  const quote = text.charCodeAt(quoteAt);
  const isTriple = (at: number): boolean => text.charCodeAt(at + 1) === quote && text.charCodeAt(at + 2) === quote;
  const triple = isTriple(quoteAt);
  const innerStart = quoteAt + (triple ? 3 : 1);
  for (let i = innerStart; i < until; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === 92) i += 1;
    else if (!triple && (unit === 10 || unit === 13)) return { end: i, innerStart, innerEnd: i, closed: false };
    else if (unit === quote && (!triple || isTriple(i))) return { end: i + (triple ? 3 : 1), innerStart, innerEnd: i, closed: true };
  }
  return { end: until, innerStart: Math.min(innerStart, until), innerEnd: until, closed: false };
};

/** Adds the tokens of one part of a text. */
const scan = (tokens: Token[], text: string, from: number, until: number): void => {
  let depth = 0;
  let lineStart = from;
  let first = true;
  const push = (kind: TokenKind, start: number, end: number, value: string, innerStart = start, innerEnd = end, holes: string | null = null): void => {
    tokens.push({
      kind,
      start,
      end,
      text: value,
      innerStart,
      innerEnd,
      literal: holes === null,
      holes,
      column: first && kind !== 'newline' ? start - lineStart : -1,
    });
    if (kind !== 'newline') first = false;
  };
  for (let i = from; i < until && tokens.length < limits.pythonTokens;) {
    const unit = text.charCodeAt(i);
    if (unit === 32 || unit === 9 || unit === 12) {
      i += 1;
    } else if (unit === 10 || unit === 13) {
      const end = i + (unit === 13 && text.charCodeAt(i + 1) === 10 ? 2 : 1);
      if (depth === 0 && !first) {
        push('newline', i, end, '\n');
        first = true;
      }
      i = end;
      if (depth === 0) lineStart = end;
    } else if (unit === 35) {
      while (i < until && text.charCodeAt(i) !== 10 && text.charCodeAt(i) !== 13) i += 1;
    } else if (unit === 92 && (text.charCodeAt(i + 1) === 10 || text.charCodeAt(i + 1) === 13)) {
      i += text.charCodeAt(i + 1) === 13 && text.charCodeAt(i + 2) === 10 ? 3 : 2;
    } else if (unit === 34 || unit === 39) {
      const found = scanString(text, i, until);
      push('string', i, found.end, unescape(text.slice(found.innerStart, found.innerEnd)), found.innerStart, found.innerEnd);
      i = found.end;
    } else if (isNameStart(unit)) {
      let end = i + 1;
      while (end < until && isName(text.charCodeAt(end))) end += 1;
      const quote = text.charCodeAt(end);
      const word = text.slice(i, end);
      if ((quote === 34 || quote === 39) && word.length <= 2 && /^[rbfu]{1,2}$/i.test(word)) {
        const found = scanString(text, end, until);
        const raw = text.slice(found.innerStart, found.innerEnd);
        const format = /f/i.test(word);
        const hole = format ? raw.search(/(?<!\{)\{(?!\{)/) : -1;
        const shown = hole >= 0 ? raw.slice(0, hole) : raw;
        push('string', i, found.end, /r/i.test(word) ? shown : unescape(shown), found.innerStart, found.innerEnd, hole < 0 ? null : raw.slice(hole));
        i = found.end;
      } else {
        push('name', i, end, word);
        i = end;
      }
    } else if (isDigit(unit)) {
      let end = i + 1;
      while (end < until && (isName(text.charCodeAt(end)) || text.charCodeAt(end) === 46)) end += 1;
      push('number', i, end, text.slice(i, end));
      i = end;
    } else {
      if (unit === 40 || unit === 91 || unit === 123) depth += 1;
      else if ((unit === 41 || unit === 93 || unit === 125) && depth > 0) depth -= 1;
      const second = wide.get(unit);
      const isWide = second !== undefined && text[i + 1] === second;
      push('operator', i, i + (isWide ? 2 : 1), isWide ? text.slice(i, i + 2) : (operators[unit] ?? text.charAt(i)));
      i += isWide ? 2 : 1;
    }
  }
  push('newline', until, until, '\n');
};

/**
 * Tokens of a text, comments left out. Never throws; stops at the limit of tokens. A text of several parts, such as the cells of a
 * notebook, is told by where each ends: what one leaves open is not looked for in the next.
 */
export const tokenise = (text: string, ends: readonly number[] = [text.length]): readonly Token[] => {
  const tokens: Token[] = [];
  for (const [index, end] of ends.entries()) scan(tokens, text, ends[index - 1] ?? 0, end);
  return tokens;
};

/** For each bracket the index of its partner; -1 where there is none. */
export const matchBrackets = (tokens: readonly Token[]): Int32Array => {
  const partner = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== 'operator') continue;
    if (token.text === '(' || token.text === '[' || token.text === '{') open.push(index);
    else if (token.text === ')' || token.text === ']' || token.text === '}') {
      const from = open.pop();
      if (from === undefined) continue;
      partner[from] = index;
      partner[index] = from;
    }
  }
  return partner;
};
