import { baseKeys } from '../../artefacts/trainer/shape.ts';
import { lineText } from '../../text/lines.ts';
import type { LineIndex } from '../../text/lines.ts';
import type { Source } from './candidates.ts';
import type { Place } from './place.ts';

const modelKeys: ReadonlySet<string> = new Set([
  ...baseKeys,
  'model',
  'models',
  'base_model_name_or_path',
  '_name_or_path',
  'adapter_name_or_path',
  'lora_model_dir',
  'ref_model',
  'reward_model',
  'teacher',
  'teacher_model',
  'teacher_model_name_or_path',
  'tokenizer_name_or_path',
]);
const datasetKeys: ReadonlySet<string> = new Set([
  'dataset',
  'datasets',
  'dataset_name',
  'dataset_id',
  'train_dataset',
  'train_datasets',
  'eval_dataset',
  'eval_datasets',
  'test_datasets',
  'dataset_mixture',
  'dataset_mixer',
  'pretraining_dataset',
  'hf_hub_url',
]);
/** Keys that say what they hold by what they stand in. */
const plainKeys: ReadonlySet<string> = new Set(['path', 'name', 'repo_id', 'source', 'id', 'model_id']);

const sourceOf = (key: string, outer: string | undefined): Source | undefined => {
  if (modelKeys.has(key)) return 'model';
  if (datasetKeys.has(key)) return 'dataset';
  if (key === 'repo_id' && outer === undefined) return 'repository';
  if (!plainKeys.has(key) || outer === undefined) return undefined;
  return datasetKeys.has(outer) ? 'dataset' : modelKeys.has(outer) ? 'model' : undefined;
};

/** A key, with or without a dash and quotes, and the value that is being written. */
const yamlPair = /^([ \t]*(?:- +)*)["']?([\w.-]+)["']?[ \t]*:[ \t]+["']?([\w./-]*)$/;
const yamlItem = /^([ \t]*)- +["']?([\w./-]*)$/;
const jsonPair = /"([\w.-]+)"[ \t]*:[ \t]*"([\w./-]*)$/;
const tomlPair = /^[ \t]*([\w.-]+)[ \t]*=[ \t]*["']([\w./-]*)$/;

/** The key above that is indented less, or at the column of a list's dashes. */
const outerKey = (text: string, index: LineIndex, line: number, indent: number, list: boolean): string | undefined => {
  for (let above = line - 1; above >= 0; above -= 1) {
    const whole = lineText(text, index, above);
    const found = /^([ \t]*(?:- +)*)["']?([\w.-]+)["']?[ \t]*:[ \t]*(?:#.*)?$/.exec(whole);
    const width = /^[ \t]*/.exec(whole)?.[0].length ?? 0;
    if (found && ((found[1] ?? '').length < indent || (list && (found[1] ?? '').length === indent))) return found[2];
    if (/\S/.test(whole) && width < indent && !/^\s*(?:-|#)/.test(whole)) return undefined;
  }
  return undefined;
};

const placed = (source: Source | undefined, head: string, word: string): Place | undefined =>
  source ? { source, start: head.length - word.length } : undefined;

/** Values of training and other configurations that name a model or data set. */
export const configPlace = (name: string, text: string, index: LineIndex, line: number, head: string): Place | undefined => {
  if (/\.jsonc?$/.test(name)) {
    const [, key = '', word = ''] = jsonPair.exec(head) ?? [];
    return placed(key === '' ? undefined : sourceOf(key, undefined), head, word);
  }
  if (name.endsWith('.toml')) {
    const [, key = '', word = ''] = tomlPair.exec(head) ?? [];
    return placed(key === '' ? undefined : sourceOf(key.slice(key.lastIndexOf('.') + 1), undefined), head, word);
  }
  const pair = yamlPair.exec(head);
  if (pair) {
    const [, before = '', key = '', word = ''] = pair;
    const dashes = /^[ \t]*(?=-)/.exec(before);
    return placed(sourceOf(key, outerKey(text, index, line, dashes ? dashes[0].length : before.length, dashes !== null)), head, word);
  }
  const item = yamlItem.exec(head);
  const outer = item ? outerKey(text, index, line, (item[1] ?? '').length, true) : undefined;
  return item && outer !== undefined ? placed(sourceOf(outer, undefined), head, item[2] ?? '') : undefined;
};
