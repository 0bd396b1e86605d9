import { gramHashes, gramLength, gramWindow } from './grams.ts';
import { gramBitShift } from './index-file.ts';
import type { LicenceIndex } from './index-file.ts';
import type { Tokens } from './tokens.ts';

/** A known text that shares grams with a part of a file. */
export interface Candidate {
  readonly text: number;
  /** Pairs of token numbers, in the file and in the text, at which both have the same gram; in the order of the file. */
  readonly places: Uint32Array;
}

/** Texts that share grams with a file, those that share most first. Their places are told one by one, since few are asked for. */
export interface Candidates {
  readonly count: number;
  readonly textOf: (number: number) => number;
  /** Grams that the text has in common with the file. */
  readonly sharedOf: (number: number) => number;
  readonly get: (number: number) => Candidate;
}

/** Grams that two texts share of all kept ones of the known text, in hundredths, below which it is no candidate. */
const leastShare = 30;
/** Tokens between two grams that winnowing keeps. */
const tokensPerGram = 4;
/** Most candidates of one file, and one more for so many tokens: a file with more texts is a collection. */
const mostCandidates = 400;
const tokensPerCandidate = 40;
/** Hits of one file that are kept. */
const mostHits = 400_000;

interface Scratch {
  hashes: Int32Array;
  /** By hit: the token of the text, the gram's number in the file, and the hit of the same text before it. */
  tokens: Uint16Array;
  files: Uint32Array;
  previous: Int32Array;
  /** By text: hits, and the last of them. */
  votes: Uint32Array;
  last: Int32Array;
  touched: Uint32Array;
}
const scratch: Scratch = {
  hashes: new Int32Array(1 << 14),
  tokens: new Uint16Array(1 << 15),
  files: new Uint32Array(1 << 15),
  previous: new Int32Array(1 << 15),
  votes: new Uint32Array(0),
  last: new Int32Array(0),
  touched: new Uint32Array(0),
};

const grow = (): void => {
  const wider = scratch.tokens.length * 2;
  const tokens = new Uint16Array(wider);
  tokens.set(scratch.tokens);
  const files = new Uint32Array(wider);
  files.set(scratch.files);
  const previous = new Int32Array(wider);
  previous.set(scratch.previous);
  Object.assign(scratch, { tokens, files, previous });
};

/** Looks up the grams of a stream. Answers the number of texts that have one. */
const findHits = (tokens: Tokens, index: LicenceIndex): number => {
  const { gramHashes: table, gramNumbers, gramStarts, postingTexts, postingTokens, gramBits } = index;
  if (scratch.hashes.length < tokens.count + 1) scratch.hashes = new Int32Array(tokens.count * 2);
  const { hashes, votes, last, touched } = scratch;
  const grams = gramHashes(tokens.ids, tokens.count, hashes);
  const mask = table.length - 1;
  let hits = 0;
  let texts = 0;
  for (let at = 0; at < grams; at += 1) {
    const hash = hashes[at] as number;
    const bit = hash >>> gramBitShift;
    if (((gramBits[bit >>> 5] as number) & (1 << (bit & 31))) === 0) continue;
    let slot = hash & mask;
    let found = table[slot] as number;
    while (found !== hash && found !== 0) {
      slot = (slot + 1) & mask;
      found = table[slot] as number;
    }
    if (found === 0) continue;
    const gram = gramNumbers[slot] as number;
    const from = gramStarts[gram] as number;
    const to = gramStarts[gram + 1] as number;
    while (hits + to - from > scratch.tokens.length) grow();
    const { tokens: into, files, previous } = scratch;
    for (let posting = from; posting < to; posting += 1) {
      const text = postingTexts[posting] as number;
      into[hits] = postingTokens[posting] as number;
      files[hits] = at;
      if (votes[text] === 0) {
        touched[texts] = text;
        texts += 1;
        last[text] = -1;
      }
      previous[hits] = last[text] as number;
      last[text] = hits;
      votes[text] = (votes[text] as number) + 1;
      hits += 1;
    }
    if (hits > mostHits) break;
  }
  return texts;
};

/** The known texts that share enough grams with a file. Valid until the next call. */
export const findCandidates = (tokens: Tokens, index: LicenceIndex): Candidates => {
  const texts = index.licenceOf.length;
  if (scratch.votes.length < texts) {
    scratch.votes = new Uint32Array(texts);
    scratch.last = new Int32Array(texts);
    scratch.touched = new Uint32Array(texts);
  }
  const { votes, last, touched } = scratch;
  const found = tokens.count < gramLength ? 0 : findHits(tokens, index);
  const chosen: number[] = [];
  for (let number = 0; number < found; number += 1) {
    const text = touched[number] as number;
    const count = votes[text] as number;
    // Of a text with many variable parts, few grams can be there.
    const grams = Math.max(1, Math.min(index.gramsOf[text] as number, Math.floor((index.neededOf[text] as number) / tokensPerGram)));
    // Text and votes in one number, so that the sort compares numbers.
    if (count * 100 >= grams * leastShare && (count > 1 || grams <= gramWindow)) chosen.push(count * 65_536 + (65_535 - text));
    votes[text] = 0;
  }
  chosen.sort((a, b) => b - a);
  const textOf = (number: number): number => 65_535 - ((chosen[number] ?? 0) % 65_536);
  const sharedOf = (number: number): number => Math.floor((chosen[number] ?? 0) / 65_536);
  return {
    count: Math.min(chosen.length, mostCandidates + Math.floor(tokens.count / tokensPerCandidate)),
    textOf,
    sharedOf,
    get: (number) => {
      const text = textOf(number);
      const shared = sharedOf(number);
      const places = new Uint32Array(shared * 2);
      let hit = last[text] as number;
      for (let at = shared - 1; at >= 0 && hit >= 0; at -= 1) {
        places[at * 2] = scratch.files[hit] as number;
        places[at * 2 + 1] = scratch.tokens[hit] as number;
        hit = scratch.previous[hit] as number;
      }
      return { text, places };
    },
  };
};
