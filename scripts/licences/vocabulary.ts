import { hashOf } from '../../server/src/licence/recognise/hash.ts';
import { tokenise } from '../../server/src/licence/recognise/tokens.ts';
import type { OnUnknown } from '../../server/src/licence/recognise/odd-tokens.ts';
import { firstWord, newVocabulary } from '../../server/src/licence/recognise/vocabulary.ts';

/** Words while the index is built. Ids grow with each new word; words of one class share an id. */
export interface WordList {
  /** Ids of the tokens of a text; new words are added. */
  readonly idsOf: (text: string) => readonly number[];
  /** Ids of the tokens with what stands between them. */
  readonly tokensOf: (text: string) => { readonly ids: readonly number[]; readonly marks: readonly number[] };
  /** Id of an address. */
  readonly idOfLink: (hash: number, plain: string) => number;
  /** The word of an id, for messages and for classes; never shipped. */
  readonly wordOf: (id: number) => string;
  readonly size: () => number;
  /** The finished table. */
  readonly finish: () => {
    readonly pairs: readonly (readonly [number, number])[];
    readonly parts: readonly (readonly [number, number, number])[];
  };
}

/** Number does not tell licences apart: "copies" counts as "copy". Undefined where a word is no plural by its form. */
const singularOf = (word: string): string | undefined => {
  if (!/^[a-z]{5,}$/.test(word)) return undefined;
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  return /[^aious]s$/.test(word) ? word.slice(0, -1) : undefined;
};

/**
 * @param same groups of words that count as one
 * @param split word -> the two words it stands for
 */
export const newWordList = (same: readonly (readonly string[])[], split: Readonly<Record<string, string>>): WordList => {
  const ids = new Map<number, number>();
  const words = new Map<number, string>();
  let next = firstWord;
  const add = (hash: number, word: string): number => {
    const known = ids.get(hash);
    if (known !== undefined) return known;
    const one = singularOf(word);
    if (one !== undefined) {
      const id = add(hashOf(one), one);
      ids.set(hash, id);
      return id;
    }
    const id = next;
    next += 1;
    if (id > 65_535) throw new Error('more words than a 16-bit id can tell apart');
    ids.set(hash, id);
    words.set(id, word);
    return id;
  };
  for (const group of same) {
    const [first, ...others] = group;
    if (first === undefined) continue;
    const id = add(hashOf(first), first);
    for (const other of others) if (!ids.has(hashOf(other))) ids.set(hashOf(other), id);
  }
  const parts = new Map<number, readonly [number, number]>();
  for (const [word, two] of Object.entries(split)) {
    const [a, b, more] = two.split(' ');
    if (a === undefined || b === undefined || more !== undefined) throw new Error(`"${word}" does not stand for two words`);
    const id = next;
    next += 1;
    ids.set(hashOf(word), id);
    words.set(id, word);
    parts.set(id, [add(hashOf(a), a), add(hashOf(b), b)]);
  }
  const none = newVocabulary([], [], 65_536, []);
  const decoder = new TextDecoder();
  const tokensOf = (text: string): { readonly ids: readonly number[]; readonly marks: readonly number[] } => {
    const onUnknown: OnUnknown = (hash, bytes, start, end, kind) =>
      add(hash, kind === 'link' ? `${decoder.decode(bytes.subarray(start, end))}/` : decoder.decode(bytes.subarray(start, end)).toLowerCase());
    const tokens = tokenise(new TextEncoder().encode(text), none, onUnknown);
    const out: number[] = [];
    const marks: number[] = [];
    for (let at = 0; at < tokens.count; at += 1) {
      const id = tokens.ids[at] ?? 0;
      const part = parts.get(id);
      out.push(...(part ?? [id]));
      marks.push(tokens.marks[at] ?? 0, ...(part ? [0] : []));
    }
    return { ids: out, marks };
  };
  return {
    idsOf: (text) => tokensOf(text).ids,
    tokensOf,
    idOfLink: (hash, plain) => add(hash, `${plain}/`),
    wordOf: (id) => words.get(id) ?? '',
    size: () => next,
    finish: () => ({ pairs: [...ids], parts: [...parts].map(([id, [a, b]]) => [id, a, b] as const) }),
  };
};
