import type { Span } from '../../text/span.ts';
import type { Call, PythonFile } from './model.ts';

/** `if False:` with what stands below it, for whoever wants it to switch on: as it is written, nothing of it happens. */
export const unreachedIn = ({ tokens }: PythonFile): readonly Span[] => {
  const out: Span[] = [];
  for (const [at, token] of tokens.entries()) {
    if (token.column < 0 || token.kind !== 'name' || token.text !== 'if') continue;
    const [condition, after] = [tokens[at + 1], tokens[at + 2]];
    if (condition === undefined || (condition.text !== 'False' && condition.text !== '0') || condition.kind === 'string') continue;
    if (after?.text !== ':' && !(after?.kind === 'name' && after.text === 'and')) continue;
    let to = at + 1;
    while (to < tokens.length && !((tokens[to]?.column ?? -1) >= 0 && (tokens[to]?.column ?? 0) <= token.column)) to += 1;
    out.push({ start: token.start, end: tokens[to - 1]?.end ?? token.end });
  }
  return out;
};

export const isWithin = (spans: readonly Span[], { start, end }: Span): boolean => spans.some((range) => range.start <= start && end <= range.end);

/** The call stands where nothing happens. */
export const isUnreached = ({ file, unreached }: { readonly file: PythonFile; readonly unreached: readonly Span[] }, { nameToken }: Call): boolean => {
  const name = file.tokens[nameToken];
  return name !== undefined && isWithin(unreached, name);
};
