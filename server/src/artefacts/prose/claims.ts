import { findLicenceMentions } from '../../licence/mentions.ts';
import { categoryOfName, resolveStated } from '../../licence/resolve.ts';
import type { Category, Knowledge } from '../../knowledge/types.ts';
import { limits } from '../../text/limits.ts';
import { matchesIn } from '../../text/matches.ts';
import type { Span } from '../../text/span.ts';
import { spanOf } from '../../text/span.ts';
import { fences } from '../card/front-matter.ts';
import { moreThan } from '../draft.ts';
import { factIds, roleOfPath } from '../hub-id.ts';
import { here } from '../types.ts';
import type { Anchor, ClaimFact, Fact, Reader, Reading, Scope } from '../types.ts';
import { even, titleOf } from './homes.ts';
import { withoutCode } from './link-scan.ts';
import { openedIn } from './opened.ts';
import { unitsOf } from './units.ts';
import type { Unit } from './units.ts';

interface Claim {
  readonly span: Span;
  readonly claim: ClaimFact['claim'];
  readonly scope: Scope;
  readonly licences: readonly string[];
  readonly name?: string;
}

const nouns: readonly (readonly [Scope, RegExp])[] = [
  ['weights', /\b(?:models?|weights|checkpoints?|[LV]+Ms?|MLLMs?|parameters)\b/i],
  ['data', /\b(?:data(?:sets?)?|corpus|corpora|annotations)\b/i],
  ['code', /\b(?:code(?:base)?|project|repo(?:sitory)?|library|framework|software|tool(?:kit|box)?|implementation|package|platform)\b/i],
];

const scopeIn = (text: string): Scope | undefined => nouns.find(([, pattern]) => pattern.test(text))?.[0];

