import type { Alignment } from './align.ts';
import { free, weight } from './index-file.ts';
import type { LicenceIndex } from './index-file.ts';
import { atParagraph } from './tokens.ts';
import type { Tokens } from './tokens.ts';
import { isBroken, slipOf } from './typos.ts';
import { hashOf } from './hash.ts';
import type { Vocabulary } from './vocabulary.ts';
import { copyrightSign, firstWord, idOfHash, unknownNumber, unknownWord } from './vocabulary.ts';

/** A place at which a file and a known text differ in a way that may change what is permitted. */
export interface Difference {
  /** Tokens of the file, the end exclusive; both the same where words were taken out. */
  readonly from: number;
  readonly to: number;
}

/** How well a known text lies in a file. */
export interface Weighed {
  readonly alignment: Alignment;
  /** Tokens that have to be there, and how many of them are. */
  readonly needed: number;
  readonly matched: number;
  /** Tokens of optional and variable parts that are there. */
  readonly optional: number;
  /** Words of the text that are not there, and of the file that the text has no place for; joining words are not counted. */
  readonly missing: number;
  readonly extra: number;
  readonly material: readonly Difference[];
  /** What the words that are there weigh more than those that differ: the more, the better the text explains the file. */
  readonly net: number;
}

/** A text may be handed on without its last or first paragraphs: from so many words on, and up to this share of it, that is a cut and no change. */
const leastTail = 12;
const leastHead = 24;
const mostCut = 0.15;
const cutCost = 7;
/** Words of a stretch in which slips are looked for: a longer one is another text. */
const mostSlips = 4;
const nothing = { known: [] as readonly number[], unknown: 0 };

/** Most words that follow a copyright sign and belong to it. */
const longestStatement = 30;

const without = (from: readonly number[], other: readonly number[]): readonly number[] => {
  if (other.length === 0 || from.length === 0) return from;
  const counts = new Map<number, number>();
  for (const id of other) counts.set(id, (counts.get(id) ?? 0) + 1);
  return from.filter((id) => {
    const count = counts.get(id) ?? 0;
    if (count === 0) return true;
    counts.set(id, count - 1);
    return false;
  });
};

/** The words of a stretch of the file that say something: no copyright statements, names, addresses, joining words. */
const tellingWords = (
  tokens: Tokens,
  index: LicenceIndex,
  from: number,
  to: number,
  copyrightWord: number,
  wanted: ReadonlySet<number>,
): { readonly known: readonly number[]; readonly unknown: number } => {
  const known: number[] = [];
  let unknown = 0;
  for (let at = from; at < to; at += 1) {
    const id = tokens.ids[at] as number;
    if (id === copyrightSign || id === copyrightWord) {
      const end = Math.min(to, at + longestStatement);
      at += 1;
      while (at < end && ((tokens.marks[at] as number) & atParagraph) === 0 && ((index.weights[tokens.ids[at] as number] as number) & weight.condition) === 0)
        at += 1;
      at -= 1;
      continue;
    }
    const start = tokens.starts[at] as number;
    if (wanted.size > 0 && at + 1 < to && (tokens.ends[at] as number) - start <= 2) {
      const whole = isBroken(tokens.bytes, start, tokens.ends[at + 1] as number, wanted, index.vocabulary);
      if (whole !== 0) {
        known.push(whole);
        at += 1;
        continue;
      }
    }
    if (id === unknownWord) {
      const meant =
        wanted.size > 0 && wanted.size <= mostSlips && to - from <= mostSlips
          ? slipOf(tokens.bytes, start, tokens.ends[at] as number, wanted, index.vocabulary)
          : 0;
      if (meant === 0) unknown += 1;
      else known.push(meant);
    } else if (id >= firstWord && ((index.weights[id] as number) & weight.joining) === 0) known.push(id);
    else if (id === unknownNumber) unknown += 1;
  }
  return { known, unknown };
};

/** File tokens that are the first and the last of the text's own words: titles and notes around them are not its body. */
const bodyOf = (alignment: Alignment, start: number, freedom: Uint8Array): { readonly first: number; readonly last: number } => {
  const { blocks } = alignment;
  let first = alignment.to;
  let last = alignment.from;
  for (let block = 0; block < blocks.length; block += 3) {
    const file = blocks[block] as number;
    const text = start + (blocks[block + 1] as number);
    const size = blocks[block + 2] as number;
    for (let at = 0; at < size && first === alignment.to; at += 1) if (freedom[text + at] === 0) first = file + at;
    for (let at = size - 1; at >= 0; at -= 1) {
      if (freedom[text + at] === 0) {
        last = file + at;
        break;
      }
    }
  }
  return { first, last };
};

/** Word ids of "without limitation" and "without restriction", which take nothing away when they are left out. */
export interface EmptyPhrases {
  readonly without: number;
  readonly objects: readonly number[];
}
export const emptyPhrasesOf = (vocabulary: Vocabulary): EmptyPhrases => ({
  without: idOfHash(vocabulary, hashOf('without')),
  objects: ['limitation', 'restriction'].map((word) => idOfHash(vocabulary, hashOf(word))),
});
const isEmptyPhrase = (lost: readonly number[], phrases: EmptyPhrases): boolean =>
  lost.includes(phrases.without) &&
  lost.some((id) => phrases.objects.includes(id)) &&
  lost.every((id) => id === phrases.without || phrases.objects.includes(id));

