/** What stands between a token and the one before it, and how it is written: bits of `Tokens.marks`. */
/** A line break. */
export const atLine = 1;
/** A line with nothing to read. */
export const atParagraph = 2;
/** A full stop, semicolon, question or exclamation mark before white space. */
export const afterStop = 4;
/** The token begins with a capital. */
export const capital = 8;
/** Nothing stands between: "gpl" and "2" of "GPL2". */
export const glued = 16;
/** An opening bracket or a quotation mark. */
export const opened = 32;
/** A slash, a bar or a comma. */
export const listed = 64;
/** The token is an address or a number. */
export const isValue = 128;

/** The same bits by name, for code that is not run for every token. */
export const mark = { line: atLine, paragraph: atParagraph, stop: afterStop, capital, glued, opened, listed, value: isValue } as const;
