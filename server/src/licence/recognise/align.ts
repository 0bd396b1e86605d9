import { free, weight } from './index-file.ts';
import type { LicenceIndex } from './index-file.ts';
import type { Places } from './candidates.ts';
import { chain, findCopies, findRuns, runFiles, runLengths, runTexts, sizes } from './runs.ts';
import type { Pair } from './runs.ts';
import type { Tokens } from './tokens.ts';

/** How a known text lies in a file: equal blocks, in order, and what is between them. */
export interface Alignment {
  readonly text: number;
  /** Tokens of the file, the end exclusive. */
  readonly from: number;
  readonly to: number;
  /** Kept grams that both have. */
  readonly hits: number;
  /** Triples: first token in the file, first token in the text, how many are equal. */
  readonly blocks: Int32Array;
}

/** Most cells of a table that is filled to align a gap as a whole. */
const mostCells = 6_000;
/** Share of the words that have to be there that stand in runs as long as a gram; below it the text is another. */
const leastInRuns = 0.4;
/** Share of the words that are in no run that an alignment gains at most, by what it finds and by what it then lacks. */
const mostBetween = 0.2;
/** Words of the text, and of the file, that are looked at beside a block: a longer stretch without an equal gram has few equal words. */
const reach = 28;
const fileReach = 44;

/** By word id: the last call of `equalWords` whose stretch of the text has it. */
const seenIn = new Uint32Array(65_536);
let call = 0;
/** Numbers of the file's words that the stretch of the text has at all: only these are rows of the table. */
let rows = new Uint32Array(1 << 10);
let scores = new Int32Array(1 << 12);
let moves = new Uint8Array(1 << 12);

/** Blocks of the alignment that is being made: triples as in `Alignment`. */
let blocks = new Int32Array(1 << 12);
let blocksEnd = 0;

const put = (file: number, text: number, length: number): void => {
  const end = blocksEnd;
  if (end > 0 && (blocks[end - 3] as number) + (blocks[end - 1] as number) === file && (blocks[end - 2] as number) + (blocks[end - 1] as number) === text) {
    blocks[end - 1] = (blocks[end - 1] as number) + length;
    return;
  }
  if (end + 3 > blocks.length) {
    const wider = new Int32Array(blocks.length * 2);
    wider.set(blocks);
    blocks = wider;
  }
  blocks[end] = file;
  blocks[end + 1] = text;
  blocks[end + 2] = length;
  blocksEnd = end + 3;
};

/** Pairs of equal words on the way through the table, from its end to its beginning. */
const pairFiles = new Int32Array(1 << 12);
const pairTexts = new Int32Array(1 << 12);

/**
 * Puts the equal words of a stretch of the file and one of the text into the blocks. With `open` the stretches need not be used up: the best
 * beginning counts, read in steps of `step` (-1: from the end backwards).
 */
const equalWords = (pair: Pair, fileAt: number, fileLength: number, textAt: number, textLength: number, step: 1 | -1, open: boolean): void => {
  if (fileLength <= 0 || textLength <= 0) return;
  const { file, text, freedom, room, weights } = pair;
  call += 1;
  for (let j = 0; j < textLength; j += 1) seenIn[text[textAt + j * step] as number] = call;
  if (rows.length < fileLength + 1) rows = new Uint32Array(fileLength * 2);
  let count = 0;
  for (let i = 0; i < fileLength; i += 1) {
    const id = file[fileAt + i * step] as number;
    if (id === 0 || seenIn[id] !== call) continue;
    count += 1;
    rows[count] = i;
  }
  // One word that stands alone between others says nothing.
  if (count < 2) return;
  const width = textLength + 1;
  const cells = (count + 1) * width;
  if (scores.length < cells) {
    scores = new Int32Array(cells);
    moves = new Uint8Array(cells);
  }
  scores[0] = 0;
  for (let j = 1; j <= textLength; j += 1) {
    scores[j] = (scores[j - 1] as number) - (freedom[textAt + (j - 1) * step] === 0 ? 2 : 0);
    moves[j] = 2;
  }
  let best = 0;
  let passed = -1;
  for (let i = 1; i <= count; i += 1) {
    const number = rows[i] as number;
    const skipped = (number - passed - 1) * 2;
    passed = number;
    const id = file[fileAt + number * step] as number;
    const row = i * width;
    const gain = ((weights[id] as number) & weight.joining) !== 0 ? 2 : 4;
    const above = row - width;
    // A place before a token of the text: read backwards, that token was passed one step earlier.
    const isOpenFirst = (room[step === 1 ? textAt : textAt + 1] as number) > 0;
    scores[row] = (scores[above] as number) - (isOpenFirst ? 0 : skipped + 2);
    moves[row] = 1;
    for (let j = 1; j <= textLength; j += 1) {
      const at = textAt + (j - 1) * step;
      const isOpen = (room[step === 1 ? at + 1 : at] as number) > 0 || ((freedom[at] as number) & free.variable) !== 0;
      let score = (scores[above + j] as number) - (isOpen ? 0 : skipped + 2);
      let move = 1;
      const left = (scores[row + j - 1] as number) - (freedom[at] === 0 ? 2 : 0);
      if (left > score) {
        score = left;
        move = 2;
      }
      if (id === text[at]) {
        const both = (scores[above + j - 1] as number) + gain - (isOpen ? 0 : skipped);
        if (both >= score) {
          score = both;
          move = 3;
        }
      }
      scores[row + j] = score;
      moves[row + j] = move;
      if (open && score > (scores[best] as number)) best = row + j;
    }
  }
  let pairs = 0;
  let at = open ? best : cells - 1;
  while (at > 0) {
    const move = moves[at];
    if (move === 3) {
      const i = Math.floor(at / width) - 1;
      const j = (at % width) - 1;
      pairFiles[pairs] = fileAt + (rows[i + 1] as number) * step;
      pairTexts[pairs] = textAt + j * step;
      pairs += 1;
      at -= width + 1;
    } else if (move === 1) at -= width;
    else at -= 1;
  }
  // Read backwards, the table begins at the end of the stretches.
  if (step === -1) for (let way = 0; way < pairs; way += 1) put(pairFiles[way] as number, pairTexts[way] as number, 1);
  else for (let way = pairs - 1; way >= 0; way -= 1) put(pairFiles[way] as number, pairTexts[way] as number, 1);
};

