import { CST, Lexer, isAlias, isMap, isNode, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Alias, Document, Node, Pair } from 'yaml';
import { unreadable } from './data.ts';
import type { DataEntry, DataNode, DataProblem, DataResult, DataScalar } from './data.ts';
import { limits } from './limits.ts';
import { spanOf } from './span.ts';

/**
 * The deepest nesting that a text could have, told from the parser's own lexemes: open brackets, and the columns at which blocks begin.
 * The yaml package aborts the whole process on deep input, so this runs first and stops at the limit. It may overcount, which is safe.
 */
export const yamlDepth = (text: string): number => {
  let deepest = 0;
  let flow = 0;
  let column = 0;
  let lineStart = true;
  const indents: number[] = [];
  for (const lexeme of new Lexer().lex(text)) {
    const type = CST.tokenType(lexeme);
    // These two have no width: the lexer puts the one before a plain scalar, the other where it gives a flow up.
    if (type === 'scalar' || type === 'doc-mode' || type === 'flow-error-end') {
      if (type === 'flow-error-end') flow = 0;
      if (type !== 'scalar') continue;
    } else if (type === 'newline') {
      lineStart = true;
      column = 0;
      continue;
    } else if (type === 'space') {
      column += lexeme.length;
      continue;
    }
    if (lineStart && flow === 0) {
      while ((indents.at(-1) ?? -1) > column) indents.pop();
      if (indents.at(-1) !== column) indents.push(column);
    }
    const indicator = type === 'seq-item-ind' || type === 'explicit-key-ind' || type === 'map-value-ind';
    if (!indicator) lineStart = false;
    if (type === 'flow-map-start' || type === 'flow-seq-start') flow += 1;
    else if ((type === 'flow-map-end' || type === 'flow-seq-end') && flow > 0) flow -= 1;
    deepest = Math.max(deepest, indents.length + flow);
    if (deepest > limits.nesting) return deepest;
    if (type !== 'scalar') column += lexeme.length;
  }
  return deepest;
};

interface Reading {
  readonly text: string;
  readonly problems: DataProblem[];
  readonly targets: ReadonlyMap<Alias, Node | undefined>;
  aliases: number;
}

/** What each alias stands for: the last anchor of that name before it. Found in one walk, where the package would walk again for each. */
const aliasTargets = (document: Document): ReadonlyMap<Alias, Node | undefined> => {
  const latest = new Map<string, Node>();
  const targets = new Map<Alias, Node | undefined>();
  visit(document, {
    Node: (_key, node) => {
      if (isAlias(node)) targets.set(node, latest.get(node.source));
      else if (node.anchor !== undefined) latest.set(node.anchor, node);
    },
  });
  return targets;
};

const emptyScalar = (at: number): DataScalar => ({ kind: 'scalar', value: null, span: spanOf(at, at), inner: spanOf(at, at) });

const scalarValue = (value: unknown): DataScalar['value'] =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : value === null || value === undefined ? null : String(value);

const rangeOf = (reading: Reading, node: Node, fallback: number): readonly [number, number] => {
  const [start, end] = node.range ?? [fallback, fallback];
  return [Math.min(start, reading.text.length), Math.min(end, reading.text.length)];
};

