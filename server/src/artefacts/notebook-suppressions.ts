import { asString, get } from '../text/data.ts';
import { readJson } from '../text/json.ts';
import { limits } from '../text/limits.ts';
import { factIds } from './hub-id.ts';
import { cellsOf, sourceOf } from './notebook.ts';
import { ignoringIn, stateIgnoring } from './suppressions.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

/**
 * `pedigree-ignore RULE: reason` in the cells of a notebook: of code in a comment of its language, elsewhere in one of HTML. It holds for
 * lines of its own cell; `pedigree-ignore-file` for the whole notebook.
 */
export const notebookSuppressionReader: Reader = {
  id: 'notebook-suppressions',
  version: 1,
  matches: (_path, name) => name.endsWith('.ipynb'),
  wants: 'text',
  maximum: limits.notebookBytes,
  partial: false,
  read: ({ text }): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    // What cells put out may hold the word as well, and is not looked at.
    if (!text.includes('pedigree-ignore')) return { facts, anchors, problems: [] };
    const idOf = factIds('notebook-suppressions');
    const cells = cellsOf(readJson(text, limits.notebookBytes).root).map((cell) => ({ source: sourceOf(cell), type: asString(get(cell, 'cell_type')) }));
    for (const [index, { source, type }] of cells.entries())
      for (const ignoring of ignoringIn(source, type !== 'code')) stateIgnoring(facts, anchors, idOf, ignoring, index);
    return { facts, anchors, problems: [], cells: cells.map((cell) => cell.source) };
  },
};
