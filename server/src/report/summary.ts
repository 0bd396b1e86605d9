import { relationWords, shortName } from '../lineage/path.ts';
import { noLimit } from '../lineage/publish.ts';
import type { RelationType } from '../knowledge/types.ts';
import type { Report, ReportRelation } from '../protocol/report.ts';
import type { Disclosure, Step, Summary } from '../protocol/views.ts';

export const count = (number: number, one: string, many = `${one}s`): string => `${number.toLocaleString('en-GB')} ${number === 1 ? one : many}`;

const listed = (parts: readonly string[]): string => (parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`);

const worksSentence = ({ known, unknown }: Report['summary']['works']): string => {
  if (known + unknown === 0) return 'No models, data sets or services of others were found in it.';
  const takes = `It takes from ${count(known + unknown, 'work')} of others`;
  if (unknown === 0) return `${takes}; the terms of ${known === 1 ? 'it' : 'all of them'} are known.`;
  if (known > 0) return `${takes}; for ${unknown.toLocaleString('en-GB')} of them nothing says what is allowed.`;
  return `${takes}; nothing says what is allowed for ${unknown === 1 ? 'it' : 'any of them'}.`;
};

/** What was accepted may be a contradiction all the same. */
const beside = (suppressed: number): string => (suppressed > 0 ? ', beside what is held back' : '');

const findingsSentence = ({ findings: { error, warning, information }, suppressed }: Report['summary']): string => {
  if (error + warning + information === 0) return `Nothing that was read contradicts itself or the terms that reach it${beside(suppressed)}.`;
  const parts = [
    ...(error > 0 ? [`${count(error, 'contradiction')} to settle (errors)`] : []),
    ...(warning > 0 ? [`${count(warning, 'point')} to decide (warnings)`] : []),
    ...(information > 0 ? [`${count(information, 'note')} to know of`] : []),
  ];
  return `${listed(parts)}.`;
};

const whole = (report: Report): Report['publishable'][number] | undefined => report.publishable.find((row) => row.work === 'local:.');

const publishSentence = (report: Report): string | undefined => {
  const row = whole(report);
  if (!row) return undefined;
  if (row.as.length === 0)
    return row.why.startsWith(noLimit)
      ? 'It states no licence; nothing known limits which one it may have.'
      : 'Nothing known permits to publish it as it stands.';
  // What is unknown may forbid what the rest allows.
  return report.summary.works.unknown === 0
    ? `So far as is known, it may be published under ${listed(row.as)}.`
    : `The known terms alone would let it be published under ${listed(row.as)}; the unknown ones may not.`;
};

const readSentence = ({ files, read }: Report['summary']): string => {
  if (files === read) return `${count(files, 'file')} ${files === 1 ? 'was' : 'were'} read.`;
  return `Of ${count(files, 'file')}, the ${read === 1 ? 'one' : read.toLocaleString('en-GB')} that can say something ${read === 1 ? 'was' : 'were'} read.`;
};

const completeSentence = ({ summary, skipped }: Report): string => {
  if (summary.complete) return readSentence(summary);
  if (skipped.length === 0) return 'The audit is incomplete: a limit was reached.';
  return `The audit is incomplete: ${count(skipped.length, 'file was', 'files were')} not read, and what ${skipped.length === 1 ? 'it says' : 'they say'} is missing here.`;
};

const suppressedSentence = (suppressed: number): string | undefined =>
  suppressed === 0 ? undefined : `${count(suppressed, 'finding is', 'findings are')} held back by a policy or a comment here; the reasons are below.`;

/** What somebody who reads nothing else should know. */
const sentencesOf = (report: Report): readonly string[] =>
  [
    findingsSentence(report.summary),
    worksSentence(report.summary.works),
    publishSentence(report),
    completeSentence(report),
    suppressedSentence(report.summary.suppressed),
  ].filter((sentence) => sentence !== undefined);

/** A duty that several works owe for the same reason counts once. */
const duties = (report: Report, met: boolean | null): number =>
  new Set(report.obligations.filter((row) => row.met === met).map(({ source, licence, clause, duty }) => JSON.stringify([source, licence, clause, duty]))).size;

const publishStep = (report: Report): Step | undefined => {
  const row = whole(report);
  if (!row) return undefined;
  const declared = report.works.find((work) => work.id === 'local:.')?.licence ?? null;
  if (row.as.length === 0)
    return row.why.startsWith(noLimit)
      ? { state: 'open', text: 'State a licence: nothing here says under which it is published', about: 'publishing' }
      : { state: 'open', text: 'Find terms under which it may be published: nothing known permits it', about: 'publishing' };
  if (declared !== null && row.as.length === 1 && row.as[0] === declared)
    return { state: 'met', text: `It is published under ${declared}, which nothing known speaks against`, about: 'publishing' };
  return {
    state: 'open',
    text: `Publish it under ${listed(row.as)}${declared === null ? ': no licence is stated' : `, not under ${declared} alone`}`,
    about: 'publishing',
  };
};

const done = (about: Step['about'], text: string): Step => ({ state: 'met', text, about });
const todo = (about: Step['about'], text: string): Step => ({ state: 'open', text, about });

/** What is left to do before anything is handed on, as a list to tick off. */
const stepsOf = (report: Report): readonly Step[] => {
  const { findings, works, complete, suppressed } = report.summary;
  const open = duties(report, false);
  const unseen = duties(report, null);
  const publish = publishStep(report);
  return [
    findings.error > 0
      ? todo('findings', `Settle ${count(findings.error, 'contradiction')}`)
      : done('findings', `Nothing that was read contradicts itself${beside(suppressed)}`),
    ...(publish ? [publish] : []),
    ...(works.unknown > 0
      ? [todo('works', `Find out the terms of ${count(works.unknown, 'work')} of others`)]
      : works.known > 0
        ? [done('works', `The terms of ${works.known === 1 ? 'the one work' : count(works.known, 'work')} of others are known`)]
        : []),
    ...(open > 0
      ? [todo('obligations', `Do what is owed: ${count(open, 'duty is', 'duties are')} not seen here`)]
      : report.obligations.some((row) => row.met === true)
        ? [done('obligations', 'Every duty that a repository can show is seen here')]
        : []),
    ...(findings.warning > 0 ? [todo('findings', `Decide ${count(findings.warning, 'point')}: mend it, or accept it with a reason`)] : []),
    ...(unseen > 0
      ? [
          {
            state: 'unseen',
            text: `${count(unseen, 'duty', 'duties')} that no repository can show`,
            about: 'obligations',
          } as const,
        ]
      : []),
    ...(complete ? [] : [todo('reading', 'Look at what was not read')]),
  ];
};

const parts: ReadonlyMap<string, Disclosure['part']> = new Map(
  Object.entries<Disclosure['part']>({
    finetune: 'base',
    adapter: 'base',
    quantized: 'base',
    merge: 'base',
    distilledFrom: 'base',
    trainedOn: 'data',
    generatedBy: 'outputs',
    copiedFrom: 'copied',
  }),
);

const order: readonly Disclosure['part'][] = ['base', 'data', 'outputs', 'copied'];

const wordsOf = ({ type }: ReportRelation): string => relationWords(type as RelationType);

/**
 * What the works of this repository were made from, each once with the way it was used: what has to be named where origins or training data
 * are disclosed. Data that were written by a model name that model too.
 */
const disclosuresOf = (report: Report): readonly Disclosure[] => {
  const works = new Map(report.works.map((work) => [work.id, work]));
  const own = (id: string): boolean => id.startsWith('local:');
  const used = new Set(report.relations.filter(({ from, type }) => own(from) && parts.has(type)).map(({ to }) => to));
  const rows = new Map<string, Disclosure>();
  for (const relation of report.relations) {
    const part = parts.get(relation.type);
    if (part === undefined || !(own(relation.from) || (used.has(relation.from) && part === 'outputs'))) continue;
    const { licence = null, source = null, asOf = null } = works.get(relation.to) ?? {};
    const at = relation.path === null ? null : { path: relation.path, line: relation.line ?? 1 };
    const key = `${relation.from}\0${relation.to}\0${part}`;
    if (!rows.has(key)) rows.set(key, { work: relation.from, part, of: relation.to, relation: wordsOf(relation), licence, source, asOf, at });
  }
  return [...rows.values()].toSorted((a, b) => order.indexOf(a.part) - order.indexOf(b.part));
};

const namesOf = (report: Report): Readonly<Record<string, string>> => {
  const ids = new Set([
    ...report.works.map(({ id }) => id),
    ...report.relations.flatMap(({ from, to }) => [from, to]),
    ...report.obligations.flatMap(({ work, source }) => [work, source]),
    ...report.publishable.map(({ work }) => work),
    ...report.findings.flatMap(({ works }) => works),
  ]);
  return Object.fromEntries([...ids].map((id) => [id, shortName(id)]));
};

const originsOf = (report: Report): Readonly<Record<string, readonly string[]>> => {
  const out = new Map<string, Set<string>>();
  for (const relation of report.relations) {
    if (!parts.has(relation.type)) continue;
    const words = out.get(relation.from) ?? new Set();
    out.set(relation.from, words.add(`${wordsOf(relation)} ${shortName(relation.to)}`));
  }
  return Object.fromEntries([...out].map(([id, words]) => [id, [...words]]));
};

/** A report in words. */
export const summaryOf = (report: Report, disclose: readonly string[]): Summary => ({
  sentences: sentencesOf(report),
  steps: stepsOf(report),
  disclosures: disclosuresOf(report),
  disclose,
  names: namesOf(report),
  origins: originsOf(report),
});
