import { existsSync, statSync, writeFileSync } from 'node:fs';
import { knowledgeDirectory, openKnowledge } from '../host/knowledge.ts';
import { today } from '../host/today.ts';
import { createWorkspace } from '../host/workspace.ts';
import { disclosureById, disclosures } from '../knowledge/disclosures.ts';
import { disclosureDraft } from '../lineage/disclosure.ts';
import { trainingSources } from '../lineage/training.ts';
import { plain } from '../report/plain.ts';
import { parse } from './options.ts';

const fail = (message: string): number => {
  process.stderr.write(`pedigree disclose: ${plain(message)}\n`);
  return 2;
};

/** Undefined when it was written, else why not. What is there already is somebody's work. */
const write = (file: string, text: string, force: boolean): string | undefined => {
  try {
    writeFileSync(file, text, { flag: force ? 'w' : 'wx' });
    return undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return code === 'EEXIST' ? `"${file}" is there already; --force overwrites it` : `"${file}" cannot be written: ${code ?? 'error'}`;
  }
};

/** Drafts a disclosure of training data from the lineage of a folder. */
export const runDisclose = async (argv: readonly string[], version: string): Promise<number> => {
  const parsed = parse('disclose', argv, {
    output: { type: 'string' },
    force: { type: 'boolean' },
    cache: { type: 'boolean' },
    hub: { type: 'boolean' },
  });
  if (!parsed) return 2;
  const { values, positionals } = parsed;
  const [name, root = '.'] = positionals;
  const known = disclosures.map((row) => row.id).join(', ');
  if (name === undefined) return fail(`name one disclosure: ${known}`);
  const record = disclosureById(name);
  if (!record) return fail(`nothing is known of a disclosure "${name}"; known are ${known}`);
  if (positionals.length > 2) return fail('one folder at a time');
  if (!existsSync(root) || !statSync(root).isDirectory()) return fail(`"${root}" is no folder`);
  const knowledge = openKnowledge(knowledgeDirectory());
  const workspace = createWorkspace({
    root,
    knowledge,
    version,
    today,
    asked: () => ({ cache: values['cache'] === true, hub: values['hub'] === true }),
  });
  const policy = workspace.policy();
  for (const problem of policy.problems) fail(`${policy.path ?? 'policy'}:${problem.line}:${problem.column}: ${problem.message}`);
  // What a broken policy meant to note is not known.
  if (policy.problems.length > 0) return 2;
  await workspace.scan();
  await workspace.resolve();
  const { lineage } = workspace.analysis();
  const text = disclosureDraft({ record, sources: trainingSources(lineage, policy.path), lineage, knowledge, name: policy.publish?.name ?? null });
  const output = values['output'];
  if (typeof output !== 'string') {
    process.stdout.write(text);
    return 0;
  }
  const reason = write(output, text, values['force'] === true);
  return reason === undefined ? 0 : fail(reason);
};
