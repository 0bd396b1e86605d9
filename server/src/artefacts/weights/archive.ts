import { constants, gunzipSync, inflateRawSync } from 'node:zlib';
import { limits } from '../../text/limits.ts';
import { textOf } from './source.ts';
import type { Source } from './source.ts';

/** One file of an archive. */
export interface Member {
  readonly name: string;
  /** Undefined where it is not at hand, is larger than is read, or is packed in a way that is not. */
  readonly content: () => Uint8Array | undefined;
}

const view = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

const endSignature = 0x06054b50;
const entrySignature = 0x02014b50;
const localSignature = 0x04034b50;
/** Bytes of the record at the end, and of the longest comment behind it. */
const endLength = 22;
const commentLength = 65_535;

/** Where the list of a zip archive stands: its record at the end says so, or, for archives over 4 GB, says that another one does. */
const directoryOf = (source: Source): { readonly at: number; readonly length: number } | undefined => {
  const from = Math.max(0, source.size - endLength - commentLength);
  const bytes = source.slice(from, source.size) ?? source.slice(Math.max(0, source.size - endLength), source.size);
  if (!bytes || bytes.length < endLength) return undefined;
  const data = view(bytes);
  for (let at = bytes.length - endLength; at >= 0; at -= 1) {
    if (data.getUint32(at, true) !== endSignature) continue;
    const [length, offset] = [data.getUint32(at + 12, true), data.getUint32(at + 16, true)];
    if (offset !== 0xffff_ffff) return { at: offset, length };
    // The list still ends where this record, or the two that stand in for it, begin; its length may be given here alone.
    const locator = at - 20;
    const large = locator >= 0 && data.getUint32(locator, true) === 0x07064b50 ? Number(data.getBigUint64(locator + 8, true)) : undefined;
    const record = large === undefined ? undefined : source.slice(large, large + 56);
    if (!record || view(record).getUint32(0, true) !== 0x06064b50) return undefined;
    return { at: Number(view(record).getBigUint64(48, true)), length: Number(view(record).getBigUint64(40, true)) };
  }
  return undefined;
};

const inflated = (bytes: Uint8Array): Uint8Array | undefined => {
  try {
    return inflateRawSync(bytes, { maxOutputLength: limits.archiveMemberBytes });
  } catch {
    return undefined;
  }
};

const isFull = ({ hit }: Source, members: readonly Member[]): boolean => {
  if (members.length < limits.archiveMembers) return false;
  hit.add(`more than ${limits.archiveMembers} files of an archive`);
  return true;
};

/** Asked only of a file that somebody wants. */
const isTooLarge = ({ hit }: Source, size: number): boolean => {
  if (size <= limits.archiveMemberBytes) return false;
  hit.add(`a file of an archive larger than ${limits.archiveMemberBytes / 1000} kB`);
  return true;
};

/** The files of a zip archive by its list. Names only, until somebody asks for a content. */
export const zipMembers = (source: Source): readonly Member[] | undefined => {
  const directory = directoryOf(source);
  if (directory && directory.length > limits.weightsTailBytes) source.hit.add(`a list of contents larger than ${limits.weightsTailBytes / 1000} kB`);
  const bytes = directory && directory.length <= limits.weightsTailBytes ? source.slice(directory.at, directory.at + directory.length) : undefined;
  if (!bytes) return undefined;
  const data = view(bytes);
  const members: Member[] = [];
  for (let at = 0; at + 46 <= bytes.length;) {
    if (data.getUint32(at, true) !== entrySignature) break;
    if (isFull(source, members)) break;
    const [method, packed, size] = [data.getUint16(at + 10, true), data.getUint32(at + 20, true), data.getUint32(at + 24, true)];
    const [name, extra, comment] = [data.getUint16(at + 28, true), data.getUint16(at + 30, true), data.getUint16(at + 32, true)];
    const local = data.getUint32(at + 42, true);
    const content = (): Uint8Array | undefined => {
      const head = source.slice(local, local + 30);
      if (!head || view(head).getUint32(0, true) !== localSignature || isTooLarge(source, Math.max(packed, size))) return undefined;
      const from = local + 30 + view(head).getUint16(26, true) + view(head).getUint16(28, true);
      const stored = source.slice(from, from + packed);
      if (!stored || method === 0) return stored;
      return method === 8 ? inflated(stored) : undefined;
    };
    members.push({ name: textOf(bytes.subarray(at + 46, at + 46 + name)) ?? '', content });
    at += 46 + name + extra + comment;
  }
  return members;
};

const block = 512;

const octal = (bytes: Uint8Array): number | undefined => {
  const text = new TextDecoder('latin1').decode(bytes).replace(/[\0 ].*$/s, '');
  return /^[0-7]{1,12}$/.test(text) ? Number.parseInt(text, 8) : undefined;
};

const field = (bytes: Uint8Array): string => new TextDecoder().decode(bytes).replace(/\0.*$/s, '');

/** The files of a tar archive as far as its head is at hand; the contents of larger ones are stepped over. */
export const tarMembers = (source: Source): readonly Member[] | undefined => {
  const members: Member[] = [];
  let isTar = false;
  for (let at = 0; ;) {
    const head = source.slice(at, at + block);
    // Two empty blocks end the archive.
    if (!head || head.every((byte) => byte === 0)) break;
    const size = octal(head.subarray(124, 136));
    if (size === undefined || field(head.subarray(257, 262)) !== 'ustar') break;
    if (isFull(source, members)) break;
    isTar = true;
    const prefix = field(head.subarray(345, 500));
    const from = at + block;
    const content = (): Uint8Array | undefined => (isTooLarge(source, size) ? undefined : source.slice(from, from + size));
    // 0 and NUL are files; the rest are folders, links, and records about the next one.
    if (head[156] === 0x30 || head[156] === 0) members.push({ name: (prefix === '' ? '' : `${prefix}/`) + field(head.subarray(0, 100)), content });
    at = from + Math.ceil(size / block) * block;
  }
  return isTar ? members : undefined;
};

/**
 * The head of a gzip stream, unpacked. Less and less of it is tried: how much room it takes unpacked is not known before, and a hostile one
 * takes a thousand times its size.
 */
export const gunzippedHead = (bytes: Uint8Array): Uint8Array | undefined => {
  for (let length = bytes.length; length > 16; length = Math.floor(length / 8)) {
    try {
      // The stream is cut, so what there is has to do.
      return gunzipSync(bytes.subarray(0, length), { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: limits.gunzippedBytes });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return undefined;
    }
  }
  return undefined;
};
