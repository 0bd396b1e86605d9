import type { Publishable, Report, Severity } from '../protocol/report.ts';
import type { Block } from './document.ts';

/** One audited repository: what it is called here, and its report. */
export interface NamedReport {
  readonly name: string;
  readonly report: Report;
}

export interface MergedRepository {
  readonly name: string;
  readonly findings: Report['summary']['findings'];
  readonly works: Report['summary']['works'];
  readonly suppressed: number;
  /** False where its audit reached a limit or a file could not be read: what is missing there is missing here. */
  readonly complete: boolean;
  /** Version of the facts that it was audited with. */
  readonly knowledge: string;
  /** What the repository as a whole may be published as, where the audit says so. */
  readonly publishable: Omit<Publishable, 'work'> | null;
}

export interface MergedWork {
  readonly id: string;
  readonly kind: string;
  /** Of the newest facts; null where no audit knows it. */
  readonly licence: string | null;
  readonly binds: readonly string[];
  readonly usedBy: readonly { readonly repository: string; readonly path: string | null; readonly line: number | null }[];
}

export interface MergedObligation {
  readonly source: string;
  readonly licence: string;
  readonly clause: string | null;
  readonly duty: string;
  /** Repositories by whether they meet it; what cannot be seen from a repository is `unseen`. */
  readonly open: readonly string[];
  readonly unseen: readonly string[];
  readonly met: readonly string[];
}

export interface MergedRule {
  readonly ruleId: string;
  readonly severity: Severity;
  readonly findings: number;
  readonly repositories: readonly string[];
}

/** Many reports as one: which works an organisation uses and where, what it owes, and where to look first. */
export interface Merged {
  readonly schemaVersion: 1;
  readonly repositories: readonly MergedRepository[];
  readonly works: readonly MergedWork[];
  readonly obligations: readonly MergedObligation[];
  readonly rules: readonly MergedRule[];
}

const sorted = <T>(rows: Iterable<T>, key: (row: T) => string): readonly T[] => {
  const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  return [...rows].toSorted((a, b) => order(key(a), key(b)));
};

const gathered = <T, G>(rows: readonly T[], key: (row: T) => string, begin: (row: T) => G, take: (group: G, row: T) => void): readonly G[] => {
  const groups = new Map<string, G>();
  for (const row of rows) {
    const id = key(row);
    const group = groups.get(id) ?? begin(row);
    groups.set(id, group);
    take(group, row);
  }
  return [...groups.values()];
};

const repositoryOf = ({ name, report }: NamedReport): MergedRepository => {
  const whole = report.publishable.find(({ work }) => work === 'local:.');
  return {
    name,
    findings: report.summary.findings,
    works: report.summary.works,
    suppressed: report.summary.suppressed,
    complete: report.summary.complete,
    knowledge: report.inputs.knowledge,
    publishable: whole ? { as: whole.as, why: whole.why } : null,
  };
};

/** Works of others; those of a repository itself have names that mean something there alone. */
const worksOf = (reports: readonly NamedReport[]): readonly MergedWork[] => {
  const newestFirst = reports.toSorted((a, b) => (a.report.inputs.knowledge < b.report.inputs.knowledge ? 1 : -1));
  const rows = newestFirst.flatMap(({ name, report }) => report.works.filter(({ id }) => !id.startsWith('local:')).map((work) => ({ name, work })));
  return gathered(
    rows,
    ({ work }) => work.id,
    ({ work }) => ({ id: work.id, kind: work.kind, licence: work.licence, binds: work.binds, usedBy: [] as MergedWork['usedBy'][number][] }),
    (group, { name, work }) => {
      group.licence ??= work.licence;
      if (group.binds.length === 0) group.binds = work.binds;
      group.usedBy.push({ repository: name, path: work.path, line: work.line });
    },
  ).map((group) => ({ ...group, usedBy: sorted(group.usedBy, ({ repository }) => repository) }));
};

const obligationsOf = (reports: readonly NamedReport[]): readonly MergedObligation[] =>
  gathered(
    reports.flatMap(({ name, report }) => report.obligations.map((obligation) => ({ name, obligation }))),
    ({ obligation: { source, licence, clause, duty } }) => JSON.stringify([source.startsWith('local:') ? '' : source, licence, clause, duty]),
    ({ obligation: { source, licence, clause, duty } }) => ({ source, licence, clause, duty, states: new Map<string, boolean | null>() }),
    ({ states }, { name, obligation: { met } }) => {
      // Open for one of its works is open for the repository; unseen for one is met for none.
      const before = states.get(name);
      states.set(name, before === false || met === false ? false : before === null || met === null ? null : true);
    },
  ).map(({ states, ...duty }) => {
    const named = (state: boolean | null): readonly string[] =>
      sorted(
        [...states].flatMap(([name, met]) => (met === state ? [name] : [])),
        String,
      );
    return { ...duty, open: named(false), unseen: named(null), met: named(true) };
  });

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

