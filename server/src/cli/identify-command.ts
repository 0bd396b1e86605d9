import { plain } from '../report/plain.ts';
import { identifiedText } from './identify.ts';
import type { Identified } from './identify.ts';
import { identifyPaths, isUnread } from './identify-threads.ts';
import { oneOf, parse } from './options.ts';

const formats = ['text', 'json'];
const reasons: Readonly<Record<string, string>> = { ENOENT: 'is not there', EISDIR: 'is a folder: name the files in it' };

const formatOf = (value: string | boolean | undefined): 'text' | 'json' => (value === 'json' ? 'json' : 'text');

export const runIdentify = async (argv: readonly string[]): Promise<number> => {
  const parsed = parse('identify', argv, { format: { type: 'string' } });
  if (!parsed || !oneOf('identify', 'format', parsed.values['format'], formats)) return 2;
  if (parsed.positionals.length === 0) {
    process.stderr.write('pedigree identify: name at least one file\n');
    return 2;
  }
  const rows: Identified[] = [];
  for (const row of await identifyPaths(parsed.positionals)) {
    if (isUnread(row)) {
      process.stderr.write(`pedigree identify: ${plain(row.path)} ${reasons[row.code] ?? 'cannot be read'}\n`);
      return 2;
    }
    rows.push(row);
  }
  process.stdout.write(identifiedText(rows, formatOf(parsed.values['format'])));
  return 0;
};
