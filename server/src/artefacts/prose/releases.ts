import type { Knowledge } from '../../knowledge/types.ts';
import { matchesIn } from '../../text/matches.ts';
import { spanOf } from '../../text/span.ts';
import type { Span } from '../../text/span.ts';
import { hubReference } from '../hub-id.ts';
import { baseAt } from './origins.ts';
import type { Unit } from './units.ts';

/** A sentence that hands a model on and says what that was made from. */
export interface Release {
  readonly span: Span;
  /** The model, as it is called here; its repository on the hub where the sentence links to that. */
  readonly name: string;
  readonly base: string;
  /** By its name alone, not by an id or a link. */
  readonly isCalled: boolean;
}

const releasing =
  /\b(?:we\s+(?:\w+\s+){0,3}?(?:releas|open-?sourc|publish|announc)\w*|(?:is|are|has\s+been|have\s+been)\s+(?:now\s+|also\s+|publicly\s+)?(?:released|open-?sourced|published))\b/i;
const madeFrom = /\b(?:(?:built|based)\s+(?:up)?on(?:\s+top\s+of)?|fine-?tuned\s+(?:from|on\s+top\s+of)|derived\s+from|trained\s+(?:based\s+on|from))\s+/gi;
/** Plans, what cannot be, and what others do. */
const denied =
  /\b(?:not|n't|cannot|unable|never|will|soon|plan\w*|todo|unlike|compar\w+|instead|than|they|their|authors?|similar|architecture|tokenizer|code(?:base)?|framework|data(?:sets?)?|demo|paper|toolkit|interface|benchmark)\b/i;
const linked = /\[([^\]]{1,80})\]\((https?:\/\/(?:huggingface\.co|hf\.co)\/[^)\s]{1,200})\)/g;
/** "the Otter weights": a name by its capitals or digits. */
const named = /(?<![\w/.])([A-Z][\w.+]*(?:-[\w.+]+)*)(?:\s+(?:weights?|models?|checkpoints?))/g;
/** What stands between the name and what it was made from. */
const between = /^[\s*_`]{0,9}(?:\(|,)?\s{0,9}(?:(?:that|which|weights?|models?|checkpoints?|is|are|was|were)\s+){0,4}$/i;
/** Before a name: another one, of which the same is said, or something else. */
const oneOfSeveral = /(?:\band|&|,)\s*[*_`]{0,3}$/;

const nameBefore = (text: string): string | undefined => {
  let found: { readonly name: string; readonly start: number; readonly end: number } | undefined;
  const take = (name: string, start: number, end: number): void => {
    if (found === undefined || end > found.end) found = { name, start, end };
  };
  for (const match of matchesIn(text, linked)) {
    const reference = hubReference(match[2] ?? '');
    if (reference?.type === 'model') take(reference.id.split('/')[1] ?? '', match.index, match.index + match[0].length);
  }
  for (const match of matchesIn(text, named)) if (/[a-z].*[A-Z]|\d/.test(match[1] ?? '')) take(match[1] ?? '', match.index, match.index + match[0].length);
  if (found === undefined) return undefined;
  const gap = text.slice(found.end);
  // In brackets right behind it, it is said of that one alone.
  if (!between.test(gap) || (!gap.includes('(') && oneOfSeveral.test(text.slice(0, found.start)))) return undefined;
  return found.name;
};

/** "We release the Otter weights that are built upon [Base-7B](...)". */
export const releasesIn = (unit: Unit, knowledge: Knowledge): readonly Release[] => {
  if (unit.kind === 'row' || unit.kind === 'heading' || unit.text.length > 800 || !releasing.test(unit.text) || denied.test(unit.text)) return [];
  const out: Release[] = [];
  for (const verb of matchesIn(unit.text, madeFrom)) {
    const end = verb.index + verb[0].length;
    const from = /^\*\w/.test(unit.text.slice(end, end + 2)) ? end + 1 : end;
    const rest = unit.text.slice(from);
    // A link further on is of something else.
    const base = baseAt(rest.indexOf('[') > 12 ? rest.slice(0, rest.indexOf('[')) : rest, knowledge);
    const name = nameBefore(unit.text.slice(0, verb.index));
    if (!base || name === undefined || name === '' || !(knowledge.model(base.id)?.licences.length ?? 0)) continue;
    const start = unit.start + from + base.start;
    out.push({ span: spanOf(start, start + base.written.length), name, base: base.id, isCalled: base.isCalled });
  }
  return out;
};
