import table from '../../knowledge/data/data-names.json';
import type { Knowledge } from '../../knowledge/types.ts';
import { limits } from '../../text/limits.ts';
import { matchesIn } from '../../text/matches.ts';
import { spanOf } from '../../text/span.ts';
import type { Span } from '../../text/span.ts';
import { fences } from '../card/front-matter.ts';
import { addFact, addRelation, draftOf, moreThan, nothingRead, readingOf } from '../draft.ts';
import { dataWork, datasetWork, hubReference } from '../hub-id.ts';
import { here } from '../types.ts';
import type { Reader, Reading, WorkId } from '../types.ts';
import { titleOf } from './homes.ts';
import { unitsOf } from './units.ts';
import type { Unit } from './units.ts';

interface Named {
  readonly span: Span;
  readonly work: WorkId;
}

const evened = (text: string): string => text.toLowerCase().replace(/[-_\s]/g, '');

/** Names by which people call data sets, with or without the signs between their parts, the longer ones first. */
const ids = new Map(Object.entries(table.names).map(([name, id]) => [evened(name), id]));
const known = new RegExp(
  String.raw`(?<![\w/.-])(?:${Object.keys(table.names)
    .toSorted((a, b) => b.length - a.length)
    .map((name) => name.replace(/\./g, String.raw`\.`).replace(/[-\s]/g, '[-_ ]?'))
    .join('|')})(?![\w]|[-.]\w)`,
  'gi',
);
/** Whether a text calls such a set. */
export const isKnownData = (text: string): boolean => text.search(known) >= 0;
const link = /\]\((https?:\/\/(?:huggingface\.co|hf\.co)\/datasets\/[^)\s]{1,200})\)/g;
/** A word that may be the name of some set of the hub: it has a sign, a digit or a capital within. */
const word = /(?<![\w/.@-])[A-Za-z][A-Za-z\d]{1,40}(?:[-_.][A-Za-z\d]{1,40}){0,6}(?![\w/@-])/g;
const isTelling = (name: string): boolean => name.length >= 8 && (/[a-z][A-Z]/.test(name) || /[-_.].*\d|\d/.test(name));

const namesIn = (unit: Unit, knowledge: Knowledge): readonly Named[] => {
  const out: Named[] = [];
  const add = (at: number, length: number, work: WorkId): void => {
    const span = spanOf(unit.start + at, unit.start + at + length);
    if (!out.some((other) => other.work === work || (other.span.start < span.end && span.start < other.span.end))) out.push({ span, work });
  };
  for (const match of matchesIn(unit.text, link)) {
    const id = hubReference(match[1] ?? '')?.id;
    if (id !== undefined && (knowledge.dataset(id)?.match === 'record' || knowledge.disputes(id).length > 0))
      add(match.index + 2, (match[1] ?? '').length, datasetWork(id));
  }
  for (const match of matchesIn(unit.text, known)) {
    const id = ids.get(evened(match[0]));
    // "The Pile" is one, a pile is none.
    if (id !== undefined && !/^[a-z ]+$/.test(match[0].replace(/^the /, ''))) add(match.index, match[0].length, dataWork(id));
  }
  for (const match of matchesIn(unit.text, word)) {
    const id = isTelling(match[0]) ? knowledge.namesakeOf('dataset', `-/${match[0]}`) : undefined;
    if (id?.endsWith(`/${match[0]}`) === true) add(match.index, match[0].length, dataWork(id));
  }
  return out;
};

