/** Line, from 1, of a byte offset. Offsets are best asked in order: a later one is counted on from the one before. */
export type LineCounter = (offset: number) => number;

const lineFeed = 10;
const carriageReturn = 13;

/** Counts "\n", "\r\n" and "\r" as line ends. */
export const lineCounter = (bytes: Uint8Array): LineCounter => {
  let at = 0;
  let line = 1;
  return (offset) => {
    if (offset < at) {
      at = 0;
      line = 1;
    }
    const end = Math.min(offset, bytes.length);
    for (; at < end; at += 1) {
      const byte = bytes[at] as number;
      if (byte > carriageReturn) continue;
      if (byte === lineFeed || (byte === carriageReturn && bytes[at + 1] !== lineFeed)) line += 1;
    }
    return line;
  };
};
