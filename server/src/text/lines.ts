/** A position as the language server protocol counts: both numbers from 0, characters in UTF-16 units. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface LineIndex {
  readonly length: number;
  /** Offset of the first unit of each line. */
  readonly starts: readonly number[];
}

/** Lines end at CRLF, LF or CR, as in the language server protocol; U+2028 is no line end there. */
export const indexLines = (text: string): LineIndex => {
  const starts = [0];
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === 10) starts.push(i + 1);
    else if (unit === 13 && text.charCodeAt(i + 1) !== 10) starts.push(i + 1);
  }
  return { length: text.length, starts };
};

/** The position of an offset; offsets outside the text are moved to its nearest end. */
export const positionAt = (index: LineIndex, offset: number): Position => {
  const at = Math.max(0, Math.min(offset, index.length));
  let low = 0;
  let high = index.starts.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((index.starts[middle] ?? 0) <= at) low = middle;
    else high = middle;
  }
  return { line: low, character: at - (index.starts[low] ?? 0) };
};

/** The offset of a position; positions outside the text are moved to its nearest end. */
export const offsetAt = (index: LineIndex, position: Position): number => {
  if (position.line < 0) return 0;
  const start = index.starts[position.line];
  if (start === undefined) return index.length;
  const next = index.starts[position.line + 1] ?? index.length;
  return Math.max(start, Math.min(start + position.character, next));
};

/** The text of a line without its line end. */
export const lineText = (text: string, index: LineIndex, line: number): string => {
  const start = index.starts[line];
  if (start === undefined) return '';
  return text.slice(start, index.starts[line + 1] ?? text.length).replace(/[\r\n]+$/, '');
};

/** Lines from 1, both inclusive. */
interface LineRange {
  readonly startLine: number;
  readonly endLine: number;
}

/** "22-27", or "22" for one line. */
export const rangeText = ({ startLine, endLine }: LineRange): string => (endLine > startLine ? `${startLine}-${endLine}` : `${startLine}`);

/** Stretches that a sentence lists; more would be a table. */
const shownRanges = 4;

/** "line 22", "lines 22-27", "lines 3, 22-27 and 31", "lines 3, 8, 22-27, 31 and 5 other places". */
export const linesText = (ranges: readonly LineRange[]): string => {
  const shown = ranges.slice(0, shownRanges).map(rangeText);
  const more = ranges.length - shown.length;
  const last = more > 0 ? `${more} other place${more > 1 ? 's' : ''}` : shown.pop();
  const words = shown.length === 0 ? (last ?? '') : `${shown.join(', ')} and ${last ?? ''}`;
  return `${/^\d+$/.test(words) ? 'line' : 'lines'} ${words}`;
};
