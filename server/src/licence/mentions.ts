import type { Knowledge } from '../knowledge/types.ts';
import type { Span } from '../text/span.ts';
import { spanOf } from '../text/span.ts';
import { licenceOfLink, nameTree } from './names.ts';
import type { Name, NameNode } from './names.ts';
import { findRestrictions } from './restrictions.ts';
import { wordsOf } from './words.ts';
import type { Word } from './words.ts';

/** A licence, or a restriction, named in running text. */
export interface Mention {
  readonly span: Span;
  readonly text: string;
  /** Empty where only a restriction is stated. */
  readonly licences: readonly string[];
  /** `non-commercial` or `research-only` where that is all that is said. */
  readonly category: string | null;
}

/** Words of the longest name, fillers included: the grant of the GNU licences has 24. */
const longestName = 32;

/** UTF-16 units on either side that tell what a short name means. */
const around = 64;

/** A blank line, or the end of a sentence: no name runs over it. */
const breaksName = /\n\s*\n|[.!?]\s/;
const blankLine = /\n\s*\n/;
/** UTF-16 units between two words of a name that are looked at. */
const longestGap = 400;

const licenceWord = String.raw`(?:[Ll]icen[cs]|LICEN[CS]|[Tt]erms\b|TERMS\b)`;
const between = String.raw`[^\w.;!?]{1,6}`;
/** Words that may stand between a name and the word licence: joining words, and other names. */
const joining = String.raw`(?:and|or|either|both|the|open|source|software|style|public|free|models?|community|of|[A-Z][\w.+-]{0,20}|\d[\w.]{0,6})`;
/** "... License", "... and Apache licences". */
const licenceAfter = new RegExp(String.raw`^(?:${between}${joining}){0,4}[^\w.;!?]{0,4}${licenceWord}`);
/** "[...](LICENSE)". */
const linkedAfter = /^[\w.*\s-]{0,12}\]\([^)\s]{0,60}licen[cs]/i;
/** "licence: ...", "licensed under the terms of ...", "released under the ...". */
const grantBefore = new RegExp(
  String.raw`(?:(?:[Ll]icen[cs]|LICEN[CS])\w{0,3}|(?:[Rr]eleased|[Dd]istributed|[Aa]vailable|[Pp]rovided|[Pp]ublished|sourced|[Cc]overed|[Ss]hared|[Oo]ffered|made|falls?)${between}(?:\w{1,12}${between})?under)${between}(?:(?:under|is|are|of|the|a|an|as|in|by|terms|and|or|either|both|type|to|with|[A-Z][\w.+-]{0,12}|\d[\w.]{0,6})${between}){0,6}$`,
);

/** "The licence of this repository is ...". */
const licenceIs = /[Ll]icen[cs]e[^.;!?\n]{0,40}\b(?:is|are)[^\w.;!?\n]{1,6}(?:the )?$/;

const inName = new RegExp(licenceWord);

/** What stands before and after, up to a blank line. */
const context = (text: string, span: Span): { readonly before: string; readonly after: string } => ({
  before:
    text
      .slice(Math.max(0, span.start - around), span.start)
      .split(/\n\s*\n/)
      .at(-1) ?? '',
  after: text.slice(span.end, span.end + around).split(/\n\s*\n/)[0] ?? '',
});

/** A model's name is a licence only beside that word, and one short word means many things: what stands around decides. */
const isLicence = (text: string, span: Span, name: Name, words: number): boolean => {
  if (!name.weak && words >= 2) return true;
  const { before, after } = context(text, span);
  return (
    inName.test(text.slice(span.start, span.end)) || licenceAfter.test(after) || linkedAfter.test(after) || grantBefore.test(before) || licenceIs.test(before)
  );
};

interface Found {
  readonly name: Name;
  /** Index of its last word. */
  readonly last: number;
  /** Words that are no fillers. */
  readonly words: number;
}

