/** Line, from 1, of a byte offset. Offsets are best asked in order: a later one is counted on from the one before. */
export type LineCounter = (offset: number) => number;

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
      const byte = bytes[at];
      if (byte === 10 || (byte === 13 && bytes[at + 1] !== 10)) line += 1;
    }
    return line;
  };
};
