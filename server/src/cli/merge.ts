import { writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { htmlOf } from '../report/html.ts';
import { markdownOf } from '../report/markdown.ts';
import { mergeReports, mergedBlocks } from '../report/merge.ts';
import type { NamedReport } from '../report/merge.ts';
import { plain } from '../report/plain.ts';
import { readReport } from './earlier.ts';
import { oneOf, parse } from './options.ts';

/** "NAME=FILE", or a file that is called as the repository. */
const named = (word: string): { readonly name: string; readonly file: string } => {
  const at = word.indexOf('=');
  return at > 0 ? { name: word.slice(0, at), file: word.slice(at + 1) } : { name: basename(word).replace(/\.json$/i, ''), file: word };
};

const fail = (message: string): number => {
  process.stderr.write(`pedigree merge: ${plain(message)}\n`);
  return 2;
};

/** `pedigree merge`: JSON reports of many repositories as one view of an organisation. */
export const runMerge = async (argv: readonly string[]): Promise<number> => {
  const parsed = parse('merge', argv, { format: { type: 'string' }, output: { type: 'string' } });
  if (!parsed || !oneOf('merge', 'format', parsed.values['format'], ['markdown', 'html', 'json'])) return 2;
  if (parsed.positionals.length === 0) return fail('name at least one JSON report');
  const reports: NamedReport[] = [];
  for (const { name, file } of parsed.positionals.map(named)) {
    const read = readReport(file);
    if ('problem' in read) return fail(`"${file}" ${read.problem}`);
    if (reports.some((other) => other.name === name)) return fail(`two reports are called "${name}": write NAME=FILE to tell them apart`);
    reports.push({ name, report: read.report });
  }
  const merged = mergeReports(reports);
  const blocks = mergedBlocks(merged);
  const format = parsed.values['format'] ?? 'markdown';
  const out = format === 'json' ? `${JSON.stringify(merged, null, 1)}\n` : format === 'html' ? htmlOf(blocks) : markdownOf(blocks);
  const output = parsed.values['output'];
  if (typeof output !== 'string') process.stdout.write(out);
  else {
    try {
      writeFileSync(output, out);
    } catch (error) {
      return fail(`"${output}" cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'error'}`);
    }
  }
  return 0;
};
