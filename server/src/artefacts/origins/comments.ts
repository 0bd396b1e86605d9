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
/** "It's", "the authors' code". */
const apostrophe = /(?<=[A-Za-z])'(?=[a-z]{1,2}\b|\s)/g;

/** Names in backticks, and what opens the one that the place is in: "`River <https://...>`_". */
const quoted = /`{1,2}[^`]{1,100}`{1,2}|`[^`<>]{0,100}<?\s*$|^<$/g;

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
  return codeMarks.test(rest.replace(apostrophe, '').replace(quoted, ' ')) ? undefined : { text: rest, start: lead };
};

const lineEnd = /\r\n|\r|\n/g;

/** The comment with which a file begins: lines that are comments, empty, or inside a docstring. Read no further than it goes. */
export const headOf = (text: string, most: number): string => {
  const head = text.slice(0, most);
  let fence: string | undefined;
  let from = 0;
  while (from < head.length) {
    lineEnd.lastIndex = from;
    const found = lineEnd.exec(head);
    const bare = head.slice(from, found?.index ?? head.length).trim();
    const next = found ? found.index + found[0].length : head.length;
    if (fence !== undefined) {
      if (bare.includes(fence)) fence = undefined;
    } else {
      const quote = /^[rRuU]?("""|''')/.exec(bare)?.[1];
      const block = bare.startsWith('/*') ? '*/' : bare.startsWith('<!--') ? '-->' : undefined;
      const closed = quote !== undefined ? bare.indexOf(quote) !== bare.lastIndexOf(quote) : block !== undefined && bare.includes(block);
      if (quote !== undefined || block !== undefined) fence = closed ? undefined : (quote ?? block);
      else if (bare !== '' && !/^(?:#|\/\/|;|%|--|\*|@echo|"use strict"|'use strict')/.test(bare)) break;
    }
    from = next;
  }
  return head.slice(0, from);
};

/** The head without the marks of comments, so that sentences over several lines read as one. */
export const unmarked = (head: string): string =>
  head
    .split(/\r\n|\r|\n/)
    .map((line) => line.replace(opening, '').replace(/\*\/\s*$|-->\s*$|"""\s*$|'''\s*$/, ''))
    .join('\n');

const lineComment = /^[ \t]*(?:#|\/\/|--|;|%)/;
const bringsIn = /^[ \t]*(?:import|from|use|using|package|module|export|namespace|extern|require|const .*require\()\b/;

/** For the preprocessor of C, where that mark begins no comment. */
const directive = /^[ \t]*#[ \t]*(?:include|pragma|import|if|ifdef|ifndef|elif|else|endif|define|undef|error|warning)\b/;
const directives = /^#(?:ifn?def|define|endif)\b/m;
/** Elsewhere "# if" and "# import" are words of a comment: who has a preprocessor has comments of C, or begins with a line for it. */
const cLike = /^\uFEFF?\s*(?:\/\*|\/\/|#(?:ifn?def|if|define|include|import|pragma)\b)/;

const blankLine = /\n[ \t]*\r?\n/;

/** Lines of code up to which a file holds a snippet: a licence may ask no notice for that little. Imports, and lines for a preprocessor, count for nothing. */
const snippet = 14;

/** Whether a comment among those with which a file begins, by its places in UTF-16 units, speaks of little. */
export type IsOfFew = (start: number, end: number) => boolean;

/**
 * The file is short, or the comment stands right above the first statement, with comments on the whole file before it. `head`: where the
 * comments end. What follows is looked at once, and no further than needed.
 */
export const fewLinesOf = (text: string, head: number): IsOfFew => {
  let code = 0;
  let beside = 0;
  let first: string | undefined;
  const isC = cLike.test(text);
  const isBeside = (line: string): boolean => bringsIn.test(line) || (isC && directive.test(line));
  for (let at = head; at < text.length && code <= snippet;) {
    lineEnd.lastIndex = at;
    const end = lineEnd.exec(text);
    const line = text.slice(at, end?.index ?? text.length);
    first ??= line;
    if (isBeside(line)) beside += 1;
    else if (line.trim() !== '' && !lineComment.test(line)) code += 1;
    at = end ? end.index + end[0].length : text.length;
  }
  // Lines for a preprocessor alone look like comments.
  if (code <= snippet) return () => code + beside > 0 || directives.test(text.slice(0, head));
  if (first === undefined || first.trim() === '' || isBeside(first)) return () => false;
  return (start, end) => {
    const before = text.slice(0, start);
    const line = before.slice(Math.max(before.lastIndexOf('\n'), before.lastIndexOf('\r')) + 1);
    return lineComment.test(line) && blankLine.test(before.trimStart()) && !blankLine.test(text.slice(end, head));
  };
};
