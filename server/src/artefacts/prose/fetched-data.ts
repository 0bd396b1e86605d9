import { originOf } from '../../knowledge/origins.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import { limits } from '../../text/limits.ts';
import { fences } from '../card/front-matter.ts';
import { mostData } from '../data-files.ts';
import { addRelation, draftOf, nothingRead, readingOf } from '../draft.ts';
import { isCalledOut } from '../hub-id.ts';
import { here } from '../types.ts';
import type { Reader, Reading, WorkId } from '../types.ts';
import { dataIn } from './data-in-text.ts';
import type { NamedData } from './data-in-text.ts';
import { even, titleOf } from './homes.ts';
import { unitsOf } from './units.ts';
import type { Unit } from './units.ts';

const within = String.raw`(?:[^.;!?]|\.(?=[\w/]))`;
/** "Download the ... dataset", "we prepare": what goes before the name. */
const fetching = new RegExp(
  String.raw`\b(?:download(?:ed|ing|s)?|fetch|fetched|fetching|obtain(?:ed|ing)?|get|acquire|prepar(?:e|ed|ing)|pre-?process(?:ed|ing)?|organi[sz](?:e|ed|ing)|request|appl(?:y|ied)\s+for|access\s+to|extract|unzip|place|put|crawl(?:ed)?|setup|set\s+up|link)\b${within}{0,90}$`,
  'i',
);
/** "we provide the cropped ... set": copies of it are handed out. */
const handing =
  /\b(?:we|I)\s+(?:also\s+)?(?:provide|release|host|share|upload(?:ed)?)\b[^.;!?]{0,40}\b(?:cropped|(?:pre-?)?processed|resized|filtered|packed|converted|aligned|cleaned)\b[^.;!?]{0,40}$/i;
/** "... can be downloaded from", "... is available at": what stands behind it. */
const fetched =
  /^[^.;!?|]{0,60}?\b(?:(?:can|should|must|need(?:s)?|has|have)\s+(?:to\s+)?be\s+(?:\w+\s+)?(?:downloaded|obtained|prepared|requested|organi[sz]ed|placed|found|accessed)|(?:is|are)\s+(?:publicly\s+)?available\s+(?:at|from|here|on|under)|(?:download|from)\s+(?:it\s+from\s+)?(?:its|the|their|this)\s+(?:official|project|original|website|homepage|link|page))\b/i;
/** "Refer to ... for data preparation": what stands before the name, and behind it. */
const referring = /\b(?:refer\s+to|follow|see|check(?:\s+out)?)\b[^.;!?]{0,60}$/i;
const referred =
  /^[^.;!?]{0,60}?\b(?:to\s+(?:prepare|download|get|obtain|process)|for\s+(?:the\s+)?(?:training\s+)?(?:data(?:sets?)?|downloads?|preparation))\b/i;
const inChinese = /(?:下载|准备|获取|申请|处理|整理|解压|放[到入在])[^。；!?]{0,40}$/;
const behindInChinese = /^[^。；!?]{0,20}(?:下载|准备|获取|申请|解压|放[到入在])/;

/** Between the verb and the name, or right behind the name: something made with the set. */
const madeOfIt =
  /\b(?:(?:pre-?|fine-?)?train(?:ed|ing)\s+(?:\w+\s+){0,2}(?:on|with|using)|pre-?trained|models?|weights|checkpoints?|ckpts?|networks?|backbones?|generators?|encoders?|landmarks?|embeddings?|statistics|stats|scripts?|code|tools?|toolkit|devkit|api|repos?(?:itory)?|classes|class\s+(?:names|labels)|synsets?|labels?\s+(?:file|map)|results?|examples?|demo|paper|leaderboard)\b|模型|权重|脚本|代码|工具/i;
