import type { Reader } from './types.ts';

/** All readers; several may read one file. A new format is one line here. */
export const readers: readonly Reader[] = [];

export const readersFor = (path: string): readonly Reader[] => {
  const name = path.slice(path.lastIndexOf('/') + 1).toLowerCase();
  return readers.filter((reader) => reader.matches(path, name));
};

/** Part of every cache key: an answer of an older reader is never mixed with those of a newer one. */
export const readersVersion: string = readers.map((reader) => `${reader.id}@${reader.version}`).join(' ');
