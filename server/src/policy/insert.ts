import { entryOf } from '../text/data.ts';
import type { DataEntry, DataNode, DataSequence } from '../text/data.ts';
import { indexLines, lineText, positionAt } from '../text/lines.ts';
import { readYaml } from '../text/yaml.ts';

/** A change of a policy's text that leaves all that stands there as it is. */
export interface Insertion {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Where in `text` something is left to be written; null = nothing is. */
  readonly gap: number | null;
}

/** Keys with their values as YAML writes them; an empty value is the gap. */
export type EntryRows = readonly (readonly [key: string, value: string])[];

const blockOf = (rows: EntryRows, indent: string, newLine: string): string =>
  rows.map(([key, value], at) => `${indent}${at === 0 ? '- ' : '  '}${key}: ${value}${newLine}`).join('');

const flowOf = (rows: EntryRows): string => `{ ${rows.map(([key, value]) => `${key}: ${value === '' ? '""' : value}`).join(', ')} }`;

/** Behind the blank of the first empty value, or between its quotes. */
const gapOf = (text: string, rows: EntryRows): number | null => {
  const empty = rows.find(([, value]) => value === '');
  if (!empty) return null;
  const found = new RegExp(`(?:^|[\\s{,])${empty[0]}: (?:"(?="[,\\s}]))?(?=$|[\\r\\n"])`, 'm').exec(text);
  return found ? found.index + found[0].length : null;
};

const inserted = (start: number, end: number, text: string, rows: EntryRows): Insertion => ({ start, end, text, gap: gapOf(text, rows) });

/** Behind the line on which a node ends, as far as anything stands on it. */
const lineEnd = (text: string, offset: number): number => {
  const at = text.slice(offset).search(/[\r\n]/);
  return at < 0 ? text.length : offset + at;
};

const intoSequence = (text: string, list: DataSequence, rows: EntryRows, newLine: string): Insertion | undefined => {
  const last = list.items.at(-1);
  if (text[list.span.start] === '[') {
    const close = text.lastIndexOf(']', list.span.end);
    if (close <= list.span.start) return undefined;
    const before = text.slice(list.span.start + 1, close);
    const comma = last && !before.trimEnd().endsWith(',') ? ', ' : before.endsWith(' ') || before === '' ? '' : ' ';
    const at = list.span.start + 1 + before.trimEnd().length;
    return inserted(at, close, `${last ? comma : ' '}${flowOf(rows)} `, rows);
  }
  const first = list.items[0];
  if (!first || !last) return undefined;
  const index = indexLines(text);
  // The dash may stand on the line above what it introduces.
  const dash = /^([ \t]*)-/.exec(lineText(text, index, positionAt(index, list.span.start).line));
  if (!dash) return undefined;
  const end = lineEnd(text, list.span.start + text.slice(list.span.start, last.span.end).trimEnd().length);
  return inserted(end, end, `${newLine}${blockOf(rows, dash[1] ?? '', newLine)}`.replace(/\r?\n$/, ''), rows);
};

const under = (text: string, { keySpan, value }: DataEntry, rows: EntryRows, newLine: string): Insertion | undefined => {
  if (value.kind === 'sequence') return intoSequence(text, value, rows, newLine);
  // `accept:` with nothing behind it.
  if (value.kind !== 'scalar' || value.value !== null || !/^[ \t]*:[ \t]*(?:#[^\r\n]*)?(?:[\r\n]|$)/.test(text.slice(keySpan.end))) return undefined;
  const end = lineEnd(text, keySpan.end);
  return inserted(end, end, `${newLine}${blockOf(rows, '  ', newLine)}`.replace(/\r?\n$/, ''), rows);
};

const insertionOf = (text: string, key: string, rows: EntryRows): Insertion | undefined => {
  const { root, problems } = readYaml(text);
  if (problems.length > 0) return undefined;
  const newLine = text.includes('\r\n') ? '\r\n' : '\n';
  const known = entryOf(root, key);
  if (known) return under(text, known, rows, newLine);
  // A mapping in braces has no place for a block, and a document that was ended has none behind it.
  if (root && (root.kind === 'scalar' ? root.value !== null : root.kind !== 'map' || text[root.span.start] === '{')) return undefined;
  const begun = text === '' || text.endsWith('\n') ? '' : newLine;
  return inserted(text.length, text.length, `${begun}${key}:${newLine}${blockOf(rows, '  ', newLine)}`, rows);
};

const itemsOf = (text: string, key: string): readonly DataNode[] | undefined => {
  const { root, problems } = readYaml(text);
  const value = entryOf(root, key)?.value;
  return problems.length > 0 ? undefined : value?.kind === 'sequence' ? value.items : [];
};

/** Comments and layouts that were not thought of: what was put in has to be read back as one entry more, with those keys. */
const isGood = (text: string, { start, end, text: added }: Insertion, key: string, rows: EntryRows): boolean => {
  const before = itemsOf(text, key);
  const after = itemsOf(text.slice(0, start) + added + text.slice(end), key);
  const last = after?.at(-1);
  return (
    before?.length === (after?.length ?? 0) - 1 && last?.kind === 'map' && last.entries.map((entry) => entry.key).join() === rows.map(([name]) => name).join()
  );
};

/** Puts an entry into a list of a policy, which may be empty or absent; undefined where the text is broken or the key holds something else. */
export const insertEntry = (text: string, key: string, rows: EntryRows): Insertion | undefined => {
  const found = insertionOf(text, key, rows);
  return found && isGood(text, found, key, rows) ? found : undefined;
};

/**
 * What a fix appends to a policy, put where it belongs: `works:` with its entry becomes an entry of the list that is there. Undefined for
 * any other text, and where it cannot be put in.
 */
export const insertAppended = (text: string, appended: string): Insertion | undefined => {
  const found = /^([\w-]+):\n {2}- \{ (.+) \}\n$/.exec(appended);
  const rows = [...(found?.[2] ?? '').matchAll(/([\w-]+): ("(?:[^"\\]|\\.)*"|[^,]+?)(?:, |$)/g)].map(([, key = '', value = '']) => [key, value] as const);
  return found?.[1] === undefined || rows.length === 0 ? undefined : insertEntry(text, found[1], rows);
};
