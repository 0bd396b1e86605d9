import type { Knowledge } from '../../knowledge/types.ts';
import { limits } from '../../text/limits.ts';
import { fences } from '../card/front-matter.ts';
import { addFact, addRelation, draftOf, moreThan, nothingRead, readingOf } from '../draft.ts';
import { here } from '../types.ts';
import type { Reader, Reading, WorkId } from '../types.ts';
import { dataIn } from './data-in-text.ts';
import type { NamedData } from './data-in-text.ts';
import { titleOf } from './homes.ts';
import { listedData } from './training-lists.ts';
import { cellsThatHandOut, headedData, tabledData } from './training-tables.ts';
import { unitsOf } from './units.ts';
import type { Unit } from './units.ts';

const training = String.raw`(?:(?:pre|fine|post|co|instruction)?[-\s]?(?:train(?:ed|s|ing)?|tun(?:e|ed|es|ing)))`;
/** "We first train the model on ...", "It is trained only on the open-sourced dataset: ...". */
const trainedOn = new RegExp(String.raw`\b${training}\b[^.;!?]{0,120}?\b(?:on|with|using|from|over|by)\b(?:[^.;!?]|\.(?=\w)){0,160}$`, 'i');
/** "Add the training images from ...", "Training data: ...". */
const trainingData = new RegExp(
  String.raw`\b(?:training|pre-?trained|pre-?training)\s+(?:data(?:sets?)?|corpus|corpora|sets?|images|videos|samples|clips|pairs)\b(?:[^.;!?]|\.(?=\w)){0,80}?(?:\b(?:of|from|is|are|was|were|includes?|included|contains?|comprises?|on|using|with)\b|:)(?:[^.;!?]|\.(?=\w)){0,160}$`,
  'i',
);
/** "We use ... for training": what goes before the name, and behind it. */
const used =
  /(?:\b(?:we|I)\s+(?:\w+\s+){0,2}?|^[\s*+>-]*(?:by\s+)?(?=using\b))(?:use[ds]?|using|utili[sz]ed?|adopt(?:ed)?|employ(?:ed)?|add(?:ed)?|combined?|collect(?:ed)?)\b(?:[^.;!?]|\.(?=\w)){0,120}$/i;
const forTraining = new RegExp(
  String.raw`^(?:[^.;!?]|\.(?=\w)){0,100}?\b(?:for|to|as|during|in)\s+(?:(?:the|our|both|all|model|video|image|stage|first|second|joint|further)\s+){0,3}(?:${training}|train)\b(?!\s+and\s+(?:test|eval))`,
  'i',
);

/** "... was used for pre-training": of no model by its name. */
const usedBehind = new RegExp(
  String.raw`^\s{0,3}(?:data(?:sets?)?\s+|corpus\s+)?(?:is|are|was|were)\s+(?:also\s+|then\s+|first\s+)?(?:used|utili[sz]ed|adopted)\s+(?:(?:for|in|during)\s+(?:(?:the|our|model|first|second|initial|joint)\s+){0,3}(?:(?:pre|fine|post|instruction)?[-\s]?(?:training|tuning))|to\s+(?:pre-?|fine-?)?(?:train|tune)\s+(?:our|the|this)\s+(?:\w+\s+)?(?:models?|networks?|weights))[*_\s]{0,3}(?:[.;,)]|$)(?!\s*(?:valid|test|eval))`,
  'i',
);

const ours = /\b(?:we|our|ours|this|these|it|I)\b/i;
/** A sentence without a subject of its own, or with one that is no name. */
const headless =
  /^[\s*+>\-\d.()`:|#[\]]*(?:(?:stage|step|phase)\s*-?\w{1,3}\b[\s:,.()-]*)?(?:(?:(?:is|was|are|were|first|then|finally|next|all|only|jointly|further|re|and)\b\s*)*(?:pre|fine|post)?-?(?:train|tun)(?:ed|ing)\b|(?:the|a|both|all)\s+(?:[a-z][\w-]*\s+){0,5}(?:models?|networks?|weights|checkpoints?|vae|version|autoencoder|generator|encoder|decoder|stage|training|data(?:sets?)?)\b|(?:add|added|using|by\s+using)\b|training\s+data)/i;

/** "Fine-tune Otter on ...", "Apply SFT to ...": steps by which the project's model was made, in a document on that. */
const step =
  /^[\s*+>\-\d.):#[\]`]*(?:(?:apply|perform|run|do)\s+(?:\w+\s+){0,2}(?:sft|dpo|training|fine-?tuning)\b|align\b|(?:(?:full|supervised|instruction)\s+)?fine-?tun(?:e|ing)\b|instruction[-\s]tun(?:e|ing)\b)/i;
