import type { Span } from '../../text/span.ts';
import { hubReference } from '../hub-id.ts';
import type { Unit } from './units.ts';

/** A row of a table of this repository's models that names what the model was made from. */
export interface TableRow {
  readonly name: string;
  /** Hub id under which the row offers the model. */
  readonly offered: string;
  readonly base: string;
  readonly span: Span;
}

interface Cell {
  readonly text: string;
  readonly start: number;
}

const cellsOf = (unit: Unit): readonly Cell[] => {
  const out: Cell[] = [];
  let at = unit.start;
  for (const part of unit.text.split('|')) {
    out.push({ text: part, start: at + part.length - part.trimStart().length });
    at += part.length + 1;
  }
  return out;
};

const plain = (text: string): string =>
  text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`_\s]+/g, ' ')
    .trim();
const baseHead = /^base(?: ?model)?s?$/i;
const nameHead = /^(?:model|name|model ?name|checkpoint)s?$/i;
const isRule = (unit: Unit): boolean => /^[\s|:-]+$/.test(unit.text);

const linkOf = (text: string): string | undefined => {
  for (const match of text.matchAll(/\]\((https?:\/\/[^)\s]+)\)/g)) {
    const reference = hubReference(match[1] ?? '');
    if (reference?.type === 'model') return reference.id;
  }
  return undefined;
};

const orgOf = (id: string): string => id.slice(0, id.indexOf('/'));

const readTable = (rows: readonly Unit[]): readonly TableRow[] => {
  const [head, rule, ...body] = rows;
  if (!head || !rule || !isRule(rule)) return [];
  const heads = cellsOf(head).map((cell) => plain(cell.text));
  const baseAt = heads.findIndex((cell) => baseHead.test(cell));
  const nameAt = heads.findIndex((cell) => nameHead.test(cell));
  if (baseAt < 0 || nameAt < 0) return [];
  const out: TableRow[] = [];
  for (const unit of body) {
    const cells = cellsOf(unit);
    const name = plain(cells[nameAt]?.text ?? '');
    const cell = cells[baseAt];
    const base = linkOf(cell?.text ?? '') ?? hubReference(plain(cell?.text ?? ''))?.id;
    const offered = cells.flatMap((each, at) => (at === baseAt ? [] : (linkOf(each.text) ?? [])))[0];
    if (!cell || base === undefined || offered === undefined || base === offered || !/^[\w.-]{3,96}$/.test(name)) continue;
    out.push({ name, offered, base, span: { start: cell.start, end: cell.start + cell.text.trim().length } });
  }
  // A table of one publisher's models is the publisher's own; one of many is a survey.
  return new Set(out.map((row) => orgOf(row.offered))).size === 1 ? out : [];
};

/** Rows of tables with a column for the base model, where all models are offered by one organisation. */
export const baseRows = (units: readonly Unit[]): readonly TableRow[] => {
  const out: TableRow[] = [];
  let rows: Unit[] = [];
  for (const unit of units) {
    if (unit.kind === 'row') rows.push(unit);
    else {
      out.push(...readTable(rows));
      rows = [];
    }
  }
  return [...out, ...readTable(rows)];
};
