import { limits } from '../../text/limits.ts';
import type { Span } from '../../text/span.ts';
import { datasetWork, hubReference, localWork } from '../hub-id.ts';
import type { WorkId } from '../types.ts';
import { none } from './flow-state.ts';
import type { Labels } from './flow-state.ts';
import type { Flow } from './flow.ts';
import type { Argument, Call, PythonFile, Range } from './model.ts';
import { argumentOf, resolveArgument } from './resolve.ts';

/** A place where a script keeps, publishes or trains on what it made. */
export interface Sink {
  readonly kind: 'file' | 'dataset' | 'hub' | 'training';
  readonly call: Call;
  readonly span: Span;
  /** The file or folder, or the repository of the hub, where its name can be told. */
  readonly to: WorkId | null;
  /** What can be told of the path, with `*` for the rest. */
  readonly path: string;
  /** The bit of an open file, else -1. */
  readonly handle: number;
  /** Bytes rather than text: sounds, pictures, archives. */
  readonly binary: boolean;
  /** What is written, where it is not written by way of an open file. */
  readonly values: readonly Range[];
}

/** Methods of data frames and data sets that write what they are called on. */
const ofReceiver = new Set([
  'to_json',
  'to_jsonl',
  'to_csv',
  'to_parquet',
  'to_pickle',
  'to_excel',
  'to_feather',
  'save_to_disk',
  'write_json',
  'write_csv',
  'write_parquet',
  'write_ndjson',
]);
const ofDatasets = new Set(['save_to_disk', 'to_parquet', 'to_jsonl', 'write_parquet', 'write_ndjson']);
/** Functions that are given what they write: those of libraries, and helpers that are named for it. */
const writing =
  /^(?:savez?|jdump|write_text|write_bytes|(?:save|write|dump|append|export|store)_?(?:to_|as_|in_)?\w*(?:json|jsonl|jsonlines|csv|tsv|parquet|pickle|pkl|data|dataset|datas|files?|records?|samples?|results?|outputs?|list|lines?|dict)\w*)$/i;

const textsOf = (file: PythonFile, { from, to }: Range): string => {
  const out: string[] = [];
  for (let i = from; i < to && out.length < 8; i += 1) {
    const token = file.tokens[i];
    if (token?.kind === 'string') out.push(token.text + (token.holes === null ? '' : token.holes.replace(/\{[^{}]*\}/g, '*')));
  }
  return out.join('*').slice(0, 300);
};

/** The path as far as it is known: what it resolves to, else the texts in it and behind the names in it. */
const pathOf = (
  file: PythonFile,
  call: Call,
  argument: Argument | undefined,
): { readonly path: string; readonly to: WorkId | null; readonly span: Span | null } => {
  const literal = resolveArgument(file, call, argument);
  if (literal?.whole) return { path: literal.value, to: localWork(literal.value) ?? null, span: literal.span };
  if (!argument) return { path: '*', to: null, span: null };
  const own = textsOf(file, argument.value);
  const name =
    argument.value.to - argument.value.from === 1
      ? file.assignmentsOf.get(file.tokens[argument.value.from]?.text ?? '')?.findLast((entry) => entry.at < call.nameToken)
      : undefined;
  return { path: `${literal?.value ?? ''}*${own}${name ? `*${textsOf(file, name.value)}` : ''}`, to: null, span: null };
};

/** Where the chain that ends in a call's name begins. */
const receiverOf = (file: PythonFile, call: Call): Range | undefined => {
  let from = call.nameToken;
  while (file.tokens[from - 1]?.text === '.' && file.tokens[from - 1]?.kind === 'operator') {
    let at = from - 2;
    while (at > 0 && (file.tokens[at]?.text === ')' || file.tokens[at]?.text === ']')) at = (file.partner[at] ?? 0) - 1;
    if (at < 0 || file.tokens[at]?.kind !== 'name') break;
    from = at;
  }
  return from < call.nameToken ? { from, to: call.nameToken - 1 } : undefined;
};

const nameSpan = (file: PythonFile, call: Call): Span => {
  const token = file.tokens[call.nameToken];
  return { start: token?.start ?? 0, end: token?.end ?? 0 };
};

/** `open(path, "w")` of whatever module, and `path.open("w")`. */
const openedForWriting = (file: PythonFile, call: Call): { readonly path: Argument; readonly binary: boolean } | undefined => {
  if (call.name !== 'open' && call.name !== 'GFile' && call.name !== 'xopen') return undefined;
  const mode = resolveArgument(file, call, argumentOf(call, 1, 'mode'))?.value;
  const path = argumentOf(call, 0, 'file', 'filename') ?? call.args[0];
  if (mode !== undefined) return path && /^[wax]/.test(mode) ? { path, binary: mode.includes('b') } : undefined;
  const only = resolveArgument(file, call, argumentOf(call, 0, 'mode'))?.value;
  const receiver = only !== undefined && /^[wax][bt+]*$/.test(only) ? receiverOf(file, call) : undefined;
  return receiver && only !== undefined ? { path: { keyword: null, value: receiver }, binary: only.includes('b') } : undefined;
};

