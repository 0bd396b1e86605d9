import { familySpoken } from '../../knowledge/families.ts';
import type { Knowledge, RelationType } from '../../knowledge/types.ts';
import { matchesIn } from '../../text/matches.ts';
import type { Span } from '../../text/span.ts';
import { hubReference } from '../hub-id.ts';
import { owner, providers, serviceOverData, services } from './services.ts';
import type { Unit } from './units.ts';

export interface BaseStatement {
  readonly span: Span;
  /** The work that came of it: a name, or null for "our model". */
  readonly part: string | null;
  readonly base: string;
  readonly type: RelationType;
  /** By its name alone, not by an id or a link. */
  readonly isCalled: boolean;
}

export interface OriginStatement {
  readonly span: Span;
  readonly service: string;
  readonly model: string | null;
}

const indexes = new WeakMap<Knowledge, ReadonlyMap<string, string>>();

const normalise = (name: string): string =>
  name
    .toLowerCase()
    .replace(/^meta-?/, '')
    .replace(/[-_.\s]/g, '')
    .replace(/(?:base|hf|model)$/, '');

const termsOf = (knowledge: Knowledge, id: string): string =>
  knowledge
    .model(id)
    ?.licences.map((row) => row.licences.join('+'))
    .join('|') ?? '';

/** Uploads of one name by others, of which this share has the same terms, mean one work: some are tagged wrong. */
const nearlyAll = 0.75;
const fewest = 4;

/** Of a work and its copies by others, people mean the work. */
const meantOf = (ids: readonly string[], knowledge: Knowledge): string | undefined => {
  const named = new Set(ids.flatMap((id) => knowledge.model(id)?.bases ?? []));
  const work = ids.find((id) => named.has(id)) ?? ids[0];
  if (work === undefined) return undefined;
  const terms = termsOf(knowledge, work);
  const others = ids.filter((id) => termsOf(knowledge, id) !== terms && knowledge.model(id)?.bases.includes(work) !== true).length;
  return others === 0 || (ids.length >= fewest && others <= ids.length * (1 - nearlyAll)) ? work : undefined;
};

/** Last parts of known ids, evened out; a name that several repositories share counts only when they have the same terms. */
const nameIndex = (knowledge: Knowledge): ReadonlyMap<string, string> => {
  const known = indexes.get(knowledge);
  if (known) return known;
  const found = new Map<string, string[]>();
  for (const id of knowledge.modelIds()) {
    const name = normalise(id.split('/').at(-1) ?? id);
    // A repository of code has weights of its own only by the names of their files.
    if (name.length < 5 || !/\d/.test(name) || id.includes(':')) continue;
    const before = found.get(name);
    if (before) before.push(id);
    else found.set(name, [id]);
  }
  const ids = new Map(
    [...found].flatMap(([name, sharing]): [string, string][] => {
      const id = sharing.length === 1 ? sharing[0] : meantOf(sharing, knowledge);
      return id === undefined ? [] : [[name, id]];
    }),
  );
  indexes.set(knowledge, ids);
  return ids;
};

const verbs: readonly (readonly [RegExp, RelationType])[] = [
  [/\b(?:distilled|distills)\s+(?:from|with)\s+/gi, 'distilledFrom'],
  [
    /\b(?:derived\s+from|based\s+(?:up)?on|built\s+(?:up)?on(?:\s+top\s+of)?|fine-?tuned\s+(?:from|on\s+top\s+of|version\s+of|based\s+on)|initiali[sz]ed\s+(?:from|with)|adapted\s+from)\s+/gi,
    'finetune',
  ],
];

