import type { Category, Knowledge } from '../../knowledge/types.ts';
import { limits } from '../../text/limits.ts';
import { matchesIn } from '../../text/matches.ts';
import { spanOf } from '../../text/span.ts';
import type { Span } from '../../text/span.ts';
import { fences } from '../card/front-matter.ts';
import { addRelation, draftOf, moreThan, nothingRead, readingOf } from '../draft.ts';
import { sources } from '../origins/reader.ts';
import type { Reader, Reading } from '../types.ts';
import { unitsOf } from './units.ts';
import type { Unit } from './units.ts';

/** `via` of a relation that a sentence states: code was taken over, is used here, or was only built on. */
export const takenCredit = 'credited as taken';
export const usedCredit = 'credited as used';
export const builtCredit = 'credited as built on';

interface Credit {
  readonly span: Span;
  /** `owner/name`. */
  readonly repository: string;
  readonly via: string;
}

const code = String.raw`(?:code|codes|code[- ]?bases?|scripts?|implementations?|repo|repository|project|modules?|folder|directory|files?|functions?|classes|package|framework|library|loaders?|detectors?|trainers?|renderers?|kernels?)`;
const partly = String.raw`(?:(?:largely|mainly|mostly|partly|partially|heavily|primarily|slightly|directly|originally|also|all|adapted|modified|cited|referenced|in\s+part|and|or|\/|,)\s+){0,4}`;
/** From the word "from" up to the name: a name, or names of a list, and what goes before them. */
const upTo = String.raw`(?:(?!\b(?:using|uses?|used|with|which|that|to|we|see|please|install\w*|via|supports?|generat\w+|inspired|dataset|data|weights|checkpoints?|paper)\b)[^.;:!?]|\.(?=\w)){0,160}$`;
const participle = String.raw`(?:adapted|borrowed|copied|taken|brought|sourced|modified|derived|ported|extracted|reused|re-used|inherited|lifted|cloned|edited|revised|refactored|referenced|referred|excerpted|migrated|adopted|duplicated)`;

