import { indexLines, lineText, positionAt } from '../text/lines.ts';
import { limits } from '../text/limits.ts';
import { factIds } from './hub-id.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

const textual = /\.(?:py|md|ya?ml|toml|jsonc?|cfg|ini|sh|bash|txt|ts|js|mjs|cjs|tsx|jsx|rs|go|c|cc|cpp|h|hpp|java|rst)$|^(?:dockerfile|makefile|modelfile|licen[cs]e.*|notice.*|requirements.*)$/;

/** The comment openers of the languages that are read; in Markdown only HTML comments are comments. */
const opener = /(#|\/\/|<!--|--|\/\*|;)[ \t]*$/;
const word = /pedigree-ignore(-file)?[ \t]+([a-z][a-z-]*(?:[ \t]*,[ \t]*[a-z][a-z-]*)*)[ \t]*(?::[ \t]*(.*?))?[ \t]*(?:-->|\*\/)?[ \t]*$/;
const isComment = /^\s*(?:#|\/\/|<!--|--|\/\*|;|\*|$)/;

/** Lines of a Markdown text that stand in a fenced block. */
const fencedLines = (text: string, starts: readonly number[]): ReadonlySet<number> => {
  const out = new Set<number>();
  let open = false;
  for (const [line, start] of starts.entries()) {
    const fence = /^\s*(?:```|~~~)/.test(text.slice(start, start + 12));
    if (open || fence) out.add(line);
    if (fence) open = !open;
  }
  return out;
};

/**
 * `pedigree-ignore RULE: reason` in a comment. A comment of its own line holds for the next line that says something, a trailing one
 * for its own; `pedigree-ignore-file` for the whole file.
 */
export const suppressionReader: Reader = {
  id: 'suppressions',
  version: 1,
  matches: (_path, name) => textual.test(name),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    let at = text.indexOf('pedigree-ignore');
    if (at < 0) return { facts, anchors, problems: [] };
    const index = indexLines(text);
    const markdown = /\.(?:md|rst|txt)$/i.test(path);
    const fenced = markdown ? fencedLines(text, index.starts) : new Set<number>();
    const idOf = factIds('suppressions');
    for (; at >= 0; at = text.indexOf('pedigree-ignore', at + 1)) {
      const line = positionAt(index, at).line;
      const start = index.starts[line] ?? 0;
      const whole = lineText(text, index, line);
      if (whole.length > limits.lineLength || fenced.has(line)) continue;
      const open = opener.exec(whole.slice(0, at - start));
      const found = word.exec(whole.slice(at - start));
      if (!open || !found || (markdown && open[1] !== '<!--')) continue;
      const rules = (found[2] ?? '').split(',').map((rule) => rule.trim());
      const reason = (found[3] ?? '').trim();
      const id = idOf('ignore', `${rules.join('+')} ${reason}`);
      const commentStart = start + open.index;
      const alone = whole.slice(0, open.index).trim() === '';
      let last = line;
      if (alone) for (last = line + 1; last < index.starts.length - 1 && isComment.test(lineText(text, index, last)); last += 1);
      facts.push({ kind: 'suppression', id, rules, reason, whole: found[1] !== undefined });
      const end = start + whole.trimEnd().length;
      anchors[id] = { span: { start: commentStart, end: alone ? (index.starts[last] ?? text.length) + lineText(text, index, last).length : end } };
      anchors[`${id}#text`] = { span: { start: commentStart, end } };
      // What a fix removes: the whole line where nothing else stands on it.
      anchors[`${id}#comment`] = { span: { start: alone ? start : commentStart, end: alone ? (index.starts[line + 1] ?? text.length) : end } };
    }
    return { facts, anchors, problems: [] };
  },
};
