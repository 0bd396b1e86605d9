import type { Analysis } from '../analysis/types.ts';
import type { Knowledge, Provenance, RelationType } from '../knowledge/types.ts';
import { relationWords, shortName } from '../lineage/path.ts';
import type { Finding, ReportRelation, Severity } from '../protocol/report.ts';
import type { LineageRelation, LineageWork } from '../protocol/views.ts';
import { describe } from './describe.ts';
import { glanceAt } from './glance.ts';
import type { Glance } from './glance.ts';

const sourceText = ({ source, asOf }: Provenance): string => `${source}${asOf === null ? '' : `, as of ${asOf}`}`;

type Answer = Pick<LineageWork, 'verdict' | 'answer' | 'points' | 'duties' | 'says'>;

const nothing = { points: [], duties: [], says: [] };

/** Rows of a table that fit beside a picture. */
const shownRows = 6;

const serviceAnswer = (id: string, knowledge: Knowledge): Answer => {
  const described = describe(id, knowledge);
  if (!described) return { ...nothing, verdict: 'open', answer: 'Terms not known' };
  const points = described.rows.slice(0, shownRows).map(({ label, value, clause }) => ({ text: `${label}: ${value}`, clause: clause ?? null }));
  return { ...nothing, verdict: 'terms', answer: 'Terms of the provider', points, says: described.sources.map(sourceText) };
};

const answerOf = (glance: Glance | undefined): Answer => {
  if (!glance) return { ...nothing, verdict: 'open', answer: 'No terms stated' };
  const { verdict, answer, points, duties, says } = glance;
  return {
    verdict,
    answer,
    points: points.map(({ text, clause }) => ({ text, clause })),
    duties: duties.map(({ text, clause }) => ({ text, clause })),
    says,
  };
};

const findingCounts = (findings: readonly Finding[]): ReadonlyMap<string, Readonly<Record<Severity, number>>> => {
  const out = new Map<string, Record<Severity, number>>();
  for (const { works, severity } of findings) {
    for (const work of new Set(works)) {
      const counts = out.get(work) ?? { error: 0, warning: 0, information: 0 };
      counts[severity] += 1;
      out.set(work, counts);
    }
  }
  return out;
};

const none: Readonly<Record<Severity, number>> = { error: 0, warning: 0, information: 0 };

/** A name under which something here is published says nothing itself: it has the terms of what is published. */
const withPublications = (works: readonly LineageWork[], relations: readonly ReportRelation[]): readonly LineageWork[] => {
  const known = new Map(works.map((work) => [work.id, work]));
  return works.map((work) => {
    const publisher = known.get(relations.find(({ to, type }) => type === 'publishes' && to === work.id)?.from ?? '');
    if (!publisher || work.licence !== null || work.verdict !== 'open') return work;
    const { licence, verdict, answer, points, duties, says, publishable } = publisher;
    return { ...work, licence, verdict, answer, points, duties, says, publishable };
  });
};

/** What came from what, with what each permits: plain data for a picture or a list. Ends of relations that the report does not list are works too. */
export const graphOf = (
  { report, lineage }: Analysis,
  knowledge: Knowledge,
): { readonly use: string; readonly works: readonly LineageWork[]; readonly relations: readonly LineageRelation[] } => {
  const rows = new Map(report.works.map((row) => [row.id, row]));
  const ids = [...new Set([...rows.keys(), ...report.relations.flatMap(({ from, to }) => [from, to])])];
  const publishable = new Map(report.publishable.map(({ work, as, why }) => [work, { as, why }]));
  const counts = findingCounts(report.findings);
  let use = '';
  const byId = (id: string): LineageWork => {
    const row = rows.get(id);
    const work = lineage.works.get(id);
    const kind = row?.kind ?? work?.kind ?? 'model';
    const glance = glanceAt(id, lineage, knowledge);
    use = glance?.use ?? use;
    return {
      id,
      name: shortName(id),
      kind: kind === 'dataset' ? 'data set' : kind,
      own: id.startsWith('local:') || report.relations.some(({ to, type }) => type === 'publishes' && to === id),
      publishable: publishable.get(id) ?? null,
      licence: row?.licence ?? null,
      ...(kind === 'service' ? serviceAnswer(id, knowledge) : answerOf(glance)),
      findings: counts.get(id) ?? none,
      at: row?.path ? { path: row.path, line: row.line ?? 1 } : null,
    };
  };
  const works = withPublications(ids.map(byId), report.relations);
  const relations = report.relations.map(({ from, to, type, path, line }): LineageRelation => ({
    from,
    to,
    type,
    words: relationWords(type as RelationType),
    at: path === null ? null : { path, line: line ?? 1 },
  }));
  return { use, works, relations };
};
