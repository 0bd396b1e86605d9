import { limits } from '../../text/limits.ts';
import type { Span } from '../../text/span.ts';
import { filler, lineEndAt, literalOf, readWord } from './words.ts';
import type { Part, Word } from './words.ts';

/** A simple command, its redirections apart. */
export interface Command {
  readonly words: readonly Word[];
  readonly at: number;
  /** Ids of the branches, loops and bodies around it, outermost first. */
  readonly blocks: readonly number[];
  /** The function in whose body it stands. */
  readonly within: string | null;
  /** Files that its output goes to. */
  readonly outputs: readonly Word[];
  /** Text that is fed to it by `<<`. */
  readonly input: Heredoc | null;
  /** Variables that are set for it alone. */
  readonly environment: readonly Definition[];
}

export interface Heredoc {
  readonly span: Span;
  /** Variables in it are filled in. */
  readonly open: boolean;
}

export interface Definition {
  readonly name: string;
  /** More than one: the entries of a list, or what a loop goes through. */
  readonly values: readonly Word[];
  readonly list: boolean;
  readonly append: boolean;
  readonly at: number;
  readonly blocks: readonly number[];
  readonly within: string | null;
}

export interface Script {
  readonly commands: readonly Command[];
  /** By name, in their order. */
  readonly definitionsOf: ReadonlyMap<string, readonly Definition[]>;
  readonly functions: ReadonlySet<string>;
  /** Limits that were hit, as they are told. */
  readonly hit: Set<string>;
  /** Looks that are left for following names: all questions to one script share them. */
  readonly looks: { left: number };
}

export interface Frame {
  readonly kind: 'if' | 'loop' | 'case' | 'brace' | 'paren';
  /** 0 = what stands here runs whenever what is around it does. */
  block: number;
  readonly body: string | null;
  /** Of a case: the next thing is a pattern. */
  pattern: boolean;
}

export interface State {
  readonly text: string;
  readonly commands: Command[];
  readonly definitions: Definition[];
  readonly functions: Set<string>;
  readonly frames: Frame[];
  readonly pending: { readonly word: string; readonly take: (span: Span) => void }[];
  readonly substitutions: { readonly span: Span; readonly blocks: readonly number[]; readonly within: string | null; readonly depth: number }[];
  /** How many substitutions the text that is being read stands in. */
  depth: number;
  words: Word[];
  outputs: Word[];
  input: Heredoc | null;
  environment: { readonly name: string; readonly value: Word; readonly append: boolean; readonly list: readonly Word[] | null }[];
  named: string | null;
  /** Behind `&&` or `||`: may not run. */
  shortcut: number;
  blocks: number;
  left: number;
  /** Branches or substitutions stand inside more others than are told apart: what follows is not read. */
  deep: boolean;
}

const assignment = /^([A-Za-z_]\w*)(?:\[[^\]=]{0,80}\])?(\+?)=/;
/** Commands whose arguments are assignments. */
const declaring = new Set(['export', 'declare', 'local', 'readonly', 'typeset', 'setenv']);

export const isDeclaring = (word: Word | undefined): boolean => declaring.has(literalOf(word) ?? '');

const blocksNow = (state: State): readonly number[] => {
  const out = state.frames.flatMap((frame) => (frame.block > 0 ? [frame.block] : []));
  return state.shortcut > 0 ? [...out, state.shortcut] : out;
};

const withinNow = (state: State): string | null => state.frames.findLast((frame) => frame.body !== null)?.body ?? null;

/** The word without `name=`. */
export const valueOf = (word: Word, length: number): Word => {
  const parts: Part[] = [];
  let left = length;
  for (const part of word.parts) {
    if (left > 0 && part.kind === 'text') {
      const cut = Math.min(left, part.text.length);
      left -= cut;
      if (cut < part.text.length) parts.push({ ...part, text: part.text.slice(cut), start: part.start + cut });
    } else parts.push(part);
  }
  return { parts, start: word.start + length, end: word.end };
};

export const assignedIn = (word: Word): { readonly name: string; readonly append: boolean; readonly value: Word } | undefined => {
  const first = word.parts[0];
  const found = first?.kind === 'text' && !first.quoted ? assignment.exec(first.text) : null;
  return found ? { name: found[1] ?? '', append: found[2] === '+', value: valueOf(word, found[0].length) } : undefined;
};

