import type { NodeView, PointView } from '../../src/lineage/view.ts';
import { isolated, make } from '../dom.ts';
import type { Child } from '../dom.ts';
import { say } from '../say.ts';
import { signs } from './words.ts';

/** What is shown of a long list; the report has all. */
const shown = 6;

const points = (title: string, rows: readonly PointView[]): readonly Child[] => {
  if (rows.length === 0) return [];
  const items = rows.slice(0, shown).map(({ text, clause }) => make('li', '', text, clause === '' ? null : make('span', 'quiet', ` (${clause})`)));
  if (rows.length > shown) items.push(make('li', 'quiet', say('work.more', { count: rows.length - shown })));
  return [make('p', 'card-title', title), make('ul', '', ...items)];
};

/** The terms of a work, as the card beside its box and the list say them. */
export const terms = (node: NodeView): readonly Child[] => [
  make('p', `verdict ${node.verdict}`, make('span', 'sign', signs[node.verdict]), node.answer),
  node.publish === '' ? null : make('p', 'target-words', node.publish),
  node.why === '' ? null : make('p', 'quiet', node.why),
  ...points(say('work.because'), node.points),
  ...points(say('work.owed'), node.duties),
  node.findings === '' ? null : make('p', '', say('work.findings', { findings: node.findings })),
  node.says.length === 0 ? null : make('p', 'quiet', say('work.says', { sources: node.says.join('; ') })),
];

export interface Card {
  readonly element: HTMLElement;
  readonly show: (node: NodeView, beside: Element) => void;
  readonly hide: () => void;
}

/** Time in which the pointer may move from a box to its card. */
const grace = 180;

/** Beside the box that is looked at; it stays while the pointer is on it, and Escape puts it away. */
export const createCard = (frame: HTMLElement): Card => {
  const element = make('div', 'card');
  element.hidden = true;
  element.id = 'card';
  element.setAttribute('role', 'tooltip');
  let leaving = 0;
  const put = (beside: Element): void => {
    const box = beside.getBoundingClientRect();
    const room = frame.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = element;
    const right = box.right - room.left + 10;
    const left = box.left - room.left - width - 10;
    const x = right + width <= room.width ? right : left >= 0 ? left : Math.max(4, room.width - width - 4);
    const y = Math.min(Math.max(4, box.top - room.top), Math.max(4, room.height - height - 4));
    element.style.left = `${x}px`;
    element.style.top = `${y}px`;
  };
  const hideSoon = (): void => {
    clearTimeout(leaving);
    leaving = setTimeout(() => {
      element.hidden = true;
    }, grace);
  };
  element.addEventListener('pointerenter', () => clearTimeout(leaving));
  element.addEventListener('pointerleave', hideSoon);
  return {
    element,
    show: (node, beside) => {
      clearTimeout(leaving);
      const title = isolated('card-name', node.name);
      const go = node.where ? make('p', 'quiet', say('work.go', { place: node.where.text })) : null;
      element.replaceChildren(
        title,
        make('p', 'quiet', `${node.kind} · ${node.licence}`),
        ...terms(node).filter((child): child is Node | string => child !== null && child !== undefined),
        ...(go ? [go] : []),
      );
      element.hidden = false;
      beside.setAttribute('aria-describedby', element.id);
      put(beside);
    },
    hide: hideSoon,
  };
};