const modelName = /^(?:the\s+|a\s+)?(?:\[|`|\*\*)*(?:Meta(?:'s)?\s+)?([A-Za-z][\w.+-]*(?:\/[\w-]+(?:\.[\w-]+)*)?(?:[\s-]\d+(?:\.\d+)?[bB]?)?(?:-[\w.]+)*)/;
const subjectName = /(?:^|[\s|(*`[])([A-Z][A-Za-z]*[\w.]*-[\w.-]*\d+(?:\.\d+)?[bBmM]\b[\w.-]*)/g;

/** "a 7B Llama": the size stands before the name. */
const sizedBefore = /^((?:an?\s+|the\s+)?)(\d+(?:\.\d+)?B) ([A-Z][\w.+-]*\w)(?![\w/])/;

/** An id in running text: words with a slash between them look like one, so it has to be known, or to have a size or version in its name. */
const writtenId = (written: string, knowledge: Knowledge): string | undefined => {
  const id = hubReference(written)?.id;
  return id !== undefined && (/\d/.test(id.slice(id.indexOf('/'))) || knowledge.model(id)) ? id : undefined;
};

interface NamedBase {
  readonly id: string;
  readonly isCalled: boolean;
  readonly written: string;
  /** Offset of the name as written, and where the text goes on behind it and its link. */
  readonly start: number;
  readonly end: number;
}

/** The model that stands at the head of this text: by a link to the hub, or by a name that only one set of terms goes with. */
export const baseAt = (text: string, knowledge: Knowledge): NamedBase | undefined => {
  const rest = text.slice(0, 200);
  const link = /^([^.;[]{0,80}\[)([^\]]{1,80})\]\((https?:\/\/(?:huggingface\.co|hf\.co)\/[^)\s]+)\)/.exec(rest);
  const linked = link ? hubReference(link[3] ?? '') : undefined;
  if (link && linked?.type === 'model') return { id: linked.id, isCalled: false, written: link[2] ?? '', start: (link[1] ?? '').length, end: link[0].length };
  const sized = sizedBefore.exec(rest);
  const calledBefore = sized ? nameIndex(knowledge).get(normalise(`${sized[3] ?? ''}${sized[2] ?? ''}`)) : undefined;
  if (sized && calledBefore !== undefined)
    return { id: calledBefore, isCalled: true, written: `${sized[2] ?? ''} ${sized[3] ?? ''}`, start: (sized[1] ?? '').length, end: sized[0].length };
  const name = modelName.exec(rest);
  const found = name?.[1] ?? '';
  // A full stop is none of it.
  const written = found.replace(/\.+$/, '');
  const full = writtenId(written, knowledge);
  const id = full ?? nameIndex(knowledge).get(normalise(written));
  return name && id !== undefined
    ? { id, isCalled: full === undefined, written, start: name[0].length - found.length, end: name[0].length - found.length + written.length }
    : undefined;
};

/** Before the name of a family. */
const spokenHead = /^(?:(?:the|an?|original|pre-?trained|open-?source[d]?|Meta(?:'s|’s)?|Meta\s+AI(?:'s)?)\s+){0,3}[[*_`]{0,3}/;

/** The same, or the family that is named there. */
export const familyAt = (text: string, knowledge: Knowledge): NamedBase | undefined => {
  const known = baseAt(text, knowledge);
  if (known) return known;
  const start = spokenHead.exec(text)?.[0].length ?? 0;
  const family = familySpoken(text.slice(start));
  if (!family || !knowledge.model(family.id)) return undefined;
  const end = start + family.length;
  return { id: family.id, isCalled: true, written: text.slice(start, end), start, end };
};

/** What stands between two names of a list. */
const listed = /^[`*\])]*(?:\s*,\s*(?:and\s+)?|\s+and\s+)/;

/** Bases of one list, in its order, with their offsets in the text. */
const basesAt = (text: string, knowledge: Knowledge): readonly NamedBase[] => {
  const out: NamedBase[] = [];
  for (let at = 0; ;) {
    const base = baseAt(text.slice(at), knowledge);
    if (!base || base.written === '') return out;
    out.push({ ...base, start: at + base.start, end: at + base.end });
    const next = listed.exec(text.slice(at + base.end, at + base.end + 20));
    if (!next) return out;
    at += base.end + next[0].length;
  }
};

