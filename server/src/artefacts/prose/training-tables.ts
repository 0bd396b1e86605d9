import type { Knowledge } from '../../knowledge/types.ts';
import { hubReference } from '../hub-id.ts';
import { dataIn } from './data-in-text.ts';
import type { NamedData } from './data-in-text.ts';
import { allTables, cellsOf, tablesIn } from './rows.ts';
import type { Table } from './rows.ts';
import type { Unit } from './units.ts';

const training = String.raw`(?:(?:pre|fine|post|instruction)?[-\s]?(?:train(?:ed|ing)?|tuning))`;
const noun = String.raw`(?:data(?:[\s-]?sets?)?|sets?|corpus|corpora|mixture)`;

const plain = (text: string): string =>
  text
    .replace(/<[^<>]{0,300}>/g, ' ')
    .replace(/[*`_\s]+/g, ' ')
    .trim();
/** "Training data", "Pretrain", "Trained on": what it says of each model. */
const columnHead = new RegExp(
  String.raw`^(?:(?:model\s)?${training}\s+(?:${noun}|on)|(?:pre|fine)?-?trained\s+on|pre-?train(?:ing|ed)?|(?:预训练|训练|微调)(?:数据集?|语料)|학습\s*데이터(?:셋)?|学習データ(?:セット)?)$`,
  'i',
);
/** Beside weights that is what they were trained on, where the section speaks of no measuring. */
const columnOfData = /^(?:data(?:\s?-?sets?)?|数据集?)$/i;
const measured =
  /\b(?:not|n't|without|except|excluded?|removed|test(?:ing|ed)?|eval\w*|validation|benchmark|instead|soon|plan\w*|todo|your|zero-?shot)\b|评[估测]|测试/i;
const ofOthers = /related|compar|leaderboard|awesome|citation|acknowledg|thank|community|to-?do|roadmap|\bfaq\b|your\s+own|custom|zero-?shot/i;
const ofResults = /evaluat|\bresults?\b|benchmark|performance|metric/i;
const ofModels = /model|weights|checkpoint|\bzoo\b|pre-?train/i;

/** Files of weights, and models of the hub. */
const ending = String.raw`\.(?:pth?(?:\.tar)?|pkl|ckpt|safetensors|bin|onnx|pdparams|gguf)`;
const weightsFile = new RegExp(
  String.raw`\]\(\s*[^)\s]{1,300}${ending}(?:\?[^)\s]{0,60})?\s*\)|\[[^\]\s]{1,120}${ending}\]\(|\bhref\s?=\s?["'][^"'\s]{1,300}${ending}(?:\?[^"'\s]{0,60})?["']`,
  'i',
);
const linked = /(?:\]\(\s*|\bhref\s?=\s?["'])(https?:\/\/(?:www\.)?(?:huggingface\.co|hf\.co)\/[^)"'\s]{1,200})["')]/g;

const handsOut = (text: string): boolean =>
  weightsFile.test(text) || [...text.matchAll(linked)].some((match) => hubReference(match[1] ?? '')?.type === 'model');

/** Cells of a row that hands out a model, as sentences of their own. */
export const cellsThatHandOut = (unit: Unit): readonly Unit[] =>
  handsOut(unit.text) ? cellsOf(unit).map(({ start, text }) => ({ ...unit, start, text })) : [];

const inTable = ({ headings, rows: [head, ...body] }: Table, knowledge: Knowledge): readonly NamedData[] => {
  if (!head || headings.some((heading) => ofOthers.test(heading))) return [];
  const names = head.cells.map(({ text }) => plain(text));
  if (headings.some((heading) => ofResults.test(heading) && !ofModels.test(heading))) return [];
  const named = names.findIndex((name) => columnHead.test(name));
  const column = named < 0 ? names.findIndex((name, at) => at > 0 && columnOfData.test(name)) : named;
  if (column < 0) return [];
  return body.flatMap(({ text, cells }) => {
    const cell = cells.length === head.cells.length ? cells[column] : undefined;
    return cell && handsOut(text) && !measured.test(plain(cell.text)) ? dataIn(cell, knowledge) : [];
  });
};

const wordOfData = /data|train|训练|数据|학습|学習/i;

/** Tables of models that are handed out, with a column for what each was trained on. */
export const tabledData = (text: string, units: readonly Unit[], knowledge: Knowledge): readonly NamedData[] =>
  allTables(text, units).flatMap((table) => (wordOfData.test(table.rows[0]?.text ?? '') ? inTable(table, knowledge) : []));

const trained = String.raw`(?:pre-?|fine-?)?(?:trained|tuned)`;
const models = String.raw`(?:models?|weights|checkpoints?|networks?|backbones?)`;
/** "Otter-1K trained models", "Models trained on Otter": a section whose rows and items hand such out. */
const headOfModels = new RegExp(String.raw`\b${trained}\s+(?:[\w-]+\s+){0,2}?${models}\b|\b${models}\s+${trained}\s+(?:on|with)\b`, 'i');
const only =
  /^(?:(?:semantic|instance|panoptic|object|depth|video|image|scene|classification|segmentation|detection|estimation|recognition|models?|weights|checkpoints?|pre-?trained|baselines?|and|the|on|for|dataset)\b|\W)*$/i;

/** Headings that name what the models below them were trained on, where a row of the section hands one out. */
export const headedData = (units: readonly Unit[], knowledge: Knowledge): readonly NamedData[] => {
  const tables = tablesIn(units);
  return units.flatMap((unit) => {
    if (unit.kind !== 'heading' || unit.text.length > 120 || [...unit.headings, unit.text].some((heading) => ofOthers.test(heading) || measured.test(heading)))
      return [];
    const [first] = dataIn(unit, knowledge).toSorted((a, b) => a.span.start - b.span.start);
    if (!first) return [];
    const rest = unit.text.slice(0, first.span.start - unit.start) + unit.text.slice(first.span.end - unit.start);
    if (!headOfModels.test(unit.text) && !(only.test(rest) && unit.headings.some((heading) => ofModels.test(heading)))) return [];
    const own = unit.text.replace(/^\s*#+\s*/, '');
    const gives = tables.some((rows) => rows[0]?.headings.at(-1) === own && (rows[0]?.start ?? 0) > unit.start && rows.some((row) => handsOut(row.text)));
    return gives ? [first] : [];
  });
};
