import { matchesIn } from '../../text/matches.ts';
import type { Span } from '../../text/span.ts';
import { spanOf } from '../../text/span.ts';
import type { Scope } from '../types.ts';
import type { Unit } from './units.ts';

/** A sentence that says that its writers opened something: "we open-sourced the checkpoints", "Otter is now open-sourced". */
export interface Opened {
  readonly span: Span;
  readonly scope: Scope;
  /** The name of what was opened, where it has one. */
  readonly name: string | null;
}

const adverbs = String.raw`(?:(?:now|also|have|fully|completely|just|recently|further|proudly|happily|officially|hereby|publicly)\s+){0,3}`;
const gladly = String.raw`(?:excited|happy|glad|proud|pleased|thrilled|delighted)\s+to\s+(?:announce\s+(?:that\s+we\s+)?)?`;
/** What is opened runs to the end of the sentence. */
const object = String.raw`\s+([^.;:!?\n]{2,160})`;
const weOpen = new RegExp(
  String.raw`\bwe(?:['’]ve|['’]re|\s+have|\s+are)?\s+(?:${gladly})?${adverbs}(open[- ]?sourc(?:ed?|ing))(?=\s)(?!\s+(?:software|community|contributors?|enthusiasts?|advocates?)\b)${object}`,
  'gi',
);
/** "We have trained an otter and open-sourced its weights". */
const weAlsoOpen = new RegExp(
  String.raw`\bwe\b[^.;!?\n]{0,200}?\band\s+${adverbs}(open[- ]?sourced?)(?=\s+(?:the|our|all|both|this|these|its)\b)${object}`,
  'gi',
);
/** "(c) Fully open-sourced a family of 7B models": one of several deeds, without who did them. */
const oneOfDeeds = new RegExp(
  String.raw`(?:\(\w{1,3}\)|[①-⑨])\s+(?:(?:we|fully|completely|publicly|also)\s+){0,2}(open[- ]?sourc(?:ed|ing))(?=\s)${object}`,
  'gi',
);
/** "Otter-7B and Otter-7B-Chat are fully open source". */
const isOpen =
  /(?:^|[\s:：*>#\]!])(?!(?:We|I|They|You|It|He|She|This|These|Those|Both|All|Most|Some|Many)\s)((?:The\s+)?[A-Z][\w.+-]*(?:\s(?:v?\d[\w.]*|[A-Z][\w.+-]*)){0,3})(?:\s+(?:models?|weights|series|family))?\s+(?:is|are|has\s+been|have\s+been)\s+(?:(?:now|also|all|already|both|fully|completely|entirely|officially|free\s+and)\s+){0,3}(open[- ]?sourced?)(?![\w-])(?!\s+(?:by|from|under|model|software|project|framework|tool\w*|librar\w+|implementation|version|alternative|community|code|data\w*|\w+\s+(?:that|which))\b)/g;

const noun: readonly (readonly [Scope, RegExp])[] = [
  ['weights', /(?:^|\s)(?:models?|weights|checkpoints?|[LV]+Ms?|MLLMs?|parameters)$/i],
  ['data', /(?:^|\s)(?:data(?:sets?)?|corpus|corpora|annotations|benchmarks?)$/i],
  ['code', /(?:^|\s)(?:code(?:base)?|scripts?|library|framework|toolkit|pipelines?|implementation)$/i],
];
const lists = /,\s*|\s+(?:and|as\s+well\s+as|along\s+with|together\s+with|including|with)\s+/i;
const behindNoun = /\s+(?:capable|able|for|of|to|that|which|on|in|at|under|used|trained|pre-?trained|fine-?tuned|based|built|from|here|today|(?:is|are)\b).*$/i;
/** "A family of models" are models. */
const severalOf = /(?:^|\s)(?:family|families|series|suite|set|collection|range)\s+of\s/i;
/** A name of a model, by the count of its parameters. */
const sized = /-\d+(?:\.\d+)?[BM]\b/;

/** What the words are about: the nouns at the ends of what is listed, weights before data before code; a name alone may be all of it. */
const scopeOf = (words: string): Scope | undefined => {
  const parts = words.split(lists).map((part) =>
    part
      .replace(/\([^)]*\)?/g, ' ')
      .replace(severalOf, ' ')
      .replace(behindNoun, '')
      .replace(/[\s"'“”*`)\]]+$/, '')
      .trim(),
  );
  const found = noun.find(([, pattern]) => parts.some((part) => pattern.test(part)))?.[0];
  if (found !== undefined) return found;
  const name = nameIn(words);
  if (name === null) return undefined;
  return sized.test(name) ? 'weights' : 'any';
};

const leading = /^(?:(?:the|our|this|all|new|a|an|series|family|of|model|models)\s+){0,4}([A-Z][\w.+-]*(?:\s(?:v?\d[\w.]*|[A-Z][\w.+-]*)){0,3})/;
const nameIn = (words: string): string | null => leading.exec(words.trim())?.[1] ?? null;

/** What is not done, or not by the writers. */
const notYet = /\b(?:will|would|could|if|plan\w*|soon|once|hope|going\s+to|not|n['’]t|they|their|others?|than|most|many|unlike|compar\w+)\b/i;

/** A link to a repository of code: what it is called there is opened there, under terms of its own. */
const linkElsewhere = /\]\(https?:\/\/(?:www\.)?(?:github|gitee)\.com\/[\w.-]+\/[\w.-]+\/?\)/;

const inChinese =
  /(?:已经?|现已|均已|目前|正式|全面|完全|全部)(?:已经?|正式|全面|完全|全部)?开源(?:(?:，|、)?(?:且|并)?(?:支持|免费)商用)?(?!社区|项目|协议|许可|框架|工具|软件|的)|我们(?:[^。，；]{0,6})开源(?:了|(?!社区|项目|协议|许可|框架|工具|软件|的|模型|数据))|开源了/g;
const sentenceInChinese = /[^。；！？]+/g;
const othersInChinese = /如果|如需|若|申请|即将|计划|将会?|未|没有|主流|其他|其它|对比|相比|感谢|他们|们的|欢迎|基于[^，]*开源|参考|包括[^，]*等/;
const nounsInChinese: readonly (readonly [Scope, RegExp])[] = [
  ['weights', /模型|权重|-\d+(?:\.\d+)?[BM]\b/],
  ['data', /数据/],
  ['code', /代码/],
];
/** 训练代码 of a 模型 is code: what stands behind the verb says what is opened. */
const scopeInChinese = (sentence: string, end: number): Scope | undefined => {
  const behind = sentence.slice(end).split(/[，,]/)[0] ?? '';
  const head = /代码\s*$/.test(behind) && !/权重|和|及|、/.test(behind) ? '代码' : behind;
  return (nounsInChinese.find(([, pattern]) => pattern.test(head)) ?? nounsInChinese.find(([, pattern]) => pattern.test(sentence.slice(0, end))))?.[0];
};

const openedInChinese = (unit: Unit, text: string): readonly Opened[] =>
  [...matchesIn(text, sentenceInChinese)].flatMap((sentence) => {
    const found = [...sentence[0].matchAll(inChinese)][0];
    if (!found || othersInChinese.test(sentence[0].replace(/https?:\S+/g, ' '))) return [];
    if (linkElsewhere.test(unit.text.slice(sentence.index, sentence.index + sentence[0].length))) return [];
    const scope = scopeInChinese(sentence[0], found.index + found[0].length);
    const start = unit.start + sentence.index + found.index;
    return scope === undefined
      ? []
      : [{ span: spanOf(start, start + found[0].length), scope, name: /([A-Z][\w.+-]*-\d+(?:\.\d+)?[BM])\b/.exec(sentence[0])?.[1] ?? null }];
  });

/** UTF-16 units of the longest sentence that is looked at: that of an abstract lists what was done. */
const longestOpened = 1600;

/** `isOwn`: whether a name is that of what the page is about. */
export const openedIn = (unit: Unit, text: string, isOwn: (name: string) => boolean): readonly Opened[] => {
  if (/开源/.test(text)) return openedInChinese(unit, text);
  if (!/open[- ]?sourc/i.test(text) || text.length > longestOpened) return [];
  const verbs = [...matchesIn(text, weOpen), ...matchesIn(text, weAlsoOpen), ...matchesIn(text, oneOfDeeds)].flatMap((match): Opened[] => {
    const [all, stated = '', words = ''] = match;
    // "We are open-source" is no deed.
    if (/\bare\s/i.test(all.slice(0, all.indexOf(stated))) && !/ing$/i.test(stated) && !/\bto\s/i.test(all.slice(0, all.indexOf(stated)))) return [];
    const scope = scopeOf(words);
    if (scope === undefined || notYet.test(text.slice(0, match.index)) || notYet.test(all.slice(0, all.length - words.length))) return [];
    const name = nameIn(words);
    // Marks are blanks in the text, so that offsets are those of the unit.
    if (linkElsewhere.test(unit.text.slice(match.index + all.length - words.length, match.index + all.length)) && !(name !== null && isOwn(name))) return [];
    const start = unit.start + match.index + all.lastIndexOf(stated, all.length - words.length);
    return [{ span: spanOf(start, start + stated.length), scope, name }];
  });
  const states = [...matchesIn(text, isOpen)].flatMap((match): Opened[] => {
    const [all, subject = '', stated = ''] = match;
    const name = subject.replace(/^The\s+/, '').replace(/\s+(?:Model|Series)$/, '');
    if (!isOwn(name) || notYet.test(text)) return [];
    const start = unit.start + match.index + all.length - stated.length;
    const scope = sized.test(name) || /\s(?:models?|weights)\s/i.test(all) ? 'weights' : 'any';
    return [{ span: spanOf(start, start + stated.length), scope, name }];
  });
  return [...verbs, ...states];
};
