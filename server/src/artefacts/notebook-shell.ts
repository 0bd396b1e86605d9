import type { Knowledge } from '../knowledge/types.ts';
import { draftOf, readingOf } from './draft.ts';
import { tellingOf } from './shell/facts.ts';
import { tellShell } from './shell/reader.ts';
import { mayNameWorks } from './shell/table.ts';
import type { Reading } from './types.ts';
import { mayNameWeights } from './weights-paths.ts';

const shellCell = /^\s*%%(?:bash|sh|shell|script\s+(?:bash|sh))\b[^\n]*/;

/** A cell's lines of shell at their places, everything else blanked: all of a cell for a shell, else lines behind an exclamation mark. */
export const shellLines = (source: string): string => {
  if (shellCell.test(source)) return source.replace(shellCell, (line) => ' '.repeat(line.length));
  if (!source.includes('!')) return source.replace(/[^\n]/g, ' ');
  let goesOn = false;
  return source.replace(/[^\n]+/g, (line) => {
    const own = goesOn || /^\s*!/.test(line);
    const shown = goesOn ? line : line.replace('!', ' ');
    goesOn = own && line.trimEnd().endsWith('\\');
    return own ? shown : ' '.repeat(line.length);
  });
};

const mayName = (text: string): boolean => mayNameWorks(text) || mayNameWeights(text);

/** Whether the JSON of a notebook may hold such lines: a cheap test before it is parsed. */
export const mayHaveShell = (json: string): boolean => /(?:"|\\n)\s*!\s*\w|%%(?:bash|sh|script)/.test(json) && mayName(json.replaceAll('\\n', ' '));

/** What the commands of a notebook say, in one text of all its cells. */
export const notebookShell = (path: string, text: string, knowledge: Knowledge): Reading => {
  const draft = draftOf('notebook-shell', path, knowledge);
  if (!mayName(text)) return readingOf(draft);
  tellShell(tellingOf(draft, path), { code: text, start: 0, end: text.length });
  return readingOf(draft);
};
