import type { FolderView, WorkView } from '../../src/report/view.ts';
import { badge, isolated, link, make } from '../dom.ts';
import type { Child } from '../dom.ts';
import { drawPortions } from '../portions.ts';

const columns = ['Work', 'Kind', 'Licence', 'Evidence', 'As of', 'Source', 'Where'];

const work = (item: WorkView): HTMLElement => {
  const name = isolated('work-name', item.name);
  name.title = item.id;
  const cells: readonly (readonly Child[])[] = [
    [name, item.origin === '' ? null : make('div', 'quiet', item.origin)],
    [item.kind],
    [
      item.state === 'unknown' ? badge('warning', 'unknown') : isolated(item.licence.includes(' ') ? 'quiet' : 'licence', item.licence),
      item.reachedBy === '' ? null : make('div', 'quiet', 'reached by ', item.reachedBy),
    ],
    [item.evidence],
    [item.asOf],
    [item.source],
    [item.where ? link(item.where, item.name) : null],
  ];
  const row = make(
    'tr',
    item.state,
    ...cells.map((children, at) => {
      const cell = make(at === 0 ? 'th' : 'td', children.every((child) => child === null || child === '') ? 'none' : '', ...children);
      if (at === 0) cell.scope = 'row';
      cell.setAttribute('role', at === 0 ? 'rowheader' : 'cell');
      cell.dataset['label'] = columns[at] ?? '';
      return cell;
    }),
  );
  row.setAttribute('role', 'row');
  return row;
};

export const works = ({ works: rows, name }: FolderView): readonly Child[] => {
  if (rows.length === 0) return [make('p', 'empty', 'No works were found.')];
  const head = make(
    'tr',
    '',
    ...columns.map((label) => {
      const cell = make('th', '', label);
      cell.scope = 'col';
      cell.setAttribute('role', 'columnheader');
      return cell;
    }),
  );
  head.setAttribute('role', 'row');
  const body = make('tbody');
  drawPortions(body, rows, work);
  const table = make('table', '', make('thead', '', head), body);
  table.setAttribute('role', 'table');
  table.setAttribute('aria-label', `Works of ${name}`);
  const unknown = rows.filter(({ state }) => state === 'unknown').length;
  const known = rows.filter(({ state }) => state === 'known').length;
  return [make('p', 'quiet', `Of others: ${known} of known terms, ${unknown} of unknown terms, which come first.`), table];
};
