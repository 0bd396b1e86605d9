import { existsSync, statSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { applyFix, plan } from '../host/apply.ts';
import { knowledgeDirectory, openKnowledge } from '../host/knowledge.ts';
import { today } from '../host/today.ts';
import { createWorkspace } from '../host/workspace.ts';
import type { Finding, Fix, TextEdit } from '../protocol/report.ts';
import { plain } from '../report/plain.ts';
import { ruleById } from '../rules/index.ts';
import { parse } from './options.ts';

/** A fix may bring out another finding; ten rounds are more than any chain of facts has. */
const maximumRounds = 10;

interface Chosen {
  readonly finding: Finding;
  readonly fix: Fix;
}

const before = (a: TextEdit, b: TextEdit): boolean => a.endLine < b.line || (a.endLine === b.line && a.endColumn < b.column);

const clash = (a: Fix, b: Fix): boolean =>
  a.edits.some((one) => b.edits.some((other) => one.path === other.path && !before(one, other) && !before(other, one))) ||
  a.creates.some((one) => b.creates.some((other) => one.path === other.path));

/** The safe fixes that can be made at once: none touches what another does, so that no edit lands on text that moved. */
const chosenOf = (findings: readonly Finding[], rule: string | undefined): readonly Chosen[] => {
  const chosen: Chosen[] = [];
  for (const finding of findings) {
    const fix = finding.fixes.find((entry) => entry.safe);
    if (!fix || (rule !== undefined && finding.ruleId !== rule) || chosen.some((other) => clash(other.fix, fix))) continue;
    chosen.push({ finding, fix });
  }
  return chosen;
};

/** Fixes of one file are one change of it. */
const byFile = (chosen: readonly Chosen[]): readonly (readonly Chosen[])[] => {
  const groups = new Map<string, Chosen[]>();
  for (const each of chosen) {
    const path = each.fix.edits[0]?.path ?? each.fix.creates[0]?.path ?? '';
    groups.set(path, [...(groups.get(path) ?? []), each]);
  }
  return [...groups.values()];
};

/** Applies or plans a group; a reason in words when it cannot be. */
const make = (root: string, group: readonly Chosen[], dry: boolean): string | undefined => {
  const merged: Fix = {
    title: '',
    safe: true,
    preferred: false,
    edits: group.flatMap(({ fix }) => fix.edits),
    creates: group.flatMap(({ fix }) => fix.creates),
  };
  if (dry) {
    const planned = plan(root, merged);
    return typeof planned === 'string' ? planned : undefined;
  }
  const applied = applyFix(root, merged);
  return applied.ok ? undefined : applied.reason;
};

export const runFix = async (argv: readonly string[], version: string): Promise<number> => {
  const parsed = parse('fix', argv, { rule: { type: 'string' }, 'dry-run': { type: 'boolean' } });
  if (!parsed) return 2;
  const root = resolve(parsed.positionals[0] ?? '.');
  const rule = parsed.values['rule'] as string | undefined;
  const wrong =
    parsed.positionals.length > 1
      ? 'one folder at a time'
      : !existsSync(root) || !statSync(root).isDirectory()
        ? `"${plain(parsed.positionals[0] ?? '.')}" is no folder`
        : rule !== undefined && !ruleById(rule)
          ? `there is no rule "${plain(rule)}"`
          : undefined;
  if (wrong !== undefined) {
    process.stderr.write(`pedigree fix: ${wrong}\n`);
    return 2;
  }
  const dry = parsed.values['dry-run'] === true;
  const workspace = createWorkspace({ root, knowledge: openKnowledge(knowledgeDirectory()), version, today });
  const { path, problems } = workspace.policy();
  for (const problem of problems) process.stderr.write(`pedigree fix: ${plain(`${path ?? 'policy'}:${problem.line}:${problem.column}: ${problem.message}`)}\n`);
  // What a broken policy meant to hold back is not known.
  if (problems.length > 0) return 2;
  const refused = new Set<string>();
  let done = 0;
  for (let round = 0; round < maximumRounds; round += 1) {
    await workspace.scan();
    let made = 0;
    for (const group of byFile(chosenOf(workspace.analysis().report.findings, rule))) {
      const reason = make(root, group, dry);
      if (reason !== undefined) {
        if (!refused.has(reason)) process.stderr.write(`pedigree fix: ${plain(reason)}\n`);
        refused.add(reason);
        continue;
      }
      made += group.length;
      for (const { finding, fix } of group)
        process.stdout.write(`${plain(relative(root, resolve(root, finding.path)))}:${finding.line}: ${finding.ruleId}: ${plain(fix.title)}\n`);
    }
    done += made;
    if (made === 0 || dry) break;
  }
  process.stdout.write(
    `${done} safe ${done === 1 ? 'fix' : 'fixes'} ${dry ? 'would be applied' : 'applied'}; fixes that are somebody's choice are offered in the editor.\n`,
  );
  return 0;
};
