import { relativeOfName } from '../../knowledge/families.ts';
import type { Knowledge } from '../../knowledge/types.ts';
import { matchesIn } from '../../text/matches.ts';
import { spanOf } from '../../text/span.ts';
import type { Span } from '../../text/span.ts';
import { hubReference } from '../hub-id.ts';
import { even, titleOf } from './homes.ts';
import { baseAt, familyAt } from './origins.ts';
import type { Unit } from './units.ts';

/** What a README says that a model of its own was made from. */
export interface Derived {
  readonly span: Span;
  /** What the model is called here; null where the sentence only says that it is the project's. */
  readonly name: string | null;
  readonly base: string;
  /** The base is called by its name alone. */
  readonly isCalled: boolean;
  /** The README links to the model on the hub. */
  readonly isOffered: boolean;
}

/** A model of the hub, and where a link to it stands. */
interface Placed {
  readonly id: string;
  readonly span: Span;
}

/** The models that a README offers on the hub as its own. */
export interface Offered {
  /** The name in front of the README, evened out; empty where it has none to speak of. */
  readonly title: string;
  /** By the letters and digits of their names. */
  readonly models: ReadonlyMap<string, Placed>;
}

/** Names shorter than this are words. */
const shortest = 5;
/** UTF-16 units of a sentence or a row that is read: longer ones are data. */
const longestUnit = 1500;

const address = String.raw`https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/`;
const linked = new RegExp(String.raw`\[([^\]]{1,120})\]\(\s*(${address}[^)\s]{1,200})\)`, 'g');
const shown = new RegExp(String.raw`${address}[\w.-]{1,96}\/[\w.-]{1,96}(?![\w/.-])`, 'g');

/** One begins with the other: "Otter-7B-chat" is of the project "Otter", and so is "Otter-7B" of "Otters". */
export const isLike = (name: string, title: string): boolean =>
  name.length >= shortest && title.length >= shortest && (name.startsWith(title.replace(/s$/, '')) || title.startsWith(name));

/** Sections on others. News are our own. */
const foreign = /related|citation|acknowledg|compar|community|awesome|benchmark|leaderboard|baselines?|thanks|致谢|引用|相关|社区|对比/i;

const isForeign = (unit: Unit): boolean => unit.headings.some((heading) => foreign.test(heading));

/** Of the hub, where the link leads to a model. */
const modelOf = (address: string): string | undefined => {
  const reference = hubReference(address);
  return reference?.type === 'model' ? reference.id : undefined;
};

/** "Otter models": what a title calls itself behind its name. */
const generic = /\s+(?:models?|series|family|project)$/i;

