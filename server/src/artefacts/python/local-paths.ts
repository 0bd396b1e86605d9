import type { Span } from '../../text/span.ts';
import { hubReference, localWork } from '../hub-id.ts';
import type { WorkId } from '../types.ts';
import type { Argument, Call, PythonFile, Range } from './model.ts';
import { argumentOf, resolveArgument } from './resolve.ts';

/** A file or folder of the tree that a script names. */
export interface LocalPath {
  readonly to: WorkId;
  readonly span: Span;
  readonly via: string;
  readonly call: Call;
}

const isData = /\.(?:jsonl?|ndjson|csv|tsv|parquet|arrow|txt|pkl|pickle)$/i;
/** Files of rows that nothing is trained on. */
const other =
  /config|token|vocab|args|(?:^|[/_.-])(?:eval|test|valid|validation|val|dev)(?:[/_.-]|$)|result|metric|prediction|label_?map|classes|schema|index|state|manifest|template|prompt_?template|(?:^|\/)package/i;
/** Options and fields by which scripts take the data that they train on. */
const dataNames =
  /^(?:data|dataset|datasets|train)_?(?:path|file|files|dir|json|jsonl|data|set)?s?$|^(?:sft|dpo|instruction|training)_?(?:data|file|path)(?:_?path)?$/i;

const localOf = (file: PythonFile, call: Call, argument: Argument | undefined): Omit<LocalPath, 'via'> | undefined => {
  const literal = resolveArgument(file, call, argument);
  const to = literal?.whole && hubReference(literal.value) === undefined ? localWork(literal.value) : undefined;
  return literal && to !== undefined ? { to, span: literal.span, call } : undefined;
};

/** `{"train": a, "test": b}` and `[a, b]`: what is trained on. */
const filesOf = (file: PythonFile, call: Call, argument: Argument | undefined): readonly Omit<LocalPath, 'via'>[] => {
  if (!argument) return [];
  const single = localOf(file, call, argument);
  if (single) return [single];
  const { from, to } = argument.value;
  const first = file.tokens[from];
  if (first?.kind !== 'operator' || (first.text !== '{' && first.text !== '[') || file.partner[from] !== to - 1) return [];
  const out: Omit<LocalPath, 'via'>[] = [];
  for (let at = from + 1, start = at; at < to; at += 1) {
    const jump = file.partner[at] ?? -1;
    if (jump > at && jump < to) at = jump;
    else if (at === to - 1 || file.tokens[at]?.text === ',') {
      const entry = entryOf(file, { from: start, to: at }, first.text === '{');
      const found = entry ? localOf(file, call, { keyword: null, value: entry }) : undefined;
      if (found) out.push(found);
      start = at + 1;
    }
  }
  return out;
};

const entryOf = (file: PythonFile, range: Range, keyed: boolean): Range | undefined => {
  if (!keyed) return range;
  const key = file.tokens[range.from];
  return key?.kind === 'string' && key.text === 'train' && file.tokens[range.from + 1]?.text === ':' ? { from: range.from + 2, to: range.to } : undefined;
};

/** Functions that read a file of rows, by the argument that names it. */
const reading =
  /^(?:jload|(?:load|read)_?(?:from_)?\w*(?:json|jsonl|jsonlines|csv|tsv|parquet|pickle|pkl|data|dataset|file|lines)\w*|load_from_disk|from_json|from_csv|from_parquet)$/;

const readsOf = (file: PythonFile, call: Call): readonly LocalPath[] => {
  const via = call.name;
  if (via === 'load_dataset') {
    const files = filesOf(file, call, argumentOf(call, -1, 'data_files', 'data_dir'));
    const path = files.length > 0 ? undefined : localOf(file, call, argumentOf(call, 0, 'path'));
    // A bare word is a format or an old name of the hub.
    const named = path && /[/]|\.\w+$/.test(path.to.slice('local:'.length)) ? [path] : [];
    return [...files, ...named].map((found) => ({ ...found, via }));
  }
  if (via === 'open') {
    const mode = resolveArgument(file, call, argumentOf(call, 1, 'mode'))?.value ?? 'r';
    const found = mode.startsWith('r') ? localOf(file, call, argumentOf(call, 0, 'file')) : undefined;
    return found && isData.test(found.to) ? [{ ...found, via }] : [];
  }
  const found = reading.test(via) ? localOf(file, call, call.args[0]) : undefined;
  return found ? [{ ...found, via }] : [];
};