/** What a better explanation of a stretch of the file is worth: an alignment that cannot reach it is not finished. */
export type FloorOf = (from: number, to: number) => number;

/** Aligns one copy of a text, of which some places are known; undefined where too little of it is there. */
const alignCopy = (pair: Pair, text: number, places: Places, copy: number, needed: number, floorOf: FloorOf): Alignment | undefined => {
  const runs = chain(findRuns(pair, places, copy));
  let words = 0;
  for (let run = 0; run < runs; run += 1) words += runLengths[run] as number;
  if (runs === 0 || words < needed * leastInRuns) return undefined;
  const firstFile = runFiles[0] as number;
  const floor = floorOf(firstFile, (runFiles[runs - 1] as number) + (runLengths[runs - 1] as number));
  if (words + Math.max(0, needed - words) * mostBetween < floor) return undefined;
  blocksEnd = 0;
  const firstText = runTexts[0] as number;
  equalWords(pair, firstFile - 1, Math.min(firstFile, fileReach), firstText - 1, Math.min(firstText, reach), -1, true);
  for (let run = 0; run + 1 < runs; run += 1) {
    const length = runLengths[run] as number;
    put(runFiles[run] as number, runTexts[run] as number, length);
    const file = (runFiles[run] as number) + length;
    const at = (runTexts[run] as number) + length;
    const nextFile = runFiles[run + 1] as number;
    const nextText = runTexts[run + 1] as number;
    if ((nextFile - file) * (nextText - at) <= mostCells) {
      equalWords(pair, file, nextFile - file, at, nextText - at, 1, false);
      continue;
    }
    equalWords(pair, file, Math.min(nextFile - file, fileReach), at, Math.min(nextText - at, reach), 1, true);
    // What the words before it have used up is gone.
    const fileTo = (blocks[blocksEnd - 3] as number) + (blocks[blocksEnd - 1] as number);
    const textTo = (blocks[blocksEnd - 2] as number) + (blocks[blocksEnd - 1] as number);
    equalWords(pair, nextFile - 1, Math.min(nextFile - fileTo, fileReach), nextText - 1, Math.min(nextText - textTo, reach), -1, true);
  }
  const lastLength = runLengths[runs - 1] as number;
  const fileEnd = (runFiles[runs - 1] as number) + lastLength;
  const textEnd = (runTexts[runs - 1] as number) + lastLength;
  put(fileEnd - lastLength, textEnd - lastLength, lastLength);
  equalWords(pair, fileEnd, Math.min(pair.count - fileEnd, fileReach), textEnd, Math.min(pair.length - textEnd, reach), 1, true);
  return {
    text,
    from: blocks[0] as number,
    to: (blocks[blocksEnd - 3] as number) + (blocks[blocksEnd - 1] as number),
    hits: sizes[copy] as number,
    blocks: blocks.slice(0, blocksEnd),
  };
};

/** Every copy of a candidate in a file. */
export const alignCandidate = (
  tokens: Tokens,
  index: LicenceIndex,
  text: number,
  places: Places,
  leastHits: number,
  floorOf: FloorOf,
): readonly Alignment[] => {
  const from = index.starts[text] as number;
  const to = (index.starts[text + 1] as number) - 1;
  const pair: Pair = {
    file: tokens.ids,
    count: tokens.count,
    text: index.tokens.subarray(from, to),
    length: to - from,
    freedom: index.freedom.subarray(from, to + 1),
    room: index.room.subarray(from, to + 1),
    weights: index.weights,
  };
  const out: Alignment[] = [];
  const copies = findCopies(places, pair.length);
  for (let copy = 0; copy < copies; copy += 1) {
    if ((sizes[copy] as number) < leastHits) continue;
    const alignment = alignCopy(pair, text, places, copy, index.neededOf[text] as number, floorOf);
    if (alignment) out.push(alignment);
  }
  return out;
};
