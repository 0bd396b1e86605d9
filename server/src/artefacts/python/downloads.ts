import type { Argument, Call, PythonFile } from './model.ts';
import { splitList } from './model.ts';
import { argumentOf, resolveArgument } from './resolve.ts';
import type { Literal } from './look.ts';

/** The string of an argument, or each of a list that is written out in its place. */
export const literalsOf = (file: PythonFile, call: Call, argument: Argument | undefined): readonly Literal[] => {
  const single = resolveArgument(file, call, argument);
  if (single || argument === undefined) return single ? [single] : [];
  const { from, to } = argument.value;
  const close = file.partner[from] ?? -1;
  if (file.tokens[from]?.text !== '[' || close < 0 || close >= to) return [];
  return splitList(file.tokens, file.partner, from, close).flatMap((value) => resolveArgument(file, call, { keyword: null, value }) ?? []);
};

/** `.../model.onnx` of an address. */
const lastPart = /\/([\w.-]{3,120}\.[A-Za-z]\w{1,11})(?:\?[^/]*)?$/;

/** Which file of the repository is taken, where the call says so. */
export const fileOf = (file: PythonFile, call: Call, literal: Literal): string | undefined => {
  if (literal.whole && literal.value.includes('://')) return lastPart.exec(literal.value)?.[1];
  const named = call.name === 'hf_hub_download' || call.name === 'hf_hub_url' ? resolveArgument(file, call, argumentOf(call, 1, 'filename')) : undefined;
  return named?.whole ? named.value.slice(named.value.lastIndexOf('/') + 1) : undefined;
};
