import type { Knowledge } from '../knowledge/types.ts';
import { limits } from '../text/limits.ts';
import { editionOfDay, headLength } from './edition.ts';
import { readExpression } from './expression.ts';
import { lineCounter } from './recognise/lines.ts';
import type { LineCounter } from './recognise/lines.ts';
import { recogniserOf } from './recognise/recogniser.ts';
import type { Recogniser } from './recognise/recogniser.ts';
import { weight } from './recognise/index-file.ts';
import type { LicenceIndex } from './recognise/index-file.ts';
import { familyOf, findNotices } from './recognise/grammar.ts';
import type { Notice } from './recognise/grammar.ts';
import type { LicenceRelations, NoticeIndex } from './recognise/grammar-names.ts';
import { recogniseTexts } from './recognise/recognise.ts';
import type { FoundText } from './recognise/recognise.ts';
import { tokenise } from './recognise/tokens.ts';
import type { Tokens } from './recognise/tokens.ts';
import { findTags, hasTag } from './tags.ts';

export interface Lines {
  /** From 1, both inclusive. */
  readonly startLine: number;
  readonly endLine: number;
}

export interface Match extends Lines {
  /** An id, or for tags and notices an expression. */
  readonly licence: string;
  readonly kind: 'text' | 'notice' | 'tag' | 'reference';
  /** 0 to 1: how much of what identifies the licence is there. */
  readonly score: number;
  /** Of a text that is not the known one any more: which one it was, and the lines that differ from it. */
  readonly of?: string;
  readonly changes?: readonly Lines[];
  /** A few words were left out, none of which turns a sentence round, and none put in. */
  readonly shortened?: true;
}

export interface Identification {
  /** Null where no licence is granted that can be told. */
  readonly expression: string | null;
  readonly matches: readonly Match[];
}

const gnu = /^(?:A?GPL|LGPL|GFDL)-/;
const suffix = /-(?:only|or-later)$/;
const ownPrefix = 'LicenseRef-';
const modifiedPrefix = 'LicenseRef-modified-';
/** Score of a text that is known by its title alone. */
const byTitle = 0.5;

/** Words that may be missing from a long text by mistake: who takes a condition out takes more. */
const slipWords = 8;

const linesOf = (tokens: Tokens, lines: LineCounter, from: number, to: number): Lines => ({
  startLine: lines(tokens.starts[from] as number),
  endLine: lines((tokens.ends[Math.max(from, to - 1)] as number) - 1),
});

const textMatch = (text: FoundText, tokens: Tokens, lines: LineCounter, edition = false): Match => {
  const where = linesOf(tokens, lines, text.from, text.to);
  const kind = text.kind === 'notice' ? 'notice' : text.kind === 'policy' ? 'reference' : 'text';
  if (text.changes.length === 0) return { licence: text.licence, kind, ...where, score: text.score };
  // Words that were taken out leave their place between two others: the line of the first is told.
  const changes = text.changes.map(({ from, to }) => linesOf(tokens, lines, to > from ? from : Math.max(0, from - 1), Math.max(to, from)));
  const merged = changes
    .toSorted((a, b) => a.startLine - b.startLine || a.endLine - b.endLine)
    .reduce<Lines[]>((all, change) => {
      const last = all.at(-1);
      if (last && change.startLine <= last.endLine) all[all.length - 1] = { startLine: last.startLine, endLine: Math.max(last.endLine, change.endLine) };
      else all.push(change);
      return all;
    }, []);
  const licence = edition ? text.licence : `${modifiedPrefix}${text.licence.replace(ownPrefix, '')}`;
  const isSlip = text.changes.every(({ lost }) => lost?.negation === false) && text.changes.reduce((sum, { lost }) => sum + (lost?.words ?? 0), 0) <= slipWords;
  const shortened = isSlip ? { shortened: true as const } : {};
  return { licence, kind, ...where, score: text.score, of: text.licence, changes: merged, ...shortened };
};

