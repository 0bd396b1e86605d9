import type { Knowledge } from '../../knowledge/types.ts';
import type { Span } from '../../text/span.ts';
import { hubReference } from '../hub-id.ts';
import { baseAt } from './origins.ts';
import { cellsOf, isRuler, tablesIn } from './rows.ts';
import type { Unit } from './units.ts';

/** A row of a table of this repository's models that names what the model was made from. */
export interface TableRow {
  readonly name: string;
  /** Hub id under which the row offers the model. */
  readonly offered: string;
  readonly base: string;
  /** By its name alone, not by an id or a link. */
  readonly isCalled: boolean;
  readonly span: Span;
}

const plain = (text: string): string =>
  text
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/[*`_\s]+/g, ' ')
    .trim();
const baseHead = /^(?:base(?:[ -]?(?:model|llm|lm|checkpoint))?s?|backbones?|foundation models?|(?:基座|底座|基础)(?:模型)?)$/i;
/** The first column of a table of models often has no head. */
const nameHead = /^(?:(?:model|name|model ?name|checkpoint|version|quantization)s?|模型(?:名称)?|)$/i;

const linkOf = (text: string): string | undefined => {
  for (const match of text.matchAll(/\]\((https?:\/\/[^)\s]+)\)/g)) {
    const reference = hubReference(match[1] ?? '');
    if (reference?.type === 'model') return reference.id;
  }
  return undefined;
};

/** The known model that a cell names, and nothing else with it. */
const wholeName = (text: string, knowledge: Knowledge): string | undefined => {
  const named = baseAt(text, knowledge);
  return named?.end === text.length && (knowledge.model(named.id)?.licences.length ?? 0) > 0 ? named.id : undefined;
};

/** "acme/otter-7b", as the hub has it, is called by what stands behind the owner. */
const calledIn = (text: string): string => {
  const name = plain(text);
  return /^[\w.-]{1,96}\/[\w.-]{1,96}$/.test(name) ? name.slice(name.indexOf('/') + 1) : name;
};

/** Rows begin with a bar: in front of it is an empty cell. */
const firstCell = 1;

const orgOf = (id: string): string => id.slice(0, id.indexOf('/'));

const readTable = (rows: readonly Unit[], knowledge: Knowledge): readonly TableRow[] => {
  const [head, ruler, ...body] = rows;
  if (!head || !ruler || !isRuler(ruler)) return [];
  const heads = cellsOf(head).map((cell) => plain(cell.text));
  const baseColumn = heads.findIndex((cell) => baseHead.test(cell));
  const nameColumn = heads.findIndex((cell, at) => nameHead.test(cell) && (cell !== '' || at === firstCell));
  if (baseColumn < 0 || nameColumn < 0) return [];
  const out: TableRow[] = [];
  for (const unit of body) {
    const cells = cellsOf(unit);
    const name = calledIn(cells[nameColumn]?.text ?? '');
    const cell = cells[baseColumn];
    const full = linkOf(cell?.text ?? '') ?? hubReference(plain(cell?.text ?? ''))?.id;
    const base = full ?? wholeName(plain(cell?.text ?? ''), knowledge);
    const offered = cells.flatMap((each, at) => (at === baseColumn ? [] : (linkOf(each.text) ?? [])))[0];
    if (!cell || base === undefined || offered === undefined || base === offered || !/^[\w.-]{3,96}$/.test(name)) continue;
    const start = cell.start + cell.text.length - cell.text.trimStart().length;
    out.push({ name, offered, base, isCalled: full === undefined, span: { start, end: start + cell.text.trim().length } });
  }
  // A table of one publisher's models is the publisher's own; one of many is a survey.
  return new Set(out.map((row) => orgOf(row.offered))).size === 1 ? out : [];
};

/** Rows of tables with a column for the base model, where all models are offered by one organisation. */
export const baseRows = (units: readonly Unit[], knowledge: Knowledge): readonly TableRow[] => tablesIn(units).flatMap((rows) => readTable(rows, knowledge));
