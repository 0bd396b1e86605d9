import { parseTree, printParseErrorCode } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { unreadable } from './data.ts';
import type { DataEntry, DataNode, DataResult } from './data.ts';
import { limits } from './limits.ts';
import { spanOf } from './span.ts';
import type { Span } from './span.ts';

/** Bracket depth outside strings; jsonc-parser recurses and throws near 5,000. */
const jsonDepth = (text: string): number => {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (quoted) {
      if (unit === 92) i += 1;
      else if (unit === 34 || unit === 10) quoted = false;
    } else if (unit === 34) quoted = true;
    else if (unit === 91 || unit === 123) {
      depth += 1;
      if (depth > deepest) deepest = depth;
    } else if (unit === 93 || unit === 125) depth -= 1;
  }
  return deepest;
};

const convert = (node: Node, length: number): DataNode => {
  // What is never closed ends behind the end of the text in the package's count.
  const within = (part: Node): Span => spanOf(Math.min(part.offset, length), Math.min(part.offset + part.length, length));
  const span = within(node);
  if (node.type === 'object') {
    const entries: DataEntry[] = [];
    for (const property of node.children ?? []) {
      const [key, value] = property.children ?? [];
      if (!key || !value) continue;
      entries.push({ key: String(key.value), keySpan: within(key), value: convert(value, length) });
    }
    return { kind: 'map', entries, span };
  }
  if (node.type === 'array') return { kind: 'sequence', items: (node.children ?? []).map((item) => convert(item, length)), span };
  const value: unknown = node.value;
  const scalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  const quoted = node.type === 'string' && span.end - span.start >= 2;
  return { kind: 'scalar', value: scalar, span, inner: quoted ? spanOf(span.start + 1, span.end - 1) : span };
};

/** Reads JSON with comments and trailing commas. Never throws; what cannot be read is a problem. */
export const readJson = (text: string, maximum: number = limits.structuredBytes): DataResult => {
  if (jsonDepth(text) > limits.nesting) return unreadable('nested too deeply', true);
  if (text.length > maximum) return unreadable(`larger than ${maximum / 1_000_000} MB`, true);
  const errors: ParseError[] = [];
  try {
    const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
    return {
      root: root ? convert(root, text.length) : undefined,
      problems: errors.slice(0, limits.problemsPerText).map((error) => ({
        message: printParseErrorCode(error.error),
        span: spanOf(Math.min(error.offset, text.length), Math.min(error.offset + error.length, text.length)),
        limit: false,
      })),
    };
  } catch (error) {
    return unreadable(`not readable as JSON: ${String(error).slice(0, 120)}`, false);
  }
};
