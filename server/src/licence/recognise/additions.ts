import { hashOf } from './hash.ts';
import type { LicenceIndex } from './index-file.ts';
import { afterStop, atParagraph } from './marks.ts';
import type { Tokens } from './tokens.ts';
import { idOfHash } from './vocabulary.ts';
import type { Vocabulary } from './vocabulary.ts';
import type { Difference } from './weigh.ts';

/**
 * Words that, beside the text of a licence, add a condition to it or take something back: each entry is a row of words in order, "..." for
 * up to six words between, "a|b" for either. Our own reading of changed licences.
 */
const phrases = [
  'our only modification',
  'subject to|with ... following modification|modifications',
  'modified mit|apache license',
  'additional restriction|restrictions|condition|conditions|requirement|requirements apply|applies',
  'following additional|further restriction|restrictions|condition|conditions|requirement|requirements|term|terms|limitation|limitations',
  'additional commercial terms',
  'additional condition|conditions|restriction|restrictions|requirement|requirements',
  'use|used|uses commercially',
  'commercially without',
  'million|thousand ... users|user|downloads|revenue',
  'must|shall pay',
  'commons clause',
  'monthly active users|user',
  'annual|monthly recurring|gross revenue',
  'annual|monthly revenue',
  'million in|per|monthly|annual revenue',
  'prominently display',
  'only ask that you',
  'clearly indicate|indicates|state ... created|generated|made|produced',
  'commercial use|uses|usage ... not|prohibited|forbidden|requires|require|disallowed',
  'not|no ... for commercial|profit purpose|purposes|use|gain',
  'non commercial use|uses|purpose|purposes|research only',
  'for non commercial',
  'only ... non commercial',
  'research|academic|educational|personal|evaluation|internal use|purposes|purpose only',
  'only|solely ... for research|academic|educational|personal|evaluation|internal',
  'not|cannot be sold',
  'not sell the software|model',
  'separate|obtain|purchase|buy a commercial license',
  'obtain|purchase|buy commercial license',
  'hosted|managed service',
  'service to third parties',
  'train|improve other|another|any|competing model|models|language',
  'competing product|products|service|services|model|models',
  'military|surveillance|weapons purpose|purposes|use|application|applications',
  'use based restrictions',
  'acceptable use policy',
  'you|licensee|licensees|user|users may|must not',
  'you|licensee|licensees|user|users cannot',
  'you|licensee|licensees must|shall',
  'are|is not permitted|allowed to',
  'exception|exceptions to the|this license',
] as const;

/** A sentence with one of these speaks of parts of a work or of others' works, not of the terms. */
const scopeWords = 'directory directories folder folders subdirectory bundled contained file files third submodule vendored trademark trademarks logo logos';

/** Every word of the phrases, which the index has to know. */
export const additionWords = (): readonly string[] =>
  [...phrases.flatMap((phrase) => phrase.split(/[ |]/)), ...scopeWords.split(' ')].filter((word) => word !== '...');

const between = 6;
/** The third letter of "should", and of no other word with its id. */
const letterO = 0x6f;

type Step = { readonly any: ReadonlySet<number>; readonly gap: number };

interface Patterns {
  readonly byFirst: ReadonlyMap<number, readonly (readonly Step[])[]>;
  readonly scope: ReadonlySet<number>;
  readonly must: number;
}

const patterns = new WeakMap<Vocabulary, Patterns>();

const patternsOf = (vocabulary: Vocabulary): Patterns => {
  const known = patterns.get(vocabulary);
  if (known) return known;
  const idOf = (word: string): number => idOfHash(vocabulary, hashOf(word));
  const byFirst = new Map<number, (readonly Step[])[]>();
  for (const phrase of phrases) {
    const steps: Step[] = [];
    let gap = 0;
    for (const part of phrase.split(' ')) {
      if (part === '...') {
        gap = between;
        continue;
      }
      steps.push({
        any: new Set(
          part
            .split('|')
            .map(idOf)
            .filter((id) => id !== 0),
        ),
        gap,
      });
      gap = 0;
    }
    for (const first of steps[0]?.any ?? []) byFirst.set(first, [...(byFirst.get(first) ?? []), steps]);
  }
  const built = { byFirst, scope: new Set(scopeWords.split(' ').map(idOf)), must: idOf('must') };
  patterns.set(vocabulary, built);
  return built;
};

/** "Should" has the id of "shall" and "must", since texts are copied with one for the other; in a sentence of somebody's own it is advice. */
const isAdvice = ({ bytes, starts, ids }: Tokens, at: number, must: number): boolean =>
  ids[at] === must && ((bytes[(starts[at] as number) + 2] as number) | 32) === letterO;

/** Token behind a phrase that begins at `at`; -1 where it does not. */
const phraseEnd = (tokens: Tokens, at: number, to: number, steps: readonly Step[], must: number): number => {
  let next = at + 1;
  for (const step of steps.slice(1)) {
    let found = -1;
    for (let i = next; i < to && i <= next + step.gap; i += 1) {
      if ((tokens.marks[i] as number) & atParagraph) break;
      if (step.any.has(tokens.ids[i] as number) && !isAdvice(tokens, i, must)) {
        found = i;
        break;
      }
    }
    if (found < 0) return -1;
    next = found + 1;
  }
  return next;
};

/** The sentence around a token. */
const sentenceAround = (tokens: Tokens, at: number, from: number, to: number): Difference => {
  const breaks = (i: number): boolean => ((tokens.marks[i] as number) & (afterStop | atParagraph)) !== 0;
  let start = at;
  while (start > from && !breaks(start) && at - start < 80) start -= 1;
  let end = at + 1;
  while (end < to && !breaks(end) && end - at < 80) end += 1;
  return { from: start, to: end };
};

/** Sentences of a stretch beside a known text that add conditions to it. */
export const findAdditions = (tokens: Tokens, index: LicenceIndex, from: number, to: number): readonly Difference[] => {
  const { byFirst, scope, must } = patternsOf(index.vocabulary);
  const out: Difference[] = [];
  for (let at = from; at < to; at += 1) {
    const candidates = byFirst.get(tokens.ids[at] as number);
    if (!candidates) continue;
    for (const steps of candidates) {
      const end = phraseEnd(tokens, at, to, steps, must);
      if (end < 0) continue;
      const sentence = sentenceAround(tokens, at, from, to);
      let isScope = false;
      for (let i = sentence.from; i < sentence.to; i += 1) if (scope.has(tokens.ids[i] as number)) isScope = true;
      if (!isScope) {
        out.push(sentence);
        at = Math.max(at, sentence.to - 1);
        break;
      }
    }
  }
  return out;
};
