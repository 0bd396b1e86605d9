import type { Span } from '../../text/span.ts';
import { oneWay, preset } from '../via.ts';
import { branchesIn, waysOf } from './branches.ts';
import type { Call, PythonFile } from './model.ts';
import { presetsOf } from './presets.ts';

/** `if False:` with what stands below it, for whoever wants it to switch on: as it is written, nothing of it happens. */
const unreachedIn = (file: PythonFile): readonly Span[] => {
  const { tokens, heads, ends } = file;
  const out: Span[] = [];
  for (const [head, at] of heads.entries()) {
    const token = tokens[at];
    if (token?.kind !== 'name' || token.text !== 'if') continue;
    const [condition, after] = [tokens[at + 1], tokens[at + 2]];
    if (condition === undefined || (condition.text !== 'False' && condition.text !== '0') || condition.kind === 'string') continue;
    if (after?.text !== ':' && !(after?.kind === 'name' && after.text === 'and')) continue;
    out.push({ start: token.start, end: tokens[(ends[head] ?? tokens.length) - 1]?.end ?? token.end });
  }
  return out;
};

const isWithin = (spans: readonly Span[], { start, end }: Span): boolean => spans.some((range) => range.start <= start && end <= range.end);

/** How firmly each part of a file holds. */
export interface Standing {
  /** Values that hold until somebody says otherwise. */
  readonly presets: readonly Span[];
  /** What the id of a relation says of its place, of the call that states it, and of what holds for it anyway. */
  readonly markOf: (span: Span, more: { readonly call?: Call | undefined; readonly preset?: boolean | undefined }) => string;
  readonly isUnreached: (call: Call) => boolean;
}

export const standingOf = (file: PythonFile): Standing => {
  const branches = branchesIn(file);
  const [presets, ways, unreached] = [presetsOf(file, branches), waysOf(file, branches), unreachedIn(file)];
  const isUnreached = ({ nameToken }: Call): boolean => {
    const name = file.tokens[nameToken];
    return name !== undefined && isWithin(unreached, name);
  };
  return {
    presets,
    isUnreached,
    markOf: (span, { call, preset: always = false }) => {
      const holdsUntilSaid = always || isWithin(presets, span) || isWithin(unreached, span) || (call !== undefined && isUnreached(call));
      const called = call === undefined ? undefined : file.tokens[call.nameToken];
      return `${holdsUntilSaid ? preset : ''}${isWithin(ways, called ?? span) ? oneWay : ''}`;
    },
  };
};
