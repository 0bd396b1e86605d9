import { limits } from '../../text/limits.ts';

/** What our own scanner keeps of JavaScript and TypeScript: no tree, only what calls, constants and imports are made of. */
export interface Token {
  readonly kind: 'name' | 'string' | 'number' | 'operator';
  readonly start: number;
  readonly end: number;
  /** A name or operator as written; a string's value, up to its first placeholder in a template. */
  readonly text: string;
  /** Of what stands between the quotes. */
  readonly innerStart: number;
  readonly innerEnd: number;
  /** False for templates that hold a placeholder. */
  readonly whole: boolean;
}

const isNameStart = (unit: number): boolean => (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90) || unit === 95 || unit === 36 || unit > 127;
const isName = (unit: number): boolean => isNameStart(unit) || (unit >= 48 && unit <= 57);

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\n': '' };
const unescape = (raw: string): string => (raw.includes('\\') ? raw.replace(/\\([\s\S])/g, (_, unit: string) => escapes[unit] ?? unit) : raw);

/** Names behind which a slash begins a pattern, not a division. */
const beforePattern = new Set(['return', 'typeof', 'case', 'in', 'of', 'delete', 'void', 'throw', 'new', 'do', 'else', 'yield', 'await']);

const beginsPattern = (last: Token | undefined): boolean => {
  if (!last) return true;
  if (last.kind === 'operator') return last.text !== ')' && last.text !== ']' && last.text !== '}';
  return last.kind === 'name' && beforePattern.has(last.text);
};

/** Behind a pattern that begins at a slash; the slash alone where its line has no end to it. */
const patternEnd = (text: string, at: number, until: number): number => {
  let inClass = false;
  for (let i = at + 1; i < until; i += 1) {
    const unit = text[i];
    if (unit === '\n') return at + 1;
    if (unit === '\\') i += 1;
    else if (unit === '[') inClass = true;
    else if (unit === ']') inClass = false;
    else if (unit === '/' && !inClass) return i + 1;
  }
  return at + 1;
};

const stringEnd = (text: string, at: number, until: number): { readonly end: number; readonly inner: number } => {
  const quote = text[at];
  for (let i = at + 1; i < until; i += 1) {
    const unit = text[i];
    if (unit === '\\') i += 1;
    else if (unit === '\n') return { end: i, inner: i };
    else if (unit === quote) return { end: i + 1, inner: i };
  }
  return { end: until, inner: until };
};

/**
 * Tokens of a text, comments left out. What stands in the placeholders of a template is scanned as code behind it. Never throws; stops at
 * the limit of tokens.
 */
export const tokenise = (text: string, from = 0, until = text.length): readonly Token[] => {
  const tokens: Token[] = [];
  /** For each open template the braces that are open in its placeholder. */
  const templates: number[] = [];
  const push = (kind: Token['kind'], start: number, end: number, value: string, innerStart = start, innerEnd = end, whole = true): void => {
    tokens.push({ kind, start, end, text: value, innerStart, innerEnd, whole });
  };
  /** A run of a template's own text, from behind its quote or placeholder. */
  const template = (start: number, inner: number): number => {
    for (let i = inner; i < until; i += 1) {
      const unit = text[i];
      if (unit === '\\') i += 1;
      else if (unit === '`') {
        push('string', start, i + 1, unescape(text.slice(inner, i)), inner, i, start + 1 === inner && text[start] === '`');
        return i + 1;
      } else if (unit === '$' && text[i + 1] === '{') {
        push('string', start, i, unescape(text.slice(inner, i)), inner, i, false);
        push('operator', i, i + 2, '${');
        templates.push(0);
        return i + 2;
      }
    }
    push('string', start, until, unescape(text.slice(inner, until)), Math.min(inner, until), until, false);
    return until;
  };
  for (let i = from; i < until && tokens.length < limits.javascriptTokens;) {
    const unit = text.charCodeAt(i);
    const next = text[i + 1];
    if (unit <= 32 || unit === 0xfeff || unit === 0x2028 || unit === 0x2029) i += 1;
    else if (unit === 47 && next === '/') {
      const end = text.indexOf('\n', i);
      i = end < 0 || end > until ? until : end;
    } else if (unit === 47 && next === '*') {
      const end = text.indexOf('*/', i + 2);
      i = end < 0 || end > until ? until : end + 2;
    } else if (unit === 47 && beginsPattern(tokens.at(-1))) {
      const end = patternEnd(text, i, until);
      push('operator', i, end, end === i + 1 ? '/' : '/pattern/');
      i = end;
    } else if (unit === 34 || unit === 39) {
      const { end, inner } = stringEnd(text, i, until);
      push('string', i, end, unescape(text.slice(i + 1, inner)), Math.min(i + 1, inner), inner);
      i = end;
    } else if (unit === 96) i = template(i, i + 1);
    else if (isNameStart(unit)) {
      let end = i + 1;
      while (end < until && isName(text.charCodeAt(end))) end += 1;
      push('name', i, end, text.slice(i, end));
      i = end;
    } else if (unit >= 48 && unit <= 57) {
      let end = i + 1;
      while (end < until && (isName(text.charCodeAt(end)) || text.charCodeAt(end) === 46)) end += 1;
      push('number', i, end, text.slice(i, end));
      i = end;
    } else {
      const depth = templates.length - 1;
      if (unit === 123 && depth >= 0) templates[depth] = (templates[depth] ?? 0) + 1;
      if (unit === 125 && depth >= 0) {
        if (templates[depth] === 0) {
          templates.pop();
          push('operator', i, i + 1, '}');
          i = template(i, i + 1);
          continue;
        }
        templates[depth] = (templates[depth] ?? 1) - 1;
      }
      const wide = /^(?:\?\?=|=>|\?\?|\|\||&&|\?\.(?!\d)|===?|!==?|\.\.\.)/.exec(text.slice(i, i + 3))?.[0] ?? text[i] ?? '';
      push('operator', i, i + wide.length, wide);
      i += wide.length;
    }
  }
  return tokens;
};
