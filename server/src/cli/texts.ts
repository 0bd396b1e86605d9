import { readFileSync } from 'node:fs';
import { knowledgeDirectory, openKnowledge } from '../host/knowledge.ts';
import { plain } from '../report/plain.ts';
import { describeRule } from '../report/describe-rule.ts';
import { explain } from './explain.ts';
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

export const runExplain = async (argv: readonly string[]): Promise<number> => {
  const parsed = parse('explain', argv, { format: { type: 'string' } });
  if (!parsed || !oneOf('explain', 'format', parsed.values['format'], formats)) return 2;
  const id = parsed.positionals[0];
  if (id === undefined || parsed.positionals.length > 1) {
    process.stderr.write('pedigree explain: name one licence, model, data set, service or rule\n');
    return 2;
  }
  const { code, out, err } = explain(id, formatOf(parsed.values['format']), openKnowledge(knowledgeDirectory()), describeRule);
  process.stdout.write(out);
  process.stderr.write(err);
  return code;
};
