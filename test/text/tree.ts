import assert from 'node:assert/strict';
import type { DataNode, DataResult } from '../../server/src/text/data.ts';
import type { Span } from '../../server/src/text/span.ts';

/** A tree as plain values, for comparison: pairs keep the order, and keys such as `__proto__`. */
export const plain = (node: DataNode | undefined): unknown => {
  if (node === undefined) return undefined;
  if (node.kind === 'scalar') return node.value;
  return node.kind === 'sequence' ? node.items.map(plain) : node.entries.map((entry) => [entry.key, plain(entry.value)]);
};

/** What each span of a tree stands on: keys as `key`, values as `=value`, what is between quotes as `"inner"` where that differs. */
export const sliced = (text: string, node: DataNode | undefined): readonly string[] => {
  const of = (span: Span): string => text.slice(span.start, span.end);
  if (node === undefined) return [];
  if (node.kind === 'scalar') return [node.inner.start === node.span.start ? `=${of(node.span)}` : `="${of(node.inner)}"`];
  if (node.kind === 'sequence') return node.items.flatMap((item) => sliced(text, item));
  return node.entries.flatMap((entry) => [of(entry.keySpan), ...sliced(text, entry.value)]);
};

export const assertInside = (text: string, { root, problems }: DataResult): void => {
  const inside = (span: Span): void =>
    assert.ok(span.start >= 0 && span.start <= span.end && span.end <= text.length, `${span.start}-${span.end} of ${text.length}`);
  const walk = (node: DataNode): void => {
    inside(node.span);
    if (node.kind === 'scalar') inside(node.inner);
    else if (node.kind === 'sequence') node.items.forEach(walk);
    else
      for (const entry of node.entries) {
        inside(entry.keySpan);
        walk(entry.value);
      }
  };
  if (root) walk(root);
  for (const { span } of problems) inside(span);
};
