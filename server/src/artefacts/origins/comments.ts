/** What a line says once the marks of comments are off; `start` is where that begins in the line. Undefined for lines of code. */
export interface CommentLine {
  readonly text: string;
  readonly start: number;
}

const opening = /^[\s\uFEFF]*(?:#+!?|\/\/+!?|\/\*+|\*+(?!\/)|"""|'''|[rRuU]?"""|<!--|--|;+|%+|\.\.|@\w+)?[ \t]*/;
/** A comment behind code: its mark stands after a space, and is no part of an address. */
const behind = /(?:^|\s)(?:#|\/\/)(?!\S*:\/\/)[ \t]*/g;

/** Characters that prose between comment marks does not have before an address: assignments, calls and strings do. */
const codeMarks = /[={}<>;"'`\\]|\w\(/;

/** The comment that a place of a line lies in, seen from the line's beginning up to that place. */
export const commentBefore = (line: string, until: number): CommentLine | undefined => {
  const head = line.slice(0, until);
  const lead = opening.exec(head)?.[0].length ?? 0;
  const marked = /[#*/"';%.@<-]/.test(head.slice(0, lead));
  const rest = head.slice(lead);
  if (marked && !/^[\s\uFEFF]*@/.test(head)) return { text: rest, start: lead };
  let at = -1;
  for (const match of head.matchAll(behind)) at = match.index + match[0].length;
  if (at > 0) {
    const quotes = head.slice(0, at).replace(/\\./g, '').match(/["'`]/g)?.length ?? 0;
    return quotes % 2 === 0 ? { text: head.slice(at), start: at } : undefined;
  }
  // A line of a docstring or of a block comment without a star.
  return codeMarks.test(rest) ? undefined : { text: rest, start: lead };
};

/** The comment with which a file begins: lines that are comments, empty, or inside a docstring. */
export const headOf = (text: string, most: number): string => {
  const lines: string[] = [];
  let fence: string | undefined;
  let length = 0;
  for (const line of text.slice(0, most).split(/\r\n|\r|\n/)) {
    const bare = line.trim();
    length += line.length + 1;
    if (fence !== undefined) {
      lines.push(line);
      if (bare.includes(fence)) fence = undefined;
      continue;
    }
    const quote = /^[rRuU]?("""|''')/.exec(bare)?.[1];
    const block = bare.startsWith('/*') ? '*/' : bare.startsWith('<!--') ? '-->' : undefined;
    const closed = quote !== undefined ? bare.indexOf(quote) !== bare.lastIndexOf(quote) : block !== undefined && bare.includes(block);
    if (quote !== undefined || block !== undefined) {
      lines.push(line);
      if (!closed) fence = quote ?? block;
    } else if (bare === '' || /^(?:#|\/\/|;|%|--|\*|@echo|"use strict"|'use strict')/.test(bare)) lines.push(line);
    else break;
  }
  return text.slice(
    0,
    Math.min(
      length,
      lines.reduce((sum, line) => sum + line.length + 1, 0),
    ),
  );
};

/** The head without the marks of comments, so that sentences over several lines read as one. */
export const unmarked = (head: string): string =>
  head
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(opening, '').replace(/\*\/\s*$|-->\s*$|"""\s*$|'''\s*$/, ''))
    .join('\n');