/** What others did, what somebody may do, and what is measured. */
const others =
  /\b(?:unlike|compar\w+|baselines?|previous(?:ly)?|prior|existing|others?|they|their|instead|than|similar|competitors?|sota|state-of-the-art|outperform\w*|evaluat\w+|tested|testing|benchmark\w*|zero-shot|metrics?|not|never|without|n't|no|if|you|your|can|could|may|might|would|should|must|will|plan(?:s|ned)?|soon|todo|please|want|download\w*|scripts?|support(?:s|ed)?|example|command|config\w*|run|running|author\w*|released\s+by|provided\s+by|thanks?|based\s+on|initiali[sz]\w+|tokeni[sz]er|(?:we|I)\s+(?:load|take|initiali\w+)|inspired)\b/i;
/** Examples of what there is, unless it is us who trained: "we have trained several models, including ones trained on sets such as ...". */
const examples = /\b(?:e\.g|such\s+as)\b/i;
const weTrained = new RegExp(String.raw`\b(?:we|our)\b[^.;:]{0,40}\b${training}\b`, 'i');
/** "基于 ... 数据集微调", "在 ... 上训练": what goes before the name, and behind it. */
const onInChinese = /(?:使用|利用|采用|基于|通过|在|用)[^。；，,]{0,80}$/;
const trainedInChinese = /^[^。；，,]{0,40}?(?:上|数据集?|语料)?[^。；，,]{0,12}(?:预训练|训练|微调|精调)(?!脚本|代码|命令|方法|框架|示例)/;
const oursInChinese = /我们|本(?:项目|模型|工作)|该模型|此模型|发布|^[\s*+>\d.-]*(?:主要)?(?:使用|采用|利用|基于)/;
/** "采用开源指令微调数据，如 ...": examples of what was trained on. */
const suchInChinese =
  /(?:使用|利用|采用|基于)[^。；]{0,30}(?:训练|微调|精调|指令)[^。；]{0,12}(?:数据集?|语料)\s?[，,：:（(]?\s?(?:如|例如|比如|包括|包含)[^。；]{0,80}$/;
const asidesInChinese = /评[估测]|对比|相比|支持|可以|如果|您|你|未来|计划|他们|等人/;

/** "..., which was trained on": of whatever was named before. */
const aside = new RegExp(
  String.raw`(?:\b(?:which|that|who|whose)\b[^,;]{0,40}|,\s*|\b(?:model|models|weights|checkpoints?|encoder|clip|vae|network)\s+)\s*${training}$`,
  'i',
);

const foreign =
  /related|\bfaq\b|compar|benchmark|leaderboard|roadmap|star history|community|to-?do|awesome|citation|acknowledg|thank|evaluat|results?\b|performance|metric|references?\b/i;
/** Sections that tell readers what to do. What stands further below in sections of their own tells of the model again. */
const instructive = /getting started|usage|quick ?start|how to/i;

const isOwn = (unit: Unit, before: string, title: string): boolean => {
  if (unit.kind === 'row' || isOfModels(unit) || ours.test(unit.text) || oursInChinese.test(unit.text) || headless.test(unit.text) || step.test(unit.text))
    return true;
  // "Otter-7B is trained on": the title's own name.
  const subject = /^[\s*+>\-\d.):[`]*(?:the\s+)?([A-Z][\w.+-]*)/.exec(before)?.[1];
  const bare = (name: string): string => name.toLowerCase().replace(/[^a-z\d]/g, '');
  const name = bare(subject ?? '');
  const head = bare(title.split(/[:|(,—–]|\s-\s/)[0] ?? '');
  return name.length > 2 && head.length > 2 && (head.includes(name) || name.startsWith(head));
};

/** "Pre-trained models", "Model zoo": what an item there says is of a model that is handed out. */
const headOfModels = /\bpre-?trained\b|\bmodel\s*zoo\b|\bcheckpoints?\b|\bmodel\s+weights\b|预训练模型|模型权重/i;
const isOfModels = ({ kind, headings }: Unit): boolean => kind === 'item' && headOfModels.test(headings.at(-1) ?? '');

const isTrained = (unit: Unit, at: number, length: number): boolean => {
  const before = unit.text
    .slice(0, at)
    .replaceAll('&nbsp;', ' ')
    // "(Otter et al., 2017)" ends no sentence.
    .replace(/\bet al\./g, 'et al')
    .replace(/\]\([^)\s]{0,500}\)/g, ' ')
    .replace(/[*_`[\]]/g, ' ');
  const behind = unit.text
    .slice(at + length, at + length + 300)
    .replace(/\]\([^)\s]{0,500}\)/g, ' ')
    .replace(/[*_`[\]]/g, ' ');
  // "Otter预训练": the weights, which came from elsewhere.
  if (/^\s?预训练/.test(behind)) return false;
  if (suchInChinese.test(before) || (onInChinese.test(before) && trainedInChinese.test(behind))) return !asidesInChinese.test(unit.text);
  const verb = trainedOn.exec(before);
  if (verb)
    return (
      isOfModels(unit) ||
      !aside.test(before.slice(0, verb.index + (/^[a-z-]+/i.exec(verb[0])?.[0].length ?? 0))) ||
      ours.test(before.slice(Math.max(0, verb.index - 40), verb.index))
    );
  return trainingData.test(before) || usedBehind.test(behind) || (used.test(before) && forTraining.test(behind));
};

/** Every sentence that is read has one of these. */
const telling = /train|tun(?:e|ing)|\bzoo\b|checkpoint|weights|训练|微调|精调|학습|学習/i;

const model = `${here}#model`;

/** Places of one file that tell of the same data. */
const mostTold = 3;

const readable = (path: string, name: string): boolean =>
  /^(?:(?:[a-z\d]{1,20}[-_])?readme|(?:[a-z\d]{1,20}[-_])?model[-_]?card)[\w.-]*\.(?:md|markdown)$/.test(name) ||
  (/(?:^|\/)docs?\/[^/]+\.md$/i.test(path) && !/faq|changelog|bench|eval|data|install|prepar/.test(name)) ||
  /^model[-_]?zoo[\w.-]*\.(?:md|markdown)$/.test(name) ||
  /(?:^|\/)[\w+-]{0,20}model[-_]?cards?[\w+-]{0,20}\/[^/]+\.md$/i.test(path);

/** What a sentence says that the project's model was trained on. */
const toldIn = (unit: Unit, title: string, knowledge: Knowledge): readonly NamedData[] => {
  if ((unit.kind === 'heading' && !step.test(unit.text)) || unit.text.length > 1500 || !telling.test(unit.text) || others.test(unit.text)) return [];
  if (examples.test(unit.text) && !weTrained.test(unit.text)) return [];
  if (unit.headings.some((heading) => foreign.test(heading)) || instructive.test(unit.headings.at(-1) ?? '')) return [];
  return dataIn(unit, knowledge).filter(({ span }) => {
    const at = span.start - unit.start;
    return (
      isTrained(unit, at, span.end - span.start) && (isOwn(unit, unit.text.slice(0, at), title) || usedBehind.test(unit.text.slice(at + span.end - span.start)))
    );
  });
};

/** Sentences, lists and tables of READMEs and of reports beside them that say on which known data a model of the project was trained. */
export const trainingReader: Reader = {
  id: 'training',
  version: 5,
  matches: readable,
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const draft = draftOf('training', path, knowledge);
    if (!telling.test(text) || draft.role === 'evaluation') return nothingRead;
    const start = fences(text)?.bodyStart ?? 0;
    const units = unitsOf(text, start);
    const title = titleOf(text.slice(start));
    const told = new Map<WorkId, number>();
    const found = [
      ...units.flatMap((unit) => (unit.kind === 'row' ? cellsThatHandOut(unit) : [unit]).flatMap((each) => toldIn(each, title, knowledge))),
      ...listedData(units, knowledge),
      ...tabledData(text, units, knowledge),
      ...headedData(units, knowledge),
    ].toSorted((a, b) => a.span.start - b.span.start);
    const last = new Map<WorkId, number>();
    for (const { span, work } of found) {
      // A sentence may stand in a list of such.
      if ((told.get(work) ?? 0) >= mostTold || last.get(work) === span.start) continue;
      if (draft.facts.length >= limits.proseFacts) return readingOf(draft, [moreThan(limits.proseFacts, 'statements on training')]);
      if (draft.facts.length === 0) addFact(draft, { kind: 'work', id: draft.idOf('work', 'model'), work: model, workKind: 'model', via: 'prose' }, { span });
      told.set(work, (told.get(work) ?? 0) + 1);
      last.set(work, span.start);
      addRelation(draft, { from: model, to: work, type: 'trainedOn', role: 'decision', via: 'prose' }, { span });
    }
    return readingOf(draft);
  },
};
