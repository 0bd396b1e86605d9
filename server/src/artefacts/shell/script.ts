import { limits } from '../../text/limits.ts';
import {
  assignedIn,
  define,
  defineInside,
  endCommand,
  isDeclaring,
  isReserved,
  lineEnd,
  nearby,
  pop,
  push,
  readFor,
  readList,
  readPattern,
  skipBlank,
  takeBodies,
} from './statements.ts';
import type { Definition, Script, State } from './statements.ts';
import type { Span } from '../../text/span.ts';
import { literalOf, readWord } from './words.ts';

const redirect = (state: State, at: number, until: number): number => {
  const { text } = state;
  const operator = /^(?:<<<|<<-?|>>|>&|>\||<&|<>|<|>)/.exec(text.slice(at, at + 3))?.[0] ?? '<';
  // A descriptor before the operator is no argument.
  const last = state.words.at(-1);
  if (last?.end === at && /^\d$/.test(literalOf(last) ?? '')) state.words.pop();
  if ((operator === '<' || operator === '>') && text[at + 1] === '(') return at + 1;
  const from = skipBlank(text, at + operator.length, until);
  const word = readWord(text, from, until);
  if (operator === '<<' || operator === '<<-') {
    const open = word.parts.every((part) => !part.quoted);
    const name = word.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('');
    const input: { span: Span; readonly open: boolean } = { span: { start: from, end: from }, open };
    state.input = input;
    if (name !== '') state.pending.push({ word: name, take: (span) => void (input.span = span) });
  } else if (operator.startsWith('>') && operator !== '>&') state.outputs.push(word);
  return Math.max(word.end, from);
};

const takeWord = (state: State, at: number, until: number): number => {
  const { text } = state;
  const word = readWord(text, at, until);
  state.left -= 1;
  if (word.end === at) return at + 1;
  const literal = literalOf(word);
  const starts = state.words.length === 0 && state.environment.length === 0;
  const plain = word.parts.every((part) => !part.quoted);
  if (starts && plain && literal === 'for') return readFor(state, word.end, until);
  if (starts && plain && literal === 'case') {
    const subject = readWord(text, skipBlank(text, word.end, until), until);
    const next = skipBlank(text, Math.max(subject.end, word.end), until);
    push(state, 'case', false);
    return literalOf(readWord(text, next, until)) === 'in' ? next + 2 : next;
  }
  if (starts && plain && literal === 'function') {
    const name = readWord(text, skipBlank(text, word.end, until), until);
    state.named = literalOf(name) ?? null;
    if (state.named !== null) state.functions.add(state.named);
    return /^\s*\(\s*\)/.test(text.slice(name.end, Math.min(until, name.end + 40))) ? nearby(text, ')', name.end, until) + 1 : Math.max(name.end, word.end);
  }
  if (starts && literal === '[[') {
    const end = nearby(text, ']]', word.end, until);
    return end < 0 ? lineEnd(text, word.end, until) : end + 2;
  }
  if (starts && literal !== undefined && plain && isReserved(state, literal)) return word.end;
  const assigned = state.words.length === 0 || isDeclaring(state.words[0]) ? assignedIn(word) : undefined;
  if (assigned && word.parts.length === 1 && literal?.endsWith('=') === true && text[word.end] === '(') {
    const { words, end } = readList(state, word.end, until);
    if (state.words.length === 0) state.environment.push({ name: assigned.name, value: assigned.value, append: assigned.append, list: words });
    else define(state, assigned.name, words, true, assigned.append, at);
    return end;
  }
  defineInside(state, word);
  if (assigned && state.words.length === 0) state.environment.push({ ...assigned, list: null });
  else state.words.push(word);
  return word.end;
};

const parenthesis = (state: State, at: number, until: number): number => {
  const { text } = state;
  const only = state.words.length === 1 ? literalOf(state.words[0]) : undefined;
  const close = skipBlank(text, at + 1, until);
  if (only !== undefined && text[close] === ')') {
    // `name()`: what follows is its body.
    state.functions.add(only);
    state.named = only;
    state.words = [];
    return close + 1;
  }
  if (state.words.length === 0 && text[at + 1] === '(') {
    const end = nearby(text, '))', at, until);
    return end < 0 ? lineEnd(text, at, until) : end + 2;
  }
  endCommand(state, at);
  push(state, 'paren', false);
  return at + 1;
};

