import type { Field, Fields } from '../licence-fields.ts';
import { splitList } from './model.ts';
import type { Argument, Call, PythonFile } from './model.ts';
import { argumentOf, resolveArgument } from './resolve.ts';

/** The strings of a list or tuple, else the one string that the argument is. */
const stringsOf = (file: PythonFile, call: Call, argument: Argument | undefined): readonly Field[] => {
  const range = argument?.value;
  const close = range ? (file.partner[range.from] ?? -1) : -1;
  if (range && close === range.to - 1 && /^[[(]$/.test(file.tokens[range.from]?.text ?? ''))
    return splitList(file.tokens, file.partner, range.from, close).flatMap((item): Field[] => {
      const token = file.tokens[item.from];
      return token?.kind === 'string' && item.to - item.from === 1 ? [{ value: token.text, span: { start: token.innerStart, end: token.innerEnd } }] : [];
    });
  const one = resolveArgument(file, call, argument);
  return one?.whole ? [{ value: one.value, span: one.span }] : [];
};

/** What `setup(...)` says of licence files and of the project's address. */
export const setupFields = (file: PythonFile, call: Call): Fields => ({
  files: ['license_files', 'license_file'].flatMap((key) => stringsOf(file, call, argumentOf(call, -1, key))),
  homes: ['url', 'download_url'].flatMap((key) => stringsOf(file, call, argumentOf(call, -1, key))),
});
