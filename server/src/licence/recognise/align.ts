import { gramLength } from './grams.ts';
import { free, weight } from './index-file.ts';
import type { LicenceIndex } from './index-file.ts';
import type { Candidate } from './candidates.ts';
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

/** Hits of one text whose distance between file and text differs by more than this belong to two copies of it. */
const slackShare = 0.3;
const leastSlack = 90;
/** Lengths of a text in which two copies of it cannot stand. */
const roomForOne = 1.5;
/** Most copies of one text in one file. */
const mostCopies = 12;
/** Most runs that are put in a chain: the cost is quadratic. */
const mostRuns = 400;
/** Most cells of a table that is filled to align a gap as a whole. */
const mostCells = 6_000;
/** Share of the words that have to be there that stand in runs as long as a gram; below it the text is another. */
const leastInRuns = 0.4;
/** Words of the text, and of the file, that are looked at beside a block: a longer stretch without an equal gram has few equal words. */
const reach = 28;
const fileReach = 44;

interface Run {
  readonly file: number;
  readonly text: number;
  readonly length: number;
}

/** The token streams of a file and a text. */
interface Pair {
  readonly file: Uint16Array;
  readonly count: number;
  readonly text: Uint16Array;
  readonly length: number;
  readonly freedom: Uint8Array;
  readonly room: Uint8Array;
  readonly weights: Uint8Array;
}

/** The longest equal run through a pair of places that are known to be equal. */
const runThrough = (pair: Pair, file: number, text: number): Run => {
  let from = 0;
  while (file - from > 0 && text - from > 0 && pair.file[file - from - 1] === pair.text[text - from - 1] && pair.file[file - from - 1] !== 0) from += 1;
  let to = 0;
  while (file + to < pair.count && text + to < pair.length && pair.file[file + to] === pair.text[text + to] && pair.file[file + to] !== 0) to += 1;
  return { file: file - from, text: text - from, length: from + to };
};

/** Hits of one copy: those whose distance between file and text stays about the same. */
const copiesOf = (places: Uint32Array, length: number): readonly (readonly number[])[] => {
  // Where there is room for one copy, the chain tells which hits belong to it: texts made of several like ones have many that do not.
  const span = (places[places.length - 2] ?? 0) - (places[0] ?? 0);
  if (span <= length * roomForOne) return [Array.from({ length: places.length / 2 }, (_, at) => at * 2)];
  const slack = Math.max(leastSlack, Math.floor(length * slackShare));
  const copies: { readonly hits: number[]; diagonal: number }[] = [];
  for (let at = 0; at + 1 < places.length; at += 2) {
    const diagonal = (places[at] as number) - (places[at + 1] as number);
    let nearest: (typeof copies)[number] | undefined;
    for (const copy of copies) {
      if (Math.abs(copy.diagonal - diagonal) <= slack && (!nearest || Math.abs(copy.diagonal - diagonal) < Math.abs(nearest.diagonal - diagonal)))
        nearest = copy;
    }
    if (nearest) {
      nearest.hits.push(at);
      // A short word-for-word repetition elsewhere in the text must not pull the whole copy after it.
      nearest.diagonal = nearest.hits.length < 4 ? diagonal : Math.round((nearest.diagonal * 3 + diagonal) / 4);
    } else if (copies.length < mostCopies) copies.push({ hits: [at], diagonal });
  }
  return copies.map((copy) => copy.hits);
};

const runsOf = (pair: Pair, places: Uint32Array, hits: readonly number[]): readonly Run[] => {
  const runs: Run[] = [];
  const ends = new Map<number, number>();
  for (const at of hits) {
    const file = places[at] as number;
    const text = places[at + 1] as number;
    const diagonal = file - text;
    if ((ends.get(diagonal) ?? -1) > file) continue;
    const run = runThrough(pair, file, text);
    if (run.length < gramLength) continue;
    ends.set(diagonal, run.file + run.length);
    runs.push(run);
    if (runs.length >= mostRuns) break;
  }
  return runs.toSorted((a, b) => a.file - b.file || a.text - b.text);
};

/** The chain of runs, in order in file and text, that has most words. */
const chain = (runs: readonly Run[]): readonly Run[] => {
  if (runs.length < 2) return runs;
  const best = runs.map((run) => run.length);
  const previous = runs.map(() => -1);
  let last = 0;
  for (let i = 0; i < runs.length; i += 1) {
    const run = runs[i] as Run;
    for (let j = i - 1; j >= 0; j -= 1) {
      const other = runs[j] as Run;
      if (other.file >= run.file || other.text >= run.text) continue;
      const overlap = Math.max(0, other.file + other.length - run.file, other.text + other.length - run.text);
      const gain = (best[j] as number) + run.length - overlap;
      if (overlap < run.length && gain > (best[i] as number)) {
        best[i] = gain;
        previous[i] = j;
      }
    }
    if ((best[i] as number) > (best[last] as number)) last = i;
  }
  const out: Run[] = [];
  for (let at = last; at >= 0; at = previous[at] as number) out.push(runs[at] as Run);
  out.reverse();
  const trimmed: Run[] = [];
  for (const run of out) {
    const before = trimmed.at(-1);
    const overlap = before ? Math.max(0, before.file + before.length - run.file, before.text + before.length - run.text) : 0;
    if (run.length > overlap) trimmed.push({ file: run.file + overlap, text: run.text + overlap, length: run.length - overlap });
  }
  return trimmed;
};

