/** Line, from 1, of a byte offset. Offsets are best asked in order: a later one is counted on from the one before. */
export type LineCounter = (offset: number) => number;

const lineFeed = 10;
const carriageReturn = 13;

/** Counts "\n", "\r\n" and "\r" as line ends. */
export const lineCounter = (bytes: Uint8Array): LineCounter => {
  let at = 0;
  let line = 1;
  // Most files have none, and looking for one byte is much faster than looking at all.
  const after = (from: number): number => {
    const found = bytes.indexOf(lineFeed, from);
    return found < 0 ? bytes.length : found;
  };
  let next = -1;
  const hasReturns = bytes.includes(carriageReturn);
  return (offset) => {
    if (offset < at) {
      at = 0;
      line = 1;
      next = -1;
    }
    const end = Math.min(offset, bytes.length);
    if (hasReturns) {
      for (; at < end; at += 1) {
        const byte = bytes[at];
        if (byte === lineFeed || (byte === carriageReturn && bytes[at + 1] !== lineFeed)) line += 1;
      }
      return line;
    }
    // Kept from call to call: a long last line would else be looked through each time.
    if (next < at) next = after(at);
    for (; next < end; next = after(next + 1)) line += 1;
    at = end;
    return line;
  };
};
