import type { Knowledge } from '../../knowledge/types.ts';
import { somePair } from '../../text/near-signs.ts';
import type { Span } from '../../text/span.ts';
import { takesData } from '../data-files.ts';
import { datasetWork, hasModelTerms, hubReference, isBarredSet } from '../hub-id.ts';
import type { WorkId } from '../types.ts';
import { isQuote, keyAt, settingsOf } from './named-models.ts';
import type { PythonFile } from './model.ts';
import { symbolsAt } from './outputs.ts';
import { isCalledFor, longestSetting } from './setting-names.ts';
import type { SettingWords } from './setting-names.ts';
import type { Token } from './tokens.ts';

export interface NamedSet {
  readonly to: WorkId;
  readonly span: Span;
  /** Functions and classes around it, and the setting. */
  readonly within: string;
}

/** Sets of one file that are told: what is offered beside them is a catalogue. */
const longestList = 6;

const words: SettingWords = {
  heads: new Set('data dataset datasets datasetname datasetid corpus corpora trainset'.split(' ')),
  tails: new Set('name names id ids path or dir repo hf hub str string default uri url base dict list map mapping table registry info config'.split(' ')),
  others: new Set('model models tokenizer embedding server app license licence citation bibtex'.split(' ')),
};

/** `DATASET`, `data_name_or_path`, `train_datasets`, `DATASETS_MAPPING`. */
const isDataName = (name: string): boolean => name.length <= longestSetting && takesData(name) && isCalledFor(name, words);

/** A cheap search before a text is parsed: `"owner/name"`. */
export const mayNameSets = (text: string, knowledge: Knowledge): boolean =>
  somePair(text, (start, end) => isQuote(text[start - 1]) && isQuote(text[end]) && isBarredSet(text.slice(start, end), knowledge));

/** From before the hub had owners, where it is long enough to be no word: what loads them has to stand in the file. */
const bareName = /^[a-z][a-z\d]*(?:_[a-z\d]+)+$|^[a-z]{6,20}$/;

/** An id, or the name alone of a set that has none. */
const setIn = (text: string, isLoading: boolean, knowledge: Knowledge): string | undefined => {
  if (!text.includes('/')) return isLoading && bareName.test(text) && isBarredSet(text, knowledge) ? text : undefined;
  const reference = hubReference(text);
  return reference?.type !== 'model' && reference && isBarredSet(reference.id, knowledge) && !hasModelTerms(reference.id, knowledge) ? reference.id : undefined;
};

/** Where strings stand that a list or a table holds which is named for data: the entries, not the keys. */
const entriesOf = ({ assignments, tokens }: PythonFile): ReadonlyMap<number, string> => {
  const out = new Map<number, string>();
  for (const { name, value } of assignments) {
    const own = name.slice(name.lastIndexOf('.') + 1);
    if (!/^[[({]$/.test(tokens[value.from]?.text ?? '') || !isDataName(own)) continue;
    for (let at = value.from + 1; at < value.to; at += 1)
      if (tokens[at]?.kind === 'string' && tokens[at + 1]?.text !== ':' && /^[[({,:]$/.test(tokens[at - 1]?.text ?? '')) out.set(at, own);
  }
  return out;
};

/**
 * Settings under names for data whose value is the id of a known set that permits no commerce: constants, defaults, keywords, and entries of lists and tables.
 * What takes them is not seen. `taken`: where literals begin that another reader told.
 */
export const findNamedSets = (file: PythonFile, knowledge: Knowledge, taken: ReadonlySet<number>): readonly NamedSet[] => {
  const { tokens } = file;
  const isLoading = file.calls.some(({ name }) => name === 'load_dataset');
  const known = file.strings.flatMap((at) => {
    const { literal, text, innerStart } = tokens[at] as Token;
    const id = literal && !taken.has(innerStart) && text.length <= 140 ? setIn(text, isLoading, knowledge) : undefined;
    return id === undefined ? [] : [{ at, id }];
  });
  if (known.length === 0) return [];
  const settings = settingsOf(file, isDataName);
  const entries = entriesOf(file);
  const told = new Set<string>();
  return known.flatMap(({ at, id }): NamedSet[] => {
    const token = tokens[at];
    const setting = settings.get(at) ?? keyAt(file, at, isDataName) ?? entries.get(at);
    if (!token || setting === undefined || told.has(id) || told.size >= longestList) return [];
    told.add(id);
    return [{ to: datasetWork(id), span: { start: token.innerStart, end: token.innerEnd }, within: `${setting} ${symbolsAt(file, at)}` }];
  });
};
