import { exactKey } from '../../server/src/licence/recognise/exact.ts';
import { readLicenceIndex, textKinds } from '../../server/src/licence/recognise/index-file.ts';
import { writeStore } from '../../server/src/licence/recognise/store.ts';
import type { Section } from '../../server/src/licence/recognise/store.ts';
import { findKnownTexts } from '../../server/src/licence/recognise/texts.ts';
import { tokenise } from '../../server/src/licence/recognise/tokens.ts';
import type { Collected, Source } from './collect.ts';

/** A text as files have it: with all of its optional parts, and with none. */
const renderings = (source: Source): readonly string[] =>
  source.kind !== 'text' || source.partial === true
    ? []
    : [source.segments, source.segments.filter((segment) => segment.kind !== 'optional')].map((segments) => segments.map((segment) => segment.text).join(' '));

/** Share of the words that have to be there which a whole text has. */
const least = 0.95;

/** Keys of whole files, of those that the index without keys knows as one text: a key must never decide otherwise. */
export const exactSections = (sections: Readonly<Record<string, Section>>, { sources, copies }: Collected): Readonly<Record<string, Section>> => {
  const index = readLicenceIndex(writeStore(sections));
  if (!index) throw new Error('the index that was just built cannot be read');
  const exact = new Map<number, number>();
  const shared = new Set<number>();
  for (const text of [...copies, ...sources.flatMap(renderings)]) {
    const tokens = tokenise(new TextEncoder().encode(text), index.vocabulary);
    const key = exactKey(tokens, index.vocabulary, index.weights);
    const [found, ...others] = findKnownTexts(tokens, index);
    if (key < 0 || !found || others.length > 0 || found.material.length > 0 || found.matched < found.needed * least) continue;
    if (index.kindOf[found.alignment.text] === textKinds.indexOf('text')) {
      // Texts that differ in their copyright lines alone are not told apart by a key.
      if ((exact.get(key) ?? found.alignment.text) !== found.alignment.text) shared.add(key);
      exact.set(key, found.alignment.text);
    }
  }
  for (const key of shared) exact.delete(key);
  return {
    exactKeys: Uint32Array.from([...exact.keys()].flatMap((key) => [Math.floor(key / 2 ** 20), key % 2 ** 20])),
    exactTexts: Uint16Array.from(exact.values()),
  };
};
