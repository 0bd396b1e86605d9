/** Tiny real weights files for tests and examples, as the formats are written. */
type Metadata = Readonly<Record<string, string | number | readonly string[]>>;

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const u32 = (value: number): Uint8Array => {
  const out = new Uint8Array(4);
  new DataView(out.buffer).setUint32(0, value, true);
  return out;
};
const u64 = (value: number): Uint8Array => {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setBigUint64(0, BigInt(value), true);
  return out;
};
const join = (parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);
const string = (text: string): Uint8Array => join([u64(bytesOf(text).length), bytesOf(text)]);

const value = (entry: string | number | readonly string[]): Uint8Array => {
  if (typeof entry === 'string') return join([u32(8), string(entry)]);
  if (typeof entry === 'number') return join([u32(4), u32(entry)]);
  return join([u32(9), u32(8), u64(entry.length), ...entry.map(string)]);
};

/** GGUF version 3 with one tensor of 32 zero bytes, aligned to 32. */
export const writeGguf = (metadata: Metadata): Uint8Array => {
  const pairs = Object.entries({ 'general.architecture': 'llama', ...metadata });
  const head = join([
    bytesOf('GGUF'),
    u32(3),
    u64(1),
    u64(pairs.length),
    ...pairs.map(([key, entry]) => join([string(key), value(entry)])),
    string('token_embd.weight'),
    u32(1),
    u64(8),
    u32(0),
    u64(0),
  ]);
  return join([head, new Uint8Array((32 - (head.length % 32)) % 32), new Uint8Array(32)]);
};

/** safetensors with one tensor of 8 zero bytes. */
export const writeSafetensors = (metadata: Readonly<Record<string, string>>): Uint8Array => {
  const header = bytesOf(JSON.stringify({ __metadata__: { format: 'pt', ...metadata }, weight: { dtype: 'F32', shape: [2], data_offsets: [0, 8] } }));
  const padded = join([header, bytesOf(' '.repeat((8 - (header.length % 8)) % 8))]);
  return join([u64(padded.length), padded, new Uint8Array(8)]);
};