/** "X is derived from Y", and "X and Z are derived from Y and W, respectively". */
export const baseStatements = (unit: Unit, knowledge: Knowledge): readonly BaseStatement[] => {
  if (unit.text.length > 2000 || /\b(?:not|unlike|instead|compar\w+|similar|inspired)\b/i.test(unit.text)) return [];
  const out: BaseStatement[] = [];
  for (const [verb, type] of verbs) {
    for (const match of matchesIn(unit.text, verb)) {
      const from = match.index + match[0].length;
      const bases = basesAt(unit.text.slice(from), knowledge);
      const [first] = bases;
      if (!first) continue;
      const add = (base: NamedBase, part: string | null): void => {
        const start = unit.start + from + base.start;
        out.push({ span: { start, end: start + base.written.length }, part, base: base.id, type, isCalled: base.isCalled });
      };
      // A link may lead to a place of another name than the one that is shown.
      const before = unit.text.slice(0, match.index).replace(/\bhttps?:\/\/[^\s)\]]+/g, ' ');
      const subjects = [...before.matchAll(subjectName)].map((found) => found[1] ?? '');
      if (/^[^.;]{0,40}\brespectively\b/i.test(unit.text.slice(from + (bases.at(-1) ?? first).end))) {
        if (subjects.length === bases.length) bases.forEach((base, at) => add(base, subjects[at] ?? null));
        continue;
      }
      const subject = subjects.at(-1) ?? null;
      if (subject === null && !/\b(?:our|this|the|it|is|we)\b/i.test(before)) continue;
      add(first, subject);
    }
  }
  return out;
};

const dataWord =
  /\b(?:data(?:sets?)?|corpus|instructions?|instruction-following|conversations?|dialog(?:ue)?s?|samples|responses|answers|captions|traces|outputs|demonstrations|examples|completions|annotations?|preferences?|questions?|prompts|explanations?|labels|captioning|edits|(?:\w+_)?data\.jsonl?)\b/i;
