import { limits } from '../../text/limits.ts';
import type { Span } from '../../text/span.ts';
import type { Definition, Script } from './statements.ts';
import { literalOf, splitWord } from './words.ts';
import type { Part, VariablePart, Word } from './words.ts';

/** Where a word stands: what a variable means depends on it. */
export interface Site {
  readonly at: number;
  readonly blocks: readonly number[];
  readonly within: string | null;
}

/** A word with the place that it was taken from, such as the variable of arguments that it is part of. */
export interface Argument {
  readonly word: Word;
  readonly site: Site;
}

interface Piece {
  /** Offset in the value, and where that stands in the file. */
  readonly at: number;
  readonly start: number;
  readonly length: number;
}

/** A text that a word may have for sure, and where its literals stand: the place of decision, not of use. */
export interface Resolved {
  readonly value: string;
  readonly pieces: readonly Piece[];
  /** Of the whole: of the one literal that it is, else of the word. */
  readonly span: Span;
}

export interface Resolution {
  readonly values: readonly Resolved[];
  /** There are others that cannot be told. */
  readonly open: boolean;
  /** There are more values than are taken. */
  readonly more: boolean;
}

/** Names followed one behind the other: more is a loop. */
const maximumSteps = 10;
/** Parts of a word that may have several values, each of which is put together anew: longer ones are texts. */
const partsOfChoice = 400;
const { shellValues } = limits;

const nothing: Resolution = { values: [], open: true, more: false };

/** As many values as are taken. */
const taken = (values: readonly Resolved[], open: boolean, more: boolean): Resolution =>
  values.length > shellValues ? { values: values.slice(0, shellValues), open: true, more: true } : { values, open: open || more, more };

/** False once a script has had all the looks that it gets: each name may have many values, and those many again. */
export const mayLook = (script: Script): boolean => {
  script.looks.left -= 1;
  return script.looks.left >= 0;
};

/** `inner` runs only where `outer` has run. */
const isInside = (inner: readonly number[], outer: readonly number[]): boolean => outer.every((block, at) => inner[at] === block);

const siteOf = ({ at, blocks, within }: Definition): Site => ({ at, blocks, within });