const convert = (reading: Reading, node: Node | null | undefined, at: number, depth: number): DataNode => {
  if (!node || depth > limits.nesting) return emptyScalar(at);
  const [start, end] = rangeOf(reading, node, at);
  if (isAlias(node)) {
    reading.aliases += 1;
    const target = reading.targets.get(node);
    if (!target && reading.problems.length < limits.problemsPerText)
      reading.problems.push({ message: `*${node.source} stands for nothing`, span: spanOf(start, end), limit: false });
    if (reading.aliases === limits.yamlAliases + 1)
      reading.problems.push({ message: `more than ${limits.yamlAliases} aliases`, span: spanOf(start, end), limit: true });
    if (reading.aliases > limits.yamlAliases) return emptyScalar(start);
    return isScalar(target) ? { kind: 'scalar', value: scalarValue(target.value), span: spanOf(start, end), inner: spanOf(start, end) } : emptyScalar(start);
  }
  if (isMap(node)) {
    const entries: DataEntry[] = [];
    if (node.items.length > limits.mapKeys)
      reading.problems.push({ message: `more than ${limits.mapKeys} keys in one mapping`, span: spanOf(start, start), limit: true });
    for (const pair of (node.items as readonly Pair<Node, Node | null>[]).slice(0, limits.mapKeys)) {
      const key = pair.key;
      if (!isScalar(key)) continue;
      const [keyStart, keyEnd] = rangeOf(reading, key, start);
      entries.push({ key: String(key.value), keySpan: spanOf(keyStart, keyEnd), value: convert(reading, pair.value, keyEnd, depth + 1) });
    }
    return { kind: 'map', entries, span: spanOf(start, end) };
  }
  if (isSeq(node)) {
    return { kind: 'sequence', items: node.items.map((item) => convert(reading, item as Node, start, depth + 1)), span: spanOf(start, end) };
  }
  if (isScalar(node)) {
    const quoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE';
    // A quote that never ends takes in what follows, and the package takes its last unit for the closing quote: it says nothing.
    if (quoted && (end - start < 2 || reading.text[start] !== reading.text[end - 1])) return emptyScalar(start);
    return {
      kind: 'scalar',
      value: scalarValue(node.value),
      span: spanOf(start, end),
      inner: quoted && end - start >= 2 ? spanOf(start + 1, end - 1) : spanOf(start, end),
    };
  }
  return emptyScalar(start);
};

/** The package makes an error for each thing that is wrong, and their stack traces would cost ten times the parsing. */
const parsed = (text: string): Document => {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return parseDocument(text, { uniqueKeys: false, strict: false, logLevel: 'silent', prettyErrors: false });
  } finally {
    Error.stackTraceLimit = before;
  }
};

/**
 * What the nesting cannot exceed, told without the lexer, which takes as long as the parser: brackets that open, columns at which a block can
 * begin, and what one line can open. Most texts are far below the limit.
 */
export const mostNesting = (text: string): number => {
  let open = 0;
  let widest = 0;
  let most = 0;
  let indent = 0;
  let indicators = 0;
  let leading = true;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 10) {
      if (indent > widest) widest = indent;
      if (indicators > most) most = indicators;
      indent = 0;
      indicators = 0;
      leading = true;
    } else if (leading && (unit === 32 || unit === 9)) indent += 1;
    else {
      leading = false;
      // - ? : [ {
      if (unit === 45 || unit === 63 || unit === 58) indicators += 1;
      else if (unit === 91 || unit === 123) open += 1;
    }
  }
  return open + 2 * (Math.max(widest, indent) + Math.max(most, indicators)) + 2;
};

const readNow = (source: string): DataResult => {
  const problems: DataProblem[] = [];
  // A carriage return alone ends a line in YAML; the package knows it only before a line feed. The length stays, and so do spans.
  const text = source.replace(/\r(?!\n)/g, '\n');
  try {
    if (mostNesting(text) > limits.nesting && yamlDepth(text) > limits.nesting) return unreadable('nested too deeply', true);
    if (text.length > limits.structuredBytes) return unreadable('larger than 1 MB', true);
    const document = parsed(text);
    for (const error of document.errors.slice(0, limits.problemsPerText)) {
      if (error.code === 'MULTIPLE_DOCS') continue;
      // The package puts what is missing at the end behind the end.
      const [start, end] = error.pos;
      problems.push({
        message: (error.message.split('\n')[0] ?? '').trim(),
        span: spanOf(Math.min(start, text.length), Math.min(end, text.length)),
        limit: false,
      });
    }
    const reading: Reading = { text, problems, targets: text.includes('*') ? aliasTargets(document) : new Map(), aliases: 0 };
    return { root: isNode(document.contents) ? convert(reading, document.contents, 0, 0) : undefined, problems };
  } catch (error) {
    return { root: undefined, problems: [...problems, ...unreadable(`not readable as YAML: ${String(error).slice(0, 120)}`, false).problems] };
  }
};

/** Several readers look at one file: the text that was read last is not read again for the next. */
let last: { readonly source: string; readonly result: DataResult } | undefined;

/** Reads the first document of a YAML text. Never throws; nesting or size over the limits gives a problem and no tree. */
export const readYaml = (source: string): DataResult => {
  if (last?.source === source) return last.result;
  const result = readNow(source);
  last = { source, result };
  return result;
};
