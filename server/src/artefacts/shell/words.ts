import type { Span } from '../../text/span.ts';

/**
 * A unit that is part of no word: readers put it where they rewrite a text at the same length, so that offsets stay those of the file.
 */
export const filler = '\u0000';

/** Stands in the text as it is: `text.length` is `end - start`, so an offset inside it is an offset into the file. */
export interface TextPart {
  readonly kind: 'text';
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** `$NAME`, `${NAME:-fallback}`, `${NAME[@]}`. */
export interface VariablePart {
  readonly kind: 'variable';
  readonly name: string;
  /** `[@]` and `[*]`, or a key that picks one. */
  readonly index: string | null;
  readonly fallback: Word | null;
  /** `:=` sets the variable as well. */
  readonly sets: boolean;
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

/** What only a run of the script could tell. `inner` is the code of a command substitution. */
export interface OpaquePart {
  readonly kind: 'opaque';
  readonly inner: Span | null;
  readonly start: number;
  readonly end: number;
  readonly quoted: boolean;
}

export type Part = TextPart | VariablePart | OpaquePart;

export interface Word {
  readonly parts: readonly Part[];
  readonly start: number;
  readonly end: number;
}

/** Expansions inside expansions that are followed. */
const maximumDepth = 12;

/** Behind the bracket that closes the one at `open`; quotes are jumped over. `until` where nothing closes it. */
const closing = (text: string, open: number, until: number, opener: string, closer: string): number => {
  let depth = 0;
  for (let at = open; at < until; at += 1) {
    const unit = text[at];
    if (unit === '\\') at += 1;
    else if (unit === "'") {
      const end = text.indexOf("'", at + 1);
      at = end < 0 || end >= until ? until : end;
    } else if (unit === opener) depth += 1;
    else if (unit === closer) {
      depth -= 1;
      if (depth === 0) return at + 1;
    }
  }
  return until;
};

interface Expansion {
  readonly part: VariablePart | OpaquePart;
  readonly end: number;
}

/** `${...}` from its dollar sign. */
const braced = (text: string, at: number, until: number, quoted: boolean, depth: number): Expansion => {
  const end = closing(text, at + 1, until, '{', '}');
  const opaque = { part: { kind: 'opaque' as const, inner: null, start: at, end, quoted }, end };
  const head = /^\$\{([A-Za-z_][\w.]*|\d+|[@*])(?:\[([^\]\n]{0,80})\])?(:?[-=]|\})/.exec(text.slice(at, Math.min(end, at + 200)));
  if (!head) return opaque;
  const [whole, name = '', index = null, operator = '}'] = head;
  const variable = (fallback: Word | null): Expansion => ({
    part: { kind: 'variable', name, index: name === '@' || name === '*' ? '@' : index, fallback, sets: operator.endsWith('='), start: at, end, quoted },
    end,
  });
  if (operator === '}') return variable(null);
  if (depth >= maximumDepth) return opaque;
  const from = at + whole.length;
  const to = Math.max(from, end - 1);
  return variable({ parts: partsIn(text, from, to, false, true, depth + 1), start: from, end: to });
};

/** What a dollar sign or a backtick begins; undefined where it is only itself. */
const expansionAt = (text: string, at: number, until: number, quoted: boolean, depth: number): Expansion | undefined => {
  const next = text[at + 1];
  if (text[at] === '`') {
    const found = text.indexOf('`', at + 1);
    const end = found < 0 || found >= until ? until : found + 1;
    return { part: { kind: 'opaque', inner: { start: at + 1, end: Math.max(at + 1, end - 1) }, start: at, end, quoted }, end };
  }
  if (next === '(') {
    const end = closing(text, at + 1, until, '(', ')');
    const inner = text[at + 2] === '(' ? null : { start: at + 2, end: Math.max(at + 2, end - 1) };
    return { part: { kind: 'opaque', inner, start: at, end, quoted }, end };
  }
  if (next === '{' && text[at + 2] === '{') {
    // An expression of a workflow, which is filled in before any shell sees it.
    const found = text.indexOf('}}', at);
    const end = found < 0 || found + 2 > until ? until : found + 2;
    return { part: { kind: 'opaque', inner: null, start: at, end, quoted }, end };
  }
  if (next === '{') return braced(text, at, until, quoted, depth);
  const name = /^\$([A-Za-z_]\w*|\d|[@*#?$!-])/.exec(text.slice(at, Math.min(until, at + 120)))?.[1];
  if (name === undefined) return undefined;
  const end = at + 1 + name.length;
  return { part: { kind: 'variable', name, index: name === '@' || name === '*' ? '@' : null, fallback: null, sets: false, start: at, end, quoted }, end };
};

interface Collector {
  readonly parts: Part[];
  readonly text: string;
  from: number;
}

/** Ends the run of plain text that began at `from`. */
const flush = (collector: Collector, at: number, quoted: boolean): void => {
  const { parts, text, from } = collector;
  if (at > from) parts.push({ kind: 'text', text: text.slice(from, at), start: from, end: at, quoted });
  collector.from = at;
};

const addExpansion = (collector: Collector, { part, end }: Expansion, at: number, quoted: boolean): number => {
  flush(collector, at, quoted);
  collector.parts.push(part);
  collector.from = end;
  return end;
};

/** Units that end a word unless they are quoted. */
const isMeta = (unit: string): boolean => unit === ';' || unit === '&' || unit === '|' || unit === '<' || unit === '>' || unit === '(' || unit === ')';

const isSpace = (unit: string): boolean => unit === ' ' || unit === '\t' || unit === '\n' || unit === '\r';

/** Length of a line end behind a backslash; 0 where there is none. */
export const lineEndAt = (text: string, at: number): number => (text[at] === '\n' ? 1 : text[at] === '\r' && text[at + 1] === '\n' ? 2 : 0);

/** What stands between double quotes, up to the closing one or `until`. */
const doubleQuoted = (collector: Collector, open: number, until: number, depth: number): number => {
  const { text } = collector;
  collector.from = open;
  let at = open;
  while (at < until && text[at] !== '"') {
    const unit = text[at] ?? '';
    const next = text[at + 1] ?? '';
    if (unit === '\\' && (lineEndAt(text, at + 1) > 0 || '"\\$`'.includes(next))) {
      flush(collector, at, true);
      const skipped = lineEndAt(text, at + 1);
      collector.from = Math.min(until, at + 1 + skipped);
      at = Math.min(until, at + 1 + Math.max(skipped, 1));
      continue;
    }
    if (unit === filler) {
      flush(collector, at, true);
      at += 1;
      collector.from = at;
      continue;
    }
    const expansion = unit === '$' || unit === '`' ? expansionAt(text, at, until, true, depth) : undefined;
    at = expansion ? addExpansion(collector, expansion, at, true) : at + 1;
  }
  flush(collector, Math.min(at, until), true);
  // An empty string is a word all the same.
  if (at === open) collector.parts.push({ kind: 'text', text: '', start: open, end: open, quoted: true });
  collector.from = Math.min(until, at + 1);
  return collector.from;
};

const singleQuoted = (collector: Collector, open: number, until: number): number => {
  const found = collector.text.indexOf("'", open);
  const end = found < 0 || found > until ? until : found;
  collector.from = open;
  let at = open;
  for (let next = collector.text.indexOf(filler, at); next >= 0 && next < end; next = collector.text.indexOf(filler, at)) {
    flush(collector, next, true);
    at = next + 1;
    collector.from = at;
  }
  flush(collector, end, true);
  if (end === open) collector.parts.push({ kind: 'text', text: '', start: open, end: open, quoted: true });
  collector.from = Math.min(until, end + 1);
  return collector.from;
};

/** Parts of a word from `from`; `whole` = all up to `until`, white space included, as in a fallback. */
function partsFrom(
  text: string,
  from: number,
  until: number,
  quoted: boolean,
  whole: boolean,
  depth: number,
): { readonly parts: readonly Part[]; readonly end: number } {
  const collector: Collector = { parts: [], text, from };
  let at = from;
  while (at < until) {
    const unit = text[at] ?? '';
    if (!whole && (isMeta(unit) || isSpace(unit))) break;
    if (unit === filler) {
      flush(collector, at, quoted);
      at += 1;
      collector.from = at;
    } else if (unit === '\\') {
      flush(collector, at, quoted);
      const skipped = lineEndAt(text, at + 1);
      collector.from = Math.min(until, at + 1 + skipped);
      at = Math.min(until, at + 1 + Math.max(skipped, 1));
    } else if (unit === "'") {
      flush(collector, at, quoted);
      at = singleQuoted(collector, at + 1, until);
    } else if (unit === '"') {
      flush(collector, at, quoted);
      at = doubleQuoted(collector, at + 1, until, depth);
    } else if (unit === '$' && (text[at + 1] === "'" || text[at + 1] === '"')) {
      flush(collector, at, quoted);
      at += 1;
      collector.from = at;
    } else {
      const expansion = unit === '$' || unit === '`' ? expansionAt(text, at, until, quoted, depth) : undefined;
      at = expansion ? addExpansion(collector, expansion, at, quoted) : at + 1;
    }
  }
  flush(collector, Math.min(at, until), quoted);
  return { parts: collector.parts, end: Math.min(at, until) };
}

function partsIn(text: string, from: number, until: number, quoted: boolean, whole: boolean, depth: number): readonly Part[] {
  return partsFrom(text, from, until, quoted, whole, depth).parts;
}

/** The word that begins at `at`, up to white space or an operator. */
export const readWord = (text: string, at: number, until: number): Word => {
  const { parts, end } = partsFrom(text, at, until, false, false, 0);
  return { parts, start: at, end };
};

/** A stretch of text as one word: an entry of a list, a value of a mapping. Quotes in it are taken as the shell would. */
export const wordOf = (text: string, from: number, until: number): Word => ({ parts: partsIn(text, from, until, true, true, 0), start: from, end: until });

/** A stretch of text as one word in which quotes are only themselves, and only variables are filled in. */
export const plainWordOf = (text: string, from: number, until: number): Word => {
  const collector: Collector = { parts: [], text, from };
  let at = from;
  while (at < until) {
    const unit = text[at] ?? '';
    if (unit === filler) {
      flush(collector, at, true);
      at += 1;
      collector.from = at;
      continue;
    }
    const expansion = unit === '$' ? expansionAt(text, at, until, true, 0) : undefined;
    at = expansion ? addExpansion(collector, expansion, at, true) : at + 1;
  }
  flush(collector, Math.min(at, until), true);
  return { parts: collector.parts, start: from, end: until };
};

/** The text of a word that holds nothing else. */
export const literalOf = (word: Word | undefined): string | undefined => {
  if (!word || word.parts.length === 0) return undefined;
  let out = '';
  for (const part of word.parts) {
    if (part.kind !== 'text') return undefined;
    out += part.text;
  }
  return out;
};

/** Splits a word at the white space in its text, as the shell does with what an unquoted variable holds. */
export const splitWord = (word: Word): readonly Word[] => {
  const out: Word[] = [];
  let parts: Part[] = [];
  const end = (): void => {
    const first = parts[0];
    const last = parts.at(-1);
    if (first && last) out.push({ parts, start: first.start, end: last.end });
    parts = [];
  };
  for (const part of word.parts) {
    if (part.kind !== 'text') {
      parts.push(part);
      continue;
    }
    let from = 0;
    for (const match of part.text.matchAll(/\s+/g)) {
      if (match.index > from) parts.push({ ...part, text: part.text.slice(from, match.index), start: part.start + from, end: part.start + match.index });
      end();
      from = match.index + match[0].length;
    }
    if (from < part.text.length) parts.push({ ...part, text: part.text.slice(from), start: part.start + from });
  }
  end();
  return out;
};
