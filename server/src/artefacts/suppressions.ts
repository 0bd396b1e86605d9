import { indexLines, lineText, positionAt } from '../text/lines.ts';
import type { LineIndex } from '../text/lines.ts';
import { limits } from '../text/limits.ts';
import { spanOf } from '../text/span.ts';
import type { Span } from '../text/span.ts';
import { fences } from './card/front-matter.ts';
import { nothingRead } from './draft.ts';
import { factIds } from './hub-id.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

const textual =
  /\.(?:py|md|ya?ml|toml|jsonc?|cfg|ini|sh|bash|zsh|slurm|sbatch|pbs|lsf|mk|just|txt|[cm]?[jt]s|[jt]sx|vue|svelte|html?|rs|go|c|cc|cpp|h|hpp|java|rst)$|(?:^|\.)(?:dockerfile|containerfile|modelfile)(?:$|[._-])|^(?:gnu)?makefile(?:$|\.)|^\.?justfile$|^(?:licen[cs]e.*|notice.*|requirements.*)$/;

/** The comment openers of the languages that are read; in Markdown only HTML comments are comments, in its front matter those of YAML. */
const opener = /(#|\/\/|<!--|--|\/\*|;)[ \t]*$/;
/** Without a rule it holds nothing back, and says so: somebody meant something. */
const word = /^pedigree-ignore(-file)?(?:[ \t]+([a-z][a-z-]*(?:[ \t]*,[ \t]*[a-z][a-z-]*)*)|(?=[ \t]*:))/;
const isComment = /^\s*(?:#|\/\/|<!--|--|\/\*|;|\*|$)/;

interface Written {
  readonly rules: readonly string[];
  readonly reason: string;
  readonly whole: boolean;
}

/** `pedigree-ignore RULE, RULE: reason`, up to the end of its comment. Undefined where anything else stands behind the rules. */
const writtenAt = (text: string): Written | undefined => {
  const found = word.exec(text);
  if (!found) return undefined;
  const rest = text
    .slice(found[0].length)
    .trim()
    .replace(/(?:-->|\*\/)$/, '')
    .trim();
  if (rest !== '' && !rest.startsWith(':')) return undefined;
  return { rules: found[2] === undefined ? [] : found[2].split(',').map((rule) => rule.trim()), reason: rest.slice(1).trim(), whole: found[1] !== undefined };
};

/** For each line the first at or below it that is more than a comment, else the last line. */
const saying = (text: string, index: LineIndex): Int32Array => {
  const out = new Int32Array(index.starts.length);
  for (let line = out.length - 1; line >= 0; line -= 1)
    out[line] = line < out.length - 1 && isComment.test(lineText(text, index, line)) ? (out[line + 1] ?? line) : line;
  return out;
};

/** The last line of a command that goes on over lines by a backslash: between them no comment can stand. */
const lastOf = (text: string, index: LineIndex, line: number): number => {
  let last = line;
  while (last < index.starts.length - 1 && lineText(text, index, last).trimEnd().endsWith('\\')) last += 1;
  return last;
};

/** Lines of a Markdown text that stand in a fenced block. */
const fencedLines = (text: string, starts: readonly number[]): ReadonlySet<number> => {
  const out = new Set<number>();
  let open = false;
  for (const [line, start] of starts.entries()) {
    const fence = /^[ \t]*(?:```|~~~)/.test(text.slice(start, start + 12));
    if (open || fence) out.add(line);
    if (fence) open = !open;
  }
  return out;
};

/** A comment that holds something back, and where it stands. */
interface Ignoring {
  readonly written: Written;
  /** The lines that it holds for, its own words, and what a fix takes out: the whole line where nothing else stands on it. */
  readonly range: Span;
  readonly text: Span;
  readonly comment: Span;
}

/** Such comments of one text. Front matter of Markdown has comments of YAML. */
export const ignoringIn = (text: string, markdown: boolean): readonly Ignoring[] => {
  let at = text.indexOf('pedigree-ignore');
  if (at < 0) return [];
  const out: Ignoring[] = [];
  const index = indexLines(text);
  const fenced = markdown ? fencedLines(text, index.starts) : new Set<number>();
  const bodyStart = markdown ? (fences(text)?.bodyStart ?? 0) : 0;
  let said: Int32Array | undefined;
  for (; at >= 0; at = text.indexOf('pedigree-ignore', at + 1)) {
    const line = positionAt(index, at).line;
    const start = index.starts[line] ?? 0;
    const next = index.starts[line + 1] ?? text.length;
    if (next - start > limits.lineLength || fenced.has(line)) {
      at = next - 1;
      continue;
    }
    const whole = lineText(text, index, line);
    const open = opener.exec(whole.slice(0, at - start));
    const written = writtenAt(whole.slice(at - start));
    if (!open || !written || (markdown && open[1] !== (start < bodyStart ? '#' : '<!--'))) continue;
    const commentStart = start + open.index;
    const alone = whole.slice(0, open.index).trim() === '';
    const end = start + whole.trimEnd().length;
    said ??= saying(text, index);
    const below = said[line + 1] ?? line + 1;
    const last = alone ? (markdown ? below : lastOf(text, index, below)) : line;
    out.push({
      written,
      range: spanOf(commentStart, alone ? (index.starts[last] ?? text.length) + lineText(text, index, last).length : end),
      text: spanOf(commentStart, end),
      comment: spanOf(alone ? start : commentStart, alone ? next : end),
    });
  }
  return out;
};

/** The facts of such comments, with their places in the file or in one of its cells. */
export const stateIgnoring = (
  facts: Fact[],
  anchors: Record<string, Anchor>,
  idOf: (kind: string, content: string) => string,
  { written, range, text, comment }: Ignoring,
  cell?: number,
): void => {
  const id = idOf('ignore', `${written.rules.join('+')} ${written.reason}`);
  const placed = (span: Span): Anchor => (cell === undefined ? { span } : { span, cell });
  facts.push({ kind: 'suppression', id, ...written });
  anchors[id] = placed(range);
  anchors[`${id}#text`] = placed(text);
  anchors[`${id}#comment`] = placed(comment);
};

/**
 * `pedigree-ignore RULE: reason` in a comment. A comment of its own line holds for the next line that says something, a trailing one
 * for its own; `pedigree-ignore-file` for the whole file.
 */
export const suppressionReader: Reader = {
  id: 'suppressions',
  version: 2,
  matches: (_path, name) => textual.test(name),
  wants: 'text',
  words: () => ({ needles: ['pedigree-ignore'] }),
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text, worded }): Reading => {
    if (worded === false) return nothingRead;
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('suppressions');
    for (const ignoring of ignoringIn(text, /\.(?:md|rst|txt)$/i.test(path))) stateIgnoring(facts, anchors, idOf, ignoring);
    return { facts, anchors, problems: [] };
  },
};
