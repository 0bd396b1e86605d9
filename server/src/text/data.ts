import type { Span } from './span.ts';

/** One tree for YAML, JSON and TOML, so that readers are written once. Spans are into the parsed text. */
export type DataNode = DataMap | DataSequence | DataScalar;

export interface DataEntry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: DataNode;
}

export interface DataMap {
  readonly kind: 'map';
  readonly entries: readonly DataEntry[];
  readonly span: Span;
}

export interface DataSequence {
  readonly kind: 'sequence';
  readonly items: readonly DataNode[];
  readonly span: Span;
}

export interface DataScalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  /** Of the value with its quotes, if any. */
  readonly span: Span;
  /** Of what stands between the quotes; equal to `span` for plain scalars. */
  readonly inner: Span;
}

export interface DataProblem {
  readonly message: string;
  readonly span: Span;
  /** True when it is a limit of ours that was hit, so that something was not read. */
  readonly limit: boolean;
}

export interface DataResult {
  readonly root: DataNode | undefined;
  readonly problems: readonly DataProblem[];
}

/** A text of which nothing is read. */
export const unreadable = (message: string, limit: boolean, at = 0): DataResult => ({
  root: undefined,
  problems: [{ message, span: { start: at, end: at }, limit }],
});

/** The last entry of that key, as parsers that overwrite would have it. */
export const entryOf = (node: DataNode | undefined, key: string): DataEntry | undefined =>
  node?.kind === 'map' ? node.entries.findLast((entry) => entry.key === key) : undefined;

export const get = (node: DataNode | undefined, ...path: readonly string[]): DataNode | undefined => {
  let at = node;
  for (const key of path) at = entryOf(at, key)?.value;
  return at;
};

export const asString = (node: DataNode | undefined): string | undefined =>
  node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : undefined;

/** A scalar as a list of one, a sequence as its string scalars: the two forms that cards use for the same key. */
export const stringScalars = (node: DataNode | undefined): readonly (DataScalar & { readonly value: string })[] => {
  if (node === undefined) return [];
  const items = node.kind === 'sequence' ? node.items : [node];
  return items.filter((item): item is DataScalar & { readonly value: string } => item.kind === 'scalar' && typeof item.value === 'string');
};
