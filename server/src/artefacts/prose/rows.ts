import { limits } from '../../text/limits.ts';
import type { Unit } from './units.ts';

/** A cell of a row as it is written, with its offset in the file. */
export interface Cell {
  readonly start: number;
  readonly text: string;
}

export const cellsOf = (unit: Unit): readonly Cell[] => {
  const out: Cell[] = [];
  let at = unit.start;
  for (const text of unit.text.split('|')) {
    out.push({ start: at, text });
    at += text.length + 1;
  }
  return out;
};

/** The row between the head of a table and its body. */
export const isRuler = (unit: Unit): boolean => /^[\s|:-]+$/.test(unit.text);

/** The rows of each table, in order. */
export const tablesIn = (units: readonly Unit[]): readonly (readonly Unit[])[] => {
  const out: Unit[][] = [];
  let isOpen = false;
  for (const unit of units) {
    const isRow = unit.kind === 'row';
    if (isRow && isOpen) out.at(-1)?.push(unit);
    else if (isRow) out.push([unit]);
    isOpen = isRow;
  }
  return out;
};

/** A table as its page shows it: rows of cells, the section that it stands in, and what each row says as a whole. */
export interface Table {
  readonly headings: readonly string[];
  readonly rows: readonly { readonly text: string; readonly cells: readonly Cell[] }[];
}

const trimmed = (cells: readonly Cell[]): readonly Cell[] => {
  const from = cells[0]?.text.trim() === '' ? 1 : 0;
  return cells.slice(from, cells.at(-1)?.text.trim() === '' ? -1 : undefined);
};

const headingsAt = (units: readonly Unit[], at: number): readonly string[] => {
  const unit = units.findLast(({ start }) => start <= at);
  if (!unit) return [];
  return unit.kind === 'heading' ? [...unit.headings, unit.text] : unit.headings;
};

const cellMark = /<(\/?)(?:(tr|table)|t[hd])\b[^>]{0,300}>/gi;

/** The rows of one table in HTML: each cell goes from its mark to the next. */
const rowsOfHtml = (text: string, from: number, to: number): Table['rows'] => {
  const rows: { start: number; end: number; cells: Cell[] }[] = [];
  let open: number | undefined;
  const source = text.slice(from, to);
  for (const match of source.matchAll(cellMark)) {
    const row = rows.at(-1);
    if (open !== undefined && row) row.cells.push({ start: from + open, text: source.slice(open, match.index) });
    open = undefined;
    if (match[2] === undefined && match[1] === '') open = match.index + match[0].length;
    if (match[2] !== undefined && match[1] === '') rows.push({ start: match.index, end: source.length, cells: [] });
    if (match[2] !== undefined && row) row.end = Math.min(row.end, match.index);
  }
  return rows.filter(({ cells }) => cells.length > 0).map(({ start, end, cells }) => ({ text: source.slice(start, end), cells }));
};

/** Tables of a page, in signs or in HTML, with more than a head. */
export const allTables = (text: string, units: readonly Unit[]): readonly Table[] => {
  const out: Table[] = [];
  for (const [head, ruler, ...body] of tablesIn(units))
    if (head && ruler && isRuler(ruler) && body.length > 0)
      out.push({ headings: head.headings, rows: [head, ...body].map((unit) => ({ text: unit.text, cells: trimmed(cellsOf(unit)) })) });
  let at = text.indexOf('<table');
  while (at >= 0) {
    const end = text.indexOf('</table', at);
    if (end < 0) break;
    if (end - at <= limits.lineLength) {
      const rows = rowsOfHtml(text, at, end);
      if (rows.length > 1) out.push({ headings: headingsAt(units, at), rows });
    }
    at = text.indexOf('<table', end);
  }
  return out;
};
