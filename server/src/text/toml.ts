import { ParseError, parseTOML } from 'toml-eslint-parser';
import type { AST } from 'toml-eslint-parser';
import { unreadable } from './data.ts';
import type { DataEntry, DataMap, DataNode, DataResult, DataScalar } from './data.ts';
import { limits } from './limits.ts';
import { spanOf } from './span.ts';

/** A map under construction: dotted keys and tables of one file meet in it. */
interface Building {
  readonly entries: DataEntry[];
  readonly children: Map<string, Building>;
  readonly lists: Map<string, Building[]>;
  readonly start: number;
  readonly end: number;
}

const building = (range: readonly [number, number]): Building => ({ entries: [], children: new Map(), lists: new Map(), start: range[0], end: range[1] });

const keyName = (key: AST.TOMLBare | AST.TOMLQuoted): string => (key.type === 'TOMLBare' ? key.name : key.value);

const scalarOf = (node: AST.TOMLValue): DataScalar => {
  const span = spanOf(node.range[0], node.range[1]);
  const value = typeof node.value === 'string' || typeof node.value === 'number' || typeof node.value === 'boolean' ? node.value : String(node.value);
  if (node.kind !== 'string') return { kind: 'scalar', value, span, inner: span };
  const quotes = node.multiline ? 3 : 1;
  return { kind: 'scalar', value, span, inner: spanOf(span.start + quotes, span.end - quotes) };
};

const finish = (map: Building): DataMap => ({
  kind: 'map',
  span: spanOf(map.start, map.end),
  entries: [
    ...map.entries,
    ...[...map.children].map(([key, child]): DataEntry => ({ key, keySpan: spanOf(child.start, child.start), value: finish(child) })),
    ...[...map.lists].map(([key, list]): DataEntry => ({
      key,
      keySpan: spanOf(list[0]?.start ?? 0, list[0]?.start ?? 0),
      value: { kind: 'sequence', items: list.map(finish), span: spanOf(list[0]?.start ?? 0, list.at(-1)?.end ?? 0) },
    })),
  ],
});

const contentOf = (node: AST.TOMLContentNode): DataNode => {
  const span = spanOf(node.range[0], node.range[1]);
  if (node.type === 'TOMLArray') return { kind: 'sequence', items: node.elements.map(contentOf), span };
  if (node.type === 'TOMLInlineTable') {
    const map = building(node.range);
    for (const pair of node.body) put(map, pair);
    return finish(map);
  }
  return scalarOf(node);
};

const childOf = (map: Building, key: string, range: readonly [number, number]): Building => {
  const list = map.lists.get(key);
  if (list) return list.at(-1) ?? map;
  const known = map.children.get(key);
  if (known) return known;
  const made = building(range);
  map.children.set(key, made);
  return made;
};

const put = (map: Building, pair: AST.TOMLKeyValue): void => {
  const keys = pair.key.keys;
  let at = map;
  for (const key of keys.slice(0, -1)) at = childOf(at, keyName(key), pair.range);
  const last = keys.at(-1);
  if (last) at.entries.push({ key: keyName(last), keySpan: spanOf(last.range[0], last.range[1]), value: contentOf(pair.value) });
};

/** Reads TOML 1.0. Never throws; a text with an error gives the problem and no tree. */
export const readToml = (text: string): DataResult => {
  let depth = 0;
  for (const unit of text) {
    if (unit === '[' || unit === '{') depth += 1;
    else if (unit === ']' || unit === '}') depth -= 1;
    if (depth > limits.nesting) return unreadable('nested too deeply', true);
  }
  if (text.length > limits.structuredBytes) return unreadable('larger than 1 MB', true);
  try {
    const root = building([0, text.length]);
    for (const node of parseTOML(text).body[0].body) {
      if (node.type === 'TOMLKeyValue') {
        put(root, node);
        continue;
      }
      const keys = node.key.keys;
      let at = root;
      for (const key of keys.slice(0, -1)) at = childOf(at, keyName(key), node.range);
      const last = keys.at(-1);
      if (!last) continue;
      if (node.kind === 'array') {
        const made = building(node.range);
        const list = at.lists.get(keyName(last));
        if (list) list.push(made);
        else at.lists.set(keyName(last), [made]);
        at = made;
      } else at = childOf(at, keyName(last), node.range);
      for (const pair of node.body) put(at, pair);
    }
    return { root: finish(root), problems: [] };
  } catch (error) {
    const at = error instanceof ParseError ? Math.min(error.index, text.length) : 0;
    return unreadable(`not readable as TOML: ${String(error).slice(0, 120)}`, false, at);
  }
};