/** How many of some definitions in their order stand before a place. */
const countBefore = (all: readonly Definition[], at: number): number => {
  let low = 0;
  for (let high = all.length; low < high;) {
    const middle = (low + high) >> 1;
    if ((all[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
};

interface Visible {
  readonly found: readonly Definition[];
  readonly sure: boolean;
  readonly more: boolean;
}

/** Definitions that a place may see, the nearest first, down to one that is sure to have run. */
const visible = (script: Script, name: string, site: Site): Visible => {
  const all = script.definitionsOf.get(name) ?? [];
  const found: Definition[] = [];
  for (let i = countBefore(all, site.at) - 1; i >= 0; i -= 1) {
    const definition = all[i];
    if (!mayLook(script)) return { found: [], sure: false, more: false };
    if (!definition || (definition.within !== null && definition.within !== site.within)) continue;
    if (found.length >= shellValues) return { found, sure: false, more: true };
    found.push(definition);
    if (!definition.append && isInside(site.blocks, definition.blocks)) return { found, sure: true, more: false };
  }
  // A function is called when all of the script has been read.
  const later =
    site.within === null ? undefined : all.findLast((definition) => definition.within === null && definition.blocks.length === 0 && definition.at > site.at);
  return { found: later ? [...found, later] : found, sure: false, more: false };
};

const joined = (word: Word, parts: readonly (readonly [Part, Resolved | null])[]): Resolved => {
  let value = '';
  const pieces: Piece[] = [];
  for (const [part, resolved] of parts) {
    if (resolved) {
      for (const piece of resolved.pieces) pieces.push({ ...piece, at: piece.at + value.length });
      value += resolved.value;
    } else if (part.kind === 'text') {
      if (part.text !== '') pieces.push({ at: value.length, start: part.start, length: part.text.length });
      value += part.text;
    }
  }
  const only = parts.filter(([part, resolved]) => part.kind !== 'text' || part.text !== '' || resolved !== null);
  const [first] = only;
  if (only.length === 1 && first?.[1]) return { value, pieces, span: first[1].span };
  const start = word.parts[0]?.start ?? word.start;
  return { value, pieces, span: { start, end: Math.max(start, word.parts.at(-1)?.end ?? word.end) } };
};

const positional = (script: Script, name: string, site: Site, steps: number): Resolution => {
  if (site.within === null) return nothing;
  const values: Resolved[] = [];
  let more = false;
  for (const command of script.commands) {
    if (values.length > shellValues || !mayLook(script)) break;
    if (literalOf(command.words[0]) !== site.within || command.within === site.within) continue;
    const word = command.words[Number(name)];
    if (!word) continue;
    const inner = resolveAt(script, word, command, steps + 1);
    values.push(...inner.values);
    more ||= inner.more;
  }
  return taken(values, values.length === 0, more);
};

const valuesOf = (script: Script, part: VariablePart, site: Site, steps: number): Resolution => {
  if (/^\d$/.test(part.name)) return positional(script, part.name, site, steps);
  const { found, sure, more: others } = visible(script, part.name, site);
  const values: Resolved[] = [];
  let open = !sure;
  let more = others;
  for (const definition of found) {
    // What is put together from several lines is told only where it is taken apart again.
    if (definition.append) return nothing;
    for (const word of definition.values) {
      const inner = resolveAt(script, word, siteOf(definition), steps + 1);
      open ||= inner.open;
      more ||= inner.more;
      values.push(...inner.values);
      if (values.length > shellValues) return taken(values, open, more);
    }
  }
  return taken(values, open, more);
};

const variable = (script: Script, part: VariablePart, site: Site, steps: number): Resolution => {
  if (steps > maximumSteps) return nothing;
  const { values, open, more } = valuesOf(script, part, site, steps);
  if (!part.fallback) return { values, open, more };
  const own = values.filter((resolved) => resolved.value !== '');
  if (own.length > 0 && !open) return { values: own, open: false, more };
  const other = resolveAt(script, part.fallback, site, steps + 1);
  return taken([...own, ...other.values], other.open, more || other.more);
};

function resolveAt(script: Script, word: Word, site: Site, steps: number): Resolution {
  if (!mayLook(script)) return nothing;
  let rows: (readonly [Part, Resolved | null])[][] = [[]];
  let open = false;
  let more = false;
  for (const part of word.parts) {
    if (part.kind === 'opaque') return nothing;
    if (part.kind === 'text') {
      for (const row of rows) row.push([part, null]);
      continue;
    }
    const found = variable(script, part, site, steps);
    open ||= found.open;
    more ||= found.more || rows.length * found.values.length > shellValues;
    if (found.values.length === 0) return nothing;
    const [only, another] = found.values;
    if (only && (!another || rows.length >= shellValues)) for (const row of rows) row.push([part, only]);
    else if (word.parts.length > partsOfChoice) return nothing;
    else rows = rows.flatMap((row) => found.values.map((value) => [...row, [part, value] as const])).slice(0, shellValues);
  }
  return taken(
    rows.map((row) => joined(word, row)),
    open,
    more,
  );
}

/** All that a word may be: each value once a place. */
export const resolve = (script: Script, { word, site }: Argument): Resolution => {
  const { values, open, more } = resolveAt(script, word, site, 0);
  const seen = new Set<string>();
  return { open, more, values: values.filter(({ value, span }) => seen.size < seen.add(`${span.start} ${value}`).size) };
};

/** A word as far as it can be told: what cannot is left out. For names of programs and files, by which nothing is decided but what a command is. */
export const roughly = (script: Script, { word, site }: Argument): string =>
  word.parts
    .map((part) => {
      if (part.kind === 'text') return part.text;
      return part.kind === 'variable' ? (variable(script, part, site, 0).values[0]?.value ?? '') : '';
    })
    .join('');

/** How the paths end that a word may be, whatever they begin with: `$ROOT/models/x`, and names that hold such a path. */
export const endings = (script: Script, { word, site }: Argument, steps = 0): readonly { readonly text: string; readonly span: Span }[] => {
  const last = word.parts.at(-1);
  if (!last || steps > maximumSteps || !mayLook(script)) return [];
  if (last.kind === 'text') return [{ text: last.text, span: { start: last.start, end: last.start + last.text.length } }];
  if (last.kind !== 'variable' || /^\d$/.test(last.name)) return [];
  const found = visible(script, last.name, site).found.filter(({ append }) => !append);
  const words = found.flatMap((definition) => definition.values.map((value): Argument => ({ word: value, site: siteOf(definition) })));
  const all = last.fallback ? [...words, { word: last.fallback, site }] : words;
  return all.slice(0, shellValues).flatMap((argument) => endings(script, argument, steps + 1));
};

/** Where a stretch of a resolved text stands. */
export const spanWithin = ({ pieces, span }: Resolved, from: number, to: number): Span => {
  const piece = pieces.find((entry) => entry.at <= from && to <= entry.at + entry.length);
  return piece ? { start: piece.start + from - piece.at, end: piece.start + to - piece.at } : span;
};

/** Variables of words inside one another. */
const maximumLists = 6;

/** The words that a lone variable stands for: an array's, or those that the shell splits its text into. */
const listOf = (script: Script, { word, site }: Argument, depth: number): readonly Argument[] | undefined => {
  const [part, more] = word.parts;
  if (part?.kind !== 'variable' || more || /^\d$/.test(part.name) || depth > maximumLists) return undefined;
  const whole = part.index === '@' || part.index === '*';
  if (part.quoted && !whole) return undefined;
  const { found } = visible(script, part.name, site);
  const base = found.findIndex((definition) => !definition.append);
  const used = (base < 0 ? found : found.slice(0, base + 1)).toReversed();
  const first = used[0];
  // A loop's variable is one word at a time.
  if (!first || (used.length === 1 && first.list && !whole)) return undefined;
  const words = used.flatMap((definition) =>
    definition.values.flatMap((value) => (definition.list ? [value] : splitWord(value))).map((value): Argument => ({ word: value, site: siteOf(definition) })),
  );
  if (words.length <= 1 && used.length === 1 && !whole && !first.list) return undefined;
  return atMost(script, words, (entry) => listOf(script, entry, depth + 1) ?? [entry]);
};

/** The words of one command that each of some words stands for, as many as are taken. */
const atMost = <T>(script: Script, words: readonly T[], wordsOf: (word: T) => readonly Argument[]): readonly Argument[] => {
  const out: Argument[] = [];
  for (const word of words) {
    for (const argument of wordsOf(word)) {
      if (out.length >= limits.shellArguments) {
        script.hit.add(`more than ${limits.shellArguments} words of one command`);
        return out;
      }
      if (!mayLook(script)) return out;
      out.push(argument);
    }
  }
  return out;
};

/** The words of a command, those in variables of arguments put in their places. */
export const argumentsOf = (script: Script, words: readonly Word[], site: Site): readonly Argument[] =>
  atMost(script, words, (word) => {
    const own: Argument = { word, site };
    return listOf(script, own, 0) ?? [own];
  });
