/** Computes once, at the first call. */
export const memo = <T>(compute: () => T): (() => T) => {
  let value: { readonly is: T } | undefined;
  return () => (value ??= { is: compute() }).is;
};

/** Computes once for each object that it is asked of. */
export const memoBy = <K extends object, V>(compute: (key: K) => V): ((key: K) => V) => {
  const made = new WeakMap<K, { readonly is: V }>();
  return (key) => {
    let value = made.get(key);
    if (!value) made.set(key, (value = { is: compute(key) }));
    return value.is;
  };
};

/** Computes once for objects that it is asked of together. */
export const memoByBoth = <A extends object, B extends object, V>(compute: (a: A, b: B) => V): ((a: A, b: B) => V) => {
  const inner = memoBy((a: A) => memoBy((b: B) => compute(a, b)));
  return (a, b) => inner(a)(b);
};

/** An exact look-up that also answers for another spelling of the same id in capitals: the hub redirects those. */
export interface IdIndex<T> {
  readonly get: (id: string) => T | undefined;
}

/** Longest id that is looked up: the hub allows 96 characters a part. */
const longestId = 256;

/** The first row of an id wins. Ids that differ in capitals alone are told apart when asked exactly. */
export const indexById = <T>(rows: readonly T[], idOf: (row: T) => string): IdIndex<T> => {
  const exact = new Map<string, T>();
  const folded = new Map<string, T>();
  for (const row of rows) {
    const id = idOf(row);
    if (!exact.has(id)) exact.set(id, row);
    const lower = id.toLowerCase();
    if (!folded.has(lower)) folded.set(lower, row);
  }
  return {
    get: (id) => (id.length > longestId ? undefined : (exact.get(id) ?? folded.get(id.toLowerCase()))),
  };
};

/** Rows of one id, in table order. */
export const groupById = <T>(rows: readonly T[], idsOf: (row: T) => readonly string[]): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    for (const id of idsOf(row)) {
      const group = groups.get(id);
      if (group) group.push(row);
      else groups.set(id, [row]);
    }
  }
  return groups;
};
