import table from '../../knowledge/data/data-names.json';
import { setOfAddress, setOfPage } from '../../knowledge/data-signs.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import { matchesIn } from '../../text/matches.ts';
import { spanOf } from '../../text/span.ts';
import type { Span } from '../../text/span.ts';
import { dataWork, datasetWork, hubReference } from '../hub-id.ts';
import type { WorkId } from '../types.ts';
import type { Unit } from './units.ts';

/** A data set of the catalogue, where a text names it. */
export interface NamedData {
  readonly span: Span;
  readonly work: WorkId;
}

const evened = (text: string): string => text.toLowerCase().replace(/[-_\s]/g, '');

/** Names by which people call data sets and no later edition of them, with or without the signs between their parts, the longer ones first. */
const ids = new Map(Object.entries(table.names).map(([name, id]) => [evened(name), id]));
const known = new RegExp(
  String.raw`(?<![\w/.-])(?:${Object.keys(table.names)
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.+]/g, String.raw`\$&`).replace(/[-\s]/g, '[-_ ]?'))
    .join('|')})(?![\w]|[-.]\w|\sv\d)`,
  'gi',
);
/** Whether a text calls such a set. */
export const isKnownData = (text: string): boolean => text.search(known) >= 0;
const link = /\]\((https?:\/\/(?:huggingface\.co|hf\.co)\/datasets\/[^)\s]{1,200})\)/g;
/** A repository may hold code beside its data: those are meant where the text speaks of data. */
const linkOfCode = /\]\(https?:\/\/github\.com\/([\w.-]{1,60}\/[\w.-]{1,100}?)(?:\.git)?\/?\)/g;
/** Any address: that of the page where a set is given out, too. */
const address = /(?<![\w/])https?:\/\/[^\s<>()"'`\]|]{4,300}/g;
const repository = /^https?:\/\/(?:www\.)?github\.com\/[\w.-]+\/[\w.-]+\/?$/;
const dataWord = /\b(?:data(?:sets?)?|corpus|corpora|instructions|conversations)\b|数据|语料|데이터|データ/i;
/** A word that may be the name of some set of the hub: it has a sign, a digit or a capital within. */
const word = /(?<![\w/.@-])[A-Za-z][A-Za-z\d]{1,40}(?:[-_.][A-Za-z\d]{1,40}){0,6}(?![\w/@-]|\sv\d)/g;
const isTelling = (name: string): boolean => name.length >= 8 && (/[a-z][A-Z]/.test(name) || /[-_.].*\d|\d/.test(name));

/** Data sets that a unit of prose names, by links or by names of their own. */
export const dataIn = (unit: Pick<Unit, 'start' | 'text'>, knowledge: Knowledge): readonly NamedData[] => {
  const out: NamedData[] = [];
  const add = (at: number, length: number, work: WorkId): void => {
    const span = spanOf(unit.start + at, unit.start + at + length);
    if (!out.some((other) => other.work === work || (other.span.start < span.end && span.start < other.span.end))) out.push({ span, work });
  };
  for (const match of matchesIn(unit.text, link)) {
    const id = hubReference(match[1] ?? '')?.id;
    if (id !== undefined && (knowledge.dataset(id)?.match === 'record' || knowledge.disputes(id).length > 0))
      add(match.index + 2, (match[1] ?? '').length, datasetWork(id));
  }
  for (const match of dataWord.test(unit.text) ? matchesIn(unit.text, linkOfCode) : []) {
    const id = `pkg:github/${match[1] ?? ''}`;
    if (knowledge.dataset(id)?.match === 'record' || knowledge.disputes(id).length > 0) add(match.index + 2, match[0].length - 3, dataWork(id));
  }
  // "[Otter](address)": where the address tells it, the label says no more.
  const linked = new Set(out.map(({ span }) => span.start - unit.start));
  const isLabel = (end: number): boolean => {
    const label = linked.size === 0 ? undefined : /^[^\]\n]{0,80}\]\(/.exec(unit.text.slice(end, end + 84))?.[0];
    return label !== undefined && linked.has(end + label.length);
  };
  for (const match of matchesIn(unit.text, known)) {
    if (isLabel(match.index + match[0].length)) continue;
    const id = ids.get(evened(match[0]));
    // "The Pile" is one, a pile is none.
    if (id !== undefined && !/^[a-z ]+$/.test(match[0].replace(/^the /, ''))) add(match.index, match[0].length, dataWork(id));
  }
  for (const match of unit.text.includes('://') ? matchesIn(unit.text, address) : []) {
    if (repository.test(match[0]) && !dataWord.test(unit.text)) continue;
    const id = setOfPage(match[0]) ?? setOfAddress(match[0]);
    if (id !== undefined && knowledge.dataset(id)) add(match.index, match[0].replace(/[.,;:]+$/, '').length, dataWork(id));
  }
  for (const match of matchesIn(unit.text, word)) {
    const id = isTelling(match[0]) && !isLabel(match.index + match[0].length) ? knowledge.namesakeOf('dataset', `-/${match[0]}`) : undefined;
    if (id?.endsWith(`/${match[0]}`) === true) add(match.index, match[0].length, dataWork(id));
  }
  return out;
};
