import { alignCandidate } from './align.ts';
import { exactKey } from './exact.ts';
import { findCandidates } from './candidates.ts';
import type { Places } from './candidates.ts';
import type { LicenceIndex } from './index-file.ts';
import type { Tokens } from './tokens.ts';
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
/** The same of a text that is there word for word: grams are a sample, so that a text with as many may have some more words. */
const asMany = 0.97;

const isPerfect = (one: Pick<Weighed, 'missing' | 'extra' | 'material'>): boolean => one.missing === 0 && one.extra === 0 && one.material.length === 0;

const overlap = (a: Weighed, b: Weighed): number =>
  Math.max(0, Math.min(a.alignment.to, b.alignment.to) - Math.max(a.alignment.from, b.alignment.from)) /
  Math.max(1, Math.min(a.alignment.to - a.alignment.from, b.alignment.to - b.alignment.from));

/** Tokens before and behind a text that was found in which a longer relative of it has the rest of its words. */
const around = 160;
/** Grams beside a found text that speak for a longer relative. */
const leastBeside = 2;

/** The texts found so far that explain their part of the file best, and by token the number, from 1, of the one that it belongs to. */
interface Explained {
  readonly best: (Weighed | undefined)[];
  owners: Uint16Array;
}
const explained: Explained = { best: [], owners: new Uint16Array(1 << 14) };

/** Notes a text that was found, where nothing that was found before explains its words better. */
const note = (one: Weighed): void => {
  const { best, owners } = explained;
  const { from, to } = one.alignment;
  for (let at = from; at < to; at += 1) {
    const owner = owners[at] as number;
    if (owner !== 0 && (best[owner - 1]?.net ?? 0) >= one.net) return;
  }
  best.push(one);
  owners.fill(best.length, from, to);
};

/** What the text that explains both ends of a stretch is worth. */
const floorOf = (from: number, to: number): number => {
  const { best, owners } = explained;
  const owner = owners[from] as number;
  return owner !== 0 && owner === owners[to - 1] ? (best[owner - 1]?.net ?? 0) : 0;
};

let insideOf = new Uint32Array(256);
let besideOf = new Uint32Array(256);

/** Words of a text that its grams in a file speak for. */
const wordsOf = (text: number, shared: number, index: LicenceIndex): number =>
  Math.min(1, shared / Math.max(1, index.gramsOf[text] as number)) * ((index.starts[text + 1] as number) - (index.starts[text] as number));

/**
 * Leaves of the places of a candidate those that no text which was found explains as well. Most candidates are relatives of the text that is
 * there: they have no more grams in common with the file, so this spares aligning them.
 */
const leaveUnexplained = (text: number, places: Places, index: LicenceIndex): void => {
  const { best, owners } = explained;
  const { count, files, tokens } = places;
  if (best.length === 0) return;
  if (insideOf.length <= best.length) {
    insideOf = new Uint32Array(best.length * 2);
    besideOf = new Uint32Array(best.length * 2);
  }
  insideOf.fill(0, 0, best.length + 1);
  besideOf.fill(0, 0, best.length + 1);
  for (let at = 0; at < count; at += 1) {
    const owner = owners[files[at] as number] as number;
    insideOf[owner] = (insideOf[owner] as number) + 1;
  }
  const open = insideOf[0] as number;
  if (open === count) return;
  if (open !== 0) {
    for (let at = 0; at < count; at += 1) {
      const place = files[at] as number;
      if (owners[place] !== 0) continue;
      for (let number = 0; number < best.length; number += 1) {
        const one = best[number];
        if (insideOf[number + 1] !== 0 && one && place >= one.alignment.from - around && place < one.alignment.to + around)
          besideOf[number + 1] = (besideOf[number + 1] as number) + 1;
      }
    }
  }
  let anyGone = false;
  for (let owner = 1; owner <= best.length; owner += 1) {
    const one = best[owner - 1];
    const inside = insideOf[owner] as number;
    const beside = besideOf[owner] as number;
    insideOf[owner] = 0;
    if (!one || inside === 0 || beside > leastBeside) continue;
    if (wordsOf(text, inside + beside, index) > one.net * (isPerfect(one) ? asMany : nearlyAsMany)) continue;
    // From here on it says that the places of this owner are explained.
    insideOf[owner] = 1;
    anyGone = true;
  }
  if (!anyGone) return;
  let kept = 0;
  for (let at = 0; at < count; at += 1) {
    const owner = owners[files[at] as number] as number;
    if (owner !== 0 && insideOf[owner] !== 0) continue;
    files[kept] = files[at] as number;
    tokens[kept] = tokens[at] as number;
    kept += 1;
  }
  places.count = kept;
};

/** Words that a text has to have, by each word that is left of a file, for it not to be there: grams are a sample of them. */
const roomLeft = 1.5;

/** Share of the file's words from which on a text is all of it. */
const wholeFile = 0.9;

/** A file that is a known text, word for word. */
const wholeText = (text: number, tokens: Tokens, index: LicenceIndex): Weighed => {
  const needed = index.neededOf[text] as number;
  const alignment = { text, from: 0, to: tokens.count, hits: 0, blocks: new Int32Array(0) };
  return { alignment, needed, matched: needed, optional: 0, missing: 0, extra: 0, material: [], net: tokens.count };
};

/** The known texts that explain a file best, in its order; no two of them claim the same words. */
export const findKnownTexts = (tokens: Tokens, index: LicenceIndex): readonly Weighed[] => {
  const same = index.exact.get(exactKey(tokens, index.vocabulary, index.weights));
  if (same !== undefined && tokens.count > 0) return [wholeText(same, tokens, index)];
  const candidates = findCandidates(tokens, index);
  if (candidates.count === 0) return [];
  const weighed: Weighed[] = [];
  explained.best.length = 0;
  if (explained.owners.length < tokens.count) explained.owners = new Uint16Array(tokens.count * 2);
  else explained.owners.fill(0, 0, tokens.count);
  let whole: Weighed | undefined;
  let main: Weighed | undefined;
  for (let number = 0; number < candidates.count; number += 1) {
    const text = candidates.textOf(number);
    // Where one text is the whole file, word for word, most relatives need not be looked at; and of any text, those that what it leaves has no room for.
    if (whole || main) {
      const words = wordsOf(text, candidates.sharedOf(number), index);
      if (whole && words <= whole.net * asMany) continue;
      if (main && words > (tokens.count - main.alignment.to + main.alignment.from) * roomLeft && words <= main.net * (isPerfect(main) ? asMany : nearlyAsMany))
        continue;
    }
    const places = candidates.placesOf(number);
    leaveUnexplained(text, places, index);
    const least = Math.max(1, Math.floor((index.gramsOf[text] as number) * leastHits));
    if (places.count < least) continue;
    for (const alignment of alignCandidate(tokens, index, text, places, least, floorOf)) {
      const found = weigh(alignment, tokens, index);
      if (found.matched < found.needed * leastCoverage || found.net <= 0) continue;
      weighed.push(found);
      note(found);
      if (!main || found.net > main.net) main = found;
      if (!whole && isPerfect(found) && found.alignment.to - found.alignment.from >= tokens.count * wholeFile) whole = found;
    }
  }
  const chosen: Weighed[] = [];
  for (const one of weighed.toSorted((a, b) => b.net - a.net || a.alignment.text - b.alignment.text)) {
    if (!chosen.some((other) => overlap(one, other) > mostShared)) chosen.push(one);
  }
  return chosen.toSorted((a, b) => a.alignment.from - b.alignment.from);
};
