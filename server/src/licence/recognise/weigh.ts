import type { Alignment } from './align.ts';
import { free, weight } from './index-file.ts';
import type { LicenceIndex } from './index-file.ts';
import { isEmptyPhrase, keyWordsOf, nothing, tellingWords, unusual, without } from './telling.ts';
import type { KeyWords } from './telling.ts';
import type { Tokens } from './tokens.ts';

/** A place at which a file and a known text differ in a way that may change what is permitted. */
export interface Difference {
  /** Tokens of the file, the end exclusive; both the same where words were taken out. */
  readonly from: number;
  readonly to: number;
  /** Words of the text that are not there; absent where some were put in. */
  readonly lost?: { readonly words: number; readonly negation: boolean };
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
/** Words from which on what stands last is a note on the text; in a shorter one a sentence with a "not" there is a condition of it. */
const longText = 400;
/** Words of a text that may be there before what is cut from its beginning: they are its title. */
const titleWords = 12;

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

const hasOtherNumber = (index: LicenceIndex, from: number, to: number, known: readonly number[]): boolean => {
  for (let at = from; at < to; at += 1) {
    const id = index.tokens[at] as number;
    if (((index.weights[id] as number) & weight.number) !== 0 && !known.includes(id)) return true;
  }
  return false;
};

/** A stretch in which file and text differ: tokens of both, the ends exclusive. */
interface Gap {
  readonly fileFrom: number;
  readonly fileTo: number;
  readonly textFrom: number;
  readonly textTo: number;
  /** It stands before the first or behind the last of the text's own words: titles and notes there are none of it. */
  readonly around: boolean;
  readonly beforeBody: boolean;
  /** It leaves out the beginning or the end of the text. */
  readonly atHead: boolean;
  readonly atTail: boolean;
}

interface GapWeight {
  readonly missing: number;
  readonly extra: number;
  readonly material: boolean;
  readonly lost: { readonly words: number; readonly negation: boolean };
}

/** Most words that may stand in a gap, by the variable parts of the text there. */
const spaceIn = (gap: Gap, index: LicenceIndex): number => {
  const { room, freedom } = index;
  let space = 0;
  for (let at = gap.textFrom; at <= gap.textTo; at += 1) {
    if (at === gap.textTo && gap.fileTo === gap.fileFrom) break;
    space = Math.max(space, room[at] as number);
  }
  // Replaced words of a variable part may have equal words among them, so that the room is behind the block.
  for (let at = gap.textFrom - 1; space === 0 && at >= 0 && ((freedom[at] as number) & free.variable) !== 0; at -= 1) space = room[at] as number;
  return space;
};

const has = (ids: readonly number[], index: LicenceIndex, bits: number): boolean => ids.some((id) => ((index.weights[id] as number) & bits) !== 0);

/** "With or without X" has become "without X". */
const losesChoice = (gap: Gap, index: LicenceIndex, words: KeyWords): boolean =>
  gap.textTo - gap.textFrom === 2 &&
  gap.fileTo === gap.fileFrom &&
  index.tokens[gap.textFrom] === words.with &&
  index.tokens[gap.textFrom + 1] === words.or &&
  index.tokens[gap.textTo] === words.without;

/** Words of a text in which its title stands, and words of a title. */
const headWords = 40;
const longestTitle = 8;

/** The title of the text, once more in its middle: before "Terms", say, when its parameters stand first. */
const isTitleAgain = ({ textFrom, textTo }: Gap, added: readonly number[], start: number, index: LicenceIndex): boolean =>
  textFrom === textTo &&
  added.length > 0 &&
  added.length <= longestTitle &&
  textFrom - start < headWords * 2 &&
  !has(added, index, weight.condition | weight.negation) &&
  added.every((id) => index.tokens.subarray(start, start + headWords).includes(id));

const weighGap = (gap: Gap, needed: number, start: number, tokens: Tokens, index: LicenceIndex, words: KeyWords): GapWeight => {
  const { fileFrom, fileTo, textFrom, textTo } = gap;
  const gone: number[] = [];
  for (let at = textFrom; at < textTo; at += 1) {
    const id = index.tokens[at] as number;
    if (index.freedom[at] === 0 && ((index.weights[id] as number) & weight.joining) === 0) gone.push(id);
  }
  const space = spaceIn(gap, index);
  const inside = gap.around || (space > 0 && fileTo - fileFrom <= space);
  const there = fileTo === fileFrom ? nothing : tellingWords(tokens, index, fileFrom, fileTo, words, new Set(gone), space > 0);
  const lost = without(gone, there.known);
  const others = gap.around ? [] : inside ? unusual(there.known, index, textFrom, textTo, space) : without(there.known, gone);
  const added = isTitleAgain(gap, others, start, index) ? [] : others;
  const strange = inside ? 0 : there.unknown;
  const isCut =
    lost.length <= needed * mostCut &&
    ((gap.atTail && lost.length >= leastTail && (needed >= longText || !has(lost, index, weight.negation))) || (gap.atHead && lost.length >= leastHead));
  // Two texts may differ in nothing but the version in their titles.
  const otherTitle = gap.beforeBody && has(there.known, index, weight.number) && hasOtherNumber(index, textFrom, textTo, there.known);
  const isMaterial =
    (!isEmptyPhrase(lost, words) && has(lost, index, weight.material)) ||
    has(added, index, weight.material | weight.negation) ||
    (has(lost, index, weight.number) && (strange > 0 || has(added, index, weight.number))) ||
    losesChoice(gap, index, words);
  return {
    missing: isCut ? cutCost + lost.length * 0.05 : lost.length,
    extra: added.length + Math.min(strange, 6) * 0.5 + (otherTitle ? 3 : 0),
    material: !isCut && isMaterial,
    lost: { words: lost.length, negation: has(lost, index, weight.negation) },
  };
};

/** Weighs an alignment: what is missing, what is too much, and which of it is material. */
export const weigh = (alignment: Alignment, tokens: Tokens, index: LicenceIndex): Weighed => {
  const words = keyWordsOf(index.vocabulary);
  const { text, blocks } = alignment;
  const start = index.starts[text] as number;
  const end = (index.starts[text + 1] as number) - 1;
  const needed = index.neededOf[text] as number;
  const { first, last } = bodyOf(alignment, start, index.freedom);
  const material: Difference[] = [];
  let matched = 0;
  let optional = 0;
  let missing = 0;
  let extra = 0;
  let fileFrom = alignment.from;
  let textFrom = start;
  for (let block = 0; block <= blocks.length; block += 3) {
    const atTail = block === blocks.length;
    const fileTo = atTail ? alignment.to : (blocks[block] as number);
    const textTo = atTail ? end : start + (blocks[block + 1] as number);
    if (fileTo > fileFrom || textTo > textFrom) {
      // A few words of the title may stand before what was cut.
      const gap = {
        fileFrom,
        fileTo,
        textFrom,
        textTo,
        around: fileTo <= first || fileFrom > last,
        beforeBody: fileTo <= first,
        atHead: matched <= titleWords,
        atTail,
      };
      const weighed = weighGap(gap, needed, start, tokens, index, words);
      missing += weighed.missing;
      extra += weighed.extra;
      if (weighed.material) material.push({ from: fileFrom, to: fileTo, ...(fileFrom === fileTo ? { lost: weighed.lost } : {}) });
    }
    if (atTail) break;
    const size = blocks[block + 2] as number;
    for (let at = textTo; at < textTo + size; at += 1) {
      if (index.freedom[at] === 0) matched += 1;
      else optional += 1;
    }
    fileFrom = fileTo + size;
    textFrom = textTo + size;
  }
  const net = matched + optional * 0.98 - missing * 2 - extra * 1.5 - material.length * 15;
  return { alignment, needed, matched, optional, missing, extra, material, net };
};
