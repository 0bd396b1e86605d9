import type { Finding, Report, Severity } from '../protocol/report.ts';
import type { Disclosure, FolderContent, Step, Summary } from '../protocol/views.ts';
import { placeText } from './place-text.ts';
import { count } from './summary.ts';

/** A report as a document, for the formats that people file: every text in it is plain and may hold any characters. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'steps'; readonly steps: readonly Pick<Step, 'state' | 'text'>[] }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | { readonly kind: 'table'; readonly head: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** A term with what is said of it. */
export interface Item {
  readonly term: string;
  readonly tone: Severity | null;
  readonly text: string;
  readonly note: string;
}

const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text });
const text = (words: string): Block => ({ kind: 'text', text: words });

const section = (title: string, blocks: readonly Block[], level: 2 | 3 = 2): readonly Block[] =>
  blocks.length === 0 ? [] : [heading(level, title), ...blocks];

const joined = (parts: readonly (string | null)[], by = ' · '): string => parts.filter((part) => part !== null && part !== '').join(by);

const nameOf = ({ names }: Summary, id: string): string => names[id] ?? id;

const lineText = (path: string | null, line: number | null): string => (path === null ? '' : placeText({ path, line: line ?? 1, cell: null, key: null }));

const publishing = ({ report, summary }: FolderContent): readonly Block[] => {
  const items = report.publishable.map(({ work, as, why }): Item => {
    const licences = as.length > 0 ? as.join(' and ') : 'no licence that is known';
    return { term: `${nameOf(summary, work)}: ${licences}`, tone: null, text: why, note: '' };
  });
  return section('What it may be published as', items.length === 0 ? [] : [{ kind: 'list', items }]);
};

const owed = ({ report, summary }: FolderContent): readonly Block[] => {
  const rows = new Map<string, { step: Pick<Step, 'state' | 'text'>; by: string[] }>();
  for (const { work, source, licence, clause, duty, met } of report.obligations) {
    const key = JSON.stringify([source, licence, clause, duty, met]);
    const row = rows.get(key);
    if (row) {
      row.by.push(nameOf(summary, work));
      continue;
    }
    const state = met === null ? 'unseen' : met ? 'met' : 'open';
    rows.set(key, { step: { state, text: `${duty} (${joined([clause, licence], ', ')}, by ${nameOf(summary, source)})` }, by: [nameOf(summary, work)] });
  }
  const rank = { open: 0, unseen: 1, met: 2 };
  const steps = [...rows.values()]
    .map(({ step, by }) => ({ state: step.state, text: `${step.text}; owed by ${[...new Set(by)].join(', ')}` }))
    .toSorted((a, b) => rank[a.state] - rank[b.state]);
  return section('What is owed', steps.length === 0 ? [] : [{ kind: 'steps', steps }]);
};

const severities: readonly Severity[] = ['error', 'warning', 'information'];
const titles: Readonly<Record<Severity, string>> = { error: 'Contradictions to settle', warning: 'Points to decide', information: 'To know of' };

const findingItem = (finding: Finding): Item => ({
  term: `${placeText(finding)} (${finding.ruleId})`,
  tone: finding.severity,
  text: finding.message,
  note: joined([finding.clause, `evidence: ${finding.evidence}`]),
});

const findings = ({ report }: FolderContent): readonly Block[] =>
  section(
    'Findings',
    report.findings.length === 0
      ? [text('None. Works of unknown terms, if there are any, are listed below: of these nothing can be said.')]
      : severities.flatMap((severity) => {
          const items = report.findings.filter((finding) => finding.severity === severity).map(findingItem);
          return section(titles[severity], items.length === 0 ? [] : [{ kind: 'list', items }], 3);
        }),
  );

