import { spanOf } from '../../text/span.ts';
import type { Span } from '../../text/span.ts';

/** "licensed under the license found in the LICENSE file in the root directory"; an address behind it leads to another tree. */
export const inFile =
  /(?:\blicen[cs]e(?:d under the)?(?: terms)? (?:(?:that can be )?found|given|included|contained) in\b|\blicen[cs]e file\b|\bsee (?:the )?licen[cs]e\b(?! for the specific))(?![^.:]{0,60}https?:)/i;

/** Words of it: heads that name nobody are looked at where they point somewhere. */
export const mayRefer = /licen[cs]e[^\n]{0,40}found|LICEN[CS]E file|see LICEN[CS]E/i;

/** The line of a head that states its terms, from the holder's line on. */
const termsLine =
  /^.*(?:\blicen[cs]ed\b|\blicen[cs]e (?:that can be )?found\b|\blicen[cs]e file\b|\bsee (?:the )?licen[cs]e\b|SPDX-License|\b(?:made available|released|distributed|published|provided|free for)\b[^\n]{0,60}\bunder\b|\bpermission is hereby\b|\bredistribution and use\b|\bstrictly prohibited\b).*$/im;
/** Where nothing else is said of use. */
const keepingLine = /^.*\blicensors retain\b.*$/im;

export const termsIn = (head: string, from: number): Span | undefined => {
  const rest = head.slice(from);
  const found = termsLine.exec(rest) ?? keepingLine.exec(rest);
  if (!found) return undefined;
  const line = found[0];
  return spanOf(from + found.index + line.length - line.trimStart().length, from + found.index + line.trimEnd().length);
};

/** Words of terms; UTF-16 units of a sentence on either side of a limit in which one stands. */
const ofTerms = /licen[cs]|\bus(?:e|es|ed|age|ing)\b|\bpurposes?\b|\bpermi(?:t|ssion)|\brights?\b|使用|用途|许可|授权/i;
const besideTerms = 80;
const sentenceEnd = /[.!?]\s|\n\s*\n/;

/** "For research use only" is a limit of use; "judgments train and that set (non-commercial) only scores" speaks of something else. */
export const isOfTerms = (plain: string, { start, end }: Span): boolean => {
  const before =
    plain
      .slice(Math.max(0, start - besideTerms), start)
      .split(sentenceEnd)
      .at(-1) ?? '';
  const after = plain.slice(end, end + besideTerms).split(sentenceEnd)[0] ?? '';
  return ofTerms.test(before + plain.slice(start, end) + after);
};
