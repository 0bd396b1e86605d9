import { identify } from '../licence/identify.ts';
import type { Match } from '../licence/identify.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { plain } from '../report/plain.ts';
import { decode } from '../text/decode.ts';
import { limits } from '../text/limits.ts';
import { rangeText } from '../text/lines.ts';

const lineOf = (match: Match): string => {
  const changes = match.changes?.map(rangeText).join(', ');
  return `  ${match.kind.padEnd(9)} ${plain(match.licence)}  lines ${match.startLine}-${match.endLine}${changes === undefined ? '' : `, changed at ${changes}`}`;
};

/** The answer of `pedigree identify`: one array for JSON, one line a file and a line a match for people. */
export const identifyFiles = (
  files: readonly { readonly path: string; readonly bytes: Uint8Array }[],
  format: 'text' | 'json',
  knowledge: Knowledge,
): string => {
  const rows = files.map(({ path, bytes }) => ({ path, ...identify(decode(bytes.subarray(0, limits.licenceBytes))?.text ?? '', knowledge) }));
  if (format === 'json') return `${JSON.stringify(rows, null, 1)}\n`;
  return rows
    .flatMap((row) => [`${plain(row.path)}: ${row.expression ?? 'no licence recognised'}`, ...row.matches.map(lineOf)])
    .map((line) => `${line}\n`)
    .join('');
};
