import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';

export type Options = Readonly<Record<string, string | boolean | undefined>>;

/** A usage error is printed and ends with exit code 2. */
export const parse = (
  command: string,
  argv: readonly string[],
  options: NonNullable<ParseArgsConfig['options']>,
): { readonly values: Options; readonly positionals: readonly string[] } | undefined => {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
    return { values: values as Options, positionals };
  } catch (error) {
    // Node explains at length how to pass such a word on; what helps is the list of options.
    const [what = ''] = (error instanceof Error ? error.message : String(error)).split('. ');
    process.stderr.write(`pedigree ${command}: ${what.replace(/\.$/, '')}. See pedigree --help.\n`);
    return undefined;
  }
};

export const oneOf = (command: string, name: string, value: string | boolean | undefined, allowed: readonly string[]): boolean => {
  if (value === undefined || (typeof value === 'string' && allowed.includes(value))) return true;
  process.stderr.write(`pedigree ${command}: --${name} takes ${allowed.join(', ')}, not "${String(value)}"\n`);
  return false;
};
