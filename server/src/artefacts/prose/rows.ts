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