export const define = (state: State, name: string, values: readonly Word[], list: boolean, append: boolean, at: number): void => {
  state.definitions.push({ name, values, list, append, at, blocks: blocksNow(state), within: withinNow(state) });
};

/** `${NAME:=value}` sets a variable wherever it stands. */
export const defineInside = (state: State, word: Word): void => {
  for (const part of word.parts) {
    if (part.kind === 'variable' && part.sets && part.fallback) define(state, part.name, [part.fallback], false, false, part.start);
    if (part.kind === 'opaque' && part.inner)
      state.substitutions.push({ span: part.inner, blocks: blocksNow(state), within: withinNow(state), depth: state.depth + 1 });
    if (part.kind === 'variable' && part.fallback) defineInside(state, part.fallback);
  }
};

export const endCommand = (state: State, at: number): void => {
  const { words, environment } = state;
  const set = environment.map(({ name, value, append, list }) => ({ name, values: list ?? [value], list: list !== null, append }));
  if (words.length === 0) for (const entry of set) define(state, entry.name, entry.values, entry.list, entry.append, at);
  else {
    const blocks = blocksNow(state);
    const within = withinNow(state);
    const own = set.map((entry): Definition => ({ ...entry, at, blocks, within }));
    state.commands.push({ words, at, blocks, within, outputs: state.outputs, input: state.input, environment: own });
    if (isDeclaring(words[0]))
      for (const word of words.slice(1)) {
        const found = assignedIn(word);
        if (found) define(state, found.name, [found.value], false, found.append, at);
      }
  }
  state.words = [];
  state.outputs = [];
  state.input = null;
  state.environment = [];
};

/** A heredoc's input is known only when its body has been read: the command is mended then. */
export const takeBodies = (state: State, at: number, until: number): number => {
  let from = at;
  for (const { word, take } of state.pending.splice(0)) {
    const start = from;
    let end = until;
    while (from < until) {
      const found = state.text.indexOf('\n', from);
      const lineEnd = found < 0 || found > until ? until : found;
      // Scripts inside other files are indented as a whole.
      if (
        state.text
          .slice(from, Math.min(lineEnd, from + 200))
          .replaceAll(filler, '')
          .trim() === word
      ) {
        end = from;
        from = Math.min(until, lineEnd + 1);
        break;
      }
      from = Math.min(until, lineEnd + 1);
      if (from >= until) end = until;
    }
    take({ start, end: Math.max(start, end) });
  }
  return from;
};

/** What stands in more branches may run or not for reasons that are not known: such a script is read no further. */
export const push = (state: State, kind: Frame['kind'], isBranch: boolean, body: string | null = null): void => {
  if (state.frames.length < limits.nesting) state.frames.push({ kind, block: isBranch ? (state.blocks += 1) : 0, body, pattern: kind === 'case' });
  else state.deep = true;
};

export const pop = (state: State, kind: Frame['kind']): void => {
  const at = state.frames.findLastIndex((frame) => frame.kind === kind);
  if (at >= 0) state.frames.length = at;
};

const branch = (state: State, kind: Frame['kind']): void => {
  const frame = state.frames.findLast((entry) => entry.kind === kind);
  if (frame) frame.block = state.blocks += 1;
};

export const skipBlank = (text: string, at: number, until: number): number => {
  let i = at;
  for (;;) {
    const unit = text[i];
    if (i < until && (unit === ' ' || unit === '\t' || unit === '\r' || unit === filler)) i += 1;
    else if (i < until && unit === '\\' && lineEndAt(text, i + 1) > 0) i += 1 + lineEndAt(text, i + 1);
    else return Math.min(i, until);
  }
};

export const lineEnd = (text: string, at: number, until: number): number => {
  const found = text.indexOf('\n', at);
  return found < 0 || found > until ? until : found;
};

/** Where a text stands within the next few lines; -1 = nowhere near. */
export const nearby = (text: string, needle: string, from: number, until: number): number => {
  const found = text.slice(from, Math.min(until, from + 2_000)).indexOf(needle);
  return found < 0 ? -1 : from + found;
};

