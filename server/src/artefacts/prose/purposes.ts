import type { Mention } from '../../licence/mentions.ts';
import { isLifted, purposes } from '../../licence/restrictions.ts';
import { matchesIn } from '../../text/matches.ts';
import { spanOf } from '../../text/span.ts';

/** What a thing is said to be for, without the word "only", and where the words about that thing end. */
export interface Purpose {
  readonly mention: Mention;
  readonly subjectEnd: number;
}

const meant = String.raw`\bfor\s+(?:the\s+)?${purposes}\s+(?:use|usage|purposes?)\b`;
/** "This project is released for academic use". */
const given = new RegExp(
  String.raw`\b(?:(?:is|are|was|were|been)\s+(?:(?:only|solely|freely|publicly|made)\s+)?(?:(?:released|provided|intended|published|shared|available|offered|open(?:-?sourced)?|free|meant)\s+)?)(${meant})`,
  'gi',
);
/** "This project provides an otter counter for research and educational purposes". */
const provided = new RegExp(
  String.raw`\bthis\s+(?:project|repo(?:sitory)?|code(?:base)?|software|tool|work)\s+(?:provides|offers|was\s+(?:created|developed|made|built)|is\s+(?:created|developed|built))\b[^.;,\n]{0,90}?\s(${meant})`,
  'gi',
);
/** "We are releasing Otter, a model of rivers, for research purposes". */
const handedOut = new RegExp(
  String.raw`\b[Ww]e\s+(?:(?:are|have|now|also|also\s+are|hereby)\s+){0,2}(?:releas|open-?sourc|publish|shar|provid)\w{0,4}\b[^;\n]{0,240}?[\s,](${meant})(?=\s*(?:[:.,;]|$))`,
  'g',
);
const verb = /\b(?:is|are|was|were|been|provides|offers)\b/i;
/** For that, and for whatever else. */
const besides = /\b(?:primarily|mainly|mostly|largely|also|not|both(?!\s+[\w-]+\s+and\s+[\w-]+\s+models?\b)|either|designed)\b/i;

/** Purposes that a sentence puts in the place of a licence: what is beside them is not said to be forbidden, and not granted either. */
export const purposesIn = (text: string): readonly Purpose[] =>
  !/\b(?:use|usage|purposes?)\b/i.test(text)
    ? []
    : [given, provided, handedOut].flatMap((pattern) =>
        [...matchesIn(text, pattern)].flatMap((match): Purpose[] => {
          const phrase = match[1] ?? '';
          const start = match.index + match[0].length - phrase.length;
          const span = spanOf(start, start + phrase.length);
          if (besides.test(match[0]) || isLifted(text, span)) return [];
          const subjectEnd = pattern === handedOut ? start : match.index + (verb.exec(match[0])?.index ?? 0);
          return [{ mention: { span, text: phrase, licences: [], category: 'research-only' }, subjectEnd }];
        }),
      );
