import { spanOf } from '../../text/span.ts';
import type { Span } from '../../text/span.ts';

/** "licensed under the license found in the LICENSE file in the root directory"; an address behind it leads to another tree. */
export const inFile =
  /(?:\blicen[cs]e(?:d under the)?(?: terms)? (?:(?:that can be )?found|given|included|contained) in\b|\blicen[cs]e file\b|\bsee (?:the )?licen[cs]e\b(?! for the specific))(?![^.:]{0,60}https?:)/i;

/** Words of it: heads that name nobody are looked at where they point somewhere. */
export const mayRefer = /licen[cs]e[^\n]{0,40}found|LICEN[CS]E file|see LICEN[CS]E/i;

/** A head that grants nothing. */
export const forbidding =
  /\b(?:strictly prohibited|without (?:the |an? )?(?:express|prior|written|explicit|valid)\b[^.]{0,60}\b(?:licen[cs]e|permission|agreement|consent)|only use this (?:computer )?(?:program|software|code) if you have|proprietary and confidential)/i;

const inFolder = /\bLICEN[CS]ES?(?: files?)? (?:is|are) in (?:the )?([\w.-]{3,40}) (?:directory|folder)\b/i;

/** The folder in which a head says that licence texts lie. */
export const folderNamed = (head: string): { readonly name: string; readonly span: Span } | undefined => {
  const found = inFolder.exec(head);
  const [whole = '', name = ''] = found ?? [];
  // The root and this folder are no names.
  return found && !/^(?:root|this|same|current|parent|top)$/i.test(name) ? { name, span: spanOf(found.index, found.index + whole.length) } : undefined;
};

/** The line of a head that states its terms, from the holder's line on. */
const termsLine =
  /^.*(?:\blicen[cs]ed\b|\blicen[cs]e (?:that can be )?found\b|\blicen[cs]e file\b|\bsee (?:the )?licen[cs]e\b|SPDX-License|\b(?:made available|released|distributed|published|provided|free for)\b[^\n]{0,60}\bunder\b|\bpermission is hereby\b|\bredistribution and use\b|\bstrictly prohibited\b|\bonly use this\b).*$/im;
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

/** "This was MIT-licensed by ...": terms of before, with what holds now behind them. */
export const formerly =
  /\b(?:was|were|(?:formerly|previously|originally)(?:[ \t]+(?:licen[cs]ed|released)[ \t]+under)?)[ \t]+(?:the[ \t]+)?[\w. -]{1,30}?[- ]licen[cs]ed?\b/gi;

/** "Otter 2 is licensed under ...": a sentence on something else that a head names, where its own terms stand beside it. */
export const onOther =
  /(?:^|[.;]\s+|\n[ \t]*)(?!(?:This|The|These|It|Its|Code|Source|All|Files?|Software|Licen[cs]ed|Parts?|Portions?)\b)[A-Z][\w-]*(?:[ \t]+[\w.-]+){0,2}[ \t]+(?:is|are)[ \t]+licen[cs]ed[ \t]+under\b[^.]*(?:\.|$)/g;

/** "Includes code from Otter, under ...": terms of a part, for which its own head is no place. */
export const ofParts = /\b(?:includes?|contains?|incorporates?)[ \t]+(?:some[ \t]+)?(?:code|parts?|portions?)[ \t]+(?:from|of)\b[^\n]{0,200}/gi;

/** "Original license: Apache 2.0", below the address of what it was made from. */
export const ofSource = /^[^\p{L}\n]{0,40}(?:original|upstream|source)[ \t]+licen[cs]ed?\b[^\n]*/gimu;