const works = ({ report, summary }: FolderContent): readonly Block[] => {
  const own = new Set(report.relations.filter(({ type }) => type === 'publishes').map(({ to }) => to));
  const isOwn = (id: string): boolean => id.startsWith('local:') || own.has(id);
  const groups: readonly (readonly [string, (work: Report['works'][number]) => boolean])[] = [
    ['Of others, terms unknown', (work) => !isOwn(work.id) && work.licence === null && work.evidence === null],
    ['Of others, terms known', (work) => !isOwn(work.id) && (work.licence !== null || work.evidence !== null)],
    ['Of this repository', (work) => isOwn(work.id)],
  ];
  return section(
    'Works',
    groups.flatMap(([title, test]) => {
      const rows = report.works
        .filter(test)
        .map((work) => [
          nameOf(summary, work.id),
          work.kind === 'dataset' ? 'data set' : work.kind,
          work.licence ?? (isOwn(work.id) ? 'not stated' : work.evidence === null ? 'unknown' : 'terms of the provider'),
          work.binds.filter((id) => id !== work.licence).join(', '),
          joined([work.evidence, work.confidence?.replaceAll('-', ' ') ?? null, work.asOf], ', '),
          work.source ?? '',
          lineText(work.path, work.line),
        ]);
      const head = ['Work', 'Kind', 'Licence', 'Also reached by', 'Evidence', 'Source', 'Where'];
      return section(title, rows.length === 0 ? [] : [{ kind: 'table', head, rows }], 3);
    }),
  );
};

const partWords: Readonly<Record<Disclosure['part'], string>> = {
  base: 'made from',
  data: 'trained on',
  outputs: 'written by a model',
  copied: 'copied',
};

const disclosures = ({ summary }: FolderContent): readonly Block[] => {
  const rows = summary.disclosures.map((row) => [
    nameOf(summary, row.work),
    partWords[row.part],
    `${row.relation} ${nameOf(summary, row.of)}`,
    row.licence ?? (row.source === null ? 'unknown' : 'terms of the provider'),
    joined([row.source, row.asOf], ', '),
    lineText(row.at?.path ?? null, row.at?.line ?? null),
  ]);
  const asked = summary.disclose.length === 0 ? [] : [text(`The policy names these disclosures: ${summary.disclose.join(', ')}.`)];
  const head = ['Work', 'How', 'What', 'Licence', 'Source of that', 'Where'];
  return section('Origins to disclose', rows.length === 0 ? asked : [...asked, { kind: 'table', head, rows }]);
};

const asides = ({ report }: FolderContent): readonly Block[] => [
  ...section(
    'Held back',
    report.suppressed.length === 0
      ? []
      : [
          {
            kind: 'table',
            head: ['Rule', 'Where', 'By', 'Reason'],
            rows: report.suppressed.map(({ ruleId, path, line, by, reason }) => [ruleId, lineText(path, line), by, reason]),
          },
        ],
  ),
  ...section(
    'Left out or lowered',
    report.narrowed === undefined || report.narrowed.length === 0
      ? []
      : [{ kind: 'table', head: ['By', 'What'], rows: report.narrowed.map(({ path, reason }) => [path, reason]) }],
  ),
  ...section(
    'Not read',
    report.skipped.length === 0 ? [] : [{ kind: 'table', head: ['File', 'Why'], rows: report.skipped.map(({ path, reason }) => [path, reason]) }],
  ),
];

const inputsText = ({ inputs, summary, tool }: Report): string => {
  const asked = [...(inputs.cache ? ['the local cache'] : []), ...(inputs.hub ? ['the hub'] : [])];
  return joined(
    [
      `${tool.name} ${tool.version}`,
      `knowledge of ${inputs.knowledge}`,
      asked.length === 0 ? 'offline' : `${asked.join(' and ')} asked`,
      inputs.policy === null ? 'no policy' : `policy: ${inputs.policy}`,
      `${count(summary.files, 'file')}, ${summary.read.toLocaleString('en-GB')} read`,
    ],
    ', ',
  );
};

export interface NamedContent extends FolderContent {
  readonly name: string;
}

const folder = (content: NamedContent): readonly Block[] => [
  heading(1, `Licences and provenance of ${content.name}`),
  text(inputsText(content.report)),
  text(content.summary.sentences.join(' ')),
  ...(content.report.summary.complete ? [] : [text('Incomplete: what was not read may change these answers.')]),
  heading(2, 'Before it is handed on'),
  { kind: 'steps', steps: content.summary.steps },
  ...publishing(content),
  ...owed(content),
  ...findings(content),
  ...works(content),
  ...disclosures(content),
  ...asides(content),
];

/** The whole report, a folder after the other. */
export const documentOf = (folders: readonly NamedContent[], date: string): readonly Block[] => [
  ...folders.flatMap(folder),
  text(`${date}. This informs; it is not legal advice.`),
];
