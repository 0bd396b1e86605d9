import type { Finding, Obligation, Report, ReportWork, Severity } from '../../../server/src/protocol/report.ts';
import { rulePage } from '../../../server/src/protocol/requests.ts';
import type { Summary } from '../../../server/src/protocol/views.ts';
import type { LiveFolder } from '../live.ts';
import { held } from '../record.ts';
import { counted, say } from '../say.ts';
import { locale } from '../speaker.ts';
import { placeOf, placeText } from './places.ts';
import type { Places } from './places.ts';
import { plain, textLength } from './plain.ts';
import type { DisclosureView, FigureView, FileView, FindingView, FolderView, LinkView, ObligationView, ReportView, WorkView } from './view.ts';

interface Building {
  /** URI of the folder. */
  readonly folder: string;
  readonly report: Report;
  readonly summary: Summary;
  readonly places: Places;
}

/** A work as people write it. */
const workName = ({ summary }: Pick<Building, 'summary'>, id: string): string => held(summary.names, id) ?? id;

type Ranged = Parameters<typeof placeOf>[1];

const rank: Readonly<Record<Severity, number>> = { error: 0, warning: 1, information: 2 };

/** `Map.groupBy` is not there yet on the oldest Node that runs this. */
const groupBy = <T>(items: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, readonly T[]> => {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
};

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

const linkOf = ({ folder, places }: Building, ranged: Ranged): LinkView => {
  const place = placeOf(folder, ranged);
  return { id: place ? places.issue(place) : null, text: plain(placeText(ranged.path, ranged.line, ranged.cell ?? null, ranged.key ?? null), textLength) };
};

const lineLink = (building: Building, path: string | null, line: number | null): LinkView | null =>
  path === null ? null : linkOf(building, { path, line: line ?? 1 });

const findingView = (building: Building, finding: Finding): FindingView => ({
  severity: finding.severity,
  ruleId: plain(finding.ruleId),
  page: /^[a-z]+(?:-[a-z]+)*$/.test(finding.ruleId) ? rulePage(finding.ruleId) : null,
  message: plain(finding.message, textLength),
  where: linkOf(building, finding),
  basis: plain([finding.clause, say('findings.evidence', { evidence: finding.evidence })].filter((part) => part !== null).join(' · ')),
  see: finding.related.map((related) => ({ ...linkOf(building, related), message: plain(related.message) })),
  fixes: finding.fixes.map((fix) => plain(fix.title)),
});

/** Files with the worst finding first; inside a file, the worst first, then by line. */
const fileViews = (building: Building): readonly FileView[] => {
  const byPath = groupBy(building.report.findings, (finding) => finding.path);
  const worst = (findings: readonly Finding[]): readonly number[] =>
    ['error', 'warning', 'information'].map((severity) => findings.filter((finding) => finding.severity === severity).length);
  const files = [...byPath].map(([path, findings]) => ({
    path,
    findings: findings.toSorted((a, b) => rank[a.severity] - rank[b.severity]),
    worst: worst(findings),
  }));
  files.sort((a, b) => a.worst.map((number, at) => (b.worst[at] ?? 0) - number).find((difference) => difference !== 0) ?? 0);
  return files.map(({ path, findings }) => ({ path: plain(path, textLength), findings: findings.map((finding) => findingView(building, finding)) }));
};

const obligationState = (met: boolean | null): ObligationView['state'] => (met === null ? 'unseen' : met ? 'met' : 'open');
const obligationRank: Readonly<Record<ObligationView['state'], number>> = { open: 0, unseen: 1, met: 2 };

/** A duty that several works owe for the same reason is one line. */
const obligationViews = (building: Building): readonly ObligationView[] => {
  const same = groupBy(building.report.obligations, ({ source, licence, clause, duty, met }: Obligation) =>
    JSON.stringify([source, licence, clause, duty, met]),
  );
  return [...same.values()]
    .flatMap((group) => {
      const [first] = group;
      if (!first) return [];
      const at = group.find((obligation) => obligation.at !== null)?.at;
      const clause = first.clause === null ? first.licence : say('report.clause', { clause: first.clause, licence: first.licence });
      return [
        {
          state: obligationState(first.met),
          duty: plain(first.duty, textLength),
          basis: say('report.duty', { clause: plain(clause), work: plain(workName(building, first.source)) }),
          owedBy: plain(unique(group.map((obligation) => workName(building, obligation.work))).join(', '), textLength),
          where: at ? lineLink(building, at.path, at.line) : null,
        },
      ];
    })
    .toSorted((a, b) => obligationRank[a.state] - obligationRank[b.state]);
};

const licenceText = (work: ReportWork, own: boolean): string => {
  if (work.licence !== null) return plain(work.licence);
  if (own) return say('report.notStated');
  // The terms of a service are known as clauses, and have no id.
  return work.evidence === null ? say('terms.unknown') : say('terms.ofProvider');
};

const workRank: Readonly<Record<WorkView['state'], number>> = { unknown: 0, known: 1, own: 2 };

const workViews = (building: Building): readonly WorkView[] => {
  const { works, relations } = building.report;
  const published = new Set(relations.filter((relation) => relation.type === 'publishes').map((relation) => relation.to));
  return works
    .map((work): WorkView => {
      const own = work.id.startsWith('local:') || published.has(work.id);
      return {
        id: plain(work.id, textLength),
        name: plain(workName(building, work.id)),
        kind: plain(work.kind === 'dataset' ? say('report.dataSet') : work.kind),
        licence: licenceText(work, own),
        state: own ? 'own' : work.licence === null && work.evidence === null ? 'unknown' : 'known',
        reachedBy: plain(work.binds.filter((id) => id !== work.licence).join(', ')),
        origin: plain((held(building.summary.origins, work.id) ?? []).join(' · '), textLength),
        evidence: plain([work.evidence, work.confidence?.replaceAll('-', ' ') ?? null].filter((part) => part !== null).join(', ')),
        asOf: plain(work.asOf ?? ''),
        source: plain(work.source ?? ''),
        where: lineLink(building, work.path, work.line),
      };
    })
    .toSorted((a, b) => workRank[a.state] - workRank[b.state]);
};

const figures = ({ summary, obligations }: Report, open: number): readonly FigureView[] => [
  { label: counted('figure.error', summary.findings.error), value: summary.findings.error, tone: summary.findings.error > 0 ? 'error' : 'plain' },
  { label: counted('figure.warning', summary.findings.warning), value: summary.findings.warning, tone: summary.findings.warning > 0 ? 'warning' : 'plain' },
  { label: say('figure.information'), value: summary.findings.information, tone: summary.findings.information > 0 ? 'information' : 'plain' },
  { label: say('figure.known'), value: summary.works.known, tone: 'plain' },
  { label: say('figure.unknown'), value: summary.works.unknown, tone: summary.works.unknown > 0 ? 'warning' : 'plain' },
  ...(obligations.length > 0 ? [{ label: counted('figure.obligations', open), value: open, tone: open > 0 ? 'warning' : 'plain' } as const] : []),
];

const disclosureViews = (building: Building): readonly DisclosureView[] =>
  building.summary.disclosures.map((row) => ({
    part: say(`part.${row.part}`),
    name: plain(workName(building, row.of)),
    relation: plain(`${workName(building, row.work)}: ${row.relation}`),
    licence: row.licence === null ? (row.source === null ? say('terms.unknown') : say('terms.ofProvider')) : plain(row.licence),
    isKnown: row.licence !== null || row.source !== null,
    source: plain([row.source, row.asOf].filter((part) => part !== null).join(', ')),
    where: lineLink(building, row.at?.path ?? null, row.at?.line ?? null),
  }));

const folderView = (building: Building, name: string): FolderView => {
  const { report } = building;
  const obligations = obligationViews(building);
  return {
    name: plain(name),
    sentences: building.summary.sentences.map((sentence) => plain(sentence, textLength)),
    steps: building.summary.steps.map(({ state, text, about }) => ({ state, words: say(`step.${state}`), text: plain(text, textLength), about })),
    disclosures: disclosureViews(building),
    disclose: building.summary.disclose.map((id) => plain(id)),
    incomplete: !report.summary.complete,
    figures: figures(report, obligations.filter((obligation) => obligation.state === 'open').length),
    publishable: report.publishable.map((row) => ({
      work: plain(workName(building, row.work)),
      as: row.as.map((id) => plain(id)),
      why: plain(row.why, textLength),
    })),
    obligations,
    files: fileViews(building),
    works: workViews(building),
    skipped: report.skipped.map(({ path, reason }) => ({
      where: { ...linkOf(building, { path, line: 1 }), text: plain(path, textLength) },
      text: plain(reason),
    })),
    narrowed: (report.narrowed ?? []).map(({ path, reason }) => ({
      where: { ...linkOf(building, { path, line: 1 }), text: plain(path, textLength) },
      text: plain(reason, textLength),
    })),
    suppressed: report.suppressed.map(({ path, line, ruleId, by, reason }) => ({
      where: linkOf(building, { path, line }),
      text: plain(say('report.heldBack', { rule: ruleId, by, reason }), textLength),
    })),
  };
};

/** The report as a page shows it. `places` keeps what the links lead to: paths never come back from the page. */
export const reportView = (folders: readonly LiveFolder[], places: Places, at: Date): ReportView => {
  const when = at.toLocaleString(locale, { dateStyle: 'long', timeStyle: 'short' });
  const knowledge = unique(folders.map(({ content }) => content.report.inputs.knowledge)).map((date) => say('report.knowledge', { date: plain(date) }));
  const policies = folders.flatMap(({ content }) => content.report.inputs.policy ?? []).length;
  const names = folders.length > 3 ? say('report.folders', { count: folders.length }) : folders.map(({ name }) => plain(name)).join(', ');
  return {
    number: places.number,
    title: say('report.title'),
    subtitle: [names, when, ...knowledge, ...(policies > 0 ? [say('report.policy')] : [])].filter((part) => part !== '').join(' · '),
    folders: folders.map(({ uri, name, content }) => folderView({ folder: uri, ...content, places }, name)),
  };
};
