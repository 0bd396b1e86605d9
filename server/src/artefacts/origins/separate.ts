/** "Copyright (c) 2022 Jo Doe MIT License": terms on the line of their holder. */
const lineTerms = /\b[\w.-]{1,40}[ \t]{1,9}licen[cs]e[ \t.]{0,9}$/i;
const ruler = /^[^\p{L}\p{N}]*[-=*#_~]{8,}[^\p{L}\p{N}]*$/u;
const ofHolder = /\bcopyright\b[^\n]{0,40}?(?:\(c\)|©|(?:19|20)\d\d)|©|\(c\)[ \t]*(?:19|20)\d\d/i;
const ofTerms = /licen[cs]|SPDX-|\bpermission is hereby\b|\bredistribution and use\b/i;

/** Several heads in one: each with its holder and its terms, set apart by a ruler or a blank line, or the first on a line of its own. */
export const separateHeads = (plain: string): readonly string[] => {
  const out: string[] = [];
  let open: string[] = [];
  /** Between two heads. */
  let gap: 'ruler' | 'blank' | 'line' | undefined;
  const lines = plain.split('\n');
  /** What follows, up to the next gap, names a holder and terms of its own. */
  const isHead = (from: number): boolean => {
    let to = from;
    while (to < lines.length && (lines[to] ?? '').trim() !== '' && !ruler.test(lines[to] ?? '')) to += 1;
    const text = lines.slice(from, to + 20).join('\n');
    return ofHolder.test(lines.slice(from, to).join('\n')) && ofTerms.test(text);
  };
  for (const [at, line] of lines.entries()) {
    if (ruler.test(line)) gap = 'ruler';
    else if (line.trim() === '') gap ??= 'blank';
    else {
      const before = gap === undefined ? '' : open.join('\n');
      if (ofHolder.test(before) && (gap === 'ruler' || ofTerms.test(before)) && isHead(at)) {
        out.push(before);
        open = [];
      }
      gap = ofHolder.test(line) && lineTerms.test(line) ? 'line' : undefined;
    }
    open.push(line);
  }
  return [...out, open.join('\n')];
};
