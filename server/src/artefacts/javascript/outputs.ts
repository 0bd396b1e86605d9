import names from '../../knowledge/data/javascript-names.json';
import type { Span } from '../../text/span.ts';
import { localWork } from '../hub-id.ts';
import type { WorkId } from '../types.ts';
import { moduleName } from './model.ts';
import type { JavaScriptFile } from './model.ts';
import { resolveRange } from './resolve.ts';

/** A file that the program writes and that looks like one for data that are collected. */
export interface Sink {
  readonly to: WorkId | null;
  readonly span: Span;
}

const writing = /^(?:writeFile|appendFile|outputFile|writeJson|outputJson|writeJSON|outputJSON|writeTextFile|createWriteStream|write)(?:Sync)?$/;
const dataPath =
  /\.(?:jsonl|ndjson|parquet)$|(?:^|[/_.-])(?:train\w*|dataset\w*|corpus|instructions?|synthetic\w*|finetun\w*|sft|generated[_-]data|conversations)(?:$|[/_.-])/i;
const otherPath =
  /eval|judg|bench|grad(?:e|ing)|scor|review|baseline|test|mock|metric|log|cache|report|result|leaderboard|compar|history|session|config|package\.json|\.(?:md|html?|css|[cm]?[jt]sx?|png|jpe?g|svg|wav|mp3)$/i;

/** Serves people or talks with one: what it writes are files for that. */
export const isApplication = (file: JavaScriptFile): boolean =>
  [...file.imports.values()].some(({ module }) => names.servers.includes(moduleName(module)) || names.servers.includes(module));

export const dataSinkOf = (file: JavaScriptFile): Sink | undefined => {
  for (const call of file.calls) {
    if (!writing.test(call.name) || (call.name === 'write' && !/^(?:Bun|Deno)\.write$/.test(call.callee))) continue;
    for (const literal of resolveRange(file, call.args[0], call.nameToken)) {
      if (!dataPath.test(literal.value) || otherPath.test(literal.value)) continue;
      return { to: literal.whole ? (localWork(literal.value) ?? null) : null, span: literal.span };
    }
  }
  return undefined;
};
