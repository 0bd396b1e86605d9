import type { Span } from '../../text/span.ts';
import type { Script } from './statements.ts';
import type { Word } from './words.ts';

const addIn = (out: Span[], word: Word): void => {
  for (const part of word.parts) {
    if (part.kind !== 'variable' || part.fallback === null) continue;
    out.push({ start: part.fallback.start, end: part.fallback.end });
  }
};

/** Where a script says what a variable is as long as nobody gives it: what stands there is whatever the caller leaves open. */
export const fallbacksIn = (script: Script): readonly Span[] => {
  const out: Span[] = [];
  for (const { words } of script.commands) for (const word of words) addIn(out, word);
  for (const definitions of script.definitionsOf.values()) for (const { values } of definitions) for (const word of values) addIn(out, word);
  return out;
};