const madeBy = new RegExp(
  String.raw`\b(?:generated|collected|gathered|distilled|synthesi[sz]ed|created|produced|written|annotated|labell?ed|obtained|sourced|powered|crawled|scraped|constructed|curated|rewritten|translated|generating|querying|prompting|using)\b(?:[^.;]|\.(?=\w)){0,60}?\b(?:by|from|with|using|via|through|of)\s+(?:the\s+|${owner}\s+)?[^.;]{0,40}$` +
    String.raw`|\b(?:generates?|translates?)\s+(?:\w+\s+){0,4}(?:with|by|using|from|via)\s+[^.;]{0,20}$|\b(?:powered|generated|annotated)\s+by\s+[^.;]{0,40}$`,
  'i',
);
/** "We use GPT-4 to rephrase ...": what goes before the name, and behind it. */
const uses = new RegExp(
  String.raw`(?:\b(?:we|I)\s+(?:\w+\s+){0,2}?(?:us(?:e|ed)|utili[sz]ed?|leveraged?|employ(?:ed)?|adopt(?:ed)?|prompt(?:ed)?|ask(?:ed)?|call(?:ed)?|quer(?:y|ied))|^[\s>*+-]*(?:use|using|prompt|ask|call|query)|\b(?:and|then)\s+(?:used|utili[sz]ed|employed|leveraged|prompted)|\battempts?\s+to\s+use)\s+(?:(?:the|a|both|powerful|strong|proprietary|advanced|model|api|of|latest)\s+){0,3}(?:${owner}\s+)?(?:the\s+)?$`,
  'i',
);
const toMake =
  /^(?:['’]s)?[^.;,()]{0,60}?\b(?:to|for)\s+(?:(?:the|automatically|further|then|help|us|also|both|data(?:set)?|instruction|image|video)\s+){0,3}(?:generat|produc|creat|synthesi[sz]|rephras|paraphras|re-?writ|annotat|caption|re-?caption|label|translat|convert|construct|collect|augment|diversif|expand|refin|reformat|condens|summari[sz]|polish|extract|rewrit)\w*\b[^.;]{0,120}/i;
/** "Augmented with rephrasings from GPT-4": nouns of what was written. */
const written =
  /\b(?:augment\w*|train\w*|contain\w*|includ\w*|consist\w*|compris\w*|enrich\w*|extend\w*)\b[^.;]{0,80}\b(?:rephras\w+|paraphras\w+|captions|completions|demonstrations|conversations|dialogues|explanations|rationales|translations|descriptions|responses|answers|traces)\s+(?:from|by|of)\s+(?:the\s+)?$/i;
/** "GPT-4-generated captions", "ChatGPT generated dialogues": what stands behind the name. */
const madeBehind =
  /^[- ](?:generated|written|annotated|labell?ed|produced|distilled|synthesi[sz]ed|translated|rewritten|rephrased|assisted|created)\s+(?:[\w-]+\s+){0,3}?(?:data(?:sets?)?|corpus|instructions?|conversations?|dialogues?|samples|responses|answers|captions|traces|demonstrations|completions|annotations?|preferences?|labels|rationales|translations|descriptions|questions)\b/i;
/** What is told apart, or told of others. */
const studied = /\b(?:detect|identif|distinguish|classif|against|recogni[sz]|watermark|stud(?:y|ies)|analy[sz])\w*/i;
/** "The answers are from GPT-4", "labels come from ...". */
const comesFrom =
  /\b(?:data(?:sets?)?|responses|answers|captions|labels|annotations|conversations|dialogues|instructions|outputs|completions|rationales|questions)\s+(?:(?:are|were|is|was|come|came|comes|all|mostly|mainly|taken|sourced)\s+){1,3}(?:from|by)\s+(?:the\s+)?$/i;
/** "These data use ChatGPT to generate ...". */
const dataUse =
  /\b(?:data(?:sets?)?|instructions|conversations|samples|dialogues)\b[^.;,]{0,30}?\b(?:uses?|used|using|utili[sz]e[sd]?|leverag\w+)\s+(?:the\s+)?$/i;
/** "Using GPT-4 as a teacher, we generate ...". */
const usingAs = /\busing\s+(?:the\s+)?$/i;
const weMakeBehind =
  /^[^.;,]{0,40},\s+(?:we|I)\s+(?:\w+\s+)?(?:generat|collect|creat|produc|synthesi[sz]|annotat|construct|obtain|caption|label|translat|re-?writ)/i;
/** What a program does for whoever runs it makes no data of the project. */
const byProgram = /\b(?:you|your|users?|app|bot|agent|plugin|can|could|may|might|will|if)\b|如果|可以|您|你/i;
/** "You can generate more with ...". */
const byReader = /\byou\s+(?:can|could|may|might)\s+(?:also\s+)?(?:re-?)?(?:generate|create|translate|annotate|collect|produce)\b[^.;]{0,80}$/i;
/** "We collect data from ...": in the present, with the one who does it. */
const weMake = new RegExp(
  String.raw`\b(?:we|I)\s+(?:\w+\s+){0,3}?(?:collect|gather|obtain|distill?|generat|synthesi[sz]|creat|construct|produc|annotat|translat)\w*\b[^.;]{0,80}\b(?:from|with|by|using|via)\s+(?:the\s+|${owner}\s+)?$`,
  'i',
);
/** "使用 GPT-4 生成的数据", "通过调用 ... 接口". */
const usesInChinese = /(?:使用|利用|通过|调用|采用|借助|基于|由)[^。；，]{0,8}$|(?<!不|无需|适|应|可)(?:用|从)\s*$/;
const toMakeInChinese = /^[^。；]{0,24}?(?:生成|改写|翻译|标注|构造|构建|扩充|扩写|蒸馏|合成|产生|润色|制作|爬取|获[得取]了?\s*[\d一-龥]|得到|收集|采集)/;
/** "数据来源于 ... 的回答". */
const fromInChinese = /(?:数据|指令|对话|问答|样本|回复|答案|语料)[^。；，]{0,10}(?:来源于|来自于?|取自|出自)[^。；，]{0,4}$/;
/** What people shared of a service, by the name that it is known by: that is a format of data as well. */
const shared = /^share-?gpt$/i;
const ofFormat = /\bformat\w*|\bstyles?\b|\bschema|\btemplates?|\bconvert\w*|\bcompatible|\blike\b|\bbaselines?\b|格式|转换|模板|类型|基准|基线|评[估测]/i;
const trainedOn = /\b(?:train|fine-?tun|sft|collect|gather|crawl|tuned)\w*|训练|微调|收集|爬取/i;
/** Scores, rivals and others. */
const asidesInChinese = /[评打]分|评[估测价]|对比|相比|他们|等人|像|类似|而非|不是/;
const foreignInChinese = /相关|致谢|引用|参考/;
const dataInChinese = /数据|指令|对话|问答|样本|回复|答案|语料/;

/** Behind the name of a service, in Korean and Japanese: "...를 통해 생성하였고", "...を用いて生成した". What somebody may make is left out. */
const toMakeBehind =
  /^[^.。;；\n]{0,30}?(?:통해|통하여|이용|사용|활용|으?로|を用い|を使|により|によって|で)[^.。;；\n]{0,24}?(?:생성|번역|제작|구축|작성|합성|만들|生成|翻訳|作成|構築|合成)(?!할\s*수|가능|해\s*보|できる)/;
const dataBehind = /데이터|질문|답변|응답|대화|말뭉치|データ|対話|応答|回答/;
const asidesBehind = /평가|비교|처럼|같은|아닌|대신|評価|比較|ではなく/;
const foreignBehind = /관련|참고\s*문헌|감사|인용|関連|謝辞|引用/;

/** UTF-16 units before and behind a name in which a word is about it. */
const aroundName = 60;

/** "像 ... 那样，使用 ChatGPT ...": only the clause of the name says what it is beside. */
const clauseOf = (before: string): string =>
  before
    .slice(-aroundName)
    .split(/[，,；。]/)
    .at(-1) ?? '';

const isMade = (before: string, behind: string): boolean => {
  const purpose = uses.test(before) || dataUse.test(before) ? toMake.exec(behind) : null;
  if (purpose && !byProgram.test(purpose[0])) return true;
  return (
    weMake.test(before) ||
    written.test(before) ||
    (dataBehind.test(before + behind) && toMakeBehind.test(behind) && !asidesBehind.test(before.slice(-aroundName) + behind.slice(0, aroundName))) ||
    (madeBehind.test(behind) && !studied.test(before)) ||
    comesFrom.test(before) ||
    (usingAs.test(before) && weMakeBehind.test(behind)) ||
    (fromInChinese.test(before) && !asidesInChinese.test(clauseOf(before))) ||
    (usesInChinese.test(before) && toMakeInChinese.test(behind) && !asidesInChinese.test(clauseOf(before) + behind.slice(0, aroundName)))
  );
};

/** Words of sentences that compare: what they name is a rival, not an origin. */
const rivals = String.raw`evaluat\w+|judg\w+|instead\s+of|outperform\w*|better\s+than|compar\w+|compatible|drop-?in|similar\s+to|rivals?|surpass\w*|beats?|not\s+(?:use|generated|rely)|without|unlike|leaderboard|benchmark\w*|versus|vs\.?`;
const asides = new RegExp(String.raw`\b(?:${rivals}|alternative|score[sd]?|not\s+contain|than|replaced?|must|should|comply|respect|terms\s+of\s+use)\b`, 'i');

/** What stands instead of, or behind, is no rival of what was used. */
const withoutRivals = (text: string): string =>
  text.replace(/\b(?:instead|rather)\s+(?:of|than)\s+[`"'*_]{0,3}[\w.-]+/gi, (phrase) => ' '.repeat(phrase.length));

/** A cell speaks for itself. */
const startOfCell = (unit: Unit, at: number): number => (unit.kind === 'row' ? unit.text.lastIndexOf('|', at) + 1 : 0);

/** That a service wrote data which are told here, by one of the places at which it is named. */
const madeAt = (unit: Unit, at: number, written: string): boolean => {
  // Within the address of a link.
  if (/(?:\]\(|:\/\/)[^)\s]*$/.test(unit.text.slice(Math.max(0, at - longestAddress), at))) return false;
  const before = unit.text
    .slice(startOfCell(unit, at), at)
    .replace(/\]\([^)]*\)/g, ' ')
    .replace(/[*`[\]]/g, '');
  // A part of a path, and what readers may do themselves.
  if ((/[/\\]$/.test(before) && /^[/\\]/.test(unit.text.slice(at + written.length))) || byReader.test(before)) return false;
  if (madeBy.test(before)) return true;
  if (unit.kind === 'row') return false;
  const behind = unit.text.slice(at + written.length).replace(/^[`*\]]+/, '');
  if (shared.test(written) && trainedOn.test(unit.text) && !ofFormat.test(unit.text)) return true;
  return !byProgram.test(before) && isMade(before, behind);
};

/** Places of one name in a sentence that are looked at, and units of an address before one. */
const longestAddress = 200;
const mostPlaces = 4;

/** "The data were generated by <service>": where data of this repository came from, in its own words. */
export const originStatements = (unit: Unit): readonly OriginStatement[] => {
  if (unit.text.length > 1500 || unit.headings.some((heading) => foreignInChinese.test(heading) || foreignBehind.test(heading))) return [];
  const out: OriginStatement[] = [];
  const told = new Set<string>();
  const add = (at: number, length: number, service: string, model: string | null): void => {
    told.add(service);
    out.push({ span: { start: unit.start + at, end: unit.start + at + length }, service, model });
  };
  const shown = withoutRivals(unit.text);
  const isTold = !asides.test(shown) && (dataWord.test(shown) || dataInChinese.test(shown) || dataBehind.test(shown));
  for (const { every, service, model } of isTold ? services : []) {
    const places = told.has(service) ? [] : [...matchesIn(shown, every)].slice(0, mostPlaces);
    const place = places.find((match) => madeAt({ ...unit, text: shown }, match.index, match[0]));
    if (place) add(place.index, place[0].length, service, model);
  }
  const over = unit.kind === 'row' ? undefined : serviceOverData(unit.text);
  if (over && !told.has(over.service)) add(over.at, over.length, over.service, over.model);
  return out;
};

/** What somebody does with a service who makes data by it, in sentences that say no more of where they are kept. */
const making =
  /\b(?:generat|translat|annotat|creat|synthesi[sz]|produc|collect|prompt|call|obtain|rewrit|distill|caption|label|rephras|paraphras|augment|extract|construct)\w*|\b(?:us(?:e[sd]?|ing)|made|written|by|via|through)\b|生成|翻译|标注|构造|调用|蒸馏|改写|생성|번역|제작/i;
const rivalry = new RegExp(String.raw`\b(?:${rivals}|alternatives?)\b`, 'i');

const named = [...services, ...providers];
/** Some service by some name: most sentences have none, and end here. */
const anyName = new RegExp(named.map(({ regex }) => regex.source).join('|'), 'i');

/** What is said of terms, or of what they limit. */
const onTerms =
  /\bterms\s+(?:of\s+(?:use|service)|and\s+conditions)\b|\b(?:usage|use)\s+polic(?:y|ies)\b|\bcompet(?:e|es|ing|itors?)\b|使用条款|服务条款|使用政策/i;

export interface ToldService {
  readonly span: Span;
  readonly service: string;
  readonly terms: boolean;
}

/** Services that a sentence names as what things here are made by, or whose terms it speaks of: a reader of it knows that much. */
export const toldServices = (unit: Unit): readonly ToldService[] => {
  if (unit.text.length > 1500 || !anyName.test(unit.text)) return [];
  const terms = onTerms.test(unit.text);
  if (!terms && (rivalry.test(unit.text) || !making.test(unit.text))) return [];
  const out = new Map<string, ToldService>();
  for (const { regex, service } of named) {
    const match = out.has(service) ? null : regex.exec(unit.text);
    if (match) out.set(service, { service, terms, span: { start: unit.start + match.index, end: unit.start + match.index + match[0].length } });
  }
  return [...out.values()];
};
