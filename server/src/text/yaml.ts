import { LineCounter, isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import type { Document, Node, ParsedNode, Pair } from 'yaml';
import type { DataEntry, DataNode, DataProblem, DataResult, DataScalar } from './data.ts';
import { limits } from './limits.ts';
import { spanOf } from './span.ts';

/**
 * The deepest nesting that a text could have, without parsing it: brackets outside strings, indentation steps and `- - -` runs.
 * The yaml package aborts the whole process on deep input, so this runs first. May overcount, which is safe.
 */
export const yamlDepth = (text: string): number => {
  let deepest = 0;
  let flow = 0;
  let quote = 0;
  const indents: number[] = [];
  let lineStart = true;
  let column = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || unit === 13) {
      lineStart = true;
      column = 0;
      continue;
    }
    if (lineStart && unit === 32) {
      column += 1;
      continue;
    }
    if (lineStart && unit === 45 && (text.charCodeAt(i + 1) === 32 || text.charCodeAt(i + 1) === 10)) {
      while (indents.length > 0 && (indents.at(-1) ?? 0) > column) indents.pop();
      if (indents.at(-1) !== column) indents.push(column);
      column += 1;
      deepest = Math.max(deepest, indents.length + flow);
      continue;
    }
    if (lineStart) {
      lineStart = false;
      if (flow === 0) {
        while (indents.length > 0 && (indents.at(-1) ?? 0) > column) indents.pop();
        if (indents.at(-1) !== column) indents.push(column);
        deepest = Math.max(deepest, indents.length);
      }
    }
    if (quote !== 0) {
      if (unit === 92 && quote === 34) i += 1;
      else if (unit === quote) quote = 0;
      continue;
    }
    if (flow > 0 && (unit === 34 || unit === 39)) quote = unit;
    else if (unit === 91 || unit === 123) {
      flow += 1;
      deepest = Math.max(deepest, flow + indents.length);
    } else if ((unit === 93 || unit === 125) && flow > 0) flow -= 1;
  }
  return deepest;
};

interface Reading {
  readonly document: Document.Parsed<ParsedNode>;
  readonly text: string;
  readonly problems: DataProblem[];
  aliases: number;
}

const emptyScalar = (at: number): DataScalar => ({ kind: 'scalar', value: null, span: spanOf(at, at), inner: spanOf(at, at) });

const scalarValue = (value: unknown): DataScalar['value'] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : value === null || value === undefined ? null : String(value);

const rangeOf = (node: Node, fallback: number): readonly [number, number] => {
  const range = node.range;
  return range ? [range[0], range[1]] : [fallback, fallback];
};

const convert = (reading: Reading, node: Node | null | undefined, at: number, depth: number): DataNode => {
  if (!node || depth > limits.nesting) return emptyScalar(at);
  const [start, end] = rangeOf(node, at);
  if (isAlias(node)) {
    reading.aliases += 1;
    const target = reading.aliases > limits.yamlAliases ? undefined : node.resolve(reading.document);
    return isScalar(target) ? { kind: 'scalar', value: scalarValue(target.value), span: spanOf(start, end), inner: spanOf(start, end) } : emptyScalar(start);
  }
  if (isMap(node)) {
    const entries: DataEntry[] = [];
    for (const pair of (node.items as readonly Pair<Node, Node | null>[]).slice(0, limits.mapKeys)) {
      const key = pair.key;
      if (!isScalar(key)) continue;
      const [keyStart, keyEnd] = rangeOf(key, start);
      entries.push({ key: String(key.value), keySpan: spanOf(keyStart, keyEnd), value: convert(reading, pair.value, keyEnd, depth + 1) });
    }
    return { kind: 'map', entries, span: spanOf(start, end) };
  }
  if (isSeq(node)) {
    return { kind: 'sequence', items: node.items.map((item) => convert(reading, item as Node, start, depth + 1)), span: spanOf(start, end) };
  }
  if (isScalar(node)) {
    const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
    return { kind: 'scalar', value: scalarValue(node.value), span: spanOf(start, end), inner: quoted && end - start >= 2 ? spanOf(start + 1, end - 1) : spanOf(start, end) };
  }
  return emptyScalar(start);
};

/** Reads the first document of a YAML text. Never throws; nesting or size over the limits gives a problem and no tree. */
export const readYaml = (text: string): DataResult => {
  if (text.length > limits.structuredBytes) return { root: undefined, problems: [{ message: 'larger than 1 MB', span: spanOf(0, 0) }] };
  if (yamlDepth(text) > limits.nesting) return { root: undefined, problems: [{ message: 'nested too deeply', span: spanOf(0, 0) }] };
  const problems: DataProblem[] = [];
  try {
    const document = parseDocument(text, { uniqueKeys: false, strict: false, logLevel: 'silent', lineCounter: new LineCounter(), prettyErrors: false });
    for (const error of document.errors) {
      if (error.code === 'MULTIPLE_DOCS') continue;
      problems.push({ message: (error.message.split('\n')[0] ?? '').trim(), span: spanOf(error.pos[0], error.pos[1]) });
    }
    const reading: Reading = { document: document as Document.Parsed<ParsedNode>, text, problems, aliases: 0 };
    return { root: document.contents ? convert(reading, document.contents as Node, 0, 0) : undefined, problems };
  } catch (error) {
    return { root: undefined, problems: [...problems, { message: `not readable as YAML: ${String(error).slice(0, 120)}`, span: spanOf(0, 0) }] };
  }
};