/** Is there a break between the word and the one before it? */
const isBroken = (text: string, words: readonly Word[], at: number): boolean => {
  const before = words[at - 1];
  const start = words[at]?.start ?? 0;
  if (!before || start - before.end <= 1) return false;
  const gap = text.slice(before.end, Math.min(start, before.end + longestGap));
  // "v. 2" and "ver. 2" end no sentence.
  return (before.filler && before.text.length <= 3 ? blankLine : breaksName).test(gap);
};

/** The longest name that begins at a word, below which `start` lists the names. */
const longestAt = (text: string, words: readonly Word[], from: number, start: NameNode): Found | undefined => {
  let at: NameNode | undefined = start;
  let count = 1;
  let best: Found | undefined = start.name && { name: start.name, last: from, words: 1 };
  for (let i = from + 1; i < words.length && i < from + longestName; i += 1) {
    const word = words[i];
    if (!word || isBroken(text, words, i)) break;
    if (word.filler) continue;
    at = at.next.get(word.text);
    if (!at) break;
    count += 1;
    if (at.name) best = { name: at.name, last: i, words: count };
  }
  return best;
};

/** Categories that are a restriction by themselves. */
const restricting = new Set(['non-commercial', 'research-only']);

const named = (text: string, knowledge: Knowledge): readonly Mention[] => {
  const words = wordsOf(text);
  const tree = nameTree(knowledge);
  const out: Mention[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const first = words[i];
    const start = !first || first.filler ? undefined : tree.startingWith(first.text);
    if (!first || !start) continue;
    const found = longestAt(text, words, i, start);
    if (!found) continue;
    const { name, last } = found;
    // A modified licence is none of those that have the name.
    if (words[i - 1]?.text === 'modified' && !isBroken(text, words, i)) continue;
    const span = spanOf(first.start, words[last]?.end ?? first.end);
    if (name.licences.length > 0 ? !isLicence(text, span, name, found.words) : name.category === null || !restricting.has(name.category)) continue;
    out.push({ span, text: text.slice(span.start, span.end), licences: name.licences, category: name.licences.length > 0 ? null : name.category });
    i = last;
  }
  return out;
};

/** An address: what it names is told by the whole of it, never by a word in it. */
const address = /https?:\/\/[^\s)\]>"'`]{4,200}/g;

const linked = (addresses: readonly RegExpExecArray[], knowledge: Knowledge): readonly Mention[] =>
  addresses.flatMap((match): Mention[] => {
    const target = match[0].replace(/[.,;:]+$/, '');
    const licence = licenceOfLink(target, knowledge);
    return licence === undefined ? [] : [{ span: spanOf(match.index, match.index + target.length), text: target, licences: [licence], category: null }];
  });

const restricted = (text: string): readonly Mention[] =>
  findRestrictions(text).map(({ span, category }) => ({ span, text: text.slice(span.start, span.end), licences: [], category }));

/** Every licence and restriction that a text names, in order; where two overlap a licence stands before a restriction, and the longer before the shorter. */
export const findLicenceMentions = (text: string, knowledge: Knowledge): readonly Mention[] => {
  const addresses = text.includes('://') ? [...text.matchAll(address)] : [];
  const isInAddress = ({ span }: Mention): boolean => addresses.some(({ index, 0: { length } }) => span.start > index && span.end <= index + length);
  const names = named(text, knowledge);
  const all = [...linked(addresses, knowledge), ...(addresses.length === 0 ? names : names.filter((name) => !isInAddress(name))), ...restricted(text)].toSorted(
    (a, b) => a.span.start - b.span.start || b.licences.length - a.licences.length || b.span.end - a.span.end,
  );
  const out: Mention[] = [];
  for (const mention of all) {
    const before = out.at(-1);
    if (!before || mention.span.start >= before.span.end) out.push(mention);
    else if (before.licences.length === 0 && mention.licences.length > 0) out[out.length - 1] = mention;
    else if (before.licences.length === mention.licences.length && mention.span.end > before.span.end && mention.span.start === before.span.start)
      out[out.length - 1] = mention;
  }
  return out;
};
