import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { applyFix, plan } from '../host/apply.ts';
import { knowledgeDirectory, openKnowledge } from '../host/knowledge.ts';
import { today } from '../host/today.ts';
import { createWorkspace } from '../host/workspace.ts';
import { plain } from '../report/plain.ts';
import { ruleById } from '../rules/index.ts';
import { parse } from './options.ts';

/** A fix may bring out another finding; ten rounds are more than any chain of facts has. */
const maximumRounds = 10;

export const runFix = async (argv: readonly string[], version: string): Promise<number> => {
  const parsed = parse('fix', argv, { rule: { type: 'string' }, 'dry-run': { type: 'boolean' } });
  if (!parsed) return 2;
  const root = resolve(parsed.positionals[0] ?? '.');
  const rule = parsed.values['rule'] as string | undefined;
  if (parsed.positionals.length > 1 || !existsSync(root) || !statSync(root).isDirectory() || (rule !== undefined && !ruleById(rule))) {
    process.stderr.write(rule !== undefined && !ruleById(rule) ? `pedigree fix: there is no rule "${rule}"\n` : 'pedigree fix: takes one folder\n');
    return 2;
  }
  const dry = parsed.values['dry-run'] === true;
  const workspace = createWorkspace({ root, knowledge: openKnowledge(knowledgeDirectory()), version, today });
  let done = 0;
  for (let round = 0; round < maximumRounds; round += 1) {
    await workspace.scan();
    // One fix a file and round: the next reads the file anew, so that no edit lands on text that moved.
    const touched = new Set<string>();
    for (const finding of workspace.analysis().report.findings) {
      const fix = finding.fixes.find((entry) => entry.safe);
      if (!fix || (rule !== undefined && finding.ruleId !== rule) || fix.edits.some((edit) => touched.has(edit.path))) continue;
      const planned = dry ? plan(root, fix) : applyFix(root, fix);
      const failed = typeof planned === 'string' ? planned : 'ok' in planned && !planned.ok ? planned.reason : undefined;
      if (failed !== undefined) {
        process.stderr.write(`pedigree fix: ${plain(failed)}\n`);
        continue;
      }
      for (const edit of fix.edits) touched.add(edit.path);
      done += 1;
      process.stdout.write(`${plain(relative(root, resolve(root, finding.path)))}:${finding.line}: ${finding.ruleId}: ${plain(fix.title)}\n`);
    }
    if (touched.size === 0 || dry) break;
  }
  process.stdout.write(
    `${done} safe ${done === 1 ? 'fix' : 'fixes'} ${dry ? 'would be applied' : 'applied'}; fixes that are somebody's choice are offered in the editor.\n`,
  );
  return 0;
};
