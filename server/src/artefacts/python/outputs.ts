import type { Span } from '../../text/span.ts';
import { localWork } from '../hub-id.ts';
import type { WorkId } from '../types.ts';
import type { Call, PythonFile } from './model.ts';
import { argumentOf, resolveArgument } from './resolve.ts';

/** A place where a script keeps what it made. */
export interface Sink {
  /** The file or folder, where its name can be told. */
  readonly to: WorkId | null;
  readonly path: string | null;
  readonly span: Span;
  readonly call: Call;
}

const writers: Readonly<Record<string, number>> = {
  to_json: 0,
  to_jsonl: 0,
  to_parquet: 0,
  to_csv: 0,
  save_to_disk: 0,
  write_jsonl: 0,
  save_json: 1,
  dump_jsonl: 1,
};

/** `open(path, "w")` and the writers of data frames and data sets. */
export const findSinks = (file: PythonFile): readonly Sink[] => {
  const out: Sink[] = [];
  const add = (call: Call, position: number, ...keywords: readonly string[]): void => {
    const literal = resolveArgument(file, call, argumentOf(call, position, ...keywords));
    const token = file.tokens[call.nameToken];
    const path = literal?.value ?? null;
    out.push({
      to: literal?.whole ? (localWork(literal.value) ?? null) : null,
      path,
      span: literal?.span ?? { start: token?.start ?? 0, end: token?.end ?? 0 },
      call,
    });
  };
  for (const call of file.calls) {
    if (call.name === 'open') {
      const own = call.callee !== 'open' && call.callee !== 'io.open' && call.callee !== 'jsonlines.open';
      const mode = own ? undefined : resolveArgument(file, call, argumentOf(call, 1, 'mode'));
      if (mode && /^[wax]/.test(mode.value)) add(call, 0, 'file');
      const path = own && call.callee.endsWith('.open') ? resolveArgument(file, call, argumentOf(call, 0, 'mode')) : undefined;
      if (path && /^[wax]b?t?$/.test(path.value)) add(call, -1);
    } else if (Object.hasOwn(writers, call.name)) add(call, writers[call.name] ?? 0, 'path', 'path_or_buf', 'dataset_path');
    else if (call.name === 'dump' && /^(?:json|pickle|jsonlines|orjson)\.dump$/.test(call.callee)) add(call, -1);
    else if ((call.name === 'jdump' || call.name === 'write_text') && call.args.length > 0) add(call, call.name === 'jdump' ? 1 : -1);
  }
  return out;
};

/** Parts of names that tell collecting data from keeping a log or a score. */
const dataWords =
  /data|instruct|generat|synth|distil|collect|train|sample|corpus|conversation|dialog|chat|augment|annotat|trace|evol|rewrite|translat|caption|question|answer|qa|prompt|response|seed|\.jsonl|\.parquet/i;
const otherWords = /eval|judg|bench|grad(?:e|ing)|scor|review|baseline|test|mock|metric|log|cache|report|result|leaderboard|compar|verif|check|filter/i;
const applications = [
  'gradio',
  'streamlit',
  'fastapi',
  'flask',
  'discord',
  'chainlit',
  'telegram',
  'slack_bolt',
  'starlette',
  'aiogram',
  'django',
  'nicegui',
  'textual',
  'sanic',
  'tornado',
];

/** Serves people or talks with one: what it writes are logs of that. */
export const isApplication = (file: PythonFile): boolean =>
  file.calls.some((call) => call.callee === 'input') || [...file.imports.values()].some((origin) => applications.includes(origin.split('.')[0] ?? ''));

/** The functions around a call, for their names. */
export const enclosing = (file: PythonFile, call: Call): string => {
  const names: string[] = [];
  for (let scope = call.scope; scope > 0; scope = file.scopes[scope]?.parent ?? -1) names.push(file.scopes[scope]?.name ?? '');
  return names.join(' ');
};

/** Judges, evaluations and tests: by a word of the file's name or of a function around the call. */
export const isEvaluating = (path: string, symbols: string): boolean =>
  /(?:^|[/_.\- ])(?:eval\w*|judg\w*|bench\w*|grad(?:e|er|ing)|scor(?:e|er|ing)\w*|review\w*|baselines?|tests?|mocks?|metrics?|verif\w*|compare|monitor\w*|rubrics?)(?:$|[/_.\- \d])/i.test(
    `${path} ${symbols}`,
  );

/** The first sink that looks like one for data that are collected: by its own path, the file's, or the names of the functions around the call. */
export const dataSinkOf = (file: PythonFile, path: string, sinks: readonly Sink[]): ((symbols: string) => Sink | undefined) => {
  const possible = sinks.filter(({ path: named }) => named === null || !otherWords.test(named) || /\.jsonl|train|data/i.test(named));
  const first = dataWords.test(path.split('/').slice(-2).join('/')) ? possible[0] : possible.find((sink) => dataWords.test(sink.path ?? ''));
  // A function that is named for making data is not served by whatever some other function writes.
  const serves = (sink: Sink, symbols: string): boolean => {
    const around = enclosing(file, sink.call);
    return around === symbols || around === '' || around === 'main' || dataWords.test(around);
  };
  return (symbols) => (dataWords.test(symbols) ? (possible.find((sink) => serves(sink, symbols)) ?? first) : first);
};
