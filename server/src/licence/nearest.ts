/** Edit distance of two short strings, given up above `limit`. */
export const distance = (a: string, b: string, limit: number): number => {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const cost = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1));
      next.push(cost);
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    row = next;
  }
  return row[b.length] ?? limit + 1;
};

const squeeze = (text: string): string => text.toLowerCase().replace(/licen[cs]e|version|[\s_-]+/g, '');

/** The candidate that a person most likely meant: equal but for case and separators, else within a third of its letters. */
export const nearest = (text: string, candidates: readonly string[]): string | undefined => {
  if (text.length > 60) return undefined;
  const wanted = squeeze(text);
  let best: string | undefined;
  let least = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const found = squeeze(candidate);
    if (found === wanted) return candidate;
    const far = distance(wanted, found, least - 1);
    if (far < least) {
      least = far;
      best = candidate;
    }
  }
  return best;
};
