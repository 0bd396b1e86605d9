import { isUtf8 } from 'node:buffer';
import { identify, identifyBytes } from '../licence/identify.ts';
import type { Identification, Match } from '../licence/identify.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { plain } from '../report/plain.ts';
import { decode, looksBinary } from '../text/decode.ts';
import { limits } from '../text/limits.ts';
import { rangeText } from '../text/lines.ts';

/** What a file is, as `pedigree identify` tells it. */
export interface Identified extends Identification {
  readonly path: string;
}

const nothing: Identification = { expression: null, matches: [] };

/** The same as of the file's text in an editor; bytes that need no decoding are read as they are. */
export const identifyFile = (path: string, file: Uint8Array, knowledge: Knowledge): Identified => {
  const bytes = file.subarray(0, limits.licenceBytes);
  if (looksBinary(bytes)) return { path, ...nothing };
  // What is cut may end within a character.
  if (bytes.length === file.length && isUtf8(bytes)) {
    const hasMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
    return { path, ...identifyBytes(hasMark ? bytes.subarray(3) : bytes, knowledge) };
  }
  return { path, ...identify(decode(bytes)?.text ?? '', knowledge) };
};

const lineOf = (match: Match): string => {
  const changes = match.changes?.map(rangeText).join(', ');
  return `  ${match.kind.padEnd(9)} ${plain(match.licence)}  lines ${match.startLine}-${match.endLine}${changes === undefined ? '' : `, changed at ${changes}`}`;
};

/** The answer of `pedigree identify`: one array for JSON, one line a file and a line a match for people. */
export const identifiedText = (rows: readonly Identified[], format: 'text' | 'json'): string => {
  if (format === 'json') return `${JSON.stringify(rows, null, 1)}\n`;
  return rows
    .flatMap((row) => [`${plain(row.path)}: ${row.expression ?? 'no licence recognised'}`, ...row.matches.map(lineOf)])
    .map((line) => `${line}\n`)
    .join('');
};