/** Most words of a place that takes one of a few wordings, and not a name. */
const fewWordings = 8;

/** Words in a variable place that its ordinary wording has not and that change what is permitted: a name may stand there, no condition. */
const unusual = (known: readonly number[], index: LicenceIndex, from: number, to: number, space: number): readonly number[] => {
  const weighty = space <= fewWordings ? weight.condition | weight.negation : weight.condition;
  const found = known.filter((id) => ((index.weights[id] as number) & weighty) !== 0);
  return found.length === 0 ? found : without(found, [...index.tokens.subarray(from, to)]);
};

const hasOtherNumber = (index: LicenceIndex, from: number, to: number, known: readonly number[]): boolean => {
  for (let at = from; at < to; at += 1) {
    const id = index.tokens[at] as number;
    if (((index.weights[id] as number) & weight.number) !== 0 && !known.includes(id)) return true;
  }
  return false;
};

/** Weighs an alignment: what is missing, what is too much, and which of it is material. */
export const weigh = (alignment: Alignment, tokens: Tokens, index: LicenceIndex, copyrightWord: number, phrases: EmptyPhrases): Weighed => {
  const { text, blocks } = alignment;
  const start = index.starts[text] as number;
  const length = (index.starts[text + 1] as number) - 1 - start;
  const { freedom, room, weights } = index;
  const material: Difference[] = [];
  const needed = index.neededOf[text] as number;
  let matched = 0;
  let optional = 0;
  let missing = 0;
  let extra = 0;
  let fileAt = alignment.from;
  let textAt = 0;
  const { first, last } = bodyOf(alignment, start, freedom);
  for (let block = 0; block <= blocks.length; block += 3) {
    const isEnd = block === blocks.length;
    const fileTo = isEnd ? alignment.to : (blocks[block] as number);
    const textTo = isEnd ? length : (blocks[block + 1] as number);
    if (fileTo > fileAt || textTo > textAt) {
      let space = 0;
      const gone: number[] = [];
      for (let at = start + textAt; at <= start + textTo; at += 1) {
        const here = room[at] as number;
        if (here > space && (at < start + textTo || fileTo > fileAt)) space = here;
        if (at < start + textTo && freedom[at] === 0 && ((weights[index.tokens[at] as number] as number) & weight.joining) === 0)
          gone.push(index.tokens[at] as number);
      }
      // Replaced words of a variable part may have equal words among them, so that the room is behind the block.
      for (let at = start + textAt - 1; space === 0 && at >= start && ((freedom[at] as number) & free.variable) !== 0; at -= 1) space = room[at] as number;
      // Titles and notes around the body are none of it.
      const around = fileTo <= first || fileAt > last;
      const inside = around || (space > 0 && fileTo - fileAt <= space);
      const there = fileTo === fileAt ? nothing : tellingWords(tokens, index, fileAt, fileTo, copyrightWord, new Set(gone));
      const lost = without(gone, there.known);
      const added = around ? [] : inside ? unusual(there.known, index, start + textAt, start + textTo, space) : without(there.known, gone);
      const strange = inside ? 0 : there.unknown;
      const lostMaterial = !isEmptyPhrase(lost, phrases) && lost.some((id) => ((weights[id] as number) & weight.material) !== 0);
      const lostNumber = lost.some((id) => ((weights[id] as number) & weight.number) !== 0);
      const addedNumber = added.some((id) => ((weights[id] as number) & weight.number) !== 0) || strange > 0;
      const addedMaterial = added.some((id) => ((weights[id] as number) & weight.material) !== 0);
      const isCut = lost.length >= (textTo === length ? leastTail : leastHead) && (textTo === length || textAt === 0) && lost.length <= needed * mostCut;
      // Two texts may differ in nothing but the version in their titles.
      if (
        fileTo <= first &&
        there.known.some((id) => ((weights[id] as number) & weight.number) !== 0) &&
        hasOtherNumber(index, start + textAt, start + textTo, there.known)
      )
        extra += 3;
      missing += isCut ? cutCost + lost.length * 0.05 : lost.length;
      extra += added.length + Math.min(strange, 6) * 0.5;
      if (!isCut && (lostMaterial || addedMaterial || (lostNumber && addedNumber))) material.push({ from: fileAt, to: fileTo });
    }
    if (isEnd) break;
    const size = blocks[block + 2] as number;
    for (let at = start + textTo; at < start + textTo + size; at += 1) {
      if (freedom[at] === 0) matched += 1;
      else optional += 1;
    }
    fileAt = fileTo + size;
    textAt = textTo + size;
  }
  const net = matched + optional * 0.98 - missing * 2 - extra * 1.5 - material.length * 15;
  return { alignment, needed, matched, optional, missing, extra, material, net };
};