/** A publisher's own licence that names itself is another edition of it, not somebody's changed copy. */
const isEdition = (text: FoundText, named: readonly Notice[]): boolean =>
  text.licence.startsWith(ownPrefix) && named.some((notice) => notice.licence === text.licence && notice.from < text.from + titleWords);

/**
 * A text whose title is that of a publisher's own licence: two editions have nearly the same words, and a known text with other conditions
 * may have become a licence with a name.
 */
const asTitled = (text: FoundText, tokens: Tokens, notices: NoticeIndex): FoundText => {
  const isOwn = text.licence.startsWith(ownPrefix);
  if (text.kind !== 'text' || (isOwn ? text.score >= wordForWord : text.changes.length === 0)) return text;
  const taken = new Uint8Array(tokens.count).fill(1);
  taken.fill(0, Math.max(0, text.from - titleBefore), Math.min(text.to, text.from + titleBefore));
  const title = findNotices(tokens, taken, notices).find((notice) => notice.title && notice.licence.startsWith(ownPrefix));
  if (!title || title.licence === text.licence) return text;
  return isOwn ? { ...text, licence: title.licence, edition: true } : { ...text, licence: title.licence, changes: [] };
};

/** The text of one half of a licence, where the other is named, stands for both. */
const withPartner = (text: FoundText, named: readonly Notice[], { partner }: LicenceRelations): FoundText => {
  const [other, both] = partner[text.licence] ?? [];
  return both !== undefined && named.some((notice) => notice.licence === other) ? { ...text, licence: both } : text;
};

const tagMatches = (bytes: Uint8Array, texts: readonly Match[]): readonly Match[] => {
  if (!hasTag(bytes)) return [];
  const source = new TextDecoder().decode(bytes);
  const encoder = new TextEncoder();
  const lines = lineCounter(encoder.encode(source));
  // The text is gone through once, however many there are.
  let at = 0;
  let length = 0;
  return findTags(source).flatMap(({ stated, span }): Match[] => {
    const expression = readExpression(stated);
    length += encoder.encode(source.slice(at, span.start)).length;
    at = span.start;
    const line = lines(length);
    const inText = texts.some((text) => text.kind === 'text' && line >= text.startLine && line <= text.endLine);
    return expression && !inText ? [{ licence: expression.normalised, kind: 'tag', startLine: line, endLine: line, score: 1 }] : [];
  });
};

const noticeMatch = (notice: Notice, tokens: Tokens, lines: LineCounter): Match => ({
  licence: notice.licence,
  kind: notice.kind,
  ...linesOf(tokens, lines, notice.from, notice.to),
  score: notice.score,
});

/** How deep in a JSON document what it says of itself may stand: deeper are records of other works. */
const deepest = 2;

/** Names in JSON data that are records of other works. Offsets are asked in order, so that the document is read once. */
const deepNames = (bytes: Uint8Array): ((offset: number) => boolean) => {
  let at = 0;
  while (at < bytes.length && (bytes[at] as number) <= 32) at += 1;
  if (bytes[at] !== 123 && bytes[at] !== 91) return () => false;
  let depth = 0;
  let quoted = false;
  return (offset) => {
    for (; at < offset; at += 1) {
      const byte = bytes[at];
      if (byte === 92) at += 1;
      else if (byte === 34) quoted = !quoted;
      else if (!quoted && (byte === 123 || byte === 91)) depth += 1;
      else if (!quoted && (byte === 125 || byte === 93)) depth -= 1;
    }
    return depth > deepest;
  };
};

/** Share of a file's words from which on the texts in it are what it is for. */
const licenceFile = 0.6;

/** In a licence file, a name that leaves the version or kind open speaks of the texts that are there. */
const ofFile = (notice: Notice, isLicenceFile: boolean, found: readonly FoundText[], { namedBeside }: LicenceRelations): Notice => {
  if (!isLicenceFile || notice.kind === 'reference') return notice;
  const isIncluded = found.some(
    ({ licence, kind }) =>
      kind === 'text' &&
      (namedBeside[licence]?.includes(notice.licence) === true ||
        licence.startsWith(`${notice.licence}-`) ||
        (familyOf(licence) === familyOf(notice.licence) && !gnu.test(licence))),
  );
  return isIncluded || notice.generic !== undefined ? { ...notice, kind: 'reference' } : notice;
};

