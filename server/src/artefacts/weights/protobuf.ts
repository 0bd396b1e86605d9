import { limits } from '../../text/limits.ts';
import type { Source } from './source.ts';

/** One field of a message: for lengths, where its content stands; for the rest, an empty range behind it. */
export interface Field {
  readonly number: number;
  readonly lengthy: boolean;
  readonly from: number;
  readonly to: number;
}

/** A base-128 number and the offset behind it; undefined where it does not end in ten bytes, or is larger than any offset. */
const varint = (source: Source, at: number): { readonly value: number; readonly next: number } | undefined => {
  let value = 0;
  let scale = 1;
  for (let i = 0; i < 10; i += 1) {
    const byte = source.slice(at + i, at + i + 1)?.[0];
    if (byte === undefined) return undefined;
    value += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte < 0x80) return { value, next: at + i + 1 };
  }
  return undefined;
};

const fixed: Readonly<Record<number, number>> = { 1: 8, 5: 4 };

/**
 * The fields of a message, one after another; stops at the first thing that is none, or that is not at hand. A content may lie where no
 * bytes are at hand, and is stepped over: a graph of gigabytes costs nothing.
 */
export function* fieldsOf(source: Source, from: number, to: number): Generator<Field> {
  let at = from;
  for (let count = 0; at < to; count += 1) {
    if (count >= limits.protobufFields) {
      source.hit.add(`more than ${limits.protobufFields} fields of one message`);
      return;
    }
    const tag = varint(source, at);
    if (!tag || tag.value > 0xffff_ffff) return;
    const number = Math.floor(tag.value / 8);
    const wire = tag.value % 8;
    if (number === 0) return;
    if (wire === 2) {
      const length = varint(source, tag.next);
      if (!length || length.next + length.value > to) return;
      yield { number, lengthy: true, from: length.next, to: length.next + length.value };
      at = length.next + length.value;
      continue;
    }
    const next = wire === 0 ? varint(source, tag.next)?.next : fixed[wire] === undefined ? undefined : tag.next + fixed[wire];
    if (next === undefined || next > to) return;
    yield { number, lengthy: false, from: tag.next, to: next };
    at = next;
  }
}

/** The content of the last field of that number, as the format has it. */
export const fieldAt = (source: Source, within: { readonly from: number; readonly to: number } | undefined, number: number): Field | undefined => {
  let found: Field | undefined;
  if (within) for (const field of fieldsOf(source, within.from, within.to)) if (field.number === number && field.lengthy) found = field;
  return found;
};
