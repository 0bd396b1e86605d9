/**
 * What `text.matchAll(pattern)` finds, at no cost where nothing is found: the engine makes a new expression for each such call, which takes longer than
 * to pass a sentence.
 * @param pattern with the flag `g`
 */
export const matchesIn = (text: string, pattern: RegExp): Iterable<RegExpExecArray> => {
  pattern.lastIndex = 0;
  const isThere = pattern.test(text);
  pattern.lastIndex = 0;
  return isThere ? text.matchAll(pattern) : [];
};
