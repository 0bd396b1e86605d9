import { parseArgs } from 'node:util';
import type { ParseArgsConfig } from 'node:util';

export type Options = Readonly<Record<string, string | boolean | undefined>>;

/** A usage error is printed and ends with exit code 2. */
export const parse = (command: string, argv: readonly string[], options: NonNullable<ParseArgsConfig['options']>): { readonly values: Options; readonly positionals: readonly string[] } | undefined => {
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
    return { values: values as Options, positionals };
  } catch (error) {
    process.stderr.write(`pedigree ${command}: ${error instanceof Error ? error.message : String(error)}\n`);
    return undefined;
  }
};

export const oneOf = (command: string, name: string, value: string | boolean | undefined, allowed: readonly string[]): boolean => {
  if (value === undefined || (typeof value === 'string' && allowed.includes(value))) return true;
  process.stderr.write(`pedigree ${command}: --${name} takes ${allowed.join(', ')}, not "${String(value)}"\n`);
  return false;
};

/** The date in UTC, so that two machines in two time zones agree. PEDIGREE_TODAY sets it for tests and reproducible reports. */
export const today = (): string => {
  const set = process.env['PEDIGREE_TODAY'];
  return set !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(set) ? set : new Date().toISOString().slice(0, 10);
};
