import { limits } from '../../text/limits.ts';
import type { Span } from '../../text/span.ts';
import { spanOf } from '../../text/span.ts';

/** A link of Markdown, HTML or reStructuredText, or an image that is none. */
export interface Link {
  /** Of the whole, marks included. */
  readonly span: Span;
  /** As written between the brackets or tags; it may hold an image. */
  readonly label: string;
  readonly target: string;
  readonly targetSpan: Span;
  readonly isImage: boolean;
}

/** UTF-16 units of a label and of a target that are looked at: longer ones are no links. */
const longest = 800;
/** UTF-16 units inside a tag, and between a link's tags: badges stand on a few lines. */
const blank = (part: string): string => part.replace(/[^\r\n]/g, ' ');

/** The text with code and comments blanked out, so that offsets stay: what is shown as an example is no link. */
export const withoutCode = (text: string): string => {
  let out = '';
  let at = 0;
  let fence: string | undefined;
  let comment = false;
  while (at < text.length) {
    const newline = text.indexOf('\n', at);
    const end = newline < 0 ? text.length : newline + 1;
    const line = text.slice(at, end);
    const mark = comment ? undefined : /^\s{0,12}(?:>\s*)?(```+|~~~+)/.exec(line)?.[1]?.slice(0, 3);
    if (mark !== undefined && (fence === undefined || fence === mark)) {
      fence = fence === undefined ? mark : undefined;
      out += blank(line);
    } else if (fence !== undefined || line.length > limits.lineLength) out += blank(line);
    else {
      const [kept, open] = outOfComments(line, comment);
      comment = open;
      // A span of code that holds a whole link shows it; one inside a label is the label's typography.
      out += kept.replace(/`[^`\n]{0,200}\]\([^`\n]{0,400}`/g, blank);
    }
    at = end;
  }
  return out;
};

const outOfComments = (line: string, inside: boolean): readonly [kept: string, inside: boolean] => {
  if (!inside && !line.includes('<!--')) return [line, false];
  let out = '';
  let at = 0;
  let open = inside;
  while (at < line.length) {
    const next = line.indexOf(open ? '-->' : '<!--', at);
    const end = next < 0 ? line.length : open ? next + 3 : next;
    out += open ? blank(line.slice(at, end)) : line.slice(at, end);
    if (next >= 0) open = !open;
    at = end;
  }
  return [out, open];
};

/** Where the bracket that closes at `close` opens; -1 where none does nearby. */
const openOf = (text: string, close: number): number => {
  let depth = 0;
  for (let at = close; at >= 0 && close - at <= longest; at -= 1) {
    const unit = text[at];
    if (unit === ']') depth += 1;
    else if (unit === '[') {
      depth -= 1;
      if (depth === 0) return at;
    } else if (unit === '\n' && text[at - 1] === '\n') return -1;
  }
  return -1;
};

/** The address behind `](`, without a title, and where the whole ends. */
const targetAt = (text: string, open: number): { readonly span: Span; readonly end: number } | undefined => {
  let depth = 0;
  for (let at = open; at < text.length && at - open <= longest; at += 1) {
    const unit = text[at];
    if (unit === '(') depth += 1;
    else if (unit === ')') {
      depth -= 1;
      if (depth > 0) continue;
      const inside = text.slice(open + 1, at);
      const found = /^\s*(?:<([^<>\n]*)>|(\S*))(?:\s+["'(][^\n]*)?\s*$/.exec(inside);
      const target = found?.[1] ?? found?.[2];
      if (target === undefined || target === '') return undefined;
      const start = open + 1 + inside.indexOf(target);
      return { span: spanOf(start, start + target.length), end: at + 1 };
    } else if (unit === '\n' && text[at + 1] === '\n') return undefined;
  }
  return undefined;
};

const inMarkdown = (text: string): readonly Link[] => {
  const out: Link[] = [];
  for (let at = text.indexOf(']('); at >= 0; at = text.indexOf('](', at + 2)) {
    const open = openOf(text, at);
    const target = open < 0 ? undefined : targetAt(text, at + 1);
    if (!target) continue;
    const isImage = text[open - 1] === '!';
    out.push({
      span: spanOf(isImage ? open - 1 : open, target.end),
      label: text.slice(open + 1, at),
      target: text.slice(target.span.start, target.span.end),
      targetSpan: target.span,
      isImage,
    });
  }
  return out;
};

/** `[id]: address`, with what is shown where the id is used as a link. */
const inDefinitions = (text: string): readonly Link[] => {
  const shown = new Map<string, string>();
  for (const match of text.matchAll(/\[(!\[[^\]\n]{0,200}\](?:\[[^\]\n]{0,200}\]|\([^)\n]{0,500}\)))\]\[([^\]\n]{1,100})\]/g))
    shown.set((match[2] ?? '').toLowerCase(), match[1] ?? '');
  const images = new Set([...text.matchAll(/!\[[^\]\n]{0,200}\]\[([^\]\n]{1,100})\]/g)].map((match) => (match[1] ?? '').toLowerCase()));
  return [...text.matchAll(/^ {0,3}\[([^\]\n]{1,100})\]:[ \t]+<?([^\s<>]{1,500})>?/gm)].map((match): Link => {
    const [whole, id = '', target = ''] = match;
    const start = match.index + whole.indexOf(target, id.length + 3);
    return {
      span: spanOf(match.index, match.index + whole.length),
      label: `${id} ${shown.get(id.toLowerCase()) ?? ''}`,
      target,
      targetSpan: spanOf(start, start + target.length),
      isImage: images.has(id.toLowerCase()) && !shown.has(id.toLowerCase()),
    };
  });
};

const inHtml = (text: string): readonly Link[] => {
  const out: Link[] = [];
  const anchor = /<a\s[^<>]{0,300}?\bhref\s*=\s*(?:"([^"\n]{1,500})"|'([^'\n]{1,500})')[^<>]{0,300}>([^]{0,800}?)<\/a\s*>/gi;
  for (const match of text.matchAll(anchor)) {
    const target = match[1] ?? match[2] ?? '';
    const start = match.index + match[0].indexOf(target, 6);
    out.push({
      span: spanOf(match.index, match.index + match[0].length),
      label: match[3] ?? '',
      target,
      targetSpan: spanOf(start, start + target.length),
      isImage: false,
    });
  }
  for (const match of text.matchAll(/<img\s[^<>]{0,400}?\bsrc\s*=\s*(?:"([^"\n]{1,500})"|'([^'\n]{1,500})')[^<>]{0,400}>/gi)) {
    const target = match[1] ?? match[2] ?? '';
    const start = match.index + match[0].indexOf(target, 5);
    out.push({
      span: spanOf(match.index, match.index + match[0].length),
      label: /\balt\s*=\s*["']([^"'\n]{0,200})/i.exec(match[0])?.[1] ?? '',
      target,
      targetSpan: spanOf(start, start + target.length),
      isImage: true,
    });
  }
  return out;
};

const inRst = (text: string): readonly Link[] => {
  const out: Link[] = [];
  for (const match of text.matchAll(/`([^`<>\n]{1,200})<([^`<>\s]{1,500})>`_/g)) {
    const target = match[2] ?? '';
    const start = match.index + match[0].indexOf('<') + 1;
    out.push({
      span: spanOf(match.index, match.index + match[0].length),
      label: match[1] ?? '',
      target,
      targetSpan: spanOf(start, start + target.length),
      isImage: false,
    });
  }
  for (const match of text.matchAll(/^\.\. (?:\|[^|\n]{1,80}\| )?image:: *(\S{1,500})((?:\r?\n[ \t]+:[^\r\n]{0,500}){0,8})/gm)) {
    const [whole, image = '', options = ''] = match;
    const at = match.index + whole.indexOf(image);
    out.push({
      span: spanOf(match.index, match.index + whole.length),
      label: /:alt: *([^\r\n]{0,200})/.exec(options)?.[1] ?? '',
      target: image,
      targetSpan: spanOf(at, at + image.length),
      isImage: true,
    });
    const target = /:target: *(\S{1,500})/.exec(options);
    const start = match.index + whole.length - options.length + (target ? target.index + target[0].length - (target[1]?.length ?? 0) : 0);
    if (target?.[1] !== undefined)
      out.push({
        span: spanOf(match.index, match.index + whole.length),
        label: `![${/:alt: *([^\r\n]{0,200})/.exec(options)?.[1] ?? ''}](${image})`,
        target: target[1],
        targetSpan: spanOf(start, start + target[1].length),
        isImage: false,
      });
  }
  return out;
};

/** Every link and image of a README, in order. `text` is to be blanked of code by `withoutCode`. */
export const linksIn = (text: string, rst: boolean): readonly Link[] =>
  (rst ? inRst(text) : [...inMarkdown(text), ...inDefinitions(text), ...inHtml(text)]).toSorted(
    (a, b) => a.targetSpan.start - b.targetSpan.start || a.span.start - b.span.start,
  );
