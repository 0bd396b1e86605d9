import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import { indexLines, positionAt } from '../text/lines.ts';
import { readExpression } from './expression.ts';
import { findLicenceMentions } from './mentions.ts';
import { findTags } from './tags.ts';
import { findTexts } from './texts.ts';

export interface Match {
  /** An id, or for tags an expression. */
  readonly licence: string;
  readonly kind: 'text' | 'notice' | 'tag' | 'reference';
  /** From 1, both inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  /** 0 to 1: how much of what identifies the licence is there. */
  readonly score: number;
  /** Lines that add conditions to a known text. */
  readonly changes?: readonly { readonly startLine: number; readonly endLine: number }[];
}

export interface Identification {
  /** Null where no licence is granted that can be told. */
  readonly expression: string | null;
  readonly matches: readonly Match[];
}

/** A text with more distinct licences is a list of them, and grants none. */
const mostGranted = 6;
/** From this many words on, and with such words that often, a text is a contract of its own: licences that it names are not its own. */
const contractWords = 300;
const contractShare = 0.008;
const contractWord =
  /\b(?:shall|hereby|hereunder|herein|thereof|licensors?|licensees?|warrant(?:y|ies)|liab(?:le|ility)|terminat(?:e|es|ion)|indemnif\w{0,9}|agreement|governing|jurisdiction)\b/gi;

const isContract = (text: string): boolean => {
  const words = text.match(/\S+/g)?.length ?? 0;
  return words >= contractWords && (text.match(contractWord)?.length ?? 0) / words >= contractShare;
};

const grantBefore = /\b(?:licen[cs]ed|released|distributed|available|provided|published|covered)\b[^.]*$|\bunder\b[^.]*$|(?:^|\n)\W*licen[cs]e\W*$/i;
const linkOnly = /^https?:/;

const notices = (text: string, knowledge: Knowledge): readonly Match[] => {
  const head = text.slice(0, limits.noticeLength);
  const lines = indexLines(head);
  const found = findLicenceMentions(head, knowledge).flatMap((mention): Match[] => {
    const [licence, more] = mention.licences;
    if (licence === undefined || more !== undefined) return [];
    const claims =
      grantBefore.test(head.slice(Math.max(0, mention.span.start - 60), mention.span.start)) ||
      (linkOnly.test(mention.text) && /\bunder\b/i.test(head.slice(Math.max(0, mention.span.start - 200), mention.span.start)));
    return [
      {
        licence,
        kind: claims ? 'notice' : 'reference',
        startLine: positionAt(lines, mention.span.start).line + 1,
        endLine: positionAt(lines, mention.span.end).line + 1,
        score: claims ? 0.8 : 0.5,
      },
    ];
  });
  return new Set(found.map((match) => match.licence)).size > mostGranted ? found.map((match) => ({ ...match, kind: 'reference', score: 0.5 })) : found;
};

const texts = (text: string): readonly Match[] =>
  findTexts(text).map(({ licence, startLine, endLine, changes }): Match => {
    const match: Match = { licence, kind: 'text', startLine, endLine, score: changes.length > 0 ? 0.7 : 0.9 };
    return changes.length > 0 ? { ...match, changes } : match;
  });

const tags = (text: string): readonly Match[] => {
  const lines = indexLines(text);
  return findTags(text).flatMap(({ stated, span }): Match[] => {
    const expression = readExpression(stated);
    const line = positionAt(lines, span.start).line + 1;
    return expression ? [{ licence: expression.normalised, kind: 'tag', startLine: line, endLine: line, score: 1 }] : [];
  });
};

const joined = (matches: readonly Match[]): string | null => {
  const ids = [...new Set(matches.filter((match) => match.kind !== 'reference').map((match) => match.licence))];
  if (ids.length === 0) return null;
  return ids.map((id) => (ids.length > 1 && / OR /.test(id) ? `(${id})` : id)).join(' AND ');
};

/** What a text is, by titles, identifying phrases, tags and grants. Linear in the text; longer ones than a licence can be are read in part. */
export const identify = (source: string, knowledge: Knowledge): Identification => {
  const text = source.slice(0, limits.licenceBytes);
  const full = texts(text);
  // Inside a full text, and inside a contract that is not known, tags and names of licences are its own words.
  const tagged = tags(text).filter((match) => full.every((other) => match.startLine < other.startLine || match.startLine > other.endLine));
  const taggedLines = new Set(tagged.map((match) => match.startLine));
  const said = full.length > 0 || isContract(text) ? [] : notices(text, knowledge).filter((match) => !taggedLines.has(match.startLine));
  const matches = [...full, ...tagged, ...said].toSorted((a, b) => a.startLine - b.startLine || (a.licence < b.licence ? -1 : a.licence > b.licence ? 1 : 0));
  return { expression: joined(matches), matches };
};
