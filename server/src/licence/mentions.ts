import type { Knowledge } from '../knowledge/types.ts';
import type { Span } from '../text/span.ts';
import { spanOf } from '../text/span.ts';
import { ambiguousName, idOfLink, nameIndex } from './names.ts';
import { isSpdxId } from './spdx.ts';

/** A licence, or a restriction, named in running text. */
export interface Mention {
  readonly span: Span;
  readonly text: string;
  /** Empty where only a restriction is stated. */
  readonly licences: readonly string[];
  /** `non-commercial` or `research-only` where that is all that is said. */
  readonly category: string | null;
}

interface Token extends Span {
  readonly word: string;
  /** Words that every name has: they join, but do not tell names apart. */
  readonly filler: boolean;
}

interface Trie {
  readonly next: Map<string, Trie>;
  ids: readonly string[] | undefined;
  category: string | null;
}

const longestName = 12;
const wordPattern = /[A-Za-z0-9]+(?:[.+][A-Za-z0-9+]+)*\+*/g;
const fillers = /^(?:the|a|an|version|v|ver|licen[cs](?:e|ed|es|ing)|agreement)$/;

const tokensOf = (text: string): readonly Token[] =>
  [...text.matchAll(wordPattern)].map((match) => {
    const word = match[0].toLowerCase().replace(/^v(?=\d)/, '');
    return { start: match.index, end: match.index + match[0].length, word, filler: fillers.test(word) };
  });

const tries = new WeakMap<Knowledge, Trie>();
const node = (): Trie => ({ next: new Map(), ids: undefined, category: null });

const insert = (root: Trie, name: string): Trie => {
  let at = root;
  for (const token of tokensOf(name)) {
    if (token.filler) continue;
    const child = at.next.get(token.word) ?? node();
    at.next.set(token.word, child);
    at = child;
  }
  return at;
};

/** Names without a version that still say what matters: "CC BY-NC". */
const openNames = ['cc by nc', 'cc by nc sa', 'cc by nc nd', 'cc nc', 'creative commons attribution noncommercial', 'creative commons attribution non commercial', 'creative commons non commercial'];

/** Derived once from an immutable value. */
const trieOf = (knowledge: Knowledge): Trie => {
  const known = tries.get(knowledge);
  if (known) return known;
  const root = node();
  for (const [name, ids] of nameIndex(knowledge)) {
    const end = insert(root, name);
    if (end !== root) end.ids = ids;
  }
  for (const name of openNames) {
    const category = ambiguousName(name);
    if (typeof category === 'string') insert(root, name).category = category;
  }
  tries.set(knowledge, root);
  return root;
};

const licenceWord = /licen[cs]|\bterms\b/i;
const grantWord = /licen[cs]|\bterms\b|\breleased\b|\bunder\b|\bcopyright\b/i;

/** A family's name is a model as often as a licence, and a short name many things: the words around decide. */
const inContext = (text: string, start: number, end: number, words: number, ids: readonly string[]): boolean => {
  const strong = ids.every(isSpdxId) && words >= 2;
  if (strong) return true;
  const around = `${text.slice(Math.max(0, start - 24), start)} ${text.slice(end, end + 24)}`;
  if (ids.every(isSpdxId)) return grantWord.test(around.replace(/\n\s*\n[\s\S]*$/, ''));
  return licenceWord.test(text.slice(start, end + 18).split(/[.;\n]/)[0] ?? '');
};

const named = (text: string, knowledge: Knowledge): readonly Mention[] => {
  const tokens = tokensOf(text);
  const root = trieOf(knowledge);
  const out: Mention[] = [];
  for (let i = 0; i < tokens.length; i += 1) {
    const first = tokens[i];
    if (!first || first.filler) continue;
    let at: Trie | undefined = root;
    let last = -1;
    let words = 0;
    let best: { readonly trie: Trie; readonly last: number; readonly words: number } | undefined;
    for (let j = i; j < tokens.length && j < i + longestName && at; j += 1) {
      const token = tokens[j];
      if (!token || (j > i && /\n\s*\n|[.!?]\s|;/.test(text.slice(tokens[j - 1]?.end ?? 0, token.start)))) break;
      if (token.filler) continue;
      at = at.next.get(token.word);
      words += 1;
      last = j;
      if (at && (at.ids || at.category)) best = { trie: at, last, words };
    }
    if (!best) continue;
    const end = tokens[best.last]?.end ?? first.end;
    const { ids, category } = best.trie;
    if (ids ? inContext(text, first.start, end, best.words, ids) : true) {
      out.push({ span: spanOf(first.start, end), text: text.slice(first.start, end), licences: ids ?? [], category: ids ? null : category });
      i = best.last;
    }
  }
  return out;
};

const links = (text: string): readonly Mention[] =>
  [...text.matchAll(/https?:\/\/[^\s)\]>"'`]{4,200}/g)].flatMap((match) => {
    const id = idOfLink(match[0].replace(/[.,;:]+$/, ''));
    return id === undefined ? [] : [{ span: spanOf(match.index, match.index + match[0].length), text: match[0], licences: [id], category: null }];
  });

const restrictions: readonly (readonly [RegExp, string])[] = [
  [/\b(?:for\s+)?(?:academic\s+|scientific\s+)?research\s+(?:use|usage|purposes?)\s+only\b/gi, 'research-only'],
  [/\b(?:only|solely|exclusively|restricted)\s+(?:intended\s+)?(?:for|to)\s+(?:academic\s+|non-?commercial\s+)?(?:research|academic)\b(?:\s+(?:use|purposes?))?(?:\s+only)?/gi, 'research-only'],
  [/\bresearch[- ]only\b/gi, 'research-only'],
  [/\b\**research\s+use\s+only\**\b/gi, 'research-only'],
  [/\bresearch\s+licen[cs]e\b/gi, 'research-only'],
  [/\bnon-?\s?commercial\s+(?:use|usage|purposes?|licen[cs]e|research)\b/gi, 'non-commercial'],
  [/\b(?:not|cannot|can't|must not|may not|should not)\s+(?:be\s+used\s+|for\s+use\s+|use\s+)?(?:for|in)\s+(?:any\s+)?commercial\b/gi, 'non-commercial'],
  [/\b(?:no|prohibits?|forbids?)\s+commercial\s+(?:use|usage)\b/gi, 'non-commercial'],
];

const restricted = (text: string): readonly Mention[] =>
  restrictions.flatMap(([pattern, category]) => [...text.matchAll(pattern)].map((match) => ({ span: spanOf(match.index, match.index + match[0].length), text: match[0], licences: [], category })));

/** Every licence and restriction that a text names, in order; where two overlap the longer stands, a licence before a restriction. */
export const findLicenceMentions = (text: string, knowledge: Knowledge): readonly Mention[] => {
  const all = [...links(text), ...named(text, knowledge), ...restricted(text)].toSorted(
    (a, b) => a.span.start - b.span.start || b.licences.length - a.licences.length || b.span.end - a.span.end,
  );
  const out: Mention[] = [];
  for (const mention of all) {
    const before = out.at(-1);
    if (!before || mention.span.start >= before.span.end) out.push(mention);
    else if (before.licences.length === 0 && mention.licences.length > 0) out[out.length - 1] = mention;
  }
  return out;
};

