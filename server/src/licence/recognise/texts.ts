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

/** Share of the grams of a text that differs from the file which a relative needs to be worth a try. */
const nearlyAsMany = 0.8;

const isPerfect = (one: Pick<Weighed, 'missing' | 'extra' | 'material'>): boolean => one.missing === 0 && one.extra === 0 && one.material.length === 0;

const overlap = (a: Weighed, b: Weighed): number =>
  Math.max(0, Math.min(a.alignment.to, b.alignment.to) - Math.max(a.alignment.from, b.alignment.from)) /
  Math.max(1, Math.min(a.alignment.to - a.alignment.from, b.alignment.to - b.alignment.from));

/** Tokens before and behind a text that was found in which a longer relative of it has the rest of its words. */
const around = 160;
/** Grams beside a found text that speak for a longer relative. */
const leastBeside = 2;

/**
 * The places of a candidate that no text which was found explains as well. Most candidates are relatives of the text that is there:
 * they have no more grams in common with the file, so this spares aligning them.
 */
const unexplained = (candidate: Candidate, found: readonly Weighed[]): Candidate => {
  if (found.length === 0) return candidate;
  const { places } = candidate;
  const explained = found.filter(({ alignment: { from, to, hits }, ...one }) => {
    let inside = 0;
    let beside = 0;
    for (let at = 0; at + 1 < places.length; at += 2) {
      const place = places[at] as number;
      if (place >= from && place < to) inside += 1;
      else if (place >= from - around && place < to + around && !found.some(({ alignment }) => place >= alignment.from && place < alignment.to)) beside += 1;
    }
    return inside > 0 && beside <= leastBeside && inside + beside <= hits * (isPerfect(one) ? 1 : nearlyAsMany);
  });
  if (explained.length === 0) return candidate;
  const kept: number[] = [];
  for (let at = 0; at + 1 < places.length; at += 2) {
    const place = places[at] as number;
    if (!explained.some(({ alignment }) => place >= alignment.from && place < alignment.to)) kept.push(place, places[at + 1] as number);
  }
  return { text: candidate.text, places: Uint32Array.from(kept) };
};

/** The known texts that explain a file best, in its order; no two of them claim the same words. */
export const findKnownTexts = (tokens: Tokens, index: LicenceIndex): readonly Weighed[] => {
  const copyrightWord = idOfHash(index.vocabulary, hashOf('copyright'));
  const weighed: Weighed[] = [];
  for (const candidate of findCandidates(tokens, index)) {
    const open = unexplained(candidate, weighed);
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
