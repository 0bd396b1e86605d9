import { gramLength } from './grams.ts';
import type { Places } from './candidates.ts';

/** Hits of one text whose distance between file and text differs by more than this belong to two copies of it. */
const slackShare = 0.3;
const leastSlack = 90;
/** Lengths of a text in which two copies of it cannot stand. */
const roomForOne = 1.5;
/** Most copies of one text in one file. */
const mostCopies = 12;
/** Most runs that are put in a chain: the cost is quadratic. */
const mostRuns = 400;

/** The token streams of a file and a text. */
export interface Pair {
  readonly file: Uint16Array;
  readonly count: number;
  readonly text: Uint16Array;
  readonly length: number;
  readonly freedom: Uint8Array;
  readonly room: Uint8Array;
  readonly weights: Uint8Array;
}

/** By place: the copy that it belongs to; and by copy, how many places it has, and where it lies now. */
let copyOf = new Uint8Array(1 << 12);
export const sizes = new Int32Array(mostCopies);
const diagonals = new Int32Array(mostCopies);
const noCopy = 255;

/** Tells the copies apart: the places of one have about the same distance between file and text. Answers how many there are. */
export const findCopies = ({ count, files, tokens }: Places, length: number): number => {
  if (copyOf.length < count) copyOf = new Uint8Array(count * 2);
  // Where there is room for one copy, the chain tells which places belong to it: texts made of several like ones have many that do not.
  if ((files[count - 1] as number) - (files[0] as number) <= length * roomForOne) {
    copyOf.fill(0, 0, count);
    sizes[0] = count;
    return 1;
  }
  const slack = Math.max(leastSlack, Math.floor(length * slackShare));
  let copies = 0;
  for (let at = 0; at < count; at += 1) {
    const diagonal = (files[at] as number) - (tokens[at] as number);
    let nearest = -1;
    let least = slack + 1;
    for (let copy = 0; copy < copies; copy += 1) {
      const distance = Math.abs((diagonals[copy] as number) - diagonal);
      if (distance < least) {
        least = distance;
        nearest = copy;
      }
    }
    if (nearest < 0 && copies < mostCopies) {
      nearest = copies;
      copies += 1;
      sizes[nearest] = 0;
    }
    if (nearest < 0) copyOf[at] = noCopy;
    else {
      copyOf[at] = nearest;
      sizes[nearest] = (sizes[nearest] as number) + 1;
      // A short word-for-word repetition elsewhere in the text must not pull the whole copy after it.
      diagonals[nearest] = (sizes[nearest] as number) < 4 ? diagonal : Math.round(((diagonals[nearest] as number) * 3 + diagonal) / 4);
    }
  }
  return copies;
};

/** Runs of equal words: where each begins in the file and in the text, and how long it is. In arrays that are used again. */
export const runFiles = new Int32Array(mostRuns);
export const runTexts = new Int32Array(mostRuns);
export const runLengths = new Int32Array(mostRuns);
/** By run: the words of the best chain that ends with it, and the run before it there. */
const chainWords = new Int32Array(mostRuns);
const chainBefore = new Int32Array(mostRuns);

/** Finds the longest equal runs through the places of one copy, in the order of the file. Answers how many there are. */
export const findRuns = (pair: Pair, { count, files, tokens }: Places, copy: number): number => {
  const { file, text } = pair;
  let runs = 0;
  for (let at = 0; at < count && runs < mostRuns; at += 1) {
    if (copyOf[at] !== copy) continue;
    const inFile = files[at] as number;
    const inText = tokens[at] as number;
    let isKnown = false;
    for (let run = runs - 1; run >= 0 && !isKnown; run -= 1) {
      isKnown = (runFiles[run] as number) - (runTexts[run] as number) === inFile - inText && (runFiles[run] as number) + (runLengths[run] as number) > inFile;
    }
    if (isKnown) continue;
    let from = 0;
    while (inFile > from && inText > from && file[inFile - from - 1] === text[inText - from - 1] && file[inFile - from - 1] !== 0) from += 1;
    let to = 0;
    while (inFile + to < pair.count && inText + to < pair.length && file[inFile + to] === text[inText + to] && file[inFile + to] !== 0) to += 1;
    if (from + to < gramLength) continue;
    const begin = inFile - from;
    let place = runs;
    while (place > 0 && ((runFiles[place - 1] as number) > begin || (runFiles[place - 1] === begin && (runTexts[place - 1] as number) > inText - from))) {
      runFiles[place] = runFiles[place - 1] as number;
      runTexts[place] = runTexts[place - 1] as number;
      runLengths[place] = runLengths[place - 1] as number;
      place -= 1;
    }
    runFiles[place] = begin;
    runTexts[place] = inText - from;
    runLengths[place] = from + to;
    runs += 1;
  }
  return runs;
};

/** Leaves of the runs the chain, in order in file and text, that has most words; no two of it overlap. Answers how many are left. */
export const chain = (runs: number): number => {
  if (runs < 2) return runs;
  let last = 0;
  for (let i = 0; i < runs; i += 1) {
    const inFile = runFiles[i] as number;
    const inText = runTexts[i] as number;
    const length = runLengths[i] as number;
    let best = length;
    let before = -1;
    for (let j = i - 1; j >= 0; j -= 1) {
      if ((runFiles[j] as number) >= inFile || (runTexts[j] as number) >= inText) continue;
      const size = runLengths[j] as number;
      const overlap = Math.max(0, (runFiles[j] as number) + size - inFile, (runTexts[j] as number) + size - inText);
      const gain = (chainWords[j] as number) + length - overlap;
      if (overlap < length && gain > best) {
        best = gain;
        before = j;
      }
    }
    chainWords[i] = best;
    chainBefore[i] = before;
    if (best > (chainWords[last] as number)) last = i;
  }
  let links = 0;
  for (let at = last; at >= 0; at = chainBefore[at] as number) links += 1;
  // The chain's runs have rising numbers, so each can be put at its place from behind: none is needed after it is written over.
  let place = links;
  for (let at = last; at >= 0; at = chainBefore[at] as number) {
    place -= 1;
    chainWords[place] = at;
  }
  let kept = 0;
  for (let link = 0; link < links; link += 1) {
    const run = chainWords[link] as number;
    const inFile = runFiles[run] as number;
    const inText = runTexts[run] as number;
    const length = runLengths[run] as number;
    const size = kept > 0 ? (runLengths[kept - 1] as number) : 0;
    const overlap = kept > 0 ? Math.max(0, (runFiles[kept - 1] as number) + size - inFile, (runTexts[kept - 1] as number) + size - inText) : 0;
    if (length <= overlap) continue;
    runFiles[kept] = inFile + overlap;
    runTexts[kept] = inText + overlap;
    runLengths[kept] = length - overlap;
    kept += 1;
  }
  return kept;
};
