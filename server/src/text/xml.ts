import { limits } from './limits.ts';
import { spanOf } from './span.ts';
import type { Span } from './span.ts';

/** A text of XML: its entities of one character are put in, all others stay as they stand. */
export interface XmlText {
  readonly value: string;
  /** As written, without the white space around it. */
  readonly span: Span;
}

export interface XmlElement {
  /** Without its prefix. */
  readonly name: string;
  readonly attributes: ReadonlyMap<string, XmlText>;
  readonly children: readonly XmlElement[];
  /** What stands in it beside its children. */
  readonly text: XmlText;
  readonly span: Span;
}

export interface XmlResult {
  readonly root: XmlElement | undefined;
  readonly problems: readonly { readonly message: string; readonly span: Span; readonly limit: boolean }[];
}

const named: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

/** Entities that a document defines itself are never put in: each may stand for many of another. */
const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(lt|gt|amp|quot|apos));/gi, (whole, ten?: string, sixteen?: string, name?: string) => {
    if (name !== undefined) return named[name.toLowerCase()] ?? whole;
    const code = ten === undefined ? Number.parseInt(sixteen ?? '', 16) : Number.parseInt(ten, 10);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

const isSpace = (unit: string | undefined): boolean => unit === ' ' || unit === '\n' || unit === '\r' || unit === '\t';

/** A stretch without the white space around it. */
const trimmed = (text: string, from: number, until: number): Span => {
  let [start, end] = [from, until];
  while (start < end && isSpace(text[start])) start += 1;
  while (end > start && isSpace(text[end - 1])) end -= 1;
  return spanOf(start, end);
};

const isName = (unit: string | undefined): boolean => unit !== undefined && /[\w:.\-\u00b7-\uffff]/.test(unit);

const nameEnd = (text: string, from: number): number => {
  let at = from;
  while (isName(text[at])) at += 1;
  return at;
};

/** Behind the next occurrence of a text; the end where there is none. */
const behind = (text: string, what: string, from: number): number => {
  const at = text.indexOf(what, from);
  return at < 0 ? text.length : at + what.length;
};

/** Behind a declaration of the type of the document, whose own part in brackets is passed over. */
const behindDoctype = (text: string, from: number): number => {
  const close = text.indexOf('>', from);
  const open = text.indexOf('[', from);
  if (open < 0 || (close >= 0 && close < open)) return close < 0 ? text.length : close + 1;
  return behind(text, '>', behind(text, ']', open));
};

interface Open {
  readonly name: string;
  readonly full: string;
  readonly attributes: Map<string, XmlText>;
  readonly children: XmlElement[];
  readonly start: number;
  readonly parts: XmlText[];
}

const readAttributes = (text: string, from: number, attributes: Map<string, XmlText>): number => {
  let at = from;
  while (at < text.length && text[at] !== '>' && text[at] !== '<') {
    if (!isName(text[at])) {
      at += 1;
      continue;
    }
    const end = nameEnd(text, at);
    const name = local(text.slice(at, end));
    at = end;
    while (isSpace(text[at])) at += 1;
    if (text[at] !== '=') continue;
    at += 1;
    while (isSpace(text[at])) at += 1;
    const quote = text[at];
    if (quote !== '"' && quote !== "'") continue;
    const close = text.indexOf(quote, at + 1);
    const until = close < 0 ? text.length : close;
    attributes.set(name, { value: decoded(text.slice(at + 1, until)), span: spanOf(at + 1, until) });
    at = until + 1;
  }
  return Math.min(at, text.length);
};

const closed = (open: Open, end: number): XmlElement => {
  const [first] = open.parts;
  const last = open.parts.at(-1);
  const value = open.parts.map((part) => part.value).join(' ');
  const { name, attributes, children, start } = open;
  return {
    name,
    attributes,
    children,
    text: { value, span: first && last ? spanOf(first.span.start, last.span.end) : spanOf(end, end) },
    span: spanOf(start, end),
  };
};

/**
 * Reads XML with places. It knows elements, attributes, texts and CDATA, and passes over all else: comments, instructions, the type of the
 * document with whatever entities it defines. Tags that do not match close what they can. Never throws, and does not recurse.
 */
export const readXml = (text: string, maximum: number = limits.structuredBytes): XmlResult => {
  const failed = (message: string, limit: boolean, at = 0): XmlResult => ({ root: undefined, problems: [{ message, span: spanOf(at, at), limit }] });
  if (text.length > maximum) return failed(`larger than ${maximum / 1_000_000} MB`, true);
  const stack: Open[] = [];
  let root: XmlElement | undefined;
  let elements = 0;

  const addText = (from: number, until: number, isData: boolean): void => {
    const top = stack.at(-1);
    const span = trimmed(text, from, until);
    if (top && span.end > span.start) top.parts.push({ value: isData ? text.slice(span.start, span.end) : decoded(text.slice(span.start, span.end)), span });
  };
  const close = (end: number): void => {
    const open = stack.pop();
    if (!open) return;
    const element = closed(open, end);
    const parent = stack.at(-1);
    if (parent) parent.children.push(element);
    else root ??= element;
  };

  for (let at = 0; at < text.length && root === undefined;) {
    const tag = text.indexOf('<', at);
    addText(at, tag < 0 ? text.length : tag, false);
    if (tag < 0) break;
    if (text.startsWith('<!--', tag)) at = behind(text, '-->', tag + 4);
    else if (text.startsWith('<![CDATA[', tag)) {
      at = behind(text, ']]>', tag + 9);
      addText(tag + 9, text.startsWith(']]>', at - 3) ? at - 3 : at, true);
    } else if (text.startsWith('<?', tag)) at = behind(text, '?>', tag + 2);
    else if (text.startsWith('<!', tag)) at = behindDoctype(text, tag + 2);
    else if (text[tag + 1] === '/') {
      const end = nameEnd(text, tag + 2);
      const full = text.slice(tag + 2, end);
      at = behind(text, '>', end);
      if (stack.some((open) => open.full === full)) {
        while (stack.length > 0 && stack.at(-1)?.full !== full) close(tag);
        close(at);
      }
    } else if (!isName(text[tag + 1])) {
      at = tag + 1;
    } else {
      elements += 1;
      if (stack.length >= limits.nesting) return failed('nested too deeply', true, tag);
      if (elements > limits.xmlElements) return failed(`more than ${limits.xmlElements} elements`, true, tag);
      const end = nameEnd(text, tag + 1);
      const full = text.slice(tag + 1, end);
      const attributes = new Map<string, XmlText>();
      const until = readAttributes(text, end, attributes);
      at = text[until] === '>' ? until + 1 : until;
      stack.push({ name: local(full), full, attributes, children: [], start: tag, parts: [] });
      if (text[until - 1] === '/') close(at);
    }
  }
  while (stack.length > 0) close(text.length);
  return { root, problems: [] };
};