const training = String.raw`(?:(?:pre|fine|post|co|instruction)?[-\s]?(?:train(?:ed|s|ing)?|tun(?:e|ed|es|ing)))`;
/** "We first train the model on ...", "It is trained only on the open-sourced dataset: ...". */
const trainedOn = new RegExp(String.raw`\b${training}\b[^.;!?]{0,120}?\b(?:on|with|using|from|over|by)\b(?:[^.;!?]|\.(?=\w)){0,160}$`, 'i');
/** "Add the training images from ...", "Training data: ...". */
const trainingData = new RegExp(
  String.raw`\btraining\s+(?:data(?:sets?)?|corpus|corpora|sets?|images|videos|samples|clips|pairs)\b(?:[^.;!?]|\.(?=\w)){0,80}?(?:\b(?:of|from|is|are|was|were|includes?|included|contains?|comprises?|on|using|with)\b|:)(?:[^.;!?]|\.(?=\w)){0,160}$`,
  'i',
);
/** "We use ... for training": what goes before the name, and behind it. */
const used =
  /(?:\b(?:we|I)\s+(?:\w+\s+){0,2}?|^[\s*+>-]*(?:by\s+)?(?=using\b))(?:use[ds]?|using|utili[sz]ed?|adopt(?:ed)?|employ(?:ed)?|add(?:ed)?|combined?|collect(?:ed)?)\b(?:[^.;!?]|\.(?=\w)){0,120}$/i;
const forTraining = new RegExp(
  String.raw`^(?:[^.;!?]|\.(?=\w)){0,100}?\b(?:for|to|as|during|in)\s+(?:(?:the|our|both|all|model|video|image|stage|first|second|joint|further)\s+){0,3}(?:${training}|train)\b(?!\s+and\s+(?:test|eval))`,
  'i',
);

const ours = /\b(?:we|our|ours|this|these|it|I)\b/i;
/** A sentence without a subject of its own, or with one that is no name. */
const headless =
  /^[\s*+>\-\d.):|#[\]`]*(?:(?:stage|step|phase)\s*-?\w{1,3}\b[\s:,.()-]*)?(?:(?:(?:is|was|are|were|first|then|finally|next|all|only|jointly|further|re|and)\b\s*)*(?:pre|fine|post)?-?(?:train|tun)(?:ed|ing)\b|(?:the|a|both|all)\s+(?:[a-z][\w-]*\s+){0,5}(?:models?|networks?|weights|checkpoints?|vae|version|autoencoder|generator|encoder|decoder|stage|training|data(?:sets?)?)\b|(?:add|added|using|by\s+using)\b|training\s+data)/i;

