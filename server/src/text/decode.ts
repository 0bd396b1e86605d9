/** How a file's bytes were read as text. `text` never holds the byte order mark, so offsets agree with those of editors. */
export interface Decoded {
  readonly text: string;
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be';
  readonly bom: boolean;
}

const swapped = (bytes: Uint8Array): Uint8Array => {
  const out = new Uint8Array(bytes.length - (bytes.length % 2));
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    out[i] = bytes[i + 1] ?? 0;
    out[i + 1] = bytes[i] ?? 0;
  }
  return out;
};

/** A byte order mark says UTF-16. */
export const isWide = (bytes: Uint8Array): boolean => (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);

/** A NUL in the first 8 kB means binary, as ripgrep and git judge, unless a byte order mark says UTF-16. */
export const looksBinary = (bytes: Uint8Array): boolean => {
  if (isWide(bytes)) return false;
  return bytes.subarray(0, 8192).includes(0);
};

/** Bytes to text; bad sequences become U+FFFD. Undefined for binary content. */
export const decode = (bytes: Uint8Array): Decoded | undefined => {
  if (looksBinary(bytes)) return undefined;
  if (bytes[0] === 0xff && bytes[1] === 0xfe) {
    return { text: new TextDecoder('utf-16le', { ignoreBOM: true }).decode(bytes.subarray(2)), encoding: 'utf-16le', bom: true };
  }
  if (bytes[0] === 0xfe && bytes[1] === 0xff) {
    return { text: new TextDecoder('utf-16le', { ignoreBOM: true }).decode(swapped(bytes.subarray(2))), encoding: 'utf-16be', bom: true };
  }
  const bom = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  return { text: new TextDecoder('utf-8', { ignoreBOM: true }).decode(bom ? bytes.subarray(3) : bytes), encoding: 'utf-8', bom };
};