/** Notices say more than the text beside them: "or later" of a GNU licence, or what else the list has an id of its own for. */
const withoutStated = (texts: readonly Match[], said: readonly Match[], { saysMore }: LicenceRelations): readonly Match[] => {
  const ids = said.filter((match) => match.kind !== 'reference').flatMap((match) => match.licence.split(/ (?:AND|OR|WITH) |[()]/));
  const told = new Set(ids.flatMap((id) => [saysMore[id] ?? '', gnu.test(id) && id.endsWith('-or-later') ? id.replace(suffix, '-only') : '']));
  return texts.filter((match) => !told.has(match.licence));
};

/** Words of a contract at least, and the share of them that make conditions. */
const contractWords = 200;
const contractShare = 0.012;
const surelyContract = 0.022;
/** Words in which a notice stands before a contract. */
const headWords = 80;
/** Score of a text that has its own title too. */
const wordForWord = 0.99;
/** Words on both sides of where a text begins in which its title stands. */
const titleBefore = 10;
/** Words in which a contract says its title. */
const titleWords = 25;

/** Share of the words of a text that make conditions; 0 of one that is too short for a contract. */
const conditionsIn = (tokens: Tokens, index: LicenceIndex): number => {
  if (tokens.count < contractWords) return 0;
  let conditions = 0;
  for (let at = 0; at < tokens.count; at += 1) if (((index.weights[tokens.ids[at] as number] as number) & weight.condition) !== 0) conditions += 1;
  return conditions / tokens.count;
};

/** A contract of which the index has no text: it is known by its title, and what it names inside is not what it grants. */
const asContract = (said: readonly Match[], named: readonly Notice[], tokens: Tokens, index: LicenceIndex, lines: LineCounter): readonly Match[] => {
  const share = conditionsIn(tokens, index);
  const title = share < contractShare ? undefined : named.find((notice) => notice.title && notice.from < titleWords && notice.licence.startsWith(ownPrefix));
  const others = said.map((match, at): Match => (share > surelyContract && (named[at]?.from ?? 0) > headWords ? { ...match, kind: 'reference' } : match));
  return title
    ? [
        { licence: title.licence, kind: 'text', ...linesOf(tokens, lines, 0, tokens.count), score: byTitle },
        ...others.map((match): Match => ({ ...match, kind: 'reference' })),
      ]
    : others;
};

/** Lines of a file above which its terms begin, as a rule. */
const firstLines = 40;

/** Another edition of a publisher's terms, which the index has no text of, is told by the day that it says it is of. */
const asDated = (match: Match, bytes: Uint8Array, knowledge: Knowledge): Match => {
  if (match.changes === undefined || match.licence !== match.of || match.startLine > firstLines) return match;
  const licence = editionOfDay(match.licence, new TextDecoder().decode(bytes.subarray(0, headLength)), knowledge);
  const { kind, startLine, endLine, score } = match;
  return licence === undefined ? match : { licence, kind, startLine, endLine, score };
};

const joined = (licences: readonly string[]): string | null => {
  const ids = [...new Set(licences)];
  return ids.length === 0 ? null : ids.map((id) => (ids.length > 1 && / OR /.test(id) ? `(${id})` : id)).join(' AND ');
};

/** An exception is no licence: it goes with the GNU licence that stands nearest before it, else behind it. */
const withExceptions = (claims: readonly Match[], exceptions: readonly Match[]): readonly string[] => {
  const licences = claims.map((match) => match.licence);
  for (const exception of exceptions) {
    if (licences.some((licence) => licence.includes(exception.licence))) continue;
    const fitting = claims.map((match, at) => ({ match, at })).filter(({ match }) => gnu.test(match.licence));
    const before = fitting.filter(({ match }) => match.startLine <= exception.endLine).at(-1) ?? fitting[0];
    if (!before) continue;
    const licence = licences[before.at] ?? '';
    if (!/ (?:WITH|OR|AND) /.test(licence)) licences[before.at] = `${licence} WITH ${exception.licence}`;
  }
  // A licence with its exception stands for the same licence named without it elsewhere in the file.
  const bare = new Set(licences.filter((licence) => licence.includes(' WITH ')).map((licence) => licence.split(' WITH ')[0] ?? ''));
  return licences.filter((licence) => !bare.has(licence));
};