const pathLike = /[/\\]|\.\w{2,8}$/;

const helperPath = (file: PythonFile, call: Call): Argument | undefined =>
  argumentOf(call, -1, 'path', 'file', 'filename', 'file_path', 'filepath', 'output_path', 'output_file', 'save_path', 'fp') ??
  call.args.find((argument) => pathLike.test(resolveArgument(file, call, argument)?.value ?? '') || pathLike.test(textsOf(file, argument.value)));

const published = (file: PythonFile, call: Call): Sink | undefined => {
  if (call.name === 'push_to_hub') {
    const receiver = receiverOf(file, call);
    if (!receiver) return undefined;
    const literal = resolveArgument(file, call, argumentOf(call, 0, 'repo_id'));
    const id = literal?.whole ? hubReference(literal.value)?.id : undefined;
    return {
      kind: 'hub',
      call,
      span: literal?.span ?? nameSpan(file, call),
      to: id === undefined ? null : datasetWork(id),
      path: literal?.value ?? '*',
      handle: -1,
      binary: false,
      values: [receiver],
    };
  }
  return undefined;
};

/** Where a file or folder goes on the hub: `upload_file(path_or_fileobj=..., repo_type="dataset")`. */
export const findUploads = (file: PythonFile): readonly { readonly from: WorkId | null; readonly to: WorkId; readonly span: Span; readonly call: Call }[] =>
  file.calls.flatMap((call) => {
    if (call.name !== 'upload_file' && call.name !== 'upload_folder' && call.name !== 'upload_large_folder') return [];
    if (resolveArgument(file, call, argumentOf(call, -1, 'repo_type'))?.value !== 'dataset') return [];
    const literal = resolveArgument(file, call, argumentOf(call, -1, 'repo_id'));
    const id = literal?.whole ? hubReference(literal.value)?.id : undefined;
    return literal && id !== undefined
      ? [{ from: pathOf(file, call, argumentOf(call, -1, 'path_or_fileobj', 'folder_path')).to, to: datasetWork(id), span: literal.span, call }]
      : [];
  });

const dataArguments = ['train_dataset', 'train_data', 'training_data'];

/** Every place of the file that may keep something; open files get a bit each from `firstBit` on. */
export const findSinks = (file: PythonFile, firstBit: number): readonly Sink[] => {
  const out: Sink[] = [];
  // What a function of the file writes is seen inside it.
  const local = new Set(file.scopes.flatMap((scope) => (scope.kind === 'def' ? [scope.name] : [])));
  let handles = 0;
  for (const call of file.calls) {
    const opened = openedForWriting(file, call);
    if (opened) {
      if (handles >= limits.pythonFiles) {
        file.hit.add(`more than ${limits.pythonFiles} files that are written`);
        continue;
      }
      const { path, to, span } = pathOf(file, call, opened.path);
      out.push({ kind: 'file', call, span: span ?? nameSpan(file, call), to, path, handle: firstBit + handles, binary: opened.binary, values: [] });
      handles += 1;
      continue;
    }
    const hub = published(file, call);
    if (hub) {
      out.push(hub);
      continue;
    }
    const receiver = ofReceiver.has(call.name) ? receiverOf(file, call) : undefined;
    if (receiver && call.args.length > 0) {
      const { path, to, span } = pathOf(file, call, argumentOf(call, 0, 'path', 'path_or_buf', 'dataset_path', 'file') ?? call.args[0]);
      out.push({
        kind: ofDatasets.has(call.name) ? 'dataset' : 'file',
        call,
        span: span ?? nameSpan(file, call),
        to,
        path,
        handle: -1,
        binary: false,
        values: [receiver],
      });
    } else if (writing.test(call.name) && call.args.length > 0 && !local.has(call.name)) {
      const text = call.name === 'write_text' || call.name === 'write_bytes';
      const owner = text ? receiverOf(file, call) : undefined;
      const { path, to, span } = pathOf(file, call, owner ? { keyword: null, value: owner } : helperPath(file, call));
      out.push({
        kind: 'file',
        call,
        span: span ?? nameSpan(file, call),
        to,
        path,
        handle: -1,
        binary: false,
        values: call.args.map((argument) => argument.value),
      });
    } else if (/^(?:[A-Z]\w*)?Trainer$/.test(call.name)) {
      const data = argumentOf(call, -1, ...dataArguments);
      if (data) out.push({ kind: 'training', call, span: nameSpan(file, call), to: null, path: '*', handle: -1, binary: false, values: [data.value] });
    }
  }
  return out;
};

/** What reaches a sink. */
export const writtenTo = (flow: Flow, sink: Sink): Labels => {
  if (sink.handle >= 0) return flow.written(1n << BigInt(sink.handle));
  return sink.values.reduce((all, range) => all | flow.valueOf(range, sink.call.scope), none);
};
