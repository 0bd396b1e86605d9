import { datasetWork, localWork } from '../hub-id.ts';
import { savedIn } from '../via.ts';
import type { WorkId } from '../types.ts';
import { argumentsWith, isOn, listed, modelsIn, optionsWith, publish, relateData, state, valuesOf } from './facts.ts';
import type { Told } from './facts.ts';
import { resolve } from './resolve.ts';
import type { Argument } from './resolve.ts';
import { meaningsOf, meaningsOfValue, setsOf } from './table.ts';
import { pathTarget } from './targets.ts';

/** The model that a command makes: the folder that it writes, where that has a name of its own, else one of the script; a second one has a number. */
const modelOf = (told: Told, base: string): WorkId => {
  const { telling, script } = told;
  const output = optionsWith(told, 'output')[0]?.values[0];
  const values = output ? resolve(script, output).values : [];
  const folder = values.length === 1 && values[0] ? values[0].value.replace(/\/+$/, '') : '';
  // Names such as `out/model` are those of many scripts.
  const local = /\d/.test(folder) && /[^./].*\//.test(folder) ? localWork(folder) : undefined;
  if (local !== undefined) return local;
  const known = telling.models.get(base);
  if (known !== undefined) return known;
  const count = telling.models.size;
  const work: WorkId = `local:${telling.path}#model${count === 0 ? '' : `-${count + 1}`}`;
  telling.models.set(base, work);
  return work;
};

/** The folder that a command writes, under which other files know the model. */
const saved = (told: Told, from: WorkId): void => {
  const output = optionsWith(told, 'output')[0]?.values[0];
  const values = output ? resolve(told.script, output).values : [];
  const folder = values.length === 1 && values[0] ? localWork(values[0].value) : undefined;
  if (folder !== undefined && values[0])
    state(told.telling, { from: folder, to: from, type: 'copiedFrom', via: savedIn, span: values[0].span, role: 'mention' });
};

/** Names of a table of data sets that the trainer has, or that lies beside the data: `--dataset a,b`. */
const relateShortNames = (told: Told, argument: Argument, from: WorkId): void => {
  const { knowledge } = told.telling.draft;
  for (const resolved of valuesOf(told, argument)) {
    for (const { text, span } of listed(told, resolved)) {
      if (!/^[\w.-]{2,80}$/.test(text)) continue;
      const entry: WorkId = `local:dataset_info#${text}`;
      state(told.telling, { from, to: entry, type: 'trainedOn', via: 'dataset', span, role: told.role });
      const known = knowledge.datasetByShortName(text);
      if (known !== undefined) state(told.telling, { from: entry, to: datasetWork(known), type: 'copiedFrom', via: 'short name', span, role: told.role });
    }
  }
};

const isLora = (told: Told): boolean =>
  told.row?.adapter === true ||
  /(?:^|[_.-])q?lora(?:$|[_.-])/i.test(told.name) ||
  optionsWith(told, 'lora').some((option) => isOn(told.script, option)) ||
  told.args.options.some((option) => {
    const value = option.values[0] ? resolve(told.script, option.values[0]).values[0]?.value : undefined;
    return value !== undefined && meaningsOfValue(option.name, value).includes('lora');
  });

/** What a command trains: from which models, on which data, and what it writes. */
export const tellTraining = (told: Told, bases: readonly { readonly value: Argument; readonly via: string; readonly sure: boolean }[]): void => {
  const { telling, role } = told;
  const adapter = isLora(told);
  const models = bases.flatMap(({ value, via, sure }) => modelsIn(told, value, sure).map((target) => ({ target, via })));
  const from = modelOf(told, models[0]?.target.to ?? 'none');
  for (const { target, via } of models)
    state(telling, {
      from,
      to: target.to,
      type: adapter ? 'adapter' : 'finetune',
      via,
      span: target.span,
      role,
      revision: told.revision ?? target.revision,
      remoteCode: told.remoteCode,
      codeAt: told.codeAt,
      setting: target.setting,
    });
  if (models.length === 0) {
    // A base that lies in a folder: where that came from, the rest of the tree may tell.
    for (const { value, via, sure } of bases) {
      if (!sure) continue;
      for (const resolved of valuesOf(told, value)) {
        const local = pathTarget(resolved.value);
        if (local !== undefined) state(telling, { from, to: local, type: adapter ? 'adapter' : 'finetune', via, span: resolved.span, role });
      }
    }
  }
  for (const { option, value, sure } of argumentsWith(told, 'teacher'))
    for (const target of modelsIn(told, value, sure))
      state(telling, { from, to: target.to, type: 'distilledFrom', via: option.name, span: target.span, role, setting: target.setting });
  const hasOwn = told.row !== null && setsOf(told.row) !== undefined;
  const short = !hasOwn && told.args.options.some((option) => meaningsOf(option.name).includes('shortNames'));
  for (const meaning of ['data', 'dataIfKnown'] as const)
    for (const option of optionsWith(told, meaning))
      for (const value of option.values) {
        if (short && option.name === 'dataset') relateShortNames(told, value, from);
        else relateData(told, value, meaning === 'data', from, 'trainedOn', option.name);
      }
  for (const option of optionsWith(told, 'testData')) for (const value of option.values) relateData(told, value, true, from, 'testedOn', option.name);
  for (const { option, value } of argumentsWith(told, 'publish')) publish(told, value, false, option.name, from);
  saved(told, from);
};