/** What a file claims. An exception makes a claim of the GNU licence that is named with it. */
const claimsOf = (matches: readonly Match[], exceptions: readonly Match[]): readonly Match[] => {
  const claims = matches.filter((match) => match.kind !== 'reference');
  if (exceptions.length === 0 || claims.some((match) => gnu.test(match.licence))) return claims;
  const base = matches.find((match) => gnu.test(match.licence));
  return base ? [...claims, base] : claims;
};

const compose = (bytes: Uint8Array, { index, notices }: Recogniser, knowledge: Knowledge): Identification => {
  const tokens = tokenise(bytes, index.vocabulary);
  const found = recogniseTexts(tokens, index).map((text) => asTitled(text, tokens, notices));
  const taken = new Uint8Array(tokens.count);
  for (const text of found) {
    // The title of a publisher's own licence tells another edition of it from a changed copy.
    const from = text.from + (text.changes.length > 0 && text.licence.startsWith(ownPrefix) ? titleWords : 0);
    if (text.kind !== 'notice') taken.fill(1, Math.min(from, text.to), text.to);
  }
  const lines = lineCounter(bytes);
  const covered = found.reduce((sum, text) => sum + (text.kind === 'text' ? text.to - text.from : 0), 0);
  const isLicenceFile = covered >= tokens.count * licenceFile;
  const isDeep = deepNames(bytes);
  const named = findNotices(tokens, taken, notices).map((notice) =>
    ofFile(isDeep(tokens.starts[notice.from] as number) ? { ...notice, kind: 'reference' } : notice, isLicenceFile, found, notices.relations),
  );
  // A header of the list says more than the names in it.
  const headers = found.filter((text) => text.kind === 'notice' && gnu.test(text.licence));
  const inHeader = (notice: Notice): boolean => headers.some((text) => familyOf(text.licence) === familyOf(notice.licence));
  const plain = named
    .map((notice): Notice => (inHeader(notice) ? { ...notice, kind: 'reference' } : notice))
    .map((notice) => noticeMatch(notice, tokens, lines));
  const said = covered === 0 && plain.length > 0 ? asContract(plain, named, tokens, index, lines) : plain;
  const exceptions = found.filter((text) => text.kind === 'exception').map((text) => textMatch(text, tokens, lines));
  const texts = withoutStated(
    found
      .filter((text) => text.kind !== 'exception')
      .map((text) => textMatch(withPartner(text, named, notices.relations), tokens, lines, text.edition === true || isEdition(text, named)))
      .map((match) => asDated(match, bytes, knowledge)),
    said,
    notices.relations,
  );
  const tags = tagMatches(bytes, texts);
  const tagged = new Set(tags.map((match) => match.startLine));
  const matches = [...texts, ...tags, ...said.filter((match) => !tagged.has(match.startLine))].toSorted(
    (a, b) => a.startLine - b.startLine || (a.licence < b.licence ? -1 : a.licence > b.licence ? 1 : 0),
  );
  const claims = claimsOf(matches, exceptions);
  return {
    expression: joined(withExceptions(claims, exceptions)),
    matches: [...matches, ...exceptions].toSorted((a, b) => a.startLine - b.startLine),
  };
};

/** What a file is, by texts, notices and tags. Linear in the file; of one longer than a licence can be the head is read. Never throws. */
export const identifyBytes = (bytes: Uint8Array, knowledge: Knowledge): Identification =>
  compose(bytes.subarray(0, limits.licenceBytes), recogniserOf(knowledge), knowledge);

/** The same for a text that is open in an editor. */
export const identify = (source: string, knowledge: Knowledge): Identification =>
  identifyBytes(new TextEncoder().encode(source.slice(0, limits.licenceBytes)), knowledge);
