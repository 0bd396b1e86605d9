import { knowledgeDirectory, openKnowledge } from '../host/knowledge.ts';
import { lookUp } from '../host/look-up.ts';
import { describeRule } from '../report/describe-rule.ts';
import { plain } from '../report/plain.ts';
import { explain } from './explain.ts';
import { oneOf, parse } from './options.ts';

const formats = ['text', 'json'];
const formatOf = (value: string | boolean | undefined): 'text' | 'json' => (value === 'json' ? 'json' : 'text');

export const runExplain = async (argv: readonly string[]): Promise<number> => {
  const parsed = parse('explain', argv, { format: { type: 'string' }, cache: { type: 'boolean' }, hub: { type: 'boolean' } });
  if (!parsed || !oneOf('explain', 'format', parsed.values['format'], formats)) return 2;
  const id = parsed.positionals[0];
  if (id === undefined || parsed.positionals.length > 1) {
    process.stderr.write('pedigree explain: name one licence, model, data set, service or rule\n');
    return 2;
  }
  const knowledge = openKnowledge(knowledgeDirectory());
  const { answers, problems } = await lookUp(id, { cache: parsed.values['cache'] === true, hub: parsed.values['hub'] === true }, knowledge);
  const { code, out, err } = explain(id, formatOf(parsed.values['format']), knowledge, describeRule, answers);
  process.stdout.write(out);
  process.stderr.write(`${problems.map((problem) => `pedigree explain: ${plain(problem)}\n`).join('')}${err}`);
  return code;
};
