import type { DataEntry, DataNode, DataProblem } from '../../text/data.ts';
import { limits } from '../../text/limits.ts';
import { shift, spanOf } from '../../text/span.ts';
import type { Span } from '../../text/span.ts';
import { readLenientYaml } from '../../text/yaml-lenient.ts';

export interface FrontMatter {
  /** Between the fences: from the first unit after the opening line to the start of the closing one. */
  readonly inside: Span;
  /** First unit after the closing fence's line. */
  readonly bodyStart: number;
  readonly entries: readonly DataEntry[];
  readonly problems: readonly DataProblem[];
  /** True when YAML gave nothing and the top-level lines were read instead. */
  readonly salvaged: boolean;
  readonly lineEnd: '\n' | '\r\n' | '\r';
}

const moved = (node: DataNode, by: number): DataNode => {
  if (node.kind === 'scalar') return { ...node, span: shift(node.span, by), inner: shift(node.inner, by) };
  if (node.kind === 'sequence') return { ...node, span: shift(node.span, by), items: node.items.map((item) => moved(item, by)) };
  return { ...node, span: shift(node.span, by), entries: node.entries.map((entry) => movedEntry(entry, by)) };
};

const movedEntry = (entry: DataEntry, by: number): DataEntry => ({ key: entry.key, keySpan: shift(entry.keySpan, by), value: moved(entry.value, by) });

/** Where a text has front matter; undefined when it has none or never closes it. */
export const fences = (text: string): { readonly inside: Span; readonly bodyStart: number; readonly lineEnd: FrontMatter['lineEnd'] } | undefined => {
  // The hub lets blank lines stand before it, and so do many cards.
  const open = /^\s*---[ \t]*(\r\n|\n|\r)/.exec(text.slice(0, 200));
  if (!open) return undefined;
  const start = open[0].length;
  const scope = text.slice(start, start + limits.frontMatterLength);
  const close = /(?:^|\r\n|\n|\r)(?:---|\.\.\.)[ \t]*(?=\r\n|\n|\r|$)/.exec(scope);
  if (!close) return undefined;
  const fenceAt = start + close.index + (/^[\r\n]*/.exec(close[0])?.[0].length ?? 0);
  const after = /^(?:---|\.\.\.)[ \t]*(?:\r\n|\n|\r)?/.exec(text.slice(fenceAt));
  return { inside: spanOf(start, fenceAt), bodyStart: fenceAt + (after?.[0].length ?? 0), lineEnd: open[1] as FrontMatter['lineEnd'] };
};

/** True for front matter that does not end within the limit, so that it is not read. */
export const isTooLong = (text: string): boolean =>
  text.length > limits.frontMatterLength && /^\s*---[ \t]*(?:\r\n|\n|\r)\s*[\w-]+[ \t]*:/.test(text.slice(0, 400)) && fences(text) === undefined;

const plainKeys =
  /^(license|license_name|license_link|base_model|base_model_relation|library_name|pipeline_tag|datasets|tags|task_categories|dataset_info)[ \t]*:[ \t]*(.*)$/;

/** Where a comment begins: at a `#` behind a blank. */
const commentAt = (raw: string): number => {
  for (let at = raw.indexOf('#'); at >= 0; at = raw.indexOf('#', at + 1)) if (/\s/.test(raw[at - 1] ?? '')) return at;
  return raw.length;
};

const scalar = (raw: string, at: number): DataNode => {
  const text = raw.slice(0, commentAt(raw)).trim();
  const quoted = /^(["']).*\1$/.test(text) && text.length >= 2;
  const value = quoted ? text.slice(1, -1) : text;
  const start = at + raw.indexOf(text);
  const span = spanOf(start, start + text.length);
  return { kind: 'scalar', value, span, inner: quoted ? spanOf(span.start + 1, span.end - 1) : span };
};

/** Top-level `key: value` and `- item` lines, for cards in which something else is broken. */
const salvage = (text: string, by: number): readonly DataEntry[] => {
  const entries: DataEntry[] = [];
  let at = 0;
  let list: { readonly key: string; readonly keySpan: Span; readonly items: DataNode[] } | undefined;
  const flush = (): void => {
    if (list && list.items.length > 0)
      entries.push({
        key: list.key,
        keySpan: list.keySpan,
        value: { kind: 'sequence', items: list.items, span: spanOf(list.items[0]?.span.start ?? 0, list.items.at(-1)?.span.end ?? 0) },
      });
    list = undefined;
  };
  for (const line of text.split(/(?<=\n)|(?<=\r)(?!\n)/)) {
    const bare = line.replace(/[\r\n]+$/, '');
    const item = list ? /^[ \t]*-[ \t]+(\S.*)$/.exec(bare) : null;
    const pair = plainKeys.exec(bare);
    if (item && list) list.items.push(scalar(item[1] ?? '', by + at + bare.length - (item[1] ?? '').length));
    else if (/^\S/.test(bare)) {
      flush();
      if (pair) {
        const [, key = '', value = ''] = pair;
        const keySpan = spanOf(by + at, by + at + key.length);
        if (value.trim() === '') list = { key, keySpan, items: [] };
        else entries.push({ key, keySpan, value: scalar(value, by + at + bare.length - value.length) });
      }
    }
    at += line.length;
  }
  flush();
  return entries;
};

/** Splits and reads the front matter of a card, with spans into the whole text. Undefined when there is none. */
export const readFrontMatter = (text: string): FrontMatter | undefined => {
  const found = fences(text);
  if (!found) return undefined;
  const { inside } = found;
  const yaml = text.slice(inside.start, inside.end);
  const { root, problems } = readLenientYaml(yaml);
  const shifted = problems.map((problem) => ({ ...problem, span: shift(problem.span, inside.start) }));
  if (root?.kind === 'map' && problems.length === 0)
    return { ...found, entries: root.entries.map((entry) => movedEntry(entry, inside.start)), problems: [], salvaged: false };
  if (problems.length === 0) return { ...found, entries: [], problems: [], salvaged: false };
  return { ...found, entries: salvage(yaml, inside.start), problems: shifted, salvaged: true };
};
