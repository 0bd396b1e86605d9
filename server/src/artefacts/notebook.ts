import { asString, get } from '../text/data.ts';
import type { DataNode } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { mayHaveShell, notebookShell, shellLines } from './notebook-shell.ts';
import { pythonFacts } from './python/facts.ts';
import { readPython } from './python/model.ts';
import { limitsHit, mayHaveFacts } from './python/reader.ts';
import type { Anchor, Reader, Reading } from './types.ts';

const itemsOf = (node: DataNode | undefined): readonly DataNode[] => (node?.kind === 'sequence' ? node.items : []);

/** Format 3 keeps the cells in sheets. */
export const cellsOf = (root: DataNode | undefined): readonly DataNode[] =>
  get(root, 'worksheets') ? itemsOf(get(root, 'worksheets')).flatMap((sheet) => itemsOf(get(sheet, 'cells'))) : itemsOf(get(root, 'cells'));

/** A cell's source, `input` in format 3: one string, or a list of lines. */
export const sourceOf = (cell: DataNode): string => {
  const source = get(cell, 'source') ?? get(cell, 'input');
  if (source?.kind === 'sequence') return source.items.map((item) => asString(item) ?? '').join('');
  return asString(source) ?? '';
};

/** Cells of another language by their first line; those that only watch Python run have other words there. */
const foreign = /^\s*%%(?!(?:time|timeit|capture|prun|python3?|memit|wandb|debug)\b)/;

/** Shell and magic lines are no Python: blanked at the same length, so that positions stay. */
const blanked = (source: string): string =>
  foreign.test(source) ? ' '.repeat(source.length) : source.replace(/^[ \t]*[!%][^\n]*/gm, (line) => ' '.repeat(line.length));

/** Jupyter notebooks: the code cells as one text, so that names carry over, and their commands as another; positions are inside each cell. Outputs are never read. */
export const notebookReader: Reader = {
  id: 'notebook',
  version: 9,
  matches: (_path, name) => name.endsWith('.ipynb'),
  wants: 'text',
  maximum: limits.notebookBytes,
  partial: false,
  read: ({ path, text }, knowledge): Reading => {
    if (!mayHaveFacts(text, knowledge) && !mayHaveShell(text)) return { facts: [], anchors: {}, problems: [] };
    const { root, problems } = readJson(text, limits.notebookBytes);
    const cells = cellsOf(root).map((cell) => ({ source: sourceOf(cell), code: asString(get(cell, 'cell_type')) === 'code' }));
    const starts: number[] = [];
    let whole = '';
    let shell = '';
    for (const cell of cells) {
      starts.push(whole.length);
      whole += `${cell.code ? blanked(cell.source) : ' '.repeat(cell.source.length)}\n`;
      shell += `${cell.code ? shellLines(cell.source) : ' '.repeat(cell.source.length)}\n`;
    }
    const file = readPython(whole, [...starts.slice(1), whole.length]);
    const python = pythonFacts(path, file, knowledge, 'notebook');
    const commands = notebookShell(path, shell, knowledge);
    const anchors = { ...python.anchors, ...commands.anchors };
    const placed: Record<string, Anchor> = {};
    for (const [id, { span }] of Object.entries(anchors)) {
      const cell = starts.findLastIndex((start) => start <= span.start);
      const from = starts[cell] ?? 0;
      placed[id] = { cell, span: { start: span.start - from, end: Math.min(span.end - from, cells[cell]?.source.length ?? 0) } };
    }
    return {
      facts: [...python.facts, ...commands.facts],
      anchors: placed,
      problems: [...problems.slice(0, 3).map((problem) => ({ ...problem, span: null })), ...limitsHit(file), ...commands.problems],
      cells: cells.map((cell) => cell.source),
    };
  },
};