/** What others did, what somebody may do, and what is measured. */
const others =
  /\b(?:unlike|compar\w+|baselines?|previous(?:ly)?|prior|existing|others?|they|their|instead|than|similar|competitors?|sota|state-of-the-art|outperform\w*|evaluat\w+|tested|testing|benchmark\w*|zero-shot|metrics?|not|never|without|n't|no|if|you|your|can|could|may|might|would|should|must|will|plan(?:s|ned)?|soon|todo|please|want|download\w*|scripts?|support(?:s|ed)?|example|command|config\w*|run|running|author\w*|released\s+by|provided\s+by|thanks?|based\s+on|initiali[sz]\w+|tokeni[sz]er|(?:we|I)\s+(?:load|take|initiali\w+)|inspired)\b/i;
/** Examples of what there is, unless it is us who trained: "we have trained several models, including ones trained on sets such as ...". */
const examples = /\b(?:e\.g|such\s+as)\b/i;
const weTrained = new RegExp(String.raw`\b(?:we|our)\b[^.;:]{0,40}\b${training}\b`, 'i');
/** "基于 ... 数据集微调", "在 ... 上训练": what goes before the name, and behind it. */
const onInChinese = /(?:使用|利用|采用|基于|通过|在|用)[^。；，,]{0,40}$/;
const trainedInChinese = /^[^。；，,]{0,40}?(?:上|数据集?|语料)?[^。；，,]{0,12}(?:预训练|训练|微调|精调)(?!脚本|代码|命令|方法|框架|示例)/;
const oursInChinese = /我们|本(?:项目|模型|工作)|该模型|此模型|发布/;
const asidesInChinese = /评[估测]|对比|相比|支持|可以|如果|您|你|未来|计划|他们|等人/;

/** "..., which was trained on": of whatever was named before. */
const aside = new RegExp(
  String.raw`(?:\b(?:which|that|who|whose)\b[^,;]{0,40}|,\s*|\b(?:model|models|weights|checkpoints?|encoder|clip|vae|network)\s+)\s*${training}$`,
  'i',
);

const foreign =
  /related|\bfaq\b|compar|benchmark|leaderboard|roadmap|star history|community|to-?do|awesome|citation|acknowledg|thank|evaluat|results?\b|performance|metric|references?\b|getting started|usage|quick ?start|how to/i;

const isOwn = (unit: Unit, before: string, title: string): boolean => {
  if (ours.test(unit.text) || oursInChinese.test(unit.text) || headless.test(unit.text)) return true;
  // "Otter-7B is trained on": the title's own name.
  const subject = /^[\s*+>\-\d.):[`]*(?:the\s+)?([A-Z][\w.+-]*)/.exec(before)?.[1];
  const bare = (name: string): string => evened(name).replace(/[^a-z\d]/g, '');
  const name = bare(subject ?? '');
  const head = bare(title.split(/[:|(,—–]|\s-\s/)[0] ?? '');
  return name.length > 2 && head.length > 2 && (head.includes(name) || name.startsWith(head));
};

const isTrained = (unit: Unit, at: number, length: number): boolean => {
  const before = unit.text
    .slice(0, at)
    .replace(/\]\([^)\s]{0,500}\)/g, ' ')
    .replace(/[*_`[\]]/g, ' ');
  const behind = unit.text
    .slice(at + length, at + length + 160)
    .replace(/\]\([^)\s]{0,500}\)/g, ' ')
    .replace(/[*_`[\]]/g, ' ');
  if (onInChinese.test(before) && trainedInChinese.test(behind)) return !asidesInChinese.test(unit.text);
  const verb = trainedOn.exec(before);
  if (verb)
    return (
      !aside.test(before.slice(0, verb.index + (/^[a-z-]+/i.exec(verb[0])?.[0].length ?? 0))) ||
      ours.test(before.slice(Math.max(0, verb.index - 40), verb.index))
    );
  return trainingData.test(before) || (used.test(before) && forTraining.test(behind));
};

/** Every sentence that is read has one of these. */
const telling = /train|tun(?:e|ing)|训练|微调|精调/i;

const model = `${here}#model`;

/** Places of one file that tell of the same data. */
const mostTold = 3;

const readable = (path: string, name: string): boolean =>
  /^(?:readme|model[-_]?card)[\w.-]*\.(?:md|markdown)$/.test(name) ||
  (/(?:^|\/)docs?\/[^/]+\.md$/i.test(path) && !/faq|changelog|zoo|bench|eval|data|install|prepar/.test(name));

/** Sentences of READMEs and of reports beside them that say on which known data a model of the project was trained. */
export const trainingReader: Reader = {
  id: 'training',
  version: 2,
  matches: readable,
  wants: 'text',
  maximum: limits.textBytes,
  partial: true,
  read: ({ path, text }, knowledge): Reading => {
    const draft = draftOf('training', path, knowledge);
    if (!telling.test(text) || draft.role === 'evaluation') return nothingRead;
    const start = fences(text)?.bodyStart ?? 0;
    const title = titleOf(text.slice(start));
    const told = new Map<WorkId, number>();
    for (const unit of unitsOf(text, start)) {
      if (unit.kind === 'row' || unit.kind === 'heading' || unit.text.length > 1500 || !telling.test(unit.text) || others.test(unit.text)) continue;
      if (examples.test(unit.text) && !weTrained.test(unit.text)) continue;
      if (unit.headings.some((heading) => foreign.test(heading))) continue;
      for (const { span, work } of namesIn(unit, knowledge)) {
        const at = span.start - unit.start;
        if ((told.get(work) ?? 0) >= mostTold || !isTrained(unit, at, span.end - span.start) || !isOwn(unit, unit.text.slice(0, at), title)) continue;
        if (draft.facts.length >= limits.proseFacts) return readingOf(draft, [moreThan(limits.proseFacts, 'statements on training')]);
        if (draft.facts.length === 0) addFact(draft, { kind: 'work', id: draft.idOf('work', 'model'), work: model, workKind: 'model', via: 'prose' }, { span });
        told.set(work, (told.get(work) ?? 0) + 1);
        addRelation(draft, { from: model, to: work, type: 'trainedOn', role: 'decision', via: 'prose' }, { span });
      }
    }
    return readingOf(draft);
  },
};
