import type { Knowledge } from '../../knowledge/types.ts';
import { dataIn } from './data-in-text.ts';
import type { NamedData } from './data-in-text.ts';
import type { Unit } from './units.ts';

const training = String.raw`(?:(?:pre|fine|post|instruction)?[-\s]?(?:train(?:ed|ing)?|tuning))`;
const noun = String.raw`(?:data(?:[\s-]?sets?)?|sets?|corpus|corpora|mixture)`;

/** "Training data", "Pre-training datasets", "Datasets for training", "训练数据集". */
const headOfTraining = new RegExp(
  String.raw`^\W*(?:\d+(?:\.\d+)*[.)]?\s*)?(?:(?:stage|step|phase)\s*-?\w{1,3}\W{1,3})?(?:the\s+)?(?:${training}\s+${noun}|${noun}\s+(?:used\s+)?(?:for|in)\s+${training})\W*$|^\W*(?:预训练|训练|微调|精调)(?:的)?(?:数据集?|语料)\W*$|^\W*(?:사전\s*)?학습\s*(?:데이터(?:셋)?|말뭉치)\W*$|^\W*(?:事前)?学習(?:用)?データ(?:セット)?\W*$`,
  'i',
);
/** Below a heading on data, that much says which of them are trained on. */
const headOfSplit = new RegExp(String.raw`^\W*(?:${training})(?:\s+(?:split|stage|phase))?\W*$`, 'i');
const headOfData = /\bdata(?:[\s-]?sets?)?\b|数据|데이터|データ/i;
/** What readers are shown how to do, what is compared, and what somebody else did. */
const foreign =
  /related|\bfaq\b|compar|benchmark|leaderboard|roadmap|community|to-?do|awesome|citation|acknowledg|thank|evaluat|results?\b|performance|metric|references?\b|your\s+own|custom|support|example|format|prepar/i;

/** "* [Otter](https://...)", "- Otter (10k clips)", "1. **Otter**: ...": an item that begins with a name. */
const itemHead = /^\s*(?:[-*+]|\d{1,2}[.)])\s+(?:\[[ xX]\]\s+)?[*_`[]{0,4}/;
/** A name at the head of an item, and a link, have no more than this before them. */
const mostBefore = 3;
/** Something else is said of the set. */
const denied = /\b(?:not|n't|without|except|excluded?|removed|test(?:ing|ed)?|eval\w*|validation|benchmark|instead|soon|plan\w*|todo|your)\b|评[估测]|测试/i;

/** "The model is trained on the following data sets:": what the items below it are. */
const leadsTo = new RegExp(
  String.raw`^[^\n]{0,200}?\b(?:(?:we|our|this|the)\b[^.;]{0,60}\b(?:${training})\b[^.;]{0,60}\b(?:on|with|using|from)\b|(?:the\s+)?${training}\s+${noun}\b(?:[^.;]{0,40}\b(?:are|is|includes?|contains?|comprises?|consists?\s+of)\b)?|\b(?:we|I)\s+(?:use[ds]?|utili[sz]ed?|combined?|mixed?)\b[^.;]{0,80}\b(?:for|to|in)\s+(?:[a-z]+\s+){0,2}(?:${training}|train)\b)[^.;\n]{0,80}[:：][*_]{0,3}\s*$`,
  'i',
);
const othersLead =
  /\b(?:you|your|can|could|may|should|must|will|if|they|their|baselines?|compar\w+|support\w*|example|unlike|existing|download|prepare|format\w*)\b/i;

const indentOf = (text: string): number => text.length - text.trimStart().length;

const isHeaded = ({ headings }: Unit): boolean => {
  const last = headings.at(-1) ?? '';
  // "Training and evaluation data" has a part on each.
  if (headings.some((heading) => foreign.test(heading) && !/train/i.test(heading))) return false;
  return headOfTraining.test(last) || (headOfSplit.test(last) && headings.slice(0, -1).some((heading) => headOfData.test(heading)));
};

/** "Dataset preparation: [Otter](...)", in a section on how the model is trained. */
const ofSection = new RegExp(String.raw`^[\s*_+\d.)-]{0,12}(?:${training}\s+)?data(?:[\s-]?sets?)?(?:\s+preparation)?[*_]{0,3}\s?[:：][\s*_[]{0,6}`, 'i');
const headOfSection = /^\W*(?:\d+(?:\.\d+)*[.)]?\s*)?(?:\w{1,40}:\s*)?(?:model\s+)?(?:pre-?|fine-?)?train(?:ing)?\W*$/i;

/** The set that is named there, or to whose address a name leads there. */
const nameAt = (unit: Unit, head: number, knowledge: Knowledge): readonly NamedData[] => {
  const label = /^[^\]\n]{0,120}\]\(/.exec(unit.text.slice(head))?.[0].length;
  const [first] = dataIn(unit, knowledge).toSorted((a, b) => a.span.start - b.span.start);
  const at = (first?.span.start ?? 0) - unit.start - head;
  return first && !denied.test(unit.text) && ((at >= 0 && at <= mostBefore) || at === label) ? [first] : [];
};

const nameInField = (unit: Unit, knowledge: Knowledge): readonly NamedData[] => {
  const head = unit.text.length < 300 && headOfSection.test(unit.headings.at(-1) ?? '') ? ofSection.exec(unit.text)?.[0].length : undefined;
  return head === undefined ? [] : nameAt(unit, head, knowledge);
};

/** A number with a full stop ends a unit of its own. */
const isNumber = (unit: Unit | undefined): boolean => unit?.kind === 'item' && /^\s*\d{1,2}\.$/.test(unit.text);

const nameAtHead = (unit: Unit, before: Unit | undefined, knowledge: Knowledge): readonly NamedData[] => {
  const head = (itemHead.exec(unit.text) ?? (isNumber(before) ? /^[*_`[]{0,4}/.exec(unit.text) : null))?.[0].length;
  return head === undefined ? [] : nameAt(unit, head, knowledge);
};

/** Items of lists that stand below a heading, or behind a sentence, which says that they are what a model is trained on. */
export const listedData = (units: readonly Unit[], knowledge: Knowledge): readonly NamedData[] => {
  const out: NamedData[] = [];
  let lead: { readonly indent: number; readonly isItem: boolean; readonly section: string } | undefined;
  for (const [at, unit] of units.entries()) {
    const section = unit.headings.join('\n');
    const isInside = unit.kind === 'item' && lead?.section === section && (!lead.isItem || indentOf(unit.text) > lead.indent);
    if (unit.kind === 'item' && (isInside || isHeaded(unit))) out.push(...nameAtHead(unit, units[at - 1], knowledge));
    if (isInside) continue;
    if (unit.kind === 'item' || unit.kind === 'sentence') out.push(...nameInField(unit, knowledge));
    const leads = (unit.kind === 'sentence' || unit.kind === 'item') && unit.text.length < 400 && leadsTo.test(unit.text) && !othersLead.test(unit.text);
    lead =
      leads && !unit.headings.some((heading) => foreign.test(heading)) ? { indent: indentOf(unit.text), isItem: unit.kind === 'item', section } : undefined;
  }
  return out;
};
