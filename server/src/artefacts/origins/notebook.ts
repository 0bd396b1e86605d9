import { readJson } from '../../text/json.ts';
import { limits } from '../../text/limits.ts';
import { addRelation, draftOf, moreThan, nothingRead, readingOf } from '../draft.ts';
import { cellsOf, sourceOf } from '../notebook.ts';
import type { Reader, Reading } from '../types.ts';
import { mayNameCode } from './addresses.ts';
import { findCopies, leadsToPage, workOfSource } from './copies.ts';
import { takenComment } from './reader.ts';

/** Cells of notebooks, text and code alike, where they say that code was taken from somewhere: of some cells, never of the whole. */
export const notebookOriginsReader: Reader = {
  id: 'notebook-origins',
  version: 5,
  matches: (_path, name) => name.endsWith('.ipynb'),
  wants: 'text',
  maximum: limits.notebookBytes,
  partial: false,
  read: ({ path, text }, knowledge): Reading => {
    if (!mayNameCode(text)) return nothingRead;
    const { root } = readJson(text, limits.notebookBytes);
    const draft = draftOf('notebook-origins', path, knowledge);
    const told = new Set<string>();
    const cells = cellsOf(root).map(sourceOf);
    const reading = (): Reading => ({ ...readingOf(draft), cells });
    for (const [cell, source] of cells.entries()) {
      for (const { taken, start, end, revision, ...address } of findCopies(source)) {
        const to = workOfSource(address);
        if (!taken || told.has(to.toLowerCase()) || leadsToPage(source.slice(start, end))) continue;
        if (draft.facts.length >= limits.originsPerFile) {
          draft.problems.push(moreThan(limits.originsPerFile, 'lines on where code was taken from'));
          return reading();
        }
        told.add(to.toLowerCase());
        addRelation(draft, { from: `local:${path}`, to, type: 'copiedFrom', via: takenComment, revision, pinnable: false }, { cell, span: { start, end } });
      }
    }
    return reading();
  },
};
