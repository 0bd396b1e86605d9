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

/**
 * Keeps the last answer: for what several ask of one file before the next is read. A map that holds its keys weakly would hold each answer until
 * the old generation of the heap is cleared, and with it all that is known of the file: half of the garbage of an audit.
 */
export const memoLast = <K extends readonly unknown[], V>(compute: (...keys: K) => V): ((...keys: K) => V) => {
  let last: { readonly keys: K; readonly is: V } | undefined;
  return (...keys) => {
    if (last === undefined || last.keys.some((key, at) => key !== keys[at])) last = { keys, is: compute(...keys) };
    return last.is;
  };
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