const behindMade =
  /^[\s*_`)\]'’s-]{0,6}(?:\([^)]{0,100}\)\s{0,2})?(?:[\w-]+\s+){0,2}?(?:pre-?train(?:ed|ing)|models?|weights|checkpoints?|ckpts?|backbones?|generators?|encoders?|classifiers?|landmarks?|class(?:es)?\b|labels?\s|synsets?|stat(?:s|istics)|devkit|api|toolkit|format|style|structure|layout|leaderboard|benchmark|dataloader|valid(?:ation)?\b|val\b|test\b)|^[^。]{0,6}(?:模型|权重|格式)/i;
/** What is measured with, what others did, and what nobody does here. */
const others =
  /\b(?:evaluat\w+|benchmark\w*|test(?:ing|ed)?\s+(?:set|split|data)|zero-shot|compar\w+|unlike|instead\s+of|not|n't|no\s+longer|never|without|similar|inspired|follow(?:s|ing)?\s+the\s+(?:format|structure)|same\s+(?:format|structure)|soon|todo|plan(?:s|ned)?|leaderboard|e\.g|such\s+as)\b|评[估测]|测试|对比|相比/i;

/** "Preparing datasets", "Data", "Download the data", "数据准备". */
const headOfData =
  /\b(?:prepar\w*|download\w*|get(?:ting)?|obtain\w*|set-?\s?up|organi\w*|process\w*|build\w*|training|train|(?:fine-?|instruction[-\s])?tuning|instructions?|sft|dpo|rlhf)\b[^\n]{0,30}\b(?:data(?:\s?-?sets?)?|corpus|corpora)\b|\bdata(?:\s?-?sets?)?\s+(?:prep\w*|download\w*|set-?\s?up|acquisition|processing|preprocessing|organi[sz]ation)\b|^\W*(?:\d+(?:\.\d+)*[.)]?\s*)?(?:the\s+|training\s+|supported\s+)?data(?:\s?-?sets?)?\W*$|数据集?(?:的)?(?:准备|下载|获取|处理|预处理)|(?:准备|下载|获取)(?:训练)?数据|(?:训练|微调|精调|指令)[^\n]{0,6}(?:数据集?|语料)\W*$|^\W*数据集?\W*$|데이터(?:셋)?\s*(?:준비|다운로드)|データ(?:セット)?の?(?:準備|ダウンロード)/i;
/** "Otter processing", "Preparing Otter", behind and before the name of a heading. */
const processed =
  /^\W{0,3}(?:data(?:\s?-?sets?)?\W{1,2}|\([^)]{0,40}\)\s{0,2})?(?:pre-?)?(?:process\w*|prep\w*|download\w*|creation|pipeline|set-?up|crawl\w*|scrap\w*)\b/i;
const processing = /\b(?:(?:pre-?)?process\w*|prepar\w*|download\w*|build\w*|creat\w*|crawl\w*)\W{1,3}(?:the\s+)?$/i;

const foreign =
  /related|\bfaq\b|compar|benchmark|leaderboard|roadmap|star history|community|to-?do|awesome|citation|acknowledg|thank|evaluat|\beval\b|\btest|results?\b|performance|metric|references?\b|news|model\s*zoo|checkpoints?|pre-?trained|inference|demo|your\s+own|custom|survey|overview|linear|prob(?:e|ing)|transfer|downstream|zero/i;
const collection = /awesome|survey|paper\s*list|collection|resources|curated|\blist\b|catalog|data\s?hub|datasets?\s+for\b/i;

/** An item or a row that begins with the name: "- **Otter** ([page](...))", "| Otter | ... |". */
const before = /^\s*(?:[-*+|]|\d{1,2}[.)])?\s*(?:\[[ xX]\]\s+)?(?:\d{1,2}[.)]\s+)?[*_`[<|\s]{0,6}(?:(?:the|download)\s+)?$/i;
const mostBefore = 32;

const plain = (text: string): string => text.replace(/\]\([^)\s]{0,500}\)?/g, ' ').replace(/[*_`[\]]/g, ' ');

/** A row without an address is one of results. */
const isItem = ({ kind, text }: Unit): boolean => kind === 'item' || (kind === 'row' && text.includes('://'));

/** What a sentence, an item or a heading says of the set that it names there: that somebody who goes on fetches it. */
const isFetched = (unit: Unit, from: number, to: number): boolean => {
  const front = unit.text.slice(0, from);
  const shown = plain(front);
  // A name that leads to the page counts from where its link begins.
  const head = plain(front.replace(/\[[^\]\n]{1,120}\]\($/, ''));
  const isFirst = head.length <= mostBefore && before.test(head);
  const behind = plain(unit.text.slice(to, to + 200));
  if (behindMade.test(behind.replace(/^[^\s)\]]{0,200}\)\s?/, ' '))) return false;
  if (unit.kind === 'heading') return processed.test(behind) || processing.test(shown) || unit.headings.some((heading) => headOfData.test(heading));
  const verb = fetching.exec(shown) ?? inChinese.exec(shown);
  if (verb) return !madeOfIt.test(verb[0]);
  const later = fetched.exec(behind) ?? behindInChinese.exec(behind);
  if (referring.test(shown) && referred.test(behind) && !/format/i.test(unit.text)) return true;
  if (later || handing.test(shown)) return !madeOfIt.test(shown.slice(-60)) && !madeOfIt.test(later?.[0] ?? '');
  if (isFirst && labelled.test(unit.text.slice(to))) return true;
  // What a section on data lists is there to be fetched.
  return isItem(unit) && isFirst && headOfData.test(unit.headings.at(-1) ?? '');
};

/** "**Otter:** Download the ...". */
const labelled = /^[\s*_`)\]]{0,6}[:：][\s*_]{0,6}(?:please\s+|first\s+|you\s+can\s+)?(?:download|get|obtain|prepare|request|fetch|下载|准备)/i;

