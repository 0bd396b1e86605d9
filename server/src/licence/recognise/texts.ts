import { alignCandidate } from './align.ts';
import { findCandidates } from './candidates.ts';
import type { Candidate } from './candidates.ts';
import { hashOf } from './hash.ts';
import type { LicenceIndex } from './index-file.ts';
import type { Tokens } from './tokens.ts';
import { idOfHash } from './vocabulary.ts';
import { weigh } from './weigh.ts';
import type { Weighed } from './weigh.ts';

/** Share of the words that have to be there below which a text is not the known one, whatever was changed. */
const leastCoverage = 0.5;
/** Share of its words that an alignment may have in common with a better one. */
const mostShared = 0.3;
/** Share of the kept grams that a copy has at least. */
const leastHits = 0.12;

const isPerfect = (one: Weighed): boolean => one.missing === 0 && one.extra === 0 && one.material.length === 0;

const overlap = (a: Weighed, b: Weighed): number =>
  Math.max(0, Math.min(a.alignment.to, b.alignment.to) - Math.max(a.alignment.from, b.alignment.from)) /
  Math.max(1, Math.min(a.alignment.to - a.alignment.from, b.alignment.to - b.alignment.from));

/**
 * What a candidate could weigh at most, going by the share of its grams that the file has: a missing gram is at least one word that differs.
 * Most candidates are relatives of the text that is there, so this spares aligning them.
 */
const mostNet = (candidate: Candidate, index: LicenceIndex): number => {
  const share = Math.min(1, candidate.places.length / 2 / Math.max(1, index.gramsOf[candidate.text] as number));
  return ((index.starts[candidate.text + 1] as number) - (index.starts[candidate.text] as number)) * (1.1 * share) + 4;
};

/** The places of a candidate that a text which was found does not explain at least as well. */
const unexplained = (candidate: Candidate, found: readonly Weighed[], index: LicenceIndex): Candidate => {
  if (found.length === 0) return candidate;
  const most = mostNet(candidate, index);
  const better = found.filter((one) => most <= (isPerfect(one) ? one.net : one.net * 0.7));
  if (better.length === 0) return candidate;
  const kept: number[] = [];
  const { places } = candidate;
  for (let at = 0; at + 1 < places.length; at += 2) {
    const place = places[at] as number;
    if (!better.some((one) => place >= one.alignment.from && place < one.alignment.to)) kept.push(place, places[at + 1] as number);
  }
  return { text: candidate.text, places: Uint32Array.from(kept) };
};

/** The known texts that explain a file best, in its order; no two of them claim the same words. */
export const findKnownTexts = (tokens: Tokens, index: LicenceIndex): readonly Weighed[] => {
  const copyrightWord = idOfHash(index.vocabulary, hashOf('copyright'));
  const weighed: Weighed[] = [];
  for (const candidate of findCandidates(tokens, index)) {
    const open = unexplained(candidate, weighed, index);
    const least = Math.max(1, Math.floor((index.gramsOf[candidate.text] as number) * leastHits));
    if (open.places.length / 2 < least) continue;
    for (const alignment of alignCandidate(tokens, index, open, least)) {
      const found = weigh(alignment, tokens, index, copyrightWord);
      if (found.matched >= found.needed * leastCoverage && found.net > 0) weighed.push(found);
    }
  }
  const chosen: Weighed[] = [];
  for (const one of weighed.toSorted((a, b) => b.net - a.net || a.alignment.text - b.alignment.text)) {
    if (!chosen.some((other) => overlap(one, other) > mostShared)) chosen.push(one);
  }
  return chosen.toSorted((a, b) => a.alignment.from - b.alignment.from);
};