/** The project's own models on the hub: its README links to them, and they bear the name in front of it. In a folder a README may be of others. */
export const offeredIn = (path: string, units: readonly Unit[], text: string): Offered => {
  const title = even((titleOf(text).split(/[:|(,—–：]|\s-\s/)[0] ?? '').trim().replace(generic, ''));
  const models = new Map<string, Placed>();
  for (const unit of title.length < shortest || path.includes('/') ? [] : units) {
    if (unit.text.length > longestUnit || !unit.text.includes('://h') || isForeign(unit)) continue;
    for (const match of matchesIn(unit.text, shown)) {
      const id = modelOf(match[0]);
      const name = even(id?.split('/')[1] ?? '');
      const start = unit.start + match.index;
      if (id !== undefined && !models.has(name) && isLike(name, title)) models.set(name, { id, span: spanOf(start, start + match[0].length) });
    }
  }
  return { title, models };
};

const termsOf = (id: string, knowledge: Knowledge): readonly string[] => knowledge.model(id)?.licences.at(-1)?.licences ?? [];

/** The first of those for each set of known terms that they have themselves, from their bases, or judging by their names: the others are told alike. */
export const offersIn = ({ models }: Offered, knowledge: Knowledge): readonly (Placed & { readonly name: string })[] => {
  const told = new Set<string>();
  return [...models.values()].flatMap(({ id, span }) => {
    const record = knowledge.model(id);
    const relative = record ? undefined : relativeOfName(id, knowledge);
    const sources = [id, ...(record?.bases ?? []), ...(relative === undefined ? [] : [relative])];
    const key = sources
      .map((each) => termsOf(each, knowledge).join('+'))
      .join(' ')
      .trim();
    if (key === '' || told.has(key)) return [];
    told.add(key);
    return [{ id, span, name: id.slice(id.indexOf('/') + 1) }];
  });
};

const training = String.raw`(?:(?:continu\w+|further)[\s-]+)?(?:(?:pre|post|fine|instruction|instruct)[-\s]?)?(?:trained|tuned)`;
/** Behind the name of a field, as the template of a card has it. */
const field = String.raw`(?:\s*\[optional\])?[*_]{0,3}\s*[:：][*_]{0,3}\s*`;
/** What goes before the base. */
const madeFrom = new RegExp(
  String.raw`\b(?:${training}|quanti[sz]ed|merged)\s+from\s+(?:base\s+)?models?${field}|` +
    String.raw`\b(?:${training}\s+(?:from|based\s+(?:up)?on|on\s+top\s+of)|(?:built|based)\s+(?:up)?on(?:\s+top\s+of)?|(?:derived|initiali[sz]ed)\s+from|initiali[sz]ed\s+with|(?:fine-?tuned|tuned|quanti[sz]ed|pruned|merged)\s+versions?\s+of)\s+(?:the\s+(?:strong\s+|powerful\s+|original\s+|pre-?trained\s+)?)?` +
    String.raw`|\b(?:an?|our)\s+(?:(?!is\b|are\b|was\b|were\b|has\b)[\w-]+\s+){0,2}?(?:fine-?\s?tuned|instruction-?(?:tuned|following|finetuned))\s+(?:instruction\s+)?(?=[A-Z])|\b[Ww]e\s+(?:further\s+|then\s+)?(?:fine-?tuned?|instruction-tuned?)\s+(?:the\s+(?:pre-?trained\s+)?)?` +
    String.raw`|基于\s*|(?:基座|底座)(?:模型)?\s*(?:使用|采用|选用|选择|为|是|：|:)\s*(?:的是)?\s*`,
  'gi',
);
/** "Otter uses Base-7B as its backbone", "Otter utilizes the frozen Base-7B": what is used of it is told behind it, or by the word before. */
const uses =
  /(?:\b(?:us(?:es|ed?)|utili[sz]e[sd]?|employ(?:s|ed)?|adopt(?:s|ed)?|leverages?d?)\s+(?:(?:the|an?)\s+)?(?:(?:frozen|pre-?trained|powerful|original)\s+){0,2}|(?:使用|采用|选用|以)\s*)/gi;
const asBase =
  /^[*_`\]]{0,4}(?:\([^)\s]{0,200}\))?\s{0,2}(?:models?\s+|weights\s+)?as\s+(?:the|its|our|an?)\s+(?:[\w-]+\s+){0,2}?(?:base(?:\s*models?)?|backbone|foundation(?:\s+models?)?|initiali[sz]ation|starting\s+point)\b|^[*_`\]]{0,4}(?:\([^)\s]{0,200}\))?\s{0,2}(?:扩[充展][^。；，,]{0,8}词表|[^。；，,]{0,8}进行[^。；，,]{0,8}(?:训练|微调))|^[*_`\]]{0,4}(?:\([^)\s]{0,200}\))?\s{0,2}(?:模型)?\s{0,2}(?:作为|为)[^。；，,]{0,8}(?:基座|底座|基础模型|骨干)/i;
/** Who does so without a subject of its own. */
const weUse = /(?:\b(?:we|I|our\s+models?|this\s+model)|我们|本(?:项目|模型|工作)|该模型)\s*$/i;
/** "We fine-tune Base-7B on ...": for what is handed out here, and as no rival. */
const hasRival = /\b(?:baselines?|compar\w+|for\s+example|e\.g\.|ablation)\b/i;
const ourResult = /^[^.;\n]{0,30}?\b(?:on|with|using|to|for|and|by)\b/i;
/** Said of the project's own model without a subject. */
const ofOwn = /^(?:基座|底座)/;
/** "- 模型特点：" */
const fieldInChinese = /^\s*[-*+]\s+[*_]{0,3}[\u4e00-\u9fff]{2,8}[*_]{0,3}[:：][*_\s]{0,4}$/;
/** Nothing but the mark of an item stands before a field. */
const fieldHead = /^\s*[-*+]\s+[*_]{0,3}$/;

/** What is taken of the base is not its weights. */
const otherPart =
  /^[^.;。；,，、)）]{0,30}?(?:\b(?:architecture|structure|tokeni[sz]er|code(?:base)?|framework|template|data(?:sets?)?|repo(?:sitory)?|format|vocab\w*|paper|outputs?|api|respectively)\b|结构|架构|词表|代码|框架|格式|数据)/i;
/** How it was done, which says nothing of what was taken. */
const how = /\s(?:on|with|using|by|via)\s/;
/** Weights first, whatever else was taken. */
const ofWeights = /^\s{0,2}(?:模型|的|原始)?权重|^\s+(?:model\s+)?weights\b/;
/** Plans, what is not so, what somebody may do, and what others did. */
const denied =
  /\b(?:not|n't|cannot|never|no|will|soon|plan\w*|todo|unlike|compar\w+|instead|than|their|authors?|similar|inspired|if|you|your|can|could|may|might|should|please|support\w*|achiev\w+|example|training|code|scripts?|toolkit|demo)\b|未来|计划|即将|不是|并非|并未|支持|如果|您|你|分别/i;
/** "Training Otter based on Base-7B:" tells how to. */
const instructs = /^[\s*_+\d.)-]*(?:pre-?|fine-?)?(?:training|tuning)\b/i;
const each = /\brespectively\b|分别/i;

/** "We release two models that are built on ...": nothing else is named before the base. */
const ourModels =
  /\b(?:we|our)\b[^.;[]{0,80}\b(?:models?|weights|checkpoints?)\b(?:\s+(?:that|which|are|is|were|was|has|have|been|all|both|named?|called|[\d.]+B))*\s*$|(?:我们|本(?:项目|模型|工作)|该模型|此模型)[^。；，,[]{0,12}$/i;

interface Subject {
  readonly name: string;
  readonly end: number;
}

/** The model that stands nearest before the phrase: by its link, by the name of an offered one, or by one like the title. */
const subjectIn = (before: string, { models, title }: Offered): Subject | undefined => {
  let found: Subject | undefined;
  const take = (name: string, end: number): void => {
    if (found === undefined || end > found.end) found = { name, end };
  };
  for (const match of before.matchAll(linked)) {
    const name = modelOf(match[2] ?? '')?.split('/')[1] ?? '';
    if (isLike(even(name), title) || models.has(even(match[1] ?? ''))) take(name, match.index + match[0].length);
  }
  const text = before.replace(/\]\([^)\s]{0,500}\)/g, (link) => ' '.repeat(link.length));
  for (const match of text.matchAll(/(?<![\w/.-])[A-Z][\w.+]*(?:-[\w.+]+)*/g)) {
    const name = match[0].replace(/\.+$/, '');
    if (models.has(even(name)) || (title.length >= shortest && even(name).startsWith(title.replace(/s$/, '')) && !(found && match.index < found.end)))
      take(name, match.index + name.length);
  }
  return found;
};

/** Between the subject and the phrase stands no other subject. */
const between =
  /^(?:\]\([^)\s]{0,500}\))?[\s*_`)\]（(:：,，–—-]{0,12}(?:(?:that|which|it|models?|weights?|checkpoints?|series|family|is|are|was|were|has|have|been|all|both|the|a|an|of|language|chat|base|version|released|now|to|be|\d[\w.]*|系列|模型|是|都|均|为)[\s*_`()（）,，:：-]{0,4}){0,8}$/i;

/** "- **Base**: built on ...", "It is built on ...": said of the model that the heading names. */
const ofHeading =
  /^[\s*_+-]{0,8}(?:[*_]{0,3}[A-Za-z][\w -]{0,40}(?::[*_]{0,3}|[*_]{1,3}:)|[*_]{0,3}[\u4e00-\u9fff]{2,8}[*_]{0,3}[:：][*_]{0,3}|(?:It|This\s+model|The\s+model)(?:\s+(?:is|was))?)?\s*$/;

/** The model of the project that a section is about. */
const headedBy = (unit: Unit, { title, models }: Offered): string | null => {
  const heading = /^\W*([A-Z][\w.+-]*)\W*$/.exec(unit.headings.at(-1) ?? '')?.[1];
  const isOne = heading !== undefined && even(heading) !== title && /\d/.test(heading) && (models.has(even(heading)) || isLike(even(heading), title));
  return isOne ? heading : null;
};

/** Plans, and what is compared. */
const deniedInKorean = /예정|비교|아닌|予定|比較/;

/** "Base-7B 기반 [Full Finetune] -> [acme/otter](...)", "Base-7Bをベースに": what goes before the phrase, with the base at its end. */
const basedInKorean = /(?<![\w/.-])((?:Meta\s+)?[A-Z][\w.+-]*(?:\s\d+(?:\.\d+)?B)?)[*_`]{0,3}(?:\s*(?:모델)?(?:을|를)?\s*기반|\s*を?ベース)/g;

/** Of an item or a sentence that links to one model of the project, and says in Korean or Japanese what that was made from. */
const basedBehind = (unit: Unit, { models }: Offered, knowledge: Knowledge): readonly Derived[] => {
  if (!/기반|ベース/.test(unit.text)) return [];
  const linkedTo = [...models.values()].filter(({ span }) => span.start >= unit.start && span.end <= unit.start + unit.text.length);
  const [own] = linkedTo;
  const found = [...matchesIn(unit.text, basedInKorean)];
  const [match] = found;
  if (!own || !match || linkedTo.length > 1 || found.length > 1 || deniedInKorean.test(unit.text)) return [];
  const written = match[1] ?? '';
  const base = baseAt(written, knowledge);
  if (!base || base.end !== written.length || !(knowledge.model(base.id)?.licences.length ?? 0)) return [];
  const start = unit.start + match.index + base.start;
  return [
    { span: spanOf(start, start + base.written.length), name: own.id.slice(own.id.indexOf('/') + 1), base: base.id, isCalled: base.isCalled, isOffered: true },
  ];
};

/** "Fine-tuned Base-7B model with LoRA": what goes before the base, which has no more behind it than how. */
const tunedOf = /\b(?:(?:fine|instruction)-?\s?tuned|quanti[sz]ed|LoRA\s+(?:of|on|for))\s+/gi;
const howBehind = /^[*_`]{0,3}\s{0,3}(?:models?\b|with\b|using\b|weights\b|[|.,;(]|$)/i;
const deniedOfRow = /\b(?:not|n't|soon|plan\w*|compar\w+|than|baselines?|todo)\b/i;

/** Of a row or an item that links to one model of the project, and says what was tuned. */
const describedBeside = (unit: Unit, { models, title }: Offered, knowledge: Knowledge): readonly Derived[] => {
  if ((unit.kind !== 'row' && unit.kind !== 'item') || unit.text.search(tunedOf) < 0 || deniedOfRow.test(unit.text)) return [];
  const linkedTo = [...models.values()].filter(({ span }) => span.start >= unit.start && span.end <= unit.start + unit.text.length);
  const found = [...matchesIn(unit.text, tunedOf)];
  const [[own], [match]] = [linkedTo, found];
  if (!own || !match || linkedTo.length > 1 || found.length > 1) return [];
  const from = match.index + match[0].length;
  const tail = unit.text.slice(from);
  const base = baseAt(tail, knowledge);
  if (!base || base.start > 2 || !howBehind.test(tail.slice(base.end)) || isLike(even(base.written), title)) return [];
  if (!(knowledge.model(base.id)?.licences.length ?? 0)) return [];
  const start = unit.start + from + base.start;
  return [
    { span: spanOf(start, start + base.written.length), name: own.id.slice(own.id.indexOf('/') + 1), base: base.id, isCalled: base.isCalled, isOffered: true },
  ];
};

/** "[Otter-7B](...): trained from Base-7B", "Otter is fine-tuned from Base-7B", "我们基于 Base-7B ...": what a README says its own models were made from. */
export const derivedIn = (unit: Unit, offered: Offered, knowledge: Knowledge): readonly Derived[] => {
  if (unit.kind === 'heading' || unit.text.length > longestUnit || each.test(unit.text) || isForeign(unit)) return [];
  const described = describedBeside(unit, offered, knowledge);
  if (unit.kind === 'row') return described;
  const out: Derived[] = [...described, ...basedBehind(unit, offered, knowledge)];
  for (const verb of [...matchesIn(unit.text, madeFrom), ...matchesIn(unit.text, uses)]) {
    const isUse = verb[0].search(uses) === 0;
    const end = verb.index + verb[0].length;
    const rest = unit.text.slice(end).replace(/^[*_]+(?=\w)/, (marks) => ' '.repeat(marks.length));
    const from = end + rest.length - rest.trimStart().length;
    const tail = rest.trimStart();
    // A link further on is of something else.
    const base = familyAt(tail.indexOf('[') > 12 ? tail.slice(0, tail.indexOf('[')) : tail, knowledge);
    if (!base || !(knowledge.model(base.id)?.licences.length ?? 0)) continue;
    const behind = tail.slice(base.end);
    if (otherPart.test(behind.split(how)[0] ?? '') && !ofWeights.test(behind) && !(isUse && asBase.test(behind))) continue;
    // An earlier model of the project's own has terms that are told where it is.
    if (isLike(even(base.written), offered.title)) continue;
    const before = unit.text.slice(0, verb.index);
    const isBase = isUse && asBase.test(tail.slice(base.end));
    const subject = subjectIn(before, offered);
    const gap = before.slice(subject?.end ?? 0);
    if (denied.test(gap.slice(-160).replace(/\bdemo\s+version\b/i, '')) || instructs.test(before)) continue;
    // "A fine-tuned Base-7B.": what stands below the title without a subject.
    const isTagline = before.trim() === '' && unit.headings.length === 1 && /^An?\s/.test(verb[0]);
    const weTune = /^we\s/i.test(verb[0]);
    if (weTune && (hasRival.test(behind) || !ourResult.test(behind))) continue;
    const headed = subject === undefined && ofHeading.test(before) ? headedBy(unit, offered) : null;
    const name = subject && between.test(gap) ? subject.name : headed;
    // What a program loads is used, too.
    if (isUse && headed === null && !isBase && !/\bfrozen\b/i.test(verb[0])) continue;
    const isField = (/[:：]/.test(verb[0]) && fieldHead.test(before)) || (isBase && fieldInChinese.test(before));
    if (
      name === null &&
      (subject !== undefined || !(isTagline || weTune || ourModels.test(before) || ofOwn.test(verb[0]) || isField || (isBase && weUse.test(before))))
    )
      continue;
    const start = unit.start + from + base.start;
    out.push({
      span: spanOf(start, start + base.written.length),
      name,
      base: base.id,
      isCalled: base.isCalled,
      isOffered: name !== null && offered.models.has(even(name)),
    });
  }
  return out;
};
