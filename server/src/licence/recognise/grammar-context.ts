import { isCompared, isGranted, isGrantedBehind, isPlace, isLicenceBehind, isUnder } from './grammar-grants.ts';
import { breaks, is, stops } from './grammar-reading.ts';
import type { Reader } from './grammar-reading.ts';
import type { GrammarClass } from './grammar-words.ts';
import { mark } from './marks.ts';
import { copyrightSign } from './vocabulary.ts';

/** Tokens before a name in which the words of a grant are looked for, and before an address. */
const grantReach = 16;
const linkReach = 30;
/** Tokens before a name in which "see" or "a copy of" points to a licence that was named before. */
const pointerReach = 10;

/** How much around a mention speaks for a grant. */
export interface Context {
  readonly grant: boolean;
  /** The words of a grant lead straight to it. */
  readonly close: boolean;
  /** What stands behind it says that it applies. */
  readonly behind: boolean;
  /** "under" stands before it, and nothing behind. */
  readonly under: boolean;
  readonly against: boolean;
  /** The word licence stands beside the name. */
  readonly named: boolean;
  /** It begins its line, and stands alone on it. */
  readonly opens: boolean;
  readonly heading: boolean;
  /** "see the ...", "a copy of the ...": said of a licence that was named before. */
  readonly pointer: boolean;
}

const within = (reader: Reader, from: number, to: number, name: GrammarClass): boolean => {
  for (let at = from; at < to; at += 1) if (is(reader, at, name)) return true;
  return false;
};

export const contextOf = (reader: Reader, from: number, to: number, link: boolean): Context => {
  const { ids, marks, count } = reader.tokens;
  const { grants } = reader.index;
  let grant = false;
  // "Modified MIT License" is not the MIT License.
  let against = ids[from - 1] === reader.index.words.modified;
  let pointer = false;
  let under = false;
  for (let at = from; at > 0 && at > from - (link ? linkReach : grantReach); at -= 1) {
    const before = at - 1;
    const isStop = ((marks[at] as number) & (mark.stop | mark.paragraph)) !== 0;
    const isGrant = is(reader, before, 'grant');
    if (isStop && !link && !(isGrant && at === from)) break;
    if (breaks(reader, at) && !isGrant) break;
    if (isGrant) grant = true;
    const word = grants.of[ids[before] as number] as number;
    if ((word & grants.bit.under) !== 0) under = true;
    if (is(reader, before, 'against') && from - before <= 6) against = true;
    const id = ids[before];
    const { see, copy, received, full } = reader.index.words;
    if (!under && from - before <= pointerReach && (id === see || id === copy || id === received || id === full || (word & grants.bit.text) !== 0))
      pointer = true;
  }
  // A line may break between a name and the word licence, but a line that begins with it begins something else.
  const sameLine = (at: number): boolean =>
    at < count && (((marks[at] as number) & mark.line) === 0 || ((marks[at] as number) & (mark.capital | mark.paragraph)) === 0);
  const named =
    (is(reader, to, 'licence') && sameLine(to)) ||
    (is(reader, to + 1, 'licence') && sameLine(to) && sameLine(to + 1)) ||
    (is(reader, from - 1, 'licence') && sameLine(from)) ||
    (is(reader, from - 2, 'licence') && sameLine(from) && sameLine(from - 1)) ||
    within(reader, from, to, 'licence') ||
    isLicenceBehind(reader, to);
  let start = from;
  while (start > 0 && ((marks[start] as number) & mark.line) === 0 && is(reader, start - 1, 'filler')) start -= 1;
  let end = to;
  while (end < count && ((marks[end] as number) & mark.line) === 0 && is(reader, end, 'filler')) end += 1;
  const opens = ((marks[start] as number) & mark.line) !== 0;
  const heading = opens && (end >= count || ((marks[end] as number) & mark.line) !== 0);
  // "License", and on the next line what it is.
  const isLast = to >= count || ((marks[to] as number) & (mark.line | mark.stop | mark.listed | mark.opened)) !== 0;
  const below =
    ((marks[from] as number) & mark.line) !== 0 &&
    is(reader, from - 1, 'licence') &&
    ((marks[from - 1] as number) & mark.line) !== 0 &&
    (isLast || ids[to] === copyrightSign || is(reader, to, 'or') || is(reader, to, 'and'));
  const place = isPlace(reader.tokens, from, to, is(reader, from - 1, 'licence') || is(reader, to, 'licence'));
  const close = !link && (below || isGranted(reader, from));
  const isUnderIt = isLast && !stops(reader, from) && isUnder(reader, from - 1);
  return {
    under: isUnderIt,
    grant: grant || close || is(reader, from, 'grant'),
    close,
    behind: !link && isGrantedBehind(reader, to),
    against: against || isCompared(reader, to),
    named,
    opens,
    heading,
    pointer: pointer || place,
  };
};
