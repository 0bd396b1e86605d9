import { matchesIn } from '../text/matches.ts';
import type { Span } from '../text/span.ts';
import { spanOf } from '../text/span.ts';

/** A phrase that limits use without naming a licence. */
export interface Restriction {
  readonly span: Span;
  readonly category: 'non-commercial' | 'research-only';
}

const purpose = String.raw`(?:academic|scientific|educational|non-?profit|personal|private|learning|study|teaching|research)`;
/** "research and educational", "academic, educational and personal". */
export const purposes = String.raw`${purpose}(?:(?: ?[,&/] ?(?:and |or )?| (?:and|or) )${purpose}){0,3}`;

const phrases: readonly (readonly [RegExp, Restriction['category']])[] = [
  [/\b(?:for\s+)?(?:(?:academic|scientific|non-?commercial|internal)\s+)?research\s+(?:(?:use|usage|purposes?)\s+)?only\b/gi, 'research-only'],
  [/\b(?:for\s+)?(?:academic|educational)\s+(?:use|usage|purposes?)\s+only\b/gi, 'research-only'],
  [
    /\b(?:only|solely|exclusively|strictly|restricted|limited)\s+(?:intended\s+)?(?:for|to)\s+(?:(?:academic|scientific|non-?commercial)\s+)?(?:research|academic)\b(?:\s+(?:use|usage|purposes?))?(?:\s+only)?/gi,
    'research-only',
  ],
  [new RegExp(String.raw`\b(?:for\s+)?(?:${purposes} (?:use|usage|purposes?)|${purpose}(?: and | or |/)research)\s+only\b`, 'gi'), 'research-only'],
  [
    new RegExp(
      String.raw`\b(?:only|solely|exclusively|strictly)\s+(?:be\s+)?(?:used?\s+|intended\s+|available\s+|provided\s+|licen[cs]ed\s+|released\s+)?for\s+(?:(?:academic\s+|scientific\s+)?research\b|${purposes}\s+(?:use|usage|purposes?|research)\b)`,
      'gi',
    ),
    'research-only',
  ],
  [/\bresearch-only\b/gi, 'research-only'],
  [/\bresearch\s+licen[cs]e\b/gi, 'research-only'],
  [/\bnon-?\s?commercial(?:ly)?\b(?:\s+(?:use|usage|purposes?|licen[cs]e|research))?(?:\s+only)?/gi, 'non-commercial'],
  [
    /\b(?:not|cannot|can't|don't)\s+(?:be\s+used\s+|for\s+use\s+|(?:available|permitted|allowed|licen[cs]ed|intended)\s+|(?:be\s+)?use\s+(?:(?:it|them|this|these|the|our)\s+(?:[\w-]+\s+){0,3})?)?(?:for|in)\s+(?:any\s+)?commercial\b(?:\s+(?:use|usage|purposes?|applications?|products?))?/gi,
    'non-commercial',
  ],
  [/\bnot\s+(?:be\s+)?used?\s+(?:(?:it|them|this|these|the|our)\s+(?:[\w-]+\s+){0,2})?commercially\b/gi, 'non-commercial'],
  [/\b(?:no|prohibits?|forbids?)\s+commercial\s+(?:use|usage)\b/gi, 'non-commercial'],
  [
    /\bcommercial\s+(?:use|usage)\s+(?:(?:and|or)\s+[a-z]+\s+(?:use|usage)\s+)?(?:of\s+(?:(?:the|these|our|this|any)\s+)?(?:[\w-]+\s+){1,3})?is\s+(?:strictly\s+|currently\s+)?(?:not\s+(?:permitted|allowed)|prohibited|forbidden)\b/gi,
    'non-commercial',
  ],
  // The same in Chinese: for research alone; not for commerce.
  [
    /(?:仅(?:供|能?(?:应)?用于|可(?:应)?用于|限于|限|作)|只(?:供|[能可]?(?:应)?用于|限于|能作))[^。；，\n]{0,8}(?:研究|学术|科研|教学|(?<!机器|深度|强化|迁移|监督|对比)学习(?![率器到]))(?:使用|用途|之用|目的)?/g,
    'research-only',
  ],
  [/(?:严禁|禁止|不得|不可|不能|不允许|请勿|切勿)[^。；，\n]{0,8}商(?:业|用)(?:用途|使用|目的|行为)?/g, 'non-commercial'],
];

/** "commercial and non-commercial use", "not only for research", "no NonCommercial clause": what the phrase is part of lifts the limit. */
const liftedBefore =
  /\b(?:commercial(?:ly)?\s*(?:,|and|or|&|\/|as\s+well\s+as)\s*(?:for\s+)?|not\s+(?:just|only|limited\s+to|restricted\s+to)\s+(?:for\s+)?|beyond\s+|than\s+|(?:with\s+)?no\s+|without\s+(?:an?\s+|any\s+)?|un)$/i;
const liftedAfter =
  /^\s*(?:(?:use|usage|purposes?|research)\s*)?(?:,|and|or|&|\/|as\s+well\s+as|but\s+also)\s*(?:for\s+)?(?:in\s+)?(?:[a-z]{1,15}\s+)?commercial/i;

export const isLifted = (text: string, span: Span): boolean =>
  liftedBefore.test(text.slice(Math.max(0, span.start - 32), span.start)) || liftedAfter.test(text.slice(span.end, span.end + 48));

/** Each phrase has one of these words: most texts have none, and are gone through once. */
const anyPhrase = /research|academic|scientific|educational|commercial|non-?profit|personal|private|learning|study|teaching|研究|学术|科研|教学|学习|商[业用]/i;

/** Every such phrase, in no order. */
export const findRestrictions = (text: string): readonly Restriction[] =>
  !anyPhrase.test(text)
    ? []
    : phrases.flatMap(([pattern, category]) =>
        [...matchesIn(text, pattern)].flatMap((match): Restriction[] => {
          const span = spanOf(match.index, match.index + match[0].trimEnd().length);
          return isLifted(text, span) ? [] : [{ span, category }];
        }),
      );