/** Files of rows that a script reads. */
export const findReads = (file: PythonFile): readonly LocalPath[] => file.calls.flatMap((call) => readsOf(file, call));

/** What a training script names as its data without reading it where that could be seen: defaults of options and fields. */
const givenData = (file: PythonFile): readonly LocalPath[] => {
  const out: LocalPath[] = [];
  for (const call of file.calls) {
    if (call.name !== 'add_argument' && call.name !== 'option' && call.name !== 'field') continue;
    const names =
      call.name === 'field'
        ? [call.assigned ?? '']
        : call.args.flatMap(({ keyword, value }) => (keyword === null ? [file.tokens[value.from]?.text.replace(/^-+/, '').replaceAll('-', '_') ?? ''] : []));
    const found = names.some((name) => dataNames.test(name)) ? localOf(file, call, argumentOf(call, -1, 'default')) : undefined;
    if (found && isData.test(found.to)) out.push({ ...found, via: names[0] ?? call.name });
  }
  return out;
};

/** Local files that a script reads as training data. */
export const findLocalData = (file: PythonFile): readonly LocalPath[] => {
  const seen = new Set<string>();
  return [...findReads(file), ...givenData(file)].filter(({ to, span, via }) => {
    const key = `${to} ${span.start}`;
    if (seen.has(key) || (via !== 'load_dataset' && other.test(to.slice('local:'.length)))) return false;
    seen.add(key);
    return true;
  });
};

const tokenizers = /token|processor|feature_?extractor|scheduler|config|image_?proc/i;

/** Folders in which a script saves the models that it makes. */
export const findModelFolders = (file: PythonFile): readonly LocalPath[] => {
  const out: LocalPath[] = [];
  for (const call of file.calls) {
    const argument =
      call.name === 'save_pretrained' || call.name === 'save_model' || call.name === 'save_pretrained_merged' || call.name === 'save_lora'
        ? tokenizers.test(call.callee.replace(/\.\w+$/, ''))
          ? undefined
          : argumentOf(call, 0, 'save_directory', 'output_dir', 'path')
        : /(?:Arguments|Config)$/.test(call.name)
          ? argumentOf(call, -1, 'output_dir')
          : undefined;
    const found = argument ? localOf(file, call, argument) : undefined;
    if (found) out.push({ ...found, via: call.name });
  }
  return out;
};

/** Models that are loaded from a folder of the tree. */
export const findLocalModels = (file: PythonFile): readonly LocalPath[] => {
  const out: LocalPath[] = [];
  for (const call of file.calls) {
    if (tokenizers.test(call.callee) && call.name === 'from_pretrained') continue;
    const adapter = call.name === 'from_pretrained' && /(?:^|\.)Peft\w*\.from_pretrained$/.test(call.callee) && !/Auto/.test(call.callee);
    const argument =
      call.name === 'from_pretrained'
        ? argumentOf(call, adapter ? 1 : 0, 'pretrained_model_name_or_path', 'model_name', 'model_id', 'model_name_or_path')
        : /^(?:LLM|SentenceTransformer|CrossEncoder)$/.test(call.name)
          ? argumentOf(call, 0, 'model', 'model_name_or_path')
          : call.name === 'pipeline'
            ? argumentOf(call, 1, 'model')
            : undefined;
    const found = argument ? localOf(file, call, argument) : undefined;
    if (found) out.push({ ...found, via: call.name });
  }
  return out;
};
