/**
 * One file of named sections: "PGLX", a version, the number of sections and a checksum of all that follows, for each section its name (16 bytes, padded with zeros), kind, byte
 * offset and length, then the sections themselves, each at a multiple of eight, so that typed arrays can be laid over the file as it is.
 * Little-endian, as every platform that VS Code runs on.
 */
export type Section = Uint8Array | Uint16Array | Uint32Array;

const magic = 0x584c4750;
const storeVersion = 2;
const headerBytes = 16;
const entryBytes = 32;
const nameBytes = 16;

/** Of the number of sections and all that stands behind the head: a file that was damaged on its way must not be believed. */
const checksum = (bytes: Uint8Array): number => {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset + headerBytes, (bytes.byteLength - headerBytes) >>> 2);
  const sections = new DataView(bytes.buffer, bytes.byteOffset).getUint32(8, true);
  let sum = 0x811c9dc5 ^ sections;
  for (let at = 0; at < words.length; at += 1) {
    // Without the shift, what differs in the highest bit alone would stay there and cancel out.
    sum = Math.imul(sum ^ (words[at] as number), 0x85ebca6b);
    sum ^= sum >>> 13;
  }
  return sum >>> 0;
};

const kindOf = (section: Section): number => (section instanceof Uint32Array ? 4 : section instanceof Uint16Array ? 2 : 1);

export const writeStore = (sections: Readonly<Record<string, Section>>): Uint8Array => {
  const names = Object.keys(sections);
  const align = (at: number): number => Math.ceil(at / 8) * 8;
  let total = align(headerBytes + names.length * entryBytes);
  const places = names.map((name) => {
    const at = total;
    total = align(total + (sections[name]?.byteLength ?? 0));
    return at;
  });
  const bytes = new Uint8Array(total);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, magic, true);
  view.setUint32(4, storeVersion, true);
  view.setUint32(8, names.length, true);
  names.forEach((name, number) => {
    const section = sections[name];
    if (!section) return;
    const entry = headerBytes + number * entryBytes;
    bytes.set(new TextEncoder().encode(name).subarray(0, nameBytes), entry);
    view.setUint32(entry + 16, kindOf(section), true);
    view.setUint32(entry + 20, places[number] ?? 0, true);
    view.setUint32(entry + 24, section.length, true);
    bytes.set(new Uint8Array(section.buffer, section.byteOffset, section.byteLength), places[number] ?? 0);
  });
  view.setUint32(12, checksum(bytes), true);
  return bytes;
};

export interface Store {
  readonly bytes: (name: string) => Uint8Array;
  readonly shorts: (name: string) => Uint16Array;
  readonly words: (name: string) => Uint32Array;
  readonly text: (name: string) => string;
}

/** Views over a file that `writeStore` made; undefined where it is none, of another version, cut short or damaged. */
export const readStore = (file: Uint8Array): Store | undefined => {
  // A copy: `slice` of a Buffer is a view of the same bytes.
  const bytes = file.byteOffset % 8 === 0 ? file : new Uint8Array(file);
  if (bytes.byteLength < headerBytes) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== magic || view.getUint32(4, true) !== storeVersion) return undefined;
  if (view.getUint32(12, true) !== checksum(bytes)) return undefined;
  const count = view.getUint32(8, true);
  if (headerBytes + count * entryBytes > bytes.byteLength) return undefined;
  const sections = new Map<string, { readonly kind: number; readonly at: number; readonly length: number }>();
  for (let number = 0; number < count; number += 1) {
    const entry = headerBytes + number * entryBytes;
    let end = 0;
    while (end < nameBytes && bytes[entry + end] !== 0) end += 1;
    const name = new TextDecoder().decode(bytes.subarray(entry, entry + end));
    const kind = view.getUint32(entry + 16, true);
    const at = view.getUint32(entry + 20, true);
    const length = view.getUint32(entry + 24, true);
    if (at + length * kind > bytes.byteLength) return undefined;
    sections.set(name, { kind, at: bytes.byteOffset + at, length });
  }
  const find = (name: string, kind: number): { readonly at: number; readonly length: number } => {
    const section = sections.get(name);
    return section?.kind === kind ? section : { at: bytes.byteOffset, length: 0 };
  };
  const raw = (name: string): Uint8Array => {
    const { at, length } = find(name, 1);
    return new Uint8Array(bytes.buffer, at, length);
  };
  return {
    bytes: raw,
    shorts: (name) => {
      const { at, length } = find(name, 2);
      return new Uint16Array(bytes.buffer, at, length);
    },
    words: (name) => {
      const { at, length } = find(name, 4);
      return new Uint32Array(bytes.buffer, at, length);
    },
    text: (name) => new TextDecoder().decode(raw(name)),
  };
};
