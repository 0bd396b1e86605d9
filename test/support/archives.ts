import { deflateRawSync, gzipSync } from 'node:zlib';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
type Content = string | Uint8Array;
const bytesOf = (content: Content): Uint8Array => (typeof content === 'string' ? encode(content) : content);

/** Numbers in little endian, `[value, bytes]` each. */
const packed = (...numbers: readonly (readonly [value: number, bytes: number])[]): Uint8Array => {
  const out = Buffer.alloc(numbers.reduce((sum, [, bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [value, bytes] of numbers) at = out.writeUIntLE(value, at, bytes);
  return out;
};

/** A zip archive as `zipfile` of Python writes it: contents, then the list, then the record at the end. */
export const writeZip = (files: Readonly<Record<string, Content>>, options: { readonly deflate?: boolean; readonly comment?: string } = {}): Uint8Array => {
  const parts: Uint8Array[] = [];
  const list: Uint8Array[] = [];
  let at = 0;
  for (const [name, content] of Object.entries(files)) {
    const raw = bytesOf(content);
    const data = options.deflate === true ? deflateRawSync(raw) : raw;
    const method = options.deflate === true ? 8 : 0;
    const shared = [
      [0, 2],
      [method, 2],
      [0, 4],
      [0, 4],
      [data.length, 4],
      [raw.length, 4],
      [encode(name).length, 2],
      [0, 2],
    ] as const;
    const local = Buffer.concat([packed([0x04034b50, 4], [20, 2], ...shared), encode(name), data]);
    list.push(Buffer.concat([packed([0x02014b50, 4], [20, 2], [20, 2], ...shared, [0, 2], [0, 2], [0, 2], [0, 4], [at, 4]), encode(name)]));
    parts.push(local);
    at += local.length;
  }
  const directory = Buffer.concat(list);
  const comment = encode(options.comment ?? '');
  const count = list.length;
  return Buffer.concat([
    ...parts,
    directory,
    packed([0x06054b50, 4], [0, 2], [0, 2], [count, 2], [count, 2], [directory.length, 4], [at, 4], [comment.length, 2]),
    comment,
  ]);
};

const block = 512;
const padded = (bytes: Uint8Array, length: number): Uint8Array => Buffer.concat([bytes, new Uint8Array(Math.max(0, length - bytes.length))]);

/** A tar archive in the form that `tarfile` of Python writes by default. */
export const writeTar = (files: Readonly<Record<string, Content>>): Uint8Array => {
  const parts = Object.entries(files).map(([name, content]) => {
    const data = bytesOf(content);
    const folder = name.endsWith('/');
    const head = Buffer.alloc(block);
    head.write(name, 0);
    head.write('0000644\0', 100);
    head.write(`${data.length.toString(8).padStart(11, '0')}\0`, 124);
    head.write(folder ? '5' : '0', 156);
    head.write('ustar\0' + '00', 257);
    return Buffer.concat([head, padded(data, Math.ceil(data.length / block) * block)]);
  });
  return Buffer.concat([...parts, new Uint8Array(block * 2)]);
};

export const gzipped = (bytes: Uint8Array): Uint8Array => gzipSync(bytes);