/** "Our code is largely adapted from ...", "parts of the implementation, borrowed from ...". */
const takenOver = new RegExp(
  String.raw`\b${code}\b,?(?:[^.;:]{0,60}?\b(?:is|are|was|were|been|being))?\s+${partly}${participle}(?:\s+[\w-]+){0,4}?\s+from\b${upTo}`,
  'i',
);
/** "We borrow some of the code from ...". */
const weTake = new RegExp(
  String.raw`\b(?:we|I)\b(?:\s+\w+){0,3}?\s+(?:adapt|adapted|borrow|borrowed|copy|copied|reuse|reused|re-use|took|take|modified|modify|ported)\b(?:\s+(?!for\b|to\b|from\b)[\w'’-]+){0,7}?\s+${code}(?:\s+\w+){0,3}?\s+from\b${upTo}`,
  'i',
);
/** "The renderer borrows heavily from ...". */
const borrows = new RegExp(
  String.raw`\b(?:${code}|this\s+work|we)\b(?:\s+\w+){0,2}?\s+borrow(?:s|ed)?\s+(?:(?:heavily|largely|mostly|mainly|partly|a\s+lot|extensively|directly|some|parts?|code|pieces)\s+){0,3}from\b${upTo}`,
  'i',
);
/** "Adapted from ..." is how a README begins that lies beside what was taken. */
const alone = new RegExp(
  String.raw`^\W*(?:(?:this|it)\s+(?:is|was)\s+)?(?:(?:directly|originally|mostly|largely|mainly|slightly|partially|partly|heavily)\s+)?${participle}\s+from\b${upTo}`,
  'i',
);
/** "This repo is a modification on ...": all of it was taken, and changed. */
const changed = new RegExp(
  String.raw`\b(?:this|our|the)\s+(?:[\w-]+\s+){0,2}?${code}\s+(?:is|was)\s+(?:an?\s+)?(?:\w+\s+)?(?:modification|modifications)\s+(?:on|of|to)\b${upTo}`,
  'i',
);
/** "Most of the code comes from ...", "the loaders are mainly from ...". */
const comesFrom = new RegExp(
  String.raw`\b(?:code|codes|code[- ]?bases?|scripts?|implementations?|modules?|functions?|classes|loaders?)\s+(?:(?:here|below)\s+)?(?:(?:is|are|was|were)\s+(?:(?:largely|mainly|mostly|partly|partially|directly|originally|heavily)\s+)?|(?:(?:largely|mainly|mostly|partly|originally)\s+)?(?:comes?|came|originates?)\s+(?:(?:largely|mainly|mostly|partly|directly|originally)\s+)?)from\b${upTo}`,
  'i',
);
/** The same in Chinese. */
const inChinese = /(?:代码|脚本|实现|本项目|模块)[^。；！？\n]{0,12}(?:来自|修改自|改编自|移植自|取自|复用了?|借鉴了?|摘自)[^。；！？\n]{0,60}$/;
const otherInChinese = /数据|权重|论文|语料|图片|感谢/;
/** "The template uses code from ...". */
const uses = new RegExp(
  String.raw`\b(?:uses?|includes?|contains?|incorporates?|borrows|reuses?)\s+(?:(?:some|parts?|of|the|source|a\s+lot|pieces)\s+){0,4}(?:source\s+)?code\s+from\b${upTo}`,
  'i',
);
const built = new RegExp(
  String.raw`(?:\b(?:our|this|the|these|most|some|parts?|portions?|it)\b(?:\s+[\w-]+){0,4}?\s+${code}|\bthis\s+(?:work|fork)|\bit|^\W*${code})\b[^.;:]{0,40}?\b(?:is|are|was|were|been|builds?|built|refers?|referred)\s+${partly}(?:(?:based|built|developed|implemented|constructed)\s+)?(?:heavily\s+)?(?:(?:up)?on(?:\s+top\s+of)?|(?<=\b(?:built|developed|implemented)\s)(?:using|with)|(?<=\b(?:refers?|referred)\s)to)\b${upTo}`,
  'i',
);
const forked = new RegExp(
  String.raw`\b(?:this|our)\b[^.;:]{0,60}?\b(?:fork|forked|modified\s+(?:version|copy)|adaptation|port)\s+(?:version\s+)?(?:of|from)\b${upTo}`,
  'i',
);
/** Behind the name: "[X](...): the codebase we built upon". */
const builtBehind =
  /^\)?[\s*_`)]*[:,-–—]{0,2}\s*(?:which\s+is\s+)?the\s+code\s?base\s+(?:that\s+|which\s+)?(?:we|our\s+\w+|this\s+\w+)\s+(?:is\s+|was\s+|are\s+)?(?:buil[dt]s?|based)\s+(?:up)?on\b/i;

/** Data and prompts have rules of their own. */
const otherThings = /\b(?:datas?ets?|data|prompts?|weights|checkpoints?|images?|figures?|benchmarks?)\b/i;
const denied = /\b(?:not|never|n't|no|nothing|instead|unlike|if|inspired|compar\w+|similar|would|should|can|could|may|must|please|you|your|will|todo)\b/i;
/** What is said of terms there already. */
const onTerms = /licen[cs]|copyright|许可|协议/i;

const address = /https?:\/\/(?:www\.)?github\.com\/([A-Za-z0-9][\w-]{0,38})\/([\w.-]{1,100})(?:\/([\w.-]+)[^\s)\]>"'`,;]*)?(?=[\s)\]>"'`,;:.#?/]|$)/g;
const talk = new Set(['issues', 'issue', 'pull', 'pulls', 'discussions', 'releases', 'wiki', 'actions', 'projects', 'commits', 'compare', 'stargazers']);

/** Sections on others. What is owed is often told among the thanks, so those count. */
const foreign =
  /related|\bfaq\b|compar|benchmark|leaderboard|roadmap|star history|community|to-?do|awesome|projects?\s+(?:using|based|built)|used\s+by|citation/i;

