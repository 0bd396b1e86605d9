/** A half-open range of UTF-16 offsets into the decoded text of one file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export const spanOf = (start: number, end: number): Span => ({ start, end });

/** Shifts a span of a part (front matter, a cell) to where that part stands in its file. */
export const shift = (span: Span, by: number): Span => ({ start: span.start + by, end: span.end + by });