/** Words up to `)`, over lines: what a list is made of. */
export const readList = (state: State, open: number, until: number): { readonly words: readonly Word[]; readonly end: number } => {
  const words: Word[] = [];
  let at = open + 1;
  while (at < until && state.left > 0) {
    at = skipBlank(state.text, at, until);
    const unit = state.text[at];
    if (unit === ')' || at >= until) return { words, end: Math.min(until, at + 1) };
    if (unit === '#') at = lineEnd(state.text, at, until);
    else if (unit === '\n') at += 1;
    else {
      const word = readWord(state.text, at, until);
      state.left -= 1;
      if (word.end === at) at += 1;
      else {
        // `[key]=value` in a list.
        const first = word.parts[0];
        const key = first?.kind === 'text' ? /^\[[^\]]*\]=/.exec(first.text)?.[0] : undefined;
        const joined =
          key === undefined && first?.kind === 'text' && first.text === '['
            ? word.parts.findIndex((part) => part.kind === 'text' && part.text.startsWith(']='))
            : -1;
        words.push(key !== undefined ? valueOf(word, key.length) : joined > 0 ? valueOf({ ...word, parts: word.parts.slice(joined) }, 2) : word);
        at = word.end;
      }
    }
  }
  return { words, end: at };
};

/** `for NAME in WORDS`, from behind `for`. */
export const readFor = (state: State, at: number, until: number): number => {
  let i = skipBlank(state.text, at, until);
  if (state.text.startsWith('((', i)) {
    const end = nearby(state.text, '))', i, until);
    i = end < 0 ? lineEnd(state.text, i, until) : end + 2;
    push(state, 'loop', false);
    return i;
  }
  const name = readWord(state.text, i, until);
  i = skipBlank(state.text, Math.max(name.end, i), until);
  while (state.text[i] === '\n' && i < until) i = skipBlank(state.text, i + 1, until);
  const words: Word[] = [];
  if (literalOf(readWord(state.text, i, until)) === 'in') {
    i += 2;
    for (i = skipBlank(state.text, i, until); i < until && !'\n;&|)'.includes(state.text[i] ?? ''); i = skipBlank(state.text, i, until)) {
      const word = readWord(state.text, i, until);
      if (word.end === i) break;
      words.push(word);
      defineInside(state, word);
      state.left -= 1;
      i = word.end;
    }
  }
  push(state, 'loop', false);
  const variable = literalOf(name);
  if (variable !== undefined && words.length > 0) define(state, variable, words, true, false, at);
  return i;
};

/** The start of a case's arm: behind the pattern, or behind `esac`. */
export const readPattern = (state: State, at: number, until: number): number => {
  let i = at;
  for (i = skipBlank(state.text, i, until); i < until && (state.text[i] === '\n' || state.text[i] === '#'); i = skipBlank(state.text, i, until))
    i = state.text[i] === '#' ? lineEnd(state.text, i, until) : i + 1;
  if (/^esac(?![\w-])/.test(state.text.slice(i, i + 5))) {
    pop(state, 'case');
    return i + 4;
  }
  if (state.text[i] === '(') i += 1;
  while (i < until && state.text[i] !== ')' && state.text[i] !== '\n') {
    const word = readWord(state.text, i, until);
    i = word.end > i ? word.end : i + 1;
  }
  const frame = state.frames.findLast((entry) => entry.kind === 'case');
  if (frame) {
    frame.pattern = false;
    frame.block = state.blocks += 1;
  }
  return Math.min(until, i + 1);
};

const openings: Readonly<Record<string, Frame['kind']>> = { if: 'if', while: 'loop', until: 'loop', select: 'loop' };
const endings: Readonly<Record<string, Frame['kind']>> = { fi: 'if', done: 'loop', esac: 'case', '}': 'brace' };

/** A word that structures the script; true where it was one, and the command begins behind it. */
export const isReserved = (state: State, word: string): boolean => {
  const opening = Object.hasOwn(openings, word) ? openings[word] : undefined;
  const ending = Object.hasOwn(endings, word) ? endings[word] : undefined;
  if (opening) push(state, opening, false);
  else if (ending) pop(state, ending);
  else if (word === 'then' || word === 'elif' || word === 'else') branch(state, 'if');
  else if (word === 'do') branch(state, 'loop');
  else if (word === '{') {
    push(state, 'brace', state.named !== null, state.named);
    state.named = null;
  } else return word === '!' || word === 'time';
  return true;
};