/** Marks of Markdown as blanks, so that offsets stay. */
const plain = (text: string): string => text.replace(/\]\([^)\s]{0,500}\)/g, (link) => ' '.repeat(link.length)).replace(/[*_[\]`]/g, ' ');

const word = String.raw`(permissive(?:ly)?|open[- ]?sourced?)`;
/** "a permissive license (X)", "open source under the X licence". */
const namedBehind = new RegExp(
  String.raw`\b${word}(?:\s+(?:software\s+)?licen[cs]e[sd]?)?\s*(?:\(|:|,\s*(?:namely|i\.e\.)|under\s+(?:the|an?)?|as)\s*([A-Za-z][^()\n,;:.!?]{1,50}(?:\.\d[^()\n,;:!?]{0,20})?)`,
  'gi',
);
/** "the permissive X licence". */
const namedBetween = new RegExp(String.raw`\b${word}\s+([A-Za-z][^()\n,;:!?]{1,60}?)\s+licen[cs]e`, 'gi');
const denied = /\b(?:not|n't|non|less|more|most|than|if|unless|no|neither|must|should|any)\s*-?\s*(?:be\s+|a\s+|an\s+)?$/i;

/** Kinds of terms that a word is wrong for. */
const wrongFor: Readonly<Record<'permissive' | 'open-source', ReadonlySet<Category>>> = {
  permissive: new Set<Category>(['weak-copyleft', 'copyleft', 'share-alike', 'use-restricted', 'proprietary', 'non-commercial', 'research-only']),
  'open-source': new Set<Category>(['use-restricted', 'proprietary', 'non-commercial', 'research-only']),
};

const nameIn = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .replace(/^(?:the|an?)\s+/i, '')
    .replace(/\s*(?:licen[cs]e|,).*$/i, '')
    .trim();

/** The word stands right beside the name of terms that it does not fit. */
const besideName = (unit: Unit, text: string, knowledge: Knowledge): readonly Claim[] =>
  [namedBehind, namedBetween].flatMap((pattern) =>
    [...matchesIn(text, pattern)].flatMap((match): Claim[] => {
      const claim = /^perm/i.test(match[1] ?? '') ? 'permissive' : 'open-source';
      const name = nameIn(match[2] ?? '');
      const category = name === '' ? null : categoryOfName(name, knowledge);
      if (category === null || !wrongFor[claim].has(category as Category) || denied.test(text.slice(0, match.index))) return [];
      const start = unit.start + match.index;
      const { licences } = resolveStated(name, 'free', knowledge);
      // What stands behind the name is no part of the claim; a name over two lines is not found as it stands.
      const at = pattern === namedBehind ? match[0].indexOf(name, match[1]?.length ?? 0) : -1;
      return [
        {
          span: spanOf(start, start + (at < 0 ? match[0].trimEnd().length : at + name.length)),
          claim,
          scope: scopeIn(text.slice(0, match.index)) ?? 'any',
          licences: licences.length > 0 ? licences : [`category:${category}`],
        },
      ];
    }),
  );

const own = String.raw`(?:our|this|these|the)\s+(?:[\w.+-]+\s+){0,4}?`;
const noun = String.raw`(?:models?|weights|checkpoints?|[LV]+Ms?|data(?:sets?)?|corpus|code(?:base)?|project|repo(?:sitory)?|library|framework|software|tool(?:kit|box)?)`;
const fully = String.raw`(?:(?:now|also|all|both|fully|completely|entirely|truly|100%)\s+){0,2}`;
const verb = String.raw`(?:is|are|was|were|has\s+been|have\s+been)\s+`;
const free = String.raw`(?:free\s+(?:to\s+use\s+)?for\s+(?:any|all|every|commercial)(?:\s+and\s+[\w-]+)?\s+(?:use|usage|purposes?)|free\s+of\s+(?:any\s+)?restrictions?|without\s+(?:any\s+)?restrictions?|(?:permissively\s+licen[cs]ed))`;
/** "our models are open source", "the data set is free for any use". */
const said = new RegExp(String.raw`\b${own}(${noun})\s+${verb}${fully}(?:available\s+)?(open[- ]?sourced?|${free})(?![\w-])(?!\s+(?:by|from|at|on)\b)`, 'gi');
/** "model serving framework", "data pipeline": the word before is not what is meant. */
const noFurther = String.raw`(?![-\s]+(?:(?!(?:and|or|for|with|to|that|which|in|of|as|by|on|at|from|is|are|using|the|an?)\b)[\w-]+\s+){0,2}?[\w-]*(?:frameworks?|pipelines?|servers?|serving|toolkits?|tools?|librar(?:y|ies)|training)\b)`;
/** "our open-source Otter models". */
const ours = new RegExp(String.raw`\bour\s+(?:fully\s+)?(open[- ]?sourced?)\s+(?:[\w.+-]+\s+){0,4}?(${noun})\b${noFurther}`, 'gi');
/** "Otter is an open-source language model", "We present Otter, a novel open-source model". */
const isOne = new RegExp(
  String.raw`^[\s>*#-]*((?:We\s+(?:are\s+\w+\s+to\s+)?(?:present|introduce|release|announce|propose)\s+)?)(.{1,60}?)\s*(?:,|:|—|–|\bis|\bare)\s+(?:(?:an?|the|our)\s+)?(?:(?!(?:for|of|to|with|on|in|from|that|by|using|and|or|as|than|built|based)\b)[\w'’-]+\s+|(?:family|series|suite)\s+of\s+){0,5}?(open[- ]?sourced?)\s+((?:[\w/+-]+\s+){0,4}?${noun})\b${noFurther}`,
  'i',
);

/** "Our aim is to deliver an array of open-source language models". */
const aimed = new RegExp(
  String.raw`\b(?:our|this\s+project['’]s)\s+(?:\w+\s+){0,2}(?:goal|aim|objective|mission)s?\s+(?:is|are)\s+to\s+(?:deliver|provide|offer|release|build|develop|create)\s+(?:[\w-]+\s+){0,4}?(open[- ]?sourced?)\s+(?:[\w.+-]+\s+){0,4}?(${noun})\b${noFurther}`,
  'gi',
);
/** "一个开源可商用的大规模语言模型", "全部开源，完全可商用的模型". */
const saidInChinese = /(?:全部|完全|全面?)?开源(?:开放|免费)?(?:、|，|且|并且?|和|而且)?(?:完全|免费)?可商用|(?:完全)?可商用的?开源|完全(?:免费)?可商用/g;
const sentenceInChinese = /[^。；！？]+/g;
/** What is asked for, what others have, and what cannot be. */
const othersInChinese = /如果|如需|若|申请|登记|授权|不可|不能|非商用|主流|其他|其它|对比|相比|支持|基于|底座|基座/;
const nounsInChinese: readonly (readonly [Scope, RegExp])[] = [
  ['weights', /模型|权重/],
  ['data', /数据/],
];

/** "Otter 2模型", "Otter2版本", of whichever was named last before the claim. */
const namedInChinese = /([A-Z][A-Za-z]{2,20}[ -]?\d(?:\.\d)?)(?=[\s，,]{0,2}(?:[一-龥]{0,4}模型|版本|系列|，|,|开源|完全|是))/g;
const nameInChinese = (before: string): Pick<Claim, 'name'> => {
  const name = [...matchesIn(before, namedInChinese)].at(-1)?.[1];
  return name === undefined ? {} : { name };
};

const inChinese = (unit: Unit, text: string): readonly Claim[] =>
  [...matchesIn(text, sentenceInChinese)].flatMap((sentence) => {
    const scope = nounsInChinese.find(([, pattern]) => pattern.test(sentence[0]))?.[0];
    if (scope === undefined || othersInChinese.test(sentence[0])) return [];
    return [...sentence[0].matchAll(saidInChinese)].slice(0, 1).map((match): Claim => {
      const start = unit.start + sentence.index + match.index;
      return {
        span: spanOf(start, start + match[0].length),
        claim: match[0].includes('开源') ? 'open-source' : 'unrestricted',
        scope,
        licences: [],
        ...nameInChinese(sentence[0].slice(0, match.index)),
      };
    });
  });

/** "The Otter series of models", as a title says it. */
const kindWords = new Set(['series', 'family', 'of', 'model', 'models']);
const inTitle = (name: string): string => {
  const words = name.trim().split(/\s+/);
  if (words[0]?.toLowerCase() === 'the') words.shift();
  while (words.length > 1 && kindWords.has(words.at(-1)?.toLowerCase() ?? '')) words.pop();
  return words.join(' ');
};
const isOwnName = (name: string, title: string): boolean =>
  /^(?:it|this|we|this\s+\w+|our\s+[\w-]+)$/i.test(name.trim()) || (even(inTitle(name)).length > 2 && even(title).startsWith(even(inTitle(name))));

/** A line of a table of contents. */
const contents = /^\s*(?:[-*+]|\d+[.)])\s+\[[^\]]{0,300}\]\(#/;

const ofLicence = /li[cs]en[cs]|licença|lizenz|copyright|legal|许可|版权|ライセンス|라이[선센]스/i;
const reserving =
  /\b(?:proprietary|all\s+rights\s+(?:are\s+)?reserved|closed[- ]source|not\s+(?:open[- ]source|licensed)|no\s+(?:[\w-]+\s+){0,4}?licen[cs]e\s+(?:is|has\s+been|was)\s+(?:yet\s+)?(?:granted|given|selected|chosen|defined|specified|decided|stated)|belum\s+ada\s+lisensi|sin\s+licencia)\b|保留所有权利|[暂尚][无未](?:指定|选择)?(?:许可|协议)/i;
const longestReserving = 300;
/** The line at the foot of a page; "Acme Ltd." before it ends a sentence. */
const reservedLine = /^\W{0,8}(?:(?:©|\(c\)|copyright\b)[^\n]{0,120}\b)?all\s+rights\s+reserved\W{0,8}$/i;

/** "Proprietary. All rights reserved.": a section on the licence, or a line on the copyright, that grants none. Whoever names a licence beside it only keeps what that leaves. */
const reservedIn = (unit: Unit, text: string, knowledge: Knowledge, ofNotice: boolean): readonly Claim[] => {
  const pattern = ofNotice || ofLicence.test(unit.headings.at(-1) ?? '') ? reserving : reservedLine;
  const found = text.length <= longestReserving ? pattern.exec(text) : null;
  if (!found || findLicenceMentions(text, knowledge).length > 0) return [];
  return [{ span: spanOf(unit.start + found.index, unit.start + found.index + found[0].length), claim: 'reserved', scope: 'any', licences: [] }];
};

/** "The code is released for both academic and commercial usage": what it may be used for, wherever on the page that stands. */
const permitting = new RegExp(
  String.raw`\bthe\s+(?:source\s+)?(?:code|repo(?:sitory)?|project|software)\b[^.;]{0,60}?\s(?:is|are)\s+(?:released|(?:freely\s+)?available|open|free|provided|usable)\s+for\s+(?:both\s+)?((?:academic|research|personal|non-?commercial)(?:\s+(?:use|usage|purposes?))?\s+(?:and|as\s+well\s+as)\s+(?:for\s+)?commercial\s+(?:use|usage|purposes?))\b`,
  'i',
);

const permittedIn = (unit: Unit, text: string): readonly Claim[] => {
  const found = text.length <= 800 ? permitting.exec(text) : null;
  const stated = found?.[1] ?? '';
  if (!found) return [];
  const start = unit.start + found.index + found[0].length - stated.length;
  return [{ span: spanOf(start, start + stated.length), claim: 'unrestricted', scope: 'code', licences: [] }];
};

/** Sections that speak of others. News are our own. */
const foreign = /acknowledg|related|referenc|thanks|compar|citation|cite/i;

/** Works of others, plans and comparisons. */
const others =
  /\b(?:other|existing|many|most|some|popular|various|among|all\s+(?:the\s+)?open|leading|current|will\s+be|soon|plan|compar\w+|outperform\w*|based\s+on|built\s+on|fine-?tuned\s+(?:from|on)|using|thanks)\b/i;
/** In capitals it is a name. */
const conditional = /\b[Ii]f\b/;

const claimOf = (stated: string): ClaimFact['claim'] => (/^open/i.test(stated) ? 'open-source' : /^permissive/i.test(stated) ? 'permissive' : 'unrestricted');

/** A name that may be found among what is known: not "it" or "our model". */
const named = (name: string): Pick<Claim, 'name'> => {
  const bare = inTitle(name);
  return /^[A-Z]/.test(bare) && !/^(?:it|this|we|our|the)\b/i.test(bare) && even(bare).length > 3 ? { name: bare } : {};
};

/** "Otter-7B" on the page of Otter. */
const isOfTitle = (name: string, title: string): boolean => {
  const head = even(title.split(/[:|(,—–]|\s-\s/)[0] ?? '');
  return isOwnName(name, title) || (head.length > 2 && even(name).startsWith(head));
};

const ofDeeds = (unit: Unit, text: string, title: string): readonly Claim[] =>
  openedIn(unit, text, (name) => isOfTitle(name, title)).map(({ span, scope, name }) => ({
    span,
    claim: 'open-source',
    scope,
    licences: [],
    ...(name === null ? {} : named(name)),
  }));

/** News are our own, though what they tell is past. */
const ofNews = /\bnews\b|updates?\b|changelog|release|新闻|动态|更新|发布/i;

const ofOwnWork = (unit: Unit, text: string, title: string): readonly Claim[] => {
  const chinese = inChinese(unit, text);
  if (chinese.length > 0 || others.test(text) || conditional.test(text) || text.length > 500) return chinese;
  const out: Claim[] = [...matchesIn(text, said)].flatMap((match): Claim[] => {
    const scope = scopeIn(match[1] ?? '');
    const stated = match[2] ?? '';
    const start = unit.start + match.index + match[0].length - stated.length;
    return scope === undefined ? [] : [{ span: spanOf(start, start + stated.length), claim: claimOf(stated), scope, licences: [] }];
  });
  for (const match of [...matchesIn(text, ours), ...matchesIn(text, aimed)]) {
    const [all = '', stated = '', thing = ''] = match;
    const scope = scopeIn(thing);
    const start = unit.start + match.index + all.indexOf(stated);
    if (scope !== undefined) out.push({ span: spanOf(start, start + stated.length), claim: 'open-source', scope, licences: [] });
  }
  const one = isOne.exec(text);
  const scope = one ? scopeIn(one[4]?.split(/\s/).at(-1) ?? '') : undefined;
  // What we present is ours, whatever the title is.
  if (one && scope !== undefined && (one[1] !== '' || isOwnName(one[2] ?? '', title))) {
    const [all, , name = '', stated = '', thing = ''] = one;
    const start = unit.start + all.lastIndexOf(stated, all.length - thing.length - 1);
    out.push({ span: spanOf(start, start + stated.length), claim: 'open-source', scope, licences: [], ...named(name) });
  }
  return out.filter((claim, at) => out.findIndex((other) => other.span.start === claim.span.start) === at);
};

/** A page on the rights in what is here, which is no text of a licence: "LICENSE_NOTICE.md", "COPYRIGHT.md". */
const noticeName = /^(?:licen[cs]e[-_. ]?notice|copyright|legal(?:[-_. ]?notice)?|proprietary)\.(?:md|markdown|txt)$/;

/** Sentences of READMEs and cards that call a work open source, permissive or free for any use. Whether it is, the lineage knows. */
export const claimsReader: Reader = {
  id: 'claims',
  version: 7,
  matches: (_path, name) => /^(?:readme|model[-_]?card|dataset[-_]?card|data[-_]?card)[\w.-]*\.(?:md|markdown)$/.test(name) || noticeName.test(name),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const facts: Fact[] = [];
    const anchors: Record<string, Anchor> = {};
    const ofNotice = noticeName.test(path.slice(path.lastIndexOf('/') + 1).toLowerCase());
    if (
      !/open[- ]?sourc|permissive|proprietary|reserved|licen[cs]ed?\b|lisensi|licencia|保留|[暂尚][无未]|restriction|free\s+(?:to|for|of)|and (?:for )?commercial us|开源|可商用/i.test(
        text,
      ) ||
      roleOfPath(path) !== 'decision'
    )
      return { facts, anchors, problems: [] };
    const idOf = factIds('claims');
    const start = fences(text)?.bodyStart ?? 0;
    const shown = withoutCode(text);
    const title = titleOf(shown.slice(start));
    for (const unit of unitsOf(shown, start)) {
      if (unit.kind === 'row' || unit.kind === 'quote' || contents.test(unit.text) || unit.text.length > 2000) continue;
      const sentence = plain(unit.text);
      const permitted = ofNotice ? [] : permittedIn(unit, sentence);
      if (permitted.length === 0 && unit.headings.some((heading) => foreign.test(heading))) continue;
      const beside = ofNotice ? [] : besideName(unit, sentence, knowledge);
      const told = !ofNotice && (!unit.aside || ofNews.test(unit.headings.at(-1) ?? '')) ? ofDeeds(unit, sentence, title) : [];
      const direct = unit.aside || ofNotice ? [] : ofOwnWork(unit, sentence, title);
      const ours = [...direct, ...told.filter((deed) => !direct.some((other) => other.span.start < deed.span.end && deed.span.start < other.span.end))];
      for (const { span, claim, scope, licences, name } of [
        ...reservedIn(unit, sentence, knowledge, ofNotice),
        ...permitted,
        ...beside,
        ...ours.filter((own) => !beside.some((other) => other.span.start < own.span.end && own.span.start < other.span.end)),
      ]) {
        if (facts.length >= limits.proseFacts) return { facts, anchors, problems: [moreThan(limits.proseFacts, 'claims')] };
        const id = idOf(claim, `${scope} ${licences.join('+')}`);
        facts.push({
          kind: 'claim',
          id,
          work: here,
          scope,
          claim,
          stated: text.slice(span.start, span.end),
          licences,
          ...(name === undefined ? {} : { name }),
        });
        anchors[id] = { span };
      }
    }
    return { facts, anchors, problems: [] };
  },
};
