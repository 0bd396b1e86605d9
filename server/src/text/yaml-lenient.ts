import type { DataResult } from './data.ts';
import { readYaml } from './yaml.ts';

const blockScalar = /(?:^|[:?-][ \t]{1,20})[|>][-+\d]{0,2}[ \t]{0,20}$/;
const indentOf = (line: string): number => /^[ ]*/.exec(line)?.[0].length ?? 0;

const isBlank = (unit: string | undefined): boolean => unit === ' ' || unit === '\t';

/** Whether a value may begin at `at`: behind an indicator, or first on its line. Nothing else lets a quote or a bracket begin one. */
const opens = (text: string, lineStart: number, at: number): boolean => {
  let last = at - 1;
  while (last >= lineStart && isBlank(text[last])) last -= 1;
  if (last < lineStart) return true;
  const unit = text[last] ?? '';
  if (unit === '-' || unit === '?') return last === lineStart || isBlank(text[last - 1]);
  return ':[{,'.includes(unit);
};

/** Offset behind a quoted scalar that begins at `at`; undefined where it never ends. */
const quotedEnd = (text: string, at: number): number | undefined => {
  const quote = text[at];
  for (let i = at + 1; i < text.length; i += 1) {
    const unit = text[i];
    if (unit === '\\' && quote === '"') i += 1;
    else if (unit === quote && quote === "'" && text[i + 1] === "'") i += 1;
    else if (unit === quote) return i + 1;
  }
  return undefined;
};

/**
 * The same text with the line ends and tabs inside quotes and brackets as blanks, so that nothing in them can be indented too little.
 * The length stays, and so do all spans. Undefined where a quote or bracket is never closed.
 */
const flattened = (text: string): string | undefined => {
  const parts: string[] = [];
  const blank = (from: number, to: number): void => void parts.push(text.slice(from, to).replace(/[\r\n\t]/g, ' '));
  let depth = 0;
  let lineStart = 0;
  let skipIndent = -1;
  for (let at = 0; at < text.length;) {
    const unit = text[at] ?? '';
    if (at === lineStart && depth === 0 && skipIndent >= 0) {
      const end = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at) + 1;
      const line = text.slice(at, end);
      if (line.trim() === '' || indentOf(line) > skipIndent) {
        parts.push(line);
        at = end;
        lineStart = end;
        continue;
      }
      skipIndent = -1;
    }
    const previous = at === lineStart ? undefined : text[at - 1];
    const apart = previous === undefined || isBlank(previous);
    if ((unit === '"' || unit === "'") && (depth > 0 ? apart || ':[{,\r\n'.includes(previous) : opens(text, lineStart, at))) {
      const end = quotedEnd(text, at);
      if (end === undefined) return undefined;
      blank(at, end);
      at = end;
    } else if (unit === '#' && apart) {
      const end = at + (/[\r\n]|$/.exec(text.slice(at))?.index ?? 0);
      // A comment would swallow what follows it once the lines are one.
      parts.push(depth > 0 ? ' '.repeat(end - at) : text.slice(at, end));
      at = end;
    } else {
      if ((unit === '[' || unit === '{') && (depth > 0 || opens(text, lineStart, at))) depth += 1;
      else if ((unit === ']' || unit === '}') && depth > 0) depth -= 1;
      if (unit === '\n') {
        if (depth === 0 && blockScalar.test(text.slice(Math.max(lineStart, at - 60), at).trimEnd())) skipIndent = indentOf(text.slice(lineStart, at));
        lineStart = at + 1;
      }
      parts.push(depth > 0 && /[\r\n\t]/.test(unit) ? ' ' : unit);
      at += 1;
    }
  }
  return depth === 0 ? parts.join('') : undefined;
};

/**
 * YAML as the parsers of Python and of the hub take it: they let the lines of a quoted or bracketed value begin at any column, which the
 * specification does not. Tried only where the strict reading fails; if both do, the strict one tells what is wrong.
 */
export const readLenientYaml = (text: string): DataResult => {
  const strict = readYaml(text);
  if (strict.problems.length === 0 || strict.problems.some((problem) => problem.limit)) return strict;
  const flat = flattened(text);
  if (flat === undefined || flat === text) return strict;
  const lenient = readYaml(flat);
  return lenient.problems.length === 0 ? lenient : strict;
};