const parse = (state: State, from: number, until: number): void => {
  const { text } = state;
  for (let at = from; at < until && state.left > 0 && !state.deep;) {
    const top = state.frames.at(-1);
    if (top?.kind === 'case' && top.pattern && state.words.length === 0 && state.environment.length === 0) {
      at = readPattern(state, at, until);
      continue;
    }
    at = skipBlank(text, at, until);
    if (at >= until) break;
    const unit = text[at] ?? '';
    // An option alone is no command: a line above it lacks its backslash, or was taken out as a comment.
    if (unit === '\n' && state.words.length > 0 && state.pending.length === 0 && /^\n[ \t]*--[A-Za-z]/.test(text.slice(at, Math.min(until, at + 80)))) at += 1;
    else if (unit === '\n') {
      endCommand(state, at);
      state.shortcut = 0;
      at = state.pending.length > 0 ? takeBodies(state, at + 1, until) : at + 1;
    } else if (unit === '#') at = lineEnd(text, at, until);
    else if (unit === ';') {
      endCommand(state, at);
      state.shortcut = 0;
      const double = text[at + 1] === ';' || text[at + 1] === '&';
      const frame = state.frames.findLast((entry) => entry.kind === 'case');
      if (double && frame) {
        state.frames.length = state.frames.indexOf(frame) + 1;
        frame.pattern = true;
      }
      at += double ? 2 : 1;
    } else if (unit === '&' && text[at + 1] === '>') at = redirect(state, at + 1, until);
    else if (unit === '&' || unit === '|') {
      endCommand(state, at);
      const double = text[at + 1] === unit;
      if (double) state.shortcut = state.blocks += 1;
      else if (unit === '&') state.shortcut = 0;
      at += double ? 2 : 1;
    } else if (unit === '(') at = parenthesis(state, at, until);
    else if (unit === ')') {
      endCommand(state, at);
      pop(state, 'paren');
      at += 1;
    } else if (unit === '<' || unit === '>') at = redirect(state, at, until);
    else at = takeWord(state, at, until);
  }
  endCommand(state, until);
  for (const { take } of state.pending.splice(0)) take({ start: until, end: until });
};

/** The commands and assignments of a script. Never throws; what is no script gives odd commands, and nobody knows those. */
export const readScript = (text: string, from = 0, until = text.length, given: readonly Definition[] = []): Script => {
  const state: State = {
    text,
    commands: [],
    definitions: [...given],
    functions: new Set(),
    frames: [],
    pending: [],
    substitutions: [],
    depth: 0,
    words: [],
    outputs: [],
    input: null,
    environment: [],
    named: null,
    shortcut: 0,
    blocks: 0,
    left: limits.shellWords + 1,
    deep: false,
  };
  parse(state, from, until);
  for (const inner of state.substitutions) {
    if (inner.depth > limits.nesting) state.deep = true;
    if (state.deep || state.left <= 0) break;
    state.frames.length = 0;
    for (const block of inner.blocks) state.frames.push({ kind: 'brace', block, body: inner.within, pattern: false });
    state.shortcut = 0;
    state.depth = inner.depth;
    parse(state, inner.span.start, inner.span.end);
  }
  const definitionsOf = new Map<string, Definition[]>();
  for (const definition of state.definitions.toSorted((a, b) => a.at - b.at)) {
    const known = definitionsOf.get(definition.name);
    if (known) known.push(definition);
    else definitionsOf.set(definition.name, [definition]);
  }
  return {
    commands: state.commands.toSorted((a, b) => a.at - b.at),
    definitionsOf,
    functions: state.functions,
    hit: new Set([...(state.left <= 0 ? [`more than ${limits.shellWords} words of shell`] : []), ...(state.deep ? ['nested too deeply'] : [])]),
    looks: { left: limits.shellLooks },
  };
};
