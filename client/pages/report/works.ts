import type { FolderView, WorkView } from '../../src/report/view.ts';
import { badge, isolated, link, make } from '../dom.ts';
import type { Child } from '../dom.ts';
import { drawPortions } from '../portions.ts';
import { say } from '../say.ts';

const columns = ['work', 'kind', 'licence', 'evidence', 'asOf', 'source', 'where'] as const;

const work = (item: WorkView): HTMLElement => {
  const name = isolated('work-name', item.name);
  name.title = item.id;
  const cells: readonly (readonly Child[])[] = [
    [name, item.origin === '' ? null : make('div', 'quiet', item.origin)],
    [item.kind],
    [
      item.state === 'unknown' ? badge('warning', say('terms.unknown')) : isolated(item.licence.includes(' ') ? 'quiet' : 'licence', item.licence),
      item.reachedBy === '' ? null : make('div', 'quiet', say('works.reachedBy', { licences: item.reachedBy })),
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
      const column = columns[at];
      if (column) cell.dataset['label'] = say(`column.${column}`);
      return cell;
    }),
  );
  row.setAttribute('role', 'row');
  return row;
};

export const works = ({ works: rows, name }: FolderView): readonly Child[] => {
  if (rows.length === 0) return [make('p', 'empty', say('works.none'))];
  const head = make(
    'tr',
    '',
    ...columns.map((column) => {
      const cell = make('th', '', say(`column.${column}`));
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
  table.setAttribute('aria-label', say('works.table', { folder: name }));
  const unknown = rows.filter(({ state }) => state === 'unknown').length;
  const known = rows.filter(({ state }) => state === 'known').length;
  return [make('p', 'quiet', say('works.lead', { known, unknown })), table];
};
