import { existsSync, statSync, writeFileSync } from 'node:fs';
import { answersFolder } from '../host/answers-folder.ts';
import { knowledgeDirectory, openKnowledge } from '../host/knowledge.ts';
import { openStore } from '../host/store.ts';
import { today } from '../host/today.ts';
import { createWorkspace } from '../host/workspace.ts';
import type { Finding, Report, Severity } from '../protocol/report.ts';
import { attestation } from './attest.ts';
import { readReport } from './earlier.ts';
import { formats, formatted } from './formats.ts';
import type { Format } from './formats.ts';
import { oneOf, parse } from './options.ts';
import { progressBar } from './progress.ts';

const ranks: readonly string[] = ['information', 'warning', 'error'];

const reaches = (finding: Finding, failOn: string): boolean =>
  failOn !== 'never' && ranks.indexOf(finding.severity satisfies Severity) >= ranks.indexOf(failOn);

/** Entries that no finding has any more: what was mended should not be let in again later. */
const unusedText = (known: ReadonlySet<string>, { findings }: Report): string => {
  const used = new Set(findings.map(({ fingerprint }) => fingerprint));
  const left = [...known].filter((fingerprint) => !used.has(fingerprint)).length;
  if (left === 0) return '';
  const which = left === 1 ? '1 entry of the baseline belongs' : `${left} entries of the baseline belong`;
  return `pedigree audit: ${which} to no finding any more: --write-baseline FILE writes it anew\n`;
};

/** Undefined when it was written, else why not. */
const write = (file: string, text: string): string | undefined => {
  try {
    writeFileSync(file, text);
    return undefined;
  } catch (error) {
    return `"${file}" cannot be written: ${(error as NodeJS.ErrnoException).code ?? 'error'}`;
  }
};

const fail = (message: string): number => {
  process.stderr.write(`pedigree audit: ${message}\n`);
  return 2;
};

export const runAudit = async (argv: readonly string[], version: string): Promise<number> => {
  const parsed = parse('audit', argv, {
    format: { type: 'string' },
    output: { type: 'string' },
    policy: { type: 'string' },
    baseline: { type: 'string' },
    'write-baseline': { type: 'string' },
    'no-inline-config': { type: 'boolean' },
    'fail-on': { type: 'string' },
    'require-complete': { type: 'boolean' },
    attest: { type: 'string' },
    cache: { type: 'boolean' },
    'no-store': { type: 'boolean' },
    hub: { type: 'boolean' },
  });
  if (
    !parsed ||
    !oneOf('audit', 'format', parsed.values['format'], formats) ||
    !oneOf('audit', 'fail-on', parsed.values['fail-on'], ['error', 'warning', 'information', 'never'])
  )
    return 2;
  const { values, positionals } = parsed;
  if (positionals.length > 1) return fail('one folder at a time');
  const root = positionals[0] ?? '.';
  if (!existsSync(root) || !statSync(root).isDirectory()) return fail(`"${root}" is no folder`);
  const policyPath = values['policy'] as string | undefined;
  if (policyPath !== undefined && !existsSync(policyPath)) return fail(`there is no policy file "${policyPath}"`);
  const earlier = values['baseline'] === undefined ? undefined : readReport(String(values['baseline']));
  if (earlier && 'problem' in earlier) return fail(`the baseline "${String(values['baseline'])}" ${earlier.problem}`);
  const baseline = earlier && new Set(earlier.report.findings.map(({ fingerprint }) => fingerprint));
  const known = baseline ?? new Set<string>();

  const knowledge = openKnowledge(knowledgeDirectory());
  const workspace = createWorkspace({
    root,
    knowledge,
    version,
    today,
    ...(policyPath === undefined ? {} : { policyPath }),
    inlineSuppressions: values['no-inline-config'] !== true,
    ...(values['no-store'] === true || process.env['CI'] ? {} : { store: openStore(answersFolder(), version, knowledge) }),
    asked: () => ({ cache: values['cache'] === true, hub: values['hub'] === true }),
  });
  const bar = progressBar(process.stderr);
  await workspace.scan({ onProgress: bar.show });
  bar.clear();
  await workspace.resolve();
  const { report } = workspace.analysis();
  const problems = workspace.policy().problems;

  // First, since a report under a policy that is not understood may say too much or too little.
  for (const problem of problems)
    process.stderr.write(`pedigree audit: ${workspace.policy().path ?? 'policy'}:${problem.line}:${problem.column}: ${problem.message}\n`);

  const give = (format: Format, colour: boolean): Promise<string> =>
    formatted(format, { workspace, knowledge, known: baseline, colour, width: Math.min(process.stdout.columns ?? 100, 120) });
  const unwritten = values['write-baseline'] === undefined ? undefined : write(String(values['write-baseline']), await give('json', false));
  if (unwritten !== undefined) return fail(unwritten);
  const toFile = values['output'] !== undefined;
  const colour = !toFile && !process.env['NO_COLOR'] && (process.stdout.isTTY || Boolean(process.env['FORCE_COLOR']));
  const out = await give((values['format'] ?? 'text') as Format, colour);
  if (toFile) {
    const reason = write(String(values['output']), out);
    if (reason !== undefined) return fail(reason);
  } else process.stdout.write(out);

  process.stderr.write(unusedText(known, report));

  const failOn = String(values['fail-on'] ?? 'error');
  const found = report.findings.some((finding) => reaches(finding, failOn) && !known.has(finding.fingerprint));
  if (values['attest'] !== undefined && problems.length === 0) {
    const made = await attestation({ workspace, policyPath, failOn, passed: !found });
    const reason = 'failed' in made ? made.failed : write(String(values['attest']), made.text);
    if (reason !== undefined) return fail(reason);
  }

  if (problems.length > 0) return 2;
  if (values['require-complete'] === true && !report.summary.complete) return 3;
  return found ? 1 : 0;
};
