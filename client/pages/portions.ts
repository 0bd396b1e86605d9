import { grouped } from '../src/speaker.ts';
import { button, make } from './dom.ts';
import { say } from './say.ts';

/** Rows that are drawn at once; a report may hold thousands. */
const portion = 150;

/** Draws a portion of the items into `parent`, and a button for the next one. */
export const drawPortions = <T>(parent: HTMLElement, items: readonly T[], view: (item: T) => Node, from = 0): void => {
  parent.append(...items.slice(from, from + portion).map(view));
  const left = items.length - from - portion;
  if (left <= 0) return;
  const cell = parent.tagName === 'TBODY' ? make('td') : null;
  if (cell) cell.colSpan = 7;
  const more = button('more', say('list.more', { count: Math.min(left, portion), all: grouped(left) }), () => {
    row.remove();
    const before = parent.lastElementChild;
    drawPortions(parent, items, view, from + portion);
    // The keyboard goes on where the button was.
    before?.nextElementSibling?.querySelector<HTMLElement>('button, a')?.focus();
  });
  cell?.append(more);
  const row = cell ? make('tr', '', cell) : make(parent.tagName === 'UL' ? 'li' : 'div', '', more);
  parent.append(row);
};