const toldIn = (unit: Unit, title: string, knowledge: Knowledge): readonly NamedData[] => {
  if (unit.aside || unit.kind === 'quote' || unit.text.length > 1200 || unit.headings.some((heading) => foreign.test(heading))) return [];
  const found = dataIn(unit, knowledge);
  if (found.length === 0 || others.test(plain(unit.text)) || (unit.kind === 'heading' && foreign.test(unit.text))) return [];
  return found.filter(({ span }) => {
    const from = span.start - unit.start;
    const to = span.end - unit.start;
    // The repository of the set itself tells how to get it; one that works on it says so in its title.
    const name = even(unit.text.slice(from, to));
    const isOwn = unit.kind !== 'heading' && name.length > 2 && even(title).startsWith(name) && !processed.test(title.slice(name.length));
    return !isOwn && isFetched(unit, from, to);
  });
};

/** Recorded as written by a service, or as made from what was. */
const isWritten = (id: string, knowledge: Knowledge): boolean => {
  const origin = originOf(knowledge, id);
  return origin !== undefined && origin.by !== 'name';
};

/** Every text that is read has one of these. */
const telling =
  /\bget\b|\bdata\b|download|fetch|obtain|prepar|process|organi[sz]|request|extract|access|unzip|crawl|apply\s+for|dataset|下载|准备|获取|申请|数据|데이터|データ/i;

const readable = (path: string, name: string): boolean =>
  /^(?:[a-z\d]{1,20}[-_])?readme[\w.-]*\.(?:md|markdown)$/.test(name) ||
  (/\.(?:md|markdown)$/.test(name) &&
    (/data|prepar|install|train|download|getting|started|setup/.test(name) || /(?:^|\/)(?:docs?|datasets?|data)\/[^/]+$/i.test(path)));

/**
 * READMEs and documents on data that say where to get a known set which permits research alone or no commerce, is no longer given out, or was written by
 * a service. Whoever follows them trains on it or measures with it, and may take other data: such a place is a setting.
 */
export const fetchedDataReader: Reader = {
  id: 'fetched-data',
  version: 2,
  matches: readable,
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const draft = draftOf('fetched-data', path, knowledge);
    if (!telling.test(text) || draft.role === 'evaluation') return nothingRead;
    const start = fences(text)?.bodyStart ?? 0;
    const title = titleOf(text.slice(start));
    if (collection.test(title)) return nothingRead;
    const told = new Map<WorkId, NamedData>();
    const written = new Map<WorkId, NamedData>();
    for (const unit of unitsOf(text, start))
      for (const named of toldIn(unit, title, knowledge)) {
        const id = named.work.replace(/^pkg:huggingface\/datasets\/|#data$/g, '');
        if (isCalledOut(id, knowledge)) {
          if (!told.has(named.work)) told.set(named.work, named);
        } else if (!written.has(named.work) && isWritten(id, knowledge)) written.set(named.work, named);
        // More are a catalogue of what there is.
        if (told.size > mostData) return nothingRead;
      }
    for (const { work, span } of [...told.values(), ...(written.size > mostData ? [] : written.values())])
      addRelation(draft, { from: here, to: work, type: 'loads', role: 'decision', via: 'prose', isPreset: true }, { span });
    return readingOf(draft);
  },
};
