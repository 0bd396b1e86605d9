import { findLicenceMentions } from '../../licence/mentions.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import { spanOf } from '../../text/span.ts';
import type { Span } from '../../text/span.ts';

/** A first comment of one line that is no more than a name and a licence: "Otter YOLO, AGPL-3.0 license - https://...". */
const titleLine =
  /^[ \t]*(?:#|\/\/|\/?\*+|--|;)[ \t]*(\p{Lu}[^\n,:]{1,50}?)[ \t]{0,2}(?:,|\p{Extended_Pictographic}\uFE0F?)[ \t]{1,3}([A-Za-z][\w.+-]{1,20}(?:[ \t]v?\d[\d.]{0,5})?[ \t][Ll]icen[cs]e)\b[ \t.]{0,3}(?:[-–|:][ \t]{0,3}https?:\/\/\S{4,100})?[ \t]*(?:\*\/)?[ \t]*$/u;

/** A sentence, and no name. */
const sentence = /\b(?:under|is|are|was|see|the|this|with|in|of|to|and|or|released|licen[cs]ed|distributed|copyright|note)\b/i;

/** Lines at a file's top in which such a line stands: below an interpreter or an encoding. */
const firstLines = 4;

export interface TitleLine {
  readonly holder: string;
  readonly licence: string;
  readonly span: Span;
}

/** The name and the licence of such a line at the top of a file; what is drawn in a name is none of it. */
export const titleLineOf = (head: string, knowledge: Knowledge): TitleLine | undefined => {
  let start = 0;
  for (let line = 0; line < firstLines && start < head.length; line += 1) {
    const end = /[\r\n]|$/.exec(head.slice(start, start + 250))?.index ?? 0;
    const text = head.slice(start, start + end);
    const [, name = '', words = ''] = titleLine.exec(text) ?? [];
    const licences = name === '' || sentence.test(name) ? [] : findLicenceMentions(words, knowledge).flatMap((mention) => mention.licences);
    const holder = name
      .replace(/[^\p{L}\p{N} .+-]/gu, '')
      .replace(/\s+/g, ' ')
      .trim();
    const [licence] = licences;
    if (licence !== undefined && licences.length === 1 && holder !== '')
      return { holder, licence, span: spanOf(start + text.search(/\S/), start + text.trimEnd().length) };
    start += end + 1;
  }
  return undefined;
};
