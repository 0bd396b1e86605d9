import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import { needleFinder } from '../text/needles.ts';
import type { NeedleFinder } from '../text/needles.ts';
import { factIds } from './hub-id.ts';
import { licenceFileReader } from './licence-file.ts';
import type { Anchor, Fact, Reader, Reading } from './types.ts';

/** A text with quotes and emphasis left out, white space as single spaces, lower case; and for each unit of it the offset in the text. */
interface Folded {
  readonly plain: string;
  readonly offsets: Uint32Array;
}

const kept = 0;
const leftOut = 1;
const white = 2;
/** By unit of ASCII, what is done with it. */
const actions = new Uint8Array(128);
for (const sign of '"\'`*_>#\\') actions[sign.charCodeAt(0)] = leftOut;
for (const sign of ' \t\n\v\f\r') actions[sign.charCodeAt(0)] = white;
const quotes = new Set([...'“”„’‘'].map((sign) => sign.charCodeAt(0)));
const actionOf = (unit: number): number => {
  if (quotes.has(unit)) return leftOut;
  return unit === 0xa0 || unit === 0xfeff || (unit >= 0x1680 && /\s/.test(String.fromCharCode(unit))) ? white : kept;
};
const copyright = 0xa9;
/** Units that `fold` may make of one. */
const mostOfOne = 3;
/** Units that are made a string at once: more of them are too many arguments. */
const piece = 8_192;

const fold = (text: string): Folded => {
  const units = new Uint16Array(text.length * mostOfOne);
  const offsets = new Uint32Array(units.length);
  let length = 0;
  let spaced = true;
  for (let at = 0; at < text.length; at += 1) {
    const unit = text.charCodeAt(at);
    const action = unit < 128 ? actions[unit] : actionOf(unit);
    if (action === leftOut || (action === white && spaced)) continue;
    spaced = action === white;
    const small = unit < 128 || spaced ? '' : unit === copyright ? '(c)' : String.fromCharCode(unit).toLowerCase();
    for (let i = 0; i < small.length; i += 1) {
      units[length] = small.charCodeAt(i);
      offsets[length] = at;
      length += 1;
    }
    if (small !== '') continue;
    units[length] = spaced ? 32 : unit >= 65 && unit <= 90 ? unit + 32 : unit;
    offsets[length] = at;
    length += 1;
  }
  const parts: string[] = [];
  for (let from = 0; from < length; from += piece) parts.push(String.fromCharCode(...units.subarray(from, Math.min(length, from + piece))));
  return { plain: parts.join(''), offsets };
};

export interface DisplayLine {
  /** As the clause spells it. */
  readonly line: string;
  /** As it is looked for. */
  readonly folded: string;
}

/** Shorter values are names of products, which stand in every text about them. */
const shortestLine = 8;

const caches = new WeakMap<Knowledge, readonly DisplayLine[]>();

/** The lines that some licence requires to be shown, as its clause spells them, the longest first. Derived once from an immutable value. */
export const displayLines = (knowledge: Knowledge): readonly DisplayLine[] => {
  const known = caches.get(knowledge);
  if (known) return known;
  const lines = new Set<string>();
  for (const terms of knowledge.allTerms()) {
    for (const clause of terms.clauses) {
      if (clause.kind !== 'display-notice' && clause.kind !== 'notice-file') continue;
      for (const line of [clause.value, ...(clause.alternatives ?? [])]) if (line !== undefined && line.length >= shortestLine) lines.add(line);
    }
  }
  const built = [...lines]
    .map((line) => ({ line, folded: fold(line).plain.trim().replace(/\.$/, '') }))
    .toSorted((a, b) => b.folded.length - a.folded.length || (a.line < b.line ? -1 : 1));
  caches.set(knowledge, built);
  return built;
};

const wordUnit = /[\p{L}\p{N}]/u;

/** "Built with Llama" does not stand in "Built with LlamaIndex" or "Built with llama.cpp"; a version may follow. */
const isWhole = (plain: string, from: number, to: number): boolean => {
  if (from > 0 && wordUnit.test(plain[from - 1] ?? '') && wordUnit.test(plain[from] ?? '')) return false;
  const next = plain[to] ?? '';
  if (wordUnit.test(next)) return false;
  return !((next === '.' || next === '-') && /\p{L}/u.test(plain[to + 1] ?? ''));
};

const quote = /["“„'‘`]\s*$/;
const orders = /\b(?:must|shall|should|required?|requires|needs? to|have to|retain|display|include)\b/i;
/** UTF-16 units before a quoted line in which the order to show it may stand. */
const orderLength = 240;

/** A licence quotes the line that it orders, and so does a text that explains it: that is no display. */
const isOrdered = (text: string, at: number, licence: boolean): boolean => {
  const before = text.slice(Math.max(0, at - orderLength), at);
  return quote.test(before) && (licence || orders.test(before));
};

const placeOf = ({ plain, offsets }: Folded, text: string, wanted: string, licence: boolean): { readonly start: number; readonly end: number } | undefined => {
  for (let at = plain.indexOf(wanted); at >= 0; at = plain.indexOf(wanted, at + wanted.length)) {
    const start = offsets[at] ?? 0;
    if (isWhole(plain, at, at + wanted.length) && !isOrdered(text, start, licence)) return { start, end: (offsets[at + wanted.length - 1] ?? start) + 1 };
  }
  return undefined;
};

const textual = /\.(?:md|markdown|txt|rst|html?)$|^(?:notice|licen[cs]e|copying|readme|attribution|credits|legal)/;

const finders = new WeakMap<Knowledge, NeedleFinder | 'any'>();

/** The longest word of each line: a text without one of them shows none, and need not be folded. */
const mayDisplay = (text: string, knowledge: Knowledge): boolean => {
  let finder = finders.get(knowledge);
  if (!finder) {
    const longest = (line: string): string => (line.match(/[a-z0-9]{3,}/g) ?? []).reduce((best, word) => (word.length > best.length ? word : best), '');
    const words = displayLines(knowledge).map(({ folded }) => longest(folded));
    finder = words.includes('') ? 'any' : needleFinder(words, { ignoreCase: true });
    finders.set(knowledge, finder);
  }
  return finder === 'any' || finder.inText(text);
};

/** Lines such as "Built with ..." that terms require: a fact where one stands, spelled as the clause spells it. */
export const displayReader: Reader = {
  id: 'display',
  version: 2,
  matches: (_path, name) => textual.test(name),
  wants: 'text',
  maximum: limits.licenceBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    if (!mayDisplay(text, knowledge)) return { facts: [], anchors: {}, problems: [] };
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const idOf = factIds('display');
    const licence = licenceFileReader.matches(path, path.slice(path.lastIndexOf('/') + 1).toLowerCase());
    const folded = fold(text);
    for (const { line, folded: wanted } of displayLines(knowledge)) {
      const place = placeOf(folded, text, wanted, licence);
      if (!place) continue;
      const id = idOf('line', line);
      facts.push({ kind: 'display', id, text: line });
      anchors[id] = { span: place };
    }
    return { facts, anchors, problems: [] };
  },
};
