import { cellsOf } from '../artefacts/notebook.ts';
import { get } from '../text/data.ts';
import type { DataNode } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';

const lineAt = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

/** Where a line of a cell stands in the file itself, which is JSON: for readers of reports that know no cells. */
export const notebookLines = (text: string): ((cell: number, line: number) => number | undefined) => {
  let cells: readonly DataNode[] | undefined;
  return (cell, line) => {
    cells ??= cellsOf(readJson(text, limits.notebookBytes).root);
    const found = cells[cell];
    const source = get(found, 'source') ?? get(found, 'input');
    const at = source?.kind === 'sequence' ? (source.items[line - 1] ?? source) : source;
    return at && lineAt(text, at.span.start);
  };
};
