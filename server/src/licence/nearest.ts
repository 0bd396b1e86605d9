/** Edit distance of two short strings, two letters in each other's place counted once; more than `limit` is not counted exactly. */
const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let above: readonly number[] = [];
  let row: readonly number[] = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, (above[j - 2] ?? 0) + 1);
      next.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit + 1) return limit + 1;
    above = row;
    row = next;
  }
  return row[b.length] ?? limit + 1;
};

/** Longest text that is looked at: ids are shorter, and the cost is quadratic. */
const longest = 60;

const squeeze = (text: string): string => text.toLowerCase().replace(/licen[cs]e|version|[\s._-]+/g, '');

/**
 * The candidate that a person most likely meant: equal but for case and separators, else the one within a quarter of its letters;
 * of two that are as near, the one that shares more of its beginning.
 */
export const nearest = (text: string, candidates: readonly string[]): string | undefined => {
  if (text.length > longest) return undefined;
  const wanted = squeeze(text);
  if (wanted === '') return undefined;
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 4)) + 1;
  let shared = -1;
  for (const candidate of candidates) {
    const found = squeeze(candidate);
    if (found === wanted) return candidate;
    const far = distance(wanted, found, least);
    const common = [...found].findIndex((unit, at) => unit !== wanted[at]);
    const begins = common < 0 ? found.length : common;
    if (far < least || (far === least && best !== undefined && begins > shared)) {
      least = far;
      best = candidate;
      shared = begins;
    }
  }
  return best;
};
