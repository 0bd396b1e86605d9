import table from '../knowledge/data/recognition.json';
import type { Knowledge } from '../knowledge/types.ts';
import { indexLines, positionAt } from '../text/lines.ts';
import { readExpression } from './expression.ts';
import { findLicenceMentions } from './mentions.ts';

export interface Match {
  readonly licence: string;
  readonly kind: 'text' | 'notice' | 'tag' | 'reference';
  /** From 1, both inclusive. */
  readonly startLine: number;
  readonly endLine: number;
  readonly score: number;
}

export interface Identification {
  readonly expression: string | null;
  readonly matches: readonly Match[];
}

interface Entry {
  readonly licence: string;
  readonly all: readonly string[];
  readonly any?: readonly string[];
  readonly none?: readonly string[];
}

const entries = (table as unknown as { readonly entries: readonly Entry[] }).entries;

/** Letters and digits with single spaces between, and for each unit of it the offset in the text. */
const squeeze = (text: string): { readonly plain: string; readonly offsets: Uint32Array } => {
  const offsets = new Uint32Array(text.length * 3 + 2);
  const parts: string[] = [' '];
  let length = 1;
  let spaced = true;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    const word = (unit >= 97 && unit <= 122) || (unit >= 48 && unit <= 57) || (unit >= 65 && unit <= 90) || unit > 127;
    if (!word && spaced) continue;
    spaced = !word;
    const piece = word ? (text[i] ?? '').toLowerCase() : ' ';
    for (let k = 0; k < piece.length; k += 1) offsets[length + k] = i;
    length += piece.length;
    parts.push(piece);
  }
  if (!spaced) {
    parts.push(' ');
    offsets[length] = text.length;
  }
  return { plain: parts.join(''), offsets };
};

/** The phrases with spelling evened out: the texts are written in both spellings. */
const even = (text: string): string => text.replace(/licence/g, 'license');

const texts = (text: string): readonly Match[] => {
  const { plain: raw, offsets } = squeeze(text);
  const plain = even(raw);
  const lines = indexLines(text);
  const lineAt = (at: number): number => positionAt(lines, offsets[at] ?? 0).line + 1;
  const found: Match[] = [];
  for (const entry of entries) {
    const at = entry.all.map((phrase) => plain.indexOf(` ${phrase} `));
    if (at.some((index) => index < 0) || entry.none?.some((phrase) => plain.includes(` ${phrase} `))) continue;
    if (entry.any && !entry.any.some((phrase) => plain.includes(` ${phrase} `))) continue;
    // A title alone, or a sentence that names a licence, is no text of it.
    if (entry.all.length === 1 && plain.length < 600) continue;
    const first = Math.min(...at);
    const last = Math.max(...at.map((index, which) => index + (entry.all[which]?.length ?? 0)));
    found.push({ licence: entry.licence, kind: 'text', startLine: lineAt(first), endLine: entry.all.length === 1 ? lines.starts.length : lineAt(Math.min(last, plain.length - 1)), score: 0.9 });
  }
  return found;
};

const tag = 'SPDX-License-' + 'Identifier:';

const tags = (text: string): readonly Match[] => {
  const out: Match[] = [];
  const lines = indexLines(text);
  for (let at = text.indexOf(tag); at >= 0 && out.length < 100; at = text.indexOf(tag, at + 1)) {
    const stated = (/^[ \t]*([^\r\n]*)/.exec(text.slice(at + tag.length, at + tag.length + 400))?.[1] ?? '').replace(/\s*(?:\*\/|-->).*$/, '').trim();
    const expression = readExpression(stated);
    const line = positionAt(lines, at).line + 1;
    if (expression) out.push({ licence: expression.normalised, kind: 'tag', startLine: line, endLine: line, score: 1 });
  }
  return out;
};

const notices = (text: string, knowledge: Knowledge): readonly Match[] => {
  const lines = indexLines(text);
  return findLicenceMentions(text.slice(0, 20_000), knowledge).flatMap((mention): Match[] => {
    const before = text.slice(Math.max(0, mention.span.start - 60), mention.span.start);
    const claims = /\b(?:licen[cs]ed|released|distributed|available|provided)\b[^.]*$|\bunder\b[^.]*$|(?:^|\n)\W*(?:licen[cs]e)\W*$/i.test(before);
    const [licence, more] = mention.licences;
    if (licence === undefined || more !== undefined) return [];
    const line = positionAt(lines, mention.span.start).line + 1;
    return [{ licence, kind: claims ? 'notice' : 'reference', startLine: line, endLine: positionAt(lines, mention.span.end).line + 1, score: claims ? 0.8 : 0.5 }];
  });
};

const joined = (matches: readonly Match[]): string | null => {
  const ids = [...new Set(matches.filter((match) => match.kind !== 'reference').map((match) => match.licence))];
  if (ids.length === 0) return null;
  return ids.map((id) => (ids.length > 1 && / OR /.test(id) ? `(${id})` : id)).join(' AND ');
};

/** What a text is, by titles, identifying phrases, tags and grants. A full matcher will take the place of the phrases. */
export const identify = (text: string, knowledge: Knowledge): Identification => {
  const full = texts(text);
  const tagged = tags(text);
  // Inside a full text, names of licences are its own words.
  const said = full.length > 0 ? [] : notices(text, knowledge);
  const matches = [...full, ...tagged, ...said].toSorted((a, b) => a.startLine - b.startLine || (a.licence < b.licence ? -1 : 1));
  return { expression: joined(matches), matches };
};
