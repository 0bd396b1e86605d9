import { gramHashes, gramLength, gramWindow } from './grams.ts';
import { gramBitShift } from './index-file.ts';
import type { LicenceIndex } from './index-file.ts';
import type { Tokens } from './tokens.ts';

/** A known text that shares grams with a part of a file, in the order of the file. */
export interface Candidate {
  readonly text: number;
  /** Pairs of token numbers, in the file and in the text, at which both have the same gram. */
  readonly places: Uint32Array;
}

/** Grams that two texts share of all kept ones of the known text, in hundredths, below which it is no candidate. */
const leastShare = 18;
/** Most candidates of one file: a file with more texts is a collection. */
const mostCandidates = 160;
/** Hits of one file that are kept. */
const mostHits = 200_000;

interface Scratch {
  hashes: Uint32Array;
  hits: Uint32Array;
  hitFiles: Uint32Array;
  votes: Uint16Array;
  slots: Int16Array;
}
const scratch: Scratch = {
  hashes: new Uint32Array(1 << 14),
  hits: new Uint32Array(1 << 14),
  hitFiles: new Uint32Array(1 << 14),
  votes: new Uint16Array(0),
  slots: new Int16Array(0),
};

const grown = (array: Uint32Array): Uint32Array => {
  const larger = new Uint32Array(array.length * 2);
  larger.set(array);
  return larger;
};

/** Looks up the grams of a stream that winnowing keeps. Answers the number of hits. */
const findHits = (tokens: Tokens, index: LicenceIndex): number => {
  const { gramHashes: table, gramPlaces, postings, gramBits } = index;
  if (scratch.hashes.length < tokens.count + 1) scratch.hashes = new Uint32Array(tokens.count * 2);
  const hashes = scratch.hashes;
  const grams = gramHashes(tokens.ids, tokens.count, hashes);
  const mask = table.length - 1;
  let hits = 0;
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
    const place = gramPlaces[slot] as number;
    const end = place + 1 + (postings[place] as number);
    for (let posting = place + 1; posting < end && hits < mostHits; posting += 1) {
      if (hits === scratch.hits.length) {
        scratch.hits = grown(scratch.hits);
        scratch.hitFiles = grown(scratch.hitFiles);
      }
      scratch.hits[hits] = postings[posting] as number;
      scratch.hitFiles[hits] = at;
      hits += 1;
    }
  }
  return hits;
};

/** The known texts that share enough grams with a file, those that share most first. */
export const findCandidates = (tokens: Tokens, index: LicenceIndex): readonly Candidate[] => {
  if (tokens.count < gramLength) return [];
  const hits = findHits(tokens, index);
  if (hits === 0) return [];
  const texts = index.licenceOf.length;
  if (scratch.votes.length < texts) {
    scratch.votes = new Uint16Array(texts);
    scratch.slots = new Int16Array(texts).fill(-1);
  }
  const { votes, slots, hits: found, hitFiles } = scratch;
  for (let hit = 0; hit < hits; hit += 1) votes[(found[hit] as number) >>> 16] = Math.min(65_535, (votes[(found[hit] as number) >>> 16] as number) + 1);
  const chosen: number[] = [];
  for (let hit = 0; hit < hits; hit += 1) {
    const text = (found[hit] as number) >>> 16;
    const count = votes[text] as number;
    if (count > 0 && slots[text] === -1) {
      slots[text] = -2;
      if (count * 100 >= (index.gramsOf[text] as number) * leastShare && count >= 2) chosen.push(text);
      else if (count === 1 && (index.gramsOf[text] as number) <= gramWindow) chosen.push(text);
    }
  }
  const best = chosen.toSorted((a, b) => (votes[b] as number) - (votes[a] as number) || a - b).slice(0, mostCandidates);
  best.forEach((text, number) => {
    slots[text] = number;
  });
  const places = best.map((text) => new Uint32Array((votes[text] as number) * 2));
  const filled = new Uint32Array(best.length);
  for (let hit = 0; hit < hits; hit += 1) {
    const posting = found[hit] as number;
    const slot = slots[posting >>> 16] as number;
    if (slot < 0) continue;
    const into = places[slot];
    const at = filled[slot] as number;
    if (!into || at >= into.length) continue;
    into[at] = hitFiles[hit] as number;
    into[at + 1] = posting & 0xffff;
    filled[slot] = at + 2;
  }
  for (let hit = 0; hit < hits; hit += 1) {
    const text = (found[hit] as number) >>> 16;
    votes[text] = 0;
    slots[text] = -1;
  }
  return best.map((text, number) => ({ text, places: places[number] ?? new Uint32Array(0) }));
};
