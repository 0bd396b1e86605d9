import type { ReadInput } from '../types.ts';

/** The parts of a file that are at hand, by their offsets in the whole. */
export interface Source {
  readonly size: number;
  /** Undefined where any of it is not at hand. */
  readonly slice: (from: number, to: number) => Uint8Array | undefined;
  /** Limits that were hit, as they are told. */
  readonly hit: Set<string>;
}

export const sourceOf = ({ bytes, tail, size }: Pick<ReadInput, 'bytes' | 'tail' | 'size'>): Source => {
  const end = tail && tail.length > 0 ? { bytes: tail, at: size - tail.length } : undefined;
  return {
    size,
    hit: new Set(),
    slice: (from, to) => {
      if (!(from >= 0 && from <= to)) return undefined;
      if (to <= bytes.length) return bytes.subarray(from, to);
      return end && from >= end.at && to <= size ? end.bytes.subarray(from - end.at, to - end.at) : undefined;
    },
  };
};

const strict = new TextDecoder('utf-8', { fatal: true });

/** Text of a binary field; undefined for what is no text, or longer than a field that names something. */
export const textOf = (bytes: Uint8Array | undefined, longest = 2_000): string | undefined => {
  if (!bytes || bytes.length === 0 || bytes.length > longest) return undefined;
  try {
    return strict.decode(bytes).trim();
  } catch {
    return undefined;
  }
};
