import { say } from '../say.ts';

/** Numbers from 1 as the report has them; 0 where only the line is known. */
export interface OpenPlace {
  readonly folder: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly cell: number | null;
  /** There is no text to go to. */
  readonly binary: boolean;
}

/** Files in which a line means nothing. */
const binaryNames = /\.(?:safetensors|gguf|onnx|bin|pt|pth|ckpt|pkl|npz|parquet|zip)$/i;

interface Ranged {
  readonly path: string;
  readonly line: number;
  readonly column?: number;
  readonly endLine?: number;
  readonly endColumn?: number;
  readonly cell?: number | null;
  readonly key?: string | null;
}

/** Undefined for a path that could leave the folder, wherever it came from. */
export const placeOf = (
  folder: string,
  { path, line, column = 0, endLine = line, endColumn = column, cell = null, key = null }: Ranged,
): OpenPlace | undefined => {
  if (path === '' || /^(?:\/|[a-z]:)|\\|\0|(?:^|\/)\.\.(?:\/|$)/i.test(path)) return undefined;
  return { folder, path, line, column, endLine, endColumn, cell, binary: key !== null || binaryNames.test(path) };
};

/** How a place is written: the line, or what stands for it. */
export const placeText = (path: string, line: number, cell: number | null, key: string | null): string => {
  if (key !== null) return `${path}, ${key}`;
  if (binaryNames.test(path)) return path;
  return cell === null ? `${path}:${line}` : say('place.cellOf', { path, cell: cell + 1, line });
};

export interface Places {
  /** Of the report. */
  readonly number: number;
  /** The id under which the page may ask for the place. */
  readonly issue: (place: OpenPlace) => string;
  readonly find: (id: string) => OpenPlace | undefined;
}

/** Ids of one report. They begin with its number, so that a page of an earlier report cannot ask for places of this one. */
export const createPlaces = (number: number): Places => {
  const issued = new Map<string, OpenPlace>();
  return {
    number,
    issue: (place) => {
      const id = `${number}.${issued.size}`;
      issued.set(id, place);
      return id;
    },
    find: (id) => issued.get(id),
  };
};
