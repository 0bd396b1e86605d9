import { memo } from '../knowledge/lookup.ts';
import type { Knowledge } from '../knowledge/types.ts';
import { hubOf, serviceOf } from '../lineage/remote.ts';
import { granted } from '../lineage/bindings.ts';
import { withRenames } from '../lineage/resolutions.ts';
import type { FactRef, Work } from '../lineage/types.ts';
import type { Finding, Report, ReportRelation, ReportWork, Severity, Skipped } from '../protocol/report.ts';
import { compareText } from '../text/compare.ts';
import { conclude, conclusionKey, contextOf, stateTheSame } from './conclude.ts';
import type { Conclusions } from './conclude.ts';
import { place } from './findings.ts';
import type { Placement } from './findings.ts';
import { narrowedOf } from './narrowed.ts';
import { placeOf, presentOf } from './place.ts';
import type { Analysis, AnalysisInput } from './types.ts';

const spot = (input: AnalysisInput, at: FactRef | null | undefined): { readonly path: string; readonly line: number } | null => {
  if (!at) return null;
  const { path, line } = placeOf(at, presentOf(input), input.policy);
  return { path, line };
};

const workRow = (input: AnalysisInput, knowledge: Knowledge, made: Conclusions, work: Work): ReportWork => {
  const bindings = made.lineage.bindings.get(work.id) ?? [];
  const own = bindings.find((binding) => !binding.inherited);
  const statement = own?.statement ?? work.statements[0];
  const service = work.kind === 'service' ? knowledge.service(serviceOf(work.id)?.service ?? '') : undefined;
  const at = spot(input, statement?.at ?? work.mentions[0]?.at);
  return {
    id: work.id,
    kind: work.kind,
    licence: own?.licence ?? granted(work) ?? null,
    binds: [...new Set(bindings.map((binding) => binding.licence))],
    evidence: statement?.evidence ?? (service ? 'catalogue' : null),
    source: statement?.source ?? service?.source ?? null,
    asOf: statement?.asOf ?? service?.asOf ?? null,
    confidence: statement?.confidence ?? service?.confidence ?? null,
    path: at?.path ?? null,
    line: at?.line ?? null,
  };
};

/** Works that a reader of the report wants to see: named here, or reaching something that is. */
const shownWorks = (made: Conclusions): readonly Work[] => {
  const reached = new Set([...made.lineage.bindings.values()].flat().map((binding) => binding.source));
  return [...made.lineage.works.values()]
    .filter((work) => (work.local ? work.statements.length > 0 || made.lineage.edgesFrom.has(work.id) : work.mentions.length > 0 || reached.has(work.id)))
    .toSorted((a, b) => compareText(a.id, b.id));
};

const relationRows = (input: AnalysisInput, made: Conclusions, shown: ReadonlySet<string>): readonly ReportRelation[] => {
  const rows = made.lineage.edges
    .filter((edge) => shown.has(edge.from) || edge.at !== null)
    .map((edge): ReportRelation => {
      const at = spot(input, edge.at);
      return { from: edge.from, to: edge.to, type: edge.type, path: at?.path ?? null, line: at?.line ?? null };
    });
  const keyed = new Map(rows.map((row) => [`${row.from}\0${row.to}\0${row.type}\0${row.path ?? ''}\0${String(row.line ?? 0).padStart(9, '0')}`, row]));
  return [...keyed].toSorted(([a], [b]) => compareText(a, b)).map(([, row]) => row);
};

const skippedRows = (input: AnalysisInput, { lineage }: Conclusions, cut: readonly Skipped[]): readonly Skipped[] => {
  const rows = [...input.skipped, ...cut];
  for (const reason of lineage.limited) rows.push({ path: '.', reason });
  for (const [path, artefact] of input.artefacts)
    for (const problem of (input.moved?.get(path) ?? artefact).problems) if (problem.limit) rows.push({ path, reason: problem.message });
  for (const problem of input.policy.problems) rows.push({ path: input.policy.path ?? 'pedigree.yaml', reason: `line ${problem.line}: ${problem.message}` });
  return rows.toSorted((a, b) => compareText(a.path, b.path) || compareText(a.reason, b.reason));
};

const reportOf = (input: AnalysisInput, knowledge: Knowledge, made: Conclusions, placement: Placement): Report => {
  let read = 0;
  for (const [path, artefact] of input.artefacts) if ((input.moved?.get(path) ?? artefact).read) read += 1;
  const findings = placement.findings();
  const suppressed = placement.suppressed();
  const works = shownWorks(made);
  const used = works.filter(
    (work) => !work.local && hubOf(work.id) && work.mentions.some((mention) => mention.role === 'decision' && mention.type !== 'publishes'),
  );
  // What a name alone suggests is no knowledge.
  const isKnown = ({ id }: Work): boolean => (made.lineage.bindings.get(id) ?? []).some((binding) => binding.statement.evidence !== 'name');
  const known = used.filter((work) => isKnown(work) || granted(work) !== undefined).length;
  const skipped = skippedRows(input, made, placement.skipped());
  const count = (severity: Severity): number => findings.filter((finding: Finding) => finding.severity === severity).length;
  return {
    schemaVersion: 1,
    tool: { name: 'pedigree', version: input.version },
    root: '.',
    inputs: { knowledge: knowledge.version, cache: input.asked?.cache ?? false, hub: input.asked?.hub ?? false, policy: input.policy.path },
    summary: {
      files: input.artefacts.size,
      read,
      works: { known, unknown: used.length - known },
      findings: { error: count('error'), warning: count('warning'), information: count('information') },
      suppressed: suppressed.length,
      complete: skipped.length === 0,
    },
    works: works.map((work) => workRow(input, knowledge, made, work)),
    relations: relationRows(input, made, new Set(works.map((work) => work.id))),
    obligations: made.obligations.map((obligation) => ({ ...obligation, at: spot(input, obligation.at) })),
    publishable: made.publishable,
    findings,
    suppressed,
    skipped,
    narrowed: narrowedOf(input, made.lineage, placement.drafts()),
  };
};

/** Where findings stand in files of which nothing moved; what was placed before stands while all that it came from is the same. */
const placedOf = (input: AnalysisInput, knowledge: Knowledge, made: Conclusions, previous: Analysis | undefined): Analysis['placed'] => {
  const before = previous?.conclusions === made ? previous.placed : undefined;
  if (before?.input.artefacts === input.artefacts && before.input.policy === input.policy && before.input.inlineSuppressions === input.inlineSuppressions)
    return before;
  const { moved: _, ...still } = input;
  return { input: still, placement: place(still, contextOf(still, knowledge, made.lineage, made.displays), made.findings) };
};

/**
 * The one way from artefacts to a report. `previous` is a value this function gave back: while no fact changed, its conclusions stand and
 * only places are put in anew, which is what a key press costs.
 */
export const analyse = (input: AnalysisInput, tables: Knowledge, previous?: Analysis): Analysis => {
  const knowledge = withRenames(tables, input.resolutions ?? []);
  const key = conclusionKey(input, knowledge);
  const stands = previous?.conclusions.key === key && stateTheSame(previous.conclusions.artefacts, input.artefacts);
  const made = stands ? previous.conclusions : conclude(input, knowledge, key);
  const placed = placedOf(input, knowledge, made, previous);
  const placement = input.moved?.size ? placed.placement.after(input.moved) : placed.placement;
  const report = memo(() => reportOf(input, knowledge, made, placement));
  return {
    get report() {
      return report();
    },
    findingsAt: placement.at,
    lineage: made.lineage,
    conclusions: made,
    placed,
  };
};