/** Marks of Markdown and the targets of links as blanks, so that offsets stay. */
const plain = (text: string): string => text.replace(/\]\([^)\s]{0,500}\)/g, (link) => ' '.repeat(link.length)).replace(/[*_`[\]]/g, ' ');

/** "The [kitchen](./env/kitchen) task is adapted from ...": what lies in the tree is code, where it is not called otherwise and its name has no other ending. */
const inTree = /\[[^\]\n]{1,80}\]\((?!https?:|mailto:|#)(?![^)\s]{0,200}(?:data|prompt|weights|checkpoint|assets|figures?|images?))([^)\s]{1,200})\)/gi;
const isCode = (target: string): boolean => {
  const name = target.replace(/[#?].*$|\/$/, '').replace(/^.*\//, '');
  return !name.includes('.') || sources.test(name);
};
/** The label of the link whose target comes next: a title may hold any word. */
const label = /\[[^\]\n]{1,200}\]\($/;

/** What is said before an address, without what only names something. */
const saidBefore = (text: string, at: number): string =>
  plain(
    text
      .slice(0, at)
      .replace(label, 'it')
      .replace(inTree, (link, target: string) => (isCode(target) ? 'this module' : link)),
  );

/** Units before a phrase in which a denial, or what the sentence is about, belongs to it. */
const leadIn = 40;

/** "We thank ... for their code", "benefits from", "we referred to": some of it is here, and how much is not told. */
const thanking =
  /\b(?:thanks?|thankful|grateful|gratitude|appreciat\w+|acknowledg\w+|credits?|indebted|kudos|refer(?:red|s)?\s+to|benefit(?:s|t?ed)?\s+(?:a\s+lot\s+|greatly\s+)?from|stands?\s+on|built\s+on)\b|感谢|致谢|参考/i;
const forCode =
  /\b(?:code|codes|code[- ]?bases?|repos?|repositor(?:y|ies)|implementations?|projects?|librar(?:y|ies)|open[- ]?sourc\w+|works?)\b|代码|开源|项目|实现/i;
const ofThanks = /\backnow\w*|\bcredits?\b|\bthanks?\b|\breferences?\b|致谢|感谢|参考/i;
/** What is thanked for is something else. */
const otherHelp =
  /\b(?:datas?ets?|benchmarks?|demo|space|hosting|support|discussions?|feedback|comments?|sponsor\w*|advice|evaluation|integrat\w+|contribut\w+|docker|windows|tutorials?|colab|inspir\w+|alternatives?)\b|数据/i;

const meaningOf = (said: string): string | undefined => {
  const isMeant = (match: RegExpExecArray): boolean => !denied.test(said.slice(Math.max(0, match.index - leadIn), match.index + match[0].length));
  const verb = takenOver.exec(said) ?? weTake.exec(said) ?? borrows.exec(said) ?? changed.exec(said) ?? comesFrom.exec(said);
  if (verb && isMeant(verb)) {
    const before = said.slice(Math.max(0, verb.index - leadIn), verb.index + Math.max(verb[0].lastIndexOf('from'), verb[0].search(/\bmodification/i)));
    if (!otherThings.test(before)) return takenCredit;
  }
  const chinese = inChinese.exec(said);
  if (chinese && !otherInChinese.test(said.slice(Math.max(0, chinese.index - leadIn)))) return takenCredit;
  const use = uses.exec(said);
  if (use && isMeant(use)) return usedCredit;
  const base = built.exec(said) ?? forked.exec(said);
  return base && isMeant(base) ? builtCredit : undefined;
};

const narrow: ReadonlySet<Category> = new Set(['copyleft', 'non-commercial', 'research-only']);

interface Named {
  /** `owner/name`. */
  readonly repository: string;
  /** Nobody means anything else by it. */
  readonly alone: boolean;
}

/** The repository of code under terms that matter which a name alone means. */
const repositoryOf = (written: string, knowledge: Knowledge): Named | undefined => {
  const repository = knowledge.repositoryNamed(written.toLowerCase());
  const name = repository?.split('/')[1] ?? '';
  // Short names are those of methods, too.
  if (repository === undefined || name.length < 3 || (name.length < 5 && name !== written)) return undefined;
  const matters = knowledge.package(`pkg:github/${repository}`)?.licences.some((licence) => narrow.has(knowledge.terms(licence)?.category ?? 'permissive'));
  return matters === true ? { repository, alone: name.length >= 6 && /\d|-|[a-z][A-Z]/.test(name) } : undefined;
};

/** "adapted from the Otter repository", where no address stands. */
const namedAfter =
  /\bfrom\s+(?:the\s+)?(?:official\s+|original\s+)?([A-Za-z][\w.-]{2,40})(?:['’]s)?(\s+(?:official\s+|original\s+)?(?:repo|repository|code|code[- ]?base|project|implementation)\b)?/gi;

const namedIn = (unit: Unit, text: string, knowledge: Knowledge): readonly Credit[] =>
  [...matchesIn(text, namedAfter)].flatMap((match): Credit[] => {
    const written = (match[1] ?? '').replace(/[.-]+$/, '');
    const named = repositoryOf(written, knowledge);
    if (!named || (!named.alone && match[2] === undefined)) return [];
    const at = match.index + match[0].indexOf(match[1] ?? '', 4);
    if (meaningOf(text.slice(0, at)) !== takenCredit) return [];
    const start = unit.start + at;
    return [{ span: spanOf(start, start + written.length), repository: named.repository, via: takenCredit }];
  });

/** Its licence bars commerce or asks for sources, so that even a thank says something. */
const isNarrow = (repository: string, knowledge: Knowledge): boolean =>
  knowledge.package(`pkg:github/${repository}`)?.licences.some((licence) => narrow.has(knowledge.terms(licence)?.category ?? 'permissive')) === true;

/** Thanks for code, or an item of a list of such thanks. */
const thanks = (unit: Unit, knowledge: Knowledge, repository: string): boolean => {
  if (!isNarrow(repository, knowledge)) return false;
  const text = unit.text.replace(/https?:\S+/g, ' ');
  if (otherHelp.test(text)) return false;
  return (thanking.test(text) && forCode.test(text)) || (unit.kind === 'item' && text.length < 120 && ofThanks.test(unit.headings.at(-1) ?? ''));
};

const creditsIn = (unit: Unit, knowledge: Knowledge, lead: string | undefined): readonly Credit[] => {
  const text = plain(unit.text);
  const out: Credit[] = [];
  for (const match of matchesIn(unit.text, address)) {
    const [whole, owner = '', written = '', section] = match;
    const name = written.replace(/\.+$|\.git$/, '');
    if (name === '' || (section !== undefined && talk.has(section.toLowerCase()))) continue;
    const said = saidBefore(unit.text, match.index);
    const listed = lead !== undefined && said.length < 60 ? meaningOf(`${lead} ${said.replace(/[-+:.;!?]/g, ' ')}`) : undefined;
    const taken = listed === takenCredit ? listed : undefined;
    const via =
      meaningOf(said) ??
      (alone.test(said) && !otherThings.test(unit.headings.join(' ')) ? takenCredit : undefined) ??
      taken ??
      (builtBehind.test(unit.text.slice(match.index + whole.length, match.index + whole.length + 100)) || thanks(unit, knowledge, `${owner}/${name}`)
        ? builtCredit
        : undefined);
    if (via === undefined) continue;
    const start = unit.start + match.index;
    out.push({ span: spanOf(start, start + whole.replace(/[.,:;]+$/, '').length), repository: `${owner}/${name}`, via });
  }
  return out.length > 0 || /github\.com\//i.test(unit.text) ? out : namedIn(unit, text, knowledge);
};

/** The next sentence goes on about the terms of what was just named. */
const goesOn = (unit: Unit, next: Unit | undefined): boolean =>
  next !== undefined &&
  next.kind !== 'heading' &&
  next.start - unit.start - unit.text.length < 4 &&
  onTerms.test(next.text) &&
  /\b(?:its|their|same|original|respective|which|under|follow\w*)\b/i.test(next.text);

/** A sentence that ends in a colon speaks for the items below it. */
const leadOf = (unit: Unit): string | undefined => {
  const text = plain(unit.text).trim();
  return unit.kind !== 'row' && unit.kind !== 'heading' && text.length < 300 && text.endsWith(':') && !onTerms.test(text) ? text.slice(0, -1) : undefined;
};

/** What READMEs say of code that came from elsewhere, where they do not say under which terms. */
export const creditsReader: Reader = {
  id: 'credits',
  version: 6,
  matches: (_path, name) => /^(?:readme|model[-_]?card)[\w.-]*\.(?:md|markdown)$/.test(name),
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    if (!/github\.com\/|\bfrom\b/i.test(text)) return nothingRead;
    const draft = draftOf('credits', path, knowledge);
    const told = new Set<string>();
    const units = unitsOf(text, fences(text)?.bodyStart ?? 0);
    let lead: string | undefined;
    // A README of licence texts gives notice of all that it names.
    const ofLicences = /licen[cs]/i.test(path);
    for (const [at, unit] of units.entries()) {
      if (unit.kind !== 'item') lead = undefined;
      const said = lead;
      lead = leadOf(unit) ?? lead;
      if (unit.kind === 'row' || unit.kind === 'heading' || unit.text.length > 1500) continue;
      if (unit.headings.some((heading) => foreign.test(heading) && !ofThanks.test(heading))) continue;
      // Where the sentence speaks of the terms, all is said but what they mean for the whole.
      const isOnTerms = ofLicences || onTerms.test(unit.text) || goesOn(unit, units[at + 1]);
      for (const { span, repository, via: meant } of creditsIn(unit, knowledge, said)) {
        const key = repository.toLowerCase();
        if (told.has(key) || (isOnTerms && (meant === builtCredit || !isNarrow(repository, knowledge)))) continue;
        const via = isOnTerms ? usedCredit : meant;
        if (draft.facts.length >= limits.creditsPerFile) return readingOf(draft, [moreThan(limits.creditsPerFile, 'sentences on where code was taken from')]);
        told.add(key);
        addRelation(draft, { from: `local:${path}`, to: `pkg:github/${repository}`, type: 'copiedFrom', role: 'decision', via }, { span });
      }
    }
    return readingOf(draft);
  },
};