const rulesOf = (reports: readonly NamedReport[]): readonly MergedRule[] =>
  gathered(
    reports.flatMap(({ name, report }) => report.findings.map(({ ruleId, severity }) => ({ name, ruleId, severity }))),
    ({ ruleId, severity }) => `${severity} ${ruleId}`,
    ({ ruleId, severity }) => ({ ruleId, severity, findings: 0, names: new Set<string>() }),
    (group, { name }) => {
      group.findings += 1;
      group.names.add(name);
    },
  )
    .map(({ names, ...rule }) => ({ ...rule, repositories: sorted(names, String) }))
    .toSorted((a, b) => ranks[a.severity] - ranks[b.severity] || b.findings - a.findings || (a.ruleId < b.ruleId ? -1 : 1));

/** Joins reports. The order of the reports makes no difference. */
export const mergeReports = (reports: readonly NamedReport[]): Merged => {
  const named = sorted(reports, ({ name }) => name);
  return {
    schemaVersion: 1,
    repositories: named.map(repositoryOf),
    works: sorted(worksOf(named), ({ id }) => id).toSorted((a, b) => b.usedBy.length - a.usedBy.length),
    obligations: sorted(obligationsOf(named), ({ source, licence, clause, duty }) => [source, licence, clause ?? '', duty].join(' ')).toSorted(
      (a, b) => b.open.length - a.open.length || b.unseen.length - a.unseen.length,
    ),
    rules: rulesOf(named),
  };
};

const shown = (names: readonly string[]): string => names.join(', ');

/** The same as a document that people read. */
export const mergedBlocks = ({ repositories, works, obligations, rules }: Merged): readonly Block[] => {
  const section = (title: string, block: Block, rows: number): readonly Block[] => (rows === 0 ? [] : [{ kind: 'heading', level: 2, text: title }, block]);
  const open = obligations.filter((duty) => duty.open.length > 0);
  const unknown = works.filter(({ licence, binds }) => licence === null && binds.length === 0);
  return [
    { kind: 'heading', level: 1, text: `Works and obligations of ${repositories.length} ${repositories.length === 1 ? 'repository' : 'repositories'}` },
    {
      kind: 'text',
      text: `Works of others: ${works.length}, of which ${unknown.length} without known terms. Duties that nothing here shows to be met: ${open.length}.`,
    },
    ...section(
      'Repositories',
      {
        kind: 'table',
        head: ['Repository', 'Errors', 'Warnings', 'Information', 'May be published as', 'Complete'],
        rows: repositories.map(({ name, findings, publishable, complete }) => [
          name,
          String(findings.error),
          String(findings.warning),
          String(findings.information),
          publishable === null ? '' : publishable.as.length > 0 ? shown(publishable.as) : 'no licence that is known',
          complete ? 'yes' : 'no',
        ]),
      },
      repositories.length,
    ),
    ...section(
      'Works of others',
      {
        kind: 'table',
        head: ['Work', 'Terms', 'Used by'],
        rows: works.map(({ id, licence, binds, usedBy }) => [
          id,
          shown([...new Set([licence, ...binds].filter((one) => one !== null))]) || 'unknown',
          shown([...new Set(usedBy.map(({ repository }) => repository))]),
        ]),
      },
      works.length,
    ),
    ...section(
      'What is owed',
      {
        kind: 'table',
        head: ['Duty', 'By', 'Open in', 'To make sure of in', 'Met in'],
        rows: obligations.map(({ duty, source, licence, clause, open: left, unseen, met }) => [
          duty,
          `${source.startsWith('local:') ? 'a file of the repository' : source} (${clause === null ? licence : `${licence}, ${clause}`})`,
          shown(left),
          shown(unseen),
          shown(met),
        ]),
      },
      obligations.length,
    ),
    ...section(
      'Findings by rule',
      {
        kind: 'table',
        head: ['Rule', 'Severity', 'Findings', 'Repositories'],
        rows: rules.map(({ ruleId, severity, findings, repositories: where }) => [ruleId, severity, String(findings), shown(where)]),
      },
      rules.length,
    ),
  ];
};