/** By word id: the last call of `equalWords` whose stretch of the text has it. */
const seenIn = new Uint32Array(65_536);
let call = 0;
/** Numbers of the file's words that the stretch of the text has at all: only these are rows of the table. */
let rows = new Uint32Array(1 << 10);
let scores = new Int32Array(1 << 12);
let moves = new Uint8Array(1 << 12);

/**
 * Equal words of a stretch of the file and one of the text, as pairs in order. With `open` the stretches need not be used up: the best
 * beginning counts, read in steps of `step` (-1: from the end backwards).
 */
const equalWords = (
  pair: Pair,
  fileAt: number,
  fileLength: number,
  textAt: number,
  textLength: number,
  step: 1 | -1,
  open: boolean,
): readonly (readonly [number, number])[] => {
  if (fileLength <= 0 || textLength <= 0) return [];
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
  if (count < 2) return [];
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
  const pairs: (readonly [number, number])[] = [];
  let at = open ? best : cells - 1;
  while (at > 0) {
    const move = moves[at];
    if (move === 3) {
      const i = Math.floor(at / width) - 1;
      const j = (at % width) - 1;
      pairs.push([fileAt + (rows[i + 1] as number) * step, textAt + j * step]);
      at -= width + 1;
    } else if (move === 1) at -= width;
    else at -= 1;
  }
  return step === 1 ? pairs.reverse() : pairs;
};

/** Aligns one copy of a text, of which some hits are known; undefined where too little of it is there. */
const alignCopy = (pair: Pair, text: number, places: Uint32Array, hits: readonly number[], needed: number): Alignment | undefined => {
  const runs = chain(runsOf(pair, places, hits));
  const [first] = runs;
  const last = runs.at(-1);
  if (!first || !last || runs.reduce((sum, run) => sum + run.length, 0) < needed * leastInRuns) return undefined;
  const blocks: number[] = [];
  const put = (file: number, at: number, length: number): void => {
    const end = blocks.length;
    if (end > 0 && (blocks[end - 3] as number) + (blocks[end - 1] as number) === file && (blocks[end - 2] as number) + (blocks[end - 1] as number) === at) {
      blocks[end - 1] = (blocks[end - 1] as number) + length;
    } else blocks.push(file, at, length);
  };
  const putAll = (pairs: readonly (readonly [number, number])[]): void => {
    for (const [file, at] of pairs) put(file, at, 1);
  };
  putAll(equalWords(pair, first.file - 1, Math.min(first.file, fileReach), first.text - 1, Math.min(first.text, reach), -1, true));
  runs.forEach((run, number) => {
    put(run.file, run.text, run.length);
    const next = runs[number + 1];
    if (!next) return;
    const file = run.file + run.length;
    const at = run.text + run.length;
    const fileLength = next.file - file;
    const textLength = next.text - at;
    if (fileLength * textLength <= mostCells) {
      putAll(equalWords(pair, file, fileLength, at, textLength, 1, false));
      return;
    }
    const behind = equalWords(pair, file, Math.min(fileLength, fileReach), at, Math.min(textLength, reach), 1, true);
    const [fileTo, textTo] = behind.at(-1) ?? [file - 1, at - 1];
    putAll(behind);
    putAll(equalWords(pair, next.file - 1, Math.min(next.file - fileTo - 1, fileReach), next.text - 1, Math.min(next.text - textTo - 1, reach), -1, true));
  });
  const fileEnd = last.file + last.length;
  const textEnd = last.text + last.length;
  putAll(equalWords(pair, fileEnd, Math.min(pair.count - fileEnd, fileReach), textEnd, Math.min(pair.length - textEnd, reach), 1, true));
  const end = blocks.length;
  return { text, from: blocks[0] as number, to: (blocks[end - 3] as number) + (blocks[end - 1] as number), hits: hits.length, blocks: Int32Array.from(blocks) };
};

/** Every copy of a candidate in a file. */
export const alignCandidate = (tokens: Tokens, index: LicenceIndex, candidate: Candidate, leastHits: number): readonly Alignment[] => {
  const { text, places } = candidate;
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
  for (const hits of copiesOf(places, pair.length)) {
    if (hits.length < leastHits) continue;
    const alignment = alignCopy(pair, text, places, hits, index.neededOf[text] as number);
    if (alignment) out.push(alignment);
  }
  return out;
};
