import { limits } from '../../text/limits.ts';
import type { WorkId } from '../types.ts';
import { codeAddressesIn } from './addresses.ts';
import type { CodeAddress } from './addresses.ts';
import { commentBefore, unmarked } from './comments.ts';

/** A comment that says where code was taken from. */
export interface CopiedFrom {
  /** Where it lies: see `CodeAddress`. */
  readonly host: string;
  readonly repository: string;
  /** The commit, tag or branch that the address names. */
  readonly revision: string | null;
  /** Code was taken over; else the comment only says what it builds on. */
  readonly taken: boolean;
  /** No more is said than what it is based on, or who its author is: all of it need not be. */
  readonly loose: boolean;
  /** What the same comment says of its licence. */
  readonly terms: string | null;
  readonly start: number;
  readonly end: number;
  /** Where the line above begins, if it is that one which says so. */
  readonly phrase: number | null;
}

/** Up to the end, with no end of a sentence between. */
const near = String.raw`(?:[^.!?\n]|\.(?=\w)|(?<=\b[A-Z]|\bal)\.){0,90}$`;
const taking = new RegExp(
  String.raw`\b(?:adapt(?:ed|ion)|adpated|adated|adapated|adopted|copied|copy[-/ ]?past(?:ed?|ing)|cop(?:y|ies)(?= of)|(?:translation|port)(?= of)|stripped|migrated|duplicated(?= (?:\w+ ){0,2}from)|took(?= from)|refer(?:r|r?ed|enced?)?(?= from)|originally(?= from)|borrow(?:ed|s)?|subset|modified|modifed|modifided|modification(?= of)|ported|taken|derived|drived|forked|lifted|extracted|stolen|reused|revised|edited|patched|originated|translated|cloned|vendored|rewritten|refactored|simplified|inherit(?:ed|s))\b(?=${near})(?:[^.!?\n]|\.(?=\w)|(?<=\b[A-Z])\.){0,60}?\b(?:fro[mn]|of|version)\b${near}`,
  'i',
);
/** "Modified based on ...": more than that it builds on it. */
const reworked = new RegExp(String.raw`\b(?:adapted|modified|modifed|revised|edited|rewritten|refactored)\s+(?:and\s+\w+\s+)?based\s+(?:up)?on\b${near}`, 'i');
/** "Copy from ...": a note at its beginning; within a sentence it tells people what to do. */
const noted = new RegExp(String.raw`(?:^|[:;]\s+)(?:copy|adapt|modify|borrow|port)(?:\s+(?:it|code|this))?\s+from\b${near}`, 'i');
/** "We modify the loader of River (...)". */
const weTake = new RegExp(
  String.raw`\b(?:we|I)(?:\s+\w+ly)?\s+(?:adapt|modify|modified|borrow|borrowed|copy|took|ported)\b(?=(?:[^.!?\n]|\.(?=\w)){0,90}?(?:\bfrom|(?<!\b(?:because|instead|out|kind|number) )\bof)\b)${near}`,
  'i',
);
/** "We modify the official loader (...)". */
const weChange = new RegExp(
  String.raw`\b(?:we|I)\s+(?:\w+ly\s+)?(?:adapt|adapted|modify|modified|extend|extended)\s+(?:the\s+)?(?:official|original)\b${near}`,
  'i',
);
/** "This file is part of River": where the address bears that name, the file is theirs; whether that is this project is not told. */
const partOf = /\bfile is (?:a )?part of ([\w.-]{3,60})[ ,(:]*$/i;
/** "Credit: ...", "Credit to River", where the address leads to a file or a snippet. */
const credited = /(?:^|[.;]\s+)(?:full |all )?credits?(?: (?:\w+ly )?(?:goes |go )?to(?: [\w.@'`-]{1,40}){0,3})?[ :<`]*$/i;
/** "Credit: ...", "shout-out to ...", where no more is said, and a whole repository may follow. */
const creditedAll = /^(?:(?:all |full )?credits?|kudos|shout-?outs?)(?: (?:goes |go )?to)?[ :]*$/i;
/** "Thanks to River for this", "courtesy of A. Person", where the address leads to a file or a snippet. */
const thanked = /^(?:thanks|thank you|courtesy)(?: goes)? (?:to|of)(?: [\w.@'`-]{1,40}){0,3}[ :<[(`]*$/i;
/** "This file is downloaded from ...", where the address leads to a whole repository. */
const fetchedFile = new RegExp(
  String.raw`^\W*(?:this|the whole|the entire)\s+(?:file|script|module|code)\s+(?:is|was|has been)\s+(?:downloaded|fetched|imported)\s+from\b${near}`,
  'i',
);
/** The same in Chinese, where the address follows what it is said of. */
const inChinese =
  /(?:(?:代码|文件|函数|脚本|实现|模块|方法|程序)[^。！？\n]{0,12}(?:来源于|来源自|来自|取自|源自)|(?:改编自|修改自|复制自|拷贝自|移植自|摘抄自))\s*[:：]?\s*$/;
const otherInChinese = /数据|图片|权重|论文|文档|语料|提示词/;
/** "Evaluation code from ...", where the address leads to a whole repository. */
const codeFrom = new RegExp(
  String.raw`^\W*(?:(?!(?:download|clone|get|fetch|install|see|use|run|load|import|and|or|for)\b)[\w-]+\s+){0,3}(?:codes?|implementation|module|script|snippet)\s+(?:(?:is|are|was|were|comes?|here|below)\s+){0,2}from\b${near}`,
  'i',
);
/** "Code from ...", "This file is from ...", "From: ...", where the address leads to a file. */
const from = new RegExp(
  String.raw`(?:^|[.:;]\s+|\b(?:code|implementation|function|class|module|file|script|kernel|layer|method|util|helper|operation|routine|snippet|it|this|these|which|logic)(?:'?s|es)?\s+(?:(?:is|are|was|were|comes?|came|mostly|partly|here|below|in this file)\s+){0,3})(?:imported\s+)?from\b[\s:]*${near}`,
  'i',
);
const source =
  /^(?:source|src)$|(?:^|[.;]\s+)(?:(?:original\s+)?(?:source|code|src)(?:\s+code)?|original\s+(?:file|script|module)|source\b[^.:!?\n]{1,40}\b(?:url|link|github))\s*[:=]\s*\S{0,3}$/i;
/** "The original file can be found at ...": this one was made from it. */
const originalAt =
  /\boriginal\s+(?:file|script|module|source|code)s?\s+(?:can\s+be|is|was|are)\s+(?:found|available|located|hosted)\s*(?:at|here|in|from)?\s*[:=]?$/i;
/** "Radii of rays from: ...", where the address leads to a file of code: those lines, whatever they do. */
const linesFrom =
  /^(?!(?:see|get|got|fetch|load|call|import|install|download|clone|run|use|move|remove|read|differ)\w*\b)[^.!?\n]{3,70}(?<!\b(?:different|differs?|differ|far|inherits?|inherit|imported|aside|apart|away|suffers?|read|loaded|moved|called|downloaded|comes|coming|values?|numbers?)\s)\bfrom\s*:?\s*$/i;
/** "References:", "ref: ...", and what an item of such a list is called. */
const referenced =
  /(?:^|[.;:]\s+)(?:code\s+|main\s+)?ref(?:erence)?s?(?:\s+(?:code|repo|repository|link|implementation|from|to))?\s*[:=]?(?:\s*[-*\d.]{1,3})?(?:\s*[\w .+-]{1,30}:)?\s*$/i;
/** The label of an item: "flows: https://..." below another. */
const labelled = /^[\w .+-]{1,30}:$/;
/** "Wild mixture of" several files. */
const mixed = /\bmixture\s+of[\s:]*$/i;
/** "from ..." is all that is said, "Github source: ...": a whole repository may follow. */
const only = /^(?:(?:(?:partially|partly|mostly|mainly|largely|directly|originally)\s+)?from|github\s+source)\s*:?$/i;
/** "Parts of it are adapted from flow.hpp in the above repository", behind the address. */
const fromAbove =
  /(?<!\bnot )\b(?:adapted|copied|taken|ported|borrowed|modified|derived)\s+from\b[^!?;]{0,100}?\b(?:in|of|from)?\s?the above(?:-mentioned)? (?:repository|repo|project|link|file|code)\b/i;
const notFromAbove = /\bnot (?:taken|copied|adapted|ported|borrowed|derived) from\b[^.!?;]{0,60}\babove\b/i;
/** A line of a comment that sets apart what follows from what was said: "from ..." may tell there where to get it. */
const emptyComment = /^\s*(?:#+|\/\/+|\*)\s*$/;
const building = new RegExp(
  String.raw`\b(?:based (?:up)?on|bas(?:ed|ing) (?:heavily )?(?:off|on)|built (?:up)?on|builds (?:up)?on|implementation (?:of|from|in|by)|original(?:ly)?(?: (?:from|in|by|at))?)\b${near}`,
  'i',
);
/** "Based on ...": where the address leads to a file, what stands here was made from it, and all of it where "this script is". */
const basing = new RegExp(String.raw`\b(?:based (?:up)?on|bas(?:ed|ing) (?:heavily |largely |mostly )?(?:off|on))\b${near}`, 'i');
const wholly = /\b(?:this|the|whole|entire)\s+(?:script|file|module|code|implementation)\s+(?:is|was)\s+(?:\w+\s+)?(?:based|basing)\b/i;
/** "Based on: ..." and no more, below the first line of a class or function: what stands there was made from it, and how much of it is not told. */
const basedPart =
  /^(?:(?:this|the)\s+(?:class|block|layer|function|method|implementation|code)\s+(?:is|was)\s+)?(?:(?:heavily|largely|mostly|mainly)\s+)?based\s+(?:up)?on\s*:?$/i;
/** "Marching cubes tables from ...": numbers that somebody wrote into a file of code are copied like any of it. */
const tabled = /\b(?:tables?|constants|coefficients)(?:\s+(?:is|are|was|were|here|below|taken|copied|adapted)){0,2}\s+from[\s:]*$/i;
/** "Partly inspired from ...": some of it was taken over, and how much is not told. */
const inspired = new RegExp(
  String.raw`\b(?:partly|partially|heavily|largely|strongly|mostly|mainly|highly|in part)\s+(?:inspired|influenced)\s+(?:from|by)\b${near}`,
  'i',
);
/** What a file of code holds beside other things. */
const ofCode = /\b(?:code|utils|utilities|functions?|class(?:es)?|scripts?|implementations?|helpers?|routines?)\b/i;
/** "Based on the example of", where that example is code. */
const exampled = /\bexamples?\s+(?:code\s+)?(?:of|from|in|at|here)?[\s:]*$/i;
/** Data, prompts and settings are no code; denials are none of it either. */
const otherThings =
  /\b(?:data|datas?ets?|corpus|prompts?|templates?|questions?|examples?|samples|benchmarks?|weights?|checkpoints?|categories|labels?|list|vocab\w*|config\w*|settings?|hyper-?param\w*|param(?:eter)?s|values?|numbers?|results?|scores?|images?|download\w*|install\w*|paper|idea|concept|inspired|inspiration|figure|table|logo|icons?|fonts?)\b/i;
const denial = /\b(?:not|never|isn't|wasn't|nothing|no code)\b(?:\W+\w+){0,2}\W*$/i;

/** UTF-16 units behind an address in which its licence is named. */
const restLength = 260;
const licensed = /^[^\n]{0,120}(?:\n[^\n]{1,120}){0,2}?\blicen[cs]e[^\n]{0,80}/i;

/** What is only read, or seen elsewhere. */
const refers = /\b(?:see|refer\w*|compare|cf|docs?|documentation|test(?:s|ed)?|used (?:by|in)|mirrors?|similar|like|inspir\w+|paper|issue|bug)\b/i;

/** References to what is no code. */
const refersOnly = /\b(?:docs?|documentation|paper|issue|bug|api|tutorial|see)\b/i;

/** The last name of a path, without a place in it. */
const lastName = (path: string | undefined): string => (path ?? '').replace(/[#?].*$|[.:]+$/, '').replace(/^.*\//, '');

/** `based`: code was taken over, but it may be a part of it. */
type Meaning = 'taken' | 'based' | 'built';

const meaningOf = (said: string, { leadsToFile, target, repository }: Pick<CodeAddress, 'leadsToFile' | 'target' | 'repository'>): Meaning | undefined => {
  if (inChinese.test(said)) return otherInChinese.test(said.slice(-40)) ? 'built' : 'taken';
  if (fetchedFile.test(said)) return 'taken';
  const toCode = leadsToFile && isCode.test(lastName(target));
  const verb = taking.exec(said) ?? reworked.exec(said) ?? noted.exec(said);
  if (verb) {
    const sentence = said.slice(said.slice(0, verb.index).search(/[^.!?]*$/));
    const isOther = otherThings.test(sentence) && !(toCode && ofCode.test(sentence));
    return denial.test(said.slice(0, verb.index)) ? undefined : isOther ? 'built' : 'taken';
  }
  if ((leadsToFile || /\binfluenced\b/i.test(said)) && inspired.test(said)) return 'built';
  if (leadsToFile && mixed.test(said)) return 'taken';
  if (toCode && tabled.test(said) && !denial.test(said)) return 'based';
  // A list of references is read, and may have been copied from.
  if (repository !== '' && (toCode || target === undefined) && referenced.test(said) && !refersOnly.test(said)) return 'built';
  if (otherThings.test((toCode && basing.test(said) ? said.replace(exampled, '') : said).slice(-60)) || /\breferences?\b|\brefer to\b[^.;]*$/i.test(said))
    return undefined;
  if (
    only.test(said) ||
    ((weTake.test(said) || weChange.test(said)) && !refers.test(said)) ||
    codeFrom.test(said) ||
    (leadsToFile && (from.test(said) || source.test(said)))
  )
    return 'taken';
  if (creditedAll.test(said) || (leadsToFile && (credited.test(said) || thanked.test(said)))) return 'based';
  if (toCode && linesFrom.test(said) && !refers.test(said) && !denial.test(said)) return 'based';
  if (leadsToFile && basing.test(said)) return wholly.test(said) ? 'taken' : 'based';
  // A folder of a repository is less than all of it.
  if ((leadsToFile && originalAt.test(said)) || (/^\/[^/?#]/.test(target ?? '') && wholly.test(said))) return 'based';
  return building.test(said) || source.test(said) ? 'built' : undefined;
};

/** The work that is named by the address of a source. */
export const workOfSource = ({ host, repository }: Pick<CopiedFrom, 'host' | 'repository'>): WorkId =>
  host === 'github.com' && /^[^/]+\/[^/]+$/.test(repository) ? `pkg:github/${repository}` : `url:${repository === '' ? host : `${host}/${repository}`}`;

/** The line that a place lies in, and the one above it. Places have to be asked for in order, so that a text is gone through once. */
const lineFinder = (text: string): ((at: number) => { readonly start: number; readonly above: string; readonly aboveStart: number }) => {
  const breaks = /\r\n|\r|\n/g;
  let start = 0;
  let above = '';
  let aboveStart = 0;
  let next = breaks.exec(text);
  return (at) => {
    while (next !== null && next.index < at) {
      aboveStart = Math.max(start, next.index - longestAbove);
      above = text.slice(aboveStart, next.index);
      start = next.index + next[0].length;
      next = breaks.exec(text);
    }
    return { start, above, aboveStart };
  };
};
const longestAbove = 401;

/** What the comment says before the address, with the line before it where that runs on. */
const saidBefore = (text: string, at: number, start: number, above: string): { readonly own: string; readonly all: string } | undefined => {
  if (at - start > limits.lineLength) return undefined;
  const own = commentBefore(text.slice(start, at), at - start);
  if (!own) return undefined;
  // "Copy from X. https://...": the sentence has ended, its address follows.
  const trimmed = own.text.replace(/[\s([<*`\\-]+$/, '').replace(/\.$|^\d{1,2}[.)]?$/, '');
  const alone = { own: trimmed, all: trimmed };
  if (trimmed.length > 60 || above.length >= longestAbove) return alone;
  const before = commentBefore(above.replace(/\\\s*$/, ''), above.length);
  // A line above that is closed is another remark.
  if (!before || /(?:"""|'''|\*\/|-->)\s*$/.test(above) || before.text.trim() === '') return alone;
  // "Copy from X.", and the address alone on the next line.
  const lead = trimmed === '' ? before.text.trim().replace(/\.$/, '') : before.text.trim();
  return { own: trimmed, all: `${lead} ${trimmed}`.trim() };
};

/** What begins a part of a file: nothing but its first line follows a comment that gives an address alone. */
const beginsPart = /^[ \t]*(?:\r\n|\r|\n)[ \t]*(?:@\w|(?:async )?def \w|class \w|(?:export )?(?:default )?(?:async )?function\b|__global__|template ?<)/;
const isCode = /\.(?:py|pyx|cu|cuh|c|cc|cpp|cxx|h|hh|hpp|m?js|tsx?|rs|go|java|jl|lua)$/i;

/** A class or function was opened a few lines above, and the comment says it of that. */
const isOfPart = (text: string, start: number): boolean =>
  /^[ \t]*(?:async def|def|(?:export )?(?:default )?class|function)\s+\w/m.test(text.slice(Math.max(0, start - 400), start));

/** What is read, not run. */
const isPage = /\.(?:md|rst|txt|html?|pdf)$/i;
const isPicture = /\.(?:png|jpe?g|gif|svg|webp|bmp|tiff?|ico|mp4|webm)$/i;
export const leadsToPage = (address: string): boolean => isPage.test(lastName(address));
/** Settings of a tool begin with its address. */
const isSettings = /^\.|config/i;
/** "Author: acme" above the address of one of their repositories, "Authors:" above "A. Person (https://...)". */
const isAuthors = (said: string, { repository }: CodeAddress, inBrackets: boolean): boolean => {
  const author = /\bauthors?\s*:\s*(\S+)/i.exec(said)?.[1];
  return author !== undefined && (inBrackets || author.toLowerCase() === repository.replace(/\/.*/, '').toLowerCase());
};

const bareName = (name: string): string => name.toLowerCase().replace(/[-_.]/g, '');

/** Nothing stands before the address but marks, and what is behind it does not go on. */
const isFirstWord = (text: string, start: number, end: number): boolean => {
  const before = start < longestAbove ? text.slice(0, start).split('\n') : ['a'];
  if (!before.every((line) => /^[\s\uFEFF#/*"';<!-]*$|^\uFEFF?#!|^#.*coding[:=]/.test(line))) return false;
  const behind = /^[ \t.)"'*/]*(?:\r\n|\r|\n|$)(.*)/.exec(text.slice(end, end + longestAbove));
  return behind !== null && /^\s*(?:$|"""|'''|\*\/|[#/*\s]*https?:|(?:import|from|class|def|const|use|#\s*include)\b)/.test(behind[1] ?? '');
};

interface Before {
  readonly end: number;
  readonly meaning: Meaning;
  readonly isBare: boolean;
  readonly isLabelled: boolean;
}

/** The next line of a list is what the line before it is, and so is one that goes on with "and", on its own line or on one between. */
const goesOn = (between: string, own: string, { isBare, isLabelled }: Before): boolean => {
  if (between.length > longestAbove) return false;
  const lines = between.split('\n');
  const said = between.replace(/[^\w:]|\bnoqa\b/g, '').toLowerCase();
  if (lines.length === 3) return said === 'and';
  if (lines.length !== 2) return false;
  return own === '' ? isBare : said === 'and' || (isLabelled && labelled.test(own));
};

/**
 * Every address of a repository in a comment that says that code here came from there: as many as are taken, and one more where there is one.
 * `file`: the name of this file. One that leads to a file of that name, on a line of its own above all code, says so without a word.
 */
export const findCopies = (text: string, own = { file: '', head: 0 }): readonly CopiedFrom[] => {
  const out: CopiedFrom[] = [];
  const lineAt = lineFinder(text);
  /** What the address before is, where it ends, and whether nothing or a label stands before it. */
  let before: Before | undefined;
  for (const address of codeAddressesIn(text)) {
    if (out.length > limits.originsPerFile) break;
    const { whole, index, name, target, leadsToFile: file } = address;
    // What somebody wants to give a repository is code, too, as long as it was taken.
    const isPull = address.isTalk && /\/pull\/\d/.test(whole);
    // So is what somebody wrote below an issue, under terms of their own.
    const thread = address.isTalk ? /\/((?:issues|discussions)\/\d{1,9})(?=[#?]|$)/.exec(whole)?.[1] : undefined;
    const isOwner = address.host === 'github.com' && name === '';
    if ((address.isTalk && !isPull && thread === undefined) || isPicture.test(lastName(target))) continue;
    const { start, above, aboveStart } = lineAt(index);
    const said = saidBefore(text, index, start, above);
    if (said === undefined) continue;
    const isNamesake = index < own.head && said.own === '' && lastName(target) === own.file && own.file !== '';
    const mayBeFirst = index < own.head && said.own === '' && name !== '' && !isPage.test(lastName(target)) && !isSettings.test(own.file);
    const isFirst = mayBeFirst && isFirstWord(text, index, index + whole.length);
    const isAbovePart =
      file &&
      said.all === '' &&
      isCode.test(lastName(target)) &&
      /(?:#|\/\/)[ \t]*$/.test(text.slice(start, index)) &&
      beginsPart.test(text.slice(index + whole.length, index + whole.length + 200));
    if (said.all === '' && !isNamesake && !isFirst && !isAbovePart) continue;
    // What the line above speaks of may be something else; "from" alone may end its sentence.
    const isCut = !file && only.test(said.own) && (said.all !== said.own || (/^from/i.test(said.own) && emptyComment.test(above)));
    const ownMeaning = isCut ? undefined : meaningOf(said.own, address);
    const isPart = name !== '' && bareName(partOf.exec(said.all)?.[1] ?? '') === bareName(name);
    const lastEnd = before?.end;
    const listed = before !== undefined && name !== '' && goesOn(text.slice(before.end, index), said.own, before) ? before.meaning : undefined;
    // Behind a label, or an "and" on a line of its own, a list may tell of parts.
    const isApart = labelled.test(said.own) || aboveStart > (lastEnd ?? aboveStart);
    const isOfAuthor = index < own.head && target === undefined && said.all.length < 120 && isAuthors(said.all, address, text[index - 1] === '(');
    const pointed = isAbovePart || (isFirst && file) ? 'based' : isPart || isFirst || isOfAuthor ? 'built' : listed;
    const unsaid = isNamesake && !refers.test(said.all) ? 'taken' : pointed;
    const spoken = ownMeaning ?? (isCut && said.all === said.own ? undefined : meaningOf(said.all, address));
    const rest = text.slice(index + whole.length, index + whole.length + restLength);
    const isAbove = (spoken ?? 'built') === 'built' && name !== '' && /\babove\b/i.test(rest) && fromAbove.test(unmarked(rest).replace(/\s+/g, ' '));
    const meant = isAbove ? 'based' : spoken === 'built' && notFromAbove.test(rest) ? undefined : (spoken ?? unsaid);
    const meaning = meant === 'built' && basedPart.test(said.own) && !address.isTalk && isOfPart(text, start) ? 'based' : meant;
    before = meaning === undefined ? undefined : { end: index + whole.length, meaning, isBare: said.own === '', isLabelled: labelled.test(said.own) };
    // A name that ends in a hyphen runs on in the next line.
    if (meaning === undefined || /^\.+$|-$/.test(name) || ((isPull || isOwner || thread !== undefined) && spoken !== 'taken')) continue;
    if ((isOwner && !/\bfrom[\s:]*$/i.test(said.own)) || (thread !== undefined && !ofCode.test(said.all))) continue;
    const trimmed = whole.replace(/[.,:;]+$/, '');
    out.push({
      host: address.host,
      repository: thread === undefined ? address.repository : `${address.repository}/${thread}`,
      revision: address.revision,
      taken: meaning !== 'built',
      loose:
        meaning === 'based' ||
        isPull ||
        (spoken === undefined && listed === 'taken' && isApart) ||
        /\bpart(?:ial)?ly from\b/i.test(said.own) ||
        inspired.test(said.all) ||
        thread !== undefined ||
        (spoken === undefined && isOfAuthor && !isFirst && !isPart),
      terms: /licen[cs]e/i.test(target ?? '') ? (target ?? '') : (licensed.exec(unmarked(rest))?.[0] ?? null),
      start: index,
      end: index + trimmed.length,
      phrase: said.own !== said.all && meaningOf(said.own, address) !== meaning ? aboveStart : null,
    });
  }
  return out;
};
