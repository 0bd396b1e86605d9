import { readFileSync } from 'node:fs';
import { knowledgeDirectory, openKnowledge } from '../host/knowledge.ts';
import { plain } from '../report/plain.ts';
import { identifyFiles } from './identify.ts';
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
  const files: { path: string; bytes: Uint8Array }[] = [];
  for (const path of parsed.positionals) {
    try {
      files.push({ path, bytes: readFileSync(path) });
    } catch (error) {
      process.stderr.write(`pedigree identify: ${plain(path)} ${reasons[(error as NodeJS.ErrnoException).code ?? ''] ?? 'cannot be read'}\n`);
      return 2;
    }
  }
  process.stdout.write(identifyFiles(files, formatOf(parsed.values['format']), openKnowledge(knowledgeDirectory())));
  return 0;
};
